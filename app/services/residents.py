"""Foreign residents by their personal code: registered after a check that passed, served later, revoked when they ask.

The platform keeps the register and signs the codes. A window keeps its own copy, in its encrypted store, of those whom
it registered or served, for as long as records of identity are kept; with it a code serves offline too, and says so.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Protocol

import cv2
import numpy as np

from app.documents.wording import load_wording
from app.domain.case import AuditEvent, Window
from app.domain.clock import Clock, isoformat, parse_iso
from app.domain.errors import BadInput, EnvironmentProblem, Refused, YichuangError
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.person import mask
from app.domain.resident import ELEMENTS, Consent, Deed, Registration, ResidentPerson, ServedResident, Standing
from app.identity.chip.facts import LABEL
from app.identity.facts import ROLE
from app.identity.personal_code import PersonalCode, read_code
from app.identity.verification import Conclusion, Question, Read
from app.licences.snapshot import Pin
from app.server.errors import Rejected, TryLater, Unreachable
from app.server.query_policy import FEED
from app.server.resident_client import GrantUsed, ResidentClient, read_resident, resident_document
from app.services.duty import Duty
from app.services.grants import policy_in_force
from app.services.verify_identity import Kept
from app.services.visit import SERVED, ShownCode, Visit

REGISTERED, ENDED, LOOKED = "resident.registered", "resident.ended", "resident.looked"
CODE_LABEL = "来访人服务码（湖州码）"
PAPER = "来访人服务码"
"""What the small paper with the code is called."""
REASON = "本人申请作废"
CACHE = "resident."
"""Settings: code id -> this window's copy."""
ROLES = (ROLE, "foreigner")
"""Who shows the code applies, and is the foreigner of forms that have one."""
_ENDED_FEED = "resident-code-"
_PORTRAIT = (240, 320)
"""Largest width and height of the picture that is kept: a face to compare by eye, some 15 KB."""


class Keeper(Protocol):
    """The part of the store that is needed."""

    def feed_rows(self, feed: str) -> list[dict[str, Any]]: ...
    def set_setting(self, key: str, value: str) -> None: ...
    def settings_under(self, prefix: str) -> dict[str, str]: ...
    def append_audit(self, event: AuditEvent) -> None: ...


@dataclass(frozen=True, slots=True)
class Offer:
    """What would be registered, for the person to agree to. consent: the words."""

    person: ResidentPerson
    record: str
    consent: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What a scanned code came to. shown: the person, None where nobody is to be served by it. error: why not, or why
    it is not sure. code: None when its signature did not hold."""

    text: str
    code: PersonalCode | None
    shown: ShownCode | None = None
    error: YichuangError | None = None


class Copies:
    """This window's own copies of registered persons."""

    def __init__(self, store: Keeper) -> None:
        self._store = store

    def keep(self, resident: ServedResident, at: dt.datetime) -> None:
        said = {"at": isoformat(at), "resident": resident_document(resident)}
        self._store.set_setting(CACHE + resident.code_id, json.dumps(said, ensure_ascii=False))

    def find(self, code_id: str) -> ServedResident | None:
        text = self._store.settings_under(CACHE + code_id).get(CACHE + code_id)
        try:
            return read_resident(json.loads(text)["resident"]) if text else None
        except (KeyError, TypeError, ValueError, BadInput):
            return None  # of another version of this program: the platform has it

    def drop(self, code_id: str) -> None:
        self._store.set_setting(CACHE + code_id, "")

    def due(self, before: dt.datetime) -> list[str]:
        """The codes whose copies were last used before a time."""
        kept = self._store.settings_under(CACHE)
        return [key.removeprefix(CACHE) for key, text in kept.items() if _used(text) < before]

    def forget(self, before: dt.datetime) -> int:
        """Throw those copies away; how many."""
        due = self.due(before)
        for code_id in due:
            self.drop(code_id)
        return len(due)


def _used(text: str) -> dt.datetime:
    try:
        return parse_iso(json.loads(text)["at"])
    except (KeyError, TypeError, ValueError):
        return dt.datetime.min.replace(tzinfo=dt.UTC)


