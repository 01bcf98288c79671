"""Writing a table out: with its faults marked for the firm, or the good rows to be sealed and sent."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from app.batch.session import BatchTable
from app.batch.source import SPOILT
from app.domain.table import Row

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MEDIA_TYPE = "application/gzip"
_REASON = "问题"


def save_marked(table: BatchTable, path: Path) -> int:
    """The whole table as a workbook, wrong cells filled and commented, the reasons in a column of their own.

    Gives the number of wrong rows. Texts are written as texts: what begins with = + - @ must not become a formula.
    """
    # Here, for the start of the window does not wait for a library that few days need.
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    wrong = PatternFill("solid", fgColor="FFF4CCCC")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("核对结果")
    sheet.freeze_panes = "A2"
    elements = table.table.columns
    sheet.append([_cell(sheet, title, bold=True) for title in (*(e.title for e in elements), _REASON)])
    for row in range(len(table)):
        texts = table.raw_row(row)
        faults = {fault.column: fault for fault in table.faults(row)}
        cells = []
        for element in elements:
            cell = _cell(sheet, texts.get(element.id, "").removeprefix(SPOILT))
            if element.id in faults:
                cell.fill = wrong
                cell.comment = Comment(faults[element.id].message, "一窗")
            cells.append(cell)
        cells.append(_cell(sheet, "；".join(fault.message for fault in table.faults(row))))
        sheet.append(cells)
    book.save(path)
    return len(table.wrong)


def _cell(sheet: WriteOnlyWorksheet, text: str, bold: bool = False) -> Cell:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell: Cell = WriteOnlyCell(sheet, value="")
    # Set after the value: openpyxl takes a text that begins with = for a formula.
    cell._value = text  # type: ignore[attr-defined]
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def pack_rows(rows: Iterable[Row]) -> tuple[bytes, int]:
    """Rows as canonical JSON lines, gzipped without a time, so that equal tables are equal bytes; and their count."""
    count = 0
    lines = []
    for row in rows:
        lines.append(json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True))
        count += 1
    text = "\n".join(lines) + ("\n" if lines else "")
    return gzip.compress(text.encode(), mtime=0), count


def unpack_rows(data: bytes) -> list[Row]:
    """What pack_rows packed."""
    # Not splitlines: a text may hold what Unicode counts as line ends, which JSON leaves as they are.
    return [json.loads(line) for line in gzip.decompress(data).decode().split("\n") if line]
