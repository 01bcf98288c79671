"""Holding the rows of a workbook against each other before they become files."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from app.catalog.sheets import NONE, SHEETS, Column, Sheet
from app.catalog.source import Finding
from app.catalog.tables import Rows


def wrong_cell(sheet: Sheet, line: int, column: Column, message: str, todo: str) -> Finding:
    """A finding that names a cell: its sheet stands for the file, its row for the line."""
    return Finding(sheet.title, line, f"表“{sheet.title}”第 {line} 行“{column.title}”{message}", todo)


def check_references(rows: Rows, places: Mapping[str, list[int]], findings: list[Finding]) -> None:
    """What a row names must stand in its own sheet, and no row may say what another one says."""
    if len(rows["目录"]) != 1:
        findings.append(
            Finding("目录", 2, f"表“目录”应有一行，却有 {len(rows['目录'])} 行", "只留一行：版本、名称、区划")
        )
    names = {sheet.title: {row[sheet.columns[0].key] for row in rows[sheet.title]} for sheet in SHEETS}
    situations = {(row["main"], row["no"]) for row in rows["情形"]}
    owners = names["主项"] | names["一件事"]
    questions = {(row["owner"], row["id"]) for row in rows["问题"]}
    for sheet in SHEETS:
        seen: dict[tuple[Any, ...], int] = {}
        by_key = {column.key: column for column in sheet.columns}
        for line, row in zip(places[sheet.title], rows[sheet.title], strict=True):
            for column in sheet.columns:
                value = row.get(column.key)
                if column.ref and value is not None and value != NONE and value not in names[column.ref]:
                    near = difflib.get_close_matches(value, names[column.ref], 1)
                    todo = f"是不是“{near[0]}”？" if near else f"先在表“{column.ref}”里加上一行"
                    findings.append(wrong_cell(sheet, line, column, f"“{value}”不在表“{column.ref}”里", todo))
            if "no" in row and sheet.title != "情形" and (row["main"], row["no"]) not in situations:
                findings.append(
                    wrong_cell(
                        sheet,
                        line,
                        by_key["no"],
                        f"“{row['no']}”不是这个主项的情形",
                        "核对表“情形”，全部情形共用的空着",
                    )
                )
            if sheet.title == "情形字段" and row["role"] != NONE and "element" not in row:
                findings.append(wrong_cell(sheet, line, by_key["element"], "是空的", "填数据元的编号"))
            if "owner" in row and row["owner"] not in owners:
                findings.append(
                    wrong_cell(sheet, line, by_key["owner"], f"“{row['owner']}”既不是主项也不是一件事", "核对编码")
                )
            if sheet.title == "选项" and (row["owner"], row["question"]) not in questions:
                findings.append(
                    wrong_cell(
                        sheet, line, by_key["question"], f"“{row['question']}”不在表“问题”里", "先在表“问题”里加上一行"
                    )
                )
            key = tuple(row.get(name) for name in sheet.unique)
            if sheet.unique and seen.setdefault(key, line) != line:
                findings.append(
                    wrong_cell(sheet, line, by_key[sheet.unique[-1]], f"与第 {seen[key]} 行重复", "只保留一行")
                )
    with_items = {row["bundle"] for row in rows["一件事事项"]}
    with_situations = {row["main"] for row in rows["情形"]}
    for title, having, what in (("主项", with_situations, "情形"), ("一件事", with_items, "一件事事项")):
        sheet = next(sheet for sheet in SHEETS if sheet.title == title)
        for line, row in zip(places[title], rows[title], strict=True):
            if row["code"] not in having:
                findings.append(
                    wrong_cell(sheet, line, sheet.columns[0], f"在表“{what}”里一行也没有", "补上，或者删去这一行")
                )
