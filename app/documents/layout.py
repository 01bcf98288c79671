"""Pages as plain data: what stands where, and how pieces of a text are dealt out to pages.

Points (1/72 inch) from the top left corner of the page; y of a text is its baseline. Every mark that is drawn is an
entry here, so that a signed record of the texts can be made before anything is painted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from app.documents.fonts import PaperFonts
from app.documents.format import Format
from app.documents.text import wrap

MM = 72 / 25.4
DOT = 72 / 203
"""One dot of a thermal head of 203 dots an inch, in points."""
Align = Literal["l", "c", "r"]
_HAIR = 1e-4


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks. size, leading, spacing: points. grey: 0 black to 1 white. thick: points by which each stroke
    grows, where a chain has no bold face."""

    size: float
    leading: float
    bold: bool = False
    grey: float = 0.0
    spacing: float = 0.0
    thick: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text. about: what it says, in words for a person ("申请人"). angle: degrees, counter-clockwise.
    silent: not to be copied or read aloud (watermark, micro-text)."""

    x: float
    y: float
    text: str
    style: Style
    about: str
    angle: float = 0.0
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    grey: float = 0.0


@dataclass(frozen=True, slots=True)
class Ring:
    """A dashed circle: the place of a seal. sealed: an electronic seal, a red ring."""

    x: float
    y: float
    radius: float
    grey: float
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class QrArea:
    """Where the anti-forgery code goes: a square with the quiet zone inside. dot: the print head's dot in points, of
    which a module takes a whole number; 0 where there is no head."""

    x: float
    y: float
    size: float
    dot: float = 0.0
    text: str = ""
    """Of another code than the anti-forgery code; its symbol is made of this."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A signature: strokes of (x, y), drawn as one path."""

    strokes: tuple[tuple[tuple[float, float], ...], ...]
    width: float


@dataclass(frozen=True, slots=True)
class Micro:
    """A line that micro-text is going to fill; it is known only when all else is (compose.fill_micro)."""

    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Box:
    """A square to be ticked by hand."""

    x: float
    y: float
    size: float


Mark = Text | Rule | Ring | QrArea | Ink | Micro | Box


def moved(mark: Mark, dy: float) -> Mark:
    """The mark so much further down."""
    match mark:
        case Rule():
            return replace(mark, y1=mark.y1 + dy, y2=mark.y2 + dy)
        case Ink():
            return replace(mark, strokes=tuple(tuple((x, y + dy) for x, y in stroke) for stroke in mark.strokes))
        case _:
            return replace(mark, y=mark.y + dy)


