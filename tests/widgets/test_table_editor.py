"""Rows by keyboard and from a spreadsheet."""

from __future__ import annotations

import json

import form_samples as fs
import pytest
from PyQt6.QtCore import QMimeData, QModelIndex, Qt
from PyQt6.QtGui import QColor, QGuiApplication, QInputMethodEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel
from widget_hands import cursor, press

from app.domain.fact import Verdict
from app.domain.form import CellProblem, FieldState, Problem
from app.domain.table import write_table
from widgets.editors import Editor
from widgets.form_panel import FormPanel
from widgets.table_editor import TableEditor
from widgets.tokens import LIGHT
from widgets.views import Tone
from widgets.window import MainWindow

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
STAFF = "business.employee_list"


@pytest.fixture
def form(window: MainWindow) -> FormPanel:
    window.show_form()
    window.form.set_form(fs.table_form())
    return window.form


@pytest.fixture
def table(form: FormPanel) -> TableEditor:
    found = form.field_editor(STAFF)
    assert isinstance(found, TableEditor)
    return found


def put(form: FormPanel, rows: list[dict[str, str]]) -> None:
    form.set_states({STAFF: FieldState(fs.fact(STAFF, write_table(rows), fs.CLERK, Verdict.STATED))})


def keys(words: str) -> None:
    """Type into whatever has the cursor, as a hand does."""
    target = cursor()
    if words.isascii():
        for letter in words:  # the first opens the cell's line, which has the cursor from then on
            QTest.keyClicks(QApplication.focusWidget(), letter)  # type: ignore[call-arg,arg-type]
        return
    QApplication.sendEvent(target, QInputMethodEvent(words[:1], []))
    done = QInputMethodEvent("", [])
    done.setCommitString(words)
    QApplication.sendEvent(target, done)


def at(table: TableEditor) -> tuple[int, int]:
    return table.grid.currentIndex().row(), table.grid.currentIndex().column()


def test_rows_are_typed_with_enter_from_cell_to_cell(form: FormPanel, table: TableEditor) -> None:
    edits: list[str] = []
    form.edited.connect(lambda key, text: edits.append(text))
    form.focus_field(STAFF)
    assert at(table) == (0, 0)
    keys("张㛃𠮷")
    press(KEY.Key_Return)
    assert at(table) == (0, 1)
    keys("2")
    press(KEY.Key_Return)
    keys("3305")
    press(KEY.Key_Return)
    assert at(table) == (1, 0)  # the next row, ready to be typed into
    assert [json.loads(edit) for edit in edits] == [
        [{"name": "张㛃𠮷"}],
        [{"name": "张㛃𠮷", "sex": "2"}],
        [{"name": "张㛃𠮷", "sex": "2", "id_number": "3305"}],
    ]
    assert table.model.index(0, 1).data() == "女"
    press(KEY.Key_Return)  # nothing more to say: on with the form
    assert form.current_field() == "business.scope"


def test_words_committed_at_once_open_a_cell_too(form: FormPanel, table: TableEditor) -> None:
    """Handwriting and some keyboards have no composition."""
    form.focus_field(STAFF)
    done = QInputMethodEvent("", [])
    done.setCommitString("䶮𬭚")
    QApplication.sendEvent(table.grid, done)
    press(KEY.Key_Return)
    assert (table.value(), at(table)) == ('[{"name":"䶮𬭚"}]', (0, 1))


def test_rows_are_added_and_removed_by_key(form: FormPanel, table: TableEditor) -> None:
    put(form, [{"name": "甲"}, {"name": "乙"}])
    edits: list[str] = []
    form.edited.connect(lambda key, text: edits.append(text))
    form.focus_field(STAFF)
    table.grid.go(0, 2)
    press(KEY.Key_Return, CTRL)
    assert at(table) == (1, 0)
    assert edits == []  # an empty row is no edit
    keys("丙")
    press(KEY.Key_Return)
    assert [row["name"] for row in json.loads(edits[-1])] == ["甲", "丙", "乙"]
    table.grid.go(0, 0)
    press(KEY.Key_Delete, CTRL)
    assert [row["name"] for row in json.loads(edits[-1])] == ["丙", "乙"]
    press(KEY.Key_Delete)  # the cell only
    assert [row["name"] for row in json.loads(edits[-1])] == ["乙"]


def test_arrows_leave_the_table_at_its_edges(form: FormPanel, table: TableEditor) -> None:
    form.focus_field(STAFF)
    press(KEY.Key_Up)
    assert form.current_field() == "business.name"
    form.focus_field(STAFF)
    press(KEY.Key_Down)
    assert form.current_field() == "business.scope"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("张三\t男\r\n李四\t女\r\n", [{"name": "张三", "sex": "1"}, {"name": "李四", "sex": "2"}]),
        ("证件号码\t姓名*\t工号\n3305\t䶮𬭚\t7\n", [{"name": "䶮𬭚", "id_number": "3305"}]),
        ('"张\n三"\t"女"\n', [{"name": "张\n三", "sex": "2"}]),
        ("\t\n\t\n", []),
    ],
    ids=["plain", "with headings", "quoted", "nothing"],
)
def test_a_spreadsheet_is_pasted(form: FormPanel, table: TableEditor, text: str, rows: list[dict[str, str]]) -> None:
    edits: list[str] = []
    form.edited.connect(lambda key, text: edits.append(text))
    form.focus_field(STAFF)
    board = QGuiApplication.clipboard()
    assert board is not None
    board.setText(text)
    press(KEY.Key_V, CTRL)
    assert [json.loads(edit) for edit in edits] == ([rows] if rows else [])


