"""The receipt strip: a paper as a black-and-white picture for a thermal printer.

A picture, because no printer's own character set holds the rare characters of names. The fonts are the papers' own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from app.documents.code import modules
from app.documents.content import ContentBuilder, PaperContent
from app.documents.fonts import PaperFonts, load_fonts
from app.documents.paint import QUIET
from app.documents.text import wrap
from app.documents.wording import load_wording, wording_of
from app.domain.document import RenderedPaper

DOTS_PER_MODULE = 4
"""Least dots a QR module: half a millimetre at 203 dots an inch, what phones read off a curled strip."""
MIN_WIDTH = 384
_PLAIN = 22
_MARGIN = 8
_DARK = 150
"""Grey below which a dot is burnt. Above the middle, so that thin strokes keep their body."""


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    size: int = _PLAIN
    align: Literal["l", "c"] = "l"
    indent: int = 0
    thick: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    dashed: bool = True


@dataclass(frozen=True, slots=True)
class _Code:
    text: str


@dataclass(frozen=True, slots=True)
class _Space:
    height: int


_Block = _Text | _Rule | _Code | _Space


def receipt_picture(
    rendered: RenderedPaper, width_dots: int = 576, fonts: PaperFonts | None = None
) -> npt.NDArray[np.uint8]:
    """The strip as uint8 BGR of shape (height, width_dots, 3), every dot 0 or 255. width_dots: 384 or more.

    ValueError: narrower than that. BadInput: a character that no font draws.
    """
    if width_dots < MIN_WIDTH:
        raise ValueError(f"a strip needs {MIN_WIDTH} dots: {width_dots}")
    fonts = fonts or load_fonts()
    content = ContentBuilder(fonts).build(rendered.paper)
    strip = _Strip(width_dots, fonts)
    for block in _blocks(content, rendered.qr_text):
        strip.add(block)
    return strip.picture()


def _blocks(content: PaperContent, code: str) -> Iterator[_Block]:
    words, common, paper = load_wording("receipt"), load_wording("common"), content.paper
    own = wording_of(paper.kind)
    yield _Text(content.hall, 22, "c")
    yield _Text(paper.kind.value, 38, "c", thick=True)
    yield _Text(words.text("number", number=content.number), 20, "c")
    if paper.reprint:
        yield _Text(common.text("reprint", n=paper.reprint), 22, "c", thick=True)
    if paper.demo:
        yield _Text(common.text("demo_tag"), 22, "c", thick=True)
    yield _Rule(dashed=False)
    yield _Text(words.text("applicant", name=content.applicant), 26, thick=True)
    yield _Text(words.text("applicant_number", number=content.masked_number))
    yield _Text(words.text("purpose", title=content.title))
    if content.is_awaiting:
        yield _Text(own.text("strip.awaiting"), thick=True)
    yield _Rule()
    yield _Text(own.text("strip.cases", n=len(content.cases)), 24, thick=True)
    for case in content.cases:
        yield _Text(words.text("case", i=case.index, name=case.name), 24)
        yield _Text(words.text("case_department", department=case.department), 20, indent=24)
        if content.lacks:  # nothing is accepted yet: no number, no time limit
            continue
        yield _Text(words.text("case_number", number=case.provisional_no), indent=24)
        if paper.cases[case.index - 1].case_no:
            yield _Text(words.text("case_no", number=case.case_no), 20, indent=24)
        yield _Text(words.text("case_due", due=" ".join(case.time_limit)), 20, indent=24)
        yield _Space(6)
    if content.lacks:
        yield _Rule()
        yield _Text(own.text("strip.lacks", n=len(content.lacks)), 24, thick=True)
        for lack in content.lacks:
            yield _Text(words.text("material", i=lack.index, name=lack.name))
            yield _Text(words.text("material_status", status=lack.what), 20, indent=24)
    if content.materials:
        yield _Rule()
        yield _Text(words.text("materials", n=len(content.materials)), 24, thick=True)
        for line in content.materials:
            yield _Text(words.text("material", i=line.index, name=line.name))
            yield _Text(words.text("material_status", status=line.status), 20, indent=24)
    yield _Rule()
    yield _Code(code)
    yield _Text(words.text("caption"), 20, "c")
    yield _Rule()
    yield _Text(words.text("window", window=content.window))
    yield _Text(words.text("clerk", clerk=content.clerk))
    yield _Text(words.text("time", time=content.time))
    yield _Space(8)
    yield _Text(own.text("strip.keep") if content.lacks else words.text("keep"), 20, "c")


class _Strip:
    """Blocks one under the other; each is drawn when it is added."""

    def __init__(self, width: int, fonts: PaperFonts) -> None:
        self._width = width
        self._chain = fonts.receipt
        self._pieces: list[Image.Image] = []
        self._faces: dict[tuple[int, int], ImageFont.FreeTypeFont] = {}
        self._advances: dict[tuple[str, int], float] = {}

    def picture(self) -> npt.NDArray[np.uint8]:
        """All of it, with a margin at both ends."""
        height = sum(piece.height for piece in self._pieces) + 4 * _MARGIN
        whole = Image.new("L", (self._width, height), 255)
        top = 2 * _MARGIN
        for piece in self._pieces:
            whole.paste(piece, (0, top))
            top += piece.height
        black = np.where(np.asarray(whole) < _DARK, 0, 255).astype(np.uint8)
        return np.repeat(black[:, :, np.newaxis], 3, axis=2)

    def add(self, block: _Block) -> None:
        match block:
            case _Text():
                self._add_text(block)
            case _Rule():
                piece = self._blank(17)
                step = 12 if block.dashed else self._width
                for x in range(_MARGIN, self._width - _MARGIN, step):
                    end = min(x + (7 if block.dashed else self._width), self._width - _MARGIN)
                    ImageDraw.Draw(piece).rectangle((x, 8, end - 1, 9), fill=0)
            case _Code():
                self._add_code(block.text)
            case _Space():
                self._blank(block.height)

    def _blank(self, height: int) -> Image.Image:
        piece = Image.new("L", (self._width, height), 255)
        self._pieces.append(piece)
        return piece

    def _face(self, char: str, size: int) -> ImageFont.FreeTypeFont:
        index = self._chain.index_of(char) or 0
        if (index, size) not in self._faces:
            file = self._chain.files[index]
            self._faces[index, size] = ImageFont.truetype(str(file.path), size, index=file.index)
        return self._faces[index, size]

    def _length(self, text: str, size: int) -> float:
        """In dots. Remembered by character: asking the font is the slowest part of a strip."""
        for char in text:
            if (char, size) not in self._advances:
                self._advances[char, size] = self._face(char, size).getlength(char)
        return sum(self._advances[char, size] for char in text)

    def _add_text(self, block: _Text) -> None:
        self._chain.require(block.text, block.text[:6])
        room = self._width - 2 * _MARGIN - block.indent
        leading = round(block.size * 1.36)
        for line in wrap(block.text, room, lambda text: self._length(text, block.size)):
            piece = self._blank(leading)
            draw = ImageDraw.Draw(piece)
            spare = room - self._length(line, block.size)
            x = _MARGIN + block.indent + (spare / 2 if block.align == "c" else 0.0)
            for char in line:
                face = self._face(char, block.size)
                # One baseline for all fonts of the chain; a second print one dot aside stands in for a bold face.
                for aside in range(2 if block.thick else 1):
                    draw.text((x + aside, block.size * 1.08), char, font=face, fill=0, anchor="ls")
                x += self._length(char, block.size)

    def _add_code(self, text: str) -> None:
        symbol = modules(text, "M")
        if DOTS_PER_MODULE * (len(symbol) + 2 * QUIET) > self._width:
            symbol = modules(text, "L")  # a 58 mm strip: bigger modules help more than more redundancy
        side = len(symbol) + 2 * QUIET
        dots = max(DOTS_PER_MODULE, min(6, self._width // side))
        grid = np.full((side, side), 255, np.uint8)
        grid[QUIET:-QUIET, QUIET:-QUIET] = np.where(np.array(symbol), 0, 255)
        picture = Image.fromarray(np.kron(grid, np.ones((dots, dots), np.uint8)))
        piece = self._blank(picture.height)
        piece.paste(picture, ((self._width - picture.width) // 2, 0))


def trial_strip(width_dots: int, at: str, fonts: PaperFonts | None = None) -> npt.NDArray[np.uint8]:
    """A strip that tries the printer out: sizes, rare characters, an edge at both sides. at: the time, in words."""
    words = load_wording("test_print")
    strip = _Strip(max(width_dots, MIN_WIDTH), fonts or load_fonts())
    strip.add(_Text(words.text("title"), 38, "c", thick=True))
    strip.add(_Text(at, 22, "c"))
    strip.add(_Rule(dashed=False))
    for line in words.texts("lines"):
        strip.add(_Text(line))
    strip.add(_Rule())
    return strip.picture()
