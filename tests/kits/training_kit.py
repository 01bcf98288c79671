"""A training room in this process, and hands for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap_demo import open_demo
from app.presenters.screen import Screen
from app.presenters.training import TrainingRoom
from widgets.theme import apply_theme

LONG = 30_000
"""Milliseconds; two shared cores."""


@contextmanager
def training_room(
    qtbot: QtBot, qapp: QApplication, folder: Path, ask_file: Callable[[str, str], str] = lambda title, name: ""
) -> Iterator[TrainingRoom]:
    """The room on a demo profile, its list on show; taken down at the end."""
    apply_theme(qapp)
    room = TrainingRoom(
        folder,
        lambda lesson, fresh: open_demo(folder, lesson, fresh=fresh, out=folder / "paper"),
        ask_file=ask_file,
    )
    room.window.resize(1366, 728)
    try:
        with qtbot.waitSignal(room.ended, timeout=LONG):
            room.start()
        yield room
    finally:
        room.close()
        room.window.deleteLater()


def begin(qtbot: QtBot, room: TrainingRoom, start: Callable[[], None]) -> Screen:
    """Begin a lesson; its window once it is on show and online."""
    with qtbot.waitSignal(room.opened, timeout=LONG):
        start()
    screen = room.screen
    assert screen is not None
    qtbot.waitUntil(lambda: screen.status.report is not None, timeout=LONG)
    screen.window.activateWindow()
    return screen


def press(qtbot: QtBot, screen: Screen, key: Qt.Key) -> None:
    """A key where the focus is, as a keyboard would."""
    active = QApplication.activeWindow()
    if active is None or not active.isVisible():  # the offscreen platform has no window manager to hand it back
        (QApplication.activeModalWidget() or screen.window).activateWindow()
        qtbot.wait(50)
    target = QApplication.activeModalWidget() or QApplication.focusWidget() or screen.window
    qtbot.keyClick(target, key)


def click(qtbot: QtBot, widget: QWidget | None, at: QPoint | None = None) -> None:
    assert widget is not None
    assert widget.isVisible(), widget.objectName()
    assert widget.isEnabled(), widget.objectName()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())
