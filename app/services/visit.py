"""The visit: all that the window has before it for one visitor. Immutable; each clerk action gives a new one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.domain.assisted import NOT_ASSISTED, Assist
from app.domain.case import AuditEvent
from app.domain.form import FormDefinition
from app.domain.item import Catalog, Item
from app.domain.licence import LicenceReading
from app.domain.material import MaterialStatus
from app.domain.numbering import uuid7
from app.domain.person import IdCard
from app.domain.resident import ServedResident
from app.domain.signature import Confirmation
from app.forms.fill import FormState
from app.licences.facts import HolderMatch
from app.materials.checklist import Checklist

if TYPE_CHECKING:
    from app.identity.chip.checked import CheckedChip


@dataclass(frozen=True, slots=True)
class RedeemBy:
    """A scenario that may pay for redeeming a code. op_id: of the operation. items: codes."""

    op_id: str
    scenario: str
    purpose: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PendingCode:
    """A dynamic code that was captured and not yet redeemed. ways: in the order in which they are tried.

    since: when it was scanned; until: when it most likely ends. UTC.
    """

    ways: tuple[RedeemBy, ...]
    since: dt.datetime
    until: dt.datetime
    clerk: str


@dataclass(frozen=True, slots=True)
class ScannedLicence:
    """A licence shown at this visit, and whether its holder is the person whose card was read.

    relied: why the clerk relies on it although it is somebody else's; "" otherwise. left: form keys that the clerk does
    not take over from it.
    pending: it is a dynamic code that still waits for the platform.
    """

    text: str
    reading: LicenceReading
    match: HolderMatch
    relied: str = ""
    left: frozenset[str] = frozenset()
    pending: PendingCode | None = None


SERVED = "resident.served"
"""In the trail: somebody is served by their personal code."""


@dataclass(frozen=True, slots=True)
class ShownCode:
    """Whoever is served by their personal code. confirmed: the platform said so; else it is this machine's copy."""

    resident: ServedResident
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor's business. codes: the bundles and items chosen, in the clerk's order. events: not yet stored.

    answers: code -> what was answered to its guide, question id -> option; kept also when the code is dropped, for the
    case that it comes back. items: with these answers worked into their conditions already (app.catalog.guide).
    """

    visit_id: str
    started_at: dt.datetime
    form: FormState
    checklist: Checklist
    card: IdCard | None = None
    licences: tuple[ScannedLicence, ...] = ()
    codes: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    events: tuple[AuditEvent, ...] = field(default=())
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    confirmation: Confirmation | None = None
    chip: CheckedChip | None = None
    """The passport's chip that was read at this visit; not kept in drafts."""
    resident: ShownCode | None = None
    """Whose personal code was shown; not kept in drafts, it is scanned again."""
    assist: Assist = NOT_ASSISTED
    """Is it an assisted visit 帮办, and who came along?"""

    def __post_init__(self) -> None:
        # A material may hang on a form value: whoever changes the form, the list never says something older.
        if self.checklist.condition_keys:
            object.__setattr__(self, "checklist", self.checklist.under(self.form.values()))

    @property
    def confirmed(self) -> Confirmation | None:
        """The confirmation of exactly what is in the form now; None when it was changed since, or never confirmed."""
        given = self.confirmation
        if given is None or not given.covers(self.codes, self.form.values(), self.promised):
            return None
        return given

    @property
    def promised(self) -> frozenset[str]:
        """Ids of the materials that stand on the applicant's own word now: promised, or to be handed in later."""
        by_word = (MaterialStatus.PROMISED, MaterialStatus.TOLERATED)
        return frozenset(m.use.id for m in self.checklist.materials if m.status in by_word)

    @property
    def known_number(self) -> str:
        """Of a document that proved itself: a card in the reader, or a chip that its state signed. "" when there is
        none: what is only printed opens nobody's earlier cases."""
        if self.card is not None:
            return self.card.number or ""
        if self.chip is None or not self.chip.reading.verdict.trusted:
            return ""
        # What reads chips is loaded when one was read, not with every window.
        from app.identity.chip.facts import zone_of

        zone = zone_of(self.chip.reading, self.chip.at)
        return zone.number if zone is not None else ""

    @property
    def empty(self) -> bool:
        """Nothing has happened yet: the next visitor can be called without asking."""
        known = self.card or self.chip or self.resident
        return known is None and not self.licences and not self.codes and not self.assist.on

    def with_event(self, at: dt.datetime, clerk: str, action: str, subject: str, **details: object) -> Visit:
        """The same visit with one more line for the audit trail."""
        return replace(self, events=(*self.events, AuditEvent(at, clerk, action, subject, dict(details))))


def new_visit(at: dt.datetime) -> Visit:
    """An empty visit."""
    return Visit(uuid7(at), at, FormState(FormDefinition((), ())), Checklist(()))


def chosen_names(catalog: Catalog, codes: Iterable[str]) -> list[str]:
    """What was chosen, by name; what the catalogue no longer has is left out."""
    found = (catalog.bundles.get(c) or catalog.items.get(c) or catalog.mains.get(c) for c in codes)
    return [one.name for one in found if one is not None]
