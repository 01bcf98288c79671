"""The lines of a card in its own frame: which face it is, and what stands beside or below each printed word."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from app.identity.cards.layouts import CardLayout, Face, Place, layouts, plain
from app.identity.cards.locate import SCALE, SIZE, Picture

_LIKE_A_MARK = 0.8
"""How much of a card's printed name must be read right."""
_LEAST = 2
"""Fields whose printed words must be found where they belong; one more on a face without a printed name."""
_NUMBER_COUNTS = 2
"""An identity number in its place counts as so many printed words."""
_STANDARD = 8
"""Layouts whose words lie no further off than so many millimetres are a national standard: all of them are there."""
_LABEL_HEIGHT = 2.5
_EIGHTEEN = re.compile(r"(?<!\d)\d{17}[\dX]")
_SEX = re.compile(r"[男女](?:[/／ ]*[MF])?")
_NAME = re.compile(r"[^\W\d_a-z][^\W\d_a-z·・.,'\- ]*", re.UNICODE)
_SHORTEST_NAME = 2


class Line(Protocol):
    """A line of text as an engine gives it. box: four corners, clockwise from the upper left; confidence: 0–1."""

    @property
    def box(self) -> Sequence[tuple[float, float]]: ...
    @property
    def text(self) -> str: ...
    @property
    def confidence(self) -> float: ...


