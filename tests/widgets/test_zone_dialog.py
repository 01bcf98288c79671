"""Doubtful characters of a zone: confirmed by key, none chosen beforehand."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from zone_samples import zone_check

from widgets.dialogs.zone_check import ZoneCheckDialog

Given = list[dict[tuple[int, int], str]]


@pytest.fixture
def dialog(qtbot: QtBot) -> ZoneCheckDialog:
    made = zone_check()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def given(dialog: ZoneCheckDialog) -> Given:
    said: Given = []
    dialog.confirmed.connect(said.append)
    return said


def _type(dialog: ZoneCheckDialog, char: str) -> None:
    """A key that is no ASCII: QTest has none of these."""
    event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, char)
    QApplication.sendEvent(dialog, event)


def test_each_is_typed_and_enter_takes_them(dialog: ZoneCheckDialog, given: Given) -> None:
    QTest.keyClicks(dialog, "m0")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert given == [], "one is still open"
    QTest.keyClicks(dialog, "8")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert given == [{(0, 5): "M", (1, 5): "0", (1, 9): "8"}]


def test_nothing_is_chosen_beforehand(dialog: ZoneCheckDialog, given: Given) -> None:
    assert dialog.left == 3
    for _ in range(4):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert given == []


def test_arrows_go_back_and_a_second_key_corrects(dialog: ZoneCheckDialog, given: Given) -> None:
    QTest.keyClicks(dialog, "N08")
    QTest.keyClick(dialog, Qt.Key.Key_Right)
    QTest.keyClicks(dialog, "M")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert given[0][0, 5] == "M"


def test_a_candidate_can_be_clicked_and_other_keys_are_no_characters(dialog: ZoneCheckDialog, given: Given) -> None:
    for odd in "?-é":
        _type(dialog, odd)
    assert dialog.left == 3
    first = dialog.findChild(QPushButton, "zone_choice_H")
    assert first is not None
    first.click()
    assert dialog.left == 2
    _type(dialog, "，")
    assert dialog.left == 1, "the key of < under a Chinese input method"
