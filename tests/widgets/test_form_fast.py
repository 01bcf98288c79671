"""The form as fast as fingers: lists without a mouse, readings, sources."""

from __future__ import annotations

import form_samples as fs
import gallery_form
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication, QInputMethodEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from widget_hands import cursor, editor, press, typed

from app.domain.fact import Fact
from app.domain.form import FieldState, FieldTrail
from widgets.dialogs.trail import TrailDialog
from widgets.editors import ChoiceEditor, PlaceEditor
from widgets.form_panel import FormPanel
from widgets.views import Tone
from widgets.window import MainWindow

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PLACE, NATION = "premises.address", "applicant.nation"
WUXING = "浙江省湖州市吴兴区"


@pytest.fixture
def helped(window: MainWindow) -> FormPanel:
    """The form with the clerk's real help behind it."""
    gallery_form.clerks_help(window)
    window.show_form()
    window.form.set_form(fs.barber_form())
    window.form.set_states({})
    return window.form


def edits_of(form: FormPanel) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    form.edited.connect(lambda key, text: found.append((key, text)))
    return found


# -- lists ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("keys", "code"), [("hui", "03"), ("3", "03"), ("tj", "15"), ("wwe", "05"), ("ｍｇ", "02")])
def test_a_nation_by_pinyin_initials_or_digits(helped: FormPanel, keys: str, code: str) -> None:
    edits = edits_of(helped)
    line = typed(helped, NATION, keys)
    assert isinstance(line, ChoiceEditor)
    assert line.is_open()
    assert line.hasFocus()
    QTest.keyClick(line, KEY.Key_Return)
    assert edits == [(NATION, code)]
    assert helped.current_field() != NATION  # and on


def test_escape_leaves_the_list_then_takes_the_text_back(helped: FormPanel) -> None:
    line = typed(helped, NATION, "m")
    assert isinstance(line, ChoiceEditor)
    QTest.keyClick(line, KEY.Key_Down)
    marked = line.marked()
    assert marked is not None
    assert marked.shown == "满"
    QTest.keyClick(line, KEY.Key_Escape)
    assert (line.is_open(), line.text()) == (False, "m")
    QTest.keyClick(line, KEY.Key_Escape)
    assert line.text() == ""


def test_a_list_never_shows_more_than_ten_rows(helped: FormPanel) -> None:
    line = editor(helped, NATION)
    assert isinstance(line, ChoiceEditor)
    line.set_codes({f"{n:02}": f"民族{n}" for n in range(56)})
    line.open_list()
    assert len(line.entries()) == 56
    assert line._list is not None
    assert line._list.height() < 11 * 28 + 12
    for _ in range(3):
        QTest.keyClick(line, KEY.Key_PageDown)
    marked = line.marked()
    assert marked is not None
    assert marked.value == "27"


def test_the_list_goes_with_the_cursor_and_with_a_click_elsewhere(helped: FormPanel, window: MainWindow) -> None:
    line = typed(helped, NATION, "m")
    assert isinstance(line, ChoiceEditor)
    QTest.mouseClick(window.who, Qt.MouseButton.LeftButton)
    assert not line.is_open()
    line = typed(helped, NATION, "m")
    helped.focus_field("applicant.name")
    assert isinstance(line, ChoiceEditor)
    assert not line.is_open()


def test_a_composition_opens_no_list_and_is_not_disturbed(helped: FormPanel) -> None:
    helped.focus_field(NATION)
    line = editor(helped, NATION)
    assert isinstance(line, ChoiceEditor)
    QApplication.sendEvent(line, QInputMethodEvent("hui", []))
    assert not line.is_open()
    assert line.composing
    done = QInputMethodEvent("", [])
    done.setCommitString("回")
    QApplication.sendEvent(line, done)
    assert line.is_open()
    assert [entry.value for entry in line.entries()] == ["03"]


@pytest.mark.x11
def test_the_list_takes_neither_focus_nor_keys_from_a_real_window(helped: FormPanel, window: MainWindow) -> None:
    line = typed(helped, NATION, "m")
    assert isinstance(line, ChoiceEditor)
    QTest.qWait(200)
    assert line.is_open()
    assert line.hasFocus()
    assert window.isActiveWindow()
    assert QApplication.activePopupWidget() is None
    QTest.keyClick(line, KEY.Key_Down)
    QTest.keyClick(line, KEY.Key_Return)
    assert line.text() == "满"


# -- addresses -----------------------------------------------------------------------------------------------


