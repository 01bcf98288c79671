"""Drawing blank official forms of our own: a grid of labels and boxes, and the PDF's fields in the boxes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from app.documents.fonts import PaperFonts
from app.documents.format import Format
from app.documents.layout import MM
from app.documents.locks import PAINTING
from app.documents.text import wrap

LEFT, WIDTH = 18.0, 174.0
"""mm: where the grid begins, and how wide it is."""
_INK = 0.15
A4 = Format.A4.page
_REQUIRED, _MULTILINE, _COMB, _RADIO, _COMBO = 1 << 1, 1 << 12, 1 << 24, 1 << 15 | 1 << 14, 1 << 17


@dataclass(frozen=True, slots=True)
class Label:
    """What is printed in a cell. width: mm."""

    words: str
    width: float
    size: float = 10.0
    align: str = "c"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A box to write into. cells: of a comb. after: what is printed at its right end, e.g. 平方米."""

    name: str
    width: float
    required: bool = False
    lines: bool = False
    cells: int = 0
    after: str = ""
    align: int = 0


@dataclass(frozen=True, slots=True)
class Ticks:
    """Small boxes, each before its words. choices: (name, words). group: they are one radio button of this name."""

    width: float
    choices: tuple[tuple[str, str], ...]
    group: str = ""
    step: float = 0.0


