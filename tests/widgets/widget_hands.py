"""What the clerk's hands do in the form."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QInputMethodEvent
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget

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


def cursor() -> QWidget:
    """Whatever has the cursor."""
    active, target = QApplication.activeWindow(), QApplication.focusWidget()
    assert target is not None
    if active is not None and not active.isVisible():
        # A window manager hands the focus back when a list closes; the offscreen platform has none.
        target.window().activateWindow()  # type: ignore[union-attr]
        QApplication.processEvents()
    return target


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the cursor is."""
    target = cursor()
    QTest.keyClick(target, key, modifiers)  # type: ignore[call-overload]
    QApplication.processEvents()
