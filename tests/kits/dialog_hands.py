"""What tests of dialogs do by hand: show one, press keys where the cursor is, read what it says."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot


def shown(qtbot: QtBot, dialog: QWidget, before_close: Callable[[QWidget], None] | None = None) -> None:
    """Show a dialog and wait until it has the keys."""
    qtbot.addWidget(dialog, before_close_func=before_close)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the cursor is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)  # type: ignore[call-overload]


def said(top: QWidget) -> str:
    """The words of all visible labels, a line each."""
    return "\n".join(label.text() for label in top.findChildren(QLabel) if label.isVisible())
