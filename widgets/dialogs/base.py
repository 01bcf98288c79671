"""What all dialogs share: title, room for the content, a line of buttons, Esc closes."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QHideEvent, QKeyEvent
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from widgets.bits import ElidedLabel, rule, text


class BaseDialog(QDialog):
    """A modal dialog in our style.

    Enter presses the default button wherever the focus is, unless another button has it; Esc rejects. A choice that is
    taken already is no such button: pressing it again would do nothing.
    """

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        self._default: QPushButton | None = None
        self._title = text(title, "title", f"{name}_title", wrap=True)
        self._subtitle = ElidedLabel(role="soft")
        self._subtitle.setObjectName(f"{name}_subtitle")
        self._subtitle.hide()
        self.content = QVBoxLayout()
        self.content.setContentsMargins(24, 4, 24, 16)
        self.content.setSpacing(12)
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(24, 12, 24, 14)
        self._buttons.setSpacing(10)
        head = QVBoxLayout()
        head.setContentsMargins(24, 20, 24, 8)
        head.setSpacing(2)
        head.addWidget(self._title)
        head.addWidget(self._subtitle)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(self.content, 1)
        whole.addWidget(rule())
        whole.addLayout(self._buttons)

    def ask_help(self) -> None:
        """F1 here, or in a dialog over this one: hand it to the window that this dialog belongs to."""
        parent = self.parentWidget()
        ask = getattr(parent.window(), "ask_help", None) if parent is not None else None
        if ask is not None:
            ask()

    def set_title(self, words: str, below: str = "") -> None:
        """The heading and the line under it."""
        self._title.setText(words)
        self.setAccessibleDescription(below)
        self._subtitle.setText(below)
        self._subtitle.setVisible(bool(below))

    def open_once(self) -> None:
        """Open a dialog that is made for this one time: it goes when it is closed, rather than stay in its window."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.open()

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Add a part to the content."""
        if isinstance(part, QWidget):
            self.content.addWidget(part, stretch)
        else:
            self.content.addLayout(part, stretch)

    def add_buttons(self, *parts: QPushButton | QWidget | None, default: QPushButton | None = None) -> None:
        """Add buttons from left to right; None is a stretch. default: what Enter presses."""
        for part in parts:
            if part is None:
                self._buttons.addStretch(1)
            else:
                self._buttons.addWidget(part)
        if default is not None:
            self._default = default
            default.setFocus()

    def hideEvent(self, a0: QHideEvent | None) -> None:
        """A dialog that is opened again starts anew: Enter is not to press the button that was used last time."""
        super().hideEvent(a0)
        if a0 is not None and a0.spontaneous():  # minimised: the same time goes on
            return
        focused = self.focusWidget()
        if isinstance(focused, QPushButton) and focused is not self._default:
            focused.clearFocus()
            if self._default is not None:
                self._default.setFocus()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() == Qt.Key.Key_F1:
            # The window's own keys sleep while a dialog is open; help is wanted here all the same.
            self.ask_help()
            a0.accept()
            return
        if a0 is not None and a0.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            target = self._default
            if isinstance(focused, QPushButton) and focused.hasFocus() and not _taken_already(focused):
                target = focused
            if target is not None and target.isVisible() and target.isEnabled():
                target.click()
            a0.accept()
            return
        super().keyPressEvent(a0)


def _taken_already(button: QPushButton) -> bool:
    group = button.group()
    return button.isChecked() and group is not None and group.exclusive()
