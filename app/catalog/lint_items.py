"""What a reviewer would notice in items: codes, time limits, fields and materials that do not fit."""

from __future__ import annotations

import re
from collections.abc import Collection

from stdnum.cn import uscc

from app.catalog.build_issues import lint_issue
from app.catalog.lint_conditions import lint_item_conditions, lint_main
from app.catalog.lint_parts import (
    LONGEST,
    lint_default,
    lint_english,
    lint_material,
    lint_name,
    lint_rows,
    schema_is_sound,
)
from app.catalog.parts import Built
from app.catalog.source import Entry
from app.domain.constraints import Contradiction
from app.domain.item import ElementType, FieldUse, Item
from app.domain.urgency import URGENCY, days_words
from app.forms.combine import strictest

_MAIN_CODE = re.compile(r"[0-9A-Z]{18}[1-4][0-9]{12}")


def lint_mains(built: Built) -> None:
    """Codes of the main items and what their questions lead to."""
    for main in built.catalog.mains.values():
        record = built.mains_at[main.code]
        department = built.catalog.departments.get(main.department)
        code = record.at("code")
        if not _MAIN_CODE.fullmatch(main.code):
            code.problem(
                f"实施编码有 {len(main.code)} 位，或者结构不对",
                "应为 31 位：统一社会信用代码 18 位 + 层级 1 位（1 至 4）+ 基本编码 12 位",
            )
        elif not uscc.is_valid(main.code[:18]):
            code.problem(f"编码前 18 位 {main.code[:18]} 的校验位不对", "核对部门的统一社会信用代码")
        elif department and main.code[:18] != department.uscc:
            code.problem(f"编码前 18 位与部门“{department.name}”的统一社会信用代码不同", "核对 department 或者编码")
        lint_name(record.at("name"), main.name, LONGEST["name"], "主项名称")
        lint_english(record.entry, main.name_en, main.name)
        if not main.items and "sub_items" in record.entries:
            record.at("sub_items").problem("主项没有可办理的情形", "补上子项和情形，或者删去这个文件")
        lint_main(built, main)
        seen: dict[tuple[str, str], Item] = {}
        for item in (built.catalog.items[code] for code in main.items):
            twin = seen.setdefault((item.name, item.situation), item)
            if twin is not item:
                built.items_at[item.code].own.at("situation").problem(
                    f"与情形 {twin.code[-2:]} 同名：{item.name}（{item.situation}）", "改写 situation，让人分得清"
                )


def lint_item(built: Built, item: Item, elements: Collection[str]) -> bool:
    """Can its schemas be relied on? elements: those that are sound."""
    place = built.items_at[item.code]
    own = place.own
    if not re.fullmatch("[0-9]{2}", item.code[len(item.main) :]):
        own.at("no").problem(f"情形号“{item.code[len(item.main) :]}”不对", '写两位数字并加引号，例如 "01"')
    lint_name(own.at("name"), item.name, LONGEST["name"], "事项名称")
    lint_english(own.entry, item.name_en, item.name)
    if item.promised_days > item.legal_days:
        place.at("promised_days").problem(
            f"承诺时限 {days_words(item.promised_days)} 长于法定时限 {item.legal_days}", "核对两个时限（工作日）"
        )
    if item.urgent_days and item.urgent_days >= item.promised_days:
        place.at("urgent_days").problem(
            f"加急时限 {days_words(item.urgent_days)} 不短于承诺时限 {days_words(item.promised_days)}",
            "改短，或者删去 urgent_days",
        )
    if item.urgent_days and URGENCY not in {use.key for use in item.fields}:
        place.at("urgent_days").problem("可加急，表单里却不问是否加急", f"在 fields 里加上 {URGENCY}")
    if item.territory and item.territory not in {use.key for use in item.fields}:
        place.at("territory").problem("属地要素不在表单里", f"在 fields 里加上 {item.territory}，或者改写 territory")
    if item.territory and item.cross_region in ("", "本县"):
        place.at("territory").problem("写了属地要素，却不能异地收件", "写明 cross_region，或者删去 territory")
    wanted = {f"guardian.{name}" for name in ("name", "id_number", "relation")}
    lacking = sorted(wanted - {use.key for use in item.fields})
    if item.guardian and lacking:
        place.at("guardian").problem("要监护人代为申请，表单里却不问监护人", f"在 fields 里加上 {'、'.join(lacking)}")
    if item.inspect_after and not any(material.promise for material in item.materials):
        place.at("inspect_after").problem(
            "没有可承诺的材料，无从核查", "写明 promise: true 的材料，或者删去 inspect_after"
        )
    lint_issue(built, item)
    if item.kind == "即办件" and item.promised_days > 1:
        place.at("promised_days").problem("即办件应当场或者当日办结", "改为承诺件，或者把承诺时限改为 1", soft=True)
    if item.version < 1:
        place.at("version").problem("版本从 1 起", "写 version: 1")
    if not item.words:
        own.entry.problem(f"“{item.name}”没有写群众会怎么说", "补上 words，便于搜索", soft=True)
    for material in item.materials:
        at = place.material(material.id)
        if isinstance(at.value, dict):
            lint_material(material, at)
    lint_item_conditions(built, item)
    fields = [_lint_field(built, use, place.field(use), elements) for use in item.fields]
    return all(fields)


def _lint_field(built: Built, use: FieldUse, place: Entry, elements: Collection[str]) -> bool:
    element = built.catalog.elements[use.element]
    is_table = element.type is ElementType.TABLE
    if (use.columns or use.required_columns) and not is_table:
        place.problem(f"“{use.key}”不是表格，没有列", "删去 columns 和 required_columns")
    elif is_table:
        asked = use.columns or element.columns
        for name, columns, among, where in (
            ("columns", use.columns, element.columns, f"数据元“{element.id}”"),
            ("required_columns", use.required_columns, asked, "本事项要的列"),
        ):
            for number, column in enumerate(columns):
                if column not in among:
                    place.down(name, number).problem(f"{where}里没有列“{column}”", f"可用：{'、'.join(among)}")
    if not schema_is_sound(use.schema, place.down("schema")):
        return False
    if is_table and not lint_rows(element, use.schema, place):
        return False
    if use.element not in elements:
        return True
    try:
        schema = strictest(element, [built.catalog.elements[column] for column in element.columns], (use,))
    except Contradiction as error:
        place.down("schema").problem(f"“{use.key}”的要求与数据元相互矛盾：{error}", "放宽 schema")
        return False
    lint_default(schema, place)
    return True
