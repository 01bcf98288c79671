"""Shift+F4: who came along with the visitor."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QListWidget, QWidget

from widgets.bits import button, text
from widgets.dialogs.base import BaseDialog

_ROW = 24


class CompanionDialog(BaseDialog):
    """Enter takes the marked line. Signals: guardian_wanted(): read a guardian's document; helper_noted(place): the
    helper of this place in the list, from 0; alone(): nobody came along."""

    guardian_wanted = pyqtSignal()
    helper_noted = pyqtSignal(int)
    alone = pyqtSignal()

    def __init__(self, helpers: Sequence[str], minor: bool, noted: str, parent: QWidget | None = None) -> None:
        """helpers: relations in words. minor: a guardian is most likely wanted. noted: who is noted now, in words."""
        super().__init__("companion", self.tr("谁一起来的"), parent)
        self.set_title(self.tr("谁一起来的"), self.tr("现在登记的：{0}").format(noted) if noted else "")
        self.setMinimumWidth(440)
        self.list = QListWidget()
        self.list.setObjectName("companion_list")
        self.list.setAccessibleName(self.tr("一起来的人"))
        self.list.addItem(self.tr("监护人：接着读监护人的证件"))
        self.list.addItems([self.tr("陪同人：{0}").format(words) for words in helpers])
        self.list.addItem(self.tr("没有人陪同"))
        self.list.setCurrentRow(0 if minor else 1)
        self.list.setMinimumHeight((len(helpers) + 2) * _ROW)
        self.list.itemDoubleClicked.connect(lambda _: self._take())
        self.add(self.list)
        self.add(text(self.tr("陪同人只记和申请人的关系，不记姓名和号码。"), "soft", "companion_note", wrap=True))
        leave = button(self.tr("取消 Esc"), name="companion_leave")
        leave.clicked.connect(self.reject)
        go = button(self.tr("确定 Enter"), "primary", "companion_go")
        go.clicked.connect(self._take)
        self.add_buttons(None, leave, go, default=go)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        at = self.list.currentRow()
        self.accept()
        if at == 0:
            self.guardian_wanted.emit()
        elif at == self.list.count() - 1:
            self.alone.emit()
        else:
            self.helper_noted.emit(at - 1)
