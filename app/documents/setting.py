"""Each block of a paper set in type: pieces of a format's width, not yet dealt out to pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Literal

from app.documents.blocks import (
    Block,
    Both,
    Column,
    Fields,
    Gap,
    Heading,
    Listing,
    MapSheet,
    Paragraph,
    Points,
    Seal,
    SignaturePlace,
    Signatures,
    Square,
    Ticks,
    Words,
)
from app.documents.closing import ClosingSetter
from app.documents.layout import DOT, Align, Box, Frame, Line, Mark, Para, Pen, Piece, Rule, Style, height_of
from app.documents.looks import Look
from app.documents.map_sheet import map_pieces
from app.documents.square import square_pieces

_BETWEEN = "　"
_UNBROKEN = re.compile(r"[A-Za-z0-9*_/.\-]+")
_SLACK = 0.6
"""Points by which a column is wider than what just fits: sums of widths are not exact."""
_COLUMN = 0.46
"""The Chinese column's share of a bilingual text; the English beside it is longer."""


class Setter:
    """Sets blocks of one paper. language: "zh-en" sets the English as well: beside the Chinese on sheets, below it on
    strips and in cells."""

    def __init__(self, pen: Pen, look: Look, frame: Frame, language: Literal["zh", "zh-en"]) -> None:
        self._pen = pen
        self._look = look
        self._frame = frame
        self._both = language == "zh-en"
        self._strip = frame.body_bottom is None
        self._closing = ClosingSetter(pen, look, frame, self.one)

    # Words

    def zh(self, words: Words) -> str:
        return words.zh if isinstance(words, Both) else words

    def en(self, words: Words) -> str:
        """The English; "" when there is none or it is not wanted."""
        return words.en if self._both and isinstance(words, Both) else ""

    def one(self, words: Words) -> str:
        """Both on one line."""
        return self.zh(words) + (_BETWEEN + self.en(words) if self.en(words) else "")

    # Blocks

    def block(self, block: Block) -> list[Piece]:
        """The pieces of a block, the room below it included."""
        look = self._look
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block)
            case Fields():
                pieces = self.field_pieces(block, self._frame.left, self._frame.right, paired=not self._strip)
                return [*pieces, Piece(look.space)]
            case Listing():
                rows = self._strip_rows(block) if self._strip else self._table(block)
                return [*rows, Piece(look.space)]
            case Points():
                return self._points(block)
            case Ticks():
                return self._ticks(block)
            case Gap():
                return [Piece(block.lines * look.body.leading)]
            case Square():
                return square_pieces(block, self._pen, look, self._frame, self.zh, self.en)
            case MapSheet():
                return map_pieces(block, self._pen, look, self._frame, self.one)
            case Signatures():
                return self.closing(block.places, None)
            case Seal():
                return self.closing((), block)

    def closing(self, places: Sequence[SignaturePlace], seal: Seal | None) -> list[Piece]:
        """Signatures at the left, the seal at the right; never parted."""
        return self._closing.pieces(places, seal)

    def strip_rule(self) -> tuple[Piece, ...]:
        """A dashed line across a strip."""
        left, right = self._frame.left, self._frame.right
        marks, x = [], left
        while x < right:
            marks.append(Rule(x, 8 * DOT, min(x + 7 * DOT, right), 8 * DOT, 2 * DOT))
            x += 12 * DOT
        return (Piece(17 * DOT, tuple(marks)),)

    def _heading(self, block: Heading) -> list[Piece]:
        look, frame = self._look, self._frame
        pieces: list[Piece] = []
        if self._strip:
            pieces += self.strip_rule()
        for line in self._pen.lines(Para(self.one(block.text), look.heading, "标题"), frame.width):
            pieces.append(Piece(look.heading.leading, self._pen.at(line, frame.left, 0)))
        pieces.append(Piece(4 * DOT if self._strip else 3))
        return [replace(piece, keep=True) for piece in pieces]

    def _paragraph(self, block: Paragraph) -> list[Piece]:
        look, frame = self._look, self._frame
        style = look.strong if block.emphasis else look.note if block.small else look.body
        indent = 2 * style.size if block.indent and not block.small and not self._strip else 0.0
        gap = Piece(look.space * (0.5 if block.small or block.emphasis else 0.6))
        pieces = self._running(block.text, style, block.about, frame.left, indent)
        return [*pieces, gap] if pieces else []

    def _running(
        self, words: Words, style: Style, about: str, left: float, indent: float = 0.0, label: Line | None = None
    ) -> list[Piece]:
        """Running text from `left` to the right edge, in two columns when there is English and room for them."""
        pen, frame = self._pen, self._frame
        zh, en = self.zh(words), self.en(words)
        label_marks = pen.at(label, frame.left, 0) if label is not None else ()
        if en and not self._strip:
            middle = left + (frame.right - left) * _COLUMN
            first = pen.lines(Para(zh, style, about), middle - left, indent)
            soft = replace(style, size=style.size * 0.92)
            begin = middle + 2 * self._look.gap
            second = pen.lines(Para(en, soft, about + "（英文）"), frame.right - begin)
            pieces = []
            for index in range(max(len(first), len(second))):
                marks: tuple[Mark, ...] = () if index else label_marks
                if index < len(first):
                    marks += pen.at(first[index], left + (0 if index else indent), 0)
                if index < len(second):
                    # On one base line with the Chinese, whose type is larger.
                    marks += pen.at(second[index], begin, 0.36 * (style.size - soft.size))
                pieces.append(Piece(style.leading, marks))
            return _whole_ends(pieces)
        lines = pen.lines(Para(zh, style, about), frame.right - left, indent)
        lines += pen.lines(Para(en, style, about + "（英文）"), frame.right - left)
        pieces = []
        for index, line in enumerate(lines):
            marks = () if index else label_marks
            pieces.append(Piece(style.leading, marks + pen.at(line, left + (0 if index else indent), 0)))
        return _whole_ends(pieces)

    def _points(self, block: Points) -> list[Piece]:
        look, frame = self._look, self._frame
        left = frame.left + look.note.size * 1.8
        pieces: list[Piece] = []
        for number, item in enumerate(block.items, 1):
            about = f"{block.about}{number}"
            label = Line(f"{number}.", look.note, about + "序号")
            pieces += self._running(item, look.note, about, left, label=label)
            if self._both:
                pieces.append(Piece(look.pad))
        return [*pieces, Piece(look.space)]

    def _ticks(self, block: Ticks) -> list[Piece]:
        look, frame = self._look, self._frame
        left = frame.left + look.body.size * 1.7
        pieces: list[Piece] = []
        for number, (ticked, words) in enumerate(block.rows, 1):
            about = f"{block.about}{number}"
            if ticked is None:
                rows = self._running(words, look.body, about, left)
                side = look.body.size * 0.95
                box = Box(frame.left, (look.body.leading - side) / 2, side)
                rows[:1] = [replace(rows[0], marks=(box, *rows[0].marks))] if rows else []
            else:
                # As text, so that who moves a tick from one line to another is found out.
                label = Line("☑" if ticked else "☐", look.body, about + "勾选")
                rows = self._running(words, look.body, about, left, label=label)
            pieces += rows
        return [*pieces, Piece(look.space)]

    # Labels and values

    def field_pieces(self, block: Fields, left: float, right: float, paired: bool = False) -> list[Piece]:
        """Each field's lines between left and right. paired: two short ones beside each other."""
        if self._strip:
            return [piece for row in block.rows for piece in self._strip_field(block, *row)]
        width = self._label_width(block)
        half = (right - left) / 2
        pieces: list[Piece] = []
        index = 0
        while index < len(block.rows):
            mates = block.rows[index : index + 2]
            if (
                paired
                and len(mates) == 2
                and all(self._short(value, half - width - self._look.gap) for _, value in mates)
            ):
                cells = [
                    self._field(block, *row, left + n * half, left + (n + 1) * half - self._look.gap, width)
                    for n, row in enumerate(mates)
                ]
                pieces += _beside(cells)
                index += 2
            else:
                pieces += self._field(block, *mates[0], left, right, width)
                index += 1
        return pieces

    def _label_width(self, block: Fields) -> float:
        look, pen = self._look, self._pen
        zh, en = pen.measure(look.label), pen.measure(look.fine)
        widest = max((max(zh(self.zh(label)), en(self.en(label))) for label, _ in block.rows), default=0.0)
        return min(max(look.label_width, widest + look.label.size), self._frame.width * 0.4)

    def _short(self, value: Words, room: float) -> bool:
        return max(map(self._pen.measure(self._look.value), (self.zh(value), self.en(value)))) <= room

    def _field(self, block: Fields, label: Words, value: Words, left: float, right: float, width: float) -> list[Piece]:
        look, pen = self._look, self._pen
        about = block.about + self.zh(label)
        names = pen.lines(Para(self.zh(label), look.label, f"栏目“{about}”"), width)
        names += pen.lines(Para(self.en(label), look.fine, f"栏目“{about}”（英文）"), width)
        said = pen.lines(Para(self.zh(value), look.value, about), right - left - width)
        said += pen.lines(Para(self.en(value), look.value, about + "（英文）"), right - left - width)
        pieces = []
        for index in range(max(len(names), len(said))):
            rows = [lines[index] for lines in (names, said) if index < len(lines)]
            marks: tuple[Mark, ...] = ()
            if index < len(names):
                marks += pen.at(names[index], left, 0)
            if index < len(said):
                marks += pen.at(said[index], left + width, 0)
            pieces.append(Piece(max(line.style.leading for line in rows), marks, keep=True))
        if self._both:  # else a label's English stands as near to the next label as to its own
            pieces.append(Piece(look.pad))
        return [*pieces[:-1], replace(pieces[-1], keep=False)] if pieces else []

    def _strip_field(self, block: Fields, label: Words, value: Words) -> list[Piece]:
        about = block.about + self.zh(label)
        look, pen, frame = self._look, self._pen, self._frame
        said = f"{self.zh(label)}：{self.zh(value)}" if self.zh(label) else self.zh(value)
        lines = pen.lines(Para(said, look.value, about), frame.width)
        if self.en(label) or self.en(value):
            english = f"{self.en(label) or self.zh(label)}: {self.en(value) or self.zh(value)}"
            lines += pen.lines(Para(english, look.fine, about + "（英文）"), frame.width)
        return [Piece(line.style.leading, pen.at(line, frame.left, 0)) for line in lines]

    # Listings

    def _cell(self, words: Words, style: Style, about: str, width: float) -> list[Line]:
        look, pen = self._look, self._pen
        lines: list[Line] = []
        for number, part in enumerate(self._parts(words)):
            lines += pen.lines(Para(part.zh, look.cell_fine if number else style, about), width)
            lines += pen.lines(Para(part.en, look.cell_fine, about + "（英文）"), width)
        return lines

    def _parts(self, words: Words) -> list[Both]:
        """A cell line by line, each with its English; a line that is the same in both languages is set once."""
        chinese, english = self.zh(words).split("\n"), self.en(words).split("\n")
        pairs = zip_longest(chinese, english[: len(chinese)], fillvalue="")
        return [Both(zh, "" if en == zh else en) for zh, en in pairs]

    def _widths(self, block: Listing) -> list[float]:
        """By share, but no column narrower than its longest number and its title's first two characters: numbers are
        read out and typed in, and a broken one is read wrongly. The room comes from columns that have some to spare."""
        look, columns = self._look, block.columns
        whole = sum(column.share for column in columns)
        widths = [column.share / whole * self._frame.width for column in columns]
        title, cell, strong = (self._pen.measure(style) for style in (look.head_cell, look.cell, look.cell_strong))
        needs = []
        for number, column in enumerate(columns):
            measure = strong if column.lead else cell
            words = {word for row in block.rows for word in _UNBROKEN.findall(self.zh(row[number]))}
            widest = max((measure(word) for word in words), default=0.0)
            needs.append(max(widest, title(self.zh(column.title)[:2])) + look.gap + _SLACK)
        lack = sum(max(need - width, 0.0) for need, width in zip(needs, widths, strict=True))
        spare = sum(max(width - need, 0.0) for need, width in zip(needs, widths, strict=True))
        if lack > spare:
            return widths
        share = lack / spare if spare else 0.0
        return [
            need if need > width else width - (width - need) * share for need, width in zip(needs, widths, strict=True)
        ]

    def _table(self, block: Listing) -> list[Piece]:
        look, frame = self._look, self._frame
        widths = self._widths(block)
        head = self._table_head(block.columns, widths)
        room = frame.width if frame.body_bottom is None else frame.body_bottom - frame.body_top - head.height
        pieces = [replace(head, keep=True)]
        for number, row in enumerate(block.rows, 1):
            cells = [
                self._cell(
                    words,
                    look.cell_strong if column.lead else look.cell,
                    block.about.format(n=number) + column.about,
                    width - look.gap,
                )
                for words, column, width in zip(row, block.columns, widths, strict=True)
            ]
            last = number == len(block.rows)
            parts = _parted(cells, room - 2 * look.pad)
            pieces += [self._row(block.columns, widths, part, head, last) for part in parts]
        return pieces

    def _table_head(self, columns: Sequence[Column], widths: Sequence[float]) -> Piece:
        look, pen, frame = self._look, self._pen, self._frame
        cells = [
            pen.lines(Para(self.zh(column.title), look.head_cell, "表头"), width - look.gap)
            + pen.lines(Para(self.en(column.title), look.fine, "表头（英文）"), width - look.gap)
            for column, width in zip(columns, widths, strict=True)
        ]
        height = max(map(height_of, cells)) + 2 * look.pad
        marks: tuple[Mark, ...] = (Rule(frame.left, 0, frame.right, 0, 0.9),)
        marks += self._across(columns, widths, cells, look.pad)
        return Piece(height, (*marks, Rule(frame.left, height, frame.right, height, 0.5)))

    def _row(
        self, columns: Sequence[Column], widths: Sequence[float], cells: Sequence[list[Line]], head: Piece, last: bool
    ) -> Piece:
        look, frame = self._look, self._frame
        height = max(map(height_of, cells)) + 2 * look.pad
        width, grey = (0.9, 0.0) if last else (look.thin, 0.6)
        marks = (
            *self._across(columns, widths, cells, look.pad),
            Rule(frame.left, height, frame.right, height, width, grey),
        )
        return Piece(height, marks, head=head)

    def _across(
        self, columns: Sequence[Column], widths: Sequence[float], cells: Sequence[list[Line]], top: float
    ) -> tuple[Mark, ...]:
        marks: tuple[Mark, ...] = ()
        x = self._frame.left
        for column, width, lines in zip(columns, widths, cells, strict=True):
            align: Align = column.align
            marks += self._pen.stack(lines, x, top, width - self._look.gap, align)
            x += width
        return marks

    def _strip_rows(self, block: Listing) -> list[Piece]:
        """Row by row: its number and name, then what else there is, indented."""
        look, frame = self._look, self._frame
        inner = frame.left + 24 * DOT
        lead = next((column for column in block.columns if column.lead), None)
        if lead is None:
            lead = next(column for column in block.columns if not column.index)
        pieces: list[Piece] = []
        for number, row in enumerate(block.rows, 1):
            about = block.about.format(n=number)
            cells = list(zip(row, block.columns, strict=True))
            index = next((f"{self.zh(words)}. " for words, column in cells if column.index), "")
            for words, column in cells:
                if column is lead:
                    first, *more = self._parts(words)
                    named = Both(index + first.zh, first.en)
                    pieces += self._strip_lines(named, look.cell_strong, about + column.about, frame.left)
                    for part in more:
                        pieces += self._strip_lines(part, look.cell_fine, about + column.about, inner)
            for words, column in cells:
                if column is lead or column.index or not column.strip or not self.zh(words):
                    continue
                first, *more = self._parts(words)
                said = column.strip.format(title=self.zh(column.title), text=first.zh)
                pieces += self._strip_lines(Both(said, first.en), look.cell, about + column.about, inner)
                for part in more:
                    pieces += self._strip_lines(part, look.cell_fine, about + column.about, inner)
            pieces.append(Piece(6 * DOT))
        return pieces

    def _strip_lines(self, words: Words, style: Style, about: str, left: float) -> list[Piece]:
        pen, frame = self._pen, self._frame
        lines = pen.lines(Para(self.zh(words), style, about), frame.right - left)
        lines += pen.lines(Para(self.en(words), self._look.cell_fine, about + "（英文）"), frame.right - left)
        return [Piece(line.style.leading, pen.at(line, left, 0)) for line in lines]


def _whole_ends(pieces: list[Piece]) -> list[Piece]:
    """No first or last line of a paragraph stands alone on a page."""
    last = len(pieces) - 1
    return [
        replace(piece, keep=index < last and (index == 0 or index == last - 1)) for index, piece in enumerate(pieces)
    ]


def _beside(cells: Sequence[list[Piece]]) -> list[Piece]:
    pieces = []
    for index in range(max(map(len, cells))):
        row = [cell[index] for cell in cells if index < len(cell)]
        pieces.append(Piece(max(piece.height for piece in row), tuple(mark for piece in row for mark in piece.marks)))
    return pieces


def _parted(cells: list[list[Line]], room: float) -> list[list[list[Line]]]:
    """A row cut into parts that each fit on a page; nearly always it is one."""
    parts = []
    while max(map(height_of, cells)) > room:
        now: list[list[Line]] = []
        rest: list[list[Line]] = []
        for cell in cells:
            count, used = 0, 0.0
            while count < len(cell) and used + cell[count].style.leading <= room:
                used += cell[count].style.leading
                count += 1
            now.append(cell[:count])
            rest.append(cell[count:])
        parts.append(now)
        cells = rest
    return [*parts, cells]
