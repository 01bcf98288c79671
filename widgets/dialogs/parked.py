"""Unfinished visits: the list of the parked ones, and what a crash left over."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QModelIndex, Qt, pyqtBoundSignal, pyqtSignal
from PyQt6.QtGui import QColor, QKeyEvent
from PyQt6.QtWidgets import QAbstractItemView, QGridLayout, QHeaderView, QTableView, QWidget

from widgets.bits import button, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.look import colours
from widgets.row_model import RowModel
from widgets.views import ParkedRow


class ParkedModel(RowModel[ParkedRow]):
    """The rows as a table."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.titles = (
            self.tr("按键"),
            self.tr("来访者"),
            self.tr("事项"),
            self.tr("办到哪里"),
            self.tr("还缺"),
            self.tr("挂起时间"),
            self.tr("经办"),
        )

    def words(self, row: ParkedRow) -> Sequence[object]:
        return (row.key, row.who, row.what, row.how_far, row.lacks, row.since, row.clerk)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid() and not self.rows[index.row()].readable:
            return QColor(colours().error)
        return super().data(index, role)


class ParkedDialog(BaseDialog):
    """The list. Keys: Enter takes the marked one up, Alt+1 … Alt+9 the one with that key, Delete throws it away.

    Signals: resumed(draft id); dropped(draft id), to be asked about before it is done.
    """

    resumed = pyqtSignal(str)
    dropped = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("parked", "", parent)
        title = self.tr("挂起清单")
        self.set_title(title, self.tr("挂起的办理内容加密保存在本机，换班、重启后都在"))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(1080, 420)
        self._model = ParkedModel(self)
        self.table = QTableView()
        self.table.setObjectName("parked_table")
        self.table.setAccessibleName(title)
        self.table.setModel(self._model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if (side := self.table.verticalHeader()) is not None:
            side.hide()
            side.setDefaultSectionSize(44)
        if (head := self.table.horizontalHeader()) is not None:
            head.setHighlightSections(False)
            head.setStretchLastSection(False)
            for column in range(self._model.columnCount()):
                wide = column in (2, 4)
                mode = QHeaderView.ResizeMode
                head.setSectionResizeMode(column, mode.Stretch if wide else mode.ResizeToContents)
        self._empty = text(self.tr("没有挂起的来访者。按 Ctrl+P 把手上的办理挂起。"), "soft", "parked_empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.add(self._empty, 1)
        self.add(self.table, 1)
        self._drop = button(self.tr("不要了 Delete"), name="parked_drop")
        self._drop.clicked.connect(lambda: self._say(self.dropped))
        self._close = button(self.tr("关闭 Esc"), name="parked_close")
        self._close.clicked.connect(self.reject)
        self._resume = button(self.tr("继续办理 Enter"), "primary", "parked_resume")
        self._resume.clicked.connect(lambda: self._say(self.resumed))
        self.add_buttons(self._drop, None, self._close, self._resume, default=self._resume)
        if (marked := self.table.selectionModel()) is not None:
            marked.currentRowChanged.connect(lambda *_: self._offer())
        self.set_rows(())

    def set_rows(self, rows: Sequence[ParkedRow]) -> None:
        """Show these; the mark stays on its line as far as there is one."""
        at = max(self.table.currentIndex().row(), 0)
        self._model.set_rows(rows)
        self._empty.setVisible(not rows)
        self.table.setVisible(bool(rows))
        if rows:
            self.table.selectRow(min(at, len(rows) - 1))
            self.table.setFocus()
        self._offer()

    def _offer(self) -> None:
        row = self._marked()
        self._drop.setVisible(row is not None)
        self._resume.setVisible(row is not None and row.readable)
        self._default = self._resume if row is not None and row.readable else self._close

    def _marked(self) -> ParkedRow | None:
        at = self.table.currentIndex().row()
        return self._model.rows[at] if 0 <= at < len(self._model.rows) else None

    def _say(self, signal: pyqtBoundSignal) -> None:
        row = self._marked()
        if row is not None and (signal is not self.resumed or row.readable):
            signal.emit(row.draft_id)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() == Qt.Key.Key_Delete:
            self._say(self.dropped)
            return
        if a0 is not None and a0.modifiers() & Qt.KeyboardModifier.AltModifier:
            name = f"Alt+{a0.key() - Qt.Key.Key_0.value}"
            row = next((row for row in self._model.rows if row.key == name and row.readable), None)
            if row is not None:
                self.resumed.emit(row.draft_id)
                return
        super().keyPressEvent(a0)


class LeftDialog(BaseDialog):
    """At the start: a visit that was in hand when the program ended. Esc parks it: nothing is lost by a wrong key.

    Signals: resumed(), parked(), dropped().
    """

    resumed = pyqtSignal()
    parked = pyqtSignal()
    dropped = pyqtSignal()

    def __init__(self, row: ParkedRow, parent: QWidget | None = None) -> None:
        super().__init__("left", "", parent)
        title = self.tr("上次有一位来访者没有办完")
        self.set_title(title, self.tr("程序上次结束时，这些内容已经自动保存"))
        self.setWindowTitle(self.tr("一窗"))
        self.setAccessibleName(title)
        self.setMinimumWidth(520)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for line, (name, words) in enumerate(
            (
                (self.tr("来访者"), row.who),
                (self.tr("事项"), row.what),
                (self.tr("办到哪里"), row.how_far),
                (self.tr("还缺"), row.lacks),
                (self.tr("保存时间"), row.since),
                (self.tr("经办"), row.clerk),
            )
        ):
            if words:
                grid.addWidget(text(name, "label"), line, 0)
                value = text(wrap=True)
                set_text(value, words)
                grid.addWidget(value, line, 1)
        self.add(grid)
        drop = button(self.tr("不要了"), name="left_drop")
        park = button(self.tr("先挂起 Esc"), name="left_park")
        resume = button(self.tr("继续办理 Enter"), "primary", "left_resume")
        for which, signal in ((park, self.parked), (resume, self.resumed)):
            which.clicked.connect(signal)
            which.clicked.connect(self.accept)
        drop.clicked.connect(self.dropped)  # asked about first: who says no comes back here
        self.add_buttons(drop, None, park, resume, default=resume)

    def reject(self) -> None:
        """Esc."""
        self.parked.emit()
        self.accept()
