"""The outbox: what has not reached the platform yet, why, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, Qt, pyqtBoundSignal, pyqtSignal
from PyQt6.QtGui import QColor, QPalette
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from widgets.bits import button, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.look import colours
from widgets.views import OutboxRow, Tone


class OutboxModel(QAbstractTableModel):
    """The rows as a table."""

    ROW = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[OutboxRow, ...] = ()
        self._titles = (
            self.tr("受理流水号"),
            self.tr("事项"),
            self.tr("申请人"),
            self.tr("状态"),
            self.tr("原因"),
            self.tr("下次上传"),
        )

    def set_rows(self, rows: Sequence[OutboxRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        words = (row.number, row.item, row.applicant, row.state_words, row.reason, row.next_try)[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            return words or None
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 3:
            return QColor(colours().ink_of(row.tone))
        if role == self.ROW:
            return row
        return None


class KeepColour(QStyledItemDelegate):
    """Leaves a state its colour while its row is selected."""

    def initStyleOption(self, option: QStyleOptionViewItem | None, index: QModelIndex) -> None:
        super().initStyleOption(option, index)
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        if option is not None:
            option.palette.setColor(
                QPalette.ColorRole.HighlightedText, colour if isinstance(colour, QColor) else QColor(colours().ink)
            )


class OutboxDialog(BaseDialog):
    """The table and what can be done.

    Signals: upload_now(); resend(id) and withdraw(id) for the selected parked entry.
    """

    upload_now = pyqtSignal()
    resend = pyqtSignal(str)
    withdraw = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("outbox", "", parent)
        title = self.tr("待传清单")
        self.set_title(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(1040, 520)
        self._model = OutboxModel(self)
        self.table = QTableView()
        self.table.setObjectName("outbox_table")
        self.table.setAccessibleName(title)
        self.table.setModel(self._model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setItemDelegate(KeepColour(self.table))
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setTabKeyNavigation(False)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if (side := self.table.verticalHeader()) is not None:
            side.hide()
            side.setDefaultSectionSize(40)
        if (head := self.table.horizontalHeader()) is not None:
            head.setHighlightSections(False)
            head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            head.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
            head.setMaximumSectionSize(260)
        if (selection := self.table.selectionModel()) is not None:
            selection.currentRowChanged.connect(lambda *_: self._offer())
        self._empty = text(role="soft", name="outbox_empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._reason = text(role="soft", name="outbox_reason", wrap=True)
        self.add(self.table, 1)
        self.add(self._empty, 1)
        self.add(self._reason)
        self._resend = button(self.tr("重新发送"), name="outbox_resend")
        self._withdraw = button(self.tr("撤回"), name="outbox_withdraw")
        self._upload = button(self.tr("立即上传"), "primary", "outbox_upload")
        close = button(self.tr("关闭 Esc"), name="outbox_close")
        self._resend.clicked.connect(lambda: self._emit(self.resend))
        self._withdraw.clicked.connect(lambda: self._emit(self.withdraw))
        self._upload.clicked.connect(self.upload_now)
        close.clicked.connect(self.reject)
        self.add_buttons(self._resend, self._withdraw, None, close, self._upload, default=self._upload)
        self.set_loading()

    def set_loading(self) -> None:
        """Say that the entries are being looked up, until `set_rows`; those of the last time stay on show meanwhile."""
        if not self._model.rows:
            self.set_rows(())
            self._empty.setText(self.tr("正在读取待传清单…"))

    def set_rows(self, rows: Sequence[OutboxRow]) -> None:
        """Show the entries; the selection stays on the same entry."""
        before = self._selected()
        self._model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(self.tr("没有待传的办件，全部已上传。"))
        parked = sum(row.parked for row in rows)
        words = self.tr("待传 {0} 件").format(len(rows) - parked) if rows else ""
        if parked:
            words += self.tr("，{0} 件被平台退回，需要处理").format(parked)
        self.set_title(self.tr("待传清单"), words)
        self._upload.setVisible(len(rows) > parked)
        if rows:
            where = next((i for i, row in enumerate(rows) if before and row.id == before.id), 0)
            if (selection := self.table.selectionModel()) is not None:
                flags = QItemSelectionModel.SelectionFlag
                selection.setCurrentIndex(self._model.index(where, 0), flags.ClearAndSelect | flags.Rows)
        self._offer()

    def _selected(self) -> OutboxRow | None:
        row = self.table.currentIndex().data(OutboxModel.ROW)
        return row if isinstance(row, OutboxRow) else None

    def _offer(self) -> None:
        row = self._selected()
        parked = row is not None and row.parked
        self._resend.setVisible(parked)
        self._withdraw.setVisible(parked)
        set_text(self._reason, row.reason if row else "", Tone.ERROR if parked else Tone.NEUTRAL)

    def _emit(self, signal: pyqtBoundSignal) -> None:
        row = self._selected()
        if row is not None and row.parked:
            signal.emit(row.id)
