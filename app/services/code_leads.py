"""What a code that is no licence leads to: a firm, a case of ours, a booking, a bundle, an address, a parcel.

Finding out blocks and changes nothing; what a lead offers is done only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlsplit

from app.documents.code import PaperCode
from app.documents.trust import PaperTrust
from app.domain.case import Case
from app.domain.clock import Clock
from app.domain.errors import YichuangError
from app.domain.fact import Fact, Source, SourceKind, Verdict
from app.domain.item import Catalog
from app.domain.licence import CodeKind
from app.domain.shared_data import Booking
from app.identity.numbers import NumberKind, check_number
from app.licences.kinds import Recognised
from app.services.bookings import Bookings
from app.services.complete_later import CompleteLater
from app.services.duty import Duty
from app.services.visit import Visit

FIRM_ROLES = ("firm", "business")
"""Whose number it may be: the firm that applies, or the shop. A bank or a school in the form is not who stands here."""
_USCC, _NAME = "uscc", "name"
_EARLIER = 20
_LABELS = {CodeKind.FIRM_CODE: "企业码", CodeKind.LICENCE_URL: "证照网址码"}


@dataclass(frozen=True, slots=True)
class FirmLead:
    """A firm code or a licence's address. uscc: "" when the text holds none; number: what it holds instead. host: of
    the address. name: as earlier cases here called it; cases: how many of them."""

    code: Recognised
    uscc: str
    number: str = ""
    host: str = ""
    name: str = ""
    cases: int = 0


@dataclass(frozen=True, slots=True)
class PaperLead:
    """A paper of a window. paper: what its signed code says, None when it is not ours; why: then. here: the number of
    the first of its cases in this window's store, "" for none. owed: how many materials are still to be handed in;
    owing: the number of the first case that they belong to."""

    code: Recognised
    paper: PaperCode | None = None
    why: str = ""
    here: str = ""
    owed: int = 0
    owing: str = ""


@dataclass(frozen=True, slots=True)
class BookingLead:
    """A booking. booking None: error says why there is none to take."""

    code: Recognised
    booking: Booking | None = None
    error: YichuangError | None = None


@dataclass(frozen=True, slots=True)
class LeafletLead:
    """A bundle's leaflet. bundle: its code; "" when this window's catalogue has no such bundle."""

    code: Recognised
    bundle: str = ""


@dataclass(frozen=True, slots=True)
class ParcelLead:
    """A courier's tracking number."""

    code: Recognised


Lead = FirmLead | PaperLead | BookingLead | LeafletLead | ParcelLead


class Keeper(Protocol):
    """The part of the store that is needed."""

    def find(self, text: str, limit: int = 50) -> list[Case]: ...
    def matching(self, text: str, limit: int = 50) -> Sequence[str]: ...
    def cases_naming(self, element: str, value: str, limit: int) -> list[Case]: ...


