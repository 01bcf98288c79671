"""Pages as plain data: what stands where, and a flow that fills them from the top.

Points (1/72 inch) from the top left corner of the page; y of a text is its baseline. Every mark that is drawn is an
entry here, so that a signed record of the texts can be made before anything is painted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from app.documents.fonts import PaperFonts
from app.documents.text import wrap

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
LEFT = 22 * MM
RIGHT = A4[0] - 22 * MM
TOP = 14 * MM
BOTTOM = A4[1] - 13 * MM
BODY_TOP = TOP + 11 * MM
"""Where the body begins on continued pages, under the running head."""
BODY_BOTTOM = BOTTOM - 8 * MM


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks. size, leading, spacing: points. grey: 0 black to 1 white."""

    size: float
    leading: float
    bold: bool = False
    grey: float = 0.0
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text. about: what it says, in words for a person ("申请人"). angle: degrees, counter-clockwise."""

    x: float
    y: float
    text: str
    style: Style
    about: str
    angle: float = 0.0


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
    """A dashed circle: the place of a seal."""

    x: float
    y: float
    radius: float
    grey: float


@dataclass(frozen=True, slots=True)
class QrArea:
    """Where the anti-forgery code goes: a square with the quiet zone inside."""

    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Ink:
    """A signature: strokes of (x, y), drawn as one path."""

    strokes: tuple[tuple[tuple[float, float], ...], ...]
    width: float


Mark = Text | Rule | Ring | QrArea | Ink


@dataclass(slots=True)
class Page:
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Para:
    """A text to be broken into lines. about: as in Text."""

    text: str
    style: Style
    about: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. width: points, gap to the next included."""

    title: str
    width: float
    align: Literal["l", "c"] = "l"


@dataclass(frozen=True, slots=True)
class Line:
    """One broken line of a para."""

    text: str
    style: Style
    about: str


_GAP = 8.0
"""Between a column's text and the next column, points."""
_PAD = 4.0
"""Above and below a row's text, points."""


class Pen:
    """Measures texts and puts marks on a page."""

    def __init__(self, fonts: PaperFonts) -> None:
        self.fonts = fonts

    def measure(self, style: Style) -> Callable[[str], float]:
        """Width in points, the spacing between characters included."""
        chain = self.fonts.chain(style.bold)
        return lambda text: chain.width(text, style.size) + style.spacing * max(len(text) - 1, 0)

    def lines(self, para: Para, width: float) -> list[Line]:
        """The para broken into lines of a width. BadInput when a character cannot be drawn."""
        self.fonts.chain(para.style.bold).require(para.text, para.about)
        return [Line(line, para.style, para.about) for line in wrap(para.text, width, self.measure(para.style))]

    def put(
        self, page: Page, line: Line, x: float, top: float, width: float = 0.0, align: Literal["l", "c", "r"] = "l"
    ) -> None:
        """One line of text, its leading's top at `top`, aligned within width from x."""
        style = line.style
        if align != "l":
            x += (width - self.measure(style)(line.text)) / (2 if align == "c" else 1)
        baseline = top + (style.leading - style.size) / 2 + style.size * 0.86
        if line.text:
            page.marks.append(Text(x, baseline, line.text, style, line.about))

    def rule(self, page: Page, y: float, width: float, grey: float = 0.0) -> None:
        """A line across the whole text width. y, width: points."""
        page.marks.append(Rule(LEFT, y, RIGHT, y, width, grey))


