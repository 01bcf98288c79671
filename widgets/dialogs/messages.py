"""Messages of the platform: what became of this window's cases."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QWidget

from widgets.bits import button, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.lines import Lines
from widgets.views import Tone
from widgets.views_around import MessageRow


class MessagesDialog(BaseDialog):
    """The list, newest first; unread ones are bold.

    Keys: ↓ ↑, Enter opens the case (and has read the message), Ctrl+U corrects the case of a 补正, A has read all, Esc
    closes.
    Signals: opened(message id); all_read(); amend_requested(message id).
    """

    opened = pyqtSignal(str)
    all_read = pyqtSignal()
    amend_requested = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("messages", "", parent)
        self._head = self.tr("消息")
        self.set_title(self._head)
        self.setWindowTitle(self._head)
        self.setAccessibleName(self._head)
        self.rows: tuple[MessageRow, ...] = ()
        self.table = Lines(
            "messages_table",
            self._head,
            (
                self.tr("时间"),
                self.tr("类别"),
                self.tr("受理流水号"),
                self.tr("申请人"),
                self.tr("事项"),
                self.tr("内容"),
            ),
            (118, 84, 168, 88, 204, 240),
            5,
        )
        self.table.opened.connect(lambda _: self._open())
        self.table.itemSelectionChanged.connect(self._offer)
        self._empty = text(role="soft", name="messages_empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._detail = text(role="soft", name="messages_detail", wrap=True)
        self._detail.setMinimumHeight(40)
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.add(self.table, 1)
        self.add(self._empty, 1)
        self.add(self._detail)
        self._all = button(self.tr("全部已读 A"), name="messages_all")
        self._all.setShortcut("A")
        self._amend = button(self.tr("更正办件 Ctrl+U"), name="messages_amend")
        self._amend.setShortcut("Ctrl+U")
        self._amend.clicked.connect(self._ask_amend)
        self._look = button(self.tr("打开办件 Enter"), "primary", "messages_open")
        close = button(self.tr("关闭 Esc"), name="messages_close")
        self._all.clicked.connect(self.all_read)
        self._look.clicked.connect(self._open)
        close.clicked.connect(self.reject)
        self.add_buttons(self._all, self._amend, None, close, self._look, default=self._look)
        self.resize(1080, 520)
        self.set_loading()

    def set_loading(self) -> None:
        """Say that messages are being looked up; those of the last time stay on show meanwhile."""
        if not self.rows:
            self.set_rows(())
            self._empty.setText(self.tr("正在读取消息…"))

    def set_rows(self, rows: Sequence[MessageRow]) -> None:
        """Show the messages; the selection stays on the same one."""
        before = self.selected()
        self.rows = tuple(rows)
        self.table.set_lines(
            [(m.at, m.kind, m.number, m.applicant, m.item, m.words) for m in rows],
            [{1: m.tone} for m in rows],
            [m.unread for m in rows],
        )
        at = next((n for n, m in enumerate(rows) if before and m.id == before.id), 0)
        if rows:
            self.table.selectRow(at)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(self.tr("平台还没有发来消息。\n办件有进展、要补正或办结时，会在这里告诉你。"))
        unread = sum(m.unread for m in rows)
        words = self.tr("{0} 条，{1} 条未读").format(len(rows), unread) if unread else ""
        self.set_title(self._head, words or (self.tr("{0} 条，都已读").format(len(rows)) if rows else ""))
        self._all.setVisible(bool(unread))
        self._look.setVisible(bool(rows))
        if rows:
            self.table.setFocus()
        self._offer()

    def selected(self) -> MessageRow | None:
        """The selected message."""
        at = self.table.currentRow()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def _offer(self) -> None:
        message = self.selected()
        lines = [part for part in (message.words, message.todo) if part] if message else []
        self._amend.setVisible(message is not None and message.can_amend)
        set_text(self._detail, "\n".join(lines), message.tone if message and message.todo else Tone.NEUTRAL)

    def _ask_amend(self) -> None:
        message = self.selected()
        if message is not None and message.can_amend:
            self.amend_requested.emit(message.id)

    def _open(self) -> None:
        message = self.selected()
        if message is not None:
            self.opened.emit(message.id)
