"""Check who stands at the counter: what was read, compared and looked up becomes four answers, kept de-identified."""

from __future__ import annotations

import base64
import datetime as dt
import json
import secrets
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from app.domain.case import AuditEvent, Case
from app.domain.clock import Clock, isoformat, parse_iso, shanghai
from app.domain.errors import Refused
from app.domain.fact import Fact, SourceKind, Verdict
from app.domain.person import mask
from app.identity.cards.facts import from_picture
from app.identity.cards.layouts import CardKind
from app.identity.chip.facts import holder_name, zone_of
from app.identity.facts import ROLE, ZONE
from app.identity.leaving import leaving, subject_of
from app.identity.lists import HOME, ListedDocument, ListStanding, objection
from app.identity.mrz.states import alpha3
from app.identity.numbers import check_number
from app.identity.travel import TravelKind, document_of
from app.identity.verification import Conclusion, InHand, Line, Read, Verification, genuine, known, matches
from app.services.compare_face import COMPARED, verdict_of
from app.services.duty import Duty
from app.services.visit import SERVED, Visit
from offline_db.audit import AuditEntry

VERIFIED = "identity.verified"
"""In the trail; its subject is the visit's id, its details hold no name and no whole number."""
READS: Mapping[str, Read] = {
    "card.read": Read.CARD,
    "chip.read": Read.CHIP,
    "zone.read": Read.ZONE,
    "card.captured": Read.PICTURE,
    SERVED: Read.CODE,
}
"""The events of a visit that read a document, and how."""
KEYS = "identity.subject_keys"
"""Setting: day made -> key (Base64) of the hashes that leave; see `SubjectKeys`."""
_NEW_KEY = dt.timedelta(days=90)
FRESH = dt.timedelta(minutes=30)
"""For so long a check that was kept is lent; afterwards whoever is asked about may have left."""
WINDOW = "window"
"""The receiver of this window's own records and slips."""


class Keeper(Protocol):
    """The part of the store that is needed."""

    def find(self, text: str, limit: int = 50) -> list[Case]: ...
    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...
    def append_audit(self, event: AuditEvent) -> None: ...
    def trail_of(self, subject: str, action: str) -> list[AuditEntry]: ...


