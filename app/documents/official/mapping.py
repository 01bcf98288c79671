"""The file of an official form: which part of the combined form stands in which box (docs/official-forms.md).

Read with the catalogue's own reader, so that each mistake has its file and line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from app.catalog.source import Entry, Record, Source
from app.documents.official.values import BadTemplate, Template, parse
from app.domain.item import When

Choice = TypeVar("Choice", bound=StrEnum)

FORM_KEYS = (
    "title",
    "title_en",
    "edition",
    "kind",
    "blank",
    "paper",
    "offset",
    "materials",
    "defaults",
    "boxes",
    "tables",
)
STYLE_KEYS = ("size", "least", "align", "bold", "lines", "overflow")
BOX_KEYS = (
    "label",
    "when",
    "text",
    "tick",
    "choose",
    "options",
    "by_hand",
    "required",
    "cells",
    "page",
    "at",
    *STYLE_KEYS,
)
TABLE_KEYS = ("label", "table", "rows", "columns", "page", "top", "row_height", "required", *STYLE_KEYS)
COLUMN_KEYS = ("text", "box", "x", "width", "cells", "title", *STYLE_KEYS)

ITEM_KEYS = ("item.name", "item.code", "item.situation", "item.department", "window.hall", "window.date")
"""What every form may use beside the fields: the item it is filled for, the hall, and today's legal date."""


class Kind(StrEnum):
    """acroform: a PDF with fields. overlay: a picture or PDF of a paper form, on which we write."""

    ACROFORM = "acroform"
    OVERLAY = "overlay"


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Style:
    """size, least: points. lines: may be broken into lines (None: as the PDF's field says). carry: what does not fit
    goes to a continuation sheet."""

    size: float = 10.5
    least: float = 7.0
    align: Align = Align.LEFT
    bold: bool = False
    lines: bool | None = None
    carry: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """One box. Exactly one of template, tick, choose and by_hand says what stands there.

    when: filled only if this holds. at: left, top, width, height in mm on page (from 1) of an overlay; None in an
    AcroForm. cells: of a comb, 0: none.
    table: the field whose row this box shows, "" for a box of its own. line: in the file.
    """

    name: str
    label: str
    style: Style
    template: Template | None = None
    tick: When | None = None
    choose: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    by_hand: bool = False
    required: bool = False
    when: When = field(default_factory=dict)
    cells: int = 0
    page: int = 1
    at: tuple[float, float, float, float] | None = None
    table: str = ""
    line: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields of the combined form behind it."""
        if self.table:
            return (self.table,)
        if self.template is not None:
            return self.template.keys
        return tuple(self.tick) if self.tick is not None else (self.choose,) if self.choose else ()


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """One column. template: over the row's cells and {row}, its number. box: the PDF's field with {row} in its name;
    x, width: mm, of an overlay."""

    name: str
    title: str
    template: Template
    style: Style
    box: str = ""
    x: float = 0.0
    width: float = 0.0
    cells: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class TableMap:
    """A table field's rows. top, row_height: mm. rows: how many the form has room for."""

    name: str
    label: str
    key: str
    rows: int
    columns: tuple[ColumnMap, ...]
    style: Style
    page: int = 1
    top: float = 0.0
    row_height: float = 0.0
    required: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """One official form as its file says. paper: mm, of a blank that is a picture. offset: mm by which all boxes of an
    overlay move right and down, because the scan is off."""

    id: str
    title: str
    title_en: str
    edition: str
    kind: Kind
    blank: Path
    boxes: tuple[Box, ...]
    tables: tuple[TableMap, ...]
    materials: tuple[str, ...] = ()
    """Ids of the materials as which it may be handed in."""
    paper: tuple[float, float] = (210.0, 297.0)
    offset: tuple[float, float] = (0.0, 0.0)
    file: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """All fields of the combined form that it shows."""
        return frozenset((*(key for box in self.boxes for key in box.keys), *(table.key for table in self.tables)))


def read_form(source: Source, name: str) -> OfficialForm | None:
    """The form of a file of the folder; mistakes go to the source's report. None: nothing can be made of it."""
    entry = source.read(name)
    if entry is None or not entry.is_group:
        if entry is not None:
            entry.mapping()  # says that it is none
        return None
    record = entry.record(FORM_KEYS, ("title", "kind", "blank", "boxes"))
    kind = _one_of(record, "kind", Kind, Kind.OVERLAY)
    style = _style(record.at("defaults").record(STYLE_KEYS), Style()) if "defaults" in record.entries else Style()
    boxes = record.at("boxes").mapping() if "boxes" in record.entries else {}
    tables = record.at("tables").mapping() if "tables" in record.entries else {}
    return OfficialForm(
        id=Path(name).stem,
        title=record.text("title"),
        title_en=record.text("title_en"),
        edition=record.text("edition"),
        kind=kind,
        blank=source.folder / record.text("blank"),
        boxes=tuple(_box(box, place, kind, style) for box, place in boxes.items()),
        tables=tuple(_table(table, place, kind, style) for table, place in tables.items()),
        materials=record.texts("materials"),
        paper=_pair(record, "paper", (210.0, 297.0)),
        offset=_pair(record, "offset", (0.0, 0.0)),
        file=name,
    )