class CodeLeads:
    """`follow` blocks on store and network; the rest is quick. trust: whose papers count now."""

    def __init__(
        self,
        store: Keeper,
        catalog: Catalog,
        bookings: Bookings,
        later: CompleteLater,
        trust: Callable[[], PaperTrust],
        clock: Clock,
        duty: Duty,
    ) -> None:
        self._store = store
        self._catalog = catalog
        self._bookings = bookings
        self._later = later
        self._trust = trust
        self._clock = clock
        self._duty = duty

    def follow(self, code: Recognised) -> Lead:
        """What this code leads to. ValueError for a kind that leads nowhere."""
        match code.kind:
            case CodeKind.FIRM_CODE | CodeKind.LICENCE_URL:
                return self._firm(code)
            case CodeKind.OWN_PAPER:
                return self._paper(code)
            case CodeKind.BOOKING:
                return self._booking(code)
            case CodeKind.LEAFLET:
                return LeafletLead(code, code.number if code.number in self._catalog.bundles else "")
            case CodeKind.PARCEL:
                return ParcelLead(code)
            case _:
                raise ValueError(code.kind)

    def _firm(self, code: Recognised) -> FirmLead:
        uscc = code.number if check_number(code.number, NumberKind.USCC).valid else ""
        host = _host(code.text)
        if not uscc:
            return FirmLead(code, "", code.number, host)
        by_applicant = [(case, case.applicant_name) for case in self._store.find(uscc, _EARLIER)]
        by_form = [(case, _called(case, uscc)) for case in self._store.cases_naming(_USCC, uscc, _EARLIER)]
        known = {case.case_id: name for case, name in (*by_form, *by_applicant)}
        newest = max((*by_form, *by_applicant), key=lambda pair: pair[0].accepted_at, default=None)
        return FirmLead(code, uscc, "", host, newest[1] if newest else "", len(known))

    def _paper(self, code: Recognised) -> PaperLead:
        from app.documents.verify import verify_paper  # the window starts without the libraries behind it

        answer = verify_paper(code.text, self._trust())
        paper = answer.code
        if not answer.ours or paper is None:
            return PaperLead(code, why=answer.words)
        numbers = [number for number, _ in paper.cases]
        here = next((number for number in numbers if self._store.matching(number, 1)), "")
        # A material that several cases of the visit share is owed once; it may hang on any of them.
        owing = {number: self._later.outstanding(number) for number in numbers if here}
        owed = {entry.key for entries in owing.values() for entry in entries}
        first = next((number for number, entries in owing.items() if entries), "")
        return PaperLead(code, paper, here=here, owed=len(owed), owing=first)

    def _booking(self, code: Recognised) -> BookingLead:
        try:
            return BookingLead(code, self._bookings.by_code(code.text))
        except YichuangError as error:
            return BookingLead(code, error=error)

    # ------------------------------------------------------------------------------------------------- what may be done

    def firm_keys(self, visit: Visit) -> tuple[str, ...]:
        """The empty field of the form that a firm's credit code may fill; () when there is none."""
        asked = visit.form.asked()
        found = (
            key
            for key, field in asked.items()
            if field.element.id == _USCC and field.role in FIRM_ROLES and not visit.form.state(key).value
        )
        return tuple(sorted(found, key=lambda key: FIRM_ROLES.index(asked[key].role)))[:1]

    def fill_firm(self, visit: Visit, lead: FirmLead) -> Visit:
        """Put a firm's number, and the name by which earlier cases knew it, into the form, as captured: who shows the
        code need not belong to the firm. Before items are chosen it waits for the form."""
        keys = self.firm_keys(visit)
        roles = [key.partition(".")[0] for key in keys] or ([] if visit.items else list(FIRM_ROLES))
        at = self._clock.now()
        code = Source(SourceKind.LICENCE, _LABELS[lead.code.kind])
        facts = [Fact(role, _USCC, lead.uscc, code, Verdict.CAPTURED_UNVERIFIED, at) for role in roles]
        if lead.name:
            case = Source(SourceKind.CASE, "本窗口以往办件")
            facts += [Fact(role, _NAME, lead.name, case, Verdict.STATED, at) for role in roles]
        if not facts:
            return visit
        changed = replace(visit, form=visit.form.add(tuple(facts)))
        return changed.with_event(
            at, self._duty.clerk, "firm_code.taken", lead.uscc, kind=str(lead.code.kind), roles=roles
        )

    def note_parcel(self, visit: Visit, lead: ParcelLead) -> Visit:
        """Note a tracking number in this visit's record."""
        return visit.with_event(self._clock.now(), self._duty.clerk, "parcel.noted", lead.code.number)


def _called(case: Case, uscc: str) -> str:
    """What a case called the firm of this number."""
    role = next((key.partition(".")[0] for key, value in case.form.items() if value == uscc), "")
    return case.form.get(f"{role}.{_NAME}", "") if role else ""


def _host(text: str) -> str:
    try:
        return urlsplit(text).hostname or ""
    except ValueError:
        return ""
