"""Printing many papers: choose them, then watch them come out."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QModelIndex, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QKeySequence, QShortcut
from PyQt6.QtWidgets import QProgressBar, QPushButton, QTableView, QVBoxLayout, QWidget

from widgets.bits import button, clear, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import ChoiceRow, dress, select_row, set_widths
from widgets.look import colours
from widgets.row_model import RowModel
from widgets.theme import restyle
from widgets.views import Tone
from widgets.views_print import BatchPaperRow, BatchRunView, PrintRow

_STATE = 4


class PaperModel(RowModel[BatchPaperRow]):
    """The papers to choose from, each ticked or not."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.ticked: set[int] = set()
        self.titles = (
            self.tr("打印"),
            self.tr("序"),
            self.tr("文书编号"),
            self.tr("申请人"),
            self.tr("受理时间"),
            self.tr("办件"),
            self.tr("打印情况"),
        )

    def words(self, row: BatchPaperRow) -> Sequence[object]:
        raise NotImplementedError("by its place: see data")

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        place = index.row()
        paper = self.rows[place]
        if role == Qt.ItemDataRole.DisplayRole:
            state = self.tr("打印过，将标“补打”") if paper.printed else self.tr("还没打印")
            sign = "✓" if place in self.ticked else "–"
            return (sign, place + 1, paper.number, paper.who, paper.accepted, paper.cases, state)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and place not in self.ticked:
            return QColor(colours().ink_faint)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return self.tr("打印") if place in self.ticked else self.tr("不打印")
        return paper if role == self.ROW else None

    def tick(self, places: set[int]) -> None:
        """Print these and no others."""
        self.ticked = places
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.titles) - 1))