class Residents:
    """`offer` and `serve` are quick; the rest asks platform and store. roots: the platform's keys that count."""

    def __init__(
        self,
        store: Keeper,
        line: ResidentClient,
        clock: Clock,
        duty: Duty,
        window: Window,
        roots: Callable[[], tuple[Pin, ...]],
    ) -> None:
        self._store = store
        self._line = line
        self._clock = clock
        self._duty = duty
        self._place = f"{window.hall} {window.name}"[:200]
        self._roots = roots
        self._lock = Lock()
        self._operations: dict[str, str] = {}
        self.copies = Copies(store)

    # -------------------------------------------------------------------------------------------------- registering

    def may_offer(self, visit: Visit, kept: Kept | None) -> str:
        """Why the visitor cannot be registered now, in words; "" when they can."""
        if kept is None or kept.visit_id != visit.visit_id:
            return "核验记录以后才能登记"
        if kept.made.read is not Read.CHIP or visit.chip is None:
            return "只登记核验过芯片的护照、旅行证件"
        if kept.made.conclusion is not Conclusion.PASSED:
            return "核验没有通过，不能登记"
        return ""

    def offer(self, visit: Visit, kept: Kept | None) -> Offer:
        """What would be kept. Refused: the check does not allow it; BadInput: the chip did not give enough."""
        why = self.may_offer(visit, kept)
        if why or kept is None or visit.chip is None:
            raise Refused("不能登记服务码", f"{why}。", "请先读证件芯片、核对本人并记录核验。")
        said = {f.element: f.value for f in visit.form.facts if f.role == ROLE and f.source.label == LABEL}
        facts = {element: said[element] for element in ELEMENTS if said.get(element)}
        ground = kept.made.line(Question.GENUINE).ground.value
        person = ResidentPerson(facts, kept.made.document, ground, _small(visit.chip.portrait))
        return Offer(person, kept.made.record_id, load_wording("resident_code").text("consent"))

    def register(self, visit: Visit, offer: Offer) -> Registration:
        """Register with consent, just given; the code is on the platform and this window's copy is kept.

        The same check registers once, however often it is tried. Refused: no grant. EnvironmentProblem (Unreachable,
        TryLater): registering needs the platform."""
        at = self._clock.now()
        consent = Consent(at, offer.consent, self._duty.clerk)
        op_id = self._operations.setdefault(offer.record, str(uuid.uuid4()))
        with self._lock:
            made: Registration = self._asked(
                Deed.REGISTER,
                lambda grant: self._line.register(op_id, grant, offer.person, self._place, consent, offer.record),
            )
        read_code(made.text, self._roots(), at)  # a code that this window would refuse is handed to nobody
        resident = ServedResident(made.code_id, offer.person, made.registered_at, made.until, self._place)
        self._trail(
            REGISTERED,
            made.code_id,
            number=mask(offer.person.facts["travel_document_number"]),
            record=offer.record,
            consent=isoformat(at),
            portrait=offer.person.portrait is not None,
            until=isoformat(made.until),
            reference=made.reference,
            visit=visit.visit_id,
        )
        self.copies.keep(resident, at)
        return made

    # -------------------------------------------------------------------------------------------------------- serving

    def look(self, text: str) -> Looked:
        """Whose code this is: the signature first, then what the platform says, else this window's own copy. Never
        raises for what a code or the network does."""
        now = self._clock.now()
        try:
            code = read_code(text, self._roots(), now)
        except BadInput as error:
            self._trail(LOOKED, "", outcome=type(error).__name__.lower())
            return Looked(text, None, error=error)
        looked = self._ended(text, code) or self._by_platform(text, code)
        outcome = "offline" if looked.shown and not looked.shown.confirmed else "found" if looked.shown else "refused"
        self._trail(LOOKED, code.code_id, outcome=outcome, why=looked.error.title if looked.error else "")
        return looked

    def serve(self, visit: Visit, shown: ShownCode) -> Visit:
        """The visit with the registered person's facts; the clerk still compares the person with the picture."""
        at, person = self._clock.now(), shown.resident.person
        ref = f"{mask(person.facts['travel_document_number'])} {shown.resident.place}".strip()
        source = Source(SourceKind.QUERY, CODE_LABEL, ref[:200])
        verdict = Verdict.VERIFIED_ONLINE if shown.confirmed else Verdict.SIGNATURE_VALID
        facts = [Fact(r, element, value, source, verdict, at) for r in ROLES for element, value in person.facts.items()]
        earlier = [fact for fact in visit.form.facts if fact.source.label == CODE_LABEL]
        changed = replace(visit, resident=shown, form=visit.form.withdraw(earlier).add(facts))
        number = mask(person.facts["travel_document_number"])
        return changed.with_event(
            at, self._duty.clerk, SERVED, number, code=shown.resident.code_id, confirmed=shown.confirmed
        )

    def revoke(self, text: str, reason: str) -> None:
        """End a code at its owner's wish. Refused: no grant, or it ended otherwise. EnvironmentProblem: it needs the
        platform."""
        code = read_code(text, self._roots(), self._clock.now())
        with self._lock:
            standing = self._asked(Deed.REVOKE, lambda grant: self._line.revoke(grant, text, reason))
        if standing is Standing.UNKNOWN:
            raise Refused(*_REFUSALS[standing])
        self.copies.drop(code.code_id)
        self._trail(ENDED, code.code_id, reason=reason, standing=standing.value)

    # --------------------------------------------------------------------------------------------------------- inside

    def _ended(self, text: str, code: PersonalCode) -> Looked | None:
        """What the feed already told: a revoked code serves nobody, offline either."""
        rows = self._store.feed_rows(FEED)
        row = next((row for row in rows if row.get("id") == _ENDED_FEED + code.code_id), None)
        if row is None:
            return None
        self.copies.drop(code.code_id)
        standing = Standing.REPLACED if row.get("state") == Standing.REPLACED else Standing.REVOKED
        return Looked(text, code, error=Refused(*_REFUSALS[standing]))

    def _by_platform(self, text: str, code: PersonalCode) -> Looked:
        try:
            with self._lock:
                reply = self._asked(Deed.SERVE, lambda grant: self._line.serve(grant, text))
        except (Unreachable, TryLater) as error:
            copy = self.copies.find(code.code_id)
            if copy is not None:
                return Looked(text, code, ShownCode(copy, confirmed=False), error)
            return Looked(text, code, error=_needs_platform(error, Deed.SERVE))
        except YichuangError as error:
            return Looked(text, code, error=error)
        if reply.resident is None or reply.resident.code_id != code.code_id:
            self.copies.drop(code.code_id)
            return Looked(text, code, error=Refused(*_REFUSALS[reply.standing]))
        self.copies.keep(reply.resident, self._clock.now())
        return Looked(text, code, ShownCode(reply.resident, confirmed=True))

    def _asked(self, deed: Deed, ask: Callable[[GrantUsed], Any]) -> Any:
        """Ask under the grant that allows it. Refused when there is none, here or at the platform."""
        grants = [grant for grant in policy_in_force(self._store).grants if deed in grant.residents]
        if not grants:
            raise Refused("没有使用服务码的授权", "平台没有给本窗口这项授权。", "请联系平台管理员。")
        grant = GrantUsed(grants[0].scenario, grants[0].purposes[0], self._duty.clerk)
        try:
            return ask(grant)
        except (Unreachable, TryLater) as error:
            if deed is Deed.SERVE:
                raise
            raise _needs_platform(error, deed) from error
        except Rejected as error:
            raise Refused(error.title, error.detail or error.what, "请联系平台管理员。") from error

    def _trail(self, action: str, code_id: str, **details: object) -> None:
        self._store.append_audit(AuditEvent(self._clock.now(), self._duty.clerk, action, code_id, dict(details)))


