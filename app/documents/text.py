"""Breaking Chinese text into lines (标点避头尾: GB/T 15834-2011, 5.1; W3C, Requirements for Chinese Text Layout,
"Prohibition rules for line start and line end"). Marks that may not stand where they would go take down what is before
them; a long number before a mark gives it its last characters rather than let it stand alone."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator

NO_START = frozenset("，。．、；：？！‼⁇⁈⁉）］｝》」』】〕〉〗〙〞”’…—–～·‧•／/％‰℃°,.;:?!)]}>｡､｣")
"""May not begin a line."""
NO_END = frozenset("（［｛《「『【〔〈〖〘〝“‘／/￥＄([{<｢")
"""May not end a line."""

_MOST_CARRIED = 3
"""Atoms that go down with a mark before characters themselves are looked at."""
_TAIL = 4
"""Characters of a word or number that go down with a mark, when all of it finds no room there."""
_WORD = re.compile(r"[¥￥] ?[0-9,.]+|[A-Za-z0-9À-ɏ*_/.\-–]+|\s+|.", re.DOTALL)


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines no wider than width (same unit as measure gives). Nothing but white space at breaks is lost.

    Words and numbers stay whole unless wider than a line by themselves, or a mark beside them would stand at the wrong
    end of a line; at least one character stands on each line.
    """
    lines: list[str] = []
    line: list[str] = []
    used = 0.0
    atoms = deque(_atoms(text, width, measure))
    while atoms:
        atom = atoms.popleft()
        size = measure(atom)
        if line and used + size > width and not atom.isspace():
            cut = _cut(line, atom)
            stays, below = line[:cut], line[cut:]
            if not cut or sum(map(measure, below)) + size > width:  # no room below for what should go down with it
                if len(atom) > 1 and line[-1][-1] in NO_END and atom.isascii():
                    atoms.extendleft(reversed(atom))  # a long number begins behind its bracket, on this line
                    continue
                stays, below = _parted("".join(line), atom, width - size, measure)
            lines.append("".join(stays).rstrip())
            line = below
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
    """How many atoms of a full line stay: marks that may not begin or end a line take their neighbours down. 0: no
    cut between atoms is good."""
    for cut in range(len(line), max(len(line) - _MOST_CARRIED, 1) - 1, -1):
        below = line[cut] if cut < len(line) else following
        if below[0] not in NO_START and line[cut - 1][-1] not in NO_END and not below.isspace():
            return cut
    return 0


def _parted(line: str, following: str, room: float, measure: Callable[[str], float]) -> tuple[list[str], list[str]]:
    """A full line cut within its words, so that what follows does not stand at a line's wrong end: what stays, and what
    goes down into the room beside it. Where every cut is as wrong (a line of marks) all of it stays."""
    found = len(line)
    if following[0] in NO_START or line[-1] in NO_END:
        for cut in range(len(line) - 1, 0, -1):
            if measure(line[cut:]) > room or (found < len(line) and len(line) - cut > _TAIL):
                break
            first, last = line[cut], line[cut - 1]
            if (
                first not in NO_START
                and last not in NO_END
                and not first.isspace()
                and not unicodedata.combining(first)
            ):
                found = cut
                if not (first.isalnum() and last.isascii() and last.isalnum()):
                    break  # between two words, or behind a hyphen
    return [line[:found]], [line[found:]] if found < len(line) else []
