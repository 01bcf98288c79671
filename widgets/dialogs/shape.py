"""A character that no font has: the clerk chooses its shape, from other fonts of this machine or from a picture."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QIcon, QImage, QPixmap
from PyQt6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from widgets.bits import button, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.look import px
from widgets.views import Tone
from widgets.views_verify import ShapeView

_SIDE = 132


class ShapeDialog(BaseDialog):
    """Enter takes the shape that is marked, Alt+O a picture, Esc leaves: the paper stays unprinted.

    Made for one character. Signals: chosen(number of the shape), file_asked().
    """

    chosen = pyqtSignal(int)
    file_asked = pyqtSignal()

    def __init__(self, char: str, where: str, parent: QWidget | None = None) -> None:
        super().__init__("shape", self.tr("补字形"), parent)
        code = f"U+{ord(char):04X}"
        self.set_title(
            self.tr("“{0}”不在文书字库中").format(char),
            self.tr("{0}，在“{1}”里。补上字形后即可打印，文字仍可核验。").format(code, where),
        )
        self.setMinimumWidth(px(620))
        self._list = QListWidget()
        self._list.setObjectName("shape_list")
        self._list.setAccessibleName(self.tr("可用的字形"))
        self._list.setViewMode(QListView.ViewMode.IconMode)
        self._list.setMovement(QListView.Movement.Static)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setIconSize(QSize(px(_SIDE), px(_SIDE)))
        self._list.setSpacing(8)
        self._list.setFixedHeight(px(_SIDE + 64))
        self._list.itemDoubleClicked.connect(self._take)
        self._said = text("", "soft", "shape_said", wrap=True)
        self._which = text(self.tr("与证件上的字核对，选一个笔画完全一样的："), "label", wrap=True)
        self.add(self._which)
        self.add(self._list)
        self.add(self._said)
        self._file = button(self.tr("用图片 Alt+O"), name="shape_file")
        self._file.setShortcut("Alt+O")
        self._file.setToolTip(self.tr("证件上这个字的照片，或者手写后拍下的图片；深色笔画、浅色底"))
        self._file.clicked.connect(self.file_asked)
        close = button(self.tr("先不打印 Esc"), name="shape_close")
        close.clicked.connect(self.reject)
        self._go = button(self.tr("用这个字形 Enter"), "primary", "shape_take")
        self._go.clicked.connect(self._take)
        self._go.setEnabled(False)
        self.add_buttons(self._file, None, close, self._go, default=self._go)
        self.say(self.tr("正在其他字体里找这个字…"))

    def set_shapes(self, shapes: Sequence[ShapeView]) -> None:
        """The shapes to choose from, the first one marked."""
        self._list.clear()
        for number, shape in enumerate(shapes):
            picture = QPixmap.fromImage(QImage.fromData(shape.picture))
            item = QListWidgetItem(QIcon(picture), shape.source)
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self.tr("字形 {0}").format(shape.source))
            self._list.addItem(item)
        self._go.setEnabled(bool(shapes))
        self._list.setVisible(bool(shapes))
        self._which.setVisible(bool(shapes))
        if shapes:
            self._list.setCurrentRow(0)
            self._list.setFocus()
            self.say(self.tr("补一次即可，以后本机打印这个字都用它。"))
        else:
            self._file.setFocus()
            self.say(self.tr("本机其他字体里也没有这个字。请拍下证件上的这个字，用图片补上。"), Tone.WARNING)

    def say(self, words: str, tone: Tone | None = None) -> None:
        """What goes on, or what was wrong."""
        set_text(self._said, words, tone)

    def _take(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.chosen.emit(int(item.data(Qt.ItemDataRole.UserRole)))