_REFUSALS: Mapping[Standing, tuple[str, str, str]] = {
    Standing.REVOKED: ("服务码已作废", "本人申请作废，或者平台已停用。", "请读证件核验；需要的可重新登记。"),
    Standing.REPLACED: ("服务码已换新", "此人重新登记过，这是旧码。", "请出示新码，或读证件核验。"),
    Standing.EXPIRED: ("服务码已过期", "平台上的登记已到期。", "请读证件核验后重新登记。"),
    Standing.UNKNOWN: ("平台没有这个服务码", "签名属实，但登记簿里没有。", "请读证件核验，并告知平台管理员。"),
    Standing.FOUND: ("平台的应答对不上", "答复的不是这个码的人。", "请读证件核验，并告知平台管理员。"),
}


def _needs_platform(error: YichuangError, deed: Deed) -> EnvironmentProblem:
    """The platform did not answer, and nothing here can stand for it."""
    what = error.what or error.title
    if deed is Deed.SERVE:
        return EnvironmentProblem(
            "凭码办事要联网",
            f"签名属实，但平台没有应答，本机也没有登记（{what}）。",
            "请读证件办理，或网络恢复后重扫。",
        )
    doing = "登记" if deed is Deed.REGISTER else "作废"
    return EnvironmentProblem(
        f"服务码{doing}要联网", f"平台没有应答（{what}）。", f"网络恢复后再{doing}；业务照常办理。"
    )


def _small(portrait: bytes | None) -> bytes | None:
    """The document's portrait as a small JPEG; None when there is none that can be shown."""
    if not portrait:
        return None
    picture = cv2.imdecode(np.frombuffer(portrait, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        return None
    height, width = picture.shape[:2]
    scale = min(_PORTRAIT[0] / width, _PORTRAIT[1] / height, 1.0)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    done, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 82])
    return data.tobytes() if done else None
