"""Printing onto paper on which the form is printed already 套打: how far this printer is to move what it prints."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QDoubleSpinBox, QGridLayout, QWidget

from app.domain.official import Shift
from widgets.bits import button, text
from widgets.dialogs.base import BaseDialog


class PreprintedDialog(BaseDialog):
    """Two offsets in tenths of a millimetre, a trial print, the print. Enter prints, T tries, Esc closes.

    Signals: trial_requested(Shift), print_requested(Shift); both are to be remembered for the printer.
    """

    trial_requested = pyqtSignal(object)
    print_requested = pyqtSignal(object)

    def __init__(self, form: str, shift: Shift, parent: QWidget | None = None) -> None:
        super().__init__("preprinted", self.tr("套打到印好的空白表"), parent)
        self.set_title(self.tr("套打到印好的空白表"), form)
        self.add(
            text(
                self.tr("只打印填写的内容，表格线已在纸上。先放一张普通纸试打，与空白表对光比较；偏了多少就填多少。"),
                role="soft",
                wrap=True,
            )
        )
        self._right = self._spin("preprinted_right", self.tr("向右移动（毫米，向左为负）"), shift.right)
        self._down = self._spin("preprinted_down", self.tr("向下移动（毫米，向上为负）"), shift.down)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for line, spin in enumerate((self._right, self._down)):
            label = text(spin.accessibleName())
            label.setBuddy(spin)
            grid.addWidget(label, line, 0)
            grid.addWidget(spin, line, 1)
        grid.setColumnStretch(2, 1)
        self.add(grid)
        self.add(text(self.tr("移动量按打印机分别记住，下次不用再调。"), role="soft", wrap=True))
        self._trial = button(self.tr("试打 Alt+T"), name="preprinted_trial")
        self._trial.setShortcut("Alt+T")
        self._trial.clicked.connect(lambda: self.trial_requested.emit(self.shift()))
        self._print = button(self.tr("套打 Enter"), "primary", "preprinted_print")
        self._print.clicked.connect(self._go)
        close = button(self.tr("关闭 Esc"), name="preprinted_close")
        close.clicked.connect(self.reject)
        self.add_buttons(self._trial, None, close, self._print, default=self._print)
        self.resize(560, 300)
        self._right.setFocus(Qt.FocusReason.OtherFocusReason)
        self._right.selectAll()

    def _spin(self, name: str, words: str, tenths: int) -> QDoubleSpinBox:
        made = QDoubleSpinBox()
        made.setObjectName(name)
        made.setAccessibleName(words)
        made.setDecimals(1)
        made.setSingleStep(0.1)
        made.setRange(-Shift.LIMIT / 10, Shift.LIMIT / 10)
        made.setValue(tenths / 10)
        made.setSuffix(self.tr(" 毫米"))
        made.setMinimumWidth(120)
        return made

    def shift(self) -> Shift:
        """What stands in the two boxes now."""
        return Shift(round(self._right.value() * 10), round(self._down.value() * 10))

    def _go(self) -> None:
        self.print_requested.emit(self.shift())
        self.accept()
