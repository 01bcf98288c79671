"""What a table is typed into: rows by keyboard, or pasted from a spreadsheet.

It behaves towards the form as a line does (widgets.editors): `typed` while characters come, `committed` with the
whole value once a cell is left or rows came or went; between the two it is busy and nobody may change it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.domain.form import CellProblem
from app.domain.item import Element, ElementType
from app.domain.table import read_pasted, read_table
from widgets.bits import ElidedLabel, button, row, text
from widgets.editors import Editor, make_editor
from widgets.table_model import TableModel
from widgets.theme import restyle
from widgets.views import Tone

ROW_HEIGHT = 30
_FEWEST, _MOST = 2, 8
"""Rows on show, in logical rows; more are scrolled."""
_WIDTHS = {
    ElementType.DATE: 116,
    ElementType.ID_NUMBER: 186,
    ElementType.USCC: 186,
    ElementType.PHONE: 132,
    ElementType.INTEGER: 96,
    ElementType.DECIMAL: 104,
    ElementType.CHOICE: 124,
}
_TEXT_WIDTH = 132
_NO_HINT = QAbstractItemDelegate.EndEditHint.NoHint


class CellDelegate(QStyledItemDelegate):
    """Edits a cell in the line of its element. Signals: typing(); entered() after Enter, moved(±1) after ↑ ↓."""

    typing = pyqtSignal()
    entered = pyqtSignal()
    moved = pyqtSignal(int)

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self.open: Editor | None = None

    def createEditor(self, parent: QWidget | None, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget | None:
        model = index.model()
        assert isinstance(model, TableModel)  # noqa: S101 - the one model this delegate serves
        column = model.columns[index.column()]
        editor = make_editor(column, parent)
        editor.setObjectName("cell")
        editor.setAccessibleName(str(model.headerData(index.column(), Qt.Orientation.Horizontal)))
        editor.typed.connect(self.typing)
        editor.entered.connect(lambda: self._leave(editor, self.entered.emit))
        editor.moved.connect(lambda by: self._leave(editor, partial(self.moved.emit, by)))
        self.open = editor
        return editor

    def destroyEditor(self, editor: QWidget | None, index: QModelIndex) -> None:
        if editor is self.open:
            self.open = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget | None, index: QModelIndex) -> None:
        if isinstance(editor, Editor):
            editor.put(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget | None, model: object, index: QModelIndex) -> None:
        if isinstance(editor, Editor) and isinstance(model, TableModel):
            model.setData(index, editor.value())

    def eventFilter(self, object: QObject | None, event: QEvent | None) -> bool:
        # Enter is the line's own, which may first have to take what its list marks; it tells us with `entered`.
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        return super().eventFilter(object, event)

    def _leave(self, editor: Editor, then: Callable[[], None]) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, _NO_HINT)
        then()


class TableGrid(QTableView):
    """The grid. Signals: focused(); leave(±1) off its upper or lower edge; done() on Enter in the empty last row."""

    focused = pyqtSignal()
    leave = pyqtSignal(int)
    done = pyqtSignal()
    removed = pyqtSignal()
    pasted = pyqtSignal()

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.cells = CellDelegate(self)
        self.setItemDelegate(self.cells)
        self._locked = False
        self.set_locked(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.verticalHeader(), self.horizontalHeader()):
            if header is not None:
                header.setHighlightSections(False)
                header.setSectionsClickable(False)
        if (side := self.verticalHeader()) is not None:
            # One fixed height: a thousand rows cost no more than those on show.
            side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            side.setDefaultSectionSize(ROW_HEIGHT)
            side.setMinimumWidth(36)
            side.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        if (head := self.horizontalHeader()) is not None:
            head.setStretchLastSection(True)
        self.cells.entered.connect(self.advance)
        self.cells.moved.connect(self._step)

    def set_locked(self, on: bool) -> None:
        """Let nothing be changed; looking and copying stay."""
        self._locked = on
        trigger = QAbstractItemView.EditTrigger
        # Not F2, Qt's usual key: here it reads the card.
        typed = trigger.AnyKeyPressed | trigger.DoubleClicked | trigger.SelectedClicked
        self.setEditTriggers(trigger.NoEditTriggers if on else typed)

    def set_widths(self) -> None:
        """Give each column the room that its kind of value needs."""
        for at, column in enumerate(self._model.columns):
            longest = column.schema.get("maxLength", 0)
            title = self.fontMetrics().horizontalAdvance(str(self._model.headerData(at, Qt.Orientation.Horizontal)))
            room = _WIDTHS.get(column.type, 2 * _TEXT_WIDTH if longest >= 60 else _TEXT_WIDTH)
            self.setColumnWidth(at, max(room, title + 26))

    def go(self, row: int, column: int) -> None:
        """Put the mark on a cell and bring it into view."""
        index = self._model.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def advance(self) -> None:
        """To the next cell; from the last of a row to the first of the next."""
        at = self.currentIndex()
        if at.column() + 1 < self._model.columnCount():
            self.go(at.row(), at.column() + 1)
        elif at.row() + 1 < self._model.rowCount():
            self.go(at.row() + 1, 0)

    def add_row(self) -> None:
        """An empty row after the current one."""
        row = self.currentIndex().row()
        if row + 1 >= self._model.rowCount():  # the empty one after the last is where we are
            self.go(row, 0)
            return
        self._model.insert(row + 1)
        self.go(row + 1, 0)

    def remove_rows(self) -> None:
        """Take away the current row, or those that are marked."""
        marked = {index.row() for index in self.selectedIndexes()} or {self.currentIndex().row()}
        column = max(self.currentIndex().column(), 0)
        self._model.remove(min(marked), max(marked))
        self.go(min(min(marked), self._model.rowCount() - 1), column)
        self.removed.emit()

    def keyPressEvent(self, e: QKeyEvent | None) -> None:
        if e is None:
            return
        key, at = e.key(), self.currentIndex()
        control = bool(e.modifiers() & Qt.KeyboardModifier.ControlModifier)
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = not e.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        changes = (enter and control) or key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if self._locked and (changes or e.matches(QKeySequence.StandardKey.Paste)):
            pass
        elif enter and control:
            self.add_row()
        elif enter and at.row() == self._model.rowCount() - 1:
            self.done.emit()
        elif enter:
            self.advance()
        elif control and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_rows()
        elif plain and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._clear()
        elif e.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif e.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif plain and key == Qt.Key.Key_Up and at.row() <= 0:
            self.leave.emit(-1)
        elif plain and key == Qt.Key.Key_Down and at.row() >= self._model.rowCount() - 1:
            self.leave.emit(1)
        else:
            super().keyPressEvent(e)
            return
        e.accept()

    def inputMethodEvent(self, event: QInputMethodEvent | None) -> None:
        if event is not None and event.commitString() and not event.preeditString() and self.cells.open is None:
            # Qt opens a cell for a composition only; handwriting and some keyboards commit at once.
            self.edit(self.currentIndex())
            if self.cells.open is not None:
                QCoreApplication.sendEvent(self.cells.open, event)
                return
        super().inputMethodEvent(event)

    def focusInEvent(self, e: QFocusEvent | None) -> None:
        super().focusInEvent(e)
        if not self.currentIndex().isValid():
            self.go(0, 0)
        self.focused.emit()

    def _step(self, by: int) -> None:
        at = self.currentIndex()
        self.go(min(max(at.row() + by, 0), self._model.rowCount() - 1), at.column())

    def _clear(self) -> None:
        changed = [index for index in self.selectedIndexes() if self._model.cell(index)]
        for index in changed:
            self._model.setData(index, "")
        if changed:
            self.removed.emit()

    def _copy(self) -> None:
        marked = self.selectedIndexes()
        rows, columns = sorted({i.row() for i in marked}), sorted({i.column() for i in marked})
        lines = ["\t".join(str(self._model.index(r, c).data() or "") for c in columns) for r in rows]
        if (board := QGuiApplication.clipboard()) is not None:
            board.setText("\n".join(lines))

    def _paste(self) -> None:
        board = QGuiApplication.clipboard()
        titles = [(c.id, (c.title, c.title_en, c.id)) for c in self._model.columns]
        at = self.currentIndex()
        try:
            rows = read_pasted(board.text() if board is not None else "", titles, max(at.column(), 0))
        except ValueError:
            return
        if rows:
            self._model.paste(max(at.row(), 0), [{c: self._read(c, cell) for c, cell in row.items()} for row in rows])
            self.pasted.emit()

    def _read(self, column: str, cell: str) -> str:
        """Choices are pasted by title and kept by code; all else is read by the form's own rules."""
        codes = next(c.codes for c in self._model.columns if c.id == column)
        return next((code for code, title in codes.items() if title == cell), cell)


