"""The form under the clerk's hands: typing, choosing, moving."""

from __future__ import annotations

import form_samples as fs
import pytest
from PyQt6.QtCore import QPoint, QPointF, Qt
from PyQt6.QtGui import QInputMethodEvent, QWheelEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from widget_hands import editor, typed

from app.domain.form import FieldState, Problem
from widgets.editors import ChoiceEditor
from widgets.form_panel import FormPanel

KEY = Qt.Key


def test_states_are_shown_choices_by_title(form: FormPanel) -> None:
    assert editor(form, "applicant.name").text() == "沈㛃"
    assert editor(form, "applicant.nation").text() == "汉"
    assert editor(form, "applicant.sex").text() == "女"
    assert editor(form, "applicant.id_number").text() == fs.ID_NUMBER
    form.set_states({})
    assert editor(form, "applicant.name").text() == ""


def test_one_edit_is_handed_on_once(form: FormPanel, qtbot: QtBot) -> None:
    edits: list[tuple[str, str]] = []
    keys: list[str] = []
    form.edited.connect(lambda key, text: edits.append((key, text)))
    form.typing.connect(keys.append)
    line = typed(form, "applicant.phone", "13857200000")
    assert edits == []
    assert keys == ["applicant.phone"] * 11
    QTest.keyClick(line, KEY.Key_Return)
    assert edits == [("applicant.phone", "13857200000")]
    form.focus_field("applicant.name")  # leaving again hands on nothing
    form.commit()
    assert len(edits) == 1


def test_leaving_a_field_hands_its_text_on(form: FormPanel) -> None:
    edits: list[tuple[str, str]] = []
    form.edited.connect(lambda key, text: edits.append((key, text)))
    line = typed(form, "business.name", "𠮷䶮𬭚理发店")
    QTest.keyClick(line, KEY.Key_Tab)
    assert edits == [("business.name", "𠮷䶮𬭚理发店")]


def test_enter_goes_to_the_next_field_that_lacks_something(form: FormPanel) -> None:
    form.focus_field("applicant.name")
    QTest.keyClick(editor(form, "applicant.name"), KEY.Key_Return)
    assert editor(form, "applicant.phone").hasFocus()  # over filled fields
    QTest.keyClick(editor(form, "applicant.phone"), KEY.Key_Enter)
    assert editor(form, "business.name").hasFocus()  # over the optional e-mail
    form.focus_field("signboard.until")
    QTest.keyClick(editor(form, "signboard.until"), KEY.Key_Return)
    assert editor(form, "applicant.phone").hasFocus()  # and round


def test_nothing_lacking_is_told(form: FormPanel, qtbot: QtBot) -> None:
    states = fs.filled_states(typed=True)
    form.set_states(states)
    form.set_problems([])
    assert form.focus_next_missing() is False
    assert form.lacking() == ()
    form.focus_field("applicant.name")
    with qtbot.waitSignal(form.complete):
        QTest.keyClick(editor(form, "applicant.name"), KEY.Key_Return)


def test_a_wrong_field_keeps_the_cursor(form: FormPanel) -> None:
    def judge(key: str, text: str) -> None:
        form.set_problems([Problem(key, "手机号应为 11 位")])

    form.edited.connect(judge)
    line = typed(form, "applicant.phone", "138")
    QTest.keyClick(line, KEY.Key_Return)
    assert line.hasFocus()
    assert line.text() == "138"
    assert form.field_row("applicant.phone").problem_words() == "手机号应为 11 位"


def test_states_leave_a_field_being_typed_in_alone(form: FormPanel) -> None:
    line = typed(form, "applicant.phone", "138")
    states = fs.filled_states()
    states["applicant.phone"] = FieldState(fs.fact("applicant.phone", "13900000000"))
    states["applicant.name"] = FieldState(fs.fact("applicant.name", "陆𠮷"))
    form.set_states(states)
    assert line.text() == "138"
    assert editor(form, "applicant.name").text() == "陆𠮷"  # the others follow


def test_states_leave_an_input_methods_composition_alone(form: FormPanel) -> None:
    edits: list[tuple[str, str]] = []
    form.edited.connect(lambda key, text: edits.append((key, text)))
    form.focus_field("business.name")
    line = editor(form, "business.name")
    QApplication.sendEvent(line, QInputMethodEvent("jili", []))
    assert line.busy
    states = fs.filled_states()
    states["business.name"] = FieldState(fs.fact("business.name", "别的名字"))
    form.set_states(states)
    assert line.text() == ""
    form.commit()  # an F-key in the middle of a composition hands on nothing half
    assert edits == []
    done = QInputMethodEvent("", [])
    done.setCommitString("𠮷丽")
    QApplication.sendEvent(line, done)
    assert line.text() == "𠮷丽"
    QTest.keyClick(line, KEY.Key_Return)
    assert edits == [("business.name", "𠮷丽")]


def test_refused_text_stays_until_a_new_value_comes(form: FormPanel) -> None:
    line = typed(form, "business.opening_date", "明年")
    form.commit()
    form.set_states(fs.filled_states())  # the rules took nothing
    assert line.text() == "明年"
    states = fs.filled_states()
    states["business.opening_date"] = FieldState(fs.fact("business.opening_date", "2027-01-01"))
    form.set_states(states)
    assert line.text() == "2027-01-01"


