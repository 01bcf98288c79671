"""How long to wait before a device that failed is tried again."""

from __future__ import annotations

import random
from collections.abc import Callable

from devices.outcome import Outcome

FIRST_SECONDS, MOST_SECONDS = 1.0, 30.0
AWAY_SECONDS = 5.0
"""The most for a device that is not there: asking costs nothing, and who switches a printer on waits for its light."""


class BackOff:
    """1 s, 2 s, 4 s … 30 s, each up to a quarter shorter by chance: 24 devices shall not all come at once."""

    def __init__(self, chance: Callable[[], float] = random.random) -> None:
        self._chance = chance
        self._failures = 0

    def reset(self) -> None:
        """It works, or somebody asked by hand."""
        self._failures = 0

    def next(self, outcome: Outcome = Outcome.FAULT) -> float:
        """Seconds until the next try after one more failure."""
        most = AWAY_SECONDS if outcome is Outcome.DISCONNECTED else MOST_SECONDS
        delay = min(FIRST_SECONDS * 2 ** min(self._failures, 10), most)
        self._failures += 1
        return float(delay * (1 - self._chance() / 4))
