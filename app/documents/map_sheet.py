"""A sketch of streets set in type: lines, dots and names, in black only, as a thermal head prints them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import replace

from app.documents.blocks import MapSheet, Words
from app.documents.layout import DOT, MM, Frame, Ink, Line, Mark, Pen, Piece, Rule, Style
from app.documents.looks import Look
from app.domain.place import Points

_TALL = 82 * MM
"""On sheets; a strip gives its whole width."""
_STREET, _WAY, _DOT = 0.9, 3.2, 7.0
"""Widths in points."""


def map_pieces(
    block: MapSheet, pen: Pen, look: Look, frame: Frame, one: Callable[[Words], str]
) -> list[Piece]:  # fmt: skip
    """One piece, which no page's end cuts."""
    sketch = block.sketch
    west, south, east, north = sketch.box
    strip = frame.body_bottom is None
    room = frame.width
    scale = room / (east - west)
    if not strip:
        scale = min(scale, _TALL / (north - south))
    left = frame.left + (room - (east - west) * scale) / 2
    high = (north - south) * scale

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return left + (point[0] - west) * scale, (north - point[1]) * scale

    marks: list[Mark] = []
    streets = tuple(tuple(map(at, line)) for _, _, line in sketch.streets)
    for (_, water, _), line in zip(sketch.streets, streets, strict=True):
        marks += _dashes(line) if water else [Ink((line,), _STREET)]
    if len(sketch.way) > 1:
        marks.append(Ink((tuple(map(at, sketch.way)),), _WAY))
    style = look.fine if strip else replace(look.fine, grey=0.0)
    for (name, _, _), line in zip(sketch.streets, streets, strict=True):
        x, y = _label_at(line, pen.measure(style)(name), style)
        marks += pen.at(Line(name, style, "示意图路名"), _within(x, pen.measure(style)(name), frame), y)
    strong = look.cell_strong if not strip else look.strong
    for mark in sketch.marks:
        if not (mark.here or mark.goal):
            continue
        x, y = at((mark.x, mark.y))
        marks.append(Ink((((x, y), (x + 0.01, y)),), _DOT))
        words = one(block.here) if mark.here and not mark.goal else mark.name
        wide = pen.measure(strong)(words)
        beside = sketch.way[-2] if mark.goal and len(sketch.way) > 1 else sketch.way[1] if sketch.way else (0.0, 0.0)
        # On the far side of the corner at its door, so that the street there does not run through the name.
        start = x - wide - _DOT if at(beside)[0] >= x else x + _DOT
        marks += pen.at(Line(words, strong, "示意图地点"), _within(start, wide, frame), y + _DOT * 0.4)
    arrow = one(block.north)
    marks += pen.at(Line(arrow, style, "示意图方向"), frame.left, 0, room, "r")
    height = math.ceil(high / DOT) * DOT if strip else high
    return [Piece(height + (8 * DOT if strip else look.space), tuple(marks))]


def _label_at(line: Points, wide: float, style: Style) -> tuple[float, float]:
    """Above a street that runs across, beside the upper stretch of one that runs up: names never stand on a line of
    their own street."""
    (x1, y1), (x2, y2) = line[0], line[1]
    if abs(x2 - x1) >= abs(y2 - y1):
        return (x1 + x2) / 2 - wide / 2, (y1 + y2) / 2 - style.leading
    return (x1 + x2) / 2 + 3, (y1 + y2) / 2 - style.leading / 2


def _dashes(line: Points) -> list[Mark]:
    """A river: broken, so that nobody takes it for a street."""
    found: list[Mark] = []
    for (x1, y1), (x2, y2) in itertools.pairwise(line):
        count = max(1, round(math.dist((x1, y1), (x2, y2)) / 9))
        for n in range(count):
            a, b = n / count, (n + 0.55) / count
            found.append(Rule(x1 + (x2 - x1) * a, y1 + (y2 - y1) * a, x1 + (x2 - x1) * b, y1 + (y2 - y1) * b, 1.6))
    return found


def _within(x: float, wide: float, frame: Frame) -> float:
    return min(max(x, frame.left), frame.right - wide)
