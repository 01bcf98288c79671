"""The print jobs of the day: where each stands, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QModelIndex, Qt, pyqtBoundSignal, pyqtSignal
from PyQt6.QtGui import QColor, QImage
from PyQt6.QtWidgets import QPushButton, QTableView, QWidget

from widgets.bits import button, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import ChoiceRow, dress, select_row, set_widths
from widgets.look import colours
from widgets.paper_head import PaperHead
from widgets.row_model import RowModel
from widgets.views import Tone
from widgets.views_print import PrintRow

_STATE, _DETAIL = 5, 6


class PrintModel(RowModel[PrintRow]):
    """The jobs as a table."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.titles = (
            self.tr("时间"),
            self.tr("文书"),
            self.tr("编号"),
            self.tr("申请人"),
            self.tr("打印机"),
            self.tr("状态"),
            self.tr("说明"),
        )

    def words(self, row: PrintRow) -> Sequence[object]:
        return row.time, row.paper, row.number, row.who, row.printer, row.state_words, row.detail

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid() and index.column() == _STATE:
            return QColor(colours().ink_of(self.rows[index.row()].tone))
        return super().data(index, role)


class PrintsDialog(BaseDialog):
    """Keys: Ctrl+1 and 2 choose what is listed, Enter looks at the paper, R prints it again, G lets a kept one go, Y
    and N say whether a paper is there, X moves it to another printer, Del calls it off.

    Signals, each with the job's id: look, again, go, there, not_there, elsewhere (id, slot), cancel; filtered() when
    the choice changed; selected(id).
    """

    filtered = pyqtSignal()
    selected = pyqtSignal(str)
    look = pyqtSignal(str)
    again = pyqtSignal(str)
    go = pyqtSignal(str)
    there = pyqtSignal(str)
    not_there = pyqtSignal(str)
    elsewhere = pyqtSignal(str, str)
    cancel = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("prints", "", parent)
        self._head = self.tr("打印清单")
        self.set_title(self._head)
        self.setWindowTitle(self._head)
        self.setAccessibleName(self._head)
        self.resize(1180, 600)
        self.which = ChoiceRow(
            "prints_which", self.tr("列出"), (("open", self.tr("待处理")), ("", self.tr("今天全部"))), "Ctrl"
        )
        self.which.set_value("")
        self.which.changed.connect(lambda _: self.filtered.emit())
        self.model = PrintModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        dress(self.table, "prints_table", self._head)
        set_widths(self.table, (60, 172, 184, 72, 112, 84, 96), _DETAIL)
        self.table.doubleClicked.connect(lambda _: self._emit(self.look))
        if (selection := self.table.selectionModel()) is not None:
            selection.currentRowChanged.connect(lambda *_: self._select())
        self._empty = text(role="soft", name="prints_empty", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._trouble = text(role="soft", name="prints_trouble", wrap=True)
        set_text(self._trouble, "", Tone.NEUTRAL)
        self._detail = text(role="soft", name="prints_detail", wrap=True)
        self._message = text(role="soft", name="prints_message", wrap=True)
        set_text(self._message, "", Tone.NEUTRAL)
        self.head = PaperHead()
        self.head.setFixedWidth(300)
        self._shown = ""
        both = row(gap=16)
        both.addWidget(self.table, 1)
        both.addWidget(self._empty, 1)
        both.addWidget(self.head)
        self.add(row(text(self.tr("列出"), "soft"), self.which, None))
        self.add(self._trouble)
        self.add(both, 1)
        self.add(self._detail)
        self.add(self._message)
        make = self._button
        self._there = make(self.tr("已出纸 Y"), "prints_there", "Y", self.there)
        self._not_there = make(self.tr("没有出纸 N"), "prints_not_there", "N", self.not_there)
        self._go = make(self.tr("现在打印 G"), "prints_go", "G", self.go)
        self._again = make(self.tr("补打 R"), "prints_again", "R", self.again)
        self._cancel = make(self.tr("取消打印 Del"), "prints_cancel", "Del", self.cancel)
        self._elsewhere = button(self.tr("换打印机 X"), name="prints_elsewhere")
        self._elsewhere.setShortcut("X")
        self._elsewhere.clicked.connect(lambda: self._move())
        self._look = button(self.tr("看文书 Enter"), "primary", "prints_look")
        self._look.clicked.connect(lambda: self._emit(self.look))
        close = button(self.tr("关闭 Esc"), name="prints_close")
        close.clicked.connect(self.reject)
        left = (self._there, self._not_there, self._go, self._elsewhere, self._again, self._cancel)
        self.add_buttons(*left, None, close, self._look, default=self._look)
        self.set_rows((), "")

    def set_rows(self, rows: Sequence[PrintRow], words: str) -> None:
        """Show these; the selection stays on the same job. words: under the title, e.g. 今天打印 12 份."""
        before = self.job()
        self.model.set_rows(rows)
        self.set_title(self._head, words)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(
            self.tr("没有待处理的打印任务。") if self.which.value() else self.tr("今天还没有打印过文书。")
        )
        at = next((n for n, one in enumerate(rows) if before is not None and one.id == before.id), 0)
        if rows:
            select_row(self.table, at)
        self._select(force=True)

    def set_trouble(self, words: str) -> None:
        """What a printer complains of; empty when all are well."""
        set_text(self._trouble, words, Tone.WARNING)

    def set_message(self, words: str, tone: Tone) -> None:
        """What became of the last thing that was asked."""
        set_text(self._message, words, tone)

    def set_picture(self, job_id: str, page: QImage) -> None:
        """The first lines of the selected job's paper; dropped when another is selected by now."""
        if job_id == self._shown:
            self.head.set_page(page)

    def job(self) -> PrintRow | None:
        """The selected job."""
        found = self.table.currentIndex().data(PrintModel.ROW)
        return found if isinstance(found, PrintRow) else None

    def _select(self, force: bool = False) -> None:
        job = self.job()
        unknown, printed = (job is not None and job.state == state for state in ("unknown", "printed"))
        self._there.setVisible(unknown)
        self._not_there.setVisible(unknown or printed)
        self._go.setVisible(job is not None and job.state == "held")
        self._elsewhere.setVisible(job is not None and job.open and bool(job.others))
        self._again.setVisible(printed)
        self._cancel.setVisible(job is not None and job.open)
        self._look.setVisible(job is not None)
        set_text(self._detail, job.detail if job is not None else "", job.tone if job is not None else Tone.NEUTRAL)
        shown = job.id if job is not None else ""
        if shown != self._shown or force:
            if shown != self._shown:
                self.head.set_page(QImage())
            self._shown = shown
            if shown:
                self.selected.emit(shown)

    def _move(self) -> None:
        job = self.job()
        if job is not None and job.open and job.others:
            self.elsewhere.emit(job.id, job.others[0][0])

    def _button(self, words: str, name: str, key: str, signal: pyqtBoundSignal) -> QPushButton:
        made = button(words, name=name)
        made.setShortcut(key)
        made.clicked.connect(lambda: self._emit(signal))
        return made

    def _emit(self, signal: pyqtBoundSignal) -> None:
        job = self.job()
        if job is not None:
            signal.emit(job.id)
