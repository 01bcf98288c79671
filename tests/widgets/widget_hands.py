"""What the clerk's hands do in the form."""

from __future__ import annotations

from PyQt6.QtGui import QInputMethodEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from widgets.editors import Editor
from widgets.form_panel import FormPanel


def editor(form: FormPanel, key: str) -> Editor:
    """The line of a field."""
    found = form.field_editor(key)
    assert isinstance(found, Editor)
    return found


def typed(form: FormPanel, key: str, words: str) -> Editor:
    """Type into a field, as keys or as an input method does."""
    form.focus_field(key)
    line = editor(form, key)
    if words.isascii():
        QTest.keyClicks(line, words)
    else:  # as an input method hands it over
        done = QInputMethodEvent("", [])
        done.setCommitString(words)
        QApplication.sendEvent(line, done)
    return line
