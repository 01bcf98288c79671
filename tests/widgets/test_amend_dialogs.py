"""Correcting a case and settling corrections: by keys alone, nothing preselected, values whole."""

from __future__ import annotations

import amend_samples as am
import pytest
from dialog_hands import press, said, shown
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets import amend as amend_module
from widgets.amend import AmendDialog
from widgets.contested import marked
from widgets.dialogs.conflicts import ConflictsDialog
from widgets.status import StatusBar
from widgets.views_amend import Side

K = Qt.Key
M = Qt.KeyboardModifier


def pushed(top: QWidget, name: str) -> QPushButton:
    found = top.findChild(QPushButton, name)
    assert found is not None
    return found


# ------------------------------------------------------------------------------------------------------- correcting


@pytest.fixture
def dialog(qtbot: QtBot) -> AmendDialog:
    made = AmendDialog(am.REASONS)
    shown(qtbot, made, lambda _: made.set_changes(()))  # closing asks about changes
    made.set_case("A0320261121000126", "公共场所卫生许可　沈*")
    made.form.set_form(am.FORM)
    made.form.set_asked({field.key: field for field in am.FORM.fields})
    made.form.set_states(am.states())
    return made


def test_saving_needs_a_change_and_a_reason(dialog: AmendDialog, qtbot: QtBot) -> None:
    saved: list[str] = []
    dialog.saved.connect(saved.append)
    save = pushed(dialog, "amend_save")
    assert not save.isEnabled()
    dialog.form.focus_field("applicant.phone")
    press(K.Key_2, M.AltModifier)
    qtbot.waitUntil(lambda: dialog.reason.text() == "录入有误")
    assert not save.isEnabled(), "nothing was changed"
    dialog.set_changes(am.CHANGES)
    assert "改动 3 处" in said(dialog)
    qtbot.waitUntil(lambda: "改为 13857209988" in said(dialog))
    assert save.isEnabled()
    press(K.Key_F8)
    qtbot.waitUntil(lambda: saved == ["录入有误"])


def test_the_line_of_what_lacks_names_the_key_that_saves_here(dialog: AmendDialog) -> None:
    assert "F8" in said(dialog)
    assert "F7" not in said(dialog)


