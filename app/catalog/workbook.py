"""The offices' form of the catalogue: an Excel workbook, written and read without loss (comments in YAML apart)."""

from __future__ import annotations

import difflib
import os
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.catalog.cells import LONGEST, NO, YES, BadCell, decode, encode
from app.catalog.check_rows import check_references, wrong_cell
from app.catalog.files import is_file_name, read_files, write_files
from app.catalog.load import UnusableCatalog, load_catalog
from app.catalog.sheets import SHEETS, Column, Sheet
from app.catalog.source import Finding
from app.catalog.tables import Row, Rows, from_rows, to_rows
from app.domain.errors import BadInput

_LARGEST = 200_000_000
"""Bytes that a workbook may unpack to; a city's 20,000 situations take 60 MB."""

_PARTS = {"数据元": "elements", "材料": "materials", "主项": "items", "一件事": "bundles"}
_HEAD = Font(bold=True)
_HEAD_FILL = PatternFill("solid", fgColor="FFDDE8F4")
_TOP = Alignment(vertical="top", wrap_text=True)


class BadWorkbook(BadInput):
    """The workbook cannot be imported; findings holds every wrong cell: file is the sheet, line the row."""

    def __init__(self, findings: list[Finding]) -> None:
        first = findings[0]
        more = f"（共 {len(findings)} 处错误）" if len(findings) > 1 else ""
        super().__init__("工作簿不能导入", f"{first.message}{more}", first.todo)
        self.findings = tuple(findings)


def export_workbook(folder: Path, target: Path) -> None:
    """Write a catalogue folder as an Excel workbook. Raises UnusableCatalog when the folder has mistakes."""
    load_catalog(folder)
    files, findings = read_files(folder)
    if findings:
        raise UnusableCatalog(findings)
    rows = to_rows(files)
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in SHEETS:
        _write_sheet(book.create_sheet(sheet.title), sheet, rows[sheet.title])
    fresh = target.with_name(target.name + ".new")
    try:
        book.save(fresh)
        os.replace(fresh, target)
    except OSError as error:
        raise BadInput(
            "工作簿写不出来", f"{target.name}：{error.strerror}", "关闭正在使用它的程序，检查磁盘空间"
        ) from None


def import_workbook(workbook: Path, folder: Path) -> None:
    """Write a workbook as a catalogue folder. Raises BadWorkbook, naming each wrong cell; nothing is written then."""
    rows = read_workbook(workbook)
    write_files(folder, from_rows(rows))


def _write_sheet(page: Worksheet, sheet: Sheet, rows: list[Row]) -> None:
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, 1):
        head = page.cell(1, number, column.title)
        head.font, head.fill = _HEAD, _HEAD_FILL
        page.column_dimensions[get_column_letter(number)].width = column.width
        choices = (YES, NO) if column.kind == "flag" else column.choices
        if choices:
            rule = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            rule.error, rule.errorTitle = f"填{'、'.join(choices)}之一", column.title
            page.add_data_validation(rule)
            letter = get_column_letter(number)
            rule.add(f"{letter}2:{letter}{max(len(rows) + 1, 1000)}")
    for line, row in enumerate(rows, 2):
        for number, column in enumerate(sheet.columns, 1):
            if column.key in row:
                _write_cell(page.cell(line, number), column, row[column.key], sheet)
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(rows) + 1}"


def _write_cell(cell: Any, column: Column, value: Any, sheet: Sheet) -> None:
    written = encode(column.kind, value)
    cell.alignment = _TOP
    if isinstance(written, int | float):
        cell.value = written
        return
    if len(written) > LONGEST:
        raise BadInput(
            "工作簿写不出来",
            f"表“{sheet.title}”第 {cell.row} 行“{column.title}”有 {len(written)} 个字，一个单元格放不下",
            f"缩短到 {LONGEST} 个字以内",
        )
    cell.value = written
    # A text that begins with = + - or @ stays a text, here and after somebody edited the cell.
    cell.data_type = "s"
    cell.number_format = "@"
    if written[:1] in "=+-@\t":
        cell.quotePrefix = True


