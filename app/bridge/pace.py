"""How often something may be asked for."""

from __future__ import annotations

import datetime as dt
from collections import deque

from app.domain.clock import Clock


class Pace:
    """At most `most` in any `seconds`, for each key. Used on one thread."""

    def __init__(self, clock: Clock, most: int, seconds: float) -> None:
        self._clock = clock
        self._most = most
        self._span = dt.timedelta(seconds=seconds)
        self._seen: dict[str, deque[dt.datetime]] = {}

    def take(self, key: str) -> bool:
        """Is once more within the pace? Only what is within it counts."""
        now = self._clock.now()
        seen = self._seen.setdefault(key, deque())
        # A clock set back must not lock anybody out for good.
        while seen and not now - self._span < seen[0] <= now:
            seen.popleft()
        if len(seen) >= self._most:
            return False
        seen.append(now)
        return True