def test_escape_takes_back_what_was_typed(form: FormPanel) -> None:
    edits: list[str] = []
    form.edited.connect(lambda key, text: edits.append(text))
    line = typed(form, "applicant.name", "错")
    QTest.keyClick(line, KEY.Key_Escape)
    assert line.text() == "沈㛃"
    form.commit()
    assert edits == []


@pytest.mark.parametrize(
    ("given", "handed_on"),
    [
        ("20261201", "2026-12-01"),
        ("２０２６１２０１", "2026-12-01"),
        ("20261301", "20261301"),
        ("2026/12/1", "2026/12/1"),
    ],
)
def test_dates_typed_as_digits(form: FormPanel, given: str, handed_on: str) -> None:
    edits: list[str] = []
    form.edited.connect(lambda key, text: edits.append(text))
    line = typed(form, "business.opening_date", given)
    QTest.keyClick(line, KEY.Key_Return)
    assert edits == [handed_on]


@pytest.mark.parametrize(
    ("given", "code"), [("15", "15"), ("土家", "15"), ("维吾", "05"), ("土", "30"), ("火星", "火星")]
)
def test_choices_by_code_and_title(form: FormPanel, given: str, code: str) -> None:
    edits: list[str] = []
    form.edited.connect(lambda key, text: edits.append(text))
    form.focus_field("applicant.nation")
    line = editor(form, "applicant.nation")
    line.setText(given)
    line.textEdited.emit(given)
    form.focus_field("applicant.name")
    assert edits == [code]


def test_a_choice_narrows_while_typed_and_enter_takes_the_first(form: FormPanel) -> None:
    edits: list[tuple[str, str]] = []
    form.edited.connect(lambda key, text: edits.append((key, text)))
    line = typed(form, "premises.use_right", "租")
    assert isinstance(line, ChoiceEditor)
    assert line.is_open()
    QTest.keyClick(line, KEY.Key_Return)
    assert not line.is_open()
    assert line.text() == "租赁"
    assert edits == [("premises.use_right", "rent")]


def test_a_choice_opens_with_down_and_is_walked_by_keys(form: FormPanel) -> None:
    edits: list[tuple[str, str]] = []
    form.edited.connect(lambda key, text: edits.append((key, text)))
    form.focus_field("hygiene.water")
    line = editor(form, "hygiene.water")
    assert isinstance(line, ChoiceEditor)
    QTest.keyClick(line, KEY.Key_Down)
    assert line.is_open()
    assert line.hasFocus()  # the list never takes the cursor, so no input method is interrupted
    QTest.keyClick(line, KEY.Key_Down)
    QTest.keyClick(line, KEY.Key_Return)
    assert edits == [("hygiene.water", "well")]
    assert line.text() == "自备水源"


def test_the_wheel_changes_nothing(form: FormPanel) -> None:
    line = editor(form, "applicant.sex")
    line.setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        line.mapToGlobal(QPointF(5, 5)),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(line, wheel)
    assert line.text() == "女"


def test_arrows_walk_through_the_lines(form: FormPanel) -> None:
    form.focus_field("applicant.address")
    QTest.keyClick(editor(form, "applicant.address"), KEY.Key_Down)
    assert editor(form, "applicant.phone").hasFocus()
    QTest.keyClick(editor(form, "applicant.phone"), KEY.Key_Up)
    assert editor(form, "applicant.address").hasFocus()


def test_a_form_rebuilt_under_the_cursor_edits_nothing(form: FormPanel) -> None:
    edits: list[str] = []
    form.edited.connect(lambda key, text: edits.append(key))
    typed(form, "applicant.phone", "138")
    form.set_form(fs.barber_form())
    QApplication.processEvents()
    assert edits == []


def test_a_draft_can_keep_what_is_not_committed(form: FormPanel) -> None:
    typed(form, "business.opening_date", "20261201")
    assert form.current_text("business.opening_date") == "2026-12-01"
    assert editor(form, "business.opening_date").text() == "20261201"  # looking changes nothing
    assert form.current_text("applicant.nation") == "01"


def test_a_locked_form_cannot_be_changed(form: FormPanel) -> None:
    edits: list[str] = []
    form.edited.connect(lambda key, text: edits.append(key))
    states = {**fs.filled_states(typed=True), **{"applicant.address": fs.conflict_states()["applicant.address"]}}
    form.set_states(states)
    form.set_problems([])
    form.set_locked(True)
    line = typed(form, "applicant.phone", "9")
    QTest.keyClick(line, KEY.Key_Return)
    choice = editor(form, "applicant.sex")
    form.focus_field("applicant.sex")
    QTest.keyClick(choice, KEY.Key_Down)
    assert isinstance(choice, ChoiceEditor)
    assert not choice.is_open()
    assert edits == []
    assert not [b for b in form.field_row("applicant.address").findChildren(QPushButton) if b.isVisible()]
    form.set_locked(False)
    line = typed(form, "applicant.phone", "9")
    QTest.keyClick(line, KEY.Key_Return)
    assert edits == ["applicant.phone"]
