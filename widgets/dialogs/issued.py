"""亮证: the e-licence that the platform issued for a case, to be handed over at once."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QLabel, QWidget

from widgets.bits import button, clear, column, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.look import px
from widgets.symbol import symbol_picture
from widgets.views import Tone
from widgets.views_issued import IssuedView

_CODE = 330
"""Pixels of the symbol's side at most: a phone reads it off the clerk's screen too."""


class IssuedDialog(BaseDialog):
    """Alt+P prints the slip, Alt+W issues 送达回证 or another paper, Esc takes the code off the screens.

    Signals: print_asked(); papers_asked().
    """

    print_asked = pyqtSignal()
    papers_asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("issued", self.tr("电子证照"), parent)
        self.setMinimumWidth(px(740))
        self.symbol = QLabel()
        self.symbol.setObjectName("issued_symbol")
        self.symbol.setAccessibleName(self.tr("电子证照二维码"))
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(14)
        self._rows.setVerticalSpacing(6)
        self._rows.setColumnStretch(1, 1)
        self._where = text("", "soft", "issued_where", wrap=True)
        words = self.tr("请持证人用手机拍下或扫描存入卡包，也可以打印凭条带走；办事时出示，窗口验签。")
        hint = text(words, "soft", wrap=True)
        whole = row(column(self.symbol, None, gap=0), gap=20)
        whole.addLayout(column(self._rows, self._where, hint, None, gap=12), 1)
        self.add(whole)
        self._message = text("", "soft", "issued_message", wrap=True)
        self.add(self._message)
        self.content.addStretch(1)
        printing = button(self.tr("打印凭条 Alt+P"), name="issued_print")
        printing.setShortcut("Alt+P")
        printing.clicked.connect(self.print_asked)
        papers = button(self.tr("送达回证 Alt+W"), name="issued_papers")
        papers.setShortcut("Alt+W")
        papers.clicked.connect(self.papers_asked)
        done = button(self.tr("收起 Esc"), "primary", "issued_done")
        done.clicked.connect(self.reject)
        self.add_buttons(printing, papers, None, done, default=done)

    def show_licence(self, view: IssuedView) -> None:
        """Show one licence."""
        self.set_title(view.title, view.who)
        self.symbol.setPixmap(symbol_picture(view.modules, px(_CODE)))
        clear(self._rows)
        for line, (caption, words) in enumerate(view.rows):
            self._rows.addWidget(text(caption, "label"), line, 0, Qt.AlignmentFlag.AlignTop)
            said = text(words, "", f"issued_row_{line}", wrap=True)
            said.setAccessibleName(f"{caption} {words}")
            self._rows.addWidget(said, line, 1)
        if view.on_screen:
            set_text(self._where, self.tr("已显示在群众屏上。"), Tone.SUCCESS)
        else:
            set_text(self._where, self.tr("没有群众屏：请把屏幕转向持证人，或打印凭条。"), Tone.NEUTRAL)
        self.set_message("", Tone.NEUTRAL)

    def set_message(self, words: str, tone: Tone) -> None:
        """What came of a button."""
        set_text(self._message, words, tone)
        self._message.setVisible(bool(words))

    def forget(self) -> None:
        """Nothing of the licence stays in it."""
        self.symbol.clear()
        clear(self._rows)
        self.set_title(self.tr("电子证照"), "")
