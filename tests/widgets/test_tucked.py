"""What an assisted form folds away: shown and folded again by its key, the cursor staying where it is."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from widgets.form_panel import FormPanel
from widgets.window import MainWindow

NAME = "applicant.name"


def folded(form: FormPanel) -> bool:
    return not form.field_row(NAME).isVisible()


def test_it_opens_and_closes_by_its_key_and_the_cursor_stays(window: MainWindow, form: FormPanel, qtbot: QtBot) -> None:
    asked: list[str] = []
    window.action.connect(asked.append)
    window.action.connect(lambda action: form.known.turn() if action == "show_known" else None)
    assert not form.known.filled
    form.set_known_folded(True)
    assert form.known.filled
    assert folded(form)
    form.focus_next_missing()
    cursor = window.focusWidget()
    assert cursor is not None
    for shown, words in ((True, "收起 Alt+Z"), (False, "展开 Alt+Z")):
        QTest.keyClick(cursor, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
        press = form.findChild(QPushButton, "form_tucked_press")
        assert press is not None
        assert (not folded(form), press.text(), press.isVisible()) == (shown, words, True)
        assert window.focusWidget() is cursor
    assert asked == ["show_known"] * 2
