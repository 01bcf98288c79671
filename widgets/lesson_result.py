"""How a lesson went: stars, time, and each mistake with what would have been right."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QAbstractItemView, QGridLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from widgets.bits import button, clear, column, row, set_text, text
from widgets.row_model import RowModel
from widgets.theme import GIVEN_WIDTHS, scaled
from widgets.views import MistakeView, ResultView


class MistakeModel(RowModel[MistakeView]):
    """The mistakes as a table."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.titles = (self.tr("步骤"), self.tr("发生了什么"), self.tr("正确做法"), self.tr("扣分"))

    def words(self, row: MistakeView) -> Sequence[object]:
        return (row.step, row.what, row.right, row.points)


class ResultPage(QWidget):
    """Signals: again(with hints), back(), export_pdf(), export_csv()."""

    again = pyqtSignal(bool)
    back = pyqtSignal()
    export_pdf = pyqtSignal()
    export_csv = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessons_page")
        self.setAccessibleName(self.tr("成绩"))
        self._title = text(role="title", name="result_title")
        self._percent = text(name="result_percent")
        self._stars = text(name="result_stars")
        self._verdict = text(name="result_verdict", wrap=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(4)
        self._heading = text(role="heading", name="result_heading")
        self._model = MistakeModel(self)
        self.table = QTableView()
        self.table.setObjectName("result_mistakes")
        self.table.setAccessibleName(self.tr("失误与正确做法"))
        self.table.setModel(self._model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setTabKeyNavigation(False)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if (side := self.table.verticalHeader()) is not None:
            side.hide()
            side.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            side.setMinimumSectionSize(36)
        if (head := self.table.horizontalHeader()) is not None:
            head.setHighlightSections(False)
            head.setProperty(GIVEN_WIDTHS, True)
            for section, width in enumerate((180, 0, 0, 80)):
                stretch = QHeaderView.ResizeMode.Fixed if width else QHeaderView.ResizeMode.Stretch
                head.setSectionResizeMode(section, stretch)
                if width:
                    head.resizeSection(section, scaled(head, width))
        self._again = button(self.tr("再练一次 Ctrl+Shift+N"), name="result_again")
        self._again.setShortcut("Ctrl+Shift+N")
        self._again.clicked.connect(lambda: self.again.emit(True))
        self._exam = button(self.tr("考核，不带提示 Ctrl+Enter"), name="result_exam")
        self._exam.clicked.connect(lambda: self.again.emit(False))
        self._pdf = button(self.tr("成绩单 PDF Ctrl+P"), name="result_pdf")
        self._pdf.setShortcut("Ctrl+P")
        self._pdf.clicked.connect(self.export_pdf)
        self._csv = button(self.tr("导出 CSV Ctrl+S"), name="result_csv")
        self._csv.setShortcut("Ctrl+S")
        self._csv.clicked.connect(self.export_csv)
        self._back = button(self.tr("回课程表 Enter"), "primary", "result_back")
        self._back.clicked.connect(self.back)
        self._said = text(role="soft", name="result_said")
        score = row(self._percent, self._stars, None, gap=16)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.setSpacing(10)
        whole.addLayout(column(self._title, score, self._verdict, gap=4))
        whole.addLayout(self._facts)
        whole.addSpacing(6)
        whole.addWidget(self._heading)
        whole.addWidget(self.table, 1)
        whole.addLayout(row(self._pdf, self._csv, self._said, None, self._again, self._exam, self._back, gap=10))

    def set_result(self, result: ResultView) -> None:
        """Show a result."""
        self._title.setText(result.title)
        self._percent.setText(self.tr("{0} 分").format(result.percent))
        self._stars.setText("★" * result.stars + "☆" * (5 - result.stars))
        self._stars.setAccessibleName(self.tr("{0} 星，满分 5 星").format(result.stars))
        set_text(self._verdict, result.verdict, result.tone)
        clear(self._facts)
        for line, (label, words) in enumerate(result.facts):
            self._facts.addWidget(text(label, "label"), line, 0)
            self._facts.addWidget(text(words), line, 1)
        self._facts.setColumnStretch(1, 1)
        self._model.set_rows(result.mistakes)
        self.table.setVisible(bool(result.mistakes))
        self._heading.setText(self.tr("失误与正确做法") if result.mistakes else self.tr("没有失误，做得好。"))
        self._again.setVisible(result.can_repeat)
        self._exam.setVisible(result.can_repeat)
        self.say("")

    def say(self, words: str) -> None:
        """A word beside the export buttons, e.g. where the file lies."""
        set_text(self._said, words)

    def focus(self) -> None:
        """Give the keys to the page."""
        self._back.setFocus()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            if a0.modifiers() & Qt.KeyboardModifier.ControlModifier and self._exam.isVisible():
                self.again.emit(False)
            else:
                self.back.emit()
            a0.accept()
            return
        super().keyPressEvent(a0)
