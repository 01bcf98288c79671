"""Visit packs 外出任务包: what a specialist takes along who serves people where they are, for days without a line.

A visit 上门服务 stands in the platform's list. Who checks it out 领取 gets the whole of it for some days, together with
numbers of its own; who comes back returns it 交回.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.numbering import BLOCKS_FROM, LAST_COUNTER


class VisitState(StrEnum):
    """How a visit stands at the platform."""

    OPEN = "open"
    OUT = "out"
    """Somebody has its pack."""
    DONE = "done"
    CANCELLED = "cancelled"


class PackState(StrEnum):
    """How a pack stands on this machine."""

    ON_HAND = "on_hand"
    RETURNING = "returning"
    """The platform was told, or is about to be: nothing more is accepted under it."""
    RETURNED = "returned"
    """Its personal data is gone from this machine."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A visit as everybody's list shows it: no person is named. day, time: legal time, HH:MM. area: where about.

    title: the firm's name, or what kind of visit it is. items: codes of what it is for. holder: who has its pack, in
    words; holder_device: the device. until: when that pack expires, UTC.
    """

    visit_id: str
    day: dt.date
    time: str
    title: str
    area: str
    items: tuple[str, ...]
    state: VisitState = VisitState.OPEN
    holder: str = ""
    holder_device: str = ""
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call. role: e.g. 负责人, 经办人."""

    name: str
    phone: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Firm:
    """The firm that is visited. uscc: 统一社会信用代码, "" before it has one."""

    name: str
    uscc: str = ""
    address: str = ""
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What may be known of somebody or something: form key (role.element), value, who says so, since when (UTC)."""

    key: str
    value: str
    label: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class PackPerson:
    """A person concerned. number: of the identity document; unmasked. facts fill the form once that card is read."""

    name: str
    number: str
    role: str = ""
    phone: str = ""
    facts: tuple[Known, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """Counters first..last of a window, on each day from_day..to_day in legal time, that one pack alone may give."""

    window_id: str
    first: int
    last: int
    from_day: dt.date
    to_day: dt.date

    def __post_init__(self) -> None:
        if not BLOCKS_FROM <= self.first <= self.last <= LAST_COUNTER or self.from_day > self.to_day:
            raise ValueError(f"not a block: {self.first}-{self.last}")

    def holds(self, window_id: str, day: dt.date) -> bool:
        """May numbers of this window and day be taken from it?"""
        return window_id == self.window_id and self.from_day <= day <= self.to_day

    def meets(self, other: NumberBlock) -> bool:
        """Could both give the same number?"""
        return (
            self.window_id == other.window_id
            and self.first <= other.last
            and other.first <= self.last
            and self.from_day <= other.to_day
            and other.from_day <= self.to_day
        )


@dataclass(frozen=True, slots=True)
class VisitPack:
    """A visit with all that is known of it, as one device took it along.

    place: where to go. items: codes of bundles, main items and situations; answers: code -> what was answered to its
    guide. facts: of the firm and the place; those of a person stand with the person. trust_version: of the list in
    force when it was checked out, 0: none. Times in UTC.
    """

    pack_id: str
    visit_id: str
    device_id: str
    clerk: str
    day: dt.date
    time: str
    title: str
    area: str
    place: str
    firm: Firm | None
    people: tuple[PackPerson, ...]
    items: tuple[str, ...]
    answers: Mapping[str, Mapping[str, str]]
    facts: tuple[Known, ...]
    note: str
    catalog_version: str
    trust_version: int
    blocks: tuple[NumberBlock, ...]
    checked_out_at: dt.datetime
    expires_at: dt.datetime

    def expired(self, now: dt.datetime) -> bool:
        """May nothing more be accepted under it?"""
        return now >= self.expires_at

    def left(self, now: dt.datetime) -> dt.timedelta:
        """How long it still holds; nothing once it has expired."""
        return max(dt.timedelta(), self.expires_at - now)


def free_block(
    taken: Iterable[NumberBlock], window_id: str, from_day: dt.date, to_day: dt.date, size: int
) -> NumberBlock | None:
    """The lowest block of this size that meets no other; None when the window's counters are all given away."""
    for first in range(BLOCKS_FROM, LAST_COUNTER - size + 2, size):
        block = NumberBlock(window_id, first, first + size - 1, from_day, to_day)
        if not any(block.meets(other) for other in taken):
            return block
    return None
