"""From scores of characters to lines: what each place may hold, how sure each character is, what was forced.

What the layout expects weighs against what is seen, it does not overrule it: a clear character that no document should
have there is given as it is. Check digits never choose characters silently: where they had to, those are marked.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from app.identity.mrz.check import VALUES
from app.identity.mrz.layout import LAYOUTS, Format, Place
from app.identity.mrz.names_prior import spelt
from app.identity.mrz.parse import long_number
from app.identity.mrz.states import states
from app.identity.mrz.strip import ALPHABET

Chars = NDArray[np.float64]
"""Characters × 37, logarithms of probabilities (or what weighs like them)."""

UNLIKELY = -9.0
"""What an unexpected character must make up for."""
_LETTER_O = -14.0
"""What a 0 among letters must make up for: OCR-B's O is hardly wider."""
_AGAINST = 8.0
"""By so much the picture may speak against what the layout makes of it before a person has to look."""
_FILLER = ALPHABET.index("<")
_RESIDUE = np.array([VALUES[char] % 10 for char in ALPHABET])
_WEIGHTS = (7, 3, 1)


@dataclass(frozen=True, slots=True)
class Decided:
    """lines: as read. margins: of each character, by how much (natural logarithm) what is given beats the best other
    reading. forced: characters that only a check digit made so, as (line, column)."""

    lines: tuple[str, ...]
    margins: tuple[NDArray[np.float64], ...]
    forced: tuple[tuple[int, int], ...]
    suspect: frozenset[tuple[int, int]] = frozenset()
    """Covered by a digit that did not hold as read: at least one of them is wrong, and not surely a forced one."""

    @property
    def least(self) -> float:
        return min(float(line.min()) for line in self.margins)


def _prior(allowed: str, rare: str = "", rarely: float = -2.5) -> NDArray[np.float64]:
    row = np.full(len(ALPHABET), UNLIKELY)
    for char in rare:
        row[ALPHABET.index(char)] = rarely
    for char in allowed:
        row[ALPHABET.index(char)] = 0
    return row


_DIGITS, _LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@cache
def _priors(kind: Format) -> tuple[NDArray[np.float64], ...]:
    """What each place may hold, whatever the others hold."""
    layout = LAYOUTS[kind]
    rows = [np.zeros((kind.length, len(ALPHABET))) for _ in range(kind.lines)]

    def put(place: Place, *each: NDArray[np.float64]) -> None:
        line, first, end = place
        for at in range(first, end):
            rows[line][at] = each[min(at - first, len(each) - 1)]

    digit = _prior(_DIGITS)
    first = {Format.TD1: "ACI", Format.TD2: "ACIP", Format.TD3: "P"}.get(kind, "V")
    put(layout.code, _prior(first, _LETTERS), _prior(_LETTERS + "<", _DIGITS, -6.0))
    put(layout.names, _prior(_LETTERS, "0", _LETTER_O), _prior(_LETTERS + "<", "0", _LETTER_O))
    put(layout.sex, _prior("MF<", "X"))
    month, day = (_prior("01", "<"), _prior(_DIGITS, "<")), (_prior("0123", "<"), _prior(_DIGITS, "<"))
    year = _prior(_DIGITS, "<")
    put(layout.birth, year, year, *month, *day)
    put(layout.expiry, year, year, *month, *day)
    # States avoid O in numbers, and by chance alone a 0 there is ten times as frequent.
    plain = _prior(_DIGITS + _LETTERS.replace("O", "") + "<", "O", -1.5)
    for place in (layout.number, *layout.optional):
        put(place, plain)
    line, _, end = layout.number
    put((line, end, end + 1), _prior(_DIGITS, "<" if layout.composite and not layout.optional_check else ""))
    for place in (layout.birth, layout.expiry):
        put((place[0], place[2], place[2] + 1), digit)
    if layout.optional_check:
        at, _, last = layout.optional[0]
        put((at, last, last + 1), _prior(_DIGITS, "<", -0.5))
    if layout.composite:
        put((1, kind.length - 1, kind.length), digit)
    return tuple(rows)


