"""A card in a picture -> its fields. The card is set straight first: its fields are found by where they stand."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from app.identity.cards.layouts import CardKind, Face, layouts, plain
from app.identity.cards.locate import SCALE, SIZE, Corners, Picture, candidates, straighten
from app.identity.cards.page import CardPage, Line, Part, ReadText, card_page, turned
from app.identity.cards.values import SURE_SHAPED, Doubt, Value, read_values
from app.identity.similarity import similarity_of_most

_LONG_SIDE = 1600
"""A whole picture is made so small before its text is read: larger costs seconds and tells no more about where a card
lies."""
_ROOM = 6
_MORE = 4 * SCALE
_ABOUT = 25
"""Pixels about a value that is read once more."""
_LOOKS = 3
"""At most so many second looks: each takes about half a second."""
_CERTAIN = 0.97
_NAMES = ("name", "name_en")


@dataclass(frozen=True, slots=True)
class ReadCard:
    """picture: the card set straight, BGR, SIZE pixels. corners: (4, 2), where it lay, clockwise from its own upper
    left."""

    kind: CardKind
    face: Face
    values: tuple[Value, ...]
    picture: Picture
    corners: Corners

    def value(self, name: str) -> Value | None:
        return next((value for value in self.values if value.name == name), None)

    @property
    def given(self) -> Mapping[str, str]:
        """What may stand without a look."""
        return {value.name: value.value for value in self.values if value.sure and value.value}

    @property
    def doubtful(self) -> tuple[Value, ...]:
        return tuple(value for value in self.values if not value.sure)

    def crop(self, name: str) -> Picture:
        """The piece of the card where a field stands, with a little room about it."""
        value = self.value(name)
        if value is None:
            raise KeyError(name)
        left, top, right, bottom = value.box
        tall, wide = self.picture.shape[:2]
        # Wider than what was read: a last character, or a last row of one, is what engines leave out.
        top, bottom = max(top - _ROOM, 0), min(bottom + (_MORE if name == "address" else _ROOM), tall)
        left, right = max(left - 2 * _ROOM, 0), min(right + _MORE, wide)
        return np.ascontiguousarray(self.picture[top : max(bottom, top + 1), left : max(right, left + 1)])


def read_card(picture: Picture, read_text: ReadText, today: dt.date) -> ReadCard | None:
    """The card in a picture (BGR), any way round; None when there is none that is known.

    One reading of text where the card's outline is clear, up to three where it is not.
    """
    for corners in itertools.islice(_places(picture), 2):
        found = _read_at(picture, corners, read_text, today)
        if found is not None:
            return found
    corners_by_words = _by_words(picture, read_text)
    return _read_at(picture, corners_by_words, read_text, today) if corners_by_words is not None else None


def _places(picture: Picture) -> Iterator[Corners]:
    located = candidates(picture)
    yield from (one.corners for one in located)
    tall, wide = picture.shape[:2]
    if not located and 1.45 < wide / tall < 1.7:
        # A scan that was cut to the card.
        yield np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float64) - 0.5


def _read_at(picture: Picture, corners: Corners, read_text: ReadText, today: dt.date) -> ReadCard | None:
    card = straighten(picture, corners)
    lines = read_text(card)
    page, upside_down = _best(lines)
    if page is None:
        return None
    if upside_down:
        card = np.ascontiguousarray(card[::-1, ::-1])
        corners = np.roll(corners, -2, axis=0)
        page = _upright_again(page, card, read_text, today)
    page = _second_look(page, card, read_text, today)
    kind, values = read_values(page, today)
    return ReadCard(kind, page.face, values, card, corners)


def _upright_again(page: CardPage, card: Picture, read_text: ReadText, today: dt.date) -> CardPage:
    """A card that lay upside down, once more the right way up, when something was not read: engines turn line by line,
    and take a short one for what it is not."""
    open_before = _open(page, today)
    if not open_before:
        return page
    again = card_page(read_text(card))
    return again if again is not None and again.face is page.face and _open(again, today) < open_before else page


def _open(page: CardPage, today: dt.date) -> int:
    """How many fields are doubtful beyond what always is, or not there at all."""
    values = read_values(page, today)[1]
    there = {"period" if value.name.startswith("valid_") else value.name for value in values if value.value}
    doubtful = sum(value.doubt not in (Doubt.NONE, Doubt.UNPROVEN) for value in values)
    return doubtful + len(set(layouts()[page.face].fields) - there - {"nation"})


def _second_look(page: CardPage, card: Picture, read_text: ReadText, today: dt.date) -> CardPage:
    """Values of which the engine was not certain, each read once more by itself: alone in its picture it mixes up fewer
    like characters (漢 for 汉). The more certain of both readings counts."""
    looks = 0
    for value in read_values(page, today)[1]:
        part = _alone(page, value.name)
        wanted = value.doubt in (Doubt.UNKNOWN, Doubt.DIGIT)
        wanted |= value.confidence < (_CERTAIN if value.name in _NAMES else SURE_SHAPED)
        if part is None or not wanted or looks == _LOOKS:
            continue
        looks += 1
        again = _read_again(card, part, read_text)
        if again is None or again.confidence <= part.confidence:
            continue
        tried = replace(page, values={**page.values, part.field: ((replace(again, field=""),),)})
        new = next((one for one in read_values(tried, today)[1] if one.name == value.name), None)
        if new is not None and new.value and (new.sure or new.doubt is value.doubt):
            page = tried
    return page


def _alone(page: CardPage, name: str) -> Part | None:
    """The one part of a field that has but one, marked with the field's name."""
    rows = page.values.get("period" if name.startswith("valid_") else name, ())
    if len(rows) != 1 or len(rows[0]) != 1:
        return None
    return replace(rows[0][0], field="period" if name.startswith("valid_") else name)


