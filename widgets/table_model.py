"""The rows of a table field as a model for Qt's views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PyQt6.QtGui import QColor

from app.domain.form import CellProblem
from app.domain.item import Element
from app.domain.table import Row, read_table, write_table
from widgets.i18n import pick
from widgets.look import colours
from widgets.views import Tone

_ROLE = Qt.ItemDataRole


class TableModel(QAbstractTableModel):
    """Rows of column element -> text. One empty row always follows the last, so that typing on makes a new one."""

    PROBLEM = _ROLE.UserRole

    def __init__(self, columns: Sequence[Element], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[Row] = []
        self._problems: dict[tuple[int, str], CellProblem] = {}

    # -- what it holds ----------------------------------------------------------------------------------------

    def value(self) -> str:
        """The canonical value."""
        return write_table(self._rows)

    def count(self) -> int:
        """How many rows hold something."""
        return sum(1 for row in self._rows if any(row.values()))

    def cell(self, index: QModelIndex) -> str:
        """The value of a cell; "" in the row after the last."""
        if not index.isValid() or index.row() >= len(self._rows):
            return ""
        return self._rows[index.row()].get(self.columns[index.column()].id, "")

    def put(self, value: str) -> None:
        """Show a value. Rows left empty keep their places while the others fit; else everything is shown anew."""
        if value == self.value():
            return
        try:
            rows = read_table(value)
        except ValueError:
            rows = []
        filled = self._filled()
        if len(filled) == len(rows):
            for place, row in zip(filled, rows, strict=True):
                self._rows[place] = row
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows), len(self.columns) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self._problems = {}
        self.endResetModel()

    def set_columns(self, columns: Sequence[Element]) -> None:
        """Other columns are asked for now; what stands in the rest is kept."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def set_problems(self, problems: Sequence[CellProblem]) -> None:
        """Mark the cells that something is wrong with; their rows are counted without the empty ones."""
        filled = self._filled()
        before, self._problems = (
            self._problems,
            {(filled[p.row], p.column): p for p in problems if p.row < len(filled)},
        )
        place = {column.id: at for at, column in enumerate(self.columns)}
        for row, column in before.keys() | self._problems.keys():
            if column in place and before.get((row, column)) != self._problems.get((row, column)):
                index = self.index(row, place[column])
                self.dataChanged.emit(index, index)

    def first_problem(self) -> QModelIndex:
        """The first cell that is wrong or lacks something; invalid when there is none."""
        place = {column.id: at for at, column in enumerate(self.columns)}
        found = sorted((row, place[c]) for (row, c), p in self._problems.items() if c in place and not p.warning)
        return self.index(*found[0]) if found else QModelIndex()

    # -- changes ----------------------------------------------------------------------------------------------

    def insert(self, at: int) -> None:
        """An empty row before row `at`."""
        at = min(at, len(self._rows))
        self.beginInsertRows(QModelIndex(), at, at)
        self._rows.insert(at, {})
        self._problems = {(r + (r >= at), c): p for (r, c), p in self._problems.items()}
        self.endInsertRows()

    def remove(self, first: int, last: int) -> None:
        """Take rows away, both ends included; the empty one after the last stays."""
        last = min(last, len(self._rows) - 1)
        if first > last:
            return
        count = last - first + 1
        self.beginRemoveRows(QModelIndex(), first, last)
        del self._rows[first : last + 1]
        self._problems = {
            (r - count if r > last else r, c): p for (r, c), p in self._problems.items() if not first <= r <= last
        }
        self.endRemoveRows()

    def move(self, row: int, by: int) -> bool:
        """Exchange a row with its neighbour above (-1) or below (1). Says whether there was one."""
        other = row + by
        if not (0 <= row < len(self._rows) and 0 <= other < len(self._rows)):
            return False
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), other + (by > 0))
        self._rows[row], self._rows[other] = self._rows[other], self._rows[row]
        exchange = {row: other, other: row}
        self._problems = {(exchange.get(r, r), c): p for (r, c), p in self._problems.items()}
        self.endMoveRows()
        return True

    def row_of(self, filled: int) -> int:
        """Where a row stands that is counted without the empty ones; the last one for a number too large."""
        places = self._filled()
        return places[filled] if filled < len(places) else len(self._rows)

    def wrong(self) -> int:
        """How many cells hold a mistake or lack something."""
        return sum(1 for problem in self._problems.values() if not problem.warning)

    def paste(self, at: int, rows: Sequence[Mapping[str, str]]) -> None:
        """Write rows over those from `at` on, cell by cell; rows beyond the last are new."""
        more = at + len(rows) - len(self._rows)
        if more > 0:
            self._extend(more)
        for place, row in enumerate(rows, at):
            self._rows[place] = {**self._rows[place], **row}
        self.dataChanged.emit(self.index(at, 0), self.index(at + len(rows) - 1, len(self.columns) - 1))

    # -- Qt's side --------------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows) + 1

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        if orientation is Qt.Orientation.Vertical:
            last = section >= len(self._rows)
            return ("*" if last else str(section + 1)) if role == _ROLE.DisplayRole else None
        column = self.columns[section]
        if role == _ROLE.DisplayRole:
            title = pick(column.title, column.title_en)
            return f"{title} ({column.unit})" if column.unit else title
        if role == _ROLE.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: QModelIndex, role: int = _ROLE.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in (_ROLE.DisplayRole, _ROLE.EditRole):
            cell = self.cell(index)
            return self.columns[index.column()].codes.get(cell, cell) if role == _ROLE.DisplayRole else cell
        if role in (_ROLE.ToolTipRole, _ROLE.AccessibleDescriptionRole, _ROLE.BackgroundRole, self.PROBLEM):
            problem = self._problems.get((index.row(), self.columns[index.column()].id))
            if problem is None:
                return None
            if role == self.PROBLEM:
                return problem
            if role == _ROLE.BackgroundRole:
                return QColor(colours().soft_of(Tone.WARNING if problem.warning else Tone.ERROR))
            return problem.message
        return None

    def setData(self, index: QModelIndex, value: object, role: int = _ROLE.EditRole) -> bool:
        words = str(value)
        if role != _ROLE.EditRole or not index.isValid() or words == self.cell(index):
            return False
        if index.row() == len(self._rows):
            self._extend(1)
        self._rows[index.row()] = {**self._rows[index.row()], self.columns[index.column()].id: words}
        self.dataChanged.emit(index, index)
        return True

    def _extend(self, count: int) -> None:
        """More rows at the end. The empty one becomes a real one, so that a mark on it stays; the new come after."""
        last = len(self._rows)
        self.beginInsertRows(QModelIndex(), last + 1, last + count)
        self._rows.extend({} for _ in range(count))
        self.endInsertRows()

    def _filled(self) -> list[int]:
        return [at for at, row in enumerate(self._rows) if any(row.values())]
