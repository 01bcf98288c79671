"""The licence in full, by keys as the clerk presses them."""

from __future__ import annotations

from dataclasses import replace

import licence_samples as ls
import pytest
import widget_samples as s
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from widgets.dialogs.licence import LicenceDialog
from widgets.page_sheet import PageSheet
from widgets.views_licence import LicenceDetail
from widgets.who import LicenceCard, WhoPanel

K = Qt.Key


@pytest.fixture
def dialog(qtbot: QtBot) -> LicenceDialog:
    made = LicenceDialog()
    qtbot.addWidget(made)
    return made


def show(dialog: LicenceDialog, detail: LicenceDetail, qtbot: QtBot) -> None:
    dialog.set_detail(detail)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitExposed(dialog)
    qtbot.waitUntil(dialog.isActiveWindow, timeout=20_000)


def press(dialog: LicenceDialog, key: Qt.Key) -> None:
    QTest.keyClick(dialog.focusWidget() or dialog, key)  # type: ignore[call-overload]


def go(dialog: LicenceDialog) -> QPushButton:
    found = dialog.findChild(QPushButton, "licence_go")
    assert found is not None
    return found


def test_a_file_shows_its_page_and_p_shows_it_alone(dialog: LicenceDialog, qtbot: QtBot) -> None:
    page = QImage(400, 300, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    dialog.set_picture(page)
    show(dialog, ls.FILE, qtbot)
    sheet, area = dialog.findChild(PageSheet), dialog.findChild(QScrollArea, "licence_area")
    assert sheet is not None
    assert area is not None
    assert sheet.isVisible()
    before = sheet.width()
    press(dialog, K.Key_P)
    qtbot.waitUntil(lambda: not area.isVisible() and sheet.width() > before, timeout=20_000)
    press(dialog, K.Key_P)
    qtbot.waitUntil(area.isVisible, timeout=20_000)
    dialog.set_picture(None)
    dialog.set_detail(ls.GOOD)
    assert not sheet.isVisible()
    assert area.isVisible()


def words(dialog: LicenceDialog) -> list[str]:
    QApplication.processEvents()  # what is put into a layout is shown with the next event
    return [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]


def test_it_says_what_whose_how_far_and_why(dialog: LicenceDialog, qtbot: QtBot) -> None:
    show(dialog, ls.GOOD, qtbot)
    said = words(dialog)
    for part in (ls.GOOD.title, ls.GOOD.verdict, ls.GOOD.reason, ls.GOOD.holder, ls.GOOD.match, ls.GOOD.list_words):
        assert part in said
    assert ls.GOOD.waives in said
    assert "不是来访人的" not in said
    assert not dialog.reason.isVisible()


def test_enter_without_a_change_only_closes(dialog: LicenceDialog, qtbot: QtBot) -> None:
    show(dialog, ls.GOOD, qtbot)
    with qtbot.assertNotEmitted(dialog.chosen):
        press(dialog, K.Key_Return)
    assert not dialog.isVisible()


def test_what_is_unticked_is_left(dialog: LicenceDialog, qtbot: QtBot) -> None:
    show(dialog, ls.GOOD, qtbot)
    tick = dialog.findChild(QCheckBox, "licence_tick_premises.area")
    assert tick is not None
    tick.setFocus()
    press(dialog, K.Key_Space)
    press(dialog, K.Key_Down)
    assert dialog.focusWidget() is dialog.findChild(QCheckBox, "licence_tick_premises.certificate_number")
    with qtbot.waitSignal(dialog.chosen) as caught:
        press(dialog, K.Key_Return)
    assert caught.args == [["premises.address", "premises.certificate_number"]]


def test_somebody_elses_asks_for_a_reason_first(dialog: LicenceDialog, qtbot: QtBot) -> None:
    show(dialog, ls.OTHERS, qtbot)
    assert "不是来访人的" in words(dialog)
    assert dialog.reason.hasFocus()
    assert not go(dialog).isEnabled()
    assert not dialog.findChildren(QCheckBox)
    with qtbot.assertNotEmitted(dialog.relied):
        press(dialog, K.Key_Return)
    press(dialog, K.Key_2)
    assert dialog.reason.text() == ls.OTHERS.reasons[1]
    press(dialog, K.Key_2)
    assert dialog.reason.text() == ls.OTHERS.reasons[1] + "2", "a figure within a reason is a figure"
    with qtbot.waitSignal(dialog.relied) as caught:
        press(dialog, K.Key_Return)
    assert caught.args == [ls.OTHERS.reasons[1] + "2"]
    assert dialog.isVisible(), "whether it is taken is said by others"
    dialog.set_error("没有写明理由")
    assert "没有写明理由" in words(dialog)


def test_all_of_it_can_be_read_without_a_mouse(dialog: LicenceDialog, qtbot: QtBot) -> None:
    show(dialog, ls.OTHERS, qtbot)
    bar = dialog.findChild(QScrollArea, "licence_area").verticalScrollBar()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=20_000)
    press(dialog, K.Key_PageDown)
    assert bar.value() == bar.maximum()
    press(dialog, K.Key_PageUp)
    assert bar.value() == 0


def test_letters_typed_into_the_reason_are_letters(dialog: LicenceDialog, qtbot: QtBot) -> None:
    show(dialog, ls.OTHERS, qtbot)
    with qtbot.assertNotEmitted(dialog.next_asked), qtbot.assertNotEmitted(dialog.reveal_asked):
        QTest.keyClicks(dialog.reason, "nv")
    assert dialog.reason.text() == "nv"
    dialog.set_detail(replace(ls.OTHERS, list_words="x"))
    assert dialog.reason.text() == "nv", "a change of the visit leaves what is being typed"
    dialog.set_detail(ls.GOOD)
    assert dialog.reason.text() == ""


def test_the_other_keys(dialog: LicenceDialog, qtbot: QtBot) -> None:
    show(dialog, replace(ls.GOOD, place="1 / 2"), qtbot)
    with qtbot.waitSignal(dialog.next_asked):
        press(dialog, K.Key_N)
    with qtbot.waitSignal(dialog.reveal_asked):
        press(dialog, K.Key_V)
    dialog.set_holder("沈㛃　330501199003070421")
    assert "沈㛃　330501199003070421" in words(dialog)
    press(dialog, K.Key_Escape)
    assert not dialog.isVisible()


def test_a_forged_one_has_nothing_to_decide(dialog: LicenceDialog, qtbot: QtBot) -> None:
    show(dialog, ls.FORGED, qtbot)
    assert not go(dialog).isVisible()
    assert dialog.findChild(QLabel, "licence_holder") is None or "持有人" not in words(dialog)
    press(dialog, K.Key_Return)
    assert not dialog.isVisible()


def test_a_card_opens_by_click_and_by_its_button(qtbot: QtBot) -> None:
    panel = WhoPanel()
    qtbot.addWidget(panel)
    panel.resize(300, 700)
    panel.set_person(s.PERSON)
    panel.set_licences(s.LICENCES_BAD)
    panel.show()
    qtbot.waitExposed(panel)
    cards = panel.findChildren(LicenceCard)
    with qtbot.waitSignal(panel.licence_opened) as caught:
        QTest.mouseClick(cards[1], Qt.MouseButton.LeftButton, pos=QPoint(12, 10))
    assert caught.args == [1]
    more = cards[2].findChild(QPushButton, "licence_more_button")
    assert more is not None
    assert "详情" in more.accessibleName()
    more.setFocus()
    with qtbot.waitSignal(panel.licence_opened) as caught:
        QTest.keyClick(more, K.Key_Space)
    assert caught.args == [2]
