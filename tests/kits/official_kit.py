"""Official forms for tests: values for every field, made-up blanks, and what stands in a box of a PDF."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from desk_parts import shipped
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from app.demo.blank_sheet import PlacedField, add_fields
from app.documents.format import Format
from app.documents.locks import PDFIUM
from app.documents.official.forms import OfficialForms, form_folders
from app.documents.official.mapping import OfficialForm
from app.documents.official.settle import Filling
from app.domain.item import Catalog, Element, ElementType
from app.domain.official import FilledBox
from app.domain.table import write_table

DAY = dt.date(2026, 11, 22)
NAME = "𠮷㛃䶮𬭚"
"""Characters that ordinary fonts lack, two of them beyond the first 65,536."""
NUMBER = "11010519491231002X"
MAIN = "11330500MB1Y0231623000131004000"
FOOD = "11330500MB1Y0231623000131018000"
HAIR = "11330500MB1Y0416XH300012300900002"


def value_of(element: Element, catalog: Catalog, rows: int = 2) -> str:
    """Something plausible for a data element."""
    match element.type:
        case ElementType.DATE:
            return "2026-03-07"
        case ElementType.INTEGER:
            return "12"
        case ElementType.DECIMAL:
            return "5.35"
        case ElementType.CHOICE:
            return next(iter(element.codes))
        case ElementType.PHONE:
            return "13857200011"
        case ElementType.ID_NUMBER:
            return NUMBER
        case ElementType.USCC:
            return "92330500MA2B0Y0231"
        case ElementType.TABLE:
            row = {column: value_of(catalog.elements[column], catalog) for column in element.columns}
            return write_table([row] * rows)
        case _:
            return f"{NAME}路158号" if "address" in element.id else NAME


def values_for(form: OfficialForm, catalog: Catalog, rows: int = 2) -> dict[str, str]:
    """A value for every field that a form shows."""
    known = {key: catalog.elements.get(key.rpartition(".")[2]) for key in form.keys if "." in key}
    return {
        key: value_of(element, catalog, rows)
        for key, element in known.items()
        if element is not None and not key.startswith(("item.", "window."))
    }


@cache
def shipped_forms() -> OfficialForms:
    return OfficialForms(form_folders())


def filling(values: dict[str, str], item: str = f"{MAIN}01") -> Filling:
    catalog, _ = shipped()
    return Filling(values, catalog, catalog.items[item], "湖州市政务服务中心", DAY)


def pdf_with(placed: Sequence[PlacedField], pages: int = 1, size: tuple[float, float] = Format.A4.page) -> bytes:
    """An empty PDF with these fields."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for number in range(pages):
        canvas.drawString(20, 20, f"page {number + 1}")
        canvas.showPage()
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(out.getvalue())))
    add_fields(writer, placed)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def text_field(name: str, place: tuple[float, float, float, float], page: int = 0, **more: int) -> PlacedField:
    return PlacedField(name, "text", page, place, **more)


def form_file(folder: Path, text: str, blank: bytes, name: str = "sample.pdf") -> OfficialForm:
    """A form of its own in a folder: the mapping's text, the blank's bytes."""
    (folder / name).write_bytes(blank)
    (folder / "sample.yaml").write_text(text.replace("BLANK", name), encoding="utf-8")
    return OfficialForms([folder]).form("sample")


@lru_cache(maxsize=3)
def _pages(pdf: bytes) -> tuple[pdfium.PdfDocument, list[tuple[pdfium.PdfTextPage, tuple[float, float]]]]:
    """A document, opened once for all its boxes."""
    document = pdfium.PdfDocument(pdf)
    _open.append(document)
    return document, [(page.get_textpage(), page.get_size()) for page in document]


def put_away() -> None:
    """Close what was opened."""
    with PDFIUM:
        while _open:
            _open.pop().close()
    _pages.cache_clear()
    _picture.cache_clear()


_open: list[pdfium.PdfDocument] = []


@lru_cache(maxsize=6)
def _picture(pdf: bytes, page: int) -> npt.NDArray[np.uint8]:
    return np.asarray(_pages(pdf)[0][page].render(scale=3, grayscale=True).to_numpy().squeeze())


def text_at(pdf: bytes, box: FilledBox) -> str:
    """What can be copied out of a box of a page, without white space."""
    with PDFIUM:
        words, (width, height) = _pages(pdf)[1][box.page]
        left, top, wide, high = box.place
        found = words.get_text_bounded(
            left * width - 0.5, (1 - top - high) * height - 0.5, (left + wide) * width + 0.5, (1 - top) * height + 0.5
        )
    return "".join(found.split())


def darkness(pdf: bytes, box: FilledBox) -> float:
    """How much of a box is ink, 0 to 1, its edges left out."""
    with PDFIUM:
        picture = _picture(pdf, box.page)
    high, wide = picture.shape[:2]
    left, top, width, height = box.place
    rows = slice(round((top + height * 0.15) * high), round((top + height * 0.85) * high))
    columns = slice(round((left + width * 0.15) * wide), round((left + width * 0.85) * wide))
    return float(np.mean(picture[rows, columns] < 128))
