"""A firm's roster of thousands of rows: imported, mended, taken over, on the real screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from batch_kit import good_row, workbook
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.batch.save import MEDIA_TYPE, unpack_rows
from app.bootstrap_demo import open_demo
from app.demo.scenario import load_scenario
from app.domain.table import read_table
from app.presenters.screen import Screen
from widgets.theme import apply_theme

ITEM = "11330500002601192E300071400100002"
"""职工参保登记（增员）"""
FIELD = "employment.employee_list"
HEADINGS = ("姓名", "公民身份号码", "性别", "入职", "月工资", "联系电话")


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication, tmp_path: Path, seed: Callable[[Path], Path]) -> Iterator[Screen]:
    apply_theme(qapp)
    scenario = load_scenario("open-a-barber-shop")
    with open_demo(seed(tmp_path / "profile"), scenario, fresh=True, out=tmp_path) as station:
        made = Screen(station)
        made.window.resize(1366, 768)
        made.window.show()
        made.start()
        made.desk.change(station.services.choose.add(made.desk.visit, ITEM))
        made.window.show_form()
        yield made
        made.close()


def roster(path: Path, count: int, wrong: int) -> Path:
    rows = []
    for n in range(count):
        name, number, sex, _, wage, _ = good_row(n)
        rows.append((name, "x" if n < wrong else number, sex, "", wage, f"138{n:08d}"))
    return workbook(path, rows, HEADINGS)


def shown(qtbot: QtBot, screen: Screen, path: Path) -> None:
    with qtbot.waitSignal(screen.batch.opened, timeout=100_000):
        screen.batch.open_file(FIELD, path)


def test_errors_are_shown_mended_in_place_and_the_good_rows_taken(qtbot: QtBot, screen: Screen, tmp_path: Path) -> None:
    shown(qtbot, screen, roster(tmp_path / "名册.xlsx", 120, 2))
    dialog = screen.batch.dialog
    table = screen.batch.table
    assert dialog is not None
    assert table is not None
    assert len(table.wrong) == 2
    assert dialog.grid.currentIndex().row() == 0, "the cursor stands on the first wrong cell"
    column = dialog.grid.currentIndex().column()
    dialog.model.setData(dialog.grid.currentIndex(), good_row(0)[1])
    assert table.wrong == (1,)
    qtbot.keyClick(dialog, Qt.Key.Key_F5)
    assert (dialog.grid.currentIndex().row(), dialog.grid.currentIndex().column()) == (1, column)
    with qtbot.waitSignal(screen.batch.taken, timeout=20_000) as taken:
        qtbot.mouseClick(dialog.findChild(type(dialog._take), "batch_take"), Qt.MouseButton.LeftButton)
    assert taken.args[0].rows == 119
    rows = read_table(screen.desk.visit.form.state(FIELD).value)
    assert len(rows) == 119
    assert rows[0]["name"] == "王𠮷0"
    assert not dialog.isVisible()


def test_thousands_of_rows_are_checked_without_holding_the_screen(qtbot: QtBot, screen: Screen, tmp_path: Path) -> None:
    turns: list[int] = []
    from PyQt6.QtCore import QTimer

    beat = QTimer()
    beat.setInterval(20)
    beat.timeout.connect(lambda: turns.append(1))
    beat.start()
    shown(qtbot, screen, roster(tmp_path / "大.xlsx", 6000, 30))
    assert screen.batch.table is not None
    assert len(screen.batch.table.wrong) == 30
    assert len(turns) > 20, "the event loop had its turns all the while"
    dialog = screen.batch.dialog
    assert dialog is not None
    dialog._only.setChecked(True)
    assert dialog.model.rowCount() == 30
    screen.batch.save_to(tmp_path / "marked.xlsx")
    qtbot.waitUntil(lambda: (tmp_path / "marked.xlsx").exists() and not screen.tasks.busy, timeout=60_000)
    with closing(openpyxl.load_workbook(tmp_path / "marked.xlsx", read_only=True)) as book:
        assert sum(1 for _ in book.worksheets[0].iter_rows()) == 6001


def test_a_broken_file_closes_the_dialog_and_says_why(qtbot: QtBot, screen: Screen, tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 torn")
    screen.batch.open_file(FIELD, path)
    qtbot.waitUntil(lambda: "不是能读的表格" in screen.window.notice.title(), timeout=10_000)
    assert screen.batch.dialog is not None
    assert not screen.batch.dialog.isVisible()
    assert screen.desk.visit.form.state(FIELD).value == ""


def test_a_large_table_goes_as_a_sealed_file(screen: Screen, tmp_path: Path) -> None:
    from dataclasses import replace

    from app.batch.columns import ColumnMatcher
    from app.batch.session import BatchTable
    from app.batch.source import read_file
    from app.domain.errors import Refused
    from app.identity.numbers import check_number

    visit = screen.desk.visit
    field = next(f for f in visit.form.definition.fields if f.key == FIELD)
    narrow = replace(field, schema={**field.schema, "maxItems": 50})
    raw = read_file(roster(tmp_path / "a.xlsx", 80, 0), ColumnMatcher(field).count)
    table = BatchTable(raw, narrow, dt.date(2026, 11, 21), check_number)
    table.check_all()
    service = screen.station.services.batch
    with pytest.raises(Refused, match="行数超过"):
        service.pack(table, narrow)
    material = visit.checklist.materials[0].use.id
    sealed = service.pack(table, replace(narrow, schema={**narrow.schema, "x-batch-material": material}))
    assert sealed.page is not None
    assert len(unpack_rows(screen.station.services.capture.open(sealed.page))) == 80
    again = service.take_over(service.take_over(visit, narrow, sealed), narrow, sealed)
    pages = next(m for m in again.checklist.materials if m.use.id == material).pages
    assert [page.media_type for page in pages] == [MEDIA_TYPE]


ODD = ("姓名", "编号甲", "性别", "入职", "月工资", "联系电话")


def odd_roster(path: Path, count: int) -> Path:
    rows = [(n[0], n[1], n[2], "", n[4], f"138{k:08d}") for k, n in ((k, good_row(k)) for k in range(count))]
    return workbook(path, rows, ODD)


def test_a_column_is_matched_by_hand_and_remembered(qtbot: QtBot, screen: Screen, tmp_path: Path) -> None:
    shown(qtbot, screen, odd_roster(tmp_path / "甲.xlsx", 5))
    dialog, table = screen.batch.dialog, screen.batch.table
    assert dialog is not None
    assert table is not None
    assert len(table.wrong) == 5
    assert dialog.choosers.isVisible(), "a column that found none is shown at once"
    at = [element.id for element in table.table.columns].index("id_number")
    with qtbot.waitSignal(screen.batch.opened, timeout=20_000):
        box = dialog.choosers.boxes[at]
        box.setCurrentIndex(2)
        box.activated.emit(2)
    assert screen.batch.table is not None
    assert screen.batch.table.wrong == ()
    assert screen.batch.table.mapping["id_number"] == 1
    dialog.reject()
    shown(qtbot, screen, odd_roster(tmp_path / "乙.xlsx", 7))
    assert screen.batch.table.wrong == (), "another file with these headings needs no hand"


def test_a_table_left_half_mended_is_offered_again(
    qtbot: QtBot, screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(qtbot, screen, roster(tmp_path / "名册.xlsx", 20, 3))
    dialog = screen.batch.dialog
    assert dialog is not None
    column = dialog.grid.currentIndex().column()
    dialog.model.setData(dialog.model.index(0, column), good_row(0)[1])
    dialog.reject()
    qtbot.waitUntil(lambda: not screen.tasks.busy, timeout=10_000)
    (tmp_path / "名册.xlsx").unlink()
    asked: list[str] = []
    monkeypatch.setattr("app.presenters.batch.confirm", lambda parent, title, what, *_: asked.append(what) or True)
    with qtbot.waitSignal(screen.batch.opened, timeout=20_000):
        screen.window.action.emit("import_table")
    assert asked == ["名册.xlsx（20 行），还有 2 行有误。"]
    table = screen.batch.table
    assert table is not None
    assert table.wrong == (1, 2)
    assert table.raw_row(0)["id_number"] == good_row(0)[1]
    assert table.sheet_row(0) == 4
    for row in (1, 2):
        table.edit(row, "id_number", good_row(row)[1])
    with qtbot.waitSignal(screen.batch.taken, timeout=20_000):
        screen.batch.dialog.take_requested.emit()
    qtbot.waitUntil(lambda: not screen.tasks.busy, timeout=10_000)
    field = next(f for f in screen.desk.visit.form.definition.fields if f.key == FIELD)
    assert screen.station.services.tables.left(field) is None, "taken: nothing is left"


def test_the_action_is_open_only_where_there_is_a_table(screen: Screen) -> None:
    assert screen.batch.possible()
    screen.desk.begin()
    assert not screen.batch.possible()
    screen.batch.import_table()
    assert screen.batch.dialog is None
