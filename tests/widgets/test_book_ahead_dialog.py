"""The dialog that books the next visit, with real keys: between days and slots, what is full, what stays chosen."""

from __future__ import annotations

import booking_samples as s
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.dialogs.book_ahead import BookAheadDialog
from widgets.views_booking import DayView

K = Qt.Key


def opened(qtbot: QtBot, *, mine: bool = False) -> BookAheadDialog:
    dialog = s.shown(mine=mine)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    dialog.day_table.setFocus()
    qtbot.waitUntil(dialog.day_table.hasFocus)
    return dialog


def key(dialog: BookAheadDialog, code: Qt.Key) -> None:
    target: QWidget = dialog.focusWidget() or dialog
    QTest.keyClick(target, code)  # type: ignore[call-overload]


def go(dialog: BookAheadDialog) -> QPushButton:
    found = dialog.findChild(QPushButton, "book_go")
    assert found is not None
    return found


def test_the_first_free_place_is_chosen_and_closed_days_stand_there(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    assert [day.state for day in dialog.days[:2]] == ["已过", "不开放"]
    assert dialog.chosen() == ("2026-11-23", "09:30"), "nine o'clock is full"


def test_right_goes_to_the_slots_and_left_back(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    key(dialog, K.Key_Down)
    key(dialog, K.Key_Right)
    qtbot.waitUntil(dialog.slot_table.hasFocus)
    key(dialog, K.Key_Down)
    assert dialog.chosen() == ("2026-11-24", "10:00")
    key(dialog, K.Key_Left)
    qtbot.waitUntil(dialog.day_table.hasFocus)
    with qtbot.waitSignal(dialog.booked) as told:
        key(dialog, K.Key_Return)
    assert told.args == ["2026-11-24", "10:00", "13857200011", ""]


def test_a_full_day_and_a_full_slot_cannot_be_booked(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    asked: list[object] = []
    dialog.booked.connect(lambda *told: asked.append(told))
    dialog.day_table.selectRow(4)
    assert dialog.chosen() is None
    assert not go(dialog).isEnabled()
    key(dialog, K.Key_Return)
    dialog.day_table.selectRow(2)
    dialog.slot_table.selectRow(0)
    assert not go(dialog).isEnabled()
    key(dialog, K.Key_Return)
    assert asked == []


def test_read_anew_what_was_chosen_stays_chosen(qtbot: QtBot) -> None:
    dialog = opened(qtbot)
    dialog.day_table.selectRow(3)
    dialog.slot_table.selectRow(2)
    chosen = dialog.chosen()
    dialog.set_days(s.days(), later=True)
    assert dialog.chosen() == chosen
    # The day is gone: the first free place is chosen in its stead.
    dialog.set_days([day for day in s.days() if day.id != "2026-11-24"])
    assert dialog.chosen() == ("2026-11-23", "09:30")
    dialog.set_days([DayView("2026-11-22", "11月22日", "不开放")])
    assert dialog.chosen() is None


def test_what_is_moved_is_named_until_another_is_marked(qtbot: QtBot) -> None:
    dialog = opened(qtbot, mine=True)
    move = dialog.findChild(QPushButton, "book_move")
    assert move is not None
    move.click()
    assert "改到" in go(dialog).text()
    with qtbot.waitSignal(dialog.booked) as told:
        key(dialog, K.Key_Return)
    assert told.args[3] == s.CODE
    dialog.mine_table.selectRow(1)
    assert not move.isChecked()
    with qtbot.waitSignal(dialog.booked) as told:
        go(dialog).click()
    assert told.args[3] == ""


def test_while_something_is_asked_nothing_else_is(qtbot: QtBot) -> None:
    dialog = opened(qtbot, mine=True)
    asked: list[object] = []
    for signal in (dialog.booked, dialog.cancelled, dialog.print_requested, dialog.reread):
        signal.connect(lambda *told: asked.append(told))
    dialog.set_busy(True)
    key(dialog, K.Key_Return)
    for name in ("book_cancel", "book_print", "book_again", "book_go"):
        found = dialog.findChild(QPushButton, name)
        assert found is not None
        found.click()
    assert asked == []
