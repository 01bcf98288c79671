"""The outbox: what has not reached the platform yet, why, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QModelIndex, Qt, pyqtBoundSignal, pyqtSignal
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QProgressBar, QPushButton, QTableView, QWidget

from widgets.bits import button, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import dress, select_row, set_widths
from widgets.look import colours
from widgets.row_model import RowModel
from widgets.theme import restyle
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

    Signals: upload_now(); resend(id) and withdraw(id) for the selected parked entry; pause_toggled(); export_asked()
    and answer_asked() for packets on a stick; files_wait_toggled(wait) when only records shall go.
    """

    upload_now = pyqtSignal()
    pause_toggled = pyqtSignal()
    files_wait_toggled = pyqtSignal(bool)
    export_asked = pyqtSignal()
    answer_asked = pyqtSignal()
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
        self._held = text(role="soft", name="outbox_held", wrap=True)
        set_text(self._held, "", Tone.NEUTRAL)
        self._files: tuple[str, str] | None = None
        self._more = text(role="soft", name="outbox_more")
        self._more.hide()
        self._waiting = 0
        self._paused_since = ""
        self.set_progress(0, 0)
        self.add(self._held)
        self.add(self.table, 1)
        self.add(self._empty, 1)
        self.add(self._more)
        self.add(self._reason)
        self.add(self._progress)
        self.add(self._progress_words)
        self._resend = button(self.tr("重新发送"), name="outbox_resend")
        self._withdraw = button(self.tr("撤回"), name="outbox_withdraw")
        self._upload = button(self.tr("立即上传"), "primary", "outbox_upload")
        self._export = self._key_button(self.tr("导出到 U 盘 E"), "outbox_export", "E")
        self._answer = self._key_button(self.tr("导入回执 I"), "outbox_answer", "I")
        self._records_only = self._key_button(self.tr("只传办件 M"), "outbox_records_only", "M")
        self._files_wait = False
        self._pause = self._key_button(self.tr("暂停上传 P"), "outbox_pause", "P")
        self._paused = False
        self._close = close = button(self.tr("关闭 Esc"), name="outbox_close")
        self._resend.clicked.connect(lambda: self._emit(self.resend))
        self._withdraw.clicked.connect(lambda: self._emit(self.withdraw))
        self._upload.clicked.connect(self.upload_now)
        close.clicked.connect(self.reject)
        self._export.clicked.connect(self.export_asked)
        self._answer.clicked.connect(self.answer_asked)
        self._records_only.clicked.connect(lambda: self.files_wait_toggled.emit(not self._files_wait))
        self._pause.clicked.connect(self.pause_toggled)
        right = (self._resend, self._withdraw, self._records_only, self._pause, close, self._upload)
        self.add_buttons(self._export, self._answer, None, *right, default=self._upload)
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

    def set_switch(self, paused_since: str, *, files_wait: bool) -> None:
        """What the clerk holds back. paused_since: e.g. 11-22 09:10; empty while the upload runs."""
        self._paused = bool(paused_since)
        words = self.tr("继续上传 P") if self._paused else self.tr("暂停上传 P")
        self._rename(self._pause, words, "P")
        restyle(self._pause, kind="primary" if self._paused else "")
        self._default = self._pause if self._paused else self._upload
        self._files_wait = files_wait
        self._rename(self._records_only, self.tr("材料也传 M") if files_wait else self.tr("只传办件 M"), "M")
        self._paused_since = paused_since
        self._say_held()
        self._offer()

    def _say_held(self) -> None:
        if self._paused:
            words = self.tr("上传已暂停（{0} 起）。受理照常，内容都在本机，按 P 继续上传。").format(self._paused_since)
            set_text(self._held, words, Tone.WARNING)
        elif self._files_wait:
            words = self.tr("只传办件：适合手机热点。")
            if self._files:
                words = self.tr("只传办件：材料 {0} 份（{1}）等到好网络，按 M 一起上传。").format(*self._files)
            set_text(self._held, words, Tone.WARNING)
        else:
            set_text(self._held, "", Tone.NEUTRAL)

    def set_rows(
        self,
        rows: Sequence[OutboxRow],
        waiting: int | None = None,
        parked: int | None = None,
        files: tuple[str, str] | None = None,
    ) -> None:
        """Show the entries; the selection stays on the same entry. waiting, parked: of all, where not all are listed.
        files: how many files wait and how large they are, in words."""
        self._files = files
        before = self._selected()
        self._model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(self.tr("没有待传的办件，全部已上传。"))
        parked = sum(row.parked for row in rows) if parked is None else parked
        waiting = len(rows) - parked if waiting is None else waiting
        words = self.tr("待传 {0} 件").format(f"{waiting:,}") if rows else ""
        if parked:
            words += self.tr("，{0} 件被平台退回，需要处理").format(parked)
        self.set_title(self.tr("待传清单"), words)
        more = waiting + parked - len(rows)
        self._more.setVisible(more > 0)
        self._more.setText(self.tr("另有 {0} 条没有列出，会按顺序上传。").format(f"{more:,}"))
        self._waiting = waiting
        self._say_held()
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
        any_waiting = self._waiting > 0
        self._upload.setVisible(any_waiting and not self._paused)
        self._export.setVisible(any_waiting)
        self._answer.setVisible(any_waiting)
        self._pause.setVisible(any_waiting or self._paused)
        self._records_only.setVisible(any_waiting or self._files_wait)
        if self.focusWidget() is self._close and self._default is not None and not self._default.isHidden():
            self._default.setFocus()  # while the list was being read, nothing else was there to take the keys
        said = "\n".join(part for part in (row.reason, row.todo) if part) if row else ""
        set_text(self._reason, said, Tone.ERROR if parked else Tone.NEUTRAL)

    @staticmethod
    def _rename(press: QPushButton, words: str, key: str) -> None:
        press.setText(words)
        press.setAccessibleName(words)
        press.setShortcut(key)  # a new text takes the key away

    def _key_button(self, words: str, name: str, key: str) -> QPushButton:
        made = button(words, name=name)
        made.setShortcut(key)
        return made

    def _emit(self, signal: pyqtBoundSignal) -> None:
        row = self._selected()
        if row is not None and row.parked:
            signal.emit(row.id)
