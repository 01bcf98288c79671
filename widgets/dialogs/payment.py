"""Ctrl+Shift+J: a fee taken at the counter. What stands here never says more than the terminal does."""

from __future__ import annotations

import re

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.domain.fen import fen_of, yuan_of
from widgets.bits import ElidedLabel, button, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import ChoiceRow
from widgets.preview import PreviewPanel
from widgets.views import Tone
from widgets.views_talk import PaymentView

_FIELD = 140
_CODE = re.compile(r"(?a:(?:1[0-5]|2[5-9]|30|62)\d{14,22})")
"""Payment codes of the wallets in use: 10–15 微信, 25–30 支付宝, 62 云闪付; 16 to 24 digits."""


class PaymentDialog(BaseDialog):
    """Before: sums and the way to pay. Meanwhile: Esc stops the terminal. In doubt: only asking again is offered.

    Keys: Alt+1 … choose the way; Enter takes the money; Alt+Q asks the terminal what became of it; Esc leaves, or
    stops what is under way. Signals: asked(slot, fen, payer's code); queried(); stopped();
    camera_wanted(): read the payer's code by the camera, Alt+C.
    """

    asked = pyqtSignal(str, int, str)
    queried = pyqtSignal()
    stopped = pyqtSignal()
    camera_wanted = pyqtSignal()

    def __init__(self, view: PaymentView, parent: QWidget | None = None) -> None:
        super().__init__("payment", "", parent)
        title = self.tr("收费")
        self.set_title(title, view.subject)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(560)
        self._view = view
        self._under_way = False
        self._fields: list[QLineEdit] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for line, fee in enumerate(view.fees):
            field = QLineEdit(yuan_of(fee.fen) if fee.fen else "")
            field.setObjectName(f"payment_fee_{line}")
            field.setAccessibleName(self.tr("{0} 的金额，元").format(fee.name))
            field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            field.setFixedWidth(_FIELD)
            field.setMaxLength(12)
            field.textChanged.connect(self._sum)
            self._fields.append(field)
            name = ElidedLabel(fee.name)
            grid.addWidget(name, line, 0)
            grid.addWidget(field, line, 1)
            grid.addWidget(text(self.tr("元"), "soft"), line, 2)
        self._total = text("", "title", "payment_total")
        self._total.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.ways = ChoiceRow("payment_way", self.tr("收款方式"), _keyed(view.ways), "Alt")
        self.ways.changed.connect(self._way)
        self.code = QLineEdit()
        self.code.setObjectName("payment_code")
        self.code.setAccessibleName(self.tr("付款码"))
        self.code.setPlaceholderText(self.tr("请付款人出示付款码，用扫码枪扫入"))
        # Who sees the digits can pay with them for a minute.
        self.code.setEchoMode(QLineEdit.EchoMode.Password)
        self.code.setMaxLength(24)
        self._code_row = QWidget()
        camera = button(self.tr("用摄像头扫 Alt+C"), "small", "payment_camera")
        camera.setShortcut("Alt+C")
        camera.clicked.connect(self.camera_wanted)
        camera.setVisible(view.camera)
        line_of_code = row(text(self.tr("付款码"), "label"), self.code, camera, gap=12)
        line_of_code.setContentsMargins(0, 0, 0, 0)
        self._code_row.setLayout(line_of_code)
        self.preview = PreviewPanel(bare=True)
        self.preview.setMinimumHeight(160)
        self.preview.hide()
        self._state = text("", name="payment_state", wrap=True)
        # Room for two lines from the start: nothing moves under the clerk's hand when it speaks.
        self._state.setMinimumHeight(2 * self._state.fontMetrics().lineSpacing())
        self._state.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add(grid)
        self.add(self._total)
        self.add(self.ways)
        self.add(self._code_row)
        self.add(self.preview)
        self.add(self._state)
        self._query = button(self.tr("查询结果 Alt+Q"), "primary", "payment_query")
        self._query.setShortcut("Alt+Q")
        self._query.clicked.connect(self.queried)
        self._query.hide()
        self._leave = button("", name="payment_leave")
        self._leave.clicked.connect(self.reject)
        self._go = button("", "primary", "payment_go")
        self._go.clicked.connect(self._ask)
        self.add_buttons(None, self._leave, self._query, self._go, default=self._go)
        self._sum()
        self._way()
        self.set_state("", Tone.NEUTRAL)
        self._first().setFocus()

    def set_under_way(self, words: str) -> None:
        """The terminal has been asked: nothing can be changed."""
        self._under_way = True
        self._offer(False, False)
        set_text(self._state, words, Tone.INFO)
        self._leave.setText(self.tr("停止收款 Esc"))

    def set_state(self, words: str, tone: Tone, *, in_doubt: bool = False, done: bool = False) -> None:
        """How it stands. in_doubt: nobody knows whether money moved; done: it was taken."""
        self._under_way = False
        set_text(self._state, words, tone)
        self._offer(not in_doubt and not done, in_doubt)
        self._leave.setText(self.tr("关闭 Esc"))
        if in_doubt:
            self._query.setFocus()
        elif done:
            self._leave.setFocus()
        else:
            self.code.clear()
            if self._wants_code() and words:
                self.code.setFocus()

    def take_code(self, text: str) -> bool:
        """A scanner or camera read this. True: it was waited for, and told what it is worth; the sum that stands there
        is asked at once, as with a scanner that types and presses Enter."""
        if self._under_way or not self._go.isVisible() or not self._wants_code():
            return False
        if _CODE.fullmatch(text.strip()) is None:
            set_text(self._state, self.tr("扫到的不是付款码，请付款人打开“付款码”页面。"), Tone.WARNING)
            return False
        self.code.setText(text.strip())
        self._ask()
        return True

    def state_words(self) -> str:
        """What is said now."""
        return self._state.text()

    def fen(self) -> int | None:
        """The sum; None while a line is no sum of money."""
        sums = [fen_of(field.text()) for field in self._fields]
        return sum(fen for fen in sums if fen is not None) if all(fen is not None for fen in sums) else None

    def reject(self) -> None:
        """Esc: while the terminal works it is stopped, and its answer is waited for; money is not left alone."""
        if self._under_way:
            self.stopped.emit()
            return
        super().reject()

    def _offer(self, able: bool, in_doubt: bool) -> None:
        for field in self._fields:
            field.setReadOnly(not able)
        self.ways.setEnabled(able)
        self._code_row.setVisible(able and self._wants_code())
        self._go.setVisible(able)
        self._go.setEnabled(able and bool(self.fen()))
        self._query.setVisible(in_doubt)

    def _wants_code(self) -> bool:
        return self.ways.value() in self._view.with_code

    def _way(self) -> None:
        self._code_row.setVisible(self._wants_code())
        self._first().setFocus()

    def _first(self) -> QWidget:
        """Where the clerk goes on: what is still to be filled, else Enter. Left to itself Qt would take the next in
        line when the code's line goes, which is the button that closes."""
        unfilled = next((field for field in self._fields if fen_of(field.text()) is None), None)
        return unfilled or (self.code if self._wants_code() else self._go if self._go.isEnabled() else self._fields[0])

    def _sum(self) -> None:
        fen = self.fen()
        known = self.tr("应收 {0} 元").format(yuan_of(fen)) if fen is not None else self.tr("请填金额")
        self._total.setText(known)
        words = self.tr("收款 {0} 元 Enter").format(yuan_of(fen)) if fen else self.tr("收款 Enter")
        self._go.setText(words)
        self._go.setAccessibleName(words)
        self._go.setEnabled(bool(fen) and not self._under_way)

    def _ask(self) -> None:
        fen = self.fen()
        if not fen:
            return
        if self._wants_code() and not self.code.text().strip():
            set_text(self._state, self.tr("还没有扫付款码。"), Tone.WARNING)
            self.code.setFocus()
            return
        code = self.code.text().strip()
        self.code.clear()
        self.asked.emit(self.ways.value(), fen, code)


def _keyed(ways: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [(slot, f"{words} Alt+{number}") for number, (slot, words) in enumerate(ways, 1)]
