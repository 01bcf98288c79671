"""The dialog of shared data and the offers below the visitor, by keys as the clerk presses them."""

from __future__ import annotations

from dataclasses import replace

import desk_samples as d
import pytest
import widget_samples as s
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from widgets.dialogs.query import QueryDialog
from widgets.known import KnownPanel
from widgets.views import KnownView, QueryStage, Tone
from widgets.window import MainWindow

K = Qt.Key


@pytest.fixture
def dialog(qtbot: QtBot) -> QueryDialog:
    made = QueryDialog()
    qtbot.addWidget(made)
    made.set_purposes(d.PURPOSES)
    made.set_rows(d.QUERY_ROWS, QueryStage.READY)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def press(dialog: QueryDialog, key: Qt.Key) -> None:
    QTest.keyClick(dialog.focusWidget() or dialog, key)  # type: ignore[call-overload]


def button(dialog: QueryDialog, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    return found


def test_enter_asks_for_the_likeliest_purpose(dialog: QueryDialog, qtbot: QtBot) -> None:
    assert button(dialog, "query_go").text() == "查询 5 种 Enter"
    with qtbot.waitSignal(dialog.asked) as asked:
        press(dialog, K.Key_Return)
    assert asked.args == ["verify_material", ["low_income", "social_card", "disability", "household", "degree"]]


def test_number_keys_choose_the_purpose_and_space_leaves_one_out(dialog: QueryDialog, qtbot: QtBot) -> None:
    press(dialog, K.Key_3)
    dialog._ticks["household"].setFocus()
    press(dialog, K.Key_Space)
    with qtbot.waitSignal(dialog.asked) as asked:
        press(dialog, K.Key_Return)
    assert asked.args == ["check_eligibility", ["low_income", "social_card", "disability", "degree"]]


def test_without_a_tick_there_is_nothing_to_ask(dialog: QueryDialog) -> None:
    for tick in dialog._ticks.values():
        tick.setChecked(False)
    assert not button(dialog, "query_go").isEnabled()


def test_while_asking_nothing_can_be_pressed_twice(dialog: QueryDialog, qtbot: QtBot) -> None:
    asking = [replace(row, state_words="查询中", tone=Tone.INFO, can_tick=False) for row in d.QUERY_ROWS]
    dialog.set_rows(asking, QueryStage.ASKING)
    assert not button(dialog, "query_go").isEnabled()
    with qtbot.assertNotEmitted(dialog.asked), qtbot.assertNotEmitted(dialog.taken):
        press(dialog, K.Key_Return)
        press(dialog, K.Key_2)
    assert all(not choice.isEnabled() for choice in dialog._purposes)


def test_answers_are_taken_over_with_enter_and_only_those_that_can_be(dialog: QueryDialog, qtbot: QtBot) -> None:
    dialog.set_rows(d.QUERY_ANSWERS, QueryStage.DONE)
    assert set(dialog._ticks) == {"low_income", "social_card"}
    QApplication.processEvents()
    words = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    assert "与表中不一致：银行账号" in words
    dialog._ticks["low_income"].setChecked(False)
    assert button(dialog, "query_go").text() == "采用 1 种 Enter"
    with qtbot.waitSignal(dialog.taken) as taken:
        press(dialog, K.Key_Return)
    assert taken.args == [["social_card"]]
    assert not dialog.isVisible()


def test_what_got_no_answer_is_asked_again_now_or_later(dialog: QueryDialog, qtbot: QtBot) -> None:
    assert not button(dialog, "query_again").isVisible()
    dialog.set_rows(d.QUERY_ANSWERS, QueryStage.DONE)
    with qtbot.waitSignal(dialog.asked) as again:
        press(dialog, K.Key_R)
    assert again.args == ["verify_material", ["household"]]
    with qtbot.waitSignal(dialog.later) as later:
        press(dialog, K.Key_L)
    assert later.args == ["verify_material"]
    assert not dialog.isVisible()


def test_nothing_to_take_over_ends_with_enter(dialog: QueryDialog, qtbot: QtBot) -> None:
    dialog.set_rows([row for row in d.QUERY_ANSWERS if not row.can_tick], QueryStage.DONE)
    with qtbot.assertNotEmitted(dialog.taken):
        press(dialog, K.Key_Return)
    assert not dialog.isVisible()


def test_a_row_that_changes_keeps_the_clerks_ticks(dialog: QueryDialog) -> None:
    dialog._ticks["degree"].setChecked(False)
    dialog.set_rows(d.QUERY_ROWS, QueryStage.READY)
    assert "degree" not in dialog.ticked()


def test_the_foot_takes_no_room_without_an_offer_and_shows_its_key(qtbot: QtBot) -> None:
    panel = KnownPanel()
    qtbot.addWidget(panel)
    assert panel.isHidden()
    panel.set_query(KnownView("共享数据 1 种", "户籍"))
    assert not panel.isHidden()
    press_query = panel.findChild(QPushButton, "known_query_press")
    assert press_query is not None
    assert not press_query.isHidden()
    assert "Ctrl+D" in press_query.text()
    with qtbot.waitSignal(panel.triggered) as triggered:
        press_query.click()
    assert triggered.args == ["query_data"]
    panel.set_query(KnownView("离线，联网后可查", "户籍", open=False))
    assert press_query.isHidden(), "offline there is no key to press"
    panel.set_query(None)
    assert panel.isHidden()


def test_ctrl_d_pins_in_the_picker_and_asks_in_the_form(window: MainWindow, qtbot: QtBot) -> None:
    """One key, two places: which one it is depends on what stands in the middle."""
    window.view_changed.connect(lambda: window.set_action_enabled("query_data", window.form_shown))
    window.set_action_enabled("query_data", False)
    window.show_picker()
    window.picker.set_results(s.HITS)
    with qtbot.waitSignal(window.picker.pinned), qtbot.assertNotEmitted(window.action):
        QTest.keyClick(window.picker.search, K.Key_D, Qt.KeyboardModifier.ControlModifier)  # type: ignore[call-overload]
    import form_samples as fs

    window.show_form()
    window.form.set_form(fs.barber_form())
    window.form.set_states(fs.filled_states())
    window.form.focus_field("applicant.phone")
    focused = window.focusWidget()
    assert focused is not None
    # Text fields have a Ctrl+D of their own on some systems; the window's wins.
    with qtbot.waitSignal(window.action) as asked:
        QTest.keyClick(focused, K.Key_D, Qt.KeyboardModifier.ControlModifier)  # type: ignore[call-overload]
    assert asked.args == ["query_data"]
    window.set_action_enabled("query_data", False)
    before = window.form.current_field()
    with qtbot.assertNotEmitted(window.action):
        QTest.keyClick(focused, K.Key_D, Qt.KeyboardModifier.ControlModifier)  # type: ignore[call-overload]
    assert window.form.current_field() == before
