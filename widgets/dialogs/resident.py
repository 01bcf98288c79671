"""Registering a foreign resident: what is kept and for what, their consent, then the code."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QPixmap
from PyQt6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from widgets.bits import KeyedTick, button, clear, column, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.look import px
from widgets.symbol import symbol_picture
from widgets.views import Tone
from widgets.views_resident import MadeCodeView, ResidentView


class ResidentDialog(BaseDialog):
    """Y ticks the consent, Enter registers; then the code stands here, Alt+P prints it, Enter is done.

    Signals: register_asked(), print_asked().
    """

    register_asked = pyqtSignal()
    print_asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("resident", self.tr("登记来访人服务码"), parent)
        self.setMinimumWidth(px(720))
        # No stacked widget: it does not hand on how high wrapped words are.
        self._pages = (self._offer_page(), self._code_page())
        for page in self._pages:
            self.add(page)
        self._message = text("", "soft", "resident_message", wrap=True)
        self._message.hide()
        self.add(self._message)
        self.content.addStretch(1)
        self.print = button(self.tr("打印 Alt+P"), name="resident_print")
        self.print.setShortcut("Alt+P")
        self.print.clicked.connect(self.print_asked)
        self.leave = button(self.tr("不登记 Esc"), name="resident_leave")
        self.leave.clicked.connect(self.reject)
        self.done_ = button(self.tr("完成 Enter"), "primary", "resident_done")
        self.done_.clicked.connect(self.accept)
        self.register = button(self.tr("登记 Enter"), "primary", "resident_register")
        self.register.clicked.connect(self.register_asked)
        self.add_buttons(self.print, None, self.leave, self.register, self.done_, default=self.register)

    def _offer_page(self) -> QWidget:
        self._portrait = QLabel()
        self._portrait.setObjectName("resident_portrait")
        self._rows = _grid()
        box = QFrame()
        box.setProperty("role", "card")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(14, 10, 14, 12)
        self._consent = text("", "", "resident_consent", wrap=True)
        inside.addWidget(self._consent)
        self.agreed = KeyedTick(self.tr("已向本人说明，本人同意（Y）"))
        self.agreed.setObjectName("resident_agreed")
        self.agreed.setShortcut("Y")
        self.agreed.toggled.connect(lambda on: self.register.setEnabled(on))
        self.agreed.toggled.connect(lambda on: self.register.setFocus() if on else None)
        page = QWidget()
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        top = row(column(self._portrait, None, gap=0), gap=16)
        top.addLayout(column(text(self.tr("登记的内容"), "strong"), self._rows, None, gap=6), 1)
        whole.addLayout(top)
        whole.addWidget(box)
        whole.addWidget(self.agreed)
        return page

    def _code_page(self) -> QWidget:
        self.symbol = QLabel()
        self.symbol.setObjectName("resident_symbol")
        self.symbol.setAccessibleName(self.tr("来访人服务码"))
        self._made_rows = _grid()
        hint = text(self.tr("请来访人用手机拍下，或打印带走。码中没有个人信息。"), "soft", wrap=True)
        page = QWidget()
        whole = row(column(self.symbol, None, gap=0), gap=20)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(column(self._made_rows, hint, None, gap=12), 1)
        page.setLayout(whole)
        return page

    def offer(self, view: ResidentView) -> None:
        """Ask for one person's consent; nothing is ticked."""
        self.set_title(self.tr("登记来访人服务码"), view.who)
        _fill(self._rows, view.rows, "resident_row")
        self._portrait.setVisible(not view.portrait.isNull())
        if not view.portrait.isNull():
            side = px(132)
            picture = QPixmap.fromImage(view.portrait)
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._portrait.setPixmap(picture.scaled(side, side * 4 // 3, keep, smooth))
        set_text(self._consent, view.consent)
        self.agreed.setChecked(False)
        self._turn(0)
        self.register.setEnabled(False)
        self.agreed.setFocus()

    def show_code(self, view: MadeCodeView) -> None:
        """The code was made."""
        self.symbol.setPixmap(symbol_picture(view.modules, px(280)))
        _fill(self._made_rows, view.rows, "resident_made")
        self._turn(1)
        self.done_.setFocus()

    def set_message(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """What came of a button."""
        set_text(self._message, words, tone)
        self._message.setVisible(bool(words))
        self._fit()

    def set_busy(self, busy: bool) -> None:
        """The platform is being asked."""
        self.register.setEnabled(not busy and self.agreed.isChecked())
        self.agreed.setEnabled(not busy)

    def _fit(self) -> None:
        """Wrapped words have their room."""
        whole = self.layout()
        if whole is not None:
            whole.activate()
            self.setMinimumHeight(whole.totalHeightForWidth(max(self.width(), self.minimumWidth())))

    def _turn(self, page: int) -> None:
        for number, one in enumerate(self._pages):
            one.setVisible(number == page)
        made = page == 1
        self.print.setVisible(made)
        self.done_.setVisible(made)
        self.register.setVisible(not made)
        self.leave.setVisible(not made)
        self._default = self.done_ if made else self.register
        self.agreed.setEnabled(True)
        self.set_message("")


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    return grid


def _fill(grid: QGridLayout, rows: tuple[tuple[str, str], ...], name: str) -> None:
    clear(grid)
    for line, (caption, words) in enumerate(rows):
        grid.addWidget(text(caption, "label"), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text(words, "", f"{name}_{line}", wrap=True), line, 1)
