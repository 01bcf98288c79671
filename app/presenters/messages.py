"""F11: what the platform tells this window; how much of it is unread stands in the status bar."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal

from app.presenters.around_words import message_row
from app.presenters.desk import Desk
from app.services.messages import Message, Messages
from widgets.dialogs.messages import MessagesDialog
from widgets.window import MainWindow


class MessagesPresenter(QObject):
    """A message is read when its case was opened from it, or when all were said to be."""

    amend_requested = pyqtSignal(str)

    def __init__(self, window: MainWindow, desk: Desk, service: Messages, open_case: Callable[[str], object]) -> None:
        """open_case: shows the case of a number. amend_requested carries a case's id."""
        super().__init__()
        self._window = window
        self._desk = desk
        self._service = service
        self._open_case = open_case
        self._messages: dict[str, Message] = {}
        self.dialog = MessagesDialog(window)
        self.dialog.opened.connect(self._open)
        self.dialog.all_read.connect(self._read_all)
        self.dialog.amend_requested.connect(self._amend)
        self.refresh()

    def open(self) -> None:
        """Show the list."""
        self.dialog.set_loading()
        self.dialog.open()
        self.refresh()

    def refresh(self) -> None:
        """New ones may have come: count, and read again what is on show."""
        self._desk.tasks.run(self._service.unread, self._window.status.set_messages)
        if self.dialog.isVisible():
            self._desk.tasks.run(self._service.newest, self._show)

    def _show(self, messages: list[Message]) -> None:
        self._messages = {message.message_id: message for message in messages}
        self.dialog.set_rows([message_row(message) for message in messages])

    def _open(self, message_id: str) -> None:
        message = self._messages.get(message_id)
        if message is None:
            return
        self._desk.tasks.run(lambda: self._service.read([message_id]), lambda _: self.refresh())
        self.dialog.accept()
        self._open_case(message.provisional_no)

    def _amend(self, message_id: str) -> None:
        message = self._messages.get(message_id)
        if message is not None:
            self._desk.tasks.run(lambda: self._service.read([message_id]), lambda _: self.refresh())
            self.dialog.accept()
            self._open_case(message.provisional_no)
            self.amend_requested.emit(message.case_id)

    def _read_all(self) -> None:
        self._desk.tasks.run(self._service.read, lambda _: self.refresh())
