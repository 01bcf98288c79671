"""What accepted cases still wait for: materials to hand in, promises to check; and the camera to take them."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QItemSelectionModel, Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QColor, QKeyEvent
from PyQt6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QWidget

from widgets.bits import button, name_clear_button, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import KeepColour
from widgets.look import colours
from widgets.preview import PreviewPanel
from widgets.views import DueRow, Tone


class CompleteLaterDialog(BaseDialog):
    """The list, a search box, the picture.

    Keys: ↑ ↓, F6 opens the camera for the selected material and then takes a page, Esc closes the camera, then the
    dialog; Y and N answer a check. Signals: search_changed(text), capture_requested(id), stopped(), checked(id, kept).
    """

    search_changed = pyqtSignal(str)
    capture_requested = pyqtSignal(str)
    stopped = pyqtSignal()
    checked = pyqtSignal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("complete_later", "", parent)
        title = self.tr("补交与核查")
        self.set_title(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.rows: tuple[DueRow, ...] = ()
        self.search = QLineEdit()
        self.search.setObjectName("due_search")
        self.search.setAccessibleName(self.tr("查找办件"))
        self.search.setPlaceholderText(self.tr("受理流水号、身份证号（或后六位）、姓名"))
        name_clear_button(self.search, self.tr("清空"))
        self.search.textChanged.connect(self.search_changed)
        self.table = QTableWidget(0, 6)
        self.table.setObjectName("due_table")
        self.table.setAccessibleName(title)
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("期限"),
                self.tr("类别"),
                self.tr("材料"),
                self.tr("申请人"),
                self.tr("受理流水号"),
                self.tr("事项"),
            ]
        )
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setItemDelegate(KeepColour(self.table))
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        if (side := self.table.verticalHeader()) is not None:
            side.hide()
            side.setDefaultSectionSize(38)
        if (head := self.table.horizontalHeader()) is not None:
            head.setHighlightSections(False)
            head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            head.setMaximumSectionSize(260)
            head.setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
            head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.itemSelectionChanged.connect(self._offer)
        self._empty = text(self.tr("没有要补交的材料，也没有待核查的承诺。"), "soft", "due_empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._detail = text(role="soft", name="due_detail", wrap=True)
        self.preview = PreviewPanel()
        self.preview.setFixedHeight(250)
        self.preview.hide()
        self.add(self.search)
        self.add(self.table, 1)
        self.add(self._empty, 1)
        self.add(self._detail)
        self.add(self.preview)
        self._kept = button(self.tr("核查属实 Y"), name="due_kept")
        self._broken = button(self.tr("核查不实 N"), name="due_broken")
        self._take = button(self.tr("拍补交材料 F6"), "primary", "due_capture")
        self._take.setShortcut("F6")
        close = button(self.tr("关闭 Esc"), name="due_close")
        self._kept.clicked.connect(lambda: self._answer(True))
        self._broken.clicked.connect(lambda: self._answer(False))
        self._take.clicked.connect(self._capture)
        close.clicked.connect(self.reject)
        self.add_buttons(self._kept, self._broken, None, close, self._take, default=self._take)
        self.resize(1120, 640)
        self.set_rows(())
        self.search.setFocus()

    def set_rows(self, rows: Sequence[DueRow], searched: bool = False) -> None:
        """Show the entries, most urgent first; the selection stays on the same entry."""
        before = self.selected()
        self.rows = tuple(rows)
        self.table.blockSignals(True)
        self.table.setRowCount(len(rows))
        for line, entry in enumerate(rows):
            words = (entry.due, entry.kind, entry.material, entry.applicant, entry.number, entry.item)
            for place, word in enumerate(words):
                cell = QTableWidgetItem(word)
                cell.setToolTip(word)
                if place == 0:
                    cell.setData(Qt.ItemDataRole.ForegroundRole, QColor(colours().ink_of(entry.tone)))
                self.table.setItem(line, place, cell)
        self.table.blockSignals(False)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(
            self.tr("没有找到这样的办件，或者它没有要补交的材料。")
            if searched
            else self.tr("没有要补交的材料，也没有待核查的承诺。")
        )
        where = next((n for n, entry in enumerate(rows) if before and entry.id == before.id), 0)
        if rows and (selection := self.table.selectionModel()) is not None:
            flags = QItemSelectionModel.SelectionFlag
            model = self.table.model()
            assert model is not None  # noqa: S101 - a QTableWidget has one
            selection.setCurrentIndex(model.index(where, 0), flags.ClearAndSelect | flags.Rows)
        self._offer()

    def look_changed(self) -> None:
        """The cells keep the colour of their tone."""
        if self.rows:
            self.set_rows(self.rows)

    def set_words(self, words: str) -> None:
        """What the list holds, under the title."""
        self.set_title(self.tr("补交与核查"), words)

    def selected(self) -> DueRow | None:
        """The selected entry."""
        line = self.table.currentRow()
        return self.rows[line] if 0 <= line < len(self.rows) else None

    def set_live(self, on: bool) -> None:
        """Give the picture room, or take it away."""
        self.preview.setVisible(on)
        self._take.setText(self.tr("拍下这一页 F6") if on else self.tr("拍补交材料 F6"))
        self._take.setShortcut("F6")
        self.table.setEnabled(not on)
        self.search.setEnabled(not on)
        if on:
            self._take.setFocus()

    def _offer(self) -> None:
        entry = self.selected()
        is_check = entry is not None and entry.is_check
        self._kept.setVisible(is_check)
        self._broken.setVisible(is_check)
        self._take.setVisible(entry is not None and not is_check)
        words = self.tr("核查单位：{0}").format(entry.who) if entry and entry.is_check and entry.who else ""
        set_text(self._detail, words, Tone.NEUTRAL)

    def _capture(self) -> None:
        entry = self.selected()
        if entry is not None and not entry.is_check:
            self.capture_requested.emit(entry.id)

    def _answer(self, kept: bool) -> None:
        entry = self.selected()
        if entry is not None and entry.is_check:
            self.checked.emit(entry.id, kept)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        key = a0.key() if a0 is not None else 0
        if a0 is not None and key == Qt.Key.Key_Escape and self.preview.isVisible():
            self.stopped.emit()
            a0.accept()
        elif a0 is not None and key in (Qt.Key.Key_Y, Qt.Key.Key_N) and self._kept.isVisible():
            self._answer(key == Qt.Key.Key_Y)
            a0.accept()
        elif a0 is not None and key == Qt.Key.Key_Down and self.search.hasFocus():
            self.table.setFocus()
            a0.accept()
        else:
            super().keyPressEvent(a0)

    def closeEvent(self, a0: QCloseEvent | None) -> None:
        self.stopped.emit()
        super().closeEvent(a0)

    def done(self, a0: int) -> None:
        self.stopped.emit()
        super().done(a0)
