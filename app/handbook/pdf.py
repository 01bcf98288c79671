"""The handbook on paper: A4, contents with page numbers, bookmarks, links, the papers' fonts."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, Image, KeepTogether, PageBreak, PageTemplate, Spacer
from reportlab.platypus.tables import Table as GridTable

from app.documents.fonts import PaperFonts
from app.handbook.blocks import Block, CodeBlock, Heading, Look, Picture, Point, Prose, Span, Table
from app.handbook.books import Book, Chapter, picture_file
from app.handbook.setting import CODE_GROUND, INK, LINE, NOTE_GROUND, SOFT, Lines, Setter, Style
from app.version import program_version

_MARGIN = 22 * mm
_WIDTH = A4[0] - 2 * _MARGIN
_BODY = Style()
_HEADS = {
    1: Style(size=18, leading=26, bold=True, after=10),
    2: Style(size=13, leading=20, bold=True, before=10, after=4),
    3: Style(size=11.5, leading=18, bold=True, before=6, after=3),
}
_CAPTION = Style(size=9, leading=13, colour=SOFT, after=10, centred=True)
_NOTE = replace(_BODY, ground=NOTE_GROUND, before=3, after=9)
_CODE = Style(size=9.5, leading=14, ground=CODE_GROUND, after=8)
_INDENT = 18.0
_PIXELS_PER_POINT = 2.2
"""A picture is no larger on paper than its pixels allow without looking coarse."""
_HIGHEST = 120 * mm

Pages = Mapping[str, int]


def make_pdf(books: Sequence[Book], fonts: PaperFonts) -> bytes:
    """One PDF of these books, the same bytes for the same books. Set twice: the contents need the chapters' pages."""
    pages: dict[str, int] = {}
    _set(books, fonts, pages)
    first = dict(pages)
    data = _set(books, fonts, pages)
    if pages != first:
        raise AssertionError("the contents moved the chapters")
    return data


def _set(books: Sequence[Book], fonts: PaperFonts, pages: dict[str, int]) -> bytes:
    out = io.BytesIO()
    title = books[0].title if len(books) == 1 else "一窗使用手册"
    document = _Document(out, title, Setter(fonts), pages)
    document.build([*_front(books, title, Setter(fonts), dict(pages)), *_bodies(books, Setter(fonts))])
    return out.getvalue()


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """Draws the foot of each page and keeps where chapters begin."""

    def __init__(self, out: io.BytesIO, title: str, setter: Setter, pages: dict[str, int]) -> None:
        super().__init__(
            out,
            pagesize=A4,
            leftMargin=_MARGIN,
            rightMargin=_MARGIN,
            topMargin=20 * mm,
            bottomMargin=20 * mm,
            title=title,
            author="一窗",
            lang="zh-CN",
            invariant=1,
            initialFontName="Helvetica",
        )
        frame = Frame(_MARGIN, 20 * mm, _WIDTH, A4[1] - 40 * mm, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate("page", [frame], onPage=self._foot))
        self._words = title
        self._setter = setter
        self._pages = pages

    def _foot(self, canvas: Any, _document: Any) -> None:
        if canvas.getPageNumber() == 1:
            return
        style = Style(size=9, colour=SOFT)
        for words, right in ((f"一窗 {program_version()}　{self._words}", False), (str(canvas.getPageNumber()), True)):
            (line,) = self._setter.lines([Span(words)], _WIDTH, style)
            x = A4[0] - _MARGIN - sum(atom.width for atom in line) if right else _MARGIN
            self._setter.draw(canvas, x, 12 * mm, line, style)

    def afterFlowable(self, flowable: Flowable) -> None:
        if isinstance(flowable, _Mark):
            self._pages[flowable.key] = self.page


class _Mark(Flowable):  # type: ignore[misc]
    """A place that contents, links and bookmarks lead to."""

    def __init__(self, key: str, words: str, level: int) -> None:
        super().__init__()
        self.key = key
        self._words = words
        self._level = level

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.bookmarkPage(self.key)
        self.canv.addOutlineEntry(self._words, self.key, self._level, closed=self._level == 0)


class _Entry(Flowable):  # type: ignore[misc]
    """A line of the contents: title, dots, page; leads there."""

    def __init__(self, setter: Setter, words: str, key: str, page: int, style: Style, indent: float) -> None:
        super().__init__()
        self._setter, self._words, self._key, self._page = setter, words, key, page
        self._style, self._indent = style, indent

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, self._style.leading

    def draw(self) -> None:
        style = self._style
        (words,) = self._setter.lines([Span(self._words)], _WIDTH - self._indent - 60, style)
        (number,) = self._setter.lines([Span(str(self._page))], 60, style)
        end = self._indent + sum(atom.width for atom in words)
        right = _WIDTH - sum(atom.width for atom in number)
        self._setter.draw(self.canv, self._indent, 5, words, style)
        self._setter.draw(self.canv, right, 5, number, style)
        self.canv.setStrokeColor(LINE)
        self.canv.setDash(0.6, 2.4)
        self.canv.line(end + 6, 7, right - 6, 7)
        self.canv.setDash()
        self.canv.linkRect("", self._key, (0, 0, _WIDTH, style.leading), relative=1, thickness=0)