@dataclass(slots=True)
class Page:
    """size: width and height, points."""

    size: tuple[float, float]
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where on a page things go, points. body_top: where the body begins on continued pages, under the running head.
    body_bottom: where it ends; None: a strip, as long as its text."""

    size: tuple[float, float]
    left: float
    right: float
    top: float
    bottom: float
    body_top: float
    body_bottom: float | None

    @property
    def width(self) -> float:
        """Of the text."""
        return self.right - self.left


def frame_of(shape: Format) -> Frame:
    """The frame of a format."""
    width, height = shape.page
    if shape.strip:
        # A hair less than whole dots, so that the picture is not rounded up to one dot more.
        width = shape.dots * DOT
        return Frame((width - _HAIR, 0.0), 8 * DOT, width - 8 * DOT, 16 * DOT, 0.0, 16 * DOT, None)
    side = (22 if shape.width > 200 else 13) * MM
    top, bottom = 14 * MM, height - 13 * MM
    return Frame((width, height), side, width - side, top, bottom, top + 11 * MM, bottom - 8 * MM)


@dataclass(frozen=True, slots=True)
class Para:
    """A text to be broken into lines. about: as in Text."""

    text: str
    style: Style
    about: str


@dataclass(frozen=True, slots=True)
class Line:
    """One broken line of a para."""

    text: str
    style: Style
    about: str


@dataclass(frozen=True, slots=True)
class Piece:
    """What is never parted by the end of a page, its marks as if it stood at the page's top edge.

    keep: the next piece stays on the same page. head: set again on the next page when the page breaks before this one.
    """

    height: float
    marks: tuple[Mark, ...] = ()
    keep: bool = False
    head: Piece | None = None


class Pen:
    """Measures texts and makes marks of them."""

    def __init__(self, fonts: PaperFonts) -> None:
        self.fonts = fonts

    def measure(self, style: Style) -> Callable[[str], float]:
        """Width in points, the spacing between characters included."""
        chain = self.fonts.chain(style.bold)
        return lambda text: chain.width(text, style.size) + style.spacing * max(len(text) - 1, 0)

    def lines(self, para: Para, width: float, indent: float = 0.0) -> list[Line]:
        """The para broken into lines of a width, the first shorter by the indent. BadInput when a character cannot be
        drawn."""
        if not para.text:
            return []
        self.fonts.chain(para.style.bold).require(para.text, para.about)
        measure = self.measure(para.style)
        texts = wrap(para.text, width - indent, measure)
        if indent and len(texts) > 1:
            rest = para.text[len(texts[0]) :].lstrip()
            texts = [texts[0], *wrap(rest, width, measure)]
        return [Line(text, para.style, para.about) for text in texts]

    def at(self, line: Line, x: float, top: float, width: float = 0.0, align: Align = "l") -> tuple[Mark, ...]:
        """One line of text, its leading's top at `top`, aligned within width from x; nothing for an empty one."""
        style = line.style
        if align != "l":
            x += (width - self.measure(style)(line.text)) / (2 if align == "c" else 1)
        baseline = top + (style.leading - style.size) / 2 + style.size * 0.86
        return (Text(x, baseline, line.text, style, line.about),) if line.text else ()

    def stack(
        self, lines: Iterable[Line], x: float, top: float, width: float = 0.0, align: Align = "l"
    ) -> tuple[Mark, ...]:
        """Lines one under the other."""
        marks: list[Mark] = []
        for line in lines:
            marks += self.at(line, x, top, width, align)
            top += line.style.leading
        return tuple(marks)


def height_of(lines: Iterable[Line]) -> float:
    return sum(line.style.leading for line in lines)


def deal(pieces: Sequence[Piece], frame: Frame, furnish: Callable[[int], tuple[Page, float]]) -> list[Page]:
    """Deal pieces out to pages. furnish: a page (index from 0) with all that stands on each, and the y where its body
    begins. Pieces that belong together go to the next page together, unless they would not fit on one.

    A piece is never taller than a page's body; the caller sees to that.
    """
    page, y = furnish(0)
    pages = [page]
    if frame.body_bottom is None:
        for piece in pieces:
            page.marks += [moved(mark, y) for mark in piece.marks]
            y += piece.height
        # Whole dots, or the picture would be stretched by a fraction of one; a hair less, see frame_of.
        page.size = (page.size[0], math.ceil(round(y / DOT, 3)) * DOT - _HAIR)
        return pages
    whole = frame.body_bottom - frame.body_top
    index, fresh = 0, True
    while index < len(pieces):
        group = _group(pieces, index, whole)
        if not fresh and y + sum(piece.height for piece in group) > frame.body_bottom:
            page, y = furnish(len(pages))
            pages.append(page)
            head = group[0].head
            if head is not None:
                page.marks += [moved(mark, y) for mark in head.marks]
                y += head.height
        fresh = False
        for piece in group:
            page.marks += [moved(mark, y) for mark in piece.marks]
            y += piece.height
        index += len(group)
    return pages


def _group(pieces: Sequence[Piece], start: int, whole: float) -> Sequence[Piece]:
    """The pieces from start on that belong on one page."""
    head = pieces[start].head
    room = whole - (head.height if head is not None else 0.0) - pieces[start].height
    end = start + 1
    while end < len(pieces) and pieces[end - 1].keep and pieces[end].height <= room:
        room -= pieces[end].height
        end += 1
    return pieces[start:end]