@dataclass(frozen=True, slots=True)
class Combo:
    """A list to choose from. options: (stored, shown)."""

    name: str
    width: float
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A place to sign by hand, or for a digital signature. words: printed at the left."""

    name: str
    width: float
    words: str


Cell = Label | Text | Ticks | Combo | Sign


@dataclass(frozen=True, slots=True)
class PlacedField:
    """A field with its place. place: left, top, width, height in mm. page: from 0."""

    name: str
    kind: str
    page: int
    place: tuple[float, float, float, float]
    flags: int = 0
    cells: int = 0
    align: int = 0
    options: tuple[tuple[str, str], ...] = ()
    state: str = ""


@dataclass(slots=True)
class Sheet:
    """A form under the pen. y: mm from the top."""

    fonts: PaperFonts
    title: str
    out: io.BytesIO = field(default_factory=io.BytesIO)
    placed: list[PlacedField] = field(default_factory=list)
    page: int = 0
    y: float = 18.0
    canvas: Any = None

    def __post_init__(self) -> None:
        self.canvas = Canvas(self.out, pagesize=A4, pageCompression=1, invariant=1, lang="zh-CN")
        self.canvas.setTitle(self.title)
        self.canvas.setAuthor("Yichuang 一窗（演示表样）")

    # -- printed ----------------------------------------------------------------------------------------------

    def words(self, words: str, x: float, y: float, size: float, bold: bool = False, grey: float = 0.0) -> float:
        """Text with its baseline at y mm; gives its width in mm."""
        chain = self.fonts.chain(bold)
        chain.require(words, self.title)
        self.canvas.setFillGray(grey)
        text = self.canvas.beginText(x * MM, A4[1] - y * MM)
        for font, piece in chain.runs(words):
            text.setFont(font, size)
            text.textOut(piece)
        self.canvas.drawText(text)
        return chain.width(words, size) / MM

    def heading(self, words: str, size: float = 20.0) -> None:
        width = self.fonts.bold.width(words, size) / MM
        self.words(words, (210 - width) / 2, self.y + size * 0.36, size, bold=True)
        self.y += size * 0.36 + 4

    def note(self, words: str, size: float = 8.5, grey: float = 0.25) -> None:
        for line in wrap(words, WIDTH * MM, lambda t: self.fonts.regular.width(t, size)):
            self.words(line, LEFT, self.y + size * 0.36, size, grey=grey)
            self.y += size * 0.5
        self.y += 1

    def foot(self, words: str) -> None:
        width = self.fonts.regular.width(words, 8) / MM
        self.words(words, (210 - width) / 2, 288, 8, grey=0.35)

    def new_page(self) -> None:
        self.canvas.showPage()
        self.page += 1
        self.y = 18.0

    def row(self, height: float, cells: Sequence[Cell], left: float = LEFT) -> None:
        """One row of the grid; its cells from left to right."""
        x = left
        for cell in cells:
            self._frame(x, self.y, cell.width, height)
            self._cell(cell, x, height)
            x += cell.width
        self.y += height

    def rows(self, height: float, count: int, cells: Sequence[Cell]) -> None:
        """The same row several times; {row} in names is its number."""
        for number in range(1, count + 1):
            self.row(height, [_numbered(cell, number) for cell in cells])

    def _frame(self, x: float, y: float, width: float, height: float) -> None:
        self.canvas.setStrokeGray(_INK)
        self.canvas.setLineWidth(0.6)
        self.canvas.rect(x * MM, A4[1] - (y + height) * MM, width * MM, height * MM)

    def _cell(self, cell: Cell, x: float, height: float) -> None:
        match cell:
            case Label():
                self._label(cell, x, height)
            case Text():
                self._text(cell, x, height)
            case Ticks():
                self._ticks(cell, x, height)
            case Combo():
                place = (x + 1, self.y + 1, cell.width - 2, height - 2)
                self.placed.append(PlacedField(cell.name, "combo", self.page, place, options=cell.options))
            case Sign():
                wide = self.words(cell.words, x + 2, self.y + 6, 10)
                place = (x + wide + 4, self.y + 1, max(cell.width - wide - 6, 10.0), height - 2)
                self.placed.append(PlacedField(cell.name, "sign", self.page, place))

    def _label(self, cell: Label, x: float, height: float) -> None:
        chain = self.fonts.chain(cell.bold)
        lines = wrap(cell.words, (cell.width - 2) * MM, lambda t: chain.width(t, cell.size))
        step = cell.size * 1.25 / MM
        top = self.y + (height - step * len(lines)) / 2
        for number, line in enumerate(lines):
            spare = cell.width - chain.width(line, cell.size) / MM
            at = x + (spare / 2 if cell.align == "c" else 2)
            self.words(line, at, top + number * step + step * 0.76, cell.size, cell.bold)

    def _text(self, cell: Text, x: float, height: float) -> None:
        wide = cell.width
        if cell.after:
            after = self.fonts.regular.width(cell.after, 9) / MM
            self.words(cell.after, x + cell.width - after - 1.5, self.y + height / 2 + 1.2, 9)
            wide -= after + 2.5
        place = (x + 0.6, self.y + 0.6, wide - 1.2, height - 1.2)
        if cell.cells:
            place = (x, self.y, cell.width, height)
            self.canvas.setLineWidth(0.3)
            for number in range(1, cell.cells):
                at = (x + number * cell.width / cell.cells) * MM
                self.canvas.line(at, A4[1] - self.y * MM, at, A4[1] - (self.y + height) * MM)
        flags = cell.required * _REQUIRED | cell.lines * _MULTILINE | bool(cell.cells) * _COMB
        found = PlacedField(cell.name, "text", self.page, place, flags, cell.cells, cell.align)
        self.placed.append(found)

    def _ticks(self, cell: Ticks, x: float, height: float) -> None:
        side, at, y = 3.4, x + 2, self.y + (height / 2 if height <= 11 else 4.5) - 1.7
        for name, words in cell.choices:
            wide = self.fonts.regular.width(words, 9.5) / MM
            if at + side + 1 + wide > x + cell.width and at > x + 2:
                at, y = x + 2, y + 6
            self.canvas.setLineWidth(0.6)
            self.canvas.rect(at * MM, A4[1] - (y + side) * MM, side * MM, side * MM)
            self.words(words, at + side + 1.2, y + 2.9, 9.5)
            kind, own = ("radio", cell.group) if cell.group else ("tick", name)
            self.placed.append(PlacedField(own, kind, self.page, (at, y, side, side), state=name))
            at += cell.step or side + wide + 5

    # -- done -------------------------------------------------------------------------------------------------

    def flat(self) -> bytes:
        """The printed form without fields."""
        with PAINTING:
            self.canvas.showPage()
            self.canvas.save()
        return self.out.getvalue()

    def with_fields(self) -> bytes:
        """The printed form with the PDF's fields in its boxes."""
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(self.flat())))
        add_fields(writer, self.placed)
        writer.add_metadata({"/Title": self.title, "/Producer": "Yichuang 一窗"})
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()


