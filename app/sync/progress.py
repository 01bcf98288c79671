"""How far a long upload has come and how long it still takes, told steadily.

A line's speed jumps about; a remaining time that jumps with it is worse than none. So the speeds are smoothed, the
time is told in rough steps, and a longer time than the one on show is believed only when it stays. A first guess rests
on five seconds of sending and may be a quarter off: what is on show runs down faster or slower until it is what the
later seconds say, without going up.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.domain.sending import Drain

_MEMORY = 30.0
"""Seconds: how far back the speed looks (time constant of the smoothing)."""
_FIRST = 5.0
"""Seconds of sending before a time is told at all."""
_STAYS = 15.0
"""Seconds that a longer estimate must last before it is shown."""
_OFF = 0.3
"""By which share an estimate must differ from the time on show before that is given up."""
_STEERED = 10.0
"""Seconds: how soon the time on show comes to the estimate while it is not far off (time constant)."""
_FLOOR = 20.0
"""Seconds: what is longer by less is not told."""


class Speed:
    """A smoothed speed: what was done a second of the time in which it was done."""

    def __init__(self) -> None:
        self._amount = 0.0
        self._seconds = 0.0

    def add(self, amount: float, seconds: float) -> None:
        """So much was done in so many seconds."""
        fade = math.exp(-seconds / _MEMORY)
        self._amount = self._amount * fade + amount
        self._seconds = self._seconds * fade + seconds

    @property
    def known(self) -> bool:
        return self._amount > 0.0 and self._seconds > 0.0

    @property
    def per_second(self) -> float:
        """0.0 while nothing is known."""
        return self._amount / self._seconds if self.known else 0.0


@dataclass(frozen=True, slots=True)
class Pace:
    """What can be told of a run. per_second: bytes of files, 0 while none was sent. seconds_left: rough, None while it
    cannot be said."""

    drain: Drain
    per_second: float
    seconds_left: float | None


class Meter:
    """Watches one drain after the other. Times are seconds of a clock that does not jump (time.monotonic).

    Speeds outlive a run, so that the next one tells its time at once.
    """

    def __init__(self) -> None:
        self._records = Speed()
        self._bytes = Speed()
        self.begin(0.0)

    def begin(self, now: float) -> None:
        """A run begins."""
        self._began = self._last = now
        self._seen = (0, 0)
        self._shown: tuple[float, float] | None = None  # the seconds told last, and when
        self._longer_since: float | None = None

    def look(self, drain: Drain, now: float) -> Pace:
        """Take a report in; what to tell now."""
        lasted = now - self._last
        records, size = drain.done.records - self._seen[0], drain.done.bytes - self._seen[1]
        if lasted > 0:
            # Records go before files: an interval belongs to whichever moved on in it.
            if size > 0:
                self._bytes.add(size, lasted)
            elif records > 0:
                self._records.add(records, lasted)
            elif drain.left.records == 0:
                self._bytes.add(0, lasted)
            self._last, self._seen = now, (drain.done.records, drain.done.bytes)
        return Pace(drain, self._bytes.per_second, self._told(drain, now))

    def _told(self, drain: Drain, now: float) -> float | None:
        """The time left, steady: what was shown last runs down to the estimate, or gives way to one far from it."""
        guess = self._guess(drain)
        if guess is None or now - self._began < _FIRST:
            return None
        before, at = self._shown or (guess, now)
        lasted = now - at
        shown = max(before - lasted, 0.0)
        longer = guess - shown > max(shown * _OFF, _FLOOR)
        self._longer_since = (self._longer_since or now) if longer else None
        if shown - guess > shown * _OFF or (self._longer_since is not None and now - self._longer_since >= _STAYS):
            shown, self._longer_since = guess, None
        elif not longer:  # a hitch of some seconds is not told
            shown = min(shown + (guess - shown) * -math.expm1(-lasted / _STEERED), before)
        self._shown = shown, now
        return shown

    def _guess(self, drain: Drain) -> float | None:
        seconds = 0.0
        for left, speed in ((drain.left.records, self._records), (drain.left.bytes, self._bytes)):
            if left and not speed.known:
                return None
            if left:
                seconds += left / speed.per_second
        return seconds


def rough(seconds: float) -> tuple[int, str]:
    """A remaining time as people say it: a number and its unit, "" (less than a minute), "minutes" or "hours".

    Minutes up to ten, then in fives, from two hours on in hours; always rounded up, so that the end comes early.
    """
    minutes = math.ceil(seconds / 60)
    if seconds < 60:
        return 0, ""
    if minutes <= 10:
        return minutes, "minutes"
    if minutes <= 115:
        return -(-minutes // 5) * 5, "minutes"
    return -(-minutes // 60), "hours"
