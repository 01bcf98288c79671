"""Thermal strips as pictures: a strip's PDF, dot by dot.

A picture, because no printer's own character set holds the rare characters of names. It is drawn from the PDF, so that
the preview, the print and what is verified are one and the same.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from app.documents.blocks import Fields, PaperBody, Paragraph
from app.documents.compose import compose
from app.documents.fonts import PaperFonts, load_fonts
from app.documents.format import Format
from app.documents.locks import PDFIUM
from app.documents.paint import PdfInfo, paint
from app.documents.wording import load_wording
from app.domain.clock import parse_iso

MIN_WIDTH = 384
DOTS_PER_MODULE = 4
"""Least dots a QR module: half a millimetre at 203 dots an inch, what phones read off a curled strip."""
_WIDE = 576
_DARK = 150
"""Grey below which a dot is burnt. Above the middle, so that thin strokes keep their body."""
_FAINT = 246
"""Grey below which a dot belongs to something after all: the watermark."""
_SCREEN = 2
"""Every so many dots in both directions the watermark burns one."""
_CLEAR = 3
"""Dots around the type that the watermark stays away from."""


def strip_format(width_dots: int) -> Format:
    """The strip for a head. ValueError: narrower than 384 dots."""
    if width_dots < MIN_WIDTH:
        raise ValueError(f"a strip needs {MIN_WIDTH} dots: {width_dots}")
    return Format.STRIP_80 if width_dots >= _WIDE else Format.STRIP_58


def strip_picture(pdf: bytes, width_dots: int) -> npt.NDArray[np.uint8]:
    """A strip's PDF as uint8 BGR of shape (height, width_dots, 3), every dot 0 or 255, in the middle of a wider head.

    The watermark, which is grey in the PDF, becomes a screen of single dots that leaves the type alone. ValueError: not
    a strip of one page, or wider than the head.
    """
    import pypdfium2 as pdfium  # the window starts without it

    with PDFIUM, pdfium.PdfDocument(pdf) as document:
        page = document[0]
        dots = math.ceil(page.get_width() / 72 * 203 - 0.01)
        if len(document) != 1 or dots > width_dots:
            raise ValueError("not a strip for this head")
        grey = np.array(page.render(scale=203 / 72, grayscale=True).to_numpy()).squeeze()
    dark = grey < _DARK
    near = cv2.dilate(dark.astype(np.uint8), np.ones((2 * _CLEAR + 1,) * 2, np.uint8)).astype(bool)
    rows, columns = np.indices(grey.shape)
    screen = (rows % _SCREEN == 0) & ((columns + (rows // _SCREEN % 2)) % _SCREEN == 0)
    black = dark | ((grey < _FAINT) & ~near & screen)
    left = (width_dots - grey.shape[1]) // 2
    whole = np.full((grey.shape[0], width_dots), 255, np.uint8)
    whole[:, left : left + grey.shape[1]] = np.where(black, 0, 255)
    return np.repeat(whole[:, :, np.newaxis], 3, axis=2)


def trial_strip(width_dots: int, at: str, fonts: PaperFonts | None = None) -> npt.NDArray[np.uint8]:
    """A strip that tries the printer out: sizes, rare characters, an edge at both sides. at: the time, in words."""
    words = load_wording("test_print")
    shape = strip_format(max(width_dots, MIN_WIDTH))
    fonts = (fonts or load_fonts()).on(shape)
    lines = tuple(Paragraph(line, words.text("title")) for line in words.texts("lines"))
    body = PaperBody(words.text("title"), at, Fields(()), lines, "")
    info = PdfInfo(words.text("title"), "", "", "", parse_iso("2026-01-01T00:00:00Z"))
    return strip_picture(paint(compose(body, shape, fonts, code=False), fonts, (), info), max(width_dots, MIN_WIDTH))