def _numbered(cell: Cell, number: int) -> Cell:
    from dataclasses import replace

    match cell:
        case Label():
            return replace(cell, words=cell.words.replace("{row}", str(number)))
        case Text():
            return replace(cell, name=cell.name.replace("{row}", str(number)))
        case _:
            return cell


def add_fields(writer: PdfWriter, placed: Sequence[PlacedField]) -> None:
    """An AcroForm with these fields (ISO 32000-1 §12.7); letters left to the reader are Helvetica."""
    helvetica = writer._add_object(
        DictionaryObject(
            {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
             NameObject("/BaseFont"): NameObject("/Helvetica")}
        )
    )  # fmt: skip
    fields = ArrayObject()
    groups: dict[str, Any] = {}
    for one in placed:
        widget = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/F"): NumberObject(4),
                NameObject("/Rect"): _rect(one.place),
                NameObject("/P"): writer.pages[one.page].indirect_reference,
            }
        )
        reference = writer._add_object(widget)
        match one.kind:
            case "radio":
                if one.name not in groups:
                    groups[one.name] = _named(one.name, "/Btn", _RADIO)
                    groups[one.name][NameObject("/Kids")] = ArrayObject()
                    fields.append(writer._add_object(groups[one.name]))
                groups[one.name]["/Kids"].append(reference)
                widget[NameObject("/Parent")] = groups[one.name].indirect_reference
                _states(writer, widget, one)
            case "tick":
                widget.update(_named(one.name, "/Btn", one.flags))
                _states(writer, widget, one)
                fields.append(reference)
            case "sign":
                widget.update(_named(one.name, "/Sig", 0))
                fields.append(reference)
            case kind:
                widget.update(_named(one.name, "/Ch" if kind == "combo" else "/Tx", one.flags))
                widget[NameObject("/DA")] = TextStringObject("/Helv 10 Tf 0 g")
                widget[NameObject("/Q")] = NumberObject(one.align)
                if one.cells:
                    widget[NameObject("/MaxLen")] = NumberObject(one.cells)
                if kind == "combo":
                    widget[NameObject("/Ff")] = NumberObject(_COMBO)
                    widget[NameObject("/Opt")] = ArrayObject(
                        ArrayObject([TextStringObject(stored), TextStringObject(shown)])
                        for stored, shown in one.options
                    )
                fields.append(reference)
        page: Any = writer.pages[one.page]
        if "/Annots" not in page:
            page[NameObject("/Annots")] = ArrayObject()
        page["/Annots"].append(reference)
    writer._root_object[NameObject("/AcroForm")] = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Fields"): fields,
                NameObject("/DA"): TextStringObject("/Helv 10 Tf 0 g"),
                NameObject("/DR"): DictionaryObject(
                    {NameObject("/Font"): DictionaryObject({NameObject("/Helv"): helvetica})}
                ),
            }
        )
    )


def _named(name: str, kind: str, flags: int) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/T"): TextStringObject(name),
            NameObject("/FT"): NameObject(kind),
            NameObject("/Ff"): NumberObject(flags),
        }
    )


def _states(writer: PdfWriter, widget: DictionaryObject, one: PlacedField) -> None:
    """Both states of a button, without drawing: the square is printed on the page."""
    width, height = one.place[2] * MM, one.place[3] * MM
    looks = DictionaryObject()
    for state in (one.state if one.kind == "radio" else "Yes", "Off"):
        look = DecodedStreamObject()
        look.set_data(b"")
        look[NameObject("/Type")] = NameObject("/XObject")
        look[NameObject("/Subtype")] = NameObject("/Form")
        look[NameObject("/BBox")] = ArrayObject([FloatObject(part) for part in (0, 0, width, height)])
        looks[NameObject(f"/{state}")] = writer._add_object(look)
    widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): looks})
    widget[NameObject("/AS")] = NameObject("/Off")


def _rect(place: tuple[float, float, float, float]) -> ArrayObject:
    left, top, width, height = (part * MM for part in place)
    sides = (left, A4[1] - top - height, left + width, A4[1] - top)
    return ArrayObject([FloatObject(round(side, 3)) for side in sides])
