"""The grid that a table is typed into: one line for the cell in hand, keys for rows, the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import QCoreApplication, QEvent, QMimeData, QModelIndex, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QPainter
from PyQt6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.domain.form import CellProblem
from app.domain.item import ElementType
from app.domain.table import html_as_tabs, read_pasted
from app.domain.typing_help import TypingHelp
from widgets.editors import Editor, make_editor
from widgets.line import PLAIN
from widgets.look import colours, px
from widgets.table_model import TableModel
from widgets.views import Tone

ROW_HEIGHT = 30
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
_OWN_KEYS = (Qt.Key.Key_D, Qt.Key.Key_Apostrophe, Qt.Key.Key_QuoteDbl)
"""With Ctrl: fill down, copy from above."""
NO_HINT = QAbstractItemDelegate.EndEditHint.NoHint


class CellDelegate(QStyledItemDelegate):
    """Edits a cell in the line of its element. Signals: typing(); entered() after Enter, moved(±1) after ↑ ↓."""

    typing = pyqtSignal()
    entered = pyqtSignal()
    moved = pyqtSignal(int)

    def __init__(self, parent: QTableView, help: TypingHelp) -> None:
        super().__init__(parent)
        self._help = help
        self.open: Editor | None = None

    def createEditor(self, parent: QWidget | None, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget | None:
        model = index.model()
        assert isinstance(model, TableModel)  # noqa: S101 - the one model this delegate serves
        column = model.columns[index.column()]
        editor = make_editor(column, parent, self._help)
        editor.setObjectName("cell")
        editor.setAccessibleName(str(model.headerData(index.column(), Qt.Orientation.Horizontal)))
        editor.typed.connect(self.typing)
        editor.entered.connect(lambda: self._leave(editor, self.entered.emit))
        editor.moved.connect(lambda by: self._leave(editor, partial(self.moved.emit, by)))
        self.open = editor
        return editor

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        problem = index.data(TableModel.PROBLEM)
        if painter is not None and isinstance(problem, CellProblem):
            # By hand: the style sheet's rule for items paints over what the model says. The bar shows on the mark too.
            tone = Tone.WARNING if problem.warning else Tone.ERROR
            painter.fillRect(option.rect, QColor(colours().soft_of(tone)))
            super().paint(painter, option, index)
            edge = option.rect.adjusted(0, 1, px(3) - option.rect.width(), -1)
            painter.fillRect(edge, QColor(colours().ink_of(tone)))
            return
        super().paint(painter, option, index)

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
        self.closeEditor.emit(editor, NO_HINT)
        then()


class TableGrid(QTableView):
    """The grid. Signals: focused(); leave(±1) off its upper or lower edge; done() on Enter in the empty last row;
    removed(rows) after rows or cells went, pasted(rows) after some came, changed() after they moved or were filled.
    """

    focused = pyqtSignal()
    leave = pyqtSignal(int)
    done = pyqtSignal()
    removed = pyqtSignal(int)
    pasted = pyqtSignal(int)
    changed = pyqtSignal()

    def __init__(self, model: TableModel, parent: QWidget, help: TypingHelp = PLAIN) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.cells = CellDelegate(self, help)
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

    def look_changed(self) -> None:
        """Columns are as wide as their kind of value needs at this scale."""
        self.set_widths()

    def set_widths(self) -> None:
        """Give each column the room that its kind of value needs."""
        for at, column in enumerate(self._model.columns):
            longest = column.schema.get("maxLength", 0)
            title = self.fontMetrics().horizontalAdvance(str(self._model.headerData(at, Qt.Orientation.Horizontal)))
            room = _WIDTHS.get(column.type, 2 * _TEXT_WIDTH if longest >= 60 else _TEXT_WIDTH)
            self.setColumnWidth(at, max(px(room), title + px(26)))

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
        before = self._model.count()
        self._model.remove(min(marked), max(marked))
        self.go(min(min(marked), self._model.rowCount() - 1), column)
        self.removed.emit(before - self._model.count())

    def move_row(self, by: int) -> None:
        """Exchange the current row with its neighbour; the mark goes with it."""
        at = self.currentIndex()
        if self._model.move(at.row(), by):
            self.go(at.row() + by, max(at.column(), 0))
            self.changed.emit()

    def fill_down(self) -> None:
        """What stands in the first marked row goes into those below it; of a single cell, what stands above it."""
        marked = self.selectedIndexes() or [self.currentIndex()]
        rows = {index.row() for index in marked}
        first = min(rows) - 1 if len(rows) == 1 else min(rows)
        if first < 0:
            return
        for index in sorted(marked, key=lambda i: (i.row(), i.column())):
            if index.row() > first:
                self._model.setData(index, self._model.cell(self._model.index(first, index.column())))
        self.changed.emit()

    def copy_above(self) -> None:
        """Into the current cell what stands above it, and on to the next."""
        at = self.currentIndex()
        if at.row() > 0:
            self._model.setData(at, self._model.cell(self._model.index(at.row() - 1, at.column())))
            self.changed.emit()
            self.advance()

    def event(self, e: QEvent | None) -> bool:
        if (
            isinstance(e, QKeyEvent)
            and e.type() == QEvent.Type.ShortcutOverride
            and e.modifiers() & ~Qt.KeyboardModifier.ShiftModifier == Qt.KeyboardModifier.ControlModifier
            and e.key() in _OWN_KEYS
        ):
            e.accept()  # the same keys mean something else elsewhere in the window
            return True
        return super().event(e)

    def keyPressEvent(self, e: QKeyEvent | None) -> None:
        if e is None:
            return
        key, at = e.key(), self.currentIndex()
        control = bool(e.modifiers() & Qt.KeyboardModifier.ControlModifier)
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = not e.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alt = e.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier
        moves = alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        fills = control and key in (Qt.Key.Key_D, Qt.Key.Key_Apostrophe, Qt.Key.Key_QuoteDbl)
        changes = (enter and control) or key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) or moves or fills
        if self._locked and (changes or e.matches(QKeySequence.StandardKey.Paste)):
            pass
        elif moves:
            self.move_row(-1 if key == Qt.Key.Key_Up else 1)
        elif fills and key == Qt.Key.Key_D:
            self.fill_down()
        elif fills:
            self.copy_above()
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
            self.removed.emit(0)

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
            rows = read_pasted(_spread(board.mimeData()) if board is not None else "", titles, max(at.column(), 0))
        except ValueError:
            return
        if rows:
            self._model.paste(max(at.row(), 0), [{c: self._read(c, cell) for c, cell in row.items()} for row in rows])
            self.pasted.emit(len(rows))

    def _read(self, column: str, cell: str) -> str:
        """Choices are pasted by title and kept by code; all else is read by the form's own rules."""
        codes = next(c.codes for c in self._model.columns if c.id == column)
        return next((code for code, title in codes.items() if title == cell), cell)


def _spread(data: QMimeData | None) -> str:
    """The clipboard as lines with tabs. Some programs give a table as HTML only, or its text without tabs."""
    if data is None:
        return ""
    text = data.text()
    tabs = html_as_tabs(data.html()) if data.hasHtml() and "\t" not in text else ""
    return tabs or text
