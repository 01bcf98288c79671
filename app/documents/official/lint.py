"""Checking official forms before they are used: mapping, blank and catalogue held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import resources
from app.catalog.build import build
from app.catalog.parts import Built
from app.catalog.source import Entry, Finding, Source
from app.documents.layout import MM
from app.documents.official.blank import Blank, FieldKind, PdfField, load_blank
from app.documents.official.forms import form_folders, known_forms
from app.documents.official.mapping import ITEM_KEYS, Box, Kind, OfficialForm, TableMap, all_boxes, read_form
from app.documents.official.settle import seen
from app.documents.official.values import AMOUNT_FORMATS, DATE_FORMATS, Template
from app.domain.errors import BadInput
from app.domain.item import Element, ElementType, When

_ROLE_OF = {FieldKind.TEXT: "text", FieldKind.TICK: "tick", FieldKind.RADIO: "choose", FieldKind.CHOICE: "choose"}
_SLACK = 0.5
"""mm by which boxes may overlap: they are drawn to the middle of a line."""


def lint_official(catalog: Path, folders: tuple[Path, ...] | None = None) -> list[Finding]:
    """All mistakes of the forms of a catalogue in a folder, by file and line. folders: where the forms lie; None: as
    the program looks for them. Soft findings do not keep a form from being used."""
    findings: list[Finding] = []
    built = build(Source(catalog, lambda _: None))
    forms = known_forms(folders if folders is not None else form_folders(catalog))
    named: dict[str, list[str]] = {}
    for item in built.catalog.items.values():
        place = built.items_at[item.code].at("official")
        for number, name in enumerate(item.official):
            named.setdefault(name, []).append(item.code)
            if name not in forms:
                where = place.down(number)
                known = f"可用：{'、'.join(sorted(forms))}"
                findings.append(Finding(f"{where.file}", where.line, f"没有官方表样“{name}”", known))
    shipped, foreign = resources.path("official"), catalog.resolve() != resources.path("catalog").resolve()
    for name, folder in forms.items():
        borrowed = foreign and folder == shipped
        if borrowed and name not in named:
            continue  # made for the catalogue that is shipped beside it
        # What a borrowed form has no value for stays empty and is told when it is filled: no mistake of this catalogue.
        told = (lambda f: findings.append(replace(f, soft=True))) if borrowed else findings.append
        source = Source(folder, told)
        form = read_form(source, f"{name}.yaml")
        if form is not None:
            _Form(source, form, built, tuple(named.get(name, ()))).lint()
    # Named as the clerk of a city finds them: official/FILE, beside the catalogue's own files.
    shown = [f if "/" in f.file or not _of_form(f, forms) else replace(f, file=f"official/{f.file}") for f in findings]
    return sorted(set(shown), key=lambda f: (f.file, f.line, f.message))


def _of_form(finding: Finding, forms: Mapping[str, Path]) -> bool:
    return finding.file.removesuffix(".yaml") in forms


class _Form:
    """One form with what it is held against."""

    def __init__(self, source: Source, form: OfficialForm, built: Built, items: tuple[str, ...]) -> None:
        self._form, self._built, self._items = form, built, items
        entry = source.quiet(form.file)
        assert entry is not None  # noqa: S101 - it has just been read
        self._entry: Entry = entry
        asked = (use.key for code in items for use in built.catalog.items[code].fields)
        self._asked = frozenset(asked)

    def lint(self) -> None:
        form = self._form
        if not self._items:
            self._entry.problem("没有事项使用这份表样", "在事项里写 official: [表样名称]", soft=True)
        for name in form.materials:
            if name not in self._built.materials:
                self._entry.down("materials").problem(f"没有材料“{name}”", "核对 materials/ 里的名称")
        for box in form.boxes:
            self._box(box, self._entry.down("boxes", box.name))
        for table in form.tables:
            self._table(table, self._entry.down("tables", table.name))
        try:
            blank = load_blank(form.blank, form.paper)
        except BadInput as error:
            self._entry.down("blank").problem(f"{error.title}：{error.what}", error.todo)
            return
        if blank.scripts:
            self._entry.down("blank").problem("空白表样里有脚本", "在 PDF 软件中删去脚本后另存", soft=True)
        if form.kind is Kind.ACROFORM:
            self._fields(blank)
        else:
            self._places(blank)

    # -- against the catalogue --------------------------------------------------------------------------------

    def _box(self, box: Box, place: Entry) -> None:
        if box.template is not None:
            self._template(box.template, place.down("text"))
        if box.tick is not None:
            self._condition(box.tick, place.down("tick"))
        self._condition(box.when, place.down("when"))
        if box.choose and self._key(box.choose, place.down("choose")) and box.choose != "item.code":
            element = self._element(box.choose)
            if element.type is not ElementType.CHOICE:
                place.down("choose").problem(f"“{box.choose}”不是选择项", "选择项才能用 choose，其余用 text")
            else:
                for code in box.options:
                    if code not in element.codes:
                        place.down("options", code).problem(f"“{box.choose}”没有代码“{code}”", _choices(element))
        elif box.choose == "item.code":
            for code in box.options:
                if code not in self._built.catalog.items:
                    place.down("options", code).problem(f"没有事项“{code}”", "填 33 位业务办理项编码")

    def _template(self, template: Template, place: Entry) -> None:
        for key, name in ((key, hole.format) for hole in template.holes for key in hole.keys):
            if not self._key(key, place):
                continue
            kind = ElementType.DATE if key == "window.date" else self._element(key).type
            self._format(name, kind, key, place)
            if kind is ElementType.TABLE:
                place.problem(f"“{key}”是表格", "表格写在 tables 里")

    @staticmethod
    def _format(name: str, kind: ElementType, key: str, place: Entry) -> None:
        if name in DATE_FORMATS and kind is not ElementType.DATE:
            place.problem(f"“{key}”不是日期，不能用格式“{name}”", "去掉冒号后的格式")
        if name in AMOUNT_FORMATS and kind not in (ElementType.INTEGER, ElementType.DECIMAL):
            place.problem(f"“{key}”不是数字，不能用格式“{name}”", "去掉冒号后的格式")

    def _condition(self, when: When, place: Entry) -> None:
        for key, values in when.items():
            if not self._key(key, place.down(key)) or key.startswith(("item.", "window.")):
                continue
            element = self._element(key)
            for value in values:
                if element.type is ElementType.CHOICE and value not in (*element.codes, "*", ""):
                    place.down(key).problem(f"“{key}”没有代码“{value}”", _choices(element))

    def _key(self, key: str, place: Entry) -> bool:
        """Is there such a field at all? That no item asks for it is only worth a look."""
        if key in ITEM_KEYS:
            return True
        role, _, element = key.partition(".")
        if role not in self._built.catalog.roles or element not in self._built.catalog.elements:
            place.problem(f"没有字段“{key}”", f"写成 角色.数据元，或者 {'、'.join(ITEM_KEYS)}")
            return False
        if self._items and key not in self._asked:
            place.problem(f"使用这份表样的事项都不问“{key}”", "核对字段名，或者删去", soft=True)
        return True

    def _element(self, key: str) -> Element:
        name = key.rpartition(".")[2]
        known = self._built.catalog.elements.get(name) if key not in ITEM_KEYS else None
        return known or Element(key, "", "", ElementType.TEXT)

    def _table(self, table: TableMap, place: Entry) -> None:
        if not self._key(table.key, place.down("table")):
            return
        element = self._element(table.key)
        if element.type is not ElementType.TABLE:
            place.down("table").problem(f"“{table.key}”不是表格", "不是表格的写在 boxes 里")
            return
        if table.rows < 1:
            place.down("rows").problem("表格至少要有一行", "填表上印好的行数")
        for column in table.columns:
            where = place.down("columns", column.name)
            for key, name in ((key, hole.format) for hole in column.template.holes for key in hole.keys):
                if key == "row":
                    continue
                if key not in element.columns:
                    where.problem(f"“{table.key}”没有列“{key}”", f"可用：{'、'.join(element.columns)}、row")
                else:
                    self._format(name, self._element(key).type, key, where)

    # -- against the blank ------------------------------------------------------------------------------------

    def _fields(self, blank: Blank) -> None:
        known = {field.name: field for field in blank.fields}
        seen_boxes: dict[str, int] = {}
        for box in all_boxes(self._form):
            place = self._where(box)
            if box.name not in known:
                place.problem(f"空白表样里没有表单域“{box.name}”", f"表样里有：{'、'.join(sorted(known)[:8])}…")
                continue
            if box.name in seen_boxes:
                place.problem(f"表单域“{box.name}”已在第 {seen_boxes[box.name]} 行写过", "只保留一处")
            seen_boxes[box.name] = box.line
            if not box.by_hand:
                self._fits(box, known[box.name], place)
        for field in blank.fields:
            if field.name not in seen_boxes and field.kind in _ROLE_OF:
                self._entry.down("boxes").problem(
                    f"{'必填的' if field.required else ''}表单域“{field.name}”没有对应的内容",
                    "补上映射，或者写 by_hand: true（留给本人手写）",
                    soft=not field.required,
                )

    def _fits(self, box: Box, field: PdfField, place: Entry) -> None:
        way = "text" if box.template is not None else "tick" if box.tick is not None else "choose"
        wanted = _ROLE_OF.get(field.kind)
        if wanted != way:
            todo = f"这个域用 {wanted}" if wanted else "签名域和按钮写 by_hand: true"
            place.problem(f"表单域“{box.name}”不能用 {way} 填", todo)
        elif not field.widgets:
            place.problem(f"表单域“{box.name}”不在任何一页上", "在 PDF 软件中核对表单域")
        elif way == "choose":
            names = {name for option in field.options for name in option} | {w.on for w in field.widgets}
            codes = self._element(box.choose).codes if box.choose != "item.code" else box.options
            for code in codes:
                target = box.options.get(code, code)
                if target and target not in names:
                    place.problem(
                        f"代码“{code}”在表单域“{box.name}”里没有对应的选项",
                        f"在 options 里写明，可用：{'、'.join(sorted(filter(None, names)))}；不选的写空文字",
                    )

    def _places(self, blank: Blank) -> None:
        placed: list[tuple[Box, tuple[float, float, float, float]]] = []
        for box in all_boxes(self._form):
            where = self._where(box)
            if box.choose:
                where.problem("套打的表样不能用 choose", "每个选项框写一个 tick")
            if not 1 <= box.page <= len(blank.pages):
                where.problem(f"没有第 {box.page} 页", f"空白表样共 {len(blank.pages)} 页")
            elif box.at is not None:
                width, height = (part / MM for part in seen(blank.pages[box.page - 1]))
                x, y, wide, high = box.at
                if not (x >= 0 and y >= 0 and wide > 0 and high > 0 and x + wide <= width and y + high <= height):
                    where.problem(f"栏目不在纸内（{width:.0f}×{height:.0f} 毫米）", "at 为 [左, 上, 宽, 高]，毫米")
                for other, place in placed:
                    if other.page == box.page and _overlap(place, box.at):
                        where.problem(f"与“{other.label}”重叠", "核对 at", soft=True)
                        break
                placed.append((box, box.at))

    def _where(self, box: Box) -> Entry:
        if box.name in {own.name for own in self._form.boxes}:
            return self._entry.down("boxes", box.name)
        return next(iter(self._columns(box)), self._entry.down("tables"))

    def _columns(self, box: Box) -> Iterator[Entry]:
        for table in self._form.tables:
            for column in table.columns:
                if column.line == box.line and table.key == box.table:
                    yield self._entry.down("tables", table.name, "columns", column.name)


def _choices(element: Element) -> str:
    return f"可用：{'、'.join(list(element.codes)[:12])}"


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    high = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return wide > _SLACK and high > _SLACK
