"""Breaking Chinese text into lines (the core of 标点避头尾, GB/T 15834 and W3C clreq)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

NO_START = frozenset("，。、；：？！）》」』】〕〉”’…—·％℃,.;:?!)]}>")
"""May not begin a line."""
NO_END = frozenset("（《「『【〔〈“‘([{<")
"""May not end a line."""

_WORD = re.compile(r"[A-Za-z0-9À-ɏ*_/.\-–]+|\s+|.", re.DOTALL)


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
            carried = _carry(line, atom)
            lines.append("".join(line).rstrip())
            line = carried
            used = sum(measure(part) for part in line)
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


def _carry(line: list[str], following: str) -> list[str]:
    """Take from the end of a full line what must go down with what follows; the line keeps at least one atom."""
    carried: list[str] = []
    while len(line) > 1 and ((carried or [following])[0][0] in NO_START or line[-1][-1] in NO_END):
        carried.insert(0, line.pop())
    if carried and carried[0].isspace():
        carried.pop(0)
    return carried