class Flow:
    """Fills pages from the top. furnish: puts watermark and running heads on a page (page, index from 0) before all
    else and gives the y where its body begins.
    """

    def __init__(self, pen: Pen, furnish: Callable[[Page, int], float]) -> None:
        self._pen = pen
        self._furnish = furnish
        self.pages: list[Page] = []
        self.y = 0.0
        self.break_page()

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def room(self) -> float:
        """Points left on the page."""
        return BODY_BOTTOM - self.y

    def break_page(self) -> None:
        self.pages.append(Page())
        self.y = self._furnish(self.page, len(self.pages) - 1)

    def need(self, height: float) -> None:
        """Go to a new page unless so much room is left."""
        if self.room < height:
            self.break_page()

    def space(self, height: float) -> None:
        """Leave room, points."""
        self.y += height

    def rule(self, width: float, grey: float = 0.0) -> None:
        self._pen.rule(self.page, self.y, width, grey)

    def line(self, para: Para, align: Literal["l", "c", "r"] = "l") -> None:
        """A text across the width, each of its lines aligned."""
        for line in self._pen.lines(para, RIGHT - LEFT):
            self.need(para.style.leading)
            self._pen.put(self.page, line, LEFT, self.y, RIGHT - LEFT, align)
            self.y += para.style.leading

    def paragraph(
        self, para: Para, left: float = LEFT, right: float = RIGHT, indent: float = 0.0, label: Para | None = None
    ) -> None:
        """A paragraph that may run over pages. indent: of the first line, points. label: stands at the text's left
        edge, beside a paragraph that begins further right.
        """
        # An indent is measured as if blank space stood there, so that only the first line is shorter.
        lines = self._pen.lines(para, right - left)
        if indent:
            first = self._pen.lines(para, right - left - indent)[0]
            rest = para.text[len(first.text) :].lstrip()
            lines = [first, *(self._pen.lines(replace(para, text=rest), right - left) if rest else ())]
        for index, line in enumerate(lines):
            self.need(para.style.leading)
            if label is not None and index == 0:
                self._pen.put(self.page, Line(label.text, label.style, label.about), LEFT, self.y)
            self._pen.put(self.page, line, left + (0 if index else indent), self.y)
            self.y += para.style.leading

    def table(self, columns: Sequence[Column], head: Style, rows: Sequence[Sequence[Sequence[Para]]]) -> None:
        """Rows of cells, a cell being paragraphs one under the other. The head is repeated on each page; a row stays
        on one page unless it is taller than a page by itself.
        """
        broken = [
            [
                [line for para in cell for line in self._pen.lines(para, column.width - _GAP)]
                for cell, column in zip(row, columns, strict=True)
            ]
            for row in rows
        ]
        head_height = head.leading + 2 * _PAD
        self.need(head_height + min((_height(broken[0]) if broken else 0.0), BODY_BOTTOM - BODY_TOP - head_height))
        self._table_head(columns, head)
        for row in broken:
            self._row(columns, head, row)
        self._close_table()

    def _close_table(self) -> None:
        """The last row's thin rule becomes the closing one."""
        self.page.marks.pop()
        self.rule(0.9)

    def _table_head(self, columns: Sequence[Column], head: Style) -> None:
        self.rule(0.9)
        x = LEFT
        for column in columns:
            line = Line(column.title, head, "表头")
            self._pen.put(self.page, line, x, self.y + _PAD, column.width - _GAP, column.align)
            x += column.width
        self.y += head.leading + 2 * _PAD
        self.rule(0.5)

    def _row(self, columns: Sequence[Column], head: Style, row: list[list[Line]]) -> None:
        while _height(row) > self.room:
            whole_page = BODY_BOTTOM - BODY_TOP - head.leading - 2 * _PAD
            now: list[list[Line]] = [[] for _ in row]
            if _height(row) > whole_page:
                parts = [_split(cell, self.room - 2 * _PAD) for cell in row]
                now, row = [part[0] for part in parts], [part[1] for part in parts]
            if any(now):
                self._draw_row(columns, now)
            self._close_table()
            self.break_page()
            self._table_head(columns, head)
        self._draw_row(columns, row)

    def _draw_row(self, columns: Sequence[Column], row: list[list[Line]]) -> None:
        x = LEFT
        for column, cell in zip(columns, row, strict=True):
            y = self.y + _PAD
            for line in cell:
                self._pen.put(self.page, line, x, y, column.width - _GAP, column.align)
                y += line.style.leading
            x += column.width
        self.y += _height(row)
        self.rule(0.35, grey=0.6)


def _height(row: Sequence[Sequence[Line]]) -> float:
    return max(sum(line.style.leading for line in cell) for cell in row) + 2 * _PAD


def _split(cell: list[Line], room: float) -> tuple[list[Line], list[Line]]:
    """What of a cell fits into the room, and the rest."""
    used = 0.0
    for count, line in enumerate(cell):
        used += line.style.leading
        if used > room:
            return cell[:count], cell[count:]
    return cell, []
