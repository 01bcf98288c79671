"""What goes into each box of a form for one case: worked out before anything is drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.documents.fonts import PaperFonts
from app.documents.layout import MM
from app.documents.official.blank import Blank, FieldKind, PageBox, PdfField, Widget, no_field, no_place
from app.documents.official.drawing import PAD, TICK, Body, Comb, Tick, Words
from app.documents.official.fitting import cells, fit
from app.documents.official.mapping import Align, Box, Kind, OfficialForm, Style, TableMap, table_boxes
from app.documents.official.values import Hole, Template, spoken
from app.domain.errors import BadInput
from app.domain.item import Catalog, Element, ElementType, Item, holds
from app.domain.official import BoxFinding, FilledBox, Place, Trouble
from app.domain.table import Row, read_table

SEE_SHEET = "见附页"
"""What stands in a box whose text is on the continuation sheet."""
_ALIGN = {0: Align.LEFT, 1: Align.CENTER, 2: Align.RIGHT}
_ROW = "row"


@dataclass(frozen=True, slots=True)
class Filling:
    """What a form is filled from. values: of the combined form, as stored. day: today's legal date."""

    values: Mapping[str, str]
    catalog: Catalog
    item: Item
    hall: str
    day: dt.date

    def everything(self) -> dict[str, str]:
        """The values, and what every form may use beside them (ITEM_KEYS)."""
        department = self.catalog.departments.get(self.item.department)
        own = {
            "item.name": self.item.name,
            "item.code": self.item.code,
            "item.situation": self.item.situation,
            "item.department": department.name if department else "",
            "window.hall": self.hall,
            "window.date": self.day.isoformat(),
        }
        return {**self.values, **own}

    def element(self, key: str) -> Element:
        """The data element of a field; what is none is plain text."""
        if key == "window.date":
            return Element("date", "", "", ElementType.DATE)
        known = self.catalog.elements.get(key.rpartition(".")[2]) if not key.startswith(("item.", "window.")) else None
        return known or Element(key, "", "", ElementType.TEXT)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is drawn. x, y: the lower left corner, from the page's as it is seen; points."""

    page: int
    x: float
    y: float
    width: float
    height: float
    widget: Widget | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """One box with what is drawn on each of its spots; pdf_value: what the PDF's field holds."""

    box: Box
    text: str
    drawn: tuple[tuple[Spot, Body], ...]
    pdf_field: PdfField | None = None
    pdf_value: str = ""


@dataclass(slots=True)
class Carried:
    """What goes to the continuation sheet: (page from 1, label, text) and whole rows of tables."""

    texts: list[tuple[int, str, str]] = field(default_factory=list)
    tables: list[tuple[int, TableMap, list[tuple[str, ...]]]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.texts or self.tables)