def _front(books: Sequence[Book], title: str, setter: Setter, pages: Pages) -> Iterator[Flowable]:
    yield Spacer(1, 70 * mm)
    yield Lines(setter, [Span("一窗")], Style(size=34, leading=46, bold=True))
    yield Lines(setter, [Span(title)], Style(size=24, leading=36, after=14))
    readers = books[0].readers if len(books) == 1 else "、".join(book.title for book in books)
    yield Lines(setter, [Span(readers)], Style(size=12, leading=20, colour=SOFT, after=6))
    yield Lines(setter, [Span(f"版本 {program_version()}")], Style(size=10, leading=16, colour=SOFT))
    yield PageBreak()
    yield Lines(setter, [Span("目录")], _HEADS[1])
    for book in books:
        if len(books) > 1:
            yield Spacer(1, 8)
            yield _Entry(setter, book.title, book.id, pages.get(book.id, 0), Style(size=12, leading=20, bold=True), 0)
        for number, chapter in enumerate(book.chapters, 1):
            words = f"{number}　{chapter.title}"
            yield _Entry(setter, words, chapter.id, pages.get(chapter.id, 0), Style(leading=18), 12)
    yield PageBreak()


def _bodies(books: Sequence[Book], setter: Setter) -> Iterator[Flowable]:
    inside = {chapter.id for book in books for chapter in book.chapters}
    for book in books:
        if len(books) > 1:
            yield Spacer(1, 90 * mm)
            yield _Mark(book.id, book.title, 0)
            yield Lines(setter, [Span(book.title)], Style(size=24, leading=36, bold=True))
            yield Lines(setter, [Span(book.readers)], Style(size=12, leading=20, colour=SOFT))
            yield PageBreak()
        for number, chapter in enumerate(book.chapters, 1):
            yield _Mark(chapter.id, f"{number}　{chapter.title}", int(len(books) > 1))
            yield from _chapter(chapter, number, setter, inside)
            yield PageBreak()


def _chapter(chapter: Chapter, number: int, setter: Setter, inside: set[str]) -> Iterator[Flowable]:
    parts: list[Flowable] = []
    for block in chapter.blocks:
        if isinstance(block, Heading) and block.level == 1:
            block = Heading(1, (Span(f"{number}　"), *block.spans))
        made = _flowables(block, setter, inside)
        if isinstance(block, Heading):
            parts += made  # kept with what follows
            continue
        if parts:
            made = [KeepTogether([*parts, *made[:1]]), *made[1:]]
            parts = []
        yield from made
    yield from parts


def _flowables(block: Block, setter: Setter, inside: set[str]) -> list[Flowable]:
    match block:
        case Heading():
            return [Lines(setter, block.spans, _HEADS[min(block.level, 3)])]
        case Prose():
            return [Lines(setter, _reached(block.spans, inside), _NOTE if block.note else _BODY)]
        case Point():
            indent = _INDENT * (block.depth + 1)
            style = replace(_BODY, after=3)
            return [Lines(setter, _reached(block.spans, inside), style, indent, block.marker)]
        case Picture():
            return [_picture(block, setter)]
        case CodeBlock():
            return [Lines(setter, [Span(line) for line in block.text.split("\n")], _CODE, each=True)]
        case Table():
            return [_table(block, setter, inside)]


def _reached(spans: Sequence[Span], inside: set[str]) -> list[Span]:
    """Links to chapters of another volume are plain words here."""
    return [
        replace(span, look=Look.PLAIN) if span.look is Look.LINK and span.target not in inside else span
        for span in spans
    ]


def _picture(block: Picture, setter: Setter) -> Flowable:
    file = picture_file(block)
    wide, high = ImageReader(str(file)).getSize()
    scale = min(_WIDTH / wide, _HIGHEST / high, 1 / _PIXELS_PER_POINT * 1.6)
    image = Image(str(file), wide * scale, high * scale)
    image.spaceBefore, image.spaceAfter = 4, 3
    return KeepTogether([image, Lines(setter, [Span(block.caption)], _CAPTION)])


def _table(block: Table, setter: Setter, inside: set[str]) -> Flowable:
    cells = [
        [[Lines(setter, _reached(cell, inside), Style(size=9.5, leading=14, bold=at == 0, after=0))] for cell in row]
        for at, row in enumerate(block.rows)
    ]
    # The first column names what the others explain: it takes less.
    count = len(block.rows[0])
    first = _WIDTH * (0.32 if count > 1 else 1)
    widths = [first, *[(_WIDTH - first) / max(count - 1, 1)] * (count - 1)]
    table = GridTable(cells, colWidths=widths, repeatRows=1, spaceBefore=4, spaceAfter=10)
    table.setStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, LINE),
            ("BACKGROUND", (0, 0), (-1, 0), CODE_GROUND),
            ("TEXTCOLOR", (0, 0), (-1, -1), INK),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
    )
    return table