class SubjectKeys:
    """The keys of the hashes that leave this machine: a new one every 90 days, each forgotten in its time. With the key
    goes whatever linked the hashes to numbers, on this machine and elsewhere."""

    def __init__(self, store: Keeper, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()

    def current(self) -> bytes:
        """The key in force; made when there is none, or the last is old."""
        with self._lock:
            kept, now = self._kept(), self._clock.now()
            newest = max(kept, default="")
            if newest and dt.timedelta() <= now - parse_iso(newest) < _NEW_KEY:
                return base64.b64decode(kept[newest])
            made = secrets.token_bytes(32)
            kept[isoformat(now)] = base64.b64encode(made).decode()
            self._store.set_setting(KEYS, json.dumps(kept))
            return made

    def forget(self, before: dt.datetime) -> int:
        """Throw away the keys made before a time; how many. The one in force goes too, when it is that old."""
        with self._lock:
            kept = self._kept()
            stay = {at: key for at, key in kept.items() if parse_iso(at) >= before}
            if len(stay) < len(kept):
                self._store.set_setting(KEYS, json.dumps(stay))
            return len(kept) - len(stay)

    def due(self, before: dt.datetime) -> int:
        """How many `forget` would throw away."""
        return sum(parse_iso(at) < before for at in self._kept())

    def _kept(self) -> dict[str, str]:
        text = self._store.setting(KEYS)
        return {str(at): str(key) for at, key in json.loads(text).items()} if text else {}


@dataclass(frozen=True, slots=True)
class Kept:
    """A check on record, with what of it stays here. visit_id: of whose visit. events: how many it had then."""

    made: Verification
    number: str
    name: str
    visit_id: str
    events: int


class VerifyIdentity:
    """`in_hand` is quick; the rest reads the store. lists: how the list of lost and revoked documents stands."""

    def __init__(self, store: Keeper, clock: Clock, duty: Duty, lists: Callable[[], ListStanding]) -> None:
        self._store = store
        self._clock = clock
        self._duty = duty
        self._lists = lists
        self.keys = SubjectKeys(store, clock)
        self._current: Kept | None = None

    def in_hand(self, visit: Visit) -> InHand | None:
        """Whom the window has before it: by what was read last; None when nothing was."""
        for event in reversed(visit.events):
            read = READS.get(event.action)
            if read is not None:
                person = _PEOPLE[read](visit)
                if person is not None:
                    return person
        return None

    def look(self, visit: Visit) -> Verification:
        """The four answers about the visitor, as things stand now."""
        at = parse_iso(isoformat(self._clock.now()))  # as the record keeps it
        person = self.in_hand(visit)
        number = person.number if person is not None else ""
        cases = [case for case in self._store.find(number) if case.applicant_number == number] if number else []
        return Verification(
            at=at,
            document=person.document if person is not None else "",
            read=person.read if person is not None else None,
            number=mask(number),
            lines=(
                genuine(person, at),
                matches(verdict_of(visit)),
                known(len(cases)),
                objection(_listed_as(person), self._lists(), at),
            ),
        )

    def listed(self, visit: Visit) -> Line:
        """What the list says of the document in hand, by itself: for whoever has just read it."""
        return self.named(_listed_as(self.in_hand(visit)))

    def named(self, document: ListedDocument | None) -> Line:
        """What the list says of a document that belongs to no visit, as of one read for another system."""
        return objection(document, self._lists(), self._clock.now())

    def keep(self, visit: Visit) -> Kept:
        """Check once more and put it on record: verdicts, grounds, the masked number and its keyed hash; no name, no
        picture. Refused: nothing was read, or nobody looked at the face and nothing speaks against the person."""
        person, made = self.in_hand(visit), self.look(visit)
        if person is None:
            raise Refused("还没有读证件", "没有读到来访人的证件，没有可以核验的内容。", "请先读证件，再核验。")
        if verdict_of(visit) is None and made.conclusion is not Conclusion.FAILED:
            raise Refused("还没有核对本人", "没有看过来访人与证件照片是不是同一人。", "请先按 Ctrl+F3 人证核对。")
        made = made.kept(uuid.uuid4().hex, subject_of(self.keys.current(), WINDOW, person.number))
        event = AuditEvent(made.at, self._duty.clerk, VERIFIED, visit.visit_id, made.document_of())
        self._store.append_audit(event)
        self._current = Kept(made, person.number, person.name, visit.visit_id, len(visit.events))
        return self._current

    def leaving(self, kept: Kept, receiver: str) -> Mapping[str, Any]:
        """All that may leave of a check on record, for one receiver."""
        return leaving(kept.made, subject_of(self.keys.current(), receiver, kept.number))

    @property
    def current(self) -> Kept | None:
        """The check of the visitor at the window, while it is fresh. From any thread."""
        kept = self._current
        if kept is None or not dt.timedelta() <= self._clock.now() - kept.made.at <= FRESH:
            return None
        return kept

    def lent(self, receiver: str) -> Mapping[str, Any] | None:
        """What may leave of the check of the visitor at the window, for a receiver; None while there is none on record.
        From any thread but the event loop."""
        kept = self.current
        return self.leaving(kept, receiver) if kept is not None else None

    def follow(self, visit: Visit) -> None:
        """The visit was changed: a check of the visitor before is over, and so is one from before a document was read,
        or the face judged, anew."""
        kept = self._current
        if kept is None:
            return
        anew = any(event.action in (*READS, COMPARED) for event in visit.events[kept.events :])
        if visit.visit_id != kept.visit_id or anew:
            self._current = None


def last_kept(store: Keeper, visit_id: str, number: str) -> Verification | None:
    """The last check on record of a visit and of whose document has this number, masked; None when there was none."""
    for entry in reversed(store.trail_of(visit_id, VERIFIED)):
        try:
            made = Verification.from_document(json.loads(entry.details))
        except ValueError:
            continue
        if made.number == number:
            return made
    return None


def _listed_as(person: InHand | None) -> ListedDocument | None:
    if person is None or not person.number:
        return None
    return ListedDocument(person.issuer or person.nationality, person.number, person.valid_to)


def _by_card(visit: Visit) -> InHand | None:
    card = visit.card
    if card is None:
        return None
    number = card.number or ""
    today = shanghai(visit.started_at).date()
    return InHand(
        read=Read.CARD if _from_chip(visit, number) else Read.PICTURE,
        document=card.type.label,
        number=number,
        name=card.name or card.name_en or "",
        nationality=card.nationality or "",
        valid_to=card.valid_to or "",
        sound=check_number(number, today=today).valid,
        issuer=HOME,
    )


def _from_chip(visit: Visit, number: str) -> bool:
    """Did a reader's security module say so? A card may also be known by its picture."""
    return any(
        fact.key == f"{ROLE}.id_number"
        and fact.value == number
        and fact.source.kind is SourceKind.CARD
        and fact.verdict is Verdict.CHIP_READ
        for fact in visit.form.facts
    )


def _by_chip(visit: Visit) -> InHand | None:
    if visit.chip is None:
        return None
    reading = visit.chip.reading
    zone = zone_of(reading, visit.chip.at)
    if zone is None:
        return InHand(Read.CHIP, "护照", "", "", judgement=reading.verdict.judgement)
    return InHand(
        read=Read.CHIP,
        document=document_of(zone, visit.chip.at.date()).kind.label,
        number=zone.number,
        name=holder_name(reading) or " ".join(part for part in (zone.surname, zone.given_names) if part),
        nationality=zone.nationality,
        valid_to=zone.expiry.text if zone.expiry.complete else "",
        judgement=reading.verdict.judgement,
        issuer=alpha3(zone.issuer),
    )


def _by_zone(visit: Visit) -> InHand | None:
    said = {fact.element: fact for fact in visit.form.facts if fact.source.label == ZONE}
    if not said:
        return None

    def value(element: str) -> str:
        fact: Fact | None = said.get(element)
        return fact.value if fact is not None else ""

    told = next((event for event in reversed(visit.events) if event.action == "zone.read"), None)
    kind = value("travel_document_type") or value("id_type")
    return InHand(
        Read.ZONE,
        TravelKind(kind).label if kind else "旅行证件",
        value("travel_document_number") or value("id_number"),
        value("name_en"),
        value("nationality"),
        value("valid_to"),
        issuer=str(told.details.get("issuer", "")) if told is not None else "",
    )


def _by_picture(visit: Visit) -> InHand | None:
    """A card, or a permit of Hong Kong, Macau or Taiwan, known by a picture because no reader read it."""
    told = {fact.element: fact for fact in visit.form.facts if from_picture(fact)}
    travels = "travel_document_number" in told
    if visit.card is not None and not travels:
        return _by_card(visit)  # the reader read the same card: the other is refused

    def value(element: str) -> str:
        fact = told.get(element)
        return fact.value if fact is not None else ""

    number = value("travel_document_number" if travels else "id_number")
    if not number:
        return None
    kind = TravelKind(value("travel_document_type")).label if travels else CardKind(value("id_type")).label
    return InHand(
        Read.PICTURE, kind, number, value("name") or value("name_en"), value("nationality"), value("valid_to"),
        issuer=HOME,
    )  # fmt: skip


def _by_code(visit: Visit) -> InHand | None:
    shown = visit.resident
    if shown is None:
        return None
    facts = shown.resident.person.facts
    return InHand(
        Read.CODE,
        shown.resident.person.document,
        facts["travel_document_number"],
        shown.resident.person.name,
        facts["nationality"],
        facts["valid_to"],
        registered=shanghai(shown.resident.registered_at).date().isoformat(),
        confirmed=shown.confirmed,
    )


_PEOPLE: Mapping[Read, Callable[[Visit], InHand | None]] = {
    Read.CARD: _by_card,
    Read.CHIP: _by_chip,
    Read.ZONE: _by_zone,
    Read.PICTURE: _by_picture,
    Read.CODE: _by_code,
}
