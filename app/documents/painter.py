"""Marks of laid-out pages on a canvas."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlab.pdfbase import pdfdoc

from app.documents.fonts import PaperFonts, to_unicode_cmap
from app.documents.glyphs import Glyph
from app.documents.layout import Box, Ink, Mark, Micro, Page, QrArea, Ring, Rule, Text
from app.documents.square import symbol_of
from app.domain.errors import BadInput

QUIET = 4
"""Modules of white around a QR symbol (ISO/IEC 18004 §6.3.8)."""
_SEAL_RED = (0.78, 0.09, 0.09)
_MOST_DOTS = 6
"""Of the head a module: larger ones only make the strip longer."""


class Painter:
    """Paints pages on one canvas. modules: see `paint`. Call `embed` on `pictures` before the canvas is saved."""

    def __init__(self, canvas: Any, fonts: PaperFonts, modules: tuple[tuple[bool, ...], ...]) -> None:
        self._canvas = canvas
        self._fonts = fonts
        self._modules = modules
        self._height = 0.0
        self.pictures = PictureFont(canvas)

    def page(self, page: Page) -> None:
        """One page with all its marks."""
        self._canvas.setPageSize(page.size)
        self._height = page.size[1]
        for mark in page.marks:
            self._draw(mark)
        self._canvas.showPage()

    def _draw(self, mark: Mark) -> None:
        canvas, height = self._canvas, self._height
        match mark:
            case Text():
                self._text(mark)
            case Rule():
                canvas.setStrokeGray(mark.grey)
                canvas.setLineWidth(mark.width)
                canvas.line(mark.x1, height - mark.y1, mark.x2, height - mark.y2)
            case Ring():
                canvas.saveState()
                if mark.sealed:
                    canvas.setStrokeColorRGB(*_SEAL_RED)
                    canvas.setLineWidth(1.6)
                else:
                    canvas.setStrokeGray(mark.grey)
                    canvas.setLineWidth(0.6)
                    canvas.setDash(3, 3)
                canvas.circle(mark.x, height - mark.y, mark.radius, stroke=1, fill=0)
                canvas.restoreState()
            case Box():
                canvas.setStrokeGray(0)
                canvas.setLineWidth(0.8)
                canvas.rect(mark.x, height - mark.y - mark.size, mark.size, mark.size, stroke=1, fill=0)
            case QrArea():
                self._code(mark)
            case Ink():
                self._ink(mark)
            case Micro():
                raise ValueError("a line of micro-text was left open")

    def _text(self, mark: Text) -> None:
        canvas, style = self._canvas, mark.style
        canvas.saveState()
        if mark.silent:
            # A watermark reads as nothing when text is copied or read aloud; else it would stand between name and
            # number.
            canvas._code.append("/Span <</ActualText ()>> BDC")
        canvas.translate(mark.x, self._height - mark.y)
        if mark.angle:
            canvas.rotate(mark.angle)
        canvas.setFillGray(style.grey)
        text = canvas.beginText(0, 0)
        text.setCharSpace(style.spacing)
        if style.thick:
            canvas.setStrokeGray(style.grey)
            canvas.setLineWidth(style.thick)
            text.setTextRenderMode(2)
        chain = self._fonts.chain(style.bold)
        for font, piece in chain.runs(mark.text):
            if font:
                text.setFont(font, style.size)
                text.textOut(piece)
            else:
                text._code.append(self.pictures.show(piece, chain.glyph, style.size))
        canvas.drawText(text)
        if mark.silent:
            canvas._code.append("EMC")
        canvas.restoreState()

    def _code(self, area: QrArea) -> None:
        """All modules as one path: rows drawn apart would show hairlines between them."""
        modules, canvas = (symbol_of(area.text) if area.text else self._modules), self._canvas
        count = len(modules) + 2 * QUIET
        side = area.size / count
        left, top = area.x, area.y
        if area.dot:
            # A whole number of the head's dots a module, begun on a whole dot; else every other line is a dot wider.
            side = max(1, min(_MOST_DOTS, int(area.size / area.dot / count + 1e-6))) * area.dot
            spare = (area.size - side * count) / 2
            left, top = (round((place + spare) / area.dot) * area.dot for place in (area.x, area.y))
        rects = []
        for row, line in enumerate(modules):
            column = 0
            while column < len(line):
                end = column
                while end < len(line) and line[end]:
                    end += 1
                if end > column:
                    y = self._height - top - (row + 1 + QUIET) * side
                    x, wide = left + (column + QUIET) * side, (end - column) * side
                    rects.append(f"{x:.4f} {y:.4f} {wide:.4f} {side:.4f} re")
                column = end + 1
        canvas.setFillGray(0)
        # Written as it is: the library takes longer over a thousand rectangles than over all the text.
        canvas._code.append(" ".join([*rects, "f"]))

    def _ink(self, ink: Ink) -> None:
        """All strokes as one path: the record counts a signature as one drawing."""
        canvas = self._canvas
        path = canvas.beginPath()
        for stroke in ink.strokes:
            path.moveTo(stroke[0][0], self._height - stroke[0][1])
            for x, y in stroke[1:] or stroke:
                path.lineTo(x, self._height - y)
        canvas.saveState()
        canvas.setStrokeGray(0)
        canvas.setLineWidth(ink.width)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.restoreState()


class PictureFont:
    """The Type 3 font of one document that holds its pictured characters (ISO 32000-1 §9.6.5)."""

    _MOST = 255
    _NAME = "YichuangPictures"

    def __init__(self, canvas: Any) -> None:
        self._document = canvas._doc
        self._codes: dict[str, int] = {}
        self._glyphs: list[Glyph] = []

    def show(self, piece: str, glyph: Callable[[str], Glyph], size: float) -> str:
        """The operators that show a piece. BadInput: more pictures on one paper than a font holds."""
        for char in piece:
            if char not in self._codes:
                if len(self._codes) == self._MOST:
                    raise BadInput("文书无法打印", "一份文书中补字形的字超过 255 个。", "请安装收有这些字的字体。")
                self._codes[char] = len(self._codes)
                self._glyphs.append(glyph(char))
        codes = "".join(f"{self._codes[char]:02X}" for char in piece)
        return f"/{self._NAME} {size:g} Tf <{codes}> Tj"

    def embed(self) -> None:
        """Put the font into the document; nothing when no picture was used."""
        if not self._codes:
            return
        document = self._document
        procedures = {}
        for code, shape in enumerate(self._glyphs):
            body = b"%d 0 0 -200 1000 1000 d1 " % shape.advance + shape.procedure
            procedures[f"g{code}"] = document.Reference(_stream(body), f"{self._NAME}-g{code}")
        # Poppler guesses the size of Type 3 text from the width of an "m", 0.6 of the em; without one it takes pictures
        # for type twice as large, and parts the name they stand in.
        procedures["m"] = document.Reference(_stream(b"600 0 0 0 0 0 d1"), f"{self._NAME}-m")
        cmap = to_unicode_cmap(self._NAME, [ord(char) for char in self._codes])
        names = [*(pdfdoc.PDFName(f"g{code}") for code in range(len(self._glyphs))), pdfdoc.PDFName("m")]
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type3"),
                "Name": pdfdoc.PDFName(self._NAME),
                "FontBBox": pdfdoc.PDFArray([0, -200, 1000, 1000]),
                "FontMatrix": pdfdoc.PDFArray([0.001, 0, 0, 0.001, 0, 0]),
                "CharProcs": pdfdoc.PDFDictionary(procedures),
                "Encoding": pdfdoc.PDFDictionary(
                    {"Type": pdfdoc.PDFName("Encoding"), "Differences": pdfdoc.PDFArray([0, *names])}
                ),
                "FirstChar": 0,
                "LastChar": len(names) - 1,
                "Widths": pdfdoc.PDFArray([*(shape.advance for shape in self._glyphs), 600]),
                "Resources": pdfdoc.PDFDictionary({}),
                "ToUnicode": document.Reference(_stream(cmap.encode()), f"{self._NAME}-cmap"),
            }
        )
        document.idToObject["BasicFonts"].dict[self._NAME] = document.Reference(font, self._NAME)


def _stream(content: bytes) -> Any:
    stream = pdfdoc.PDFStream(filters=[pdfdoc.PDFZCompress])
    stream.content = content
    return stream
