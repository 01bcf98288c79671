"""What a PDF from a stranger says: texts, codes, attachments. Bounded, and never raises for what the file holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import zxingcpp

from app.archive.pdfa import read_record
from app.documents.code import PREFIX
from app.documents.locks import PDFIUM
from app.documents.record import ATTACHMENT, MAX_RECORD, normalised

MAX_PDF = 20_000_000
"""Bytes."""
MAX_PAGES = 40
_MAX_SIDE, _MAX_AREA = 14_400.0, 4_000_000.0
"""Points, square points; a page box of kilometres would ask for gigabytes of pixels. A strip is narrow and may be long.
"""
_SCALES = (200 / 72, 300 / 72)
_MAX_OBJECTS = 20_000


class UnreadablePdf(ValueError):
    """Not a PDF that can be opened."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """plain: normalised text. drawings: objects that are not text. covered: annotations or form fields are on it.
    replaced: some text claims to read otherwise than it looks (ActualText).
    """

    plain: str
    drawings: int
    covered: bool
    replaced: bool


@dataclass(frozen=True, slots=True)
class ReadPdf:
    """page_count may exceed len(pages), which stops at MAX_PAGES. drawn: the different anti-forgery codes seen on
    the pages. stated: the code in the file's metadata, or "". record: the bytes of the record that travels with the
    file, or None.
    """

    page_count: int
    pages: tuple[ReadPage, ...]
    drawn: tuple[str, ...]
    stated: str
    record: bytes | None


def read_pdf(data: bytes) -> ReadPdf:
    """UnreadablePdf when it cannot be opened."""
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise UnreadablePdf(str(error)) from error
        with document:
            try:
                return _read(document, read_record(data))
            except (pdfium.PdfiumError, UnicodeDecodeError) as error:
                raise UnreadablePdf(str(error)) from error


def page_count(data: bytes) -> int:
    """How many pages a PDF has; 0 when it cannot be opened."""
    with PDFIUM:
        try:
            with pdfium.PdfDocument(data) as document:
                return len(document)
        except pdfium.PdfiumError:
            return 0


def _read(document: pdfium.PdfDocument, record: bytes | None) -> ReadPdf:
    pages = []
    drawn: dict[str, None] = {}
    for index in range(min(len(document), MAX_PAGES)):
        page = document[index]
        pages.append(_read_page(page))
        drawn.update(dict.fromkeys(_codes(page)))
    stated = document.get_metadata_value("Keywords").strip("\x00")
    return ReadPdf(
        page_count=len(document),
        pages=tuple(pages),
        drawn=tuple(drawn),
        stated=stated if stated.startswith(PREFIX) else "",
        record=_attached(document) if record is None else record[: MAX_RECORD + 1],
    )


def _read_page(page: pdfium.PdfPage) -> ReadPage:
    drawings, replaced = 0, False
    for count, item in enumerate(page.get_objects(max_depth=4)):
        if count == _MAX_OBJECTS:
            break
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            replaced = replaced or _replaces_text(item)
        else:
            drawings += 1
    text = page.get_textpage().get_text_range(errors="replace")
    return ReadPage(normalised(text), drawings, raw.FPDFPage_GetAnnotCount(page) > 0, replaced)


def _replaces_text(item: pdfium.PdfObject) -> bool:
    """Is there a non-empty ActualText on it? Extraction would give that instead of what is drawn."""
    for index in range(raw.FPDFPageObj_CountMarks(item)):
        mark = raw.FPDFPageObj_GetMark(item, index)
        length = raw.c_ulong()
        found = raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, length)
        if found and length.value > 2:  # bytes of UTF-16 with its closing zero
            return True
    return False


def _codes(page: pdfium.PdfPage) -> list[str]:
    width, height = page.get_size()
    if not 0 < width <= _MAX_SIDE or not 0 < height <= _MAX_SIDE or width * height > _MAX_AREA:
        return []
    for scale in _SCALES:
        picture = np.ascontiguousarray(page.render(scale=scale, grayscale=True).to_numpy()).squeeze()
        found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
        codes = [code.text for code in found if code.text.startswith(PREFIX)]
        if codes:
            return codes
    return []


def _attached(document: pdfium.PdfDocument) -> bytes | None:
    """The record of a paper made before papers were PDF/A-2b; they stay checkable."""
    for index in range(min(document.count_attachments(), 10)):
        attachment = document.get_attachment(index)
        if attachment.get_name() == ATTACHMENT:
            data = bytes(attachment.get_data())
            return data if len(data) <= MAX_RECORD else None
    return None
