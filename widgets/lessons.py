"""The first page of demo mode: lessons to choose from, with what came of them last time."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter
from PyQt6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from widgets.bits import button, column, row, set_text, text
from widgets.lesson_result import ResultPage
from widgets.look import colours, px
from widgets.views import LessonView, Tone

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class LessonModel(QAbstractListModel):
    """The lessons in the order they are offered."""

    LESSON = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lessons: tuple[LessonView, ...] = ()

    def set_lessons(self, lessons: Sequence[LessonView]) -> None:
        self.beginResetModel()
        self.lessons = tuple(lessons)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lessons)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.lessons):
            return None
        lesson = self.lessons[index.row()]
        if role == self.LESSON:
            return lesson
        if role == Qt.ItemDataRole.DisplayRole:
            return lesson.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (lesson.title, *lesson.tags, lesson.length, lesson.last, lesson.purpose)
            return " ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return lesson.purpose or None
        return None


class LessonDelegate(QStyledItemDelegate):
    """Two lines a lesson: title, tags and last score; purpose and length."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(px(300), px(60))

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        lesson = index.data(LessonModel.LESSON)
        if painter is None or not isinstance(lesson, LessonView):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(4, 2, -4, -2)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().accent_soft))
            painter.drawRoundedRect(rect, 6, 6)
            painter.setBrush(QColor(colours().accent))
            painter.drawRoundedRect(QRect(rect.left(), rect.top() + 8, 3, rect.height() - 16), 1.5, 1.5)
        inside = rect.adjusted(px(18), px(6), -px(16), -px(6))
        upper = QRect(inside.left(), inside.top(), inside.width(), px(22))
        lower = upper.translated(0, px(22))
        font = painter.font()
        right = self._right(painter, upper, lesson.last, colours().ink_of(lesson.last_tone))
        font.setBold(True)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        title = metrics.elidedText(lesson.title, Qt.TextElideMode.ElideRight, right - upper.left())
        painter.setPen(QColor(colours().ink))
        painter.drawText(upper, _MIDDLE, title)
        left = upper.left() + metrics.horizontalAdvance(title) + 10
        font.setBold(False)
        font.setPixelSize(px(12))
        painter.setFont(font)
        for tag in lesson.tags:
            left = self._tag(painter, left, upper, tag)
        font.setPixelSize(px(13))
        painter.setFont(font)
        right = self._right(painter, lower, lesson.length, colours().ink_faint)
        painter.setPen(QColor(colours().ink_soft))
        room = right - lower.left() - 12
        purpose = painter.fontMetrics().elidedText(lesson.purpose, Qt.TextElideMode.ElideRight, room)
        painter.drawText(lower, _MIDDLE, purpose)
        painter.restore()

    @staticmethod
    def _right(painter: QPainter, line: QRect, words: str, colour: str) -> int:
        """Words at the right end; gives where they begin."""
        painter.setPen(QColor(colour))
        width = painter.fontMetrics().horizontalAdvance(words)
        painter.drawText(QRect(line.right() - width, line.top(), width + 1, line.height()), _MIDDLE, words)
        return line.right() - width - (12 if words else 0)

    @staticmethod
    def _tag(painter: QPainter, left: int, line: QRect, words: str) -> int:
        width = painter.fontMetrics().horizontalAdvance(words) + 14
        box = QRect(left, line.top() + 2, width, line.height() - 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().neutral_soft))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(colours().ink_soft))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
        return left + width + 6


