"""Conditional fields come and go; what is offered or disagrees is settled by key."""

from __future__ import annotations

import dataclasses

import form_samples as fs
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from widget_hands import press

from app.domain.fact import Source, SourceKind, Verdict
from app.domain.form import FieldState, FormField
from widgets.editors import ChoiceEditor
from widgets.form_panel import FormPanel
from widgets.window import MainWindow

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def barber(window: MainWindow) -> FormPanel:
    window.show_form()
    window.form.set_form(fs.barber_form())
    window.form.set_states(fs.filled_states())
    return window.form


def all_but(*keys: str) -> dict[str, FormField]:
    return {f.key: f for f in fs.barber_form().fields if f.key not in keys}


def y_on_screen(widget: QWidget) -> int:
    return widget.mapToGlobal(widget.rect().topLeft()).y()


def test_fields_come_and_go_under_a_resting_eye(barber: FormPanel) -> None:
    gone = ("applicant.email", "applicant.phone", "applicant.address", "business.name", "premises.owner")
    barber.focus_field("premises.use_right")
    QApplication.processEvents()
    line = barber.field_editor("premises.use_right")
    place = y_on_screen(line)
    barber.set_asked(all_but(*gone))
    assert line.hasFocus()
    assert y_on_screen(line) == place  # at once, not after the next turn of the event loop
    QApplication.processEvents()
    assert y_on_screen(line) == place
    assert not any(barber.field_row(key).isVisible() for key in gone)
    assert "applicant.phone" not in barber.lacking()
    barber.set_asked(all_but())
    QApplication.processEvents()
    assert y_on_screen(line) == place
    assert barber.field_row("applicant.phone").isVisible()
    assert barber.current_text("applicant.address").startswith("浙江省")  # what stood there has come back


def test_no_hole_is_left_and_an_empty_section_goes(barber: FormPanel, window: MainWindow) -> None:
    barber.set_asked(all_but("applicant.sex", *(f"signboard.{n}" for n in ("text", "size", "until"))))
    QApplication.processEvents()
    name, nation = barber.field_row("applicant.name"), barber.field_row("applicant.nation")
    assert name.y() == nation.y()  # nation has taken the place beside the name
    section = window.findChild(QWidget, "section_signboard")
    assert section is not None
    assert not section.isVisible()


def test_the_cursor_leaves_a_field_that_goes_for_the_next_that_stays(barber: FormPanel) -> None:
    barber.focus_field("premises.owner")
    barber.set_asked(all_but("premises.owner"))
    assert barber.current_field() == "hygiene.seats"
    assert barber.field_editor("hygiene.seats").hasFocus()
    barber.focus_field("signboard.until")
    barber.set_asked(all_but("premises.owner", "signboard.until"))
    assert barber.current_field() == "signboard.size"


def test_enter_and_arrows_pass_what_is_not_asked(barber: FormPanel) -> None:
    barber.set_asked(all_but("applicant.phone", "applicant.email"))
    barber.focus_field("applicant.address")
    QTest.keyClick(barber.field_editor("applicant.address"), KEY.Key_Down)  # type: ignore[call-overload]
    assert barber.current_field() == "business.name"


def test_need_and_choices_follow_the_conditions(barber: FormPanel) -> None:
    known = all_but()
    water = known["hygiene.water"]
    narrowed = dataclasses.replace(
        water, required=False, element=dataclasses.replace(water.element, codes={"main": "市政供水"})
    )
    barber.set_asked({**known, "hygiene.water": narrowed})
    row = barber.field_row("hygiene.water")
    assert not row.lacking
    assert "*" not in row._label.text()
    editor = row.editor
    assert isinstance(editor, ChoiceEditor)
    assert editor.value_of("自备水源") == "自备水源"  # no choice any more
    barber.set_asked(known)
    assert editor.value_of("自备水源") == "well"
    assert "*" in row._label.text()


def test_an_old_value_is_offered_and_taken_by_key(barber: FormPanel, qtbot: QtBot) -> None:
    old = fs.fact(
        "applicant.phone", "13857200000", Source(SourceKind.CASE, "食品经营许可（2024-03-01）"), Verdict.STATED
    )
    states = fs.filled_states()
    states["applicant.phone"] = FieldState(offers=(old,))
    barber.set_states(states)
    row = barber.field_row("applicant.phone")
    choices = [b for b in row.findChildren(QPushButton) if b.objectName() == "take_applicant.phone"]
    assert [c.text() for c in choices] == ["138 5720 0000（食品经营许可（2024-03-01））"]
    assert row.lacking  # offered, not filled in
    barber.focus_field("applicant.phone")
    with qtbot.waitSignal(barber.settled) as told:
        press(KEY.Key_1, CTRL)
    assert told.args == ["applicant.phone", old, ""]
    with qtbot.assertNotEmitted(barber.settled):
        press(KEY.Key_2, CTRL)


def test_a_disagreement_is_settled_by_key(barber: FormPanel, qtbot: QtBot) -> None:
    states = fs.conflict_states()
    barber.set_states(states)
    barber.focus_field("applicant.address")
    with qtbot.waitSignal(barber.settled) as told:
        press(KEY.Key_2, CTRL)
    assert told.args[1] == states["applicant.address"].rivals[0]
