"""Checking rows: in this process for an edit, in processes of their own for a whole table."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.batch.source import SPOILT
from app.domain.form import FormField
from app.domain.table import Row
from app.forms.cross import Context, NumberChecker
from app.forms.entry import normalise
from app.forms.field_check import RowCheck


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with one cell. column: element id. warning: soft, the row may go as it is."""

    column: str
    message: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row's canonical values and its faults. An empty row has neither and is left out of everything."""

    values: Row
    faults: tuple[CellFault, ...]

    @property
    def good(self) -> bool:
        return not any(not fault.warning for fault in self.faults)


class BatchRowCheck:
    """Checks one row at a time. Not thread-safe; each process or thread has its own."""

    def __init__(self, table: FormField, today: dt.date, check_number: NumberChecker | None) -> None:
        self._table = table
        self._today = today
        # Several rules ask about the same number, one after the other.
        asked = functools.lru_cache(maxsize=16)(check_number) if check_number else None
        self._context = Context(today, asked, roles=(table.role,))
        self._rows = RowCheck(table, today)
        self._read: dict[tuple[str, str], str] = {}

    def check(self, raw: Row) -> CheckedRow:
        """raw: element id -> text as in the file."""
        spoilt = [column for column, text in raw.items() if text.startswith(SPOILT)]
        values = {
            element.id: self._canonical(element.id, raw[element.id])
            for element in self._table.columns
            if raw.get(element.id) and element.id not in spoilt
        }
        if not values and not spoilt:
            return CheckedRow({}, ())
        faults = [
            CellFault(column, message, warning)
            for column, message, _, warning in self._rows.judge(values, self._context)
            if column not in spoilt
        ]
        faults += [
            CellFault(column, "号码被 Excel 存成了科学计数法，后几位已丢失；请把该列设为“文本”后重填")
            for column in spoilt
        ]
        return CheckedRow(values, tuple(faults))

    def _canonical(self, column: str, text: str) -> str:
        # The same texts come again and again in a column; reading each once is most of the speed.
        key = (column, text)
        value = self._read.get(key)
        if value is None:
            if len(self._read) > 50_000:
                self._read.clear()
            element = next(element for element in self._table.columns if element.id == column)
            value = self._read[key] = normalise(element, text, self._today)
        return value


_WORKER: list[BatchRowCheck] = []


def start_worker(table: FormField, today: dt.date, check_number: NumberChecker | None) -> None:
    """Called once in each worker process."""
    _WORKER[:] = [BatchRowCheck(table, today, check_number)]


def check_chunk(columns: Sequence[tuple[str, int]], rows: Sequence[tuple[str, ...]]) -> list[CheckedRow]:
    """Check some rows in a worker process. columns: element id and its place in a row."""
    check: Callable[[Row], CheckedRow] = _WORKER[0].check
    return [check({element: row[at] for element, at in columns}) for row in rows]
