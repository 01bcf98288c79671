"""Texts to be looked through: a list on the left, the marked one's words on the right, buttons for what to do.

The about box, the support bundle before it is saved and a crash report before it is sent are all this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QListWidget, QPlainTextEdit, QWidget

from widgets.bits import button, name_clear_button, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.look import px
from widgets.views import Tone


@dataclass(frozen=True, slots=True)
class TextView:
    """One text. title: in the list. body: shown as it is."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Deed:
    """A button. key: its shortcut, shown in words. primary: the one that Enter presses."""

    id: str
    words: str
    key: str = ""
    primary: bool = False


class TextsDialog(BaseDialog):
    """Keys: ↓ ↑ in the list, typing in the line above finds, Tab to the text, the buttons' own, Esc closes.

    Signal: chosen(id of a button).
    """

    chosen = pyqtSignal(str)

    def __init__(self, name: str, title: str, below: str, deeds: Sequence[Deed] = (), parent: QWidget | None = None):
        super().__init__(name, title, parent)
        self.set_title(title, below)
        self._texts: tuple[TextView, ...] = ()
        self._shown: tuple[TextView, ...] = ()
        self.search = QLineEdit()
        self.search.setObjectName(f"{name}_search")
        self.search.setAccessibleName(self.tr("查找"))
        self.search.setPlaceholderText(self.tr("查找"))
        name_clear_button(self.search, self.tr("清空"))
        self.search.textChanged.connect(lambda _: self._filter())
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName(f"{name}_list")
        self.list.setAccessibleName(title)
        self.list.setFixedWidth(px(280))
        self.list.currentRowChanged.connect(self._show)
        self.body = QPlainTextEdit()
        self.body.setObjectName(f"{name}_body")
        self.body.setReadOnly(True)
        self.body.setTabChangesFocus(True)
        self.body.setProperty("role", "reading")
        self._said = text(name=f"{name}_said", wrap=True)
        set_text(self._said, "")
        self.add(self.search)
        self.add(row(self.list, self.body, gap=12), 1)
        self.add(self._said)
        close = button(self.tr("关闭 Esc"), name=f"{name}_close")
        close.clicked.connect(self.reject)
        self.buttons = {}
        primary = None
        for deed in deeds:
            made = button(deed.words, "primary" if deed.primary else "", f"{name}_{deed.id}")
            if deed.key:
                made.setShortcut(deed.key)
            made.clicked.connect(lambda _, chosen=deed.id: self.chosen.emit(chosen))
            self.buttons[deed.id] = made
            primary = made if deed.primary else primary
        others = [made for made in self.buttons.values() if made is not primary]
        self.add_buttons(*others, None, close, *([primary] if primary else []), default=primary or close)
        self.resize(960, 640)

    def set_texts(self, texts: Sequence[TextView], *, search: bool = True) -> None:
        """What there is to look through. search: is it long enough to be searched?"""
        self._texts = tuple(texts)
        self.search.setVisible(search)
        self._filter()
        (self.search if search else self.list).setFocus()

    def say(self, words: str, tone: Tone = Tone.INFO) -> None:
        """What became of what was asked."""
        set_text(self._said, words, tone)

    def _filter(self) -> None:
        word = self.search.text().strip().casefold()
        self._shown = tuple(one for one in self._texts if word in one.title.casefold() or word in one.body.casefold())
        self.list.clear()
        self.list.addItems([one.title for one in self._shown])
        for at, one in enumerate(self._shown):
            if (item := self.list.item(at)) is not None:
                item.setToolTip(one.title)
        self.list.setCurrentRow(0 if self._shown else -1)
        if not self._shown:
            self.body.setPlainText(self.tr("没有找到。"))

    def _show(self, at: int) -> None:
        if 0 <= at < len(self._shown):
            self.body.setAccessibleName(self._shown[at].title)
            self.body.setPlainText(self._shown[at].body)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        if a0 is self.search and isinstance(a1, QKeyEvent) and a1.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(a1.key()))
            if step is not None and self._shown:
                self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), len(self._shown) - 1))
                return True
        return super().eventFilter(a0, a1)
