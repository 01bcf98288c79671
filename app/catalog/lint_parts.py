"""What a reviewer would notice in departments, elements, roles and materials."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from jsonschema import Draft202012Validator, SchemaError
from stdnum.cn import uscc

from app.catalog.parts import Built
from app.catalog.source import Entry, Finding, Source
from app.domain.constraints import Contradiction, Schema, element_schema
from app.domain.item import FACE_CHECK, Element, ElementType, FieldUse, MaterialUse
from app.domain.person import CardType
from app.forms.combine import strictest

LONGEST = {"department": 30, "title": 30, "name": 60}
"""Characters that a name may have: three lines of the narrowest column in which the papers print it."""

_WAIVER = re.compile(r"(?:card|guardian):[a-z0-9_]+|query:[a-z0-9_]+|[a-z][a-z0-9_]*|[0-9A-Z]{21}")
_NEED = re.compile(r"query:[a-z][a-z0-9_]*")


def lint_head(built: Built, source: Source) -> None:
    """The version is of the form that cases and papers repeat."""
    version = built.catalog.version
    if version and not re.fullmatch(r"\d{4}\.\d{1,2}\.\d+", version):
        line = source.line("catalog.yaml", ("version",))
        source.report(Finding("catalog.yaml", line, f"版本号“{version}”不对", "写成年.月.序号，例如 2026.11.1"))


def lint_departments(built: Built) -> None:
    """Numbers that exist, and departments that have something to do."""
    busy = {item.department for item in built.catalog.items.values()}
    numbers: dict[str, str] = {}
    for department in built.catalog.departments.values():
        record = built.departments_at[department.id]
        if not uscc.is_valid(department.uscc):
            record.at("uscc").problem(
                f"统一社会信用代码 {department.uscc} 的长度或者校验位不对", "核对 18 位代码（GB 32100-2015）"
            )
        elif department.uscc in numbers:
            record.at("uscc").problem(
                f"统一社会信用代码与部门“{numbers[department.uscc]}”相同", "核对 18 位代码，一个部门一个代码"
            )
        numbers.setdefault(department.uscc, department.id)
        lint_name(record.at("name"), department.name, LONGEST["department"], "部门名称")
        lint_english(record.entry, department.name_en, department.name)
        if department.id not in busy:
            record.entry.problem(f"部门“{department.name}”没有事项", "确认是否还需要", soft=True)


def lint_roles(built: Built) -> None:
    """Roles' own wordings name elements; unused roles are noted."""
    used = {use.role for item in built.catalog.items.values() for use in item.fields}
    for role in built.catalog.roles.values():
        record = built.roles_at[role.id]
        for element in built.titles[role.id]:
            if element not in built.catalog.elements:
                record.at("titles").down(element).problem(
                    f"没有这个数据元：“{element}”", "核对编号，或者先在 elements/ 里定义"
                )
        lint_name(record.at("title"), role.title, LONGEST["title"], "角色名称")
        lint_english(record.entry, role.title_en, role.title)
        if role.id not in used:
            record.entry.problem(f"没有事项用到角色“{role.title}”", "确认是否还需要", soft=True)


def lint_elements(built: Built) -> set[str]:
    """The elements whose schema can be relied on."""
    catalog = built.catalog
    used = {use.element for item in catalog.items.values() for use in item.fields}
    used |= {column for element in catalog.elements.values() for column in element.columns}
    titles: dict[tuple[str, ElementType], str] = {}
    plain = {key for key, record in built.elements_at.items() if _is_sound(catalog.elements[key], record.entry)}
    sound = {key for key, element in catalog.elements.items() if _lint_columns(built, element, plain)}
    for element in catalog.elements.values():
        record = built.elements_at[element.id]
        if not element.standard:
            record.entry.problem("没有写明出自哪个标准或者哪张表", "补上 standard")
        lint_name(record.at("title"), element.title, LONGEST["title"], "数据元名称")
        lint_english(record.entry, element.title_en, element.title)
        twin = titles.setdefault((element.title, element.type), element.id)
        if twin != element.id:
            record.entry.problem(
                f"与数据元“{twin}”同名同类型（{element.title}），合并后会问两次", "同一内容只用一个数据元", soft=True
            )
        if element.id not in used:
            record.entry.problem(f"没有事项用到数据元“{element.title}”", "确认是否还需要", soft=True)
    return sound


