"""Keys for fingers, where there is no keyboard: digits beside a line, letters for a search by pinyin initials."""

from __future__ import annotations

from typing import cast

from PyQt6.QtCore import QCoreApplication, QEvent, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication, QGridLayout, QLineEdit, QPushButton, QWidget

from widgets.bits import button

DIGITS = ("123", "456", "789", " 0⌫")
ID_NUMBER = ("123", "456", "789", "X0⌫")
MONEY = ("123", "456", "789", ".0⌫")
PHONE = ("123", "456", "789", "-0⌫")
LETTERS = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM⌫")
WIDE, HIGH = 84, 61


class Keypad(QWidget):
    """Types into whatever line has the cursor; takes the focus from nobody.

    rows: a key a character, ⌫ deletes, a space is no key.
    """

    def __init__(self, rows: tuple[str, ...], wide: int = WIDE) -> None:
        super().__init__()
        self.setObjectName("self_keypad")
        self.setAccessibleName(self.tr("屏幕键盘"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._wide = wide
        self._rows: tuple[str, ...] = ()
        self.set_rows(rows)

    def set_rows(self, rows: tuple[str, ...]) -> None:
        """Other keys."""
        if rows == self._rows:
            return
        self._rows = rows
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for line, keys in enumerate(rows):
            for at, key in enumerate(keys):
                if key == " ":
                    continue
                self._grid.addWidget(self._key(key), line, at)

    def _key(self, key: str) -> QPushButton:
        made = button(key, "touch_key", f"self_key_{'back' if key == '⌫' else key}")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setFixedSize(self._wide, HIGH)
        made.setAutoRepeat(key == "⌫")
        if key == "⌫":
            made.setAccessibleName(self.tr("删除一个字"))
        made.clicked.connect(lambda _=False: self._press(key))
        return made

    def _press(self, key: str) -> None:
        line = QApplication.focusWidget()
        if not isinstance(line, QLineEdit) or line.isReadOnly():
            return
        code = Qt.Key.Key_Backspace if key == "⌫" else Qt.Key(ord(key))
        typed = "" if key == "⌫" else key
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, typed)
            QCoreApplication.sendEvent(cast(QWidget, line), event)
