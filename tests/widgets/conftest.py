"""The widget tests run without a screen unless told otherwise."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.theme import apply_theme
from widgets.window import MainWindow


@pytest.fixture(autouse=True)
def _themed(qapp: QApplication) -> None:
    if not qapp.styleSheet():
        apply_theme(qapp)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    """The window, shown and active."""
    made = MainWindow()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made
