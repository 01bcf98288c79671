"""Breaking Chinese text into lines (the core of 标点避头尾, GB/T 15834 and W3C clreq)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

NO_START = frozenset("，。、；：？！）》」』】〕〉”’…—·％℃,.;:?!)]}>")
"""May not begin a line."""
NO_END = frozenset("（《「『【〔〈“‘([{<")
"""May not end a line."""

_MOST_CARRIED = 3
"""Atoms that go down with a mark; a longer run of marks is broken where it stands."""
_WORD = re.compile(r"[¥￥] ?[0-9,.]+|[A-Za-z0-9À-ɏ*_/.\-–]+|\s+|.", re.DOTALL)


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines no wider than width (same unit as measure gives). Nothing but white space at breaks is lost.

    Words and numbers stay whole unless wider than a line by themselves; at least one character stands on each line.
    """
    lines: list[str] = []
    line: list[str] = []
    used = 0.0
    for atom in _atoms(text, width, measure):
        size = measure(atom)
        if line and used + size > width and not atom.isspace():
            cut = _cut(line, atom)
            if sum(map(measure, line[cut:])) + size > width:
                cut = len(line)  # no room below for what should go down with it
            lines.append("".join(line[:cut]).rstrip())
            line = line[cut:]
            used = sum(map(measure, line))
        if line or not atom.isspace():
            line.append(atom)
            used += size
    rest = "".join(line).rstrip()
    return [*lines, rest] if rest or not lines else lines


def _atoms(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """What may not be parted: a word or number, or one character with its combining marks."""
    pending = ""
    for match in _WORD.finditer(text):
        atom = match.group()
        if pending and unicodedata.combining(atom[0]):
            pending += atom
            continue
        if pending:
            yield pending
        pending = ""
        if len(atom) > 1 and measure(atom) > width:
            yield from atom[:-1]
            atom = atom[-1]
        pending = atom
    if pending:
        yield pending


def _cut(line: list[str], following: str) -> int:
    """How many atoms of a full line stay: marks that may not begin or end a line take their neighbours down."""
    for cut in range(len(line), max(len(line) - _MOST_CARRIED, 1) - 1, -1):
        below = line[cut] if cut < len(line) else following
        if below[0] not in NO_START and line[cut - 1][-1] not in NO_END and not below.isspace():
            return cut
    return len(line)