def test_an_address_step_by_step_and_freely_on(helped: FormPanel) -> None:
    edits = edits_of(helped)
    line = typed(helped, PLACE, "wx")
    assert isinstance(line, PlaceEditor)
    QTest.keyClick(line, KEY.Key_Return)
    assert line.text() == WUXING
    assert line.is_open()  # its streets, none marked: Enter would now mean that this is all
    assert line.marked() is None
    QTest.keyClicks(line, "yh")
    QTest.keyClick(line, KEY.Key_Return)
    assert line.text() == f"{WUXING}月河街道"
    assert not line.is_open()
    assert edits == []
    done = QInputMethodEvent("", [])
    done.setCommitString("红旗路88号")
    QApplication.sendEvent(line, done)
    assert not line.is_open()
    QTest.keyClick(line, KEY.Key_Return)
    assert edits == [(PLACE, f"{WUXING}月河街道红旗路88号")]


def test_an_address_by_two_words_and_by_cascade(helped: FormPanel) -> None:
    line = typed(helped, PLACE, "吴兴 月河")
    QTest.keyClick(line, KEY.Key_Return)
    assert line.text() == f"{WUXING}月河街道"
    line.revert()
    assert isinstance(line, PlaceEditor)
    QTest.keyClick(line, KEY.Key_Down)
    assert line.entries()[0].value == WUXING  # the window's own region first
    QTest.keyClick(line, KEY.Key_Return)
    assert line.entries()[0].value == f"{WUXING}月河街道"


def test_free_text_is_never_replaced(helped: FormPanel) -> None:
    edits = edits_of(helped)
    line = typed(helped, PLACE, "某某园区3号楼A座")
    QTest.keyClick(line, KEY.Key_Return)
    assert edits == [(PLACE, "某某园区3号楼A座")]
    line = typed(helped, PLACE, WUXING)
    assert isinstance(line, PlaceEditor)
    assert line.marked() is None
    QTest.keyClick(line, KEY.Key_Return)
    assert edits[-1] == (PLACE, WUXING)


# -- readings, grouping, clipboard ---------------------------------------------------------------------------


def test_what_is_understood_is_said_while_typing(helped: FormPanel) -> None:
    line = typed(helped, "business.opening_date", "1201")
    assert line.reading.said == "2026-12-01（周二，10 天后）"
    assert "10 天后" in helped._foot.text()
    plain = line.grab().toImage()
    QTest.keyClicks(line, "9")
    assert line.grab().toImage() != plain
    line = typed(helped, "applicant.id_number", fs.ID_NUMBER[:14] + "20" + "4X")
    assert line.reading.wrong
    assert helped._foot.property("tone") == Tone.ERROR.value
    helped.focus_field("applicant.name")
    assert helped._foot.property("tone") == Tone.NEUTRAL.value


def test_numbers_read_in_groups_and_are_typed_plain(helped: FormPanel) -> None:
    helped.set_states(
        {
            "applicant.phone": FieldState(fs.fact("applicant.phone", "13857200000")),
            "business.capital": FieldState(fs.fact("business.capital", "1234567.5")),
            "business.employees": FieldState(fs.fact("business.employees", "2026")),
        }
    )
    phone, capital = editor(helped, "applicant.phone"), editor(helped, "business.capital")
    assert (phone.text(), capital.text()) == ("138 5720 0000", "1,234,567.5")
    assert editor(helped, "business.employees").text() == "2026"  # may be a year
    assert (phone.value(), capital.value()) == ("13857200000", "1234567.5")
    edits = edits_of(helped)
    helped.focus_field("business.capital")
    assert capital.text() == "1234567.5"
    assert capital.selectedText() == "1234567.5"
    helped.focus_field("applicant.phone")
    assert (phone.text(), capital.text()) == ("13857200000", "1,234,567.5")
    assert edits == []


def test_copy_takes_the_whole_and_paste_one_line(helped: FormPanel) -> None:
    line = typed(helped, "business.name", "abc")
    QTest.keyClick(line, KEY.Key_C, CTRL)
    board = QGuiApplication.clipboard()
    assert board is not None
    assert board.text() == "abc"
    board.setText("\t𠮷䶮\r\n理发店 \n")
    line.selectAll()
    QTest.keyClick(line, KEY.Key_V, CTRL)
    assert line.text() == "𠮷䶮 理发店"
    assert line.busy


