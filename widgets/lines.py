"""Tables of lines, one row selected: what the lists of cases, messages, devices and the outbox share."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QItemSelectionModel, QModelIndex, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QKeyEvent, QPalette
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from widgets.bits import button
from widgets.look import colours
from widgets.theme import GIVEN_WIDTHS, restyle, scaled
from widgets.views import Tone


class KeepColour(QStyledItemDelegate):
    """Leaves a state its colour while its row is selected."""

    def initStyleOption(self, option: QStyleOptionViewItem | None, index: QModelIndex) -> None:
        super().initStyleOption(option, index)
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        if option is not None:
            option.palette.setColor(
                QPalette.ColorRole.HighlightedText, colour if isinstance(colour, QColor) else QColor(colours().ink)
            )


def dress(table: QTableView, name: str, accessible: str, row_height: int = 38) -> None:
    """Give a table of lines its manners: whole rows, no grid, Tab leaves it."""
    table.setObjectName(name)
    table.setAccessibleName(accessible)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setItemDelegate(KeepColour(table))
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    if (side := table.verticalHeader()) is not None:
        side.hide()
        side.setDefaultSectionSize(row_height)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    if (head := table.horizontalHeader()) is not None:
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def set_widths(table: QTableView, widths: Sequence[int], stretch: int) -> None:
    """Fixed widths (at 100 %), so that nothing must be measured; one column takes the rest."""
    if (head := table.horizontalHeader()) is not None:
        head.setProperty(GIVEN_WIDTHS, True)
        for column, width in enumerate(widths):
            mode = QHeaderView.ResizeMode.Stretch if column == stretch else QHeaderView.ResizeMode.Interactive
            head.setSectionResizeMode(column, mode)
            head.resizeSection(column, scaled(head, width))


def select_row(table: QTableView, row: int) -> None:
    """Select a row and bring it into sight."""
    model, selection = table.model(), table.selectionModel()
    if model is not None and selection is not None and 0 <= row < model.rowCount():
        flags = QItemSelectionModel.SelectionFlag
        selection.setCurrentIndex(model.index(row, 0), flags.ClearAndSelect | flags.Rows)


def tone_colour(tone: Tone) -> QColor | None:
    """The colour of a word in a table; None for ordinary ink."""
    return None if tone is Tone.NEUTRAL else QColor(colours().ink_of(tone))


class Lines(QTableWidget):
    """A short table of words.

    Signals: opened(row) on Enter and double click.
    """

    opened = pyqtSignal(int)

    def __init__(self, name: str, accessible: str, titles: Sequence[str], widths: Sequence[int], stretch: int) -> None:
        super().__init__(0, len(titles))
        self._shown: dict[tuple[int, int], tuple[str, QColor | None, str]] = {}
        dress(self, name, accessible)
        self.setHorizontalHeaderLabels(list(titles))
        set_widths(self, widths, stretch)
        self.cellDoubleClicked.connect(lambda row, _: self.opened.emit(row))

    def set_lines(
        self, lines: Sequence[Sequence[str]], tones: Sequence[dict[int, Tone]] = (), bold: Sequence[bool] = ()
    ) -> None:
        """Show these. tones: of single cells, by line and column. bold: lines that stand out. The row stays."""
        at = max(self.currentRow(), 0)
        self.blockSignals(True)
        self.setRowCount(len(lines))
        heavy = self.font()
        heavy.setBold(True)
        for row, line in enumerate(lines):
            for place, words in enumerate(line):
                tone = tones[row].get(place) if row < len(tones) else None
                colour = tone_colour(tone) if tone is not None else None
                stands_out = row < len(bold) and bold[row]
                # A column as wide as its words is measured over all lines after each cell that is set: where a key
                # changes one line of a hundred, setting them all took a tenth of a second.
                wanted = words, colour, heavy.key() if stands_out else ""
                if self._shown.get((row, place)) == wanted and self.item(row, place) is not None:
                    continue
                self._shown[row, place] = wanted
                cell = QTableWidgetItem(words)
                cell.setToolTip(words)
                if colour is not None:
                    cell.setData(Qt.ItemDataRole.ForegroundRole, colour)
                if stands_out:
                    cell.setFont(heavy)
                self.setItem(row, place, cell)
        self.blockSignals(False)
        select_row(self, min(at, len(lines) - 1))

    def keyPressEvent(self, e: QKeyEvent | None) -> None:
        if e is not None and e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.opened.emit(self.currentRow())
            e.accept()
            return
        super().keyPressEvent(e)


class ChoiceRow(QWidget):
    """Some choices side by side, one taken. Tab reaches the taken one, ← → move; keys may be given too.

    Signals: changed(value).
    """

    changed = pyqtSignal(str)

    def __init__(self, name: str, accessible: str, choices: Sequence[tuple[str, str]], modifier: str = "") -> None:
        """choices: value and words. modifier: with 1, 2 … the key of each, e.g. "Ctrl"."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        self._values = [value for value, _ in choices]
        self._buttons = []
        self._group = QButtonGroup(self)
        for number, (value, words) in enumerate(choices):
            made = button(words, "choice", f"{name}_{value or 'all'}")
            made.setCheckable(True)
            made.setAccessibleName(f"{accessible} {words}")
            if modifier:
                made.setShortcut(f"{modifier}+{number + 1}")
                made.setToolTip(f"{words} {modifier}+{number + 1}")
            self._group.addButton(made, number)
            self._buttons.append(made)
            line.addWidget(made)
        self._group.idToggled.connect(self._toggled)
        self.set_value(self._values[0])

    def value(self) -> str:
        """The choice that is taken."""
        return self._values[max(self._group.checkedId(), 0)]

    def set_value(self, value: str) -> None:
        """Take a choice; ValueError for one that is not there."""
        self._buttons[self._values.index(value)].setChecked(True)

    def _toggled(self, number: int, on: bool) -> None:
        restyle(self._buttons[number], current="true" if on else "false")
        if on:
            self.changed.emit(self._values[number])