ReadText = Callable[[Picture], Sequence[Line]]
"""The lines of a picture (BGR). Slow: a second or more."""

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A line, or a piece of one. Pixels of the card set straight. field: whose printed words it is."""

    text: str
    confidence: float
    left: float
    top: float
    right: float
    bottom: float
    field: str = ""

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def box(self) -> Box:
        return math.floor(self.left), math.floor(self.top), math.ceil(self.right), math.ceil(self.bottom)


@dataclass(frozen=True, slots=True)
class CardPage:
    """face: which it is. values: field -> the rows of its value, each from the left. score: how sure the face is."""

    face: Face
    values: Mapping[str, tuple[tuple[Part, ...], ...]]
    words: str
    score: float
    labels: Mapping[str, Part]


def card_page(lines: Iterable[Line]) -> CardPage | None:
    """What the lines of a card set straight and upright say; None where no card is known by them."""
    parts = [_part(line) for line in lines if line.text.strip()]
    words = plain("".join(part.text for part in sorted(parts, key=lambda p: p.top)))
    best: CardPage | None = None
    for face, layout in layouts().items():
        page = _as_face(face, layout, parts, words)
        if page is not None and (best is None or page.score > best.score):
            best = page
    return best


def turned(lines: Iterable[Line]) -> list[Line]:
    """The same lines on the card turned by half."""
    wide, tall = SIZE
    return [_Turned(tuple((wide - 1 - x, tall - 1 - y) for x, y in one.box), one.text, one.confidence) for one in lines]


@dataclass(frozen=True, slots=True)
class _Turned:
    box: tuple[tuple[float, float], ...]
    text: str
    confidence: float


def _part(line: Line) -> Part:
    xs, ys = [x for x, _ in line.box], [y for _, y in line.box]
    return Part(line.text.strip(), line.confidence, min(xs), min(ys), max(xs), max(ys))


def _as_face(face: Face, layout: CardLayout, parts: Sequence[Part], words: str) -> CardPage | None:
    mark = max((_likeness(mark, words) for mark in layout.marks), default=0.0)
    if layout.marks and mark < _LIKE_A_MARK and face is not Face.RESIDENT_BACK:
        return None
    pieces = [piece for part in parts for piece in _cut(part, layout)]
    labels = _labels(pieces)
    found = len(labels) + (_NUMBER_COUNTS if _number_in_place(face, pieces, layout) else 0)
    if found < (_LEAST if layout.marks else _LEAST + 1):
        return None
    score = found / len(layout.fields) + (mark if mark >= _LIKE_A_MARK else 0.0)
    if layout.slack <= _STANDARD:
        labels = _completed(labels, layout)
    else:
        labels = {**labels, **_told_by_themselves(pieces, labels, layout)}
    return CardPage(face, _values(layout, pieces, labels), words, score, labels)


def _number_in_place(face: Face, pieces: Sequence[Part], layout: CardLayout) -> bool:
    """Eighteen digits at the foot: on a poor picture the small printed words are lost before they are."""
    if face is not Face.RESIDENT_FRONT:
        return False
    x, y = layout.fields["number"].at
    return any(
        _EIGHTEEN.search(plain(piece.text))
        and abs(piece.middle - y * SCALE) < layout.slack * SCALE
        and x * SCALE < piece.right
        for piece in pieces
    )


def _told_by_themselves(pieces: Sequence[Part], labels: Mapping[str, Part], layout: CardLayout) -> dict[str, Part]:
    """On layouts that are known only roughly: the sex and the name, whose printed words were not read (small, and their
    picture upside down), by what they are and where: the one sign of the sex; letters alone, above every other field.
    A label is made just above them."""
    found = {}
    free = [piece for piece in pieces if not piece.field and not _in_portrait(piece, layout)]
    sexes = [piece for piece in free if _SEX.fullmatch(piece.text)]
    if "sex" in layout.fields and "sex" not in labels and len(sexes) == 1:
        found["sex"] = _label_above(sexes[0], "sex")
    first = min((label.top for label in labels.values()), default=0.0)
    names = [
        piece
        for piece in free
        if piece.bottom < first + 0.5 * piece.height
        and len(plain(piece.text)) >= _SHORTEST_NAME
        and _NAME.fullmatch(piece.text)
        and max((_likeness(mark, plain(piece.text)) for mark in layout.marks), default=0.0) < _LIKE_A_MARK / 2
    ]
    if "name" in layout.fields and "name" not in labels and names and layout.fields["name"].below:
        found["name"] = _label_above(min(names, key=lambda piece: piece.top), "name")
    return found


def _label_above(piece: Part, name: str) -> Part:
    high = _LABEL_HEIGHT * SCALE
    return Part("", 0.0, piece.left, piece.top - 1.2 * high, piece.left + high, piece.top - 0.2 * high, name)


def _completed(labels: Mapping[str, Part], layout: CardLayout) -> dict[str, Part]:
    """Words that were not read stand where they are always printed, moved as those are that were."""
    off = [(part.left - layout.fields[n].at[0] * SCALE, part.middle - layout.fields[n].at[1] * SCALE)
           for n, part in labels.items()]  # fmt: skip
    across, down = (float(np.median([one[k] for one in off])) if off else 0.0 for k in (0, 1))
    half = _LABEL_HEIGHT * SCALE / 2
    complete = {}
    for name, place in layout.fields.items():
        left, middle = place.at[0] * SCALE + across, place.at[1] * SCALE + down
        wide = len(place.labels[0]) * _LABEL_HEIGHT * 1.2 * SCALE
        made = Part(place.labels[0], 0.0, left, middle - half, left + wide, middle + half, name)
        complete[name] = labels.get(name, made)
    return complete


def _likeness(mark: str, words: str) -> float:
    """The share of a card's printed name that stands in one run of the words."""
    if mark in words:
        return 1.0
    match = difflib.SequenceMatcher(None, words, mark, autojunk=False).find_longest_match()
    start = max(match.a - match.b, 0)
    near = words[start : start + len(mark)]
    return sum(a == b for a, b in zip(near, mark, strict=False)) / len(mark)


def _cut(part: Part, layout: CardLayout) -> list[Part]:
    """Separate printed words, wherever in a line they stand, from the values read in one line with them.

    The same words may be part of an address: they count only where the card has them printed.
    """
    found: list[Part] = []
    start = at = 0
    while at < len(part.text):
        hit = _label_at(part, at, layout)
        if hit is None:
            at += 1
            continue
        name, end = hit
        if part.text[start:at].strip(" :：/.·"):
            found.append(_piece(part, start, at))
        found.append(_piece(part, at, end, name))
        start = at = end
    if part.text[start:].strip(" :：/."):
        found.append(_piece(part, start, len(part.text)))
    return found


def _label_at(part: Part, at: int, layout: CardLayout) -> tuple[str, int] | None:
    best: tuple[str, int] | None = None
    for name, place in layout.fields.items():
        for label in place.labels:
            end = _spelt(part.text, at, label)
            if end is not None and (best is None or end > best[1]) and _near(part, at, end, place, layout.slack):
                best = name, end
    return best


