"""Laid-out pages to PDF bytes. The same input gives the same bytes, so that a retry is recognised as the same paper."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from app.documents.fonts import PaperFonts
from app.documents.layout import A4, Ink, Mark, Page, QrArea, Ring, Rule, Text
from app.documents.locks import PAINTING

QUIET = 4
"""Modules of white around a QR symbol (ISO/IEC 18004 §6.3.8)."""


@dataclass(frozen=True, slots=True)
class PdfInfo:
    """What the file says of itself. made: in legal time. attachment: (file name, bytes)."""

    title: str
    author: str
    subject: str
    keywords: str
    made: dt.datetime
    attachment: tuple[str, bytes]


def paint(pages: Sequence[Page], fonts: PaperFonts, modules: tuple[tuple[bool, ...], ...], info: PdfInfo) -> bytes:
    """modules: the QR symbol drawn on each QrArea."""
    out = io.BytesIO()
    with PAINTING:
        canvas = Canvas(out, pagesize=A4, pageCompression=1, invariant=1, lang="zh-CN")
        _describe(canvas, info)
        for page in pages:
            for mark in page.marks:
                draw_mark(canvas, mark, fonts, modules)
            canvas.showPage()
        canvas.save()
    return out.getvalue()


def _describe(canvas: Any, info: PdfInfo) -> None:
    canvas.setTitle(info.title)
    canvas.setAuthor(info.author)
    canvas.setSubject(info.subject)
    canvas.setKeywords(info.keywords)
    canvas.setCreator("Yichuang 一窗")
    canvas.setProducer("ReportLab")
    stamp = f"D:{info.made:%Y%m%d%H%M%S}+08'00'"
    canvas.setDateFormatter(lambda *_: stamp)
    name, data = info.attachment
    stream = pdfdoc.PDFStream(filters=[pdfdoc.PDFZCompress])
    stream.content = data
    stream.dictionary["Type"] = pdfdoc.PDFName("EmbeddedFile")
    stream.dictionary["Subtype"] = pdfdoc.PDFName("application/json")
    document = canvas._doc  # the library has no public way to attach a file
    file = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": pdfdoc.PDFString(name),
            "UF": pdfdoc.PDFString(name),
            "EF": pdfdoc.PDFDictionary({"F": document.Reference(stream, "paper-record")}),
            "AFRelationship": pdfdoc.PDFName("Data"),
        }
    )
    files = pdfdoc.PDFDictionary(
        {"Names": pdfdoc.PDFArray([pdfdoc.PDFString(name), document.Reference(file, "paper-record-file")])}
    )
    document.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": files})


def draw_mark(canvas: Any, mark: Mark, fonts: PaperFonts, modules: tuple[tuple[bool, ...], ...] = ()) -> None:
    """Paint one mark. modules: see `paint`."""
    height = A4[1]
    match mark:
        case Text():
            _draw_text(canvas, mark, fonts)
        case Rule():
            canvas.setStrokeGray(mark.grey)
            canvas.setLineWidth(mark.width)
            canvas.line(mark.x1, height - mark.y1, mark.x2, height - mark.y2)
        case Ring():
            canvas.saveState()
            canvas.setStrokeGray(mark.grey)
            canvas.setLineWidth(0.6)
            canvas.setDash(3, 3)
            canvas.circle(mark.x, height - mark.y, mark.radius, stroke=1, fill=0)
            canvas.restoreState()
        case QrArea():
            _draw_modules(canvas, mark, modules)
        case Ink():
            _draw_ink(canvas, mark)


def _draw_text(canvas: Any, mark: Text, fonts: PaperFonts) -> None:
    canvas.saveState()
    if mark.angle:
        # A watermark reads as nothing when text is copied or read aloud; else it would stand between name and number.
        canvas._code.append("/Span <</ActualText ()>> BDC")
    canvas.translate(mark.x, A4[1] - mark.y)
    if mark.angle:
        canvas.rotate(mark.angle)
    canvas.setFillGray(mark.style.grey)
    text = canvas.beginText(0, 0)
    text.setCharSpace(mark.style.spacing)
    for font, piece in fonts.chain(mark.style.bold).runs(mark.text):
        text.setFont(font, mark.style.size)
        text.textOut(piece)
    canvas.drawText(text)
    if mark.angle:
        canvas._code.append("EMC")
    canvas.restoreState()


def _draw_modules(canvas: Any, area: QrArea, modules: tuple[tuple[bool, ...], ...]) -> None:
    """All modules as one path: rows drawn apart would show hairlines between them."""
    side = area.size / (len(modules) + 2 * QUIET)
    path = canvas.beginPath()
    for row, line in enumerate(modules):
        column = 0
        while column < len(line):
            end = column
            while end < len(line) and line[end]:
                end += 1
            if end > column:
                y = A4[1] - area.y - (row + 1 + QUIET) * side
                path.rect(area.x + (column + QUIET) * side, y, (end - column) * side, side)
            column = end + 1
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)


def _draw_ink(canvas: Any, ink: Ink) -> None:
    """All strokes as one path: the record counts a signature as one drawing."""
    path = canvas.beginPath()
    for stroke in ink.strokes:
        path.moveTo(stroke[0][0], A4[1] - stroke[0][1])
        for x, y in stroke[1:] or stroke:
            path.lineTo(x, A4[1] - y)
    canvas.saveState()
    canvas.setStrokeGray(0)
    canvas.setLineWidth(ink.width)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()
