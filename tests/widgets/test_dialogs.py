"""The dialogs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import gallery
import pytest
import widget_samples as s
from dialog_hands import said, shown
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.actions import actions
from widgets.bits import button
from widgets.dialogs.base import BaseDialog
from widgets.dialogs.check import CheckDialog
from widgets.dialogs.confirm import ConfirmDialog, confirm
from widgets.dialogs.help import HelpDialog
from widgets.dialogs.outbox import OutboxDialog
from widgets.dialogs.paper import PaperPreviewDialog, Sheet
from widgets.theme import apply_theme

KEY = Qt.Key


def press(dialog: QDialog, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or dialog, key, modifier)


def buttons(dialog: QDialog) -> list[str]:
    return [b.objectName() for b in dialog.findChildren(QPushButton) if b.isVisible()]


def test_outbox_offers_settling_only_for_parked_entries(qtbot: QtBot) -> None:
    dialog = OutboxDialog()
    shown(qtbot, dialog)
    # Nobody has looked yet: an empty outbox would be a claim.
    assert "正在读取待传清单…" in said(dialog)
    assert "没有待传的办件" not in said(dialog)
    dialog.set_rows(())
    assert "没有待传的办件" in said(dialog)
    assert buttons(dialog) == ["outbox_close"]  # nothing to upload: no such button
    dialog.set_rows(s.OUTBOX)
    assert "待传 3 件，1 件被平台退回" in said(dialog)
    assert "outbox_resend" not in buttons(dialog)
    dialog.table.selectRow(3)
    assert {"outbox_resend", "outbox_withdraw", "outbox_upload"} <= set(buttons(dialog))
    assert s.OUTBOX[3].reason in said(dialog)
    dialog.set_loading()
    assert "待传 3 件" in said(dialog), "opened again, it shows what it knows"
    assert "正在读取" not in said(dialog)


def test_opened_again_enter_does_not_press_what_was_used_last(qtbot: QtBot) -> None:
    window = QWidget()
    shown(qtbot, window)
    dialog = BaseDialog("again", "再来一次", window)
    told: list[str] = []
    good, other = button("好", "", "again_good"), button("撤回", "", "again_withdraw")
    good.clicked.connect(lambda: told.append("good"))
    other.clicked.connect(lambda: told.append("other"))
    dialog.add_buttons(other, good, default=good)
    for _ in range(2):
        dialog.open()
        qtbot.waitUntil(lambda: dialog.isActiveWindow() and QApplication.focusWidget() is not None)
        press(dialog, KEY.Key_Return)
        other.setFocus()
        press(dialog, KEY.Key_Return)
        dialog.reject()
        qtbot.waitUntil(dialog.isHidden)
    assert told == ["good", "other"] * 2


def test_outbox_signals(qtbot: QtBot) -> None:
    dialog = OutboxDialog()
    dialog.set_rows(s.OUTBOX)
    shown(qtbot, dialog)
    told: list[str] = []
    dialog.upload_now.connect(lambda: told.append("upload"))
    dialog.resend.connect(lambda name: told.append(f"resend {name}"))
    dialog.withdraw.connect(lambda name: told.append(f"withdraw {name}"))
    press(dialog, KEY.Key_Return)
    dialog.table.selectRow(3)
    for name in ("outbox_resend", "outbox_withdraw"):
        found = dialog.findChild(QPushButton, name)
        assert found is not None
        found.click()
    assert told == ["upload", "resend 4", "withdraw 4"]


def test_outbox_keeps_the_selected_entry(qtbot: QtBot) -> None:
    dialog = OutboxDialog()
    qtbot.addWidget(dialog)
    dialog.set_rows(s.OUTBOX)
    dialog.table.selectRow(3)
    dialog.set_rows(s.OUTBOX[1:])
    assert dialog.table.currentIndex().row() == 2


def test_paper_prints_with_enter_and_zooms(qtbot: QtBot) -> None:
    dialog = PaperPreviewDialog()
    dialog.set_pages([s.paper_page(), s.paper_page()])
    shown(qtbot, dialog)
    with qtbot.waitSignal(dialog.print_requested):
        press(dialog, KEY.Key_Return)
    sheets = dialog.findChildren(Sheet)
    assert len(sheets) == 2
    fitted = sheets[0].width()
    press(dialog, KEY.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    larger = sheets[0].width()
    assert larger > fitted
    press(dialog, KEY.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert sheets[0].width() < larger
    press(dialog, KEY.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert sheets[0].width() == fitted
    assert abs(sheets[0].height() / sheets[0].width() - 1754 / 1240) < 0.01
    bar = dialog._area.verticalScrollBar()
    assert bar is not None
    press(dialog, KEY.Key_PageDown)
    assert bar.value() > 0
    press(dialog, KEY.Key_Escape)
    assert dialog.isHidden()


def test_check_accepts_with_enter(qtbot: QtBot) -> None:
    dialog = CheckDialog(s.CHECK)
    shown(qtbot, dialog)
    words = said(dialog)
    for expected in ("个体工商户设立登记", "公共场所平面布局图", "容缺", "建筑面积来自图像识别", "现在离线"):
        assert expected in words
    with qtbot.waitSignal(dialog.accepted):
        press(dialog, KEY.Key_Return)


def test_check_with_blockers_has_only_the_way_back(qtbot: QtBot) -> None:
    dialog = CheckDialog(dataclasses.replace(s.CHECK, blockers=("联系电话未填写。",)))
    shown(qtbot, dialog)
    assert buttons(dialog) == ["check_notice", "check_back"]
    assert "联系电话未填写。" in said(dialog)
    with qtbot.waitSignal(dialog.rejected):
        press(dialog, KEY.Key_Return)


def test_who_leaves_without_acceptance_gets_a_notice(qtbot: QtBot) -> None:
    dialog = CheckDialog(dataclasses.replace(s.CHECK, blockers=("联系电话未填写。",)))
    shown(qtbot, dialog)
    with qtbot.waitSignals([dialog.notice_requested, dialog.rejected]):
        press(dialog, KEY.Key_G)


def test_help_lists_every_action(qtbot: QtBot) -> None:
    dialog = HelpDialog()
    shown(qtbot, dialog)
    words = said(dialog)
    for action in actions():
        if action.id != "help":
            assert action.key in words
            assert action.help in words
    press(dialog, KEY.Key_Return)
    assert dialog.isHidden()


@pytest.mark.parametrize(("danger", "answer"), [(False, True), (True, False)])
def test_enter_gives_the_safe_answer(qtbot: QtBot, danger: bool, answer: bool) -> None:
    dialog = ConfirmDialog("撤回这件？", "撤回后需要重新受理。", "撤回", danger=danger)
    shown(qtbot, dialog)
    press(dialog, KEY.Key_Return)
    assert (dialog.result() == QDialog.DialogCode.Accepted.value) is answer


@pytest.mark.parametrize(("key", "answer"), [(KEY.Key_Return, True), (KEY.Key_Escape, False)])
def test_confirm_waits_for_the_answer(key: Qt.Key, answer: bool) -> None:
    def press_when_there() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ConfirmDialog)
        QTest.keyClick(dialog, key)

    QTimer.singleShot(50, press_when_there)
    assert confirm(None, "结束本次办理？", "草稿已保存。", "结束") is answer


def test_tab_reaches_every_button(qtbot: QtBot) -> None:
    dialog = OutboxDialog()
    dialog.set_rows(s.OUTBOX)
    dialog.table.selectRow(3)
    shown(qtbot, dialog)
    reached = set()
    for _ in range(12):
        press(dialog, KEY.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused.objectName())
    assert {"outbox_export", "outbox_answer", "outbox_records_only", "outbox_pause"} <= reached
    assert {"outbox_resend", "outbox_withdraw", "outbox_close", "outbox_upload", "outbox_table"} <= reached


@pytest.fixture(scope="module")
def all_dialogs(qapp: QApplication) -> Iterator[dict[str, QWidget]]:
    """The gallery's, made once: to make them takes two seconds."""
    if not qapp.styleSheet():
        apply_theme(qapp)
    made = gallery.dialogs()
    yield made
    for dialog in made.values():
        dialog.close()
        dialog.deleteLater()


@pytest.mark.parametrize(
    "name", ["d-help", "d-outbox", "d-paper", "d-check", "d-confirm", "t-lessons", "t-result", "t-save"]
)
def test_no_dialog_is_blank(all_dialogs: dict[str, QWidget], name: str) -> None:
    dialog = all_dialogs[name]
    assert dialog.objectName()
    assert dialog.accessibleName()
    picture: QImage = dialog.grab().toImage()
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)}
    assert len(colours) > 40
