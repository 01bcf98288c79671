"""The outbox: what has not reached the platform yet, why, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QModelIndex, Qt, pyqtBoundSignal, pyqtSignal
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QProgressBar, QTableView, QWidget

from widgets.bits import button, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import dress, select_row, set_widths
from widgets.look import colours
from widgets.row_model import RowModel
from widgets.views import OutboxRow, Tone

_STATE, _REASON, _NEXT = 4, 6, 7


class OutboxModel(RowModel[OutboxRow]):
    """The rows as a table."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._now: float | None = None
        self.titles = (
            self.tr("受理流水号"),
            self.tr("事项"),
            self.tr("申请人"),
            self.tr("内容"),
            self.tr("状态"),
            self.tr("已试"),
            self.tr("原因"),
            self.tr("下次上传"),
        )

    def tick(self, now: float) -> None:
        """Time goes on: the countdowns. now: seconds since 1970."""
        self._now = now
        if any(row.next_at is not None for row in self.rows):
            self.dataChanged.emit(self.index(0, _NEXT), self.index(len(self.rows) - 1, _NEXT))

    def _when(self, row: OutboxRow) -> str:
        if row.next_at is None or self._now is None:
            return row.next_try
        left = round(row.next_at - self._now)
        if left <= 0:
            return self.tr("马上")
        if left < 100:
            return self.tr("{0} 秒后").format(left)
        return self.tr("{0} 分钟后").format(-(-left // 60))

    def words(self, row: OutboxRow) -> Sequence[object]:
        tries = self.tr("{0} 次").format(row.tries) if row.tries else ""
        return (
            *(row.number, row.item, row.applicant, row.kind, row.state_words),
            *(tries, row.reason, self._when(row)),
        )

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid() and index.column() == _STATE:
            return QColor(colours().ink_of(self.rows[index.row()].tone))
        return super().data(index, role)


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
        self.resize(1120, 540)
        self._model = OutboxModel(self)
        self.table = QTableView()
        self.table.setModel(self._model)
        dress(self.table, "outbox_table", title, 40)
        self.table.setWordWrap(True)
        set_widths(self.table, (158, 170, 70, 84, 80, 56, 200, 88), _REASON)
        if (selection := self.table.selectionModel()) is not None:
            selection.currentRowChanged.connect(lambda *_: self._offer())
        self._empty = text(role="soft", name="outbox_empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._reason = text(role="soft", name="outbox_reason", wrap=True)
        self._progress = QProgressBar()
        self._progress.setObjectName("outbox_progress")
        self._progress.setTextVisible(False)
        self._progress_words = text(role="soft", name="outbox_progress_words")
        self.set_progress(0, 0)
        self.add(self.table, 1)
        self.add(self._empty, 1)
        self.add(self._reason)
        self.add(self._progress)
        self.add(self._progress_words)
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

    def set_progress(self, done: int, total: int, words: str = "") -> None:
        """How far the upload under way has come; total 0: none is. words: e.g. 已传 3/12，约还需 40 秒."""
        self._progress.setVisible(total > 0)
        self._progress.setMaximum(max(total, 1))
        self._progress.setValue(done)
        self._progress.setAccessibleName(words)
        set_text(self._progress_words, words if total else "", Tone.NEUTRAL)

    def tick(self, now: float) -> None:
        """Time goes on. now: seconds since 1970."""
        self._model.tick(now)

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
            select_row(self.table, where)
        self._offer()

    def _selected(self) -> OutboxRow | None:
        row = self.table.currentIndex().data(OutboxModel.ROW)
        return row if isinstance(row, OutboxRow) else None

    def _offer(self) -> None:
        row = self._selected()
        parked = row is not None and row.parked
        self._resend.setVisible(parked)
        self._withdraw.setVisible(parked)
        said = "\n".join(part for part in (row.reason, row.todo) if part) if row else ""
        set_text(self._reason, said, Tone.ERROR if parked else Tone.NEUTRAL)

    def _emit(self, signal: pyqtBoundSignal) -> None:
        row = self._selected()
        if row is not None and row.parked:
            signal.emit(row.id)
