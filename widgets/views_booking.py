"""What the presenters hand to the dialog that books the next visit: plain values, in words for people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlotView:
    """time: HH:MM, what the choice is known by. words: the span. left: places. extended: 延时服务."""

    time: str
    words: str
    left: int
    extended: bool


@dataclass(frozen=True, slots=True)
class DayView:
    """id: what the choice is known by. words: the day. state: closed, over, full, or how many places are left."""

    id: str
    words: str
    state: str
    slots: tuple[SlotView, ...] = ()

    @property
    def free(self) -> bool:
        """Is there a place?"""
        return any(slot.left for slot in self.slots)


@dataclass(frozen=True, slots=True)
class MineView:
    """One booking that the visitor has. words: when. about: what for. outside: the desk is closed then."""

    code: str
    words: str
    about: str
    outside: bool = False
