"""Reading a table file: Excel workbooks and CSV, from people who did not make them for us.

Everything becomes text. What Excel itself spoilt (an ID number kept as 3.30502E+17) is told, never guessed at.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from app.domain.errors import BadInput, EnvironmentProblem

MAX_ROWS = 150_000
MAX_COLUMNS = 200
MAX_CELL = 2_000
"""Characters; what is longer is cut and will be found wrong."""
MAX_FILE = 200 * 1024 * 1024
MAX_UNPACKED = 2 * 1024 * 1024 * 1024
"""Bytes of a workbook's parts together. 150,000 rows of 20 columns unpack to about 150 MB."""
MAX_RATIO = 200
"""Unpacked to packed. Honest sheets reach 20–60; bombs thousands."""
HEADING_ROWS = 10
"""Headings are looked for in so many first rows: titles and notes often stand above them."""
EXACT_DIGITS = 15
"""Excel keeps numbers to 15 digits; a longer one has lost its end."""

SPOILT = "\ufffc"
"""Marks a cell whose digits Excel has already thrown away."""

_PROGRESS_EVERY = 1000


@dataclass(frozen=True, slots=True)
class RawTable:
    """headings: the texts of the heading row. rows: the rows below it, each as wide as the headings.

    first_row: the sheet's own number (from 1) of rows[0], so that a message names the row the firm sees.
    """

    name: str
    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]
    first_row: int


def read_file(
    path: Path,
    is_heading: Callable[[Sequence[str]], int],
    progress: Callable[[int], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> RawTable:
    """Read the first sheet of a workbook, or a CSV file.

    is_heading: how many cells of a row are headings we know; the best of the first rows becomes the heading row.
    progress: rows read so far. cancelled: asked now and then; true raises BadInput "已取消".
    BadInput: no table, too large, a bomb, or another kind of file. EnvironmentProblem: the file cannot be read.
    """
    try:
        if path.stat().st_size > MAX_FILE:
            raise BadInput("表格太大", f"文件超过 {MAX_FILE // 1024 // 1024} MB。", "请拆成几个文件分别导入。")
        with path.open("rb") as file:
            head = file.read(4)
        lines = _workbook(path) if head == b"PK\x03\x04" else _csv(path, head)
        return _table(path.name, lines, is_heading, progress, cancelled)
    except OSError as error:
        raise EnvironmentProblem(
            "读不了文件", f"{path.name}：{error.strerror}", "检查文件是否还在、U 盘是否插好。"
        ) from error


def _table(
    name: str,
    lines: Iterator[Sequence[str]],
    is_heading: Callable[[Sequence[str]], int],
    progress: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> RawTable:
    first = [tuple(line) for _, line in zip(range(HEADING_ROWS), lines, strict=False)]
    known = [is_heading(line) for line in first]
    if not first or max(known) == 0:
        raise BadInput("没有找到表头", f"{name} 的前 {HEADING_ROWS} 行里没有认得的列名。", "对照样表写好列名后再导入。")
    at = known.index(max(known))
    headings = first[at]
    while headings and not headings[-1]:
        headings = headings[:-1]
    width = len(headings)
    kept: list[tuple[str, ...]] = []
    # Equal texts are one object: names of places and codes repeat a hundred thousand times.
    same: dict[str, str] = {}
    for line in itertools.chain(first[at + 1 :], lines):
        kept.append(_fit(line, width, same))
        if len(kept) % _PROGRESS_EVERY == 0:
            progress(len(kept))
            if cancelled():
                raise BadInput("已取消", "导入没有完成，表单没有改变。")
        if len(kept) > MAX_ROWS and any(kept[-1]):
            raise BadInput("表格行数太多", f"超过 {MAX_ROWS} 行。", "请拆成几个文件分别导入。")
    while kept and not any(kept[-1]):
        kept.pop()
    if not kept:
        raise BadInput("表格是空的", f"{name} 的表头下面没有内容。", "填好后再导入。")
    progress(len(kept))
    return RawTable(name, tuple(headings), kept, at + 2)


def _fit(line: Sequence[str], width: int, same: dict[str, str]) -> tuple[str, ...]:
    cells = [same.setdefault(cell, cell) for cell in line[:width]]
    return tuple(cells + [""] * (width - len(cells)))


def _workbook(path: Path) -> Iterator[Sequence[str]]:
    """The first sheet's rows. Values only: a formula counts as what it last showed."""
    # Here, for the start of the window does not wait for a library that few days need.
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(path.stat().st_size, 1024):
                raise BadInput("文件不安全", "工作簿解压后的大小不合常理。", "请另存为新的 .xlsx 后再导入。")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, ParseError) as error:
        raise _unreadable(path) from error
    try:
        sheet = book.worksheets[0] if book.worksheets else None
        if sheet is None:
            raise _unreadable(path)
        # The size that the file claims is not to be trusted: it may name a million columns.
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1):
            if len(row) > MAX_COLUMNS and row[MAX_COLUMNS] is not None:
                raise BadInput("表格列数太多", f"超过 {MAX_COLUMNS} 列。", "请删去多余的列后再导入。")
            yield [_text(value) for value in row[:MAX_COLUMNS]]
    except (zipfile.BadZipFile, ParseError, ValueError, KeyError, TypeError) as error:
        raise _unreadable(path) from error
    finally:
        book.close()


def _text(value: Any) -> str:
    """A cell's value as text, the way a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()[:MAX_CELL]
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, int | float):
        if abs(value) >= 10**EXACT_DIGITS:
            return f"{SPOILT}{value:.5E}"
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else repr(value)
    return str(value)[:MAX_CELL]


def _csv(path: Path, head: bytes) -> Iterator[Sequence[str]]:
    if head.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8")):
        raise _unreadable(path)
    data = path.read_bytes()
    text = ""
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if "\0" in text or not text.strip():
        raise _unreadable(path)
    delimiter = max(",\t;", key=text[:4096].count)
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(line) > MAX_COLUMNS:
                raise BadInput("表格列数太多", f"超过 {MAX_COLUMNS} 列。", "请删去多余的列后再导入。")
            # ="330502…" is how people keep Excel from spoiling a number in a CSV.
            yield [re.sub(r'^="(.*)"$', r"\1", cell.strip())[:MAX_CELL] for cell in line]
    except csv.Error as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> BadInput:
    return BadInput("不是能读的表格", f"{path.name} 打不开，可能已损坏或不是表格。", "请用 .xlsx 或 .csv 文件。")