class Settler:
    """Settles one form for one case. Results: `settled`, `findings`, `carried`."""

    def __init__(self, form: OfficialForm, blank: Blank, fonts: PaperFonts, filling: Filling) -> None:
        self._form, self._blank, self._fonts, self._filling = form, blank, fonts, filling
        self._values = filling.everything()
        self._fields = {known.name: known for known in blank.fields}
        self.settled: list[Settled] = []
        self.findings: list[BoxFinding] = []
        self.carried = Carried()

    def run(self) -> None:
        """BadInput when the mapping does not fit the blank (`lint` tells it beforehand)."""
        seen: set[str] = set()
        for box in self._form.boxes:
            seen.add(box.name)
            if not box.by_hand:
                self._box(box)
        for table in self._form.tables:
            seen.update(box.name for box in table_boxes(self._form.kind, table))
            self._table(table)
        for known in self._blank.fields:
            if known.required and known.name not in seen and known.kind is not FieldKind.SIGNATURE:
                page = known.widgets[0].page if known.widgets else -1
                self.findings.append(BoxFinding(Trouble.UNMAPPED, known.name, known.name, page=page))

    def places(self) -> tuple[FilledBox, ...]:
        """Each box for who shows the page."""
        found = []
        for done in self.settled:
            for spot, body in done.drawn:
                text = done.text if body is not None else ""
                found.append(
                    FilledBox(done.box.name, done.box.label, spot.page, self._share(spot), done.box.keys, text)
                )
        return tuple(found)

    # -- one box ----------------------------------------------------------------------------------------------

    def _say(self, hole: Hole) -> str:
        key = next((key for key in hole.keys if self._values.get(key)), "")
        return spoken(self._values[key], self._filling.element(key), hole.format) if key else ""

    def _box(self, box: Box) -> None:
        known = self._field(box) if self._form.kind is Kind.ACROFORM else None
        spots = self._spots(box, known)
        if not holds(box.when, self._values):
            self._put(box, known, spots, "", [None] * len(spots))
        elif box.tick is not None:
            self._tick(box, known, spots, holds(box.tick, self._values))
        elif box.choose:
            self._choose(box, known, spots)
        elif box.template is not None:
            self._text(box, known, spots, box.template.text(self._say))

    def _text(self, box: Box, known: PdfField | None, spots: Sequence[Spot], text: str) -> None:
        style = self._style(box, known)
        if not text:
            if box.required or (known is not None and known.required):
                self._find(Trouble.EMPTY, box, spots)
            self._put(box, known, spots, "", [None] * len(spots))
            return
        chain = self._fonts.chain(style.bold)
        try:
            chain.require("".join(text.split()), box.label)
        except BadInput as error:
            char = next((c for c in text if not c.isspace() and chain.index_of(c) is None), error.what)
            self._find(Trouble.UNDRAWABLE, box, spots, chars=len(text), detail=char)
            self._put(box, known, spots, "", [None] * len(spots))
            return
        comb = box.cells or (known.cells if known is not None else 0)
        bodies = [self._body(text, spot, style, comb) for spot in spots]
        limit = known.limit if known is not None and not comb else 0
        room = min((found for found in bodies if isinstance(found, int)), default=None)
        if room is None and limit and len(text) > limit:
            room = limit
        if room is None:
            self._put(box, known, spots, text, [body for body in bodies if not isinstance(body, int)])
            return
        if style.carry and not comb:
            pointers = [self._body(SEE_SHEET, spot, replace(style, lines=False), 0) for spot in spots]
            if not any(isinstance(found, int) for found in pointers):
                self.carried.texts.append((spots[0].page + 1, box.label, text))
                self._find(Trouble.CONTINUED, box, spots, chars=len(text), room=room)
                self._put(box, known, spots, SEE_SHEET, [body for body in pointers if not isinstance(body, int)])
                return
        self._find(Trouble.TOO_LONG, box, spots, chars=len(text), room=room)
        self._put(box, known, spots, "", [None] * len(spots))

    def _body(self, text: str, spot: Spot, style: Style, comb: int) -> Body | int:
        """What is drawn; a number when it does not fit: so many characters would have."""
        chain = self._fonts.chain(style.bold)
        if comb:
            parts = cells(text)
            if len(parts) > comb:
                return comb
            size = min([style.size, spot.height, *(spot.width / comb / (chain.width(p, 1.0) or 1.0) for p in parts)])
            return Comb(tuple(parts), comb, size, style.bold) if size >= style.least else 0
        lines = bool(style.lines)
        down = 2 * PAD if lines else 0.0
        found = fit(text, spot.width - 2 * PAD, spot.height - down, chain, style.size, style.least, lines)
        return Words(found.lines, found.size, style.align, style.bold) if found.whole else found.room

    def _tick(self, box: Box, known: PdfField | None, spots: Sequence[Spot], on: bool) -> None:
        value = (known.widgets[0].on or "Yes") if known is not None and known.widgets else ""
        self._put(box, known, spots, TICK if on else "", [Tick() if on else None] * len(spots), value if on else "")

    def _choose(self, box: Box, known: PdfField | None, spots: Sequence[Spot]) -> None:
        code = self._values.get(box.choose, "")
        # An option of "" says that nothing is to be chosen; of the items only those are named that choose something.
        wanted = box.options.get(code, "" if box.choose == "item.code" else code)
        if not wanted or known is None:
            if box.required or (known is not None and known.required):
                self._find(Trouble.EMPTY, box, spots)
            self._put(box, known, spots, "", [None] * len(spots))
            return
        if known.kind is FieldKind.RADIO:
            hits = [spot.widget is not None and wanted in self._names(known, spot.widget) for spot in spots]
            if any(hits):
                on = next(s.widget.on for s, hit in zip(spots, hits, strict=True) if hit and s.widget is not None)
                self._put(box, known, spots, TICK, [Tick() if hit else None for hit in hits], on)
                return
        else:
            for stored, shown in known.options:
                if wanted in (stored, shown):
                    style = replace(self._style(box, known), lines=False)
                    bodies = [self._body(shown, spot, style, 0) for spot in spots]
                    if any(isinstance(body, int) for body in bodies):
                        self._find(
                            Trouble.TOO_LONG,
                            box,
                            spots,
                            chars=len(shown),
                            room=min(b for b in bodies if isinstance(b, int)),
                        )
                        break
                    self._put(box, known, spots, shown, [b for b in bodies if not isinstance(b, int)], stored)
                    return
        if not self.findings or self.findings[-1].box != box.name:
            title = self._filling.element(box.choose).codes.get(code, code)
            self._find(Trouble.NO_OPTION, box, spots, detail=title)
        self._put(box, known, spots, "", [None] * len(spots))

    @staticmethod
    def _names(known: PdfField, widget: Widget) -> tuple[str, ...]:
        """What a radio button may be called: its state, or the form's word for it."""
        number = int(widget.on) if widget.on.isdecimal() else -1
        shown = known.options[number][1] if 0 <= number < len(known.options) else ""
        return tuple(filter(None, (widget.on, shown)))

    # -- tables -----------------------------------------------------------------------------------------------

    def _table(self, table: TableMap) -> None:
        rows = read_table(self._values.get(table.key, ""))
        boxes = list(table_boxes(self._form.kind, table))
        wide = len(table.columns)
        for number in range(table.rows):
            said = rows[number] if number < len(rows) else None
            for box in boxes[number * wide : (number + 1) * wide]:
                self._row_box(box, said, number)
        if table.required and not rows:
            self.findings.append(BoxFinding(Trouble.EMPTY, table.name, table.label, (table.key,), page=table.page - 1))
        if len(rows) > table.rows:
            rest = rows[table.rows :]
            trouble = Trouble.CONTINUED if table.style.carry else Trouble.TOO_LONG
            page = self.settled[-1].drawn[0][0].page if self.settled and self.settled[-1].drawn else 0
            self.findings.append(
                BoxFinding(trouble, table.name, table.label, (table.key,), len(rows), table.rows, "rows", page)
            )
            if table.style.carry:
                said_rows = [
                    tuple(self._cell(column.template, row, table.rows + n) for column in table.columns)
                    for n, row in enumerate(rest)
                ]
                self.carried.tables.append((page + 1, table, said_rows))

    def _row_box(self, box: Box, row: Row | None, number: int) -> None:
        known = self._field(box) if self._form.kind is Kind.ACROFORM else None
        text = self._cell(box.template, row, number) if row is not None and box.template is not None else ""
        # A row that is not there lacks nothing, whatever the form's field says.
        asked = replace(known, required=False) if known is not None else None
        self._text(box, asked, self._spots(box, known), text)

    def _cell(self, template: Template, row: Row, number: int) -> str:
        def say(hole: Hole) -> str:
            if _ROW in hole.keys:
                return str(number + 1)
            key = next((key for key in hole.keys if row.get(key)), "")
            return spoken(row[key], self._filling.element(key), hole.format) if key else ""

        return template.text(say)

    # -- geometry ---------------------------------------------------------------------------------------------

    def _field(self, box: Box) -> PdfField:
        known = self._fields.get(box.name)
        if known is None:
            raise no_field(box.name)
        return known

    def _spots(self, box: Box, known: PdfField | None) -> tuple[Spot, ...]:
        if known is not None:
            return tuple(self._widget_spot(widget) for widget in known.widgets)
        if box.at is None or not 1 <= box.page <= len(self._blank.pages):
            raise no_place(box.label)
        left, top, width, height = (part * MM for part in box.at)
        _, page_height = seen(self._blank.pages[box.page - 1])
        right, down = (part * MM for part in self._form.offset)
        return (Spot(box.page - 1, left + right, page_height - top - height - down, width, height),)

    def _widget_spot(self, widget: Widget) -> Spot:
        page, (left, bottom, right, top) = self._blank.pages[widget.page], widget.rect
        return Spot(widget.page, left - page.x, bottom - page.y, right - left, top - bottom, widget)

    def _share(self, spot: Spot) -> Place:
        width, height = seen(self._blank.pages[spot.page])
        return spot.x / width, 1 - (spot.y + spot.height) / height, spot.width / width, spot.height / height

    def _style(self, box: Box, known: PdfField | None) -> Style:
        style = box.style
        if known is None:
            return replace(style, lines=bool(style.lines))
        align = _ALIGN.get(known.align, Align.LEFT) if style.align is Align.LEFT else style.align
        return replace(style, lines=known.lines if style.lines is None else style.lines, align=align)

    def _put(
        self,
        box: Box,
        known: PdfField | None,
        spots: Sequence[Spot],
        text: str,
        bodies: Sequence[Body],
        pdf_value: str = "",
    ) -> None:
        drawn = tuple(zip(spots, bodies, strict=True))
        self.settled.append(Settled(box, text, drawn, known, pdf_value or (text if text != TICK else "")))

    def _find(
        self, trouble: Trouble, box: Box, spots: Sequence[Spot], chars: int = 0, room: int = 0, detail: str = ""
    ) -> None:
        page = spots[0].page if spots else -1
        self.findings.append(BoxFinding(trouble, box.name, box.label, box.keys, chars, room, detail, page))


def seen(page: PageBox) -> tuple[float, float]:
    """Width and height of a page as it is seen, points."""
    return (page.height, page.width) if page.turned % 180 else (page.width, page.height)


def each(settled: Sequence[Settled]) -> Iterator[tuple[Settled, Spot, Body]]:
    """Every spot with what is drawn there."""
    for done in settled:
        for spot, body in done.drawn:
            yield done, spot, body
