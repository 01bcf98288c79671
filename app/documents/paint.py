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
from app.documents.layout import Page
from app.documents.locks import PAINTING
from app.documents.painter import Painter


@dataclass(frozen=True, slots=True)
class PdfInfo:
    """What the file says of itself. made: in legal time. attachment: (file name, bytes), if any."""

    title: str
    author: str
    subject: str
    keywords: str
    made: dt.datetime
    attachment: tuple[str, bytes] | None = None


def paint(pages: Sequence[Page], fonts: PaperFonts, modules: tuple[tuple[bool, ...], ...], info: PdfInfo) -> bytes:
    """modules: the QR symbol drawn on each QrArea. fonts: those for the format (`PaperFonts.on`)."""
    out = io.BytesIO()
    with PAINTING:
        canvas = Canvas(out, pagesize=pages[0].size, pageCompression=1, invariant=1, lang="zh-CN")
        _describe(canvas, info)
        painter = Painter(canvas, fonts, modules)
        for page in pages:
            painter.page(page)
        painter.pictures.embed()
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
    if info.attachment is None:
        return
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
