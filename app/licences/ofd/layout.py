"""What can be read on a page, as a person would see it: pieces of text on lines, by their place in millimetres."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.licences.ofd.content import PageContent, TextItem
from app.licences.ofd.geometry import Box

_APART = 0.7
"""Sizes between two pieces from which on they are two: a label and its value, not one word."""
_SAME_LINE = 0.4
_TINY = 0.7
"""Millimetres; smaller print is decoration that nobody reads."""


@dataclass(frozen=True, slots=True)
class Piece:
    """text without blanks at its ends. x0, x1: from where to where; y: its baseline; size: of the letters."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces from left to right."""

    pieces: tuple[Piece, ...] = field(default=())

    @property
    def y(self) -> float:
        return self.pieces[0].y

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


def read_lines(page: PageContent) -> list[Line]:
    """The page's lines from the top down. What cannot be seen is not read: outside the paper or the object's own
    boundary, fully transparent, or too small."""
    pieces = [piece for item in page.items if isinstance(item, TextItem) for piece in _pieces(item, page.box)]
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.y, piece.x0)):
        near = next((line for line in lines[-6:] if abs(line[0].y - piece.y) <= _SAME_LINE * piece.size), None)
        if near is None:
            lines.append([piece])
        else:
            near.append(piece)
    return [Line(tuple(_joined(sorted(line, key=lambda piece: piece.x0)))) for line in lines]


def texts_by_id(page: PageContent) -> dict[str, str]:
    """The text of each visible text object, by its number."""
    found: dict[str, str] = {}
    for item in page.items:
        if isinstance(item, TextItem) and item.id:
            found[item.id] = found.get(item.id, "") + "".join(piece.text for piece in _pieces(item, page.box))
    return found


def _pieces(item: TextItem, paper: Box) -> Iterable[Piece]:
    paint = item.fill or item.stroke
    scale = math.hypot(item.place.c, item.place.d)
    size = item.size * scale
    if paint is None or paint.alpha < 0.05 or size < _TINY:
        return []
    grown = Box(item.box.x - size, item.box.y - size, item.box.width + 2 * size, item.box.height + 2 * size)
    found: list[Piece] = []
    for glyph in item.glyphs:
        x, y = item.place.at(glyph.x, glyph.y)
        if not glyph.text or not (_inside(x, y, grown) and _inside(x, y - size / 3, paper)):
            continue
        wide = size * item.wide * (1.0 if any(ord(char) > 0x2E7F for char in glyph.text) else 0.5)
        last = found[-1] if found else None
        if last and abs(last.y - y) <= _SAME_LINE * size and -size <= x - last.x1 < _APART * size:
            found[-1] = Piece(last.text + glyph.text, last.x0, max(x + wide, last.x1), last.y, size, last.ids)
        else:
            found.append(Piece(glyph.text, x, x + wide, y, size, (item.id,)))
    return [_stripped(piece) for piece in found if piece.text.strip()]


def _inside(x: float, y: float, box: Box) -> bool:
    return box.x <= x <= box.right and box.y <= y <= box.bottom


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Some makers write every character as an object of its own."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and piece.x0 - last.x1 < _APART * min(piece.size, last.size):
            if piece.text == last.text and abs(piece.x0 - last.x0) < 0.3 * piece.size:
                continue  # printed twice, a hair apart, to look bold
            ids = (*last.ids, *piece.ids)
            found[-1] = Piece(last.text + piece.text, last.x0, max(piece.x1, last.x1), last.y, last.size, ids)
        else:
            found.append(piece)
    return found


def _stripped(piece: Piece) -> Piece:
    return Piece(piece.text.strip(), piece.x0, piece.x1, piece.y, piece.size, piece.ids)
