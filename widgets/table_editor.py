"""What a table is typed into: rows by keyboard, or pasted from a spreadsheet.

It behaves towards the form as a line does (widgets.editors): `typed` while characters come, `committed` with the
whole value once a cell is left or rows came or went; between the two it is busy and nobody may change it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QVBoxLayout,
    QWidget,
)

from app.domain.form import CellProblem
from app.domain.item import Element
from app.domain.table import read_table
from app.domain.typing_help import Reading, TypingHelp
from widgets.bits import ElidedLabel, button, row, text
from widgets.line import PLAIN
from widgets.table_grid import NO_HINT, ROW_HEIGHT, TableGrid
from widgets.table_model import TableModel
from widgets.theme import restyle, scaled
from widgets.views import Tone

_FEWEST, _MOST = 2, 8
"""Rows on show; more are scrolled."""


class TableEditor(QWidget):
    """A table field's editor. Keys: Enter next cell, Ctrl+Enter new row, Ctrl+Delete removes it, Alt+↑ ↓ moves it,
    Ctrl+' copies from above, Ctrl+D fills down, Ctrl+V pastes.

    Signals as of widgets.editors.Editor.
    """

    typed = pyqtSignal()
    committed = pyqtSignal(str)
    entered = pyqtSignal()
    moved = pyqtSignal(int)
    focused = pyqtSignal()
    picked = pyqtSignal(int)
    import_requested = pyqtSignal()

    def __init__(self, columns: Sequence[Element], parent: QWidget | None = None, help: TypingHelp = PLAIN) -> None:
        super().__init__(parent)
        self._handed = ""
        self.summary = ""
        self._news = ""
        self.model = TableModel(columns, self)
        self.grid = TableGrid(self.model, self, help)
        self.grid.setObjectName("table")
        self.setFocusProxy(self.grid)
        self._words = ElidedLabel(role="faint")
        self._count = text(role="faint", name="table_rows")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3)
        whole.addWidget(self.grid)
        self._import = button(self.tr("从文件导入 Ctrl+O"), "small", "table_import")
        self._import.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the window's Ctrl+O is the key for this
        self._import.clicked.connect(self.import_requested)
        below = row(self._words, self._count, self._import, gap=8)
        below.setStretch(0, 1)
        whole.addLayout(below)
        self.grid.set_widths()
        self.grid.cells.typing.connect(self.typed)
        self.grid.focused.connect(self.focused)
        self.grid.leave.connect(self.moved)
        self.grid.done.connect(self.entered)
        self.grid.removed.connect(self._removed)
        self.grid.pasted.connect(self._pasted)
        self.grid.changed.connect(self._hand_on)
        for changed in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            changed.connect(self._fit)
        self.grid.cells.commitData.connect(lambda _: self._hand_on())
        if (marks := self.grid.selectionModel()) is not None:
            marks.currentChanged.connect(lambda *_: self._moved())
        self._fit()
        self._tell()

    @property
    def busy(self) -> bool:
        """Is a cell being typed in?"""
        return self.grid.cells.open is not None and self.grid.cells.open.busy

    def put(self, value: str) -> bool:
        """Show a canonical value unless a cell is being typed in. Says whether it was shown."""
        if self.busy:
            return False
        at = self.grid.currentIndex()
        row, column = at.row(), at.column()
        self.model.put(value)
        if row >= 0 and not self.grid.currentIndex().isValid():  # shown anew, e.g. after taking back
            self.grid.go(min(row, self.model.rowCount() - 1), min(column, self.model.columnCount() - 1))
        self._handed = value
        self._tell()
        return True

    @property
    def reading(self) -> Reading:
        """What is understood of the cell being typed in."""
        return self.grid.cells.open.reading if self.grid.cells.open is not None else Reading()

    def set_summary(self, words: str) -> None:
        """What is wrong with the table, told while the marked cell itself is right; "" for nothing."""
        self.summary = words
        self._tell()

    def go_to(self, row: int, column: str) -> None:
        """Put the mark on a cell. row: counted without the empty ones."""
        place = next((at for at, known in enumerate(self.model.columns) if known.id == column), 0)
        self.grid.go(self.model.row_of(row), place)

    def show_of(self, value: str) -> str:
        """How a table reads in one line."""
        try:
            return self.tr("{0} 行").format(len(read_table(value)))
        except ValueError:
            return value

    def value(self) -> str:
        """What would be handed on now."""
        return self.model.value()

    def commit(self) -> None:
        """Hand on what was typed, the open cell included."""
        if (editor := self.grid.cells.open) is not None and not editor.composing:
            self.grid.cells.commitData.emit(editor)
            self.grid.cells.closeEditor.emit(editor, NO_HINT)
        self._hand_on()

    def revert(self) -> bool:
        """Take back what was typed into the open cell. Says whether there was anything."""
        return self.grid.cells.open is not None and self.grid.cells.open.revert()

    def selectAll(self) -> None:
        """Where the form's cursor comes to: the first cell in which something lacks, else the first empty row."""
        found = self.model.first_problem()
        if found.isValid():
            self.grid.go(found.row(), found.column())
        elif not self.grid.currentIndex().isValid():
            self.grid.go(self.model.rowCount() - 1, 0)

    def set_columns(self, columns: Sequence[Element]) -> None:
        """Other columns are asked for now."""
        if tuple(columns) != self.model.columns:
            self.model.set_columns(columns)
            self.grid.set_widths()

    def set_cells(self, problems: Sequence[CellProblem]) -> None:
        """Mark the cells that something is wrong with."""
        self.model.set_problems(problems)
        self._tell()

    def setReadOnly(self, on: bool) -> None:
        """Let nothing be changed."""
        self.grid.set_locked(on)

    def setAccessibleName(self, name: str | None) -> None:
        super().setAccessibleName(name)
        self.grid.setAccessibleName(name)

    def _hand_on(self) -> None:
        value = self.model.value()
        if value != self._handed:
            self._handed = value
            self.committed.emit(value)

    def look_changed(self) -> None:
        """As many rows as before, at this scale."""
        self._fit()

    def _fit(self) -> None:
        rows = min(max(self.model.rowCount(), _FEWEST), _MOST)
        head = self.grid.horizontalHeader()
        row = scaled(self.grid, ROW_HEIGHT)
        self.grid.setFixedHeight(rows * row + (head.sizeHint().height() if head else row) + scaled(self.grid, 14))
        self._tell()

    def _removed(self, rows: int) -> None:
        self._hand_on()
        self._news = self.tr("已删除 {0} 行，Ctrl+Z 恢复").format(rows) if rows else ""
        self._tell()

    def _pasted(self, rows: int) -> None:
        self._hand_on()
        self._news = self.tr("已粘贴 {0} 行，Ctrl+Z 撤回").format(rows)
        self._tell()

    def _moved(self) -> None:
        self._news = ""
        self._tell()

    def _tell(self) -> None:
        """Below, in one line: what is wrong with the marked cell, else what was just done, what is wrong, the keys."""
        at = self.grid.currentIndex()
        problem = at.data(TableModel.PROBLEM) if at.isValid() else None
        tone = Tone.NEUTRAL
        if isinstance(problem, CellProblem):
            words = self.tr("第 {0} 行：{1}").format(at.row() + 1, problem.message)
            tone = Tone.WARNING if problem.warning else Tone.ERROR
            if (others := self.model.wrong() - (not problem.warning)) > 0:
                words += self.tr("（另有 {0} 处）").format(others)
        elif self._news:
            words = self._news
        elif self.summary:
            words, tone = self.summary, Tone.ERROR if self.model.wrong() else Tone.WARNING
        else:
            words = self.tr("Enter 下一格　Ctrl+Enter 加行　Ctrl+Delete 删行　Ctrl+' 同上　Ctrl+V 粘贴表格")
        self._words.setText(words)
        restyle(self._words, tone=tone)
        self._count.setText(self.tr("{0} 行").format(self.model.count()))
