"""The dialog of assessments with real keys: each point with one, groups at their ends, pages, what it hands on."""

from __future__ import annotations

import assessment_samples as s
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from widgets.dialogs.assessment import RESULT, START, AssessmentDialog
from widgets.views_assessment import StartView

K = Qt.Key


@pytest.fixture
def dialog(qtbot: QtBot) -> AssessmentDialog:
    made = s.points("a01")
    qtbot.addWidget(made)
    made.show()
    made.points.table.setFocus()
    return made


@pytest.mark.parametrize(
    ("key", "answer"),
    [(K.Key_Space, "met"), (K.Key_1, "met"), (K.Key_2, "unmet"), (K.Key_3, "none"), (K.Key_Backspace, "back")],
    ids=["space", "1", "2", "3", "backspace"],
)  # fmt: skip
def test_one_key_answers_a_point(key: Qt.Key, answer: str, dialog: AssessmentDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.points.answered) as told:
        QTest.keyClick(dialog.points.table, key)  # type: ignore[call-overload]
    assert told.args == ["a01", answer]


def test_a_letter_ticks_a_measure_and_one_too_many_does_nothing(dialog: AssessmentDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.points.ticked) as told:
        QTest.keyClicks(dialog.points.table, "b")  # type: ignore[call-arg,arg-type]
    assert told.args == ["a01", 1]
    with qtbot.assertNotEmitted(dialog.points.ticked):
        QTest.keyClicks(dialog.points.table, "h")  # type: ignore[call-arg,arg-type]


def test_the_arrows_lead_over_the_ends_of_a_group(dialog: AssessmentDialog) -> None:
    table = dialog.points.table
    for _ in range(14):
        QTest.keyClick(table, K.Key_Down)  # type: ignore[call-overload]
    assert dialog.points.current() == "a20"
    QTest.keyClick(table, K.Key_Up)  # type: ignore[call-overload]
    assert dialog.points.current() == "a14"
    QTest.keyClick(table, K.Key_Down, Qt.KeyboardModifier.ControlModifier)  # type: ignore[call-overload]
    assert dialog.points.current() == "a20"


def test_f5_asks_for_the_next_open_point_and_ctrl_enter_goes_on(dialog: AssessmentDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.points.next_open) as told:
        QTest.keyClick(dialog.points.table, K.Key_F5)  # type: ignore[call-overload]
    assert told.args == ["a01"]
    with qtbot.waitSignal(dialog.finished_answers):
        QTest.keyClick(dialog.points.table, K.Key_Return, Qt.KeyboardModifier.ControlModifier)  # type: ignore[call-overload]


def test_the_first_page_hands_on_what_was_typed(qtbot: QtBot) -> None:
    dialog = s.start()
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.page == START
    button = dialog.findChild(QPushButton, "assessment_again")
    assert button is not None
    assert button.shortcut().toString() == "Ctrl+R"
    with qtbot.waitSignal(dialog.again) as told:
        button.click()
    given = told.args[0]
    assert isinstance(given, StartView)
    assert (given.form, given.firm_number, given.subject) == ("mass-event", "91330503MA2B4C5D67", "南浔古镇䶮湖灯会")
    dialog.start.number.setText("9133")
    with qtbot.waitSignal(dialog.start.firm_given) as told:
        dialog.start.number.setText("91330503ma2b4c5d67")
    assert told.args == ["mass-event", "91330503MA2B4C5D67"]


def test_what_blocks_cannot_be_handed_in(qtbot: QtBot) -> None:
    for view, ready in ((s.GOOD, True), (s.BAD, False)):
        dialog = s.result(view)
        qtbot.addWidget(dialog)
        dialog.show()
        assert dialog.page == RESULT
        told: list[bool] = []
        dialog.handed.connect(lambda told=told: told.append(True))
        QTest.keyClick(dialog, K.Key_Return, Qt.KeyboardModifier.ControlModifier)  # type: ignore[call-overload]
        assert bool(told) is ready
