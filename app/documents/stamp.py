"""A mark put onto a paper that was made before and cannot be made anew: that it is printed once more."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from app.documents.fonts import PaperFonts
from app.documents.layout import MM, Mark, Page, Rule, Style, Text
from app.documents.paint import PdfInfo, drawing
from app.documents.painter import Painter
from app.domain.errors import EnvironmentProblem

_STYLE = Style(size=9.5, leading=12, bold=True)
_TOP, _SIDE, _PAD = 6.0 * MM, 8.0 * MM, 1.6 * MM


def stamped(pdf: bytes, words: str, fonts: PaperFonts, info: PdfInfo) -> bytes:
    """Every page of a PDF with a framed line at its top right, above what is printed there; nothing else changes. For
    the printer: the file's own signatures and conformity do not survive. EnvironmentProblem when it cannot be read."""
    try:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
        for page in writer.pages:
            size = float(page.mediabox.width), float(page.mediabox.height)
            page.merge_page(PdfReader(io.BytesIO(_mark(words, fonts, info, size))).pages[0])
        out = io.BytesIO()
        writer.write(out)
    except (PyPdfError, ValueError) as error:
        raise EnvironmentProblem("这份文书读不出来", "保存的文件已损坏。", "请到平台查询打印。") from error
    return out.getvalue()


def _mark(words: str, fonts: PaperFonts, info: PdfInfo, size: tuple[float, float]) -> bytes:
    chain = fonts.chain(_STYLE.bold)
    wide = chain.width(words, _STYLE.size)
    right = size[0] - _SIDE
    left, bottom = right - wide - 2 * _PAD, _TOP + _STYLE.size + _PAD
    marks: list[Mark] = [
        Rule(left, _TOP, right, _TOP, 0.8),
        Rule(left, bottom, right, bottom, 0.8),
        Rule(left, _TOP, left, bottom, 0.8),
        Rule(right, _TOP, right, bottom, 0.8),
        Text(left + _PAD, bottom - _PAD - 0.6, words, _STYLE, "补打标记"),
    ]
    out = io.BytesIO()
    with drawing(out, info, size) as canvas:
        painter = Painter(canvas, fonts, ())
        painter.page(Page(size, marks))
        painter.pictures.embed()
    return out.getvalue()
