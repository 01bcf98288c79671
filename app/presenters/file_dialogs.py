"""Asking for a file without waiting for the answer: the event loop goes on, and a lesson's player can type the name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFileDialog, QWidget


def save_where(parent: QWidget, title: str, start: Path, kinds: str, chosen: Callable[[Path], None]) -> None:
    """Where to write. start: what is offered. chosen: called with the place; not at all when the clerk cancels."""
    asking = _asking(parent, title, str(start.parent) if start.parent != Path() else "", kinds, chosen)
    asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    asking.setFileMode(QFileDialog.FileMode.AnyFile)
    asking.selectFile(start.name)
    asking.open()


def open_which(parent: QWidget, title: str, folder: str, kinds: str, chosen: Callable[[Path], None]) -> None:
    """Which file to read. chosen: called with one that exists; not at all when the clerk cancels."""
    asking = _asking(parent, title, folder, kinds, chosen)
    asking.setFileMode(QFileDialog.FileMode.ExistingFile)
    asking.open()


def _asking(parent: QWidget, title: str, folder: str, kinds: str, chosen: Callable[[Path], None]) -> QFileDialog:
    asking = QFileDialog(parent, title, folder, kinds)
    asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    asking.fileSelected.connect(lambda name: chosen(Path(name)))
    return asking
