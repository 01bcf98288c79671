"""What other systems print: a PDF as it is, or lines that we set, so that every Chinese character comes out."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from app.bridge.problems import Problem
from app.documents.blocks import Fields, PaperBody, Paragraph
from app.documents.compose import compose
from app.documents.fonts import load_fonts
from app.documents.paint import PdfInfo, paint
from app.documents.receipt import MIN_WIDTH, strip_format, strip_picture
from app.domain.clock import parse_iso
from devices.base import Picture


def pdf_of(text: str) -> bytes:
    """The PDF in a base64 text. Problem 422 when it is none."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data.startswith(b"%PDF-"):
        raise Problem(422, "no-pdf", "不是 PDF 文件", "pdf 应为 PDF 文件的 base64")
    return data


def strip_of(title: str, lines: Sequence[str], width_dots: int) -> Picture:
    """A strip with a title and lines, as the printer burns it."""
    width = max(width_dots, MIN_WIDTH)
    shape = strip_format(width)
    fonts = load_fonts().on(shape)
    blocks = tuple(Paragraph(line, title, indent=False) for line in lines if line.strip())
    info = PdfInfo(title, "", "", "", parse_iso("2026-01-01T00:00:00Z"))
    body = PaperBody(title, "", Fields(()), blocks, "")
    return strip_picture(paint(compose(body, shape, fonts, code=False), fonts, (), info), width)
