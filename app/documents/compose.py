"""From what a paper says to its pages: one flow for every format.

Blocks become pieces (app.documents.setting), pieces are dealt out to pages (app.documents.layout.deal). What stands on
every page (watermark, running head, foot) is put there first.
"""

from __future__ import annotations

import math
from dataclasses import replace

from app.documents.blocks import Heading, PaperBody, Seal, Signatures, Square
from app.documents.fonts import PaperFonts
from app.documents.format import Format
from app.documents.layout import (
    DOT,
    Frame,
    Line,
    Mark,
    Micro,
    Page,
    Para,
    Pen,
    Piece,
    QrArea,
    Rule,
    Style,
    Text,
    deal,
    frame_of,
    height_of,
)
from app.documents.looks import MICRO, Look, look_of
from app.documents.record import MICRO_ABOUT
from app.documents.setting import Setter
from app.documents.square import SIDE, panel_square

WATERMARK = "水印"


def compose(body: PaperBody, shape: Format, fonts: PaperFonts, code: bool = True) -> list[Page]:
    """The pages of a paper, micro-text still open (`fill_micro`). fonts: those for the format (`PaperFonts.on`).

    code: room for the anti-forgery code and lines of micro-text; without it the pages prove nothing to anybody.
    Lines stand a little closer where that saves a sheet. BadInput: a character that cannot be drawn, with its place.
    """
    look = look_of(shape)
    pages = _Composer(body, shape, fonts, code, look).pages()
    if len(pages) > 1:
        closer = _Composer(body, shape, fonts, code, look.tightened).pages()
        if len(closer) < len(pages):
            return closer
    return pages


def fill_micro(pages: list[Page], unit: str, fonts: PaperFonts) -> list[Page]:
    """The pages with their lines of micro-text: `unit` over and over. ASCII, so that the first font draws it."""
    measure = Pen(fonts).measure(MICRO)
    step = measure(unit)
    filled = []
    for page in pages:
        marks: list[Mark] = []
        for mark in page.marks:
            if isinstance(mark, Micro):
                count = max(1, int(mark.width / step))
                # The rest of the line is spread between the characters.
                room = (mark.width - count * step) / (count * len(unit))
                style = replace(MICRO, spacing=max(0.0, math.floor(room * 1000) / 1000))
                marks.append(Text(mark.x, mark.y, unit * count, style, MICRO_ABOUT, silent=True))
            else:
                marks.append(mark)
        filled.append(Page(page.size, marks))
    return filled


