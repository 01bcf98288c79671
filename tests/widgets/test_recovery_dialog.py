"""The recovery code: shown in groups, gone over to by Enter, typed back; and the ground before anybody signed in."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from widgets.dialogs.recovery import RecoveryDialog
from widgets.doorway import DoorWindow

CODE = "7K3MX-00F21-ZZ4QA-9T8RB-H2J3C-V5W6D-1234E"
KEY = Qt.Key


@pytest.fixture
def dialog(qtbot: QtBot) -> RecoveryDialog:
    made = RecoveryDialog()
    made.set_code(CODE)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press(dialog: RecoveryDialog, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or dialog, key)


def shown_code(dialog: RecoveryDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel, "recovery_group") if label.isVisible()]


def test_shown_then_typed_back_and_looked_at_again(qtbot: QtBot, dialog: RecoveryDialog) -> None:
    assert shown_code(dialog) == CODE.split("-")
    press(dialog, KEY.Key_Return)
    assert shown_code(dialog) == [], "it is typed from the paper, not from the screen"
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    with qtbot.assertNotEmitted(dialog.typed, wait=50):
        press(dialog, KEY.Key_Return)
    QTest.keyClicks(line, "7k3mx")
    press(dialog, KEY.Key_F4)
    assert shown_code(dialog) == CODE.split("-")
    press(dialog, KEY.Key_Return)
    with qtbot.waitSignal(dialog.typed) as told:
        press(dialog, KEY.Key_Return)
    assert told.args == ["7k3mx"]
    with qtbot.assertNotEmitted(dialog.typed, wait=50):
        press(dialog, KEY.Key_Return)  # once is enough while it is saved
    dialog.say("恢复码有误：第 1 组")
    assert dialog.line.text() == "7k3mx"
    assert dialog.line.hasFocus()
    assert "第 1 组" in dialog.said()


def test_escape_leaves_it_for_later(qtbot: QtBot, dialog: RecoveryDialog) -> None:
    with qtbot.waitSignal(dialog.rejected), qtbot.assertNotEmitted(dialog.typed):
        press(dialog, KEY.Key_Escape)


def test_groups_are_read_out_letter_by_letter(dialog: RecoveryDialog) -> None:
    (first, *_) = dialog.findChildren(QLabel, "recovery_group")
    assert "7 K 3 M X" in first.accessibleName()


def test_a_second_code_says_that_the_first_goes(qtbot: QtBot) -> None:
    made = RecoveryDialog(replaces=True)
    qtbot.addWidget(made)
    assert made.findChild(QLabel, "recovery_replaces") is not None
    assert RecoveryDialog().findChild(QLabel, "recovery_replaces") is None


def test_the_ground_says_what_goes_on_and_when_it_is_closed(qtbot: QtBot) -> None:
    window = DoorWindow("市政务服务中心　A03")
    qtbot.addWidget(window)
    window.show()
    window.set_busy("正在打开本机数据…")
    texts = [label.text() for label in window.findChildren(QLabel)]
    assert texts == ["一窗", "市政务服务中心　A03", "正在打开本机数据…"]
    with qtbot.waitSignal(window.closed):
        window.close()