def test_undo_is_the_lines_while_typing_and_the_desks_otherwise(helped: FormPanel, window: MainWindow) -> None:
    asked: list[str] = []
    window.action.connect(asked.append)
    window.set_action_enabled("undo", True)
    window.set_action_enabled("redo", True)
    line = typed(helped, "business.name", "ab")
    QTest.keyClick(line, KEY.Key_Z, CTRL)
    assert line.text() == ""
    assert not line.busy  # nothing was typed, as it turned out
    assert asked == []
    QTest.keyClick(line, KEY.Key_Z, CTRL)
    assert asked == ["undo"]
    QTest.keyClicks(line, "cd")
    helped.commit()
    QTest.keyClick(line, KEY.Key_Z, CTRL)
    assert line.text() == "cd"  # what was handed on is the desk's to take back
    assert asked == ["undo", "undo"]
    QTest.keyClick(line, KEY.Key_Y, CTRL)
    assert asked[-1] == "redo"


def test_the_windows_keys_work_within_a_line(helped: FormPanel, window: MainWindow) -> None:
    """On X11 a line wants Ctrl+E and Ctrl+K for itself."""
    told: list[str] = []
    window.action.connect(told.append)
    for action in ("findings", "field_sources", "next_section"):
        window.set_action_enabled(action, True)
    line = typed(helped, "business.name", "ab")
    QTest.keyClick(line, KEY.Key_E, CTRL)
    QTest.keyClick(line, KEY.Key_I, CTRL)
    QTest.keyClick(line, KEY.Key_Down, CTRL)
    assert told == ["findings", "field_sources", "next_section"]


# -- disagreements -------------------------------------------------------------------------------------------


def test_down_leads_into_the_disagreement_and_enter_settles_with_a_reason(form: FormPanel) -> None:
    states = fs.conflict_states()
    form.set_states(states)
    told: list[tuple[str, Fact, str]] = []
    form.settled.connect(lambda key, fact, reason: told.append((key, fact, reason)))
    key = "applicant.address"
    QApplication.processEvents()
    form.focus_field(key)
    press(KEY.Key_Down)  # to the value that is not in force
    assert cursor().objectName() == f"take_{key}"
    press(KEY.Key_Up)
    press(KEY.Key_Up)
    assert editor(form, key).hasFocus()
    press(KEY.Key_Down)
    press(KEY.Key_Down)
    assert cursor().objectName() == f"reason_{key}"
    done = QInputMethodEvent("", [])
    done.setCommitString("已核对原件")
    QApplication.sendEvent(cursor(), done)
    press(KEY.Key_Return)
    assert told == [(key, states[key].rivals[0], "已核对原件")]
    form.set_states({**states, key: FieldState(told[0][1])})
    assert editor(form, key).hasFocus()  # the cards are gone, the cursor is not
    press(KEY.Key_Down)
    assert form.current_field() == "applicant.phone"


def test_escape_leaves_the_cards_and_down_passes_them(form: FormPanel) -> None:
    form.set_states(fs.conflict_states())
    QApplication.processEvents()
    form.focus_field("applicant.address")
    press(KEY.Key_Down)
    press(KEY.Key_Escape)
    assert editor(form, "applicant.address").hasFocus()
    for _ in range(3):
        press(KEY.Key_Down)
    assert form.current_field() == "applicant.phone"


def test_the_sources_of_a_field(qtbot: QtBot) -> None:
    fact = fs.fact("applicant.address", "甲路")
    other = fs.fact("applicant.address", "乙路", fs.LICENCE)
    dialog = TrailDialog("住址", FieldTrail(fact, (other,), True, "已核对原件"), str)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    words = [label.text() for label in dialog.findChildren(type(dialog._title))]
    assert {"甲路", "乙路", "采用", "窗口已选定。理由：已核对原件"} <= set(words)
    assert any("2026-11-21 10:32" in word for word in words)
    with qtbot.waitSignal(dialog.reopened):
        QTest.keyClick(dialog, KEY.Key_R)
    plain = TrailDialog("住址", FieldTrail(), str)
    qtbot.addWidget(plain)
    assert "还没有来源说到这一项" in plain.accessibleDescription()


def test_down_leads_to_a_disagreement_before_it_opens_a_list(helped: FormPanel) -> None:
    mine, theirs = fs.fact(NATION, "01"), fs.fact(NATION, "03", fs.CLERK)
    helped.set_states({NATION: FieldState(mine, (theirs,))})
    QApplication.processEvents()
    helped.focus_field(NATION)
    press(KEY.Key_Down)
    assert cursor().objectName() == f"take_{NATION}"
    helped.set_states({NATION: FieldState(mine)})
    line = editor(helped, NATION)
    assert isinstance(line, ChoiceEditor)
    assert line.hasFocus()
    press(KEY.Key_Down)
    assert line.is_open()
