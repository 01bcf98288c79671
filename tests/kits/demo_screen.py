"""The whole window of a demo with a real store and gateway, and keys that go where a person's would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication

from app.bootstrap_demo import open_demo
from app.demo.scenario import load_scenario
from app.presenters.screen import Screen
from widgets.theme import apply_theme


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the cursor is, or in the window that is in front."""
    where = QApplication.focusWidget() or QApplication.activeModalWidget() or QApplication.activeWindow()
    assert where is not None
    QTest.keyClick(where, key, modifier)  # type: ignore[call-overload]


@contextmanager
def demo_screen(app: QApplication, profile: Path, paper: Path) -> Iterator[Screen]:
    """The window of a fresh demo in this profile, started and in front. paper: where its printers put theirs."""
    apply_theme(app)
    with open_demo(profile, load_scenario("open-a-barber-shop"), fresh=True, out=paper) as station:
        made = Screen(station)
        made.window.resize(1366, 768)
        made.window.show()
        made.window.activateWindow()
        made.start()
        yield made
        made.close()