class PrintBatchDialog(BaseDialog):
    """Choose. Ctrl+1 … which cases, Alt+1 … the printer; Space ticks a paper, A all or none, U those not printed yet,
    F from the selected one on; Enter prints.

    Signals: filtered(which); start(slot, places of the ticked papers).
    """

    filtered = pyqtSignal(str)
    start = pyqtSignal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("print_batch", "", parent)
        self._head = self.tr("批量打印受理通知书")
        self.set_title(self._head)
        self.setWindowTitle(self._head)
        self.setAccessibleName(self._head)
        self.resize(980, 620)
        self._which: ChoiceRow | None = None
        self._printer: ChoiceRow | None = None
        self._choices = QVBoxLayout()
        self._choices.setSpacing(8)
        self.model = PaperModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        dress(self.table, "print_batch_table", self._head)
        set_widths(self.table, (60, 48, 168, 96, 120, 84, 160), 6)
        self.table.clicked.connect(lambda index: self._toggle(index.row()) if index.column() == 0 else None)
        # The table would take Space for its own selection.
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._space)
        self._empty = text(role="soft", name="print_batch_empty", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message = text(role="soft", name="print_batch_message", wrap=True)
        set_text(self._message, "", Tone.NEUTRAL)
        self.add(self._choices)
        self.add(self.table, 1)
        self.add(self._empty, 1)
        self.add(self._message)
        self._all = self._key(self.tr("全选或全不选 A"), "print_batch_all", "A")
        self._new = self._key(self.tr("只打没打过的 U"), "print_batch_new", "U")
        self._from = self._key(self.tr("从选中这份起 F"), "print_batch_from", "F")
        self._all.clicked.connect(self._tick_all)
        self._new.clicked.connect(self._tick_new)
        self._from.clicked.connect(self._tick_from)
        self._start = button("", "primary", "print_batch_start")
        self._start.clicked.connect(self._go)
        close = button(self.tr("关闭 Esc"), name="print_batch_close")
        close.clicked.connect(self.reject)
        self.add_buttons(self._all, self._new, self._from, None, close, self._start, default=self._start)
        self.set_papers(())

    def set_choices(self, which: Sequence[tuple[str, str]], chosen: str, printers: Sequence[tuple[str, str]]) -> None:
        """Which cases can be chosen, and the printers, each as value and words."""
        clear(self._choices)
        self._which = ChoiceRow("print_batch_which", self.tr("哪些办件"), which, "Ctrl")
        self._which.set_value(chosen)
        self._which.changed.connect(self.filtered)
        self._choices.addLayout(row(text(self.tr("哪些办件"), "soft"), self._which, None))
        self._printer = ChoiceRow("print_batch_printer", self.tr("打印机"), printers, "Alt") if printers else None
        if self._printer is not None:
            self._choices.addLayout(row(text(self.tr("打印机"), "soft"), self._printer, None))
        self._offer()

    def which(self) -> str:
        """Which cases are chosen."""
        return self._which.value() if self._which is not None else ""

    def set_loading(self) -> None:
        """Papers are being looked up."""
        self.set_papers(())
        self._empty.setText(self.tr("正在读取办件…"))

    def set_papers(self, rows: Sequence[BatchPaperRow]) -> None:
        """Show these, those not printed yet ticked."""
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(self.tr("这一段没有受理过办件。换一段试试。"))
        if rows:
            select_row(self.table, 0)
            self.table.setFocus()
        self._tick_new()

    def set_message(self, words: str, tone: Tone) -> None:
        """One line under the table."""
        set_text(self._message, words, tone)

    def _key(self, words: str, name: str, key: str) -> QPushButton:
        made = button(words, name=name)
        made.setShortcut(key)
        return made

    def _toggle(self, place: int) -> None:
        self.model.tick(self.model.ticked ^ {place})
        self._offer()

    def _tick_all(self) -> None:
        everything = set(range(len(self.model.rows)))
        self.model.tick(set() if self.model.ticked == everything else everything)
        self._offer()

    def _tick_new(self) -> None:
        self.model.tick({place for place, paper in enumerate(self.model.rows) if not paper.printed})
        self._offer()

    def _tick_from(self) -> None:
        self.model.tick(set(range(max(self.table.currentIndex().row(), 0), len(self.model.rows))))
        self._offer()

    def _offer(self) -> None:
        count = len(self.model.ticked)
        again = sum(self.model.rows[place].printed for place in self.model.ticked)
        self._start.setText(self.tr("打印 {0} 份 Enter").format(count))
        self._start.setAccessibleName(self._start.text())
        self._start.setEnabled(count > 0 and self._printer is not None)
        below = self.tr("共 {0} 份，选中 {1} 份").format(len(self.model.rows), count) if self.model.rows else ""
        if again:
            below += self.tr("，其中 {0} 份打印过，会标明“补打”").format(again)
        self.set_title(self._head, below)

    def _go(self) -> None:
        if self._printer is not None and self.model.ticked:
            self.start.emit(self._printer.value(), sorted(self.model.ticked))

    def _space(self) -> None:
        at = self.table.currentIndex().row()
        if at >= 0:
            self._toggle(at)
            select_row(self.table, min(at + 1, len(self.model.rows) - 1))


class RunModel(RowModel[PrintRow]):
    """A batch's papers as they come out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.titles = (
            self.tr("序"),
            self.tr("文书编号"),
            self.tr("申请人"),
            self.tr("时间"),
            self.tr("状态"),
            self.tr("说明"),
        )

    def words(self, row: PrintRow) -> Sequence[object]:
        return row.paper, row.number, row.who, row.time, row.state_words, row.detail

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid() and index.column() == _STATE:
            return QColor(colours().ink_of(self.rows[index.row()].tone))
        return super().data(index, role)


class PrintRunDialog(BaseDialog):
    """A batch under way. P pauses and goes on, S stops, F prints again from the selected paper on, Y and N say whether
    a paper of unknown fate is there; Esc leaves it running.

    Signals: pause(on); stop(); again_from(position, from 1 on); settled(job id, came out).
    """

    pause = pyqtSignal(bool)
    stop = pyqtSignal()
    again_from = pyqtSignal(int)
    settled = pyqtSignal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("print_run", "", parent)
        self.resize(860, 600)
        self._state = ""
        self._progress = QProgressBar()
        self._progress.setObjectName("print_run_progress")
        self._progress.setTextVisible(False)
        self._words = text(role="heading", name="print_run_words")
        self._trouble = text(name="print_run_trouble", wrap=True)
        set_text(self._trouble, "", Tone.NEUTRAL)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.model = RunModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        dress(self.table, "print_run_table", self.tr("这一批的文书"))
        set_widths(self.table, (48, 168, 96, 72, 96, 180), 5)
        if (selection := self.table.selectionModel()) is not None:
            selection.currentRowChanged.connect(lambda *_: self._offer())
        self.add(self._words)
        self.add(self._progress)
        self.add(self._trouble)
        self.add(self._lines)
        self.add(self.table, 1)
        self._there = self._key(self.tr("已出纸 Y"), "print_run_there", "Y")
        self._not_there = self._key(self.tr("没有出纸 N"), "print_run_not_there", "N")
        self._again = self._key(self.tr("从选中这份起重打 F"), "print_run_again", "F")
        self._stop = self._key(self.tr("停止 S"), "print_run_stop", "S")
        self._pause = self._key(self.tr("暂停 P"), "print_run_pause", "P")
        self._there.clicked.connect(lambda: self._settle(True))
        self._not_there.clicked.connect(lambda: self._settle(False))
        self._again.clicked.connect(self._from_here)
        self._stop.clicked.connect(self.stop)
        self._pause.clicked.connect(lambda: self.pause.emit(self._state == "running"))
        self._close = close = button(self.tr("关闭 Esc"), name="print_run_close")
        close.clicked.connect(self.reject)
        self.add_buttons(self._there, self._not_there, self._again, None, self._stop, close, self._pause)
        self.table.setFocus()

    def set_view(self, view: BatchRunView) -> None:
        """How the batch stands."""
        self._state = view.state
        self.set_title(
            {
                "running": self.tr("正在批量打印"),
                "paused": self.tr("批量打印已暂停"),
                "stopped": self.tr("批量打印已停止"),
            }.get(view.state, self.tr("批量打印完成")),
            view.title,
        )
        self.setWindowTitle(self.tr("批量打印"))
        self.setAccessibleName(self.windowTitle())
        self._progress.setMaximum(max(view.total, 1))
        self._progress.setValue(view.done)
        self._progress.setAccessibleName(view.words)
        self._words.setText(view.words)
        set_text(self._trouble, view.trouble, Tone.WARNING)
        clear(self._lines)
        for words, tone in view.lines:
            line = text(words, wrap=True)
            restyle(line, tone=tone)
            self._lines.addWidget(line)
        under_way = view.state in ("running", "paused")
        words = self.tr("暂停 P") if view.state == "running" else self.tr("继续 P")
        self._pause.setText(words)
        self._pause.setAccessibleName(words)
        self._pause.setShortcut("P")  # a new text takes the key away
        restyle(self._pause, kind="primary" if view.state == "paused" else "")
        self._pause.setVisible(under_way)
        self._stop.setVisible(under_way)
        self._default = None if under_way else self._close
        self._offer()

    def set_rows(self, rows: Sequence[PrintRow]) -> None:
        """The batch's papers; the selection follows what happens while it runs, and stays else."""
        at = self.table.currentIndex().row()
        if self._state == "running" or at < 0:
            waits = (n for n, one in enumerate(rows) if one.state in ("waiting", "sending"))
            at = next(waits, len(rows) - 1)
        self.model.set_rows(rows)
        select_row(self.table, at)
        self._offer()

    def _key(self, words: str, name: str, key: str) -> QPushButton:
        made = button(words, name=name)
        made.setShortcut(key)
        return made

    def _offer(self) -> None:
        one = self.table.currentIndex().data(RunModel.ROW)
        unknown = isinstance(one, PrintRow) and one.state == "unknown"
        self._there.setVisible(unknown)
        self._not_there.setVisible(unknown)
        self._again.setVisible(self._state != "running" and self.table.currentIndex().isValid())

    def _settle(self, came_out: bool) -> None:
        one = self.table.currentIndex().data(RunModel.ROW)
        if isinstance(one, PrintRow):
            self.settled.emit(one.id, came_out)

    def _from_here(self) -> None:
        if self.table.currentIndex().isValid():
            self.again_from.emit(self.table.currentIndex().row() + 1)
