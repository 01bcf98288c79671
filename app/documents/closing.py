"""The end of a paper: who signs, and where the seal goes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from app.documents.blocks import Seal, SignaturePlace, Words
from app.documents.layout import DOT, MM, Frame, Ink, Mark, Para, Pen, Piece, Ring, Rule, height_of
from app.documents.looks import Look
from app.domain.signature import Signature

_SEAL_SHARE = 0.48
_LEAST = 20 * MM
"""Of room to sign."""
_FINGER = (18.0, 25.0)
"""Width and height of the mark of a finger on a sheet, points."""
_CORNERS = 36


class ClosingSetter:
    """Sets signatures and the seal. say: a text as one line."""

    def __init__(self, pen: Pen, look: Look, frame: Frame, say: Callable[[Words], str]) -> None:
        self._pen = pen
        self._look = look
        self._frame = frame
        self._say = say

    def pieces(self, places: Sequence[SignaturePlace], seal: Seal | None) -> list[Piece]:
        """All of it as one piece on a sheet, signatures left and the seal right; one below the other on a strip."""
        frame = self._frame
        if frame.body_bottom is None:
            return [*(self._strip_place(place) for place in places), *(self._strip_seal(seal) if seal else [])]
        split = frame.right - frame.width * _SEAL_SHARE if seal else frame.right
        marks, height = self._places(places, frame.left, split - self._look.gap, 1 if seal else 2)
        if seal:
            more, high = self._seal(seal, split, frame.right - split)
            marks, height = marks + more, max(height, high)
        return [Piece(height, marks)]

    def _places(
        self, places: Sequence[SignaturePlace], left: float, right: float, columns: int
    ) -> tuple[tuple[Mark, ...], float]:
        marks: tuple[Mark, ...] = ()
        look = self._look
        columns = min(columns, len(places)) or 1
        width = (right - left) / columns
        y = 0.0
        for start in range(0, len(places), columns):
            row = 0.0
            for n, place in enumerate(places[start : start + columns]):
                more, high = self._place(place, left + n * width, y, width - look.gap)
                marks, row = marks + more, max(row, high)
            y += row
        return marks, y + look.space

    def _place(self, place: SignaturePlace, left: float, top: float, width: float) -> tuple[tuple[Mark, ...], float]:
        """Room to sign above and beside the caption."""
        look, pen = self._look, self._pen
        style = look.body
        y = top + style.leading
        caption = pen.lines(Para(self._say(place.caption), style, "签收栏"), width)
        marks = pen.stack(caption, left, y, width)
        y += height_of(caption)
        if caption:
            begin = left + pen.measure(style)(caption[-1].text) + 3
            if left + width - begin < _LEAST:
                # The caption fills the line, as with English beside the Chinese: the name goes below it.
                begin, y = left, y + style.leading * 1.5
            line = y - style.leading * 0.1
            wide, high = _FINGER if place.finger else (0.0, 0.0)
            if place.finger:
                # Beside the caption, so that a signature has the room that is left.
                marks += (finger_mark(begin + 3, y - style.leading * 0.5 - high / 2 - 2, wide, high),)
                begin += wide + 6
            if place.drawn is not None:
                room = (begin + 1, y - style.leading - 14, min(42 * MM, left + width - begin), 30.0)
                marks += (ink(place.drawn, room),)
            elif not place.finger:
                marks += (Rule(begin, line, min(left + width, begin + 46 * MM), line, look.thin, 0.4),)
        date = self._say(place.date)
        if date:
            y += style.leading * 0.5
            lines = pen.lines(Para(self._narrowed(date, width), style, "签收栏"), width)
            marks += pen.stack(lines, left, y, width)
            y += height_of(lines)
        if place.finger:
            lines = pen.lines(Para(self._say(place.finger), look.small, "签收栏"), width)
            marks += pen.stack(lines, left, y, width)
            y += height_of(lines)
        return marks, y - top + style.leading * 0.4

    def _seal(self, seal: Seal, left: float, width: float) -> tuple[tuple[Mark, ...], float]:
        look, pen = self._look, self._pen
        marks: tuple[Mark, ...] = (Ring(left + width / 2, look.radius + 1, look.radius, 0.65, sealed=seal.electronic),)
        rows = (
            *pen.lines(Para(self._say(seal.unit), look.body, "受理大厅"), width)[:3],
            *pen.lines(Para(self._say(seal.caption), look.seal, "盖章处"), width),
            *pen.lines(Para(self._say(seal.date), look.body, "日期"), width),
        )
        high = height_of(rows) + len(rows)
        y = max(look.radius - high / 2, 0.0)
        for line in rows:
            marks += pen.at(line, left, y, width, "c")
            y += line.style.leading + 1
        return marks, max(2 * look.radius + 3, y) + 3

    def _narrowed(self, date: str, width: float) -> str:
        """A date to be filled in, its blanks made smaller until it stays on one line."""
        measure = self._pen.measure(self._look.body)
        while measure(date) > width and "　　" in date:
            date = date.replace("　　", "　")
        return date

    def _strip_place(self, place: SignaturePlace) -> Piece:
        look, pen, frame = self._look, self._pen, self._frame
        style = look.body
        lines = pen.lines(Para(self._say(place.caption), style, "签收栏"), frame.width)
        y = 44 * DOT
        marks = pen.stack(lines, frame.left, y)
        y += height_of(lines)
        begin = frame.left + (pen.measure(style)(lines[-1].text) if lines else 0.0) + 6 * DOT
        if place.finger:
            marks += (finger_mark(begin, y - 78 * DOT, 56 * DOT, 78 * DOT, 2.5 * DOT),)
            begin += 64 * DOT
        if place.drawn is not None:
            marks += (ink(place.drawn, (begin, y - 80 * DOT, frame.right - begin, 80 * DOT), 2.5 * DOT),)
        elif not place.finger:
            marks += (Rule(begin, y, frame.right, y, DOT),)
        dates = pen.lines(Para(self._narrowed(self._say(place.date), frame.width), style, "签收栏"), frame.width)
        if place.finger:
            dates = [*dates, *pen.lines(Para(self._say(place.finger), style, "签收栏"), frame.width)]
        marks += pen.stack(dates, frame.left, y + 10 * DOT)
        return Piece(y + 18 * DOT + height_of(dates), marks)

    def _strip_seal(self, seal: Seal) -> list[Piece]:
        """A seal needs 40 mm of blank paper; its words stand in the middle of it."""
        look, pen, frame = self._look, self._pen, self._frame
        lines = [
            *pen.lines(Para(self._say(seal.unit), look.body, "受理大厅"), frame.width),
            *pen.lines(Para(self._say(seal.caption), look.seal, "盖章处"), frame.width),
            *pen.lines(Para(self._say(seal.date), look.body, "日期"), frame.width),
        ]
        blank = 70 * DOT
        return [Piece(2 * blank + height_of(lines), pen.stack(lines, frame.left, blank, frame.width, "c"))]


def ink(signature: Signature, box: tuple[float, float, float, float], width: float = 1.1) -> Ink:
    """The signature as large as the box (left, top, width, height) allows, its proportions kept. width: of the pen."""
    left, top, wide_room, high_room = box
    points = [point for stroke in signature.strokes for point in stroke]
    x0, y0 = min(p.x for p in points), min(p.y for p in points)
    wide, high = max(p.x for p in points) - x0, max(p.y for p in points) - y0
    scale = min(wide_room / max(wide, 1.0), high_room / max(high, 1.0))
    rise = top + (high_room - high * scale) / 2
    strokes = tuple(
        tuple((left + (p.x - x0) * scale, rise + (p.y - y0) * scale) for p in stroke)
        for stroke in signature.strokes
        if stroke
    )
    return Ink(strokes, width)


def finger_mark(left: float, top: float, wide: float, high: float, width: float = 1.1) -> Ink:
    """That a finger was pressed here: ovals in ovals, alike for everybody, for nobody's ridges are kept as a picture.
    width: of the pen."""
    x, y = left + wide / 2, top + high / 2
    turns = [2 * math.pi * n / _CORNERS for n in range(_CORNERS + 1)]
    ovals = (
        tuple((x + share * wide / 2 * math.cos(turn), y + share * high / 2 * math.sin(turn)) for turn in turns)
        for share in (1.0, 0.72, 0.44, 0.16)
    )
    return Ink(tuple(ovals), width * 0.8)
