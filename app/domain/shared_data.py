"""Shared data 数据共享: what other departments may be asked about, by whom, for what; and what a booking says.

Which item may ask which source is decided by scenario 应用场景: the gateway refuses everything that no grant names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PERSON, FIRM = "person", "firm"
CARD = "card"
"""In `DataSource.subjects`: the person whose card was read at this visit."""
SUBJECT = "subject"
"""In `DataSource.proves`: the number that was asked about."""


@dataclass(frozen=True, slots=True)
class DataSource:
    """A kind of data that a department shares. id: also the kind in a material's `query:KIND`.

    department: the catalogue's id of its owner, or the owner's name when the catalogue has no such department.
    about: PERSON or FIRM. subjects: whose number is asked about: the first that the form asks for, or CARD. fills:
    the form keys (role.element) that its answer fills. proves: material id -> what the answer must say to waive it,
    element -> accepted values ("*": any, "=KEY": the form's; SUBJECT: the number asked about). absent: the materials
    that are waived when there is NO record.
    """

    id: str
    name: str
    name_en: str
    department: str
    about: str = PERSON
    subjects: tuple[str, ...] = (CARD,)
    fills: tuple[str, ...] = ()
    proves: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    clears: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What its answer must say before tolerance 容缺 that hangs on it is open: element -> accepted values; no record
    opens nothing. Empty: it decides nothing about tolerance."""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why data may be asked for, in words that stand in the record of the call."""

    id: str
    text: str
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """A scenario 应用场景: these items (codes of 主项 or of situations) may ask these sources for these purposes, and
    redeem the dynamic codes of these kinds of e-licences. Without items: what a visitor shows before any is chosen, and
    what is asked about a firm outside any item (only sources about firms). residents: what it may do with the register
    of foreign residents (app.domain.resident.Deed)."""

    scenario: str
    title: str
    items: tuple[str, ...]
    sources: tuple[str, ...]
    purposes: tuple[str, ...]
    licences: tuple[str, ...] = ()
    residents: tuple[str, ...] = ()
    issued: tuple[str, ...] = ()
    """Kinds of e-licences that the platform issued for its items and that may be fetched to be handed over."""

    def covers(self, item_code: str) -> bool:
        """Is this item one of the scenario's? A main item's code covers all its situations."""
        return any(item_code == code or (len(code) == 31 and item_code.startswith(code)) for code in self.items)


@dataclass(frozen=True, slots=True)
class KeyProof:
    """A clerk's hardware key over one call. certificates: DER, the holder's first. number: the staff number 工号 in
    it. nonce, salt: 32 hexadecimal digits. at: UTC, by the platform's clock as far as it is known."""

    certificates: tuple[bytes, ...]
    number: str
    nonce: str
    salt: str
    at: dt.datetime
    signature: bytes


@dataclass(frozen=True, slots=True)
class QueryPolicy:
    """The whole grant table of a city."""

    sources: Mapping[str, DataSource]
    purposes: Mapping[str, Purpose]
    grants: tuple[Grant, ...]

    def grant(self, scenario: str) -> Grant | None:
        """The scenario of this name."""
        return next((grant for grant in self.grants if grant.scenario == scenario), None)

    def refusal(self, scenario: str, source: str, purpose: str, items: Collection[str]) -> str:
        """Why this call is not allowed, in words; "" when it is."""
        grant = self.grant(scenario)
        if source not in self.sources:
            return "平台没有接入这种数据"
        name = self.sources[source].name
        if grant is None:
            return "没有这个应用场景的授权"
        if source not in grant.sources:
            return f"场景“{grant.title}”没有获得查询“{name}”的授权"
        if purpose not in grant.purposes or purpose not in self.purposes:
            return f"场景“{grant.title}”不能以这个目的查询"
        if bool(items) is not bool(grant.items) or not all(grant.covers(code) for code in items):
            return f"所办事项不在场景“{grant.title}”的范围内"
        return ""

    def redeem_refusal(self, scenario: str, purpose: str, items: Collection[str], licence: str = "") -> str:
        """Why a dynamic code may not be redeemed, in words; "" when it may. licence: the kind behind it, "" while
        nobody knows it yet."""
        grant = self.grant(scenario)
        if grant is None or not grant.licences:
            return "没有这个应用场景的授权"
        if purpose not in grant.purposes or purpose not in self.purposes:
            return f"场景“{grant.title}”不能以这个目的查询"
        if bool(items) is not bool(grant.items) or not all(grant.covers(code) for code in items):
            return f"所办事项不在场景“{grant.title}”的范围内"
        if licence and licence not in grant.licences:
            return f"场景“{grant.title}”不需要这种证照"
        return ""

    def issued_refusal(self, scenario: str, purpose: str, item: str, licence: str) -> str:
        """Why the licence that was issued for a case of this item may not be fetched, in words; "" when it may."""
        grant = self.grant(scenario)
        if grant is None or not grant.issued:
            return "没有这个应用场景的授权"
        if purpose not in grant.purposes or purpose not in self.purposes:
            return f"场景“{grant.title}”不能以这个目的取用证照"
        if not grant.covers(item):
            return f"所办事项不在场景“{grant.title}”的范围内"
        return "" if licence in grant.issued else f"场景“{grant.title}”不能取用这种证照"

    def resident_refusal(self, scenario: str, purpose: str, deed: str) -> str:
        """Why the register of foreign residents may not be used so, in words; "" when it may."""
        grant = self.grant(scenario)
        if grant is None or deed not in grant.residents:
            return "没有这个应用场景的授权"
        if purpose not in grant.purposes or purpose not in self.purposes:
            return f"场景“{grant.title}”不能以这个目的办理"
        return ""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is asked about. name: checked against the record when given, so that a mistyped number tells nothing."""

    kind: str
    number: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """One call. scenario: of the grant. items: codes of the items that need the answer. clerk: who asks."""

    source: str
    scenario: str
    purpose: str
    subject: Subject
    clerk: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryReply:
    """What the department answered. facts: element -> value, in the codes of the data element dictionary.

    reference: the number under which the gateway keeps the call. proves: the record is good as evidence (a suspended
    insurance is found, and proves nothing); note: what is to be said of it. valid_until: None when nothing says so.
    """

    source: str
    found: bool
    asked_at: dt.datetime
    reference: str
    facts: Mapping[str, str] = field(default_factory=dict)
    proves: bool = True
    note: str = ""
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class SharedRecord:
    """What one department knows of one person or firm, as its service holds it. Fields as in QueryReply."""

    source: str
    subject: Subject
    facts: Mapping[str, str] = field(default_factory=dict)
    proves: bool = True
    note: str = ""
    valid_until: dt.date | None = None


BOOKING_PREFIX = "YCB1:"
"""Before the booking's number in the codes of resources/licences/kinds.yaml; a city's own codes go out whole."""


class BookingState(StrEnum):
    """How a booking stands."""

    BOOKED = "booked"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Booking:
    """What a visitor booked 预约. code: on the visitor's phone. number: of the identity document; unmasked.

    day, time: of the appointment, legal time, time as HH:MM. items: codes of bundles, main items and situations;
    answers: code -> what was answered to its guide. fields: form key -> what the visitor wrote. made_at: UTC.
    """

    code: str
    name: str
    number: str
    day: dt.date
    time: str
    items: tuple[str, ...]
    made_at: dt.datetime
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    state: BookingState = BookingState.BOOKED
    outside: bool = False
    """The desk is closed at that time, as the platform tells by its calendar; never stored."""


@dataclass(frozen=True, slots=True)
class BookingSlot:
    """One slot of a day that can be booked. time, until: HH:MM, legal time. left: places."""

    time: str
    until: str
    extended: bool
    left: int


@dataclass(frozen=True, slots=True)
class BookingDay:
    """A day and what of it can still be booked. open: the desk opens on it, although its slots may be over."""

    day: dt.date
    open: bool
    slots: tuple[BookingSlot, ...]

    @property
    def left(self) -> int:
        """Places of the whole day."""
        return sum(slot.left for slot in self.slots)
