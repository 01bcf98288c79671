"""Reading and checking a table against merely reading it (openpyxl, the same file, the same run)."""

from __future__ import annotations

import time
from pathlib import Path

import openpyxl
from batch_kit import TODAY, good_row, table_field, workbook

from app.batch.columns import ColumnMatcher
from app.batch.session import BatchTable
from app.batch.source import read_file
from app.identity.numbers import check_number

ROWS = 2_000


def test_checking_costs_little_more_than_reading(tmp_path: Path) -> None:
    field = table_field()
    path = workbook(tmp_path / "a.xlsx", [good_row(n) for n in range(ROWS)])

    started = time.process_time()
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    peer_rows = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    peer = time.process_time() - started

    started = time.process_time()
    table = BatchTable(read_file(path, ColumnMatcher(field).count), field, TODAY, check_number)
    table.check_all()
    ours = time.process_time() - started

    assert peer_rows >= ROWS
    assert table.good == ROWS
    print(f"\nbatch: {ours / ROWS * 1e6:.0f} µs a row read and checked, {ours / peer:.1f} × openpyxl's reading alone")
    assert ours / peer < 12


def test_an_edit_costs_a_row_not_a_table(tmp_path: Path) -> None:
    field = table_field()
    path = workbook(tmp_path / "a.xlsx", [good_row(n) for n in range(ROWS)])
    table = BatchTable(read_file(path, ColumnMatcher(field).count), field, TODAY, check_number)
    started = time.process_time()
    table.check_all()
    whole = time.process_time() - started
    started = time.process_time()
    for row in range(20):
        table.edit(row, "wage", "7000")
    edit = (time.process_time() - started) / 20
    print(f"\nbatch: one edit {edit * 1000:.2f} ms, {edit / whole:.5f} of the whole table")
    assert edit / whole < 0.02
