"""Is the paper there? Only a person can see it."""

from __future__ import annotations

from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from widgets.bits import button, column, row, text
from widgets.dialogs.base import BaseDialog
from widgets.paper_head import PaperHead
from widgets.views_print import PrintRow


class PrintAskDialog(BaseDialog):
    """Y: it is there. N: it is not, or not whole. Esc: later. Enter does nothing: it may be meant for the form.

    came_out, once it is accepted: what the clerk saw.
    """

    def __init__(self, job: PrintRow, page: QImage, parent: QWidget | None = None) -> None:
        super().__init__("print_ask", "", parent)
        title = self.tr("{0}：纸出来了吗？").format(job.printer)
        self.set_title(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(820, 460)
        self.job = job
        self.came_out: bool | None = None
        head = PaperHead()
        head.set_page(page)
        head.setMinimumWidth(420)
        number = text(job.number, "name", "print_ask_number")
        number.setProperty("role", "title")
        what = text(
            self.tr("看看打印机上有没有这个编号、内容完整的一份。回答之前不会再打，其他文书照常打印。"),
            "soft",
            wrap=True,
        )
        facts = column(
            text(job.paper, "heading"),
            number,
            text("　".join(part for part in (job.who, job.time) if part), "soft"),
            text(job.detail, "soft", "print_ask_detail", wrap=True),
            what,
            None,
            gap=8,
        )
        both = row(gap=16)
        both.addWidget(head, 3)
        both.addLayout(facts, 2)
        self.add(both, 1)
        there = button(self.tr("已出纸，完整 Y"), "primary", "print_ask_there")
        there.setShortcut("Y")
        missing = button(self.tr("没有，再打一份 N"), name="print_ask_not_there")
        missing.setShortcut("N")
        later = button(self.tr("稍后再看 Esc"), name="print_ask_later")
        there.clicked.connect(lambda: self._answer(True))
        missing.clicked.connect(lambda: self._answer(False))
        later.clicked.connect(self.reject)
        self.add_buttons(later, None, missing, there)
        self.setFocus()

    def _answer(self, came_out: bool) -> None:
        self.came_out = came_out
        self.accept()
