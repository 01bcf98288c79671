"""What one test leaves on the screen does not stand before the next. In this order, in one process."""

from PyQt6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

left: list[QDialog] = []


def test_a_dialog_is_left_open(qtbot: QtBot) -> None:
    dialog = QDialog()
    dialog.open()
    left.append(dialog)
    assert QApplication.activeModalWidget() is dialog


def test_it_is_gone(qtbot: QtBot) -> None:
    assert left
    left.clear()
    assert QApplication.activeModalWidget() is None