class TableEditor(QWidget):
    """A table field's editor. Keys: Enter next cell, Ctrl+Enter new row, Ctrl+Delete removes it, Ctrl+V pastes.

    Signals as of widgets.editors.Editor.
    """

    typed = pyqtSignal()
    committed = pyqtSignal(str)
    entered = pyqtSignal()
    moved = pyqtSignal(int)
    focused = pyqtSignal()
    picked = pyqtSignal(int)
    import_requested = pyqtSignal()

    def __init__(self, columns: Sequence[Element], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._handed = ""
        self.model = TableModel(columns, self)
        self.grid = TableGrid(self.model, self)
        self.grid.setObjectName("table")
        self.setFocusProxy(self.grid)
        self._words = ElidedLabel(role="faint")
        self._count = text(role="faint", name="table_rows")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3)
        whole.addWidget(self.grid)
        self._import = button(self.tr("从文件导入 Ctrl+O"), "small", "table_import")
        self._import.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+O is the key for this
        self._import.clicked.connect(self.import_requested)
        opened = QShortcut(QKeySequence("Ctrl+O"), self)
        opened.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        opened.activated.connect(self._import.click)
        whole.addLayout(row(self._words, self._count, self._import, gap=8))
        self.grid.set_widths()
        self.grid.cells.typing.connect(self.typed)
        self.grid.focused.connect(self.focused)
        self.grid.leave.connect(self.moved)
        self.grid.done.connect(self.entered)
        self.grid.removed.connect(self._hand_on)
        self.grid.pasted.connect(self._hand_on)
        for changed in (self.model.rowsInserted, self.model.rowsRemoved, self.model.modelReset):
            changed.connect(self._fit)
        self.grid.cells.commitData.connect(lambda _: self._hand_on())
        if (marks := self.grid.selectionModel()) is not None:
            marks.currentChanged.connect(lambda *_: self._tell())
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
        self.model.put(value)
        self._handed = value
        self._tell()
        return True

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
            self.grid.cells.closeEditor.emit(editor, _NO_HINT)
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

    def _fit(self) -> None:
        rows = min(max(self.model.rowCount(), _FEWEST), _MOST)
        head = self.grid.horizontalHeader()
        self.grid.setFixedHeight(rows * ROW_HEIGHT + (head.sizeHint().height() if head else ROW_HEIGHT) + 14)
        self._tell()

    def _tell(self) -> None:
        """Below: what is wrong with the marked cell, else the keys."""
        at = self.grid.currentIndex()
        problem = at.data(TableModel.PROBLEM) if at.isValid() else None
        if isinstance(problem, CellProblem):
            self._words.setText(self.tr("第 {0} 行：{1}").format(at.row() + 1, problem.message))
            restyle(self._words, tone=Tone.WARNING if problem.warning else Tone.ERROR)
        else:
            self._words.setText(self.tr("Enter 下一格　Ctrl+Enter 加行　Ctrl+Delete 删行　Ctrl+V 粘贴 Excel 表格"))
            restyle(self._words, tone=Tone.NEUTRAL)
        self._count.setText(self.tr("{0} 行").format(self.model.count()))
