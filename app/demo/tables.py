"""Tables that a firm brings to the counter as a file, made up by rule; the same wish gives the same file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import openpyxl

_COUNTRIES = ("DEU", "FRA", "JPN", "KOR", "VNM", "POL", "CHL", "CAN")


@dataclass(frozen=True, slots=True)
class DemoTable:
    """One file. rows: of data; wrong: how many of them have an error, spread evenly."""

    name: str
    headings: tuple[str, ...]
    rows: int
    wrong: int
    row: Callable[[int, bool], tuple[object, ...]]


def _freight(number: int, wrong: bool) -> tuple[object, ...]:
    day = dt.date(2026, 1, 5) + dt.timedelta(days=number % 180)
    usd = 35 + number * 7 % 900
    return (
        f"{29012026 * 10**10 + number:018d}" if not wrong else f"报关{number}",
        day.isoformat(),
        _COUNTRIES[number % len(_COUNTRIES)],
        f"{usd}.{number % 100:02d}",
        f"{usd / 9:.2f}",
    )


_FREIGHT = ("报关单号", "业务发生日期", "目的国（地区）代码", "金额（美元）", "实付费用")

TABLES: Mapping[str, DemoTable] = {
    "freight": DemoTable("国际物流运费明细.xlsx", _FREIGHT, 3000, 3, _freight),
    "freight-large": DemoTable("国际物流运费明细（全年）.xlsx", _FREIGHT, 150_000, 30, _freight),
}


def table_file(name: str, folder: Path) -> Path:
    """The file in the folder, made if it is not there. KeyError when there is no such table."""
    table = TABLES[name]
    path = folder / table.name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("明细")
        sheet.append(table.headings)
        for row in _rows(table):
            sheet.append(row)
        book.save(path)
    return path


def _rows(table: DemoTable) -> Iterator[tuple[object, ...]]:
    each = table.rows // table.wrong if table.wrong else table.rows + 1
    for number in range(table.rows):
        yield table.row(number, number % each == each // 2)
