"""Exporting an archive package: the purpose, the password, and the way there by keys alone."""

from __future__ import annotations

import around_samples as a
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from widgets.dialogs.archive import ArchiveDialog, PasswordDialog
from widgets.dialogs.cases import CasesDialog
from widgets.dialogs.packet import PacketDialog

K = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
PURPOSES = (("移交档案", "移交档案"), ("部门调取", "部门调取"), ("申请人索取", "申请人索取"), ("核查监督", "核查监督"))


def shown(qtbot: QtBot, dialog: QWidget) -> None:
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)


def said(dialog: QWidget) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def dialog(qtbot: QtBot) -> ArchiveDialog:
    made = ArchiveDialog(PURPOSES, 8)
    made.set_case("WX0320261121N0021", "文书 1 份、材料 3 份，约 2.1 MB。")
    shown(qtbot, made)
    return made


def test_purpose_and_enter_are_enough(qtbot: QtBot, dialog: ArchiveDialog) -> None:
    wanted: list[tuple[str, str]] = []
    dialog.wanted.connect(lambda purpose, password: wanted.append((purpose, password)))
    assert "WX0320261121N0021" in dialog.accessibleDescription()
    assert not dialog.password.isVisible()
    press(K.Key_3, ALT)
    qtbot.waitUntil(lambda: dialog.purpose.value() == "申请人索取")
    press(K.Key_Return)
    assert wanted == [("申请人索取", "")]
    assert dialog.isVisible(), "it stays until the place is chosen"
    press(K.Key_Escape)
    assert dialog.isHidden()


def test_a_password_is_asked_twice_and_never_shown(qtbot: QtBot, dialog: ArchiveDialog) -> None:
    wanted: list[tuple[str, str]] = []
    dialog.wanted.connect(lambda purpose, password: wanted.append((purpose, password)))
    press(K.Key_J, ALT)
    qtbot.waitUntil(dialog.seal.isChecked)
    assert dialog.password.isVisible()
    assert dialog.password.echoMode() is dialog.password.EchoMode.Password
    assert dialog.password.hasFocus()
    QTest.keyClicks(dialog.password, "1234567")
    press(K.Key_Return)
    assert "至少 8 个字符" in said(dialog)
    QTest.keyClicks(dialog.password, "8a")
    assert "至少 8 个字符" not in said(dialog)
    dialog.again.setFocus()
    QTest.keyClicks(dialog.again, "12345678b")
    press(K.Key_Return)
    assert "两次输入的口令不同" in said(dialog)
    assert dialog.again.text() == ""
    dialog.again.setFocus()
    QTest.keyClicks(dialog.again, "12345678a")
    press(K.Key_Return)
    assert wanted == [("移交档案", "12345678a")]
    press(K.Key_J, ALT)
    qtbot.waitUntil(lambda: not dialog.seal.isChecked())
    assert (dialog.password.text(), dialog.again.text()) == ("", ""), "taken back, it is forgotten"
    press(K.Key_Return)
    assert wanted[-1] == ("移交档案", "")


def test_a_sealed_package_asks_for_its_password(qtbot: QtBot) -> None:
    dialog = PasswordDialog()
    given: list[str] = []
    dialog.given.connect(given.append)
    dialog.set_file("归档包-1.ycarchive")
    shown(qtbot, dialog)
    press(K.Key_Return)
    assert (given, dialog.isVisible()) == ([], True), "an empty one is none"
    QTest.keyClicks(dialog.password, "12345678a")
    press(K.Key_Return)
    assert (given, dialog.isHidden()) == (["12345678a"], True)
    again = PasswordDialog()
    again.set_file("归档包-1.ycarchive", wrong=True)
    shown(qtbot, again)
    assert "口令不对" in said(again)


def test_my_cases_offers_both_by_key(qtbot: QtBot) -> None:
    dialog = CasesDialog()
    asked: list[str] = []
    dialog.archive_requested.connect(asked.append)
    dialog.check_requested.connect(lambda: asked.append("check"))
    shown(qtbot, dialog)
    assert not dialog._archive.isVisible(), "nothing is selected"
    dialog.show_case(a.CASE)
    press(K.Key_S, CTRL)
    qtbot.waitUntil(lambda: asked == [a.CASE.id])
    press(K.Key_Y, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: asked == [a.CASE.id, "check"])


def test_a_running_work_can_make_room_for_a_question(qtbot: QtBot) -> None:
    dialog = PacketDialog("正在核验归档包")
    stopped: list[int] = []
    dialog.cancelled.connect(lambda: stopped.append(1))
    shown(qtbot, dialog)
    dialog.give_up()
    assert (dialog.isHidden(), stopped) == (True, [])