def _spelt(text: str, at: int, label: str) -> int | None:
    """Where the printed words end that begin here; None when they do not. One wrong character of four is let pass."""
    wrong, known, end = 0, 0, at
    while known < len(label) and end < len(text):
        sign = plain(text[end])
        end += 1
        if not sign:
            if known == 0:
                return None
            continue
        if sign != label[known]:
            wrong += 1
            if known == 0 or len(label) < 4 or wrong > 1:
                return None
        known += 1
    return end if known == len(label) else None


def _near(part: Part, at: int, end: int, place: Place, slack: float) -> bool:
    piece = _piece(part, at, end)
    x, y = place.at[0] * SCALE, place.at[1] * SCALE
    return abs(piece.left - x) <= 1.6 * slack * SCALE and abs(piece.middle - y) <= slack * SCALE


def _piece(part: Part, start: int, end: int, name: str = "") -> Part:
    """Han characters are about twice as wide as Latin ones: near enough for a cut."""
    step = (part.right - part.left) / max(_width(part.text), 1)
    left = part.left + step * _width(part.text[:start])
    right = part.left + step * _width(part.text[:end])
    text = part.text[start:end].strip(" :：")
    return replace(part, text=text, left=left, right=right, field=name)


def _labels(pieces: Sequence[Part]) -> dict[str, Part]:
    """One part a field; words in two languages become one."""
    found: dict[str, Part] = {}
    for piece in pieces:
        if not piece.field:
            continue
        known = found.get(piece.field)
        if known is None:
            found[piece.field] = piece
        else:
            found[piece.field] = replace(
                known,
                left=min(known.left, piece.left),
                right=max(known.right, piece.right),
                top=min(known.top, piece.top),
                bottom=max(known.bottom, piece.bottom),
            )
    return found


def _values(
    layout: CardLayout, pieces: Sequence[Part], labels: Mapping[str, Part]
) -> dict[str, tuple[tuple[Part, ...], ...]]:
    owned: dict[str, list[Part]] = {name: [] for name in labels}
    for piece in pieces:
        if not piece.field and not _in_portrait(piece, layout):
            owner = _owner(piece, labels, layout)
            if owner:
                owned[owner].append(piece)
    return {name: _rows(parts, labels[name], layout.fields[name]) for name, parts in owned.items() if parts}


def _in_portrait(piece: Part, layout: CardLayout) -> bool:
    if layout.portrait is None:
        return False
    left, top, right, bottom = (side * SCALE for side in layout.portrait)
    return left <= (piece.left + piece.right) / 2 <= right and top <= piece.middle <= bottom


def _owner(piece: Part, labels: Mapping[str, Part], layout: CardLayout) -> str:
    """The printed words that a value belongs to: to its left in one row, else above it in its column."""
    reach = 3.0 * SCALE
    beside = [
        (label.right, name)
        for name, label in labels.items()
        if abs(label.middle - piece.middle) < 0.55 * max(label.height, piece.height)
        and label.left < piece.left
        and label.right < piece.left + reach
    ]
    if beside:
        return max(beside)[1]
    above = [
        (label.bottom, label.left, name)
        for name, label in labels.items()
        if label.middle < piece.middle - 0.3 * piece.height
        and label.left < piece.left + reach
        and (layout.fields[name].below or layout.fields[name].rows > 1)
    ]
    lowest = max((bottom for bottom, _, _ in above), default=0.0)
    # Words side by side are one row, however their boxes were drawn.
    return max(((left, name) for bottom, left, name in above if bottom > lowest - 2 * SCALE), default=(0.0, ""))[1]


def _rows(parts: Sequence[Part], label: Part, place: Place) -> tuple[tuple[Part, ...], ...]:
    """The rows of a value from the top: as many as it may have, close below one another."""
    rows: list[list[Part]] = []
    for part in sorted(parts, key=lambda p: p.middle):
        if rows and abs(part.middle - float(np.median([p.middle for p in rows[-1]]))) < 0.5 * part.height:
            rows[-1].append(part)
        else:
            rows.append([part])
    if place.below and len(rows) > 1 and abs(rows[0][0].middle - label.middle) < 0.5 * label.height:
        del rows[0]  # rests of the printed words in the other language
    kept: list[tuple[Part, ...]] = []
    edge = label.bottom
    for row in rows[: place.rows]:
        if min(p.top for p in row) - edge > 1.3 * max(label.height, row[0].height):
            break
        kept.append(tuple(sorted(row, key=lambda p: p.left)))
        edge = max(p.bottom for p in row)
    return tuple(kept)


def _width(text: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in text)
