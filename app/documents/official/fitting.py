"""Putting a text into a box: as large as wished, smaller down to a limit, and never cut."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from app.documents.fonts import FontChain
from app.documents.text import wrap

LEADING = 1.22
"""Line distance as a multiple of the letters' size."""
_STEP = 0.5
"""Points by which the letters get smaller."""
_ROUNDING = 0.01
"""Points that sums of widths may be off."""


@dataclass(frozen=True, slots=True)
class Fit:
    """lines at a size (points). whole: everything stands in them; else lines is empty, and room says how many
    characters would have fitted at the smallest size."""

    lines: tuple[str, ...]
    size: float
    whole: bool
    room: int = 0


def fit(
    text: str, width: float, height: float, chain: FontChain, size: float, least: float, several: bool = False
) -> Fit:
    """Fit a text into a box. width, height, size, least: points. several: it may be broken into lines.

    The characters must be drawable (`FontChain.require`).
    """
    text = text if several else " ".join(text.splitlines())
    if not several:
        natural = chain.width(text, 1.0)
        fitting = min(size, height, (width + _ROUNDING) / natural if natural else size)
        if fitting >= least - _ROUNDING:
            return Fit((text,), fitting, True)
        return Fit((), least, False, _room_of_line(text, width, chain, least))
    now = size
    while True:
        lines = _lines(text, width, chain, now)
        if _high(len(lines), now) <= height + _ROUNDING and _narrow(lines, width, chain, now):
            return Fit(tuple(lines), now, True)
        if now <= least:
            break
        now = max(now - _STEP, least)
    most = 0
    while _high(most + 1, least) <= height + _ROUNDING:
        most += 1
    return Fit((), least, False, sum(len(line) for line in _lines(text, width, chain, least)[:most]))


def cells(text: str) -> list[str]:
    """A text as what stands in the cells of a comb: a character with the marks that belong to it."""
    found: list[str] = []
    for char in text:
        if found and unicodedata.combining(char):
            found[-1] += char
        else:
            found.append(char)
    return found


def _high(lines: int, size: float) -> float:
    return size + (lines - 1) * size * LEADING if lines else 0.0


def _lines(text: str, width: float, chain: FontChain, size: float) -> list[str]:
    return [line for part in text.splitlines() or [""] for line in wrap(part, width, lambda t: chain.width(t, size))]


def _narrow(lines: list[str], width: float, chain: FontChain, size: float) -> bool:
    """A box narrower than one character has lines of one that hang out of it."""
    return all(chain.width(line, size) <= width + _ROUNDING for line in lines)


def _room_of_line(text: str, width: float, chain: FontChain, size: float) -> int:
    used = 0.0
    for count, char in enumerate(text):
        used += chain.width(char, size)
        if used > width + _ROUNDING:
            return count
    return len(text) if size else 0
