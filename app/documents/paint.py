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
from app.documents.layout import Page
from app.documents.locks import PAINTING
from app.documents.painter import Painter

_TOOL, _PRODUCER = "Yichuang 一窗", "ReportLab"


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
    """modules: the QR symbol drawn on each QrArea. fonts: those for the format (`PaperFonts.on`)."""
    out = io.BytesIO()
    with drawing(out, info, pages[0].size) as canvas:
        painter = Painter(canvas, fonts, modules)
        for page in pages:
            painter.page(page)
        painter.pictures.embed()
    return out.getvalue()


@contextlib.contextmanager
def drawing(out: BinaryIO, info: PdfInfo, size: tuple[float, float]) -> Iterator[Any]:
    """A canvas of pages of this size, in points, whose file is PDF/A-2b, saved to `out` when the block ends well."""
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
