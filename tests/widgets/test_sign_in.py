"""Signing in, the cover, the lists of unfinished visits and of clerks: by keys, and nothing shows through."""

from __future__ import annotations

import desk_samples as d
import pytest
from dialog_hands import shown
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.blind import STAYS, Blind, Blinds
from widgets.dialogs.clerks import ClerksDialog
from widgets.dialogs.parked import LeftDialog, ParkedDialog
from widgets.dialogs.sign_in import KeyView, SignInDialog, SignInMode
from widgets.window import MainWindow

KEY = Qt.Key


def press(dialog: QDialog, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or dialog, key, modifier)


def keys(words: str) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    QTest.keyClicks(focus, words)


@pytest.fixture
def sign_in(qtbot: QtBot) -> SignInDialog:
    dialog = SignInDialog()
    shown(qtbot, dialog)
    dialog.set_mode(SignInMode.SIGN_IN, d.CLERKS)
    return dialog


def test_the_clerk_is_chosen_without_leaving_the_pin(qtbot: QtBot, sign_in: SignInDialog) -> None:
    sign_in.choose("0232")
    press(sign_in, KEY.Key_Down)
    press(sign_in, KEY.Key_Down)  # the last stays the last
    keys("280714")
    with qtbot.waitSignal(sign_in.tried) as told:
        press(sign_in, KEY.Key_Return)
    assert told.args == ["0240", "280714"]
    assert sign_in.pin.echoMode() is QLineEdit.EchoMode.Password
    with qtbot.assertNotEmitted(sign_in.tried, wait=50):
        press(sign_in, KEY.Key_Return)  # once is enough while it is checked
    sign_in.say("口令不对")
    assert sign_in.pin.text() == ""
    assert sign_in.pin.hasFocus()


def test_an_empty_pin_is_not_sent_and_escape_leads_nowhere(qtbot: QtBot, sign_in: SignInDialog) -> None:
    with qtbot.assertNotEmitted(sign_in.tried, wait=50):
        press(sign_in, KEY.Key_Return)
    press(sign_in, KEY.Key_Escape)
    sign_in.close()
    assert sign_in.isVisible()
    assert [b.objectName() for b in sign_in.buttons()] == ["sign_in_leave", "sign_in_go"]


def test_the_first_clerk_is_led_through_the_lines_by_enter(qtbot: QtBot, sign_in: SignInDialog) -> None:
    sign_in.set_mode(SignInMode.FIRST, ())
    for words in ("0231", "Li Min", "280714"):
        keys(words)
        press(sign_in, KEY.Key_Return)
    keys("280714")
    with qtbot.waitSignal(sign_in.registered) as told:
        press(sign_in, KEY.Key_Return)
    assert told.args == ["0231", "Li Min", "280714", "280714"]


@pytest.mark.parametrize("mode", [SignInMode.SIGN_IN, SignInMode.LOCKED])
def test_enter_before_a_key_is_in_neither_leaves_nor_hands_over(
    qtbot: QtBot, sign_in: SignInDialog, mode: SignInMode
) -> None:
    sign_in.set_mode(mode, d.CLERKS)
    sign_in.set_key(KeyView("请插上您的钥匙", False, True))
    with (
        qtbot.assertNotEmitted(sign_in.left, wait=50),
        qtbot.assertNotEmitted(sign_in.others),
        qtbot.assertNotEmitted(sign_in.key_tried),
    ):
        press(sign_in, KEY.Key_Return)
    sign_in.set_key(KeyView("李敏的钥匙", True, True))
    assert sign_in.pin.hasFocus()


def test_it_is_as_high_as_its_words_and_no_wider(qtbot: QtBot, sign_in: SignInDialog) -> None:
    before = sign_in.size()
    sign_in.set_key(KeyView("请插上您的钥匙", False, True))
    assert sign_in.height() < before.height()  # without the list of clerks
    low = sign_in.height()
    sign_in.set_key(KeyView("这是一句要折成几行的话，" * 6, False, True))
    assert sign_in.width() == before.width()
    assert sign_in.height() > low


def test_a_locked_screen_knows_its_clerk_and_lets_another_ask(qtbot: QtBot, sign_in: SignInDialog) -> None:
    sign_in.set_mode(SignInMode.LOCKED, d.CLERKS[:1])
    assert not sign_in.clerks.isVisible()
    assert [b.objectName() for b in sign_in.buttons()] == ["sign_in_other", "sign_in_go"]
    with qtbot.waitSignal(sign_in.others):
        press(sign_in, KEY.Key_F2)
    sign_in.set_mode(SignInMode.NEW_PIN, d.CLERKS[1:2])
    for words in ("1", "2", "3"):
        keys(words)
        if words != "3":
            press(sign_in, KEY.Key_Return)
    with qtbot.waitSignal(sign_in.renewed) as told:
        press(sign_in, KEY.Key_Return)
    assert told.args == ["0232", "1", "2", "3"]


