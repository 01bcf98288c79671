"""The parts of the form: progress, folding, jumps, the list of findings; forms too long to be built at once."""

from __future__ import annotations

import form_samples as fs
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from widget_hands import editor, press

from app.domain.form import CellProblem, FieldState, FormDefinition, FormSection, Problem
from widgets.dialogs.findings import FindingsDialog
from widgets.form_panel import FormPanel
from widgets.views import Tone
from widgets.window import MainWindow

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PLACE, NATION = "premises.address", "applicant.nation"
WUXING = "浙江省湖州市吴兴区"


# -- parts, findings -----------------------------------------------------------------------------------------


def test_parts_tell_their_progress_and_are_jumped_through(form: FormPanel) -> None:
    parts = form._body.sections
    assert [(p.progress.filled, p.progress.needed) for p in parts] == [(7, 8), (1, 5), (3, 4), (0, 3), (0, 2)]
    form.focus_field("applicant.name")
    form.focus_section(1)
    assert form.current_field() == "business.name"
    form.focus_section(1)
    assert form.current_field() == "premises.use_right"  # what lacks comes before what is first
    form.focus_section(-1)
    form.focus_section(-1)
    form.focus_section(-1)
    assert form.current_field() == "signboard.text"  # round


def test_what_is_done_folds_away_where_room_is_short_and_opens_again(form: FormPanel) -> None:
    states = fs.filled_states(typed=True)
    del states["signboard.text"]
    form.set_states(states)
    form.set_problems(fs.problems(states))
    QApplication.processEvents()
    form.focus_field("applicant.name")
    press(KEY.Key_Return)
    assert form.current_field() == "signboard.text"
    first = form._body.sections[0]
    assert first.folded
    assert not editor(form, "applicant.name").isVisible()
    assert not form._body.sections[2].folded  # no more than needed
    QTest.mouseClick(first.heading, Qt.MouseButton.LeftButton)
    assert editor(form, "applicant.name").isVisible()
    form.focus_field("signboard.text")
    assert first.folded
    form.set_problems([Problem("applicant.phone", "号码不对")])  # what is wrong must be seen
    assert not first.folded
    form.focus_field("applicant.name")
    assert editor(form, "applicant.name").hasFocus()


def test_the_heading_stays_while_scrolling(form: FormPanel) -> None:
    body = form._body
    QApplication.processEvents()
    assert not body._sticky.isVisible()
    bar = body.verticalScrollBar()
    assert bar is not None
    bar.setValue(60)
    assert body._sticky.isVisible()
    assert body._sticky._title.text() == "申请人（经营者）"
    bar.setValue(0)
    assert not body._sticky.isVisible()


def test_the_findings_jump_to_fields_and_cells(window: MainWindow, qtbot: QtBot) -> None:
    form = window.form
    window.show_form()
    form.set_form(fs.table_form())
    key = "business.employee_list"
    rows = '[{"name":"甲"},{"name":"乙","id_number":"33"}]'
    form.set_states({key: FieldState(fs.fact(key, rows))})
    cells = (CellProblem(1, "id_number", "应为 18 位"),)
    form.set_problems(
        [
            Problem("business.name", "请填写字号名称", missing=True),
            Problem(key, "第 2 行：应为 18 位", cells=cells),
            Problem("business.scope", "请核对", warning=True),
        ]
    )
    assert [(f.tone, f.row) for f in form.findings()] == [(Tone.NEUTRAL, -1), (Tone.ERROR, 1), (Tone.WARNING, -1)]
    form.show_findings()
    dialog = window.findChild(FindingsDialog)
    assert dialog is not None
    QTest.keyClick(dialog.list, KEY.Key_Return)  # mistakes come first
    window.activateWindow()
    grid = form.field_editor(key).focusProxy()
    assert grid is not None
    assert form.current_field() == key
    index = grid.currentIndex()  # type: ignore[attr-defined]
    assert (index.row(), index.column()) == (1, 2)


def test_no_findings_are_said_too(qtbot: QtBot) -> None:
    dialog = FindingsDialog(())
    qtbot.addWidget(dialog)
    assert dialog.list.isHidden()


# -- long forms ----------------------------------------------------------------------------------------------


def long_form(count: int) -> FormDefinition:
    fields = tuple(fs.field("x", f"f{n}", f"项 {n}") for n in range(count))
    return FormDefinition(("i",), (FormSection("x", "部分", "", fields),))


def test_a_long_form_is_right_before_it_is_whole(window: MainWindow, qtbot: QtBot) -> None:
    form = window.form
    window.show_form()
    form.set_form(long_form(120))
    assert not form.is_built()
    assert len(form.lacking()) == 120
    assert form.progress_words() == "已填 0/120，还差 120 项"
    form.set_states({"x.f110": FieldState(fs.fact("x.f110", "甲"))})
    form.set_problems([Problem("x.f110", "不对")])
    assert form.current_text("x.f110") == "甲"
    form.focus_field("x.f110")  # not there yet
    assert form.current_field() == "x.f110"
    qtbot.waitUntil(form.is_built)
    assert editor(form, "x.f110").hasFocus()
    assert editor(form, "x.f110").text() == "甲"
    assert form.field_row("x.f110").problem_words() == "不对"
    form.focus_field("x.f50")
    press(KEY.Key_Tab)
    assert editor(form, "x.f51").hasFocus()


def test_another_form_stops_the_building_of_the_first(window: MainWindow, qtbot: QtBot) -> None:
    window.show_form()
    window.form.set_form(long_form(120))
    window.form.focus_field("x.f110")
    window.form.set_form(fs.barber_form())
    qtbot.waitUntil(lambda: editor(window.form, "applicant.name").isVisible())
    assert window.form.is_built()
    assert window.form.current_field() is None