def _read_again(card: Picture, part: Part, read_text: ReadText) -> Part | None:
    left, top, right, bottom = part.box
    wide, tall = SIZE
    piece = card[max(top - _ABOUT, 0) : min(bottom + _ABOUT, tall), max(left - _ABOUT, 0) : min(right + _ABOUT, wide)]
    if not piece.size:
        return None
    lines = sorted(read_text(np.ascontiguousarray(piece)), key=lambda line: line.box[0][0])
    lines = [line for line in lines if line.text.strip()]
    if not lines:
        return None
    return replace(part, text="".join(one.text.strip() for one in lines), confidence=min(o.confidence for o in lines))


def _best(lines: Sequence[Line]) -> tuple[CardPage | None, bool]:
    upright, turned_round = card_page(lines), card_page(turned(lines))
    if turned_round is not None and (upright is None or turned_round.score > upright.score):
        return turned_round, True
    return upright, False


def _by_words(picture: Picture, read_text: ReadText) -> Corners | None:
    """Where the card must lie, by its printed words: for a card whose outline is covered or of the desk's colour."""
    tall, wide = picture.shape[:2]
    scale = min(1.0, _LONG_SIDE / max(tall, wide))
    small = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    lines = [line for line in read_text(small) if line.text.strip()]
    best: tuple[int, Corners] | None = None
    for layout in layouts().values():
        labels = {label: place.at for place in layout.fields.values() for label in place.labels}
        for side in range(4):
            where = _words_at(lines, labels, side)
            if len(where) < 3:
                continue
            on_card = np.array([at for at, _ in where], np.float32) * SCALE
            seen = np.array([point for _, point in where], np.float32) / scale
            agreed = similarity_of_most(on_card, seen, 0.02 * max(tall, wide))
            if agreed is not None and agreed[1] >= 3 and (best is None or agreed[1] > best[0]):
                move, held = agreed
                frame = np.array([[0, 0], [SIZE[0], 0], list(SIZE), [0, SIZE[1]]], np.float64)
                best = held, frame @ move[:, :2].T + move[:, 2]
    return best[1] if best else None


def _words_at(
    lines: Sequence[Line], labels: Mapping[str, tuple[float, float]], side: int
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Pairs of where printed words belong and where they begin. side: of the box where lines begin: left, top, right,
    bottom; engines give the same boxes whichever way up the writing is."""
    found = []
    for line in lines:
        said = plain(line.text)
        label = max((word for word in labels if said.startswith(word)), key=len, default=None)
        if label is not None:
            (ax, ay), (bx, by) = line.box[(3 + side) % 4], line.box[side]
            found.append((labels[label], ((ax + bx) / 2, (ay + by) / 2)))
    return found
