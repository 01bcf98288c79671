"""One table in hand: its rows, what is wrong with them, edits, and what ties rows to each other."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor

from app.batch.check import BatchRowCheck, CellFault, CheckedRow, check_chunk
from app.batch.columns import ColumnMatcher
from app.batch.source import RawTable
from app.domain.form import FormField
from app.domain.table import Row
from app.forms.cross import NumberChecker

CHUNK = 2_000
UNIQUE = "x-unique"
"""Schema keyword of a TABLE: element ids whose values may stand in one row only."""


class BatchTable:
    """The rows of one file under one TABLE field. Lives on one thread; checking may use an executor's processes."""

    def __init__(
        self,
        raw: RawTable,
        table: FormField,
        today: dt.date,
        check_number: NumberChecker | None,
        mapping: Mapping[str, int] | None = None,
    ) -> None:
        self.raw = raw
        self.table = table
        self.mapping: dict[str, int] = dict(ColumnMatcher(table).match(raw.headings) if mapping is None else mapping)
        self._check = BatchRowCheck(table, today, check_number)
        self._rows: list[CheckedRow | None] = [None] * len(raw.rows)
        self._edits: dict[int, dict[str, str]] = {}
        self._unique = tuple(c for c in table.schema.get(UNIQUE, ()) if any(e.id == c for e in table.columns))
        self._holders: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._wrong: set[int] = set()

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def unmatched(self) -> tuple[str, ...]:
        """Titles of the columns that the file does not have."""
        return tuple(element.title for element in self.table.columns if element.id not in self.mapping)

    @property
    def checked(self) -> int:
        return sum(row is not None for row in self._rows)

    def raw_row(self, row: int) -> Row:
        """A row's texts as in the file, edits included; element id -> text."""
        texts = {element: self.raw.rows[row][at] for element, at in self.mapping.items()}
        return texts | self._edits.get(row, {})

    def check_all(
        self,
        executor: Executor | None = None,
        progress: Callable[[int, int], None] = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Check every row; False when cancelled on the way (what was checked stays). executor: its workers must have
        been started with `app.batch.check.start_worker` for this table."""
        total = len(self._rows)
        for start, checked in self._chunks(executor):
            for at, row in enumerate(checked, start):
                self._put(at, row)
            progress(min(start + CHUNK, total), total)
            if cancelled():
                return False
        return True

    def _chunks(self, executor: Executor | None) -> Iterator[tuple[int, Sequence[CheckedRow]]]:
        starts = range(0, len(self._rows), CHUNK)
        if executor is None or self._edits:
            for start in starts:
                rows = range(start, min(start + CHUNK, len(self._rows)))
                yield start, [self._check.check(self.raw_row(row)) for row in rows]
            return
        columns = tuple(self.mapping.items())
        # A few chunks ahead keep the workers busy; all at once would hold the table twice.
        waiting = []
        for start in starts:
            waiting.append((start, executor.submit(check_chunk, columns, self.raw.rows[start : start + CHUNK])))
            if len(waiting) >= 6:
                first, future = waiting.pop(0)
                yield first, future.result()
        for first, future in waiting:
            yield first, future.result()

    def _put(self, at: int, row: CheckedRow) -> set[int]:
        """Take over a checked row; gives the rows whose state may have changed with it."""
        touched = {at}
        old = self._rows[at]
        for column in self._unique:
            before = old.values.get(column) if old else None
            after = row.values.get(column)
            if before and before != after:
                self._holders[(column, before)].discard(at)
                touched |= self._holders[(column, before)]
            if after:
                self._holders[(column, after)].add(at)
                if len(self._holders[(column, after)]) > 1:
                    touched |= self._holders[(column, after)]
        self._rows[at] = row
        for place in touched:
            if any(not fault.warning for fault in self.faults(place)):
                self._wrong.add(place)
            else:
                self._wrong.discard(place)
        return touched

    def edit(self, row: int, column: str, text: str) -> set[int]:
        """Change one cell; checks that row and those that are tied to it. Gives the rows whose state changed."""
        self._edits.setdefault(row, {})[column] = text
        return self._put(row, self._check.check(self.raw_row(row)))

    def faults(self, row: int) -> tuple[CellFault, ...]:
        """What is wrong with a row, duplicates in other rows included."""
        checked = self._rows[row]
        if checked is None:
            return ()
        found = list(checked.faults)
        for column in self._unique:
            value = checked.values.get(column)
            others = sorted(self._holders.get((column, value), set()) - {row}) if value else []
            if others:
                said = "、".join(str(self.sheet_row(other)) for other in others[:3])
                found.append(CellFault(column, f"与第 {said} 行重复" + ("等" if len(others) > 3 else "")))
        return tuple(found)

    def sheet_row(self, row: int) -> int:
        """The row's number in the firm's own file."""
        return self.raw.first_row + row

    @property
    def wrong(self) -> tuple[int, ...]:
        """Rows that cannot go as they are, in order."""
        return tuple(sorted(self._wrong))

    def next_wrong(self, after: int) -> int | None:
        """The next wrong row below, round to the top; None when all are good."""
        rows = self.wrong
        return next((row for row in rows if row > after), rows[0] if rows else None)

    def good_rows(self) -> Iterator[Row]:
        """The canonical values of the rows that can go, in order; empty rows left out."""
        for at, row in enumerate(self._rows):
            if row is not None and row.values and at not in self._wrong:
                yield row.values

    @property
    def good(self) -> int:
        return sum(1 for _ in self.good_rows())

    def edits(self) -> dict[int, dict[str, str]]:
        """What the clerk changed, for a draft."""
        return {row: dict(cells) for row, cells in self._edits.items()}

    def restore(self, edits: Mapping[int, Mapping[str, str]]) -> None:
        """Take up a draft's edits before `check_all`."""
        self._edits = {row: dict(cells) for row, cells in edits.items() if 0 <= row < len(self._rows)}
