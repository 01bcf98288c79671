"""Dates of the zone: YYMMDD without a century, parts unknown as fillers (ICAO Doc 9303-3, section 4.8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

_FAR = 50
"""Years: an expiry date further from today than this belongs to the other century."""


@dataclass(frozen=True, slots=True)
class MrzDate:
    """A date as printed and as understood.

    text: YYYY-MM-DD, or YYYY-MM or YYYY where the rest is unknown; "" when all is. possible: no day like 31 February,
    no digit or letter where it cannot stand. complete: day, month and year are known.
    """

    raw: str
    text: str
    possible: bool

    @property
    def complete(self) -> bool:
        return len(self.text) == 10

    @property
    def day(self) -> dt.date | None:
        """The day, when it is known whole."""
        return dt.date.fromisoformat(self.text) if self.complete else None


def birth_date(raw: str, today: dt.date) -> MrzDate:
    """Nobody was born after today: the latest century that fits."""
    return _read(raw, lambda year: today.year // 100 * 100 + year - (100 if _later(raw, year, today) else 0))


def expiry_date(raw: str, today: dt.date) -> MrzDate:
    """Within fifty years of today."""

    def century(year: int) -> int:
        full = today.year // 100 * 100 + year
        return full + (100 if full < today.year - _FAR else -100 if full >= today.year + _FAR else 0)

    return _read(raw, century)


def _later(raw: str, year: int, today: dt.date) -> bool:
    known = raw[2:].replace("<", "0")
    return (year, known) > (today.year % 100, f"{today:%m%d}")


def _read(raw: str, full_year: Callable[[int], int]) -> MrzDate:
    year, month, day = raw[:2], raw[2:4], raw[4:]
    parts = [part for part in (year, month, day) if part != "<<"]
    # What is unknown stands at the end, except that a year alone may be unknown with the rest.
    known = raw.rstrip("<")
    if not known:
        return MrzDate(raw, "", True)
    if len(known) % 2 or not (known.isascii() and known.isdecimal()) or len(known) != 2 * len(parts):
        return MrzDate(raw, "", False)
    text = str(full_year(int(year)))
    if month != "<<":
        if not 1 <= int(month) <= 12:
            return MrzDate(raw, "", False)
        text += f"-{month}"
    if day != "<<":
        text += f"-{day}"
        try:
            dt.date.fromisoformat(text)
        except ValueError:
            return MrzDate(raw, "", False)
    return MrzDate(raw, text, True)
