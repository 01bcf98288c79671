"""Numbers and addresses on the screen: masked until asked for, readable where they must be compared."""

from __future__ import annotations

from dataclasses import replace

import form_samples as fs
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from app.domain.fact import Fact, SourceKind
from app.domain.form import FieldState, Problem
from app.domain.item import Element, ElementType
from widgets.editors import Editor
from widgets.form_panel import FormPanel
from widgets.masking import veil_of
from widgets.window import MainWindow

NUMBER = "applicant.id_number"
T = ElementType


@pytest.mark.parametrize(
    ("element", "value", "veil"),
    [
        (Element("id_number", "", "", T.ID_NUMBER), "33050219900307402X", "3305**********402X"),
        (Element("phone", "", "", T.PHONE), "13857200000", "138****0000"),
        (Element("phone", "", "", T.PHONE), "0572-2000000", "057******000"),
        (Element("address", "", "", T.TEXT, personal=True), "浙江省湖州市吴兴区衣裳街16号", "浙江省湖州市吴兴区***"),
        (Element("address", "", "", T.TEXT), "浙江省湖州市吴兴区衣裳街16号", ""),  # a shop's: everybody may read it
        (Element("name", "", "", T.TEXT, personal=True), "沈㛃", ""),
        (Element("uscc", "", "", T.USCC), "91330500MA2B400000", ""),
        (Element("phone", "", "", T.PHONE), "", ""),
    ],
)
def test_what_is_hidden_and_how(element: Element, value: str, veil: str) -> None:
    assert veil_of(element, value) == veil


def line(form: FormPanel, key: str = NUMBER) -> Editor:
    found = form.field_editor(key)
    assert isinstance(found, Editor)
    return found


def fact_of(form: FormPanel, key: str = NUMBER) -> Fact:
    fact = form.field_row(key).state.fact
    assert fact is not None
    return fact


def test_what_a_machine_read_is_masked_until_the_cursor_is_in_it(form: FormPanel) -> None:
    number = line(form)
    assert number.shown_words() == "3305**********402X"
    masked = number.grab().toImage()
    form.focus_field(NUMBER)
    assert number.shown_words() == number.text() == "33050219900307402X"
    form.focus_field("applicant.phone")
    number.deselect()
    assert number.shown_words() == "3305**********402X"
    assert number.grab().toImage() == masked  # painted, not only said
    assert number.value() == "33050219900307402X"  # what stands in the form is untouched
    form.set_open(True)
    assert number.shown_words() == "33050219900307402X"
    assert number.grab().toImage() != masked
    form.set_open(False)
    assert number.grab().toImage() == masked


def test_what_was_typed_stays_readable_until_accepted(form: FormPanel) -> None:
    states = fs.filled_states(typed=True)
    form.set_states(states)
    assert states["applicant.phone"].fact is not None
    assert states["applicant.phone"].fact.source.kind is SourceKind.CLERK
    assert line(form, "applicant.phone").shown_words().replace(" ", "") == states["applicant.phone"].value
    form.set_locked(True)
    assert "****" in line(form, "applicant.phone").shown_words()
    form.set_locked(False)
    assert line(form, "applicant.phone").shown_words().replace(" ", "") == states["applicant.phone"].value


def test_what_must_be_compared_is_readable(form: FormPanel) -> None:
    form.set_problems([Problem(NUMBER, "与证件不一致")])
    assert line(form).shown_words() == "33050219900307402X"
    form.set_problems([])
    assert line(form).shown_words() == "3305**********402X"
    fact = fact_of(form)
    rival = replace(fact, value="330502199003074038")
    states = {key: form.field_row(key).state for key in (NUMBER,)}
    form.set_states({**fs.filled_states(), NUMBER: FieldState(states[NUMBER].fact, rivals=(rival,))})
    assert line(form).shown_words() == "33050219900307402X"


def test_a_masked_line_takes_what_is_typed(form: FormPanel) -> None:
    form.focus_field(NUMBER)
    number = line(form)
    QTest.keyClicks(number, "330502")
    assert number.shown_words() == "330502"
    form.focus_field("business.name")
    QApplication.processEvents()
    assert number.text() == "330502"


def test_a_form_opened_while_numbers_are_shown_is_open_too(window: MainWindow) -> None:
    window.show_form()
    window.form.set_open(True)
    window.form.set_form(fs.barber_form())
    window.form.set_states(fs.filled_states())
    assert line(window.form).shown_words() == "33050219900307402X"
    assert line(window.form).focusPolicy() & Qt.FocusPolicy.TabFocus