def decide(kind: Format, chars: Sequence[Chars]) -> Decided:
    """The likeliest lines of a format. chars: one matrix a line."""
    layout = LAYOUTS[kind]
    weighed = [seen + prior for seen, prior in zip(chars, _priors(kind), strict=True)]
    picked = [line.argmax(axis=1) for line in weighed]
    margins = [_gaps(line) for line in weighed]
    for place in (layout.number, *layout.optional):
        _set(picked, margins, place, _filled(weighed[place[0]][place[1] : place[2]], name=False))
    line, first, end = layout.names
    _set(picked, margins, layout.names, _named(weighed[line][first:end]))
    for place in (layout.issuer, layout.nationality):
        _set(picked, margins, place, _coded(weighed[place[0]][place[1] : place[2]]))
    before = [line.copy() for line in picked]
    suspect: set[tuple[int, int]] = set()
    for group in _groups(kind, picked):
        if not _satisfy(group, weighed, picked, margins):
            suspect.update((*group.body, group.digit))
    for seen, said, sure in zip(chars, picked, margins, strict=True):
        # The layout alone made it this: nothing that is seen says so, and a person should.
        against = seen.max(axis=1) - seen[np.arange(len(said)), said] > _AGAINST
        sure[against] = np.minimum(sure[against], 0.0)
    lines = tuple("".join(ALPHABET[k] for k in line) for line in picked)
    forced = tuple(
        (number, int(at))
        for number, (now, was) in enumerate(zip(picked, before, strict=True))
        for at in np.flatnonzero(now != was)
    )
    return Decided(lines, tuple(margins), forced, frozenset(suspect))


def disputed(kind: Format, lines: Sequence[str], looks: Sequence[Sequence[Chars]]) -> set[tuple[int, int]]:
    """(line, column) of characters of which one look alone, by what may stand there, would say otherwise.

    lines: as decided. looks: of each look one matrix a line.
    """
    said = [np.array([ALPHABET.index(char) for char in line]) for line in lines]
    return {
        (line, int(at))
        for look in looks
        for line, (chars, prior) in enumerate(zip(look, _priors(kind), strict=True))
        for at in np.flatnonzero((chars + prior).argmax(axis=1) != said[line])
    }


def _gaps(line: NDArray[np.float64]) -> NDArray[np.float64]:
    two = np.partition(line, -2, axis=1)[:, -2:]
    return np.asarray(two[:, 1] - two[:, 0])


def _set(
    picked: list[NDArray[np.int64]],
    margins: list[NDArray[np.float64]],
    place: Place,
    found: tuple[NDArray[np.int64], NDArray[np.float64]],
) -> None:
    line, first, end = place
    picked[line][first:end], margins[line][first:end] = found