class LessonListPage(QWidget):
    """The list, the learner's name, and the ways to begin.

    Signals: begin(name, with hints), record(), export(), learner_changed(name).
    """

    begin = pyqtSignal(str, bool)
    record = pyqtSignal()
    export = pyqtSignal()
    learner_changed = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessons_page")
        self.setAccessibleName(self.tr("课程表"))
        self._model = LessonModel(self)
        self.list = QListView()
        self.list.setObjectName("lesson_list")
        self.list.setAccessibleName(self.tr("课程表"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(LessonDelegate(self.list))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.doubleClicked.connect(lambda _: self._begin(True))
        if (selection := self.list.selectionModel()) is not None:
            selection.currentChanged.connect(lambda *_: self._offer())
        self.learner = QLineEdit()
        self.learner.setObjectName("learner")
        self.learner.setAccessibleName(self.tr("学员"))
        self.learner.setPlaceholderText(self.tr("姓名或工号，写进成绩"))
        self.learner.setMaxLength(40)
        self.learner.setFixedWidth(220)
        self.learner.textChanged.connect(self.learner_changed)
        self.learner.returnPressed.connect(self.list.setFocus)
        self._bad = text(name="lessons_bad", wrap=True)
        self._keys = text(self.tr("↓↑ 选课　Enter 练习　Ctrl+Enter 考核"), "faint", "lessons_keys")
        self._start = button(self.tr("开始练习 Enter"), "primary", "lesson_start")
        self._start.clicked.connect(lambda: self._begin(True))
        self._exam = button(self.tr("考核，不带提示 Ctrl+Enter"), name="lesson_exam")
        self._exam.clicked.connect(lambda: self._begin(False))
        self._record = button(self.tr("录新课 Ctrl+Shift+R"), name="lesson_record")
        self._record.setShortcut("Ctrl+Shift+R")
        self._record.clicked.connect(self.record)
        self._export = button(self.tr("导出全部成绩 Ctrl+S"), name="lesson_export")
        self._export.setShortcut("Ctrl+S")
        self._export.clicked.connect(self.export)
        title = text(self.tr("练习从这里开始"), "title", "lessons_title")
        about = text(
            self.tr("全部是虚构人物和模拟设备，可以放心出错；每课都从空白开始。"), "soft", "lessons_about", wrap=True
        )
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(column(title, about, gap=2), 1)
        head.addWidget(text(self.tr("学员"), "label"))
        head.addWidget(self.learner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self.list, 1)
        whole.addWidget(self._bad)
        whole.addLayout(row(self._record, self._export, None, self._keys, self._exam, self._start, gap=10))
        set_text(self._bad, "")
        self._offer()

    def set_lessons(self, lessons: Sequence[LessonView], bad: str = "") -> None:
        """Show what there is; the selection stays. bad: which files could not be used, and why."""
        before = self.selected()
        self._model.set_lessons(lessons)
        at = next((n for n, one in enumerate(lessons) if before and one.name == before.name), 0)
        self.list.setCurrentIndex(self._model.index(at))
        set_text(self._bad, bad, Tone.WARNING)
        self._offer()

    def select(self, name: str) -> None:
        """Mark a lesson; an unknown one marks nothing new."""
        for at, lesson in enumerate(self._model.lessons):
            if lesson.name == name:
                self.list.setCurrentIndex(self._model.index(at))

    def selected(self) -> LessonView | None:
        """The lesson marked."""
        lesson = self.list.currentIndex().data(LessonModel.LESSON)
        return lesson if isinstance(lesson, LessonView) else None

    def set_can_export(self, on: bool) -> None:
        """Are there results to export?"""
        self._export.setVisible(on)

    def _offer(self) -> None:
        lesson = self.selected()
        self._start.setEnabled(lesson is not None)
        self._exam.setVisible(lesson is not None and bool(lesson.name))

    def _begin(self, hints: bool) -> None:
        lesson = self.selected()
        if lesson is not None and (hints or lesson.name):
            self.begin.emit(lesson.name, hints)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._begin(not a0.modifiers() & Qt.KeyboardModifier.ControlModifier)
            a0.accept()
            return
        super().keyPressEvent(a0)


class LessonsWindow(QWidget):
    """Lesson list, a word while a lesson is made ready, and the result. `page` is the list, `result` the result.

    Signals: closed() when the person closes it.
    """

    closed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessons")
        self.setWindowTitle(self.tr("一窗 · 培训"))
        self.setAccessibleName(self.tr("培训"))
        self.page = LessonListPage()
        self.result = ResultPage()
        self._wait = text(role="title", name="lessons_wait")
        self._wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        for part in (self.page, self._wait, self.result):
            self._stack.addWidget(part)
        band = QWidget()
        band.setObjectName("header")
        band.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        band.setFixedHeight(36)
        line = QHBoxLayout(band)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(16)
        line.addWidget(text(self.tr("一窗"), name="brand"))
        line.addWidget(text(self.tr("培训"), name="place"), 1)
        line.addWidget(text(self.tr("演示模式"), name="demo_badge"), 0, Qt.AlignmentFlag.AlignVCenter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(band)
        whole.addWidget(self._stack, 1)
        self.resize(1180, 700)

    def closeEvent(self, a0: QCloseEvent | None) -> None:
        super().closeEvent(a0)
        self.closed.emit()

    def show_list(self) -> None:
        """The list, with the keys in it."""
        self._stack.setCurrentWidget(self.page)
        self.page.list.setFocus()

    def show_wait(self, words: str) -> None:
        """A word while something is made ready."""
        self._wait.setText(words)
        self._stack.setCurrentWidget(self._wait)

    def show_result(self) -> None:
        """The result page; fill it first."""
        self._stack.setCurrentWidget(self.result)
        self.result.focus()
