"""The widget tests run without a screen unless told otherwise."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import form_samples as fs
import pytest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.form_panel import FormPanel
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


@pytest.fixture
def form(window: MainWindow) -> FormPanel:
    """The form of the barber's shop with what card and licence gave."""
    window.show_form()
    window.form.set_form(fs.barber_form())
    states = fs.filled_states()
    window.form.set_states(states)
    window.form.set_problems(fs.problems(states))
    return window.form
