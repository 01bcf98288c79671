"""The dialog of papers: chosen and filled by keys alone, nothing lost, nothing asked twice."""

from __future__ import annotations

import pytest
from paper_choices import CHOICES
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.dialogs.papers import PapersDialog
from widgets.lines import ChoiceRow
from widgets.views import Tone

Issued = list[tuple[str, dict[str, str], str]]


@pytest.fixture
def dialog(qtbot: QtBot) -> PapersDialog:
    made = PapersDialog()
    qtbot.addWidget(made)
    made.set_choices(CHOICES, "我要开理发店　张*")
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def issued(dialog: PapersDialog) -> Issued:
    asked: Issued = []
    dialog.issued.connect(lambda *given: asked.append(given))
    return asked


def field(dialog: PapersDialog, key: str) -> QWidget:
    found = dialog.findChild(QWidget, f"papers_{key}")
    assert found is not None
    return found


def key(dialog: PapersDialog, pressed: Qt.Key, control: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(QApplication.focusWidget() or dialog, pressed, modifier)


def test_possible_papers_come_first_and_blocked_ones_say_why(dialog: PapersDialog) -> None:
    lines = [dialog.list.item(row) for row in range(dialog.list.count())]
    texts = [line.text() for line in lines if line is not None]
    assert texts == ["退件通知书", "特殊程序告知书", "安全自评报告", "办结通知书"]
    first, last = lines[0], lines[-1]
    assert first is not None
    assert last is not None
    assert first.foreground() != last.foreground()
    dialog.choose("COMPLETION_NOTICE")
    hint = dialog.findChild(QLabel, "papers_hint")
    assert hint is not None
    assert "现在不能出具：受理以后才能出具" in hint.text()


def test_by_keys_from_the_list_to_the_paper(dialog: PapersDialog, issued: Issued, qtbot: QtBot) -> None:
    dialog.list.setFocus()
    key(dialog, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: field(dialog, "days").isVisible())
    key(dialog, Qt.Key.Key_Return)
    assert dialog.focusWidget() is field(dialog, "days"), "the first empty field; what is prefilled stays"
    QTest.keyClicks(field(dialog, "days"), "10")
    key(dialog, Qt.Key.Key_Return)
    assert issued == [("SPECIAL_PROCEDURE", {"body": "市疾控中心", "days": "10"}, "zh")]


def test_enter_breaks_a_line_in_a_box_and_control_enter_issues(dialog: PapersDialog, issued: Issued) -> None:
    box = field(dialog, "returned")
    assert isinstance(box, QPlainTextEdit)
    box.setFocus()
    box.clear()
    QTest.keyClicks(box, "a")
    key(dialog, Qt.Key.Key_Return)
    QTest.keyClicks(box, "b")
    assert issued == []
    key(dialog, Qt.Key.Key_Return, control=True)
    assert issued[0][1] == {"reason": "withdrawn", "returned": "a\nb"}
    key(dialog, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is not box, "Tab leaves the box"


def test_what_was_typed_stays_when_another_paper_is_looked_at(dialog: PapersDialog) -> None:
    box = field(dialog, "returned")
    assert isinstance(box, QPlainTextEdit)
    box.setPlainText("平面图，2")
    reason = field(dialog, "reason")
    assert isinstance(reason, ChoiceRow)
    reason.set_value("other")
    dialog.choose("SPECIAL_PROCEDURE")
    dialog.choose("RETURN_NOTICE")
    assert dialog.answers() == {"reason": "other", "returned": "平面图，2"}
    dialog.set_choices(CHOICES, "another case")
    assert dialog.answers()["returned"] == "平面图，1", "another case begins anew"


def test_the_language_is_offered_where_there_are_two(dialog: PapersDialog, issued: Issued, qtbot: QtBot) -> None:
    assert dialog.language.isVisible()
    dialog.list.setFocus()
    key(dialog, Qt.Key.Key_2, control=True)
    qtbot.waitUntil(lambda: dialog.language.value() == "zh-en")
    key(dialog, Qt.Key.Key_Return, control=True)
    assert issued[-1][2] == "zh-en"
    dialog.choose("SAFETY_REPORT")
    assert not dialog.language.isVisible()
    key(dialog, Qt.Key.Key_Return, control=True)
    assert issued[-1] == ("SAFETY_REPORT", {}, "zh")
    dialog.set_choices(CHOICES, "", bilingual=True)
    assert dialog.language.value() == "zh-en"


def test_a_paper_is_not_asked_for_twice(dialog: PapersDialog, issued: Issued) -> None:
    dialog.set_busy(True)
    key(dialog, Qt.Key.Key_Return, control=True)
    assert issued == []
    dialog.set_busy(False)
    dialog.set_message("“份数”应为整数。", Tone.ERROR)
    message = dialog.findChild(QLabel, "papers_message")
    assert message is not None
    assert message.isVisible()
    key(dialog, Qt.Key.Key_Return, control=True)
    assert len(issued) == 1
    assert not message.isVisible()


def test_only_blocked_papers_cannot_be_issued(dialog: PapersDialog, issued: Issued) -> None:
    dialog.set_choices([choice for choice in CHOICES if choice.blocked], "")
    issue = dialog.findChild(QPushButton, "papers_issue")
    assert issue is not None
    assert not issue.isEnabled()
    key(dialog, Qt.Key.Key_Return, control=True)
    assert issued == []


def test_every_field_has_a_name_and_its_hint(dialog: PapersDialog) -> None:
    for choice in CHOICES:
        if choice.blocked:
            continue
        dialog.choose(choice.id)
        for ask in choice.asks:
            made = field(dialog, ask.key)
            assert ask.title in made.accessibleName()
            assert made.accessibleDescription() == ask.hint
            if isinstance(made, QLineEdit):
                assert made.placeholderText() == ask.hint