def read_workbook(workbook: Path) -> Rows:
    """The rows of a workbook, every cell checked. Raises BadWorkbook."""
    book = _open(workbook)
    findings: list[Finding] = []
    rows: Rows = {}
    places: dict[str, list[int]] = {}
    for sheet in SHEETS:
        rows[sheet.title], places[sheet.title] = [], []
        if sheet.title not in book.sheetnames:
            findings.append(Finding(sheet.title, 0, f"没有表“{sheet.title}”", "从导出的工作簿补上这张表"))
            continue
        for line, row in _rows(book[sheet.title], sheet, findings):
            rows[sheet.title].append(row)
            places[sheet.title].append(line)
    book.close()
    if not findings:
        check_references(rows, places, findings)
    if findings:
        raise BadWorkbook(findings)
    return rows


def _open(workbook: Path) -> Any:
    try:
        with zipfile.ZipFile(workbook) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > _LARGEST:
            raise BadInput("工作簿太大", f"{workbook.name} 展开后有 {size // 1_000_000} MB", "分成几个目录导入")
        return load_workbook(workbook, read_only=True)
    except FileNotFoundError:
        raise BadInput("工作簿打不开", f"没有文件 {workbook.name}", "核对文件名和所在文件夹") from None
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise BadInput(
            "工作簿打不开", f"{workbook.name} 不是完好的 .xlsx 文件", "用 Excel 或者 WPS 另存为 .xlsx"
        ) from error


def _rows(page: Any, sheet: Sheet, findings: list[Finding]) -> Iterator[tuple[int, Row]]:
    """The rows of a sheet that hold anything."""
    by_title = {column.title: column for column in sheet.columns}
    columns: list[Column | None] = []
    for line, cells in enumerate(page.iter_rows(), 1):
        if line == 1:
            columns = _columns(cells, sheet, by_title, findings)
            continue
        row: Row = {}
        for column, cell in zip(columns, cells, strict=False):
            if column is None or cell.value is None or cell.value == "":
                continue
            try:
                row[column.key] = _read_cell(cell, column)
                _check_value(row[column.key], column, sheet)
            except BadCell as error:
                findings.append(wrong_cell(sheet, line, column, str(error), error.todo))
                row.setdefault(column.key, "")
        if row:
            findings += [
                wrong_cell(sheet, line, column, "是空的", "这一列必须填")
                for column in sheet.columns
                if column.required and column.key not in row
            ]
            yield line, row


def _columns(
    cells: tuple[Cell, ...], sheet: Sheet, by_title: Mapping[str, Column], findings: list[Finding]
) -> list[Column | None]:
    titles = ["" if cell.value is None else str(cell.value).strip() for cell in cells]
    findings += [
        Finding(sheet.title, 1, f"表“{sheet.title}”没有列“{title}”", "补上这一列的标题，内容可以空着")
        for title in by_title
        if title not in titles
    ]
    for number, title in enumerate(titles):
        if title and (title not in by_title or titles.index(title) != number):
            near = difflib.get_close_matches(title, by_title, 1)
            what = "出现了两次" if title in by_title else "不认识"
            todo = f"是不是“{near[0]}”？" if near and title not in by_title else "删去这一列"
            findings.append(Finding(sheet.title, 1, f"表“{sheet.title}”的列“{title}”{what}", todo))
    return [by_title.get(title) for title in titles]


def _read_cell(cell: Any, column: Column) -> Any:
    if cell.data_type == "f":
        raise BadCell("是公式", "改成公式算出的值；文字以等号开头的，前面加半角单引号")
    if cell.data_type == "e":
        raise BadCell(f"是错误值 {cell.value}", "改正公式或者重新填写")
    return decode(column.kind, cell.value)


def _check_value(value: Any, column: Column, sheet: Sheet) -> None:
    if column.choices and value not in column.choices:
        raise BadCell(f"“{value}”不对", f"填{'、'.join(column.choices)}之一")
    if column.key == "file" and not is_file_name(value, _PARTS[sheet.title]):
        raise BadCell(f"文件名“{value}”不对", f"写成 {_PARTS[sheet.title]}/名称.yaml，或者空着")