def _is_sound(element: Element, place: Entry) -> bool:
    if element.type is ElementType.CHOICE and not element.codes:
        place.problem("choice 类型没有代码", "补上 codes")
    if element.codes and element.type is not ElementType.CHOICE:
        place.problem("只有 choice 类型才有代码", "把 type 改成 choice，或者删去 codes")
    if not schema_is_sound(element.schema, place.down("schema")):
        return False
    try:
        lint_default(element_schema(element), place)
    except Contradiction as error:
        place.problem(f"约束自相矛盾：{error}", "核对 schema 与 type、codes")
        return False
    return True


def _lint_columns(built: Built, element: Element, plain: Collection[str]) -> bool:
    """Can the element and its columns be relied on? plain: elements that are sound by themselves."""
    place = built.elements_at[element.id].entry
    if element.type is ElementType.TABLE and not element.columns:
        place.problem("table 类型没有列", "补上 columns，列出各列的数据元")
    if element.columns and element.type is not ElementType.TABLE:
        place.problem("只有 table 类型才有列", "把 type 改成 table，或者删去 columns")
    for number, column in enumerate(element.columns):
        at = place.down("columns", number)
        if element.columns.index(column) != number:
            at.problem(f"列“{column}”重复", "只保留一处")
        known = built.catalog.elements.get(column)
        if known and known.type is ElementType.TABLE:
            at.problem(f"列“{column}”本身是表格", "表格的列只能是单个的值")
    if element.type is not ElementType.TABLE or element.id not in plain:
        return element.id in plain
    if not lint_rows(element, element.schema, place) or not set(element.columns) <= set(plain):
        return False
    try:
        columns = [built.catalog.elements[column] for column in element.columns]
        strictest(element, columns, (FieldUse("", element.id),))
    except Contradiction as error:
        place.down("schema").problem(f"各列的要求与列的数据元相互矛盾：{error}", "放宽 schema 里 items 的要求")
        return False
    return True


def lint_materials(built: Built) -> None:
    """The shared definitions; unused ones are noted."""
    used = {material.id for item in built.catalog.items.values() for material in item.materials}
    asked: dict[str, set[str]] = {}
    for item in built.catalog.items.values():
        for use in item.materials:
            asked.setdefault(use.id, set()).update(f.key for f in item.fields)
    names: dict[str, str] = {}
    for key, material in built.materials.items():
        place = built.materials_at[key].entry
        lint_material(material, place)
        _lint_shows(built, material, place.down("shows"), asked.get(key, set()))
        lint_name(place.down("name"), material.name, LONGEST["name"], "材料名称")
        lint_english(place, material.name_en, material.name)
        twin = names.setdefault(material.name, key)
        if twin != key:
            place.problem(f"与材料“{twin}”同名（{material.name}），合并后会收两份", "同一材料只用一个编号", soft=True)
        if key not in used:
            place.problem(f"没有事项用到材料“{material.name}”", "确认是否还需要", soft=True)


def lint_material(material: MaterialUse, place: Entry) -> None:
    """Flags that fit together. place: where the material, or an item's own version of it, is written."""
    if material.tolerable != (material.tolerance_days > 0):
        at = place.down("tolerable") if material.tolerable else place.down("tolerance_days")
        at.problem(
            f"材料“{material.name}”的容缺与容缺期限不一致", "可容缺的写 tolerable: true 和 tolerance_days（工作日）"
        )
    for number, need in enumerate(material.tolerance_needs):
        at = place.down("tolerance_needs", number)
        if not material.tolerable:
            at.problem(f"材料“{material.name}”不可容缺，却写了容缺前的核查", "补上 tolerable: true，或者删去")
        if need != FACE_CHECK and not _NEED.fullmatch(need):
            at.problem(f"容缺前的核查“{need}”的写法不对", "写 face（人证核对）或者 query:…（共享数据）")
    if material.promise_check_days and not material.promise:
        place.down("promise_check_days").problem(
            f"材料“{material.name}”不可告知承诺，却写了核查期限", "补上 promise: true，或者删去 promise_check_days"
        )
    if material.kind and material.original != (material.kind == "原件") and material.kind != "原件核验收复印件":
        place.down("original").problem(
            f"材料“{material.name}”的形式是{material.kind}，与 original 不一致", "只写 kind，删去 original"
        )
    for number, waiver in enumerate(material.waived_by):
        at = place.down("waived_by", number)
        kind, colon, name = waiver.partition(":")
        if not _WAIVER.fullmatch(waiver):
            at.problem(f"免交依据“{waiver}”的写法不对", "写证照类型短名、21 位类型代码、card:…、guardian:… 或 query:…")
        elif colon and kind in ("card", "guardian") and name not in set(CardType):
            at.problem(f"没有这种证件：“{name}”", f"可用：{'、'.join(CardType)}")


