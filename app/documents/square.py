"""A code for people's phones set in type: its square and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from app.documents.blocks import Square, Words
from app.documents.layout import DOT, MM, Frame, Mark, Para, Pen, Piece, QrArea, height_of
from app.documents.looks import Look

SIDE = 27 * MM
"""Of a symbol of some 60 modules: 0.4 mm a module, as phones read at arm's length."""
_DOTS = 300


def square_pieces(
    block: Square, pen: Pen, look: Look, frame: Frame, zh: Callable[[Words], str], en: Callable[[Words], str]
) -> list[Piece]:
    """Beside each other on a sheet, below each other on a strip; never parted."""
    strip = frame.body_bottom is None
    side = min(_DOTS * DOT, frame.width) if strip else SIDE
    room = frame.width if strip else frame.width - side - look.gap
    lines = []
    for number, words in enumerate(block.lines):
        lines += pen.lines(Para(zh(words), look.note if number else look.strong, block.about), room)
        lines += pen.lines(Para(en(words), look.fine, block.about + "（英文）"), room)
    if strip:
        left = frame.left + round((frame.width - side) / 2 / DOT) * DOT
        pieces = [Piece(8 * DOT, keep=True), Piece(side, (QrArea(left, 0, side, DOT, block.text),), keep=True)]
        pieces += [Piece(line.style.leading, pen.at(line, frame.left, 0, frame.width, "c")) for line in lines]
        return [*pieces, Piece(8 * DOT)]
    high = max(side, height_of(lines))
    marks: tuple[Mark, ...] = (QrArea(frame.left, (high - side) / 2, side, text=block.text),)
    marks += pen.stack(lines, frame.left + side + look.gap, (high - height_of(lines)) / 2, room, "l")
    return [Piece(high, marks), Piece(look.space)]


def panel_square(
    block: Square, pen: Pen, look: Look, at: tuple[float, float], zh: Callable[[Words], str]
) -> tuple[tuple[Mark, ...], float]:
    """In the head of a sheet: the square at a place (x, y), its first line below; the marks and where they end."""
    x, y = at
    style = look.fine
    words = zh(block.lines[0])
    style = replace(style, size=style.size * min(1.0, (SIDE + 6) / max(pen.measure(style)(words), 1.0)))
    line = pen.lines(Para(words, style, block.about), SIDE + 8)
    marks: tuple[Mark, ...] = (QrArea(x, y, SIDE, text=block.text),)
    return marks + pen.stack(line, x - 4, y + SIDE - 1, SIDE + 8, "c"), y + SIDE + height_of(line)


@lru_cache(maxsize=8)
def symbol_of(text: str) -> tuple[tuple[bool, ...], ...]:
    """The symbol of such a code; the same text is drawn for several formats."""
    from app.documents.code import modules

    return modules(text)