def _coded(part: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """A state's code: one of the list, unless something else is seen clearly."""
    options = {}
    for code in states():
        spelt = [ALPHABET.index(char) for char in code.ljust(3, "<")]
        options[tuple(spelt)] = float(sum(part[at, k] for at, k in enumerate(spelt)))
    free = part.copy()
    free[:, :10] += UNLIKELY
    spelt = free.argmax(axis=1).tolist()
    options.setdefault(tuple(spelt), float(free.max(axis=1).sum()) + UNLIKELY)
    order = sorted(options, key=lambda option: -options[option])
    best = np.array(order[0])
    margins = np.full(3, math.inf)
    for other in order[1:12]:
        differs = best != np.array(other)
        margins[differs] = np.minimum(margins[differs], options[order[0]] - options[other])
    return best, np.minimum(margins, _gaps(part) + 3.0)


_NAME = {
    # state: {kind of character: next state}; the states are those of the standard's name field
    "begin": {"a": "surname"},
    "surname": {"a": "surname", "<": "one"},
    "one": {"a": "surname", "<": "two"},
    "two": {"a": "given", "<": "end"},
    "given": {"a": "given", "<": "pause"},
    "pause": {"a": "given", "<": "end"},
    "end": {"<": "end"},
}
_NUMBER = {
    "begin": {"a": "body", "<": "end"},
    "body": {"a": "body", "<": "end"},
    "end": {"<": "end"},
}


def _filled(part: NDArray[np.float64], *, name: bool) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """A field that ends in fillers: names built as the standard says (name), or a number.

    What breaks the rule costs, but can be read; margins are to the best other reading through each character."""
    table = _NAME if name else _NUMBER
    names = list(table)
    size = len(part)
    letter = part.copy()
    letter[:, _FILLER] = -math.inf
    kinds = {"a": letter.max(axis=1), "<": part[:, _FILLER]}
    allow = np.full((2, len(names), len(names)), -math.inf)
    for k, kind in enumerate("a<"):
        for state, moves in table.items():
            for to in names:
                # Out of "end" by a letter: a number with a filler inside, a name in two fields; it happens.
                cost = 0.0 if moves.get(kind) == to else -math.inf
                if kind not in moves and to == ("given" if name else "body") and kind == "a":
                    cost = UNLIKELY if name else -2.5
                allow[k, names.index(state), names.index(to)] = cost
    if name:
        allow[1, names.index("begin"), names.index("one")] = UNLIKELY
    seen = np.stack([kinds["a"], kinds["<"]])
    forward = np.full((size + 1, len(names)), -math.inf)
    forward[0, 0] = 0
    for at in range(size):
        step = allow + seen[:, at, None, None] + forward[at][None, :, None]
        forward[at + 1] = step.max(axis=(0, 1))
    backward = np.zeros((size + 1, len(names)))
    through = np.zeros((size, 2))
    for at in range(size - 1, -1, -1):
        step = allow + seen[:, at, None, None] + backward[at + 1][None, None, :]
        backward[at] = step.max(axis=(0, 2))
        through[at] = (step + forward[at][None, :, None]).max(axis=(1, 2))
    filler = through[:, 1] > through[:, 0]
    out = np.where(filler, _FILLER, letter.argmax(axis=1))
    between = np.abs(through[:, 0] - through[:, 1])
    two = np.partition(letter, -2, axis=1)[:, -2:]
    margins = np.where(filler, between, np.minimum(between, two[:, 1] - two[:, 0]))
    return out, margins


def _named(part: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """A field of names. Of letters that look nearly alike the one that names have there; never surely so."""
    seen, margins = _filled(part, name=True)
    said = spelt(part, seen)
    return said, np.where(said == seen, margins, 0.0)


@dataclass(frozen=True, slots=True)
class _Group:
    """Characters whose sum a digit checks: (line, column) of each, and of the digit."""

    body: tuple[tuple[int, int], ...]
    digit: tuple[int, int]


def _groups(kind: Format, picked: Sequence[NDArray[np.int64]]) -> list[_Group]:
    layout = LAYOUTS[kind]
    lines = tuple("".join(ALPHABET[k] for k in line) for line in picked)

    def places(*stretches: Place) -> tuple[tuple[int, int], ...]:
        return tuple((line, at) for line, first, end in stretches for at in range(first, end))

    longer = long_number(lines, layout)
    if longer is None:
        groups = [_Group(places(layout.number), (layout.number[0], layout.number[2]))]
    else:
        line, first, end = longer
        groups = [_Group(places(layout.number, (line, first, end - 1)), (line, end - 1))]
    groups += [_Group(places(place), (place[0], place[2])) for place in (layout.birth, layout.expiry)]
    if layout.optional_check:
        line, first, end = layout.optional[0]
        if "".join(lines[line][first : end + 1]).strip("<"):
            groups.append(_Group(places((line, first, end)), (line, end)))
    if layout.composite:
        groups.append(_Group(places(*layout.composite), (1, kind.length - 1)))
    return groups


def _satisfy(
    group: _Group,
    weighed: Sequence[NDArray[np.float64]],
    picked: list[NDArray[np.int64]],
    margins: list[NDArray[np.float64]],
) -> bool:
    """Margins that the digit gives when it holds; the likeliest reading for which it holds when it does not.

    False: it did not."""
    places = [*group.body, group.digit]
    part = np.array([weighed[line][at] for line, at in places])
    now = np.array([picked[line][at] for line, at in places])
    share = np.array([_WEIGHTS[k % 3] for k in range(len(group.body))] + [-1])
    if int((share * _RESIDUE[now]).sum()) % 10 == 0:
        mine = part[np.arange(len(part)), now]
        same = _RESIDUE[None, :] == _RESIDUE[now][:, None]
        same[np.arange(len(part)), now] = False
        alike = mine - np.where(same, part, -math.inf).max(axis=1)
        others = mine - np.where(_RESIDUE[None, :] != _RESIDUE[now][:, None], part, -math.inf).max(axis=1)
        others = np.maximum(others, 0)
        order = np.argsort(others)
        least = np.where(np.arange(len(part)) == order[0], others[order[1]], others[order[0]])
        given = np.minimum(alike, others + least)
        for k, (line, at) in enumerate(places):
            margins[line][at] = max(margins[line][at], given[k])
        return True
    chosen = _forced(part, share)
    for k, (line, at) in enumerate(places):
        if chosen[k] != picked[line][at]:
            picked[line][at] = chosen[k]
            margins[line][at] = 0.0
    return False


def _forced(part: NDArray[np.float64], share: NDArray[np.int64]) -> NDArray[np.int64]:
    """The likeliest characters whose weighted sum is 0 modulo 10: exact, over all sums."""
    size = len(part)
    best = np.full(10, -math.inf)
    best[0] = 0
    came = np.zeros((size, 10), np.int64)
    top = np.array([[np.where(residue == _RESIDUE, row, -math.inf).argmax() for residue in range(10)] for row in part])
    for at in range(size):
        options = np.full((10, 10), -math.inf)  # new sum × residue of this character
        for residue in range(10):
            step = int(share[at]) * residue
            options[:, residue] = np.roll(best, step % 10) + part[at, top[at, residue]]
        came[at] = options.argmax(axis=1)
        best = options.max(axis=1)
    total, chosen = 0, np.zeros(size, np.int64)
    for at in range(size - 1, -1, -1):
        residue = int(came[at, total])
        chosen[at] = top[at, residue]
        total = (total - int(share[at]) * residue) % 10
    return chosen
