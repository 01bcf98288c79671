"""Laid-out pages to PDF/A-2b. The same input gives the same bytes, so that a retry is recognised as the same paper.

Fonts and streams are ReportLab's and our own (fonts.py); what the level asks for beside them stands in `drawing`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from app.archive.pdfa import CONDITION, About, clean, srgb, stamp, xmp
from app.documents.fonts import PaperFonts
from app.documents.layout import A4, Ink, Mark, Page, QrArea, Ring, Rule, Text
from app.documents.locks import PAINTING

_TOOL, _PRODUCER = "Yichuang 一窗", "ReportLab"
QUIET = 4
"""Modules of white around a QR symbol (ISO/IEC 18004 §6.3.8)."""


@dataclass(frozen=True, slots=True)
class PdfInfo:
    """What the file says of itself. made: in legal time. record: see app.documents.record; empty: there is none.

    attachment: (file name, bytes) of a CSV; such a file is PDF/A-3b, since PDF/A-2 allows attached PDF/A only.
    """

    title: str
    author: str
    subject: str
    keywords: str
    made: dt.datetime
    record: bytes = b""
    attachment: tuple[str, bytes] | None = None


def paint(pages: Sequence[Page], fonts: PaperFonts, modules: tuple[tuple[bool, ...], ...], info: PdfInfo) -> bytes:
    """modules: the QR symbol drawn on each QrArea."""
    out = io.BytesIO()
    with drawing(out, info) as canvas:
        for page in pages:
            for mark in page.marks:
                draw_mark(canvas, mark, fonts, modules)
            canvas.showPage()
    return out.getvalue()


@contextlib.contextmanager
def drawing(out: BinaryIO, info: PdfInfo, size: tuple[float, float] = A4) -> Iterator[Any]:
    """A canvas whose file is PDF/A-2b, saved to `out` when the block ends well."""
    with PAINTING, _ended_streams():
        canvas = Canvas(out, pagesize=size, pageCompression=1, invariant=1, lang="zh-CN")
        _describe(canvas, info)
        yield canvas
        canvas.save()


@contextlib.contextmanager
def _ended_streams() -> Iterator[None]:
    """ReportLab writes `endstream` right behind a stream's last byte; ISO 19005-2 §6.1.7.1 wants a line end between.

    Only while PAINTING is held, so that nobody else meets the changed class.
    """
    plain = pdfdoc.PDFStream.format
    end = b"endstream\n"

    def ended(stream: Any, document: Any) -> bytes:
        body: bytes = plain(stream, document)
        return body.removesuffix(end) + b"\n" + end

    pdfdoc.PDFStream.format = ended
    try:
        yield
    finally:
        pdfdoc.PDFStream.format = plain


def _describe(canvas: Any, info: PdfInfo) -> None:
    """Say what the file is, in its Info dictionary and its XMP packet, and what its colours mean."""
    about = About(
        clean(info.title), info.made, clean(info.author), clean(info.subject), clean(info.keywords), _TOOL, _PRODUCER
    )
    canvas.setTitle(about.title)
    canvas.setAuthor(about.author)
    canvas.setSubject(about.subject)
    canvas.setKeywords(about.keywords)
    canvas.setCreator(about.tool)
    canvas.setProducer(about.producer)
    canvas.setDateFormatter(lambda *_: stamp(info.made))
    document = canvas._doc  # the library has no public way to any of what follows
    document._pdfVersion = (1, 7)
    packet = pdfdoc.PDFStream(content=xmp(about, info.record, 3 if info.attachment else 2), filters=[])
    packet.dictionary["Type"] = pdfdoc.PDFName("Metadata")
    packet.dictionary["Subtype"] = pdfdoc.PDFName("XML")
    profile = pdfdoc.PDFStream(content=srgb(), filters=[pdfdoc.PDFZCompress])
    profile.dictionary["N"] = 3
    intent = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString(CONDITION),
            "Info": pdfdoc.PDFString(CONDITION),
            "DestOutputProfile": document.Reference(profile, "srgb-profile"),
        }
    )
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents", "AF"]
    catalog.Metadata = packet
    catalog.OutputIntents = pdfdoc.PDFArray([intent])
    if info.attachment is not None:
        _attach(document, *info.attachment, stamp(info.made))


def _attach(document: Any, name: str, data: bytes, made: str) -> None:
    stream = pdfdoc.PDFStream(content=data, filters=[pdfdoc.PDFZCompress])
    stream.dictionary["Type"] = pdfdoc.PDFName("EmbeddedFile")
    # As it is to stand there: PDFName escapes "#" and leaves "/", which would make two names of it.
    stream.dictionary["Subtype"] = "/text#2Fcsv"
    stream.dictionary["Params"] = pdfdoc.PDFDictionary({"ModDate": pdfdoc.PDFString(made)})
    file = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("Filespec"),
            "F": pdfdoc.PDFString(name),
            "UF": pdfdoc.PDFString(name),
            "EF": pdfdoc.PDFDictionary({"F": document.Reference(stream, "attached-file")}),
            "AFRelationship": pdfdoc.PDFName("Data"),
        }
    )
    there = document.Reference(file, "attached-file-spec")
    files = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray([pdfdoc.PDFString(name), there])})
    catalog = document.Catalog
    catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": files})
    catalog.AF = pdfdoc.PDFArray([there])


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
