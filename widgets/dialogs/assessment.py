"""Assessments 自评、体检: begin, answer point by point, look at the result, hand in with its report."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from widgets.assessment_points import AssessmentPoints
from widgets.assessment_start import AssessmentStart
from widgets.bits import badge, button, clear, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import Lines
from widgets.views import Tone
from widgets.views_assessment import AnswerWords, FormChoice, GroupView, ResultView, StartView

START, POINTS, RESULT = "start", "points", "result"
_PAGES = (START, POINTS, RESULT)


class AssessmentDialog(BaseDialog):
    """Three pages. Keys: Ctrl+Enter goes on (begins, shows the result, hands in), Ctrl+R takes the last one's answers
    over, Ctrl+L goes on with what was left, Alt+1 … choose the form, Alt+← goes back, Esc closes; the answers'
    keys are AssessmentPoints'.

    Signals: begun(StartView), again(StartView), resumed(form id), finished_answers(), back(), handed().
    """

    begun = pyqtSignal(object)
    again = pyqtSignal(object)
    resumed = pyqtSignal(str)
    finished_answers = pyqtSignal()
    back = pyqtSignal()
    handed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("assessment", "", parent)
        self._head = self.tr("自评、体检")
        self.set_title(self._head)
        self.setWindowTitle(self._head)
        self.setAccessibleName(self._head)
        self.start = AssessmentStart()
        self.points = AssessmentPoints()
        self.stack = QStackedWidget()
        for page in (self.start, self.points, self._make_result()):
            self.stack.addWidget(page)
        self.add(self.stack, 1)
        self._said = text(role="soft", name="assessment_said", wrap=True)
        self._said.setMinimumHeight(20)
        self.add(self._said)
        self._close = button(self.tr("关闭 Esc"), name="assessment_close")
        self._close.clicked.connect(self.reject)
        self._back = self._button(self.tr("返回 Alt+←"), "assessment_back", "Alt+Left", self.back.emit)
        self._left = self._button(
            self.tr("接着上次的 Ctrl+L"), "assessment_left", "Ctrl+L",
            lambda: self.resumed.emit(self.start.given().form),
        )  # fmt: skip
        self._again = self._button(
            self.tr("沿用上次自评 Ctrl+R"), "assessment_again", "Ctrl+R", lambda: self.again.emit(self.start.given())
        )
        self._go = button("", "primary", "assessment_go")
        self._go.clicked.connect(self._next)
        self.add_buttons(self._close, self._back, None, self._left, self._again, self._go, default=self._go)
        for at in range(9):
            QShortcut(QKeySequence(f"Alt+{at + 1}"), self).activated.connect(lambda at=at: self._choose(at))
        self.offer_left(False)
        self.offer_again(False)
        self.resize(1200, 640)
        self.show_page(START)

    @property
    def page(self) -> str:
        """Which page is on show: START, POINTS or RESULT."""
        return _PAGES[self.stack.currentIndex()]

    def show_page(self, page: str) -> None:
        """Turn to a page."""
        self.stack.setCurrentIndex(_PAGES.index(page))
        words = {
            START: self.tr("开始 Ctrl+Enter"),
            POINTS: self.tr("看结果 Ctrl+Enter"),
            RESULT: self.tr("提交并打印报告 Ctrl+Enter"),
        }[page]
        self._go.setText(words)
        self._go.setAccessibleName(words)
        self._go.setEnabled(True)
        self._back.setVisible(page != START)
        self._left.setVisible(page == START and self._left.isEnabled())
        self._again.setVisible(page == START and self._again.isEnabled())
        self.say("")
        if page == START:
            self.set_title(self._head)
        if page == POINTS:
            self.points.table.setFocus()
        elif page == RESULT:
            self._go.setFocus()

    def set_forms(self, forms: Sequence[FormChoice], known: StartView) -> None:
        """Offer these forms."""
        self.start.set_forms(forms, known)

    def offer_left(self, there: bool) -> None:
        """Is there one that was left unfinished?"""
        self._offer(self._left, there)

    def offer_again(self, there: bool) -> None:
        """Can the last one's answers be taken over?"""
        self._offer(self._again, there)

    def set_points(self, title: str, below: str, groups: Sequence[GroupView], words: AnswerWords) -> None:
        """Show how the answers stand."""
        self.set_title(title, below)
        self.points.set_words(words)
        self.points.set_groups(groups)

    def set_result(self, title: str, below: str, view: ResultView) -> None:
        """Show what it came to."""
        self.set_title(title, below)
        self._score.setText(view.score)
        clear(self._grade)
        self._grade.addWidget(badge(view.grade, view.tone))
        self._grade.addStretch(1)
        set_text(self._conclusion, view.conclusion, view.tone)
        set_text(self._listed, view.listed, view.listed_tone)
        set_text(self._promise, view.promise)
        self._dimensions.set_lines(view.dimensions)
        self._todo.set_lines(view.rows)
        self._todo.setVisible(bool(view.rows))
        self._none.setVisible(not view.rows)
        self._go.setEnabled(view.ready)

    def say(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """One line under the page: what was done, or what stands in the way."""
        set_text(self._said, words, tone)
        self._said.setVisible(True)
        self._said.setAccessibleName(words)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if (
            a0 is not None
            and a0.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and a0.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            a0.accept()
            if self._go.isEnabled():
                self._next()
            return
        super().keyPressEvent(a0)

    def _next(self) -> None:
        if self.page == START:
            self.begun.emit(self.start.given())
        elif self.page == POINTS:
            self.finished_answers.emit()
        else:
            self.handed.emit()

    def _choose(self, at: int) -> None:
        if self.page == START:
            self.start.choose(at)

    def _offer(self, made: QPushButton, there: bool) -> None:
        made.setEnabled(there)
        made.setVisible(there and self.page == START)

    def _button(self, words: str, name: str, key: str, act: object) -> QPushButton:
        made = button(words, name=name)
        made.setShortcut(key)
        made.clicked.connect(lambda: act())  # type: ignore[operator]
        return made

    def _make_result(self) -> QWidget:
        page = QWidget()
        page.setObjectName("assessment_result")
        self._score = text(role="title", name="assessment_score")
        self._grade = row()
        self._conclusion = text(role="strong", name="assessment_conclusion", wrap=True)
        self._listed = text(role="soft", name="assessment_listed", wrap=True)
        self._promise = text(role="soft", name="assessment_promise", wrap=True)
        self._dimensions = Lines(
            "assessment_dimensions", self.tr("各维度得分"), (self.tr("维度"), self.tr("得分")), (180, 72), 0
        )
        self._dimensions.setFixedWidth(300)
        self._todo = Lines(
            "assessment_todo", self.tr("还要落实"), (self.tr("还要落实"), self.tr("措施")), (260, 300), 1
        )
        self._none = text(self.tr("没有还要落实的措施。"), "soft", "assessment_nothing")
        head = row(self._score, gap=12)
        head.addLayout(self._grade, 1)
        lists = row(self._dimensions, gap=16)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._todo, 1)
        beside.addWidget(self._none)
        lists.addLayout(beside, 1)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addLayout(head)
        whole.addWidget(self._conclusion)
        whole.addWidget(self._listed)
        whole.addLayout(lists, 1)
        whole.addWidget(self._promise)
        return page