def test_what_was_changed_is_not_thrown_away_without_a_word(
    dialog: AmendDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def no(*words: object, **_: object) -> bool:
        asked.append(str(words[2]))
        return False

    monkeypatch.setattr(amend_module, "confirm", no)
    dialog.set_changes(am.CHANGES)
    dialog.reject()
    assert dialog.isVisible()
    assert "3 处" in asked[0]
    dialog.set_changes(())
    dialog.reject()
    assert not dialog.isVisible()


# --------------------------------------------------------------------------------------------------------- settling


@pytest.fixture
def conflicts(qtbot: QtBot) -> ConflictsDialog:
    made = ConflictsDialog()
    shown(qtbot, made)
    made.set_rows(am.CONFLICTS)
    return made


def decided(dialog: ConflictsDialog) -> list[tuple[int, dict[str, tuple[Side, str]]]]:
    found: list[tuple[int, dict[str, tuple[Side, str]]]] = []
    dialog.decided.connect(lambda conflict, taken: found.append((conflict, taken)))
    return found


def test_nothing_is_preselected_and_nothing_is_confirmed_half_way(conflicts: ConflictsDialog) -> None:
    told = decided(conflicts)
    view = am.CONFLICTS[0]
    assert [conflicts.taken(1, place.id) for place in view.places] == [Side.NONE] * 3
    assert not pushed(conflicts, "conflicts_confirm").isEnabled()
    assert conflicts.focusWidget() is conflicts.fields
    press(K.Key_Return)
    assert told == []
    assert "2 件待核对" in said(conflicts)


def test_a_case_by_keys_alone(conflicts: ConflictsDialog) -> None:
    told = decided(conflicts)
    press(K.Key_1)
    assert conflicts.fields.currentRow() == 1, "on to the next open field"
    press(K.Key_2)
    press(K.Key_1)
    assert told == [], "the last choice confirms nothing by itself"
    press(K.Key_Return)
    assert [side for side, _ in told[0][1].values()] == [Side.OURS, Side.PLATFORM, Side.OURS]
    assert told[0][0] == 1


def test_another_value_is_typed_checked_and_only_then_taken(conflicts: ConflictsDialog, qtbot: QtBot) -> None:
    typed: list[tuple[int, str, str]] = []
    told = decided(conflicts)
    conflicts.typed.connect(lambda *words: typed.append(words))
    press(K.Key_PageDown)
    assert conflicts.conflict() is am.CONFLICTS[1]
    press(K.Key_3)
    assert conflicts.panel.typing()
    QTest.keyClicks(QApplication.focusWidget(), "138123")
    assert conflicts.taken(2, am.CONFLICTS[1].places[0].id) is Side.NONE, "digits are typed, they choose nothing"
    press(K.Key_Return)
    place = am.CONFLICTS[1].places[0].id
    assert typed == [(2, place, "138123")]
    conflicts.set_checked(2, place, "138123", "138123", "联系电话格式不对")
    assert "联系电话格式不对" in said(conflicts)
    assert not pushed(conflicts, "conflicts_confirm").isEnabled()
    press(K.Key_3)
    QTest.keyClicks(QApplication.focusWidget(), "13812345678")
    press(K.Key_Return)
    conflicts.set_checked(2, place, "13812345678", "138 1234 5678", "")
    press(K.Key_Return)
    assert told == [(2, {place: (Side.OTHER, "13812345678")})]


def test_a_choice_is_taken_back_by_one_key(conflicts: ConflictsDialog, qtbot: QtBot) -> None:
    press(K.Key_1)
    press(K.Key_2)
    press(K.Key_Z, M.ControlModifier)
    # A button's key presses it for a moment, for the eye.
    qtbot.waitUntil(lambda: conflicts.fields.currentRow() == 1)
    assert [conflicts.taken(1, place.id) for place in am.CONFLICTS[0].places] == [Side.OURS, Side.NONE, Side.NONE]


def test_a_decided_case_shows_what_was_taken_and_can_be_undone(conflicts: ConflictsDialog) -> None:
    undone: list[int] = []
    conflicts.undone.connect(undone.append)
    conflicts.table.selectRow(2)
    assert "采用" in said(conflicts.panel)
    press(K.Key_1)
    assert conflicts.taken(3, am.CONFLICTS[2].places[0].id) is Side.NONE, "what is decided is not changed by a digit"
    pushed(conflicts, "conflicts_undo").click()
    assert undone == [3]


def test_a_whole_row_offers_the_two_and_nothing_else(conflicts: ConflictsDialog) -> None:
    conflicts.fields.selectRow(2)
    assert conflicts.panel.other.isHidden()
    press(K.Key_3)
    assert not conflicts.panel.typing()
    assert "（没有这一行）" in said(conflicts.panel)


def test_choices_stay_when_the_list_is_read_again(conflicts: ConflictsDialog) -> None:
    press(K.Key_1)
    conflicts.set_rows(am.CONFLICTS[:1])
    assert conflicts.taken(1, am.CONFLICTS[0].places[0].id) is Side.OURS
    conflicts.set_rows(())
    assert "没有要核对的更正" in said(conflicts)


def test_esc_decides_later(conflicts: ConflictsDialog) -> None:
    told = decided(conflicts)
    press(K.Key_1)
    press(K.Key_Escape)
    assert conflicts.result() == QDialog.DialogCode.Rejected
    assert told == []


def test_differences_are_marked_and_markup_is_no_markup() -> None:
    rich = marked("沈㛃𠮷", "沈洁吉")
    assert rich.startswith("沈<span")
    assert rich.count("<u>") == 2
    assert "㛃" in rich
    assert "𠮷" in rich
    assert marked("<b>&", "") == "&lt;b&gt;&amp;"
    assert marked("一样", "一样") == "一样"


def test_the_light_takes_no_room_without_any(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    assert bar.conflicts_words() == ""
    bar.set_conflicts(2)
    assert bar.conflicts_words() == "更正待核对 2"
    with qtbot.waitSignal(bar.conflicts_clicked):
        pushed(bar, "conflicts_state").click()
    bar.set_conflicts(0)
    assert bar.conflicts_words() == ""
