"""A table of many rows from a file: what is wrong in it, shown and mended in place, before it goes into the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QKeySequence, QPainter, QShortcut
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QProgressBar,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from widgets.bits import ElidedLabel, button, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.dialogs.batch_columns import ColumnChoosers
from widgets.look import colours, px
from widgets.views import Tone

_WARNING = Qt.ItemDataRole.UserRole
"""Is what is wrong with a cell only a warning?"""


class BatchRows(Protocol):
    """What the dialog asks of the table behind it, row by row as they come on show: each answer must be quick."""

    def titles(self) -> Sequence[str]:
        """The columns' headings."""
        ...

    def count(self) -> int: ...

    def number(self, row: int) -> int:
        """The row's number in the firm's own file."""
        ...

    def cell(self, row: int, column: int) -> tuple[str, str, bool]:
        """Text, what is wrong with it ("" when nothing is), and whether that is only a warning."""
        ...

    def wrong(self) -> Sequence[int]:
        """Rows that cannot go as they are, in order."""
        ...


class BatchModel(QAbstractTableModel):
    """The rows on show: all, or only the wrong ones. Signals: edited(row, column, text)."""

    edited = pyqtSignal(int, int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.source: BatchRows | None = None
        self._shown: Sequence[int] | None = None

    def set_source(self, source: BatchRows | None, only_wrong: bool) -> None:
        self.beginResetModel()
        self.source = source
        self._shown = list(source.wrong()) if source is not None and only_wrong else None
        self.endResetModel()

    def row_at(self, line: int) -> int:
        """The table's row that stands in a line of the view."""
        return line if self._shown is None else self._shown[line]

    def line_of(self, row: int) -> int:
        """The view's line of a row; -1 when it is not on show."""
        if self._shown is None:
            return row
        return self._shown.index(row) if row in self._shown else -1

    def refresh(self) -> None:
        """Cells or faults changed; the rows on show stay the same, so that a mended row does not jump away."""
        last = self.index(max(self.rowCount() - 1, 0), max(self.columnCount() - 1, 0))
        self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        if self.source is None or parent.isValid():
            return 0
        return self.source.count() if self._shown is None else len(self._shown)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if self.source is None or parent.isValid() else len(self.source.titles())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.source is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self.source.titles()[section]
        return str(self.source.number(self.row_at(section)))

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self.source is None or not index.isValid():
            return None
        words, fault, warning = self.source.cell(self.row_at(index.row()), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return words
        if role == _WARNING:
            return warning
        if role == Qt.ItemDataRole.ToolTipRole:
            return fault or None
        return None

    def setData(self, index: QModelIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or value == self.data(index):
            return False
        self.edited.emit(self.row_at(index.row()), index.column(), str(value))
        return True

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable


class FaultDelegate(QStyledItemDelegate):
    """Marks a wrong cell by ground and by a line."""

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        fault = index.data(Qt.ItemDataRole.ToolTipRole)
        if painter is None or not fault:
            super().paint(painter, option, index)
            return
        tone = Tone.WARNING if index.data(_WARNING) else Tone.ERROR
        painter.fillRect(option.rect, QColor(colours().soft_of(tone)))
        super().paint(painter, option, index)
        painter.fillRect(option.rect.adjusted(0, 0, px(3) - option.rect.width(), 0), QColor(colours().ink_of(tone)))


class BatchDialog(BaseDialog):
    """Progress while the file is read and checked; then the rows.

    Keys: F5 next wrong cell, Ctrl+E only the wrong ones, Ctrl+M the columns, Enter edits or goes on, Esc leaves.
    Signals: cancelled() while work runs; edited(row, column, text); save_requested(); take_requested();
    mapped(column, file column, or -1 for none) when the clerk says which column of the file is which.
    """

    cancelled = pyqtSignal()
    edited = pyqtSignal(int, int, str)
    save_requested = pyqtSignal()
    take_requested = pyqtSignal()
    mapped = pyqtSignal(int, int)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("batch", title, parent)
        self.set_title(title)
        self.resize(1080, 640)
        self._working = True
        self._words = text(role="strong", name="batch_words")
        self._bar = QProgressBar()
        self._bar.setObjectName("batch_bar")
        self._bar.setAccessibleName(self.tr("核对进度"))
        self._bar.setTextVisible(False)
        self.model = BatchModel(self)
        self.model.edited.connect(self.edited)
        self.grid = QTableView()
        self.grid.setObjectName("batch_rows")
        self.grid.setAccessibleName(self.tr("表格各行"))
        self.grid.setModel(self.model)
        self.grid.setItemDelegate(FaultDelegate(self.grid))
        self.grid.setWordWrap(False)
        self.grid.setAlternatingRowColors(False)
        self.grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        trigger = QAbstractItemView.EditTrigger
        self.grid.setEditTriggers(trigger.AnyKeyPressed | trigger.DoubleClicked | trigger.EditKeyPressed)
        if (side := self.grid.verticalHeader()) is not None:
            # One fixed height: 150,000 rows cost no more than those on show.
            side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            side.setDefaultSectionSize(28)
        if (head := self.grid.horizontalHeader()) is not None:
            head.setDefaultSectionSize(150)
            head.setStretchLastSection(True)
            head.setResizeContentsPrecision(40)
        if (marks := self.grid.selectionModel()) is not None:
            marks.currentChanged.connect(lambda *_: self._tell())
        self._fault = ElidedLabel(role="soft")
        self._fault.setObjectName("batch_fault")
        self._next = button(self.tr("下一处错误 F5"), name="batch_next")
        self._only = button(self.tr("只看有误 Ctrl+E"), name="batch_only")
        self._only.setCheckable(True)
        self._columns = button(self.tr("列对应 Ctrl+M"), name="batch_columns")
        self._columns.setCheckable(True)
        self.choosers = ColumnChoosers()
        self.choosers.mapped.connect(self.mapped)
        self.choosers.hide()
        self._save = button(self.tr("另存标记副本"), name="batch_save")
        self._take = button(self.tr("采用合格行"), "primary", "batch_take")
        close = button(self.tr("关闭 Esc"), name="batch_close")
        self.add(row(self._words, None))
        self.add(self._bar)
        self.add(self.choosers)
        self.add(self.grid, 1)
        self.add(self._fault)
        self.add_buttons(self._next, self._only, self._columns, self._save, None, close, self._take)
        self._next.clicked.connect(self.show_next)
        self._only.toggled.connect(self._filter)
        self._save.clicked.connect(self.save_requested)
        self._take.clicked.connect(self.take_requested)
        close.clicked.connect(self.reject)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.show_next)
        self._columns.toggled.connect(self._show_columns)
        QShortcut(QKeySequence("Ctrl+E"), self).activated.connect(self._only.toggle)
        QShortcut(QKeySequence("Ctrl+M"), self).activated.connect(self._columns.toggle)
        for control in (self._next, self._only, self._save, self._take, self._columns):
            control.setEnabled(False)

    def set_progress(self, words: str, done: int, total: int) -> None:
        """What is being done and how far it is; total 0: it cannot be told."""
        self._working = True
        self._bar.show()
        for control in (self._next, self._only, self._save, self._take, self._columns, self.choosers, self.grid):
            control.setEnabled(False)
        set_text(self._words, words)
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def set_rows(self, source: BatchRows, words: str, good: int) -> None:
        """The rows are checked: show them, the cursor on the first wrong cell."""
        self._working = False
        self._bar.hide()
        self.model.set_source(source, self._only.isChecked())
        self.grid.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            self.grid.setColumnWidth(column, min(max(self.grid.columnWidth(column) + 16, 90), 320))
        self.set_state(words, good)
        for control in (self._next, self._only, self._save, self._columns, self.choosers, self.grid):
            control.setEnabled(True)
        if not self.choosers.isVisible():
            self.grid.setFocus()
        self.show_next()

    def set_columns(self, titles: Sequence[str], headings: Sequence[str], chosen: Sequence[int]) -> None:
        """Which column of the file each column of the table is. chosen: for each title a heading's index, or -1.

        Shown at once when a column has found none: that is what a clerk has to see first.
        """
        self.choosers.set_columns(titles, headings, chosen)
        if any(at < 0 for at in chosen) and not self._columns.isChecked():
            self._columns.setChecked(True)

    def _show_columns(self, on: bool) -> None:
        self.choosers.setVisible(on)
        if on and not self._working:
            self.choosers.setFocus()
        elif not on:
            self.grid.setFocus()

    def set_state(self, words: str, good: int) -> None:
        """The counts after an edit."""
        wrong = len(self.model.source.wrong()) if self.model.source else 0
        set_text(self._words, words, Tone.WARNING if wrong else Tone.SUCCESS)
        self._take.setText(self.tr("采用合格的 {0} 行").format(good))
        self._take.setEnabled(good > 0)
        self._next.setEnabled(wrong > 0)
        self.model.refresh()
        self._tell()

    def show_next(self) -> None:
        """Put the cursor on the next wrong cell, round to the top."""
        source = self.model.source
        if source is None or not source.wrong():
            return
        here = self.grid.currentIndex()
        at = self.model.row_at(here.row()) if here.isValid() else -1
        columns = range(len(source.titles()))
        places = [(r, c) for r in source.wrong()[:2000] for c in columns if self._is_fault(r, c)]
        after = [p for p in places if p > (at, here.column() if here.isValid() else -1)]
        found = after[0] if after else places[0] if places else None
        line = self.model.line_of(found[0]) if found else -1
        if found and line >= 0:
            self.grid.setCurrentIndex(self.model.index(line, found[1]))
            self.grid.scrollTo(self.grid.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _is_fault(self, at: int, column: int) -> bool:
        source = self.model.source
        if source is None:
            return False
        _, fault, warning = source.cell(at, column)
        return bool(fault) and not warning

    def _filter(self, on: bool) -> None:
        self.model.set_source(self.model.source, on)
        self.show_next()

    def _tell(self) -> None:
        index = self.grid.currentIndex()
        fault = self.model.data(index, Qt.ItemDataRole.ToolTipRole) if index.isValid() else None
        self._fault.setText(str(fault or ""))

    def reject(self) -> None:
        if self._working:
            self.cancelled.emit()
        super().reject()
