"""The combined form for the applicant's confirmation, page by page in large type; on the last page one signs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.signature import Signature
from widgets.bits import ElidedLabel, button, clear, column, row, rule, text
from widgets.customer.signing import SigningPanel
from widgets.customer.views import AnswerView, ConfirmView

LINES = 9
"""Lines of a page, headings included: they fit 1024 × 600 in this size of type."""
PLAIN_LINES = 5
"""The same in larger type."""


class ConfirmPage(QWidget):
    """Signals: turned(page, of) pages from 1, the last is the one to sign; signed(Signature); objected() to what is
    written; refused() to sign. refusable: is there somebody to whom the refusal can be told?"""

    turned = pyqtSignal(int, int)
    signed = pyqtSignal(object)
    objected = pyqtSignal()
    refused = pyqtSignal()

    def __init__(self, refusable: bool = True) -> None:
        super().__init__()
        self._refusable = refusable
        self.setObjectName("citizen_confirm")
        self.setAccessibleName(self.tr("请核对您填报的内容"))
        self._pages: list[tuple[AnswerView, ...]] = []
        self._at = 0
        self._plain = False
        self._title = text(self.tr("请核对您填报的内容"), "citizen_title")
        self._where = text(role="citizen_soft", name="citizen_where")
        self._items = ElidedLabel(role="citizen_soft")
        self._answers = QVBoxLayout()
        self._answers.setSpacing(6)
        reading = QWidget()
        reading.setLayout(column(self._answers, None))
        self._panel = SigningPanel("citizen")
        self.pad = self._panel.pad
        self._stack = QStackedWidget()
        self._stack.addWidget(reading)
        self._stack.addWidget(self._panel)
        self._back = button(self.tr("上一页"), "citizen", "citizen_back")
        self._next = button(self.tr("下一页"), "citizen_primary", "citizen_next")
        self._sign = button(self.tr("确认签字"), "citizen_primary", "citizen_sign")
        self._object = button(self.tr("内容有误"), "citizen", "citizen_object")
        self._back.clicked.connect(lambda: self._turn(-1))
        self._next.clicked.connect(lambda: self._turn(1))
        self._sign.clicked.connect(self._done)
        self._object.clicked.connect(self.objected)
        self._refuse = button(self.tr("不签字"), "citizen", "citizen_refuse")
        self._refuse.clicked.connect(self.refused)
        self.pad.changed.connect(self._enable)
        head = row(self._title, None, self._where)
        foot = row(self._object, self._refuse, None, self._back, self._next, self._sign, gap=16)
        whole = column(head, self._items, rule(), self._stack, foot, gap=12)
        whole.setStretch(3, 1)
        whole.setContentsMargins(40, 24, 40, 24)
        self.setLayout(whole)
        self._enable()  # buttons of another page would ask for room

    def set_view(self, view: ConfirmView) -> None:
        """Begin at the first page, the pad wiped."""
        self._plain = view.plain
        self._pages = _one_at_a_time(view.answers) if view.plain else _paged(view.answers)
        self._items.setText(self.tr("、").join(view.items))
        words = self.tr("以上内容由本人提供或经本人核对，真实、准确。")
        if view.guardian_for:
            words = self.tr("本人是{0}的监护人，代为申请。").format(view.guardian_for) + words
        if view.promises:
            words += self.tr("本人承诺：{0}。").format(self.tr("；").join(view.promises))
        self._panel.statement.setText(words)
        self.pad.clear()
        self._panel.set_locked(False)
        self._at = 0
        self._show()

    def clear(self) -> None:
        """Forget the visitor."""
        self.set_view(ConfirmView((), ()))
        self._panel.statement.clear()

    def sign_again(self) -> None:
        """The signature could not be kept: the same page once more."""
        self._panel.set_locked(False)
        self._enable()

    @property
    def where(self) -> tuple[int, int]:
        """The page in view, from 1, and how many there are, the one to sign included."""
        return self._at + 1, len(self._pages) + 1

    def _turn(self, by: int) -> None:
        self._at = min(max(self._at + by, 0), len(self._pages))
        self._show()
        self.turned.emit(*self.where)

    def _show(self) -> None:
        last = self._at == len(self._pages)
        self._stack.setCurrentIndex(1 if last else 0)
        page, of = self.where
        self._where.setText(self.tr("第 {0} 页，共 {1} 页").format(page, of))
        self._title.setText(self.tr("请签字确认") if last else self.tr("请核对您填报的内容"))
        clear(self._answers)
        only = self._pages[self._at] if not last else ()
        self._object.setText(self.tr("不对") if self._plain and not last else self.tr("内容有误"))
        self._next.setText(self.tr("对，下一项") if self._plain else self.tr("下一页"))
        if self._plain and len(only) == 1:
            self._title.setText(self.tr("请看一看，对不对？"))
            self._answers.addWidget(text(self.tr("{0}是").format(only[0].title), "citizen_heading", wrap=True))
            self._answers.addWidget(text(only[0].value, "citizen_hero", "citizen_answer", wrap=True))
        elif not last:
            for section, lines in groupby(self._pages[self._at], lambda line: line.section):
                self._answers.addWidget(text(section, "citizen_heading"))
                grid = QGridLayout()
                grid.setHorizontalSpacing(24)
                grid.setVerticalSpacing(4)
                grid.setColumnMinimumWidth(0, 220)
                grid.setColumnStretch(1, 1)
                for number, line in enumerate(lines):
                    grid.addWidget(text(line.title, "citizen_soft"), number, 0)
                    grid.addWidget(ElidedLabel(line.value, "citizen"), number, 1)
                self._answers.addLayout(grid)
        self._enable()

    def _enable(self) -> None:
        last = self._at == len(self._pages)
        self._back.setEnabled(self._at > 0)
        self._next.setVisible(not last)
        self._sign.setVisible(last)
        self._refuse.setVisible(last and self._refusable)
        self._sign.setEnabled(last and self.pad.isEnabled() and self.pad.signature().enough)

    def _done(self) -> None:
        signature: Signature = self.pad.signature()
        # Pressed twice it is still one signature.
        self._panel.set_locked(True)
        self._enable()
        self.signed.emit(signature)


def _one_at_a_time(answers: Sequence[AnswerView]) -> list[tuple[AnswerView, ...]]:
    """What the applicant said first, each alone; then what machines read, a few lines a page."""
    own = [(answer,) for answer in answers if not answer.read]
    read = [answer for answer in answers if answer.read]
    return [*own, *_paged(read, PLAIN_LINES)]


def _paged(answers: Sequence[AnswerView], lines: int = LINES) -> list[tuple[AnswerView, ...]]:
    """The answers page by page; a heading takes a line of each page that it stands on, and never stands there alone."""
    pages: list[tuple[AnswerView, ...]] = []
    page: list[AnswerView] = []
    used = 0
    for answer in answers:
        heading = 1 if not page or page[-1].section != answer.section else 0
        if used + heading + 1 > lines:
            pages.append(tuple(page))
            page, used, heading = [], 0, 1
        page.append(answer)
        used += heading + 1
    return [*pages, tuple(page)] if page else pages