def _lint_shows(built: Built, material: MaterialUse, place: Entry, asked: Collection[str]) -> None:
    """What can be read off a material must be something that is asked for. asked: by the items that want it."""
    for field in material.shows:
        role, _, element = field.partition(".")
        at = place.down(field)
        if role not in built.catalog.roles or element not in built.catalog.elements:
            # Soft: it harms nothing at the counter, nothing is suggested there.
            at.problem(f"没有“{field}”这一项，材料上认出来也无处可填", "写成 角色.数据元，两者都要先定义", soft=True)
        elif built.catalog.elements[element].type is ElementType.TABLE:
            at.problem(f"“{field}”是表格，不能从材料上识别", "删去这一项")
        elif field not in asked:
            at.problem(f"收“{material.name}”的事项都不问“{field}”", "确认是否还需要", soft=True)


def lint_name(place: Entry, name: str, longest: int, what: str) -> None:
    """Names that are there and fit on the papers."""
    if not name.strip():
        place.problem(f"{what}是空的", "填写名称")
    if len(name) > longest:
        place.problem(f"{what}有 {len(name)} 个字，文书上放不下", f"缩短到 {longest} 个字以内")


def lint_english(place: Entry, english: str, name: str) -> None:
    """Every text that the screen shows has its English."""
    if name and not english:
        place.problem(f"“{name}”没有英文", "补上英文（name_en、title_en 或者 text_en），英文界面才不会空白", soft=True)


def lint_default(schema: Schema, place: Entry) -> None:
    """A default that the field itself refuses would never be proposed. schema: with all that the field asks."""
    own = place.down("schema")
    proposed = own.value.get("default") if isinstance(own.value, dict) else None
    if proposed is None:
        return
    asked = {keyword: value for keyword, value in schema.items() if keyword != "default"}
    checker = Draft202012Validator.FORMAT_CHECKER
    if not Draft202012Validator(asked, format_checker=checker).is_valid(proposed):
        own.down("default").problem(
            f"默认值“{proposed}”不符合这一栏的要求，不会填上", "改成这一栏的代码或者类型，文字加引号，数字不加"
        )


def lint_rows(element: Element, schema: Schema, place: Entry) -> bool:
    """A table's schema says of its rows only what becomes part of the form: items.properties of its own columns."""
    rows, at = schema.get("items", {}), place.down("schema", "items")
    if not isinstance(rows, dict) or not isinstance(rows.get("properties", {}), dict):
        at.problem("表格各列的要求写法不对", "写成 items: {properties: {列: {…}}}")
        return False
    for keyword in rows.keys() - {"properties"}:
        at.down(keyword).problem(
            f"表格的 items 里不认识“{keyword}”", "各列的要求写在 properties 里，必填的列写 required_columns"
        )
    for column in rows.get("properties", {}).keys() - set(element.columns):
        at.down("properties", column).problem(
            f"数据元“{element.id}”里没有列“{column}”", f"可用：{'、'.join(element.columns)}"
        )
    return True


def schema_is_sound(schema: Schema, place: Entry) -> bool:
    """Is it a JSON Schema at all?"""
    if not schema:
        return True
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        steps: Iterable[str | int] = error.absolute_path
        place.down(*steps).problem(f"不是有效的 JSON Schema：{error.message}", "改正 schema")
        return False
    return True
