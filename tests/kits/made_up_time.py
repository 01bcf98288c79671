"""Ticks that tests move by hand."""

from __future__ import annotations

import datetime as dt


class MadeUpTicks:
    """Stand still until they are told to move on; `boot` begins them anew."""

    def __init__(self) -> None:
        self._boots = 1
        self._elapsed = dt.timedelta(minutes=1)

    @property
    def boot_id(self) -> str:
        return f"boot-{self._boots}"

    def elapsed(self) -> dt.timedelta:
        return self._elapsed

    def advance(self, by: dt.timedelta) -> None:
        self._elapsed += by

    def boot(self) -> None:
        self._boots += 1
        self._elapsed = dt.timedelta(seconds=20)
