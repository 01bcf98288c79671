"""A table field like the catalogue's, and files of it, good and hostile."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl

from app.domain.form import FormField
from app.domain.item import Element, ElementType

TODAY = dt.date(2026, 11, 21)
NAME = Element("name", "姓名", "Name", ElementType.TEXT, {"maxLength": 60})
NUMBER = Element("id_number", "证件号码", "ID number", ElementType.ID_NUMBER)
SEX = Element("sex", "性别", "Sex", ElementType.CHOICE, codes={"1": "男", "2": "女"})
DAY = Element("date_from", "入职日期", "From", ElementType.DATE)
WAGE = Element("wage", "月工资", "Wage", ElementType.DECIMAL, {"minimum": 0, "maximum": 100000}, unit="元")
TABLE = Element("employee_list", "职工名册", "Employees", ElementType.TABLE, columns=("name", "id_number"))
COLUMNS = (NAME, NUMBER, SEX, DAY, WAGE)

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(serial: int) -> str:
    """A made-up number with a valid check digit; every serial gives another."""
    body = f"330502{1950 + serial // 1000 % 50}{serial // 28 % 12 + 1:02d}{serial % 28 + 1:02d}{serial % 999 + 1:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def table_field(**schema: Any) -> FormField:
    """The field as combining makes it."""
    rows = {
        "type": "object",
        "properties": {
            "name": {"type": "string", "maxLength": 60},
            "id_number": {"type": "string"},
            "sex": {"type": "string", "enum": ["1", "2"]},
            "date_from": {"type": "string", "format": "date"},
            "wage": {"type": "number", "minimum": 0, "maximum": 100000},
        },
        "required": ["name", "id_number"],
    }
    whole = {"type": "array", "items": rows, "x-unique": ["id_number"], **schema}
    return FormField("employees.employee_list", "employees", TABLE, "职工名册", "", True, whole, ("i",), (), COLUMNS)


HEADINGS = ("姓名*", "证件号码（18位）", "性别", "入职日期", "月工资（元）", "备注")


def workbook(path: Path, rows: list[tuple[Any, ...]], headings: tuple[str, ...] = HEADINGS, above: int = 2) -> Path:
    """A workbook as a firm makes it: a title and a note above the headings."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    for line in (["某某公司职工花名册"], ["填表说明：带 * 必填"])[:above]:
        sheet.append(line)
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def good_row(serial: int) -> tuple[Any, ...]:
    number = id_number(serial)
    sex = "男" if int(number[16]) % 2 else "女"
    return (f"王𠮷{serial}", number, sex, dt.datetime(2025, 3, 1), 6500, "")  # noqa: DTZ001 - Excel has no zones