class _Composer:
    def __init__(self, body: PaperBody, shape: Format, fonts: PaperFonts, code: bool, look: Look) -> None:
        self._body = body
        self._shape = shape
        self._code = code
        self._pen = Pen(fonts)
        self._frame: Frame = frame_of(shape)
        self._look = look
        self._set = Setter(self._pen, self._look, self._frame, body.language)

    def pages(self) -> list[Page]:
        pieces = self._title()
        pieces += self._strip_head() if self._shape.strip else self._panel()
        pieces += self._blocks()
        if self._shape.strip:
            pieces += self._strip_end()
        pages = deal(pieces, self._frame, self._furnish)
        for index, page in enumerate(pages):
            self._watermark(page)
            if not self._shape.strip:
                self._foot(page, index, len(pages))
        return pages

    # What stands on each page

    def _furnish(self, index: int) -> tuple[Page, float]:
        frame, look, body = self._frame, self._look, self._body
        page = Page(frame.size)
        if index == 0:
            return page, frame.top
        number = Line(body.number, look.small, "编号")
        measure = self._pen.measure(look.small)
        words = self._set.one(body.running)
        if measure(words) + measure(body.number) + look.gap > frame.width:
            words = self._set.zh(body.running)
        page.marks += self._pen.at(Line(words, look.small, "页眉"), frame.left, frame.top)
        page.marks += self._pen.at(number, frame.left, frame.top, frame.width, "r")
        y = frame.top + look.small.leading + 4
        page.marks.append(Rule(frame.left, y, frame.right, y, 0.5))
        return page, max(frame.body_top, y + 9)

    def _watermark(self, page: Page) -> None:
        """First of all marks, so that everything else lies on top of it."""
        body, frame = self._body, self._frame
        if not body.watermark:
            return
        wide, high = page.size
        top, bottom = frame.top, frame.bottom or high - frame.top
        strip = self._shape.strip
        columns = 1 if strip else 3 if wide > 500 else 2
        rows = max(1, round((bottom - top) / (frame.width / columns * (1.6 if strip else 0.95))))
        # Steeper on a strip: there is more room along it than across.
        angle = 52.0 if strip else 28.0
        step_x, step_y = frame.width / columns, (bottom - top) / rows
        slope, rise = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        marks: list[Mark] = []
        for row in range(rows):
            for column in range(columns):
                loud = bool(body.demo_watermark) and (row + column) % 2 == 0
                text, size = (body.demo_watermark, 24.0) if loud else (body.watermark, 11.0)
                # The slanting line and the height of its first and last characters have to fit into the column.
                size = min(size, (step_x - 8) / (self._pen.measure(Style(1, 1))(text) * slope + rise))
                style = Style(size, size, grey=0.89 if loud else 0.92)
                x, y = frame.left + column * step_x + 4 + size * rise, top + (row + 1) * step_y - 28
                mark = Text(x, y, text, style, WATERMARK, angle, silent=True)
                # Specks in the light modules would cost the code its redundancy.
                if not any(isinstance(other, QrArea) and self._covers(mark, other) for other in page.marks):
                    marks.append(mark)
        page.marks[:0] = marks

    def _covers(self, mark: Text, area: QrArea) -> bool:
        """Does a slanting text reach into the code's square?"""
        long = self._pen.measure(mark.style)(mark.text)
        angle = math.radians(mark.angle)
        wide, high = long * math.cos(angle) + mark.style.size, long * math.sin(angle) + mark.style.size
        apart_x = mark.x > area.x + area.size or mark.x + wide < area.x
        apart_y = mark.y - high > area.y + area.size or mark.y + mark.style.size < area.y
        return not (apart_x or apart_y)

    def _foot(self, page: Page, index: int, count: int) -> None:
        frame, look, body = self._frame, self._look, self._body
        top = frame.bottom - look.fine.leading - 2
        if self._code:
            page.marks.append(Micro(frame.left, top - 4.5, frame.width))
        else:
            page.marks.append(Rule(frame.left, top - 5, frame.right, top - 5, 0.35, 0.6))
        page.marks += self._pen.at(Line(self._set.one(body.footer), look.fine, "页脚"), frame.left, top)
        said = self._set.one(body.page).format(x=index + 1, y=count)
        page.marks += self._pen.at(Line(said, look.fine, "页码"), frame.left, top, frame.width, "r")

    # The head

    def _title(self) -> list[Piece]:
        body, look, frame = self._body, self._look, self._frame
        pieces: list[Piece] = []
        title_room = frame.width - look.title.spacing

        def centred(text: str, style: Style, about: str, room: float = frame.width) -> None:
            pieces.extend(
                Piece(style.leading, self._pen.at(line, frame.left, 0, frame.width, "c"), keep=True)
                for line in self._pen.lines(Para(text, style, about), room)
            )

        centred(self._set.zh(body.issuer), look.issuer, "受理大厅")
        pieces.append(Piece(self._unit(3), keep=True))
        centred(self._set.zh(body.title), self._fitted(self._set.zh(body.title), look.title), "标题", title_room)
        centred(self._set.en(body.title), look.issuer, "标题（英文）")
        pieces.append(Piece(self._unit(2), keep=True))
        number = self._set.one(body.number_line) if body.number_line else body.number
        centred(number, look.small, "编号")
        for notice in body.notices:
            centred(self._set.one(notice), look.notice, "演示标记" if body.demo_watermark else "说明")
        pieces.append(Piece(self._unit(7), keep=True))
        marks: list[Mark] = [Rule(frame.left, 0.7, frame.right, 0.7, self._unit(1.4))]
        if self._code:
            marks.append(Micro(frame.left, self._unit(3.2), frame.width))
        elif not self._shape.strip:
            marks.append(Rule(frame.left, 2.5, frame.right, 2.5, 0.4))
        pieces.append(Piece(self._unit(9.5), tuple(marks), keep=True))
        return pieces

    def _unit(self, points: float) -> float:
        """A measure of sheets; on strips in whole dots."""
        return round(points / 0.4) * DOT if self._shape.strip else points

    def _fitted(self, text: str, style: Style) -> Style:
        """A title stays on one line as long as it keeps two thirds of its size."""
        wide = self._pen.measure(style)(text)
        if wide <= self._frame.width or not text:
            return style
        factor = max(2 / 3, self._frame.width / wide * 0.99)
        return replace(style, size=style.size * factor, spacing=style.spacing * factor)

    def _panel(self) -> list[Piece]:
        """The facts at the left, the anti-forgery code at the right."""
        look, frame = self._look, self._frame
        side = look.code
        right = frame.right - (side + look.space + 6 if self._code else 0.0)
        square = self._square()
        beside = right - SIDE
        if square is not None:
            right = beside - look.space - 6
        rows = self._set.field_pieces(self._body.head, frame.left, right)
        pieces = [replace(piece, keep=True) for piece in rows]
        used = sum(piece.height for piece in pieces)
        if self._code:
            code: list[Mark] = [QrArea(frame.right - side, 0, side)]
            captions = self._captions(side)
            code += self._pen.stack(captions, frame.right - side, side - 1, side, "c")
            pieces.insert(0, Piece(0.0, tuple(code), keep=True))
            high = side + height_of(captions)
            if square is not None:
                more = panel_square(square, self._pen, look, (beside, side - SIDE), self._set.zh)
                pieces.insert(0, Piece(0.0, more[0], keep=True))
                high = max(high, more[1])
            pieces.append(Piece(max(high - used, 0.0), keep=True))
        rule: tuple[Mark, ...] = (Rule(frame.left, 6, frame.right, 6, 0.4),)
        return [*pieces, Piece(6 + look.space, rule)]

    def _square(self) -> Square | None:
        """A phone's code that has its place beside the anti-forgery code: there it costs no second sheet. Large type
        and small sheets have no room there."""
        if self._shape.strip or self._shape.large or self._shape.width < 200 or not self._code:
            return None
        return next((block for block in self._body.blocks if isinstance(block, Square)), None)

    def _captions(self, room: float) -> list[Line]:
        """What stands below the code, each language on its own lines."""
        caption, fine = self._body.code_caption, self._look.fine
        # In large type it still goes below the code, not beyond its sides.
        wide = self._pen.measure(fine)(self._set.zh(caption))
        style = replace(fine, size=fine.size * min(1.0, room / max(wide, 1.0)))
        return [
            *self._pen.lines(Para(self._set.zh(caption), style, "防伪码说明"), room + 1),
            *self._pen.lines(Para(self._set.en(caption), style, "防伪码说明（英文）"), room + 1),
        ]

    def _strip_head(self) -> list[Piece]:
        pieces = self._set.field_pieces(self._body.head, self._frame.left, self._frame.right)
        first = next((block for block in self._body.blocks if block.on in ("any", "strip")), None)
        # A heading brings its own line.
        return pieces if isinstance(first, Heading) else [*pieces, *self._set.strip_rule()]

    def _strip_end(self) -> list[Piece]:
        """The code stands last: the end that hangs out of the printer is the one that is scanned."""
        look, frame = self._look, self._frame
        pieces = list(self._set.strip_rule())
        if self._code:
            side = look.code
            left = (self._shape.dots * DOT - side) / 2
            pieces.append(Piece(side, (QrArea(left, 0, side, DOT),)))
            pieces += [
                Piece(look.fine.leading, self._pen.at(line, frame.left, 0, frame.width, "c"))
                for line in self._captions(frame.width)
            ]
            pieces.append(Piece(8 * DOT))
            pieces.append(Piece(12 * DOT, (Micro(frame.left, 6 * DOT, frame.width),)))
        return pieces

    # The body

    def _blocks(self) -> list[Piece]:
        here = "strip" if self._shape.strip else "page"
        blocks = [block for block in self._body.blocks if block.on in ("any", here) and block is not self._square()]
        pieces: list[Piece] = []
        index = 0
        while index < len(blocks):
            block = blocks[index]
            index += 1
            if isinstance(block, Signatures | Seal):
                seal = block if isinstance(block, Seal) else None
                following = blocks[index] if index < len(blocks) else None
                if seal is None and isinstance(following, Seal):
                    seal, index = following, index + 1
                places = block.places if isinstance(block, Signatures) else ()
                pieces = [*_kept(pieces, 4 * self._look.body.leading), *self._set.closing(places, seal)]
            else:
                pieces += self._set.block(block)
        return pieces


def _kept(pieces: list[Piece], height: float) -> list[Piece]:
    """The pieces, the last of them (so much height) bound to what follows."""
    kept = list(pieces)
    for index in range(len(kept) - 1, -1, -1):
        if height <= 0:
            break
        height -= kept[index].height
        kept[index] = replace(kept[index], keep=True)
    return kept