def test_the_recovery_code_and_a_new_pin_for_the_marked_clerk(qtbot: QtBot, sign_in: SignInDialog) -> None:
    with qtbot.assertNotEmitted(sign_in.recovery_wanted, wait=50):
        press(sign_in, KEY.Key_F4)  # no code was ever made
    sign_in.offer_recovery(True)
    press(sign_in, KEY.Key_Down)
    marked = sign_in.marked()
    with qtbot.waitSignal(sign_in.recovery_wanted):
        press(sign_in, KEY.Key_F4)
    sign_in.set_mode(SignInMode.RECOVER, d.CLERKS)
    sign_in.choose(marked)
    assert [b.objectName() for b in sign_in.buttons()] == ["sign_in_leave", "sign_in_recovery", "sign_in_go"]
    assert sign_in.code.hasFocus()
    assert sign_in.code.echoMode() is QLineEdit.EchoMode.Normal, "35 characters are not typed blindly"
    for words in ("abc", "280714"):
        keys(words)
        press(sign_in, KEY.Key_Return)
    keys("280714")
    with qtbot.waitSignal(sign_in.recovered) as told:
        press(sign_in, KEY.Key_Return)
    assert told.args == ["0232", "abc", "280714", "280714"]
    with qtbot.assertNotEmitted(sign_in.sign_in_wanted, wait=50):
        press(sign_in, KEY.Key_F4)  # while it is checked
    sign_in.say("恢复码有误：第 1 组")
    assert sign_in.code.text() == "abc", "one slip is no reason to type all of it again"
    assert sign_in.pin.text() == ""
    with qtbot.waitSignal(sign_in.sign_in_wanted):
        press(sign_in, KEY.Key_F4)


def test_blinds_cover_all_windows_and_those_that_open_later(qtbot: QtBot, window: MainWindow) -> None:
    spared, later, exempt = SignInDialog(window), QDialog(window), QWidget()
    later.setWindowTitle("张伟的材料")
    exempt.setProperty(STAYS, True)
    for made in (spared, later, exempt):
        qtbot.addWidget(made)
    exempt.show()
    blinds = Blinds()
    blinds.lower(spared)
    assert blinds.down
    spared.show()
    with qtbot.waitSignal(blinds.opened):
        later.show()
    for covered in (window, later):
        (blind,) = covered.findChildren(Blind, options=Qt.FindChildOption.FindDirectChildrenOnly)
        assert blind.isVisible()
        covered.resize(covered.width() + 40, covered.height() + 20)
        QApplication.processEvents()
        assert blind.geometry() == covered.rect(), "it follows the window's size"
        above = QWidget(covered)  # what is added later comes under it
        above.setGeometry(covered.rect())
        above.show()
        QApplication.processEvents()
        assert covered.childAt(5, 5) in (blind, *blind.findChildren(QWidget))
        assert covered.windowTitle() == "一窗"
    for open_ in (spared, exempt):
        assert open_.findChildren(Blind) == []
    blinds.lift()
    QApplication.processEvents()
    assert not blinds.down
    assert later.windowTitle() == "张伟的材料"
    assert not [b for w in (window, later) for b in w.findChildren(Blind)]
    another = QDialog(window)
    qtbot.addWidget(another)
    another.show()
    assert another.findChildren(Blind) == [], "nothing is covered any more"


def test_the_list_of_parked_visits_by_keys(qtbot: QtBot) -> None:
    dialog = ParkedDialog()
    shown(qtbot, dialog)
    assert [b.objectName() for b in dialog.findChildren(QPushButton) if b.isVisible()] == ["parked_close"]
    dialog.set_rows(d.PARKED)
    press(dialog, KEY.Key_Down)
    with qtbot.waitSignal(dialog.resumed) as told:
        press(dialog, KEY.Key_Return)
    assert told.args == ["v2"]
    with qtbot.waitSignal(dialog.resumed) as told:
        press(dialog, KEY.Key_1, Qt.KeyboardModifier.AltModifier)
    assert told.args == ["v1"]
    press(dialog, KEY.Key_Down)
    with qtbot.assertNotEmitted(dialog.resumed, wait=50):
        press(dialog, KEY.Key_Return)  # what cannot be read cannot be taken up
    dialog.show()
    with qtbot.waitSignal(dialog.dropped) as told:
        press(dialog, KEY.Key_Delete)
    assert told.args == ["v3"]
    dialog.set_rows(d.PARKED[:1])
    assert dialog.table.currentIndex().row() == 0


def test_what_was_left_over_is_never_lost_by_escape(qtbot: QtBot) -> None:
    dialog = LeftDialog(d.PARKED[0])
    shown(qtbot, dialog)
    with qtbot.assertNotEmitted(dialog.dropped), qtbot.waitSignal(dialog.parked):
        press(dialog, KEY.Key_Escape)
    dialog.show()
    with qtbot.waitSignal(dialog.resumed):
        press(dialog, KEY.Key_Return)
    assert not dialog.isVisible()
    dialog.show()
    drop = dialog.findChild(QPushButton, "left_drop")
    assert drop is not None
    with qtbot.waitSignal(dialog.dropped):
        drop.click()
    assert dialog.isVisible(), "it is asked about first"


def test_clerks_are_registered_reset_and_retired_by_keys(qtbot: QtBot) -> None:
    dialog = ClerksDialog()
    shown(qtbot, dialog)
    dialog.set_clerks(d.CLERKS)
    dialog.begin()
    keys("0241")
    press(dialog, KEY.Key_Return)
    keys("Rui R")  # R is a letter here, and a key in the list only
    with qtbot.waitSignal(dialog.enrolled) as told:
        press(dialog, KEY.Key_Return)
    assert told.args == ["0241", "Rui R"]
    dialog.list.setFocus()
    dialog.list.setCurrentRow(1)
    with qtbot.waitSignal(dialog.reset) as told:
        press(dialog, KEY.Key_R)
    assert told.args == ["0232"]
    with qtbot.waitSignal(dialog.retired) as told:
        press(dialog, KEY.Key_Delete)
    assert told.args == ["0232"]


def test_the_header_says_who_serves_and_how_many_wait(qtbot: QtBot, window: MainWindow) -> None:
    header = window.header
    chip = header.findChild(QPushButton, "parked_chip")
    assert chip is not None
    assert not chip.isVisible()
    header.set_parked(2)
    assert "2" in chip.text()
    with qtbot.waitSignal(window.action) as told:
        chip.click()
    assert told.args == ["parked"]
    header.set_parked(0)
    assert not chip.isVisible()