def test_pasting_starts_at_the_marked_cell_and_copying_gives_it_back(form: FormPanel, table: TableEditor) -> None:
    put(form, [{"name": "甲"}, {"name": "乙"}])
    form.focus_field(STAFF)
    board = QGuiApplication.clipboard()
    assert board is not None
    board.setText("女\t1\n男\t2")
    table.grid.go(1, 1)
    press(KEY.Key_V, CTRL)
    wanted = [{"name": "甲"}, {"name": "乙", "sex": "2", "id_number": "1"}, {"sex": "1", "id_number": "2"}]
    assert json.loads(table.value()) == wanted
    table.grid.go(1, 0)
    for _ in range(2):
        press(KEY.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(KEY.Key_C, CTRL)
    assert board.text() == "乙\t女\t1"


def test_each_wrong_cell_is_marked_and_told(form: FormPanel, table: TableEditor) -> None:
    put(form, [{"name": "甲"}, {"sex": "1", "id_number": "33"}])
    cells = (
        CellProblem(1, "name", "请填写姓名", missing=True),
        CellProblem(1, "id_number", "应为 18 位"),
        CellProblem(0, "name", "请核对", warning=True),
    )
    form.set_problems([Problem(STAFF, "第 2 行：应为 18 位", cells=cells)])

    def ground(row: int, column: int) -> object:
        return table.model.index(row, column).data(Qt.ItemDataRole.BackgroundRole)

    assert ground(1, 2) == QColor(LIGHT.soft_of(Tone.ERROR))
    assert ground(0, 0) == QColor(LIGHT.soft_of(Tone.WARNING))
    assert ground(1, 0) is None  # merely missing: said after a check only
    form.show_problems(True)
    assert ground(1, 0) == QColor(LIGHT.soft_of(Tone.ERROR))
    form.focus_field(STAFF)
    assert at(table) == (1, 0)  # the cursor goes to the first that lacks
    assert table._words.text() == "第 2 行：请填写姓名（另有 1 处）"
    assert form.field_row(STAFF).problem_words() == "第 2 行：应为 18 位"  # told in one place only
    assert not [w for w in form.field_row(STAFF).findChildren(QLabel) if w.isVisible() and "应为" in w.text()]
    form.set_problems([])
    assert ground(1, 2) is None


def test_problems_count_rows_without_the_empty_ones(form: FormPanel, table: TableEditor) -> None:
    put(form, [{"name": "甲"}, {"name": "乙"}])
    form.focus_field(STAFF)
    table.grid.go(0, 0)
    press(KEY.Key_Return, CTRL)  # an empty row between them
    table.set_cells([CellProblem(1, "name", "请核对姓名")])
    assert table.model.index(2, 0).data(table.model.PROBLEM) is not None
    assert table.model.index(1, 0).data(table.model.PROBLEM) is None


def test_a_cell_being_typed_in_is_left_alone(form: FormPanel, table: TableEditor) -> None:
    put(form, [{"name": "甲"}])
    form.focus_field(STAFF)
    table.grid.go(0, 2)
    keys("33")
    assert table.busy
    put(form, [{"name": "乙", "id_number": "99"}])
    cell = QApplication.focusWidget()
    assert isinstance(cell, Editor)
    assert cell.text() == "33"
    assert table.model.index(0, 0).data() == "甲"


def test_leaving_for_an_f_key_hands_the_open_cell_on(form: FormPanel, table: TableEditor) -> None:
    edits: list[str] = []
    form.edited.connect(lambda key, text: edits.append(text))
    form.focus_field(STAFF)
    keys("abc")
    form.commit()
    assert edits == ['[{"name":"abc"}]']
    form.commit()
    assert len(edits) == 1


def test_the_canonical_value_comes_back_without_losing_the_place(form: FormPanel, table: TableEditor) -> None:
    """The rules write dates and numbers anew; empty rows and the mark stay where they are."""
    form.edited.connect(lambda key, text: put(form, [{**row, "name": row["name"].upper()} for row in json.loads(text)]))
    form.focus_field(STAFF)
    keys("abc")
    press(KEY.Key_Return)
    press(KEY.Key_Return, CTRL)
    assert table.model.index(0, 0).data() == "ABC"
    assert at(table) == (1, 0)


def test_a_locked_table_only_shows(form: FormPanel, table: TableEditor) -> None:
    put(form, [{"name": "甲"}])
    form.set_locked(True)
    form.focus_field(STAFF)
    table.grid.go(0, 0)
    for key, modifiers in ((KEY.Key_Delete, CTRL), (KEY.Key_Return, CTRL), (KEY.Key_A, CTRL ^ CTRL)):
        press(key, modifiers)
    board = QGuiApplication.clipboard()
    assert board is not None
    board.setText("乙")
    press(KEY.Key_V, CTRL)
    assert table.value() == '[{"name":"甲"}]'
    form.set_locked(False)
    press(KEY.Key_Delete)
    assert table.value() == ""


def test_the_model_survives_odd_calls(table: TableEditor) -> None:
    model = table.model
    model.remove(5, 9)
    model.put("no table")
    assert model.rowCount() == 1
    assert model.data(QModelIndex()) is None
    assert not model.setData(QModelIndex(), "x")


def test_a_wrong_cell_is_seen_even_under_the_mark(form: FormPanel, table: TableEditor) -> None:
    put(form, [{"name": "甲"}, {"name": "乙"}])
    form.focus_field(STAFF)
    table.grid.go(0, 0)

    def edge() -> QColor:
        view = table.grid.viewport()
        assert view is not None
        where = table.grid.visualRect(table.model.index(0, 0))
        return view.grab().toImage().pixelColor(where.left() + 1, where.center().y())

    assert edge() != QColor(LIGHT.ink_of(Tone.ERROR))
    table.set_cells([CellProblem(0, "name", "请核对")])
    assert edge() == QColor(LIGHT.ink_of(Tone.ERROR))


def test_rows_move_and_take_what_stands_above(form: FormPanel, table: TableEditor) -> None:
    put(form, [{"name": "甲", "sex": "1"}, {"name": "乙"}, {"name": "丙"}])
    edits: list[str] = []
    form.edited.connect(lambda key, text: edits.append(text))
    form.focus_field(STAFF)
    table.grid.go(2, 0)
    press(KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert at(table) == (1, 0)
    assert [row["name"] for row in json.loads(edits[-1])] == ["甲", "丙", "乙"]
    press(KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    press(KEY.Key_Up, Qt.KeyboardModifier.AltModifier)  # at the top it stays
    assert [row["name"] for row in json.loads(edits[-1])] == ["丙", "甲", "乙"]
    table.grid.go(2, 1)
    press(KEY.Key_Apostrophe, CTRL)
    assert json.loads(edits[-1])[2] == {"name": "乙", "sex": "1"}
    assert at(table) == (2, 2)  # and on
    table.grid.go(3, 0)
    press(KEY.Key_Apostrophe, CTRL)  # into the empty last row: a new one
    assert len(json.loads(edits[-1])) == 4


def test_a_column_is_filled_down(form: FormPanel, table: TableEditor) -> None:
    put(form, [{"name": "甲", "sex": "2"}, {"name": "乙"}, {"name": "丙"}])
    edits: list[str] = []
    form.edited.connect(lambda key, text: edits.append(text))
    form.focus_field(STAFF)
    table.grid.go(0, 1)
    press(KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(KEY.Key_D, CTRL)
    assert [row["sex"] for row in json.loads(edits[-1])] == ["2", "2", "2"]
    table.grid.go(0, 0)
    press(KEY.Key_D, CTRL)  # nothing stands above
    assert len(edits) == 1


def test_what_was_deleted_comes_back_and_the_mark_stays(form: FormPanel, table: TableEditor) -> None:
    rows = [{"name": "甲"}, {"name": "乙"}, {"name": "丙"}]
    put(form, rows)
    form.focus_field(STAFF)
    table.grid.go(1, 2)
    press(KEY.Key_Delete, CTRL)
    assert table._words.text() == "已删除 1 行，Ctrl+Z 恢复"
    put(form, [rows[0], rows[2]])  # the desk took the edit over
    put(form, rows)  # and took it back
    assert at(table) == (1, 2)
    assert table.model.count() == 3


def test_a_table_as_html_only_is_pasted(form: FormPanel, table: TableEditor) -> None:
    """WPS for the web and many pages give no tabs."""
    data = QMimeData()
    data.setHtml(
        "<meta><table><tr><th>证件号码</th><th>姓 名</th></tr>"
        "<tr><td>3305</td><td>䶮\n 𬭚</td></tr><tr><td colspan=2>6</td></tr></table><table><tr><td>x</td></tr></table>"
    )
    data.setText("证件号码 姓名 3305 䶮𬭚")
    board = QGuiApplication.clipboard()
    assert board is not None
    board.setMimeData(data)
    edits: list[str] = []
    form.edited.connect(lambda key, text: edits.append(text))
    form.focus_field(STAFF)
    press(KEY.Key_V, CTRL)
    assert json.loads(edits[-1]) == [{"name": "䶮 𬭚", "id_number": "3305"}, {"id_number": "6"}]
    assert table._words.text() == "已粘贴 2 行，Ctrl+Z 撤回"


def test_a_locked_table_neither_moves_nor_fills(form: FormPanel, table: TableEditor) -> None:
    put(form, [{"name": "甲"}, {"name": "乙"}])
    form.set_locked(True)
    form.focus_field(STAFF)
    table.grid.go(1, 0)
    press(KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    press(KEY.Key_D, CTRL)
    press(KEY.Key_Apostrophe, CTRL)
    assert [row["name"] for row in json.loads(table.value())] == ["甲", "乙"]
