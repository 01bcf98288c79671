"""What opens a chip whose zone no device has read: the number on the front, or three entries of the data page."""

from __future__ import annotations

import re

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QLineEdit, QWidget

from widgets.bits import button, rule, text
from widgets.dialogs.base import BaseDialog
from widgets.look import px

_DATE = re.compile(r"(?:19|20)?[0-9]{6}", re.ASCII)


class ChipKeyDialog(BaseDialog):
    """Enter reads. Signals: by_can(number), by_page(number, birth, expiry), the dates as YYMMDD."""

    by_can = pyqtSignal(str)
    by_page = pyqtSignal(str, str, str)

    def __init__(self, why: str = "", parent: QWidget | None = None) -> None:
        super().__init__("chip_key", "", parent)
        title = self.tr("打开证件芯片")
        self.set_title(title, why)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(px(460))
        self.can = self._entry("chip_key_can", self.tr("卡面访问号码"), self.tr("六位数字，例如 123456"), 6)
        self.number = self._entry("chip_key_number", self.tr("证件号码"), self.tr("例如 E12345678"), 22)
        self.birth = self._entry("chip_key_birth", self.tr("出生日期"), self.tr("例如 19900131 或 900131"), 10)
        self.expiry = self._entry("chip_key_expiry", self.tr("有效期至"), self.tr("例如 20310101 或 310101"), 10)
        self.add(text(self.tr("护照：照资料页录入三项"), "strong"))
        self.add(self._grid(self.number, self.birth, self.expiry))
        self.add(rule())
        self.add(text(self.tr("卡式证件：也可以只录入正面的六位号码（CAN）"), "strong"))
        self.add(self._grid(self.can))
        self.add(text(self.tr("号码只用来打开芯片，不保存。"), "faint", wrap=True))
        leave = button(self.tr("取消 Esc"), name="chip_key_leave")
        leave.clicked.connect(self.reject)
        self._go = button(self.tr("读芯片 Enter"), "primary", "chip_key_go")
        self._go.clicked.connect(self._give)
        self.add_buttons(None, leave, self._go, default=self._go)
        self.number.setFocus()
        self._offer()

    def _entry(self, name: str, title: str, example: str, most: int) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.setAccessibleName(title)
        line.setPlaceholderText(example)
        line.setMaxLength(most)
        line.textChanged.connect(self._offer)
        return line

    def _grid(self, *lines: QLineEdit) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnMinimumWidth(0, px(110))
        grid.setColumnStretch(1, 1)
        for place, line in enumerate(lines):
            grid.addWidget(text(line.accessibleName(), "label"), place, 0)
            grid.addWidget(line, place, 1)
        return grid

    def _dates(self) -> tuple[str, str] | None:
        found = [re.sub(r"[-./ ]", "", line.text()) for line in (self.birth, self.expiry)]
        if not all(_DATE.fullmatch(one) for one in found):
            return None
        return found[0][-6:], found[1][-6:]

    def _offer(self) -> None:
        can = re.fullmatch(r"[0-9]{6}", self.can.text().strip(), re.ASCII)
        self._go.setEnabled(bool(can) or (bool(self.number.text().strip()) and self._dates() is not None))

    def _give(self) -> None:
        number, dates = self.number.text().strip(), self._dates()
        self.accept()
        if number and dates is not None:
            self.by_page.emit(number, *dates)
        else:
            self.by_can.emit(self.can.text().strip())
