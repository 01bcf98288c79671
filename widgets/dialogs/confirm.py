"""Asking before something that cannot be taken back."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QDialog, QWidget

from widgets.bits import button, text
from widgets.dialogs.base import BaseDialog


class ConfirmDialog(BaseDialog):
    """A question with two answers. A dangerous one has its safe answer as the default."""

    def __init__(
        self, title: str, what: str, yes: str, no: str = "", danger: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("confirm", title, parent)
        self.setMinimumWidth(420)
        self.setMaximumWidth(560)
        if what:
            self.add(text(what, name="confirm_what", wrap=True))
        accept = button(yes, "danger" if danger else "primary", "confirm_yes")
        refuse = button(no or self.tr("取消"), name="confirm_no")
        accept.clicked.connect(self.accept)
        refuse.clicked.connect(self.reject)
        self.add_buttons(None, refuse, accept, default=refuse if danger else accept)


def confirm(parent: QWidget | None, title: str, what: str, yes: str, no: str = "", danger: bool = False) -> bool:
    """Ask and wait for the answer. Esc says no."""
    dialog = ConfirmDialog(title, what, yes, no, danger, parent)
    # The clerk's question must not keep the visitor from the citizen's screen.
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    answer = dialog.exec()
    dialog.deleteLater()  # its parent, the window, would keep it to the end of the day
    return answer == QDialog.DialogCode.Accepted


def ask(
    parent: QWidget, title: str, what: str, yes: str, no: str, then: Callable[[], None], *, danger: bool = False
) -> None:
    """Ask and come back at once: then is called when the answer is yes. Esc says no."""
    dialog = ConfirmDialog(title, what, yes, no, danger, parent)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.accepted.connect(then)
    dialog.open_once()