def _box(name: str, place: Entry, kind: Kind, base: Style) -> Box:
    record = place.record(BOX_KEYS, ("page", "at") if kind is Kind.OVERLAY else ())
    if kind is Kind.ACROFORM:
        for key in ("page", "at"):
            if key in record.entries:
                record.at(key).problem(f"PDF 表单里的栏目不用写“{key}”", "删去：位置以 PDF 里的表单域为准")
    ways = [way for way in ("text", "tick", "choose", "by_hand") if way in record.entries]
    if len(ways) != 1 and place.is_group:
        place.problem("一个栏目要且只要写明 text、tick、choose、by_hand 之一", "写明这一栏填什么")
    if "options" in record.entries and "choose" not in record.entries:
        record.at("options").problem("options 只用于 choose", "删去 options")
    at = _numbers(record, "at", 4)
    return Box(
        name,
        record.text("label", name),
        _style(record, base),
        template=_template(record, "text"),
        tick=record.lists("tick") if "tick" in record.entries else None,
        choose=record.text("choose"),
        options=record.text_map("options"),
        by_hand=record.flag("by_hand", False),
        required=record.flag("required", False),
        when=record.when(),
        cells=record.count("cells"),
        page=record.count("page", 1),
        at=(at[0], at[1], at[2], at[3]) if at else None,
        line=place.line,
    )


def _table(name: str, place: Entry, kind: Kind, base: Style) -> TableMap:
    needed = ("page", "top", "row_height") if kind is Kind.OVERLAY else ()
    record = place.record(TABLE_KEYS, ("table", "rows", "columns", *needed))
    style = _style(record, base)
    columns = record.at("columns").mapping() if "columns" in record.entries else {}
    return TableMap(
        name,
        record.text("label", name),
        record.text("table"),
        record.count("rows"),
        tuple(_column(column, part, kind, style) for column, part in columns.items()),
        style,
        page=record.count("page", 1),
        top=_number(record, "top", 0.0),
        row_height=_number(record, "row_height", 0.0),
        required=record.flag("required", False),
        line=place.line,
    )


def _column(name: str, place: Entry, kind: Kind, base: Style) -> ColumnMap:
    """In an AcroForm a text alone is the name of the PDF's field."""
    if not place.is_group:
        return ColumnMap(name, name, parse(f"{{{name}}}"), base, box=place.text(), line=place.line)
    record = place.record(COLUMN_KEYS, ("box",) if kind is Kind.ACROFORM else ("x", "width"))
    template = _template(record, "text") or parse(f"{{{name}}}")
    return ColumnMap(
        name,
        record.text("title", name),
        template,
        _style(record, base),
        box=record.text("box"),
        x=_number(record, "x", 0.0),
        width=_number(record, "width", 0.0),
        cells=record.count("cells"),
        line=place.line,
    )


def _style(record: Record, base: Style) -> Style:
    size = _number(record, "size", base.size)
    least = _number(record, "least", min(base.least, size))
    for name, value in (("size", size), ("least", least)):
        if not 3 <= value <= 72:
            record.at(name).problem(f"字号 {value:g} 不对", "填 3 到 72 之间的磅值")
    if least > size:
        record.at("least").problem("最小字号（least）比字号（size）还大", "改小 least")
    overflow = record.text("overflow", "carry" if base.carry else "refuse")
    if overflow not in ("carry", "refuse"):
        record.at("overflow").problem(f"overflow“{overflow}”不对", "填 carry（转附页）或者 refuse（提示放不下）")
    return Style(
        size,
        least,
        _one_of(record, "align", Align, base.align),
        record.flag("bold", base.bold),
        record.flag("lines", False) if "lines" in record.entries else base.lines,
        overflow == "carry",
    )


def _template(record: Record, name: str) -> Template | None:
    if name not in record.entries:
        return None
    try:
        return parse(record.text(name))
    except BadTemplate as error:
        record.at(name).problem(str(error), "写法见 docs/official-forms.md：{角色.数据元}，方括号里的可省略")
        return Template(())


def _one_of(record: Record, name: str, choices: type[Choice], default: Choice) -> Choice:
    said = record.text(name, default.value)
    try:
        return choices(said)
    except ValueError:
        record.at(name).problem(f"{name}“{said}”不对", f"填 {'、'.join(choices)} 之一")
        return default


def _number(record: Record, name: str, default: float) -> float:
    if name not in record.entries:
        return default
    value = record.entries[name].value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    record.at(name).problem("这里应为数字", "填数字，不加引号")
    return default


def _numbers(record: Record, name: str, count: int) -> tuple[float, ...]:
    """() when absent or malformed."""
    if name not in record.entries:
        return ()
    value = record.entries[name].value
    if isinstance(value, list) and len(value) == count and all(_is_number(part) for part in value):
        return tuple(float(part) for part in value)
    record.at(name).problem(f"这里应为 {count} 个数字（毫米）", f"写成 [{', '.join(['10'] * count)}] 的形式")
    return ()


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _pair(record: Record, name: str, default: tuple[float, float]) -> tuple[float, float]:
    found = _numbers(record, name, 2)
    return (found[0], found[1]) if found else default


def all_boxes(form: OfficialForm) -> Iterable[Box]:
    """The boxes, and those that the tables' rows make."""
    yield from form.boxes
    for table in form.tables:
        yield from table_boxes(form.kind, table)


def table_boxes(kind: Kind, table: TableMap) -> Iterable[Box]:
    """The boxes of all rows, row by row; each has its column's template."""
    is_pdf = kind is Kind.ACROFORM
    for row in range(table.rows):
        for column in table.columns:
            yield Box(
                column.box.replace("{row}", str(row + 1)) if is_pdf else f"{table.name}.{row + 1}.{column.name}",
                f"{table.label}第{row + 1}行{column.title}",
                column.style,
                template=column.template,
                cells=column.cells,
                page=table.page,
                at=None if is_pdf else (column.x, table.top + row * table.row_height, column.width, table.row_height),
                table=table.key,
                line=column.line,
            )
