"""How a lesson went: what was noted, and what it counts."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from enum import StrEnum


class MistakeKind(StrEnum):
    """What went wrong, with the points it costs in `POINTS`."""

    WRONG_KEY = "wrong_key"
    """A key that this step does not need, or that could not work yet."""
    REFUSED_ENTRY = "refused_entry"
    """A field's rules refused what was typed."""
    CORRECTED_FIELD = "corrected_field"
    """A value was accepted and then typed anew."""
    WRONG_LICENCE = "wrong_licence"
    """A code that is no licence, or one that is somebody else's or not valid."""
    CARD_NOT_READ = "card_not_read"
    """The reader waited in vain though nothing was out of order."""
    FORGOTTEN = "forgotten"
    """Check or acceptance asked for while fields or materials still lacked."""
    WRONG_SETTLING = "wrong_settling"
    """A material settled in another way than the lesson has it."""
    LEFT_EARLY = "left_early"
    """The next visitor called before this one was accepted."""


POINTS = {
    MistakeKind.WRONG_KEY: 2,
    MistakeKind.REFUSED_ENTRY: 3,
    MistakeKind.CORRECTED_FIELD: 2,
    MistakeKind.WRONG_LICENCE: 5,
    MistakeKind.CARD_NOT_READ: 3,
    MistakeKind.FORGOTTEN: 8,
    MistakeKind.WRONG_SETTLING: 8,
    MistakeKind.LEFT_EARLY: 20,
}
SHOWN_POINTS = 10
"""What a step costs that the learner had shown."""
OVERTIME_STEP = 0.05
"""Each started part of this size above the lesson's minutes costs a point …"""
OVERTIME_MOST = 20
"""… up to so many."""
STARS = ((95, 5), (85, 4), (70, 3), (50, 2))
"""From so many percent on, so many stars; one below."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """step: its title. what: what happened. right: what would have been right. In words for the learner."""

    kind: MistakeKind
    step: str
    what: str
    right: str


@dataclass(frozen=True, slots=True)
class Result:
    """One run of a lesson. seconds: from its first step to its last. minutes: the lesson's, 0 when time counts nothing.

    shown: titles of the steps that were shown. hints: were hints on at any time, i.e. was it no examination.
    done, steps: how far it went.
    """

    lesson: str
    title: str
    learner: str
    at: dt.datetime
    seconds: float
    minutes: float
    steps: int
    done: int
    hints: bool
    mistakes: tuple[Mistake, ...] = ()
    shown: tuple[str, ...] = ()

    @property
    def finished(self) -> bool:
        return self.done >= self.steps

    @property
    def overtime_points(self) -> int:
        """Points for time above the lesson's."""
        over = self.seconds / 60 - self.minutes
        if self.minutes <= 0 or over <= 0:
            return 0
        return min(OVERTIME_MOST, math.ceil(over / (self.minutes * OVERTIME_STEP)))

    @property
    def percent(self) -> int:
        """0 … 100. What was not finished counts for the share that was."""
        lost = sum(POINTS[mistake.kind] for mistake in self.mistakes) + SHOWN_POINTS * len(self.shown)
        whole = max(0, 100 - lost - self.overtime_points)
        return whole if self.finished else whole * self.done // max(self.steps, 1)

    @property
    def stars(self) -> int:
        """1 … 5; 0 for what was not finished."""
        if not self.finished:
            return 0
        return next((stars for percent, stars in STARS if self.percent >= percent), 1)
