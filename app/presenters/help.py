"""F1: the help of the part in focus."""

from __future__ import annotations

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QApplication

import resources
from app.presenters.desk import Desk
from widgets.dialogs.help import KEYS, HelpDialog, HelpTopic
from widgets.i18n import language
from widgets.window import MainWindow

TOPIC_OF = {
    "who": "visitor",
    "picker": "items",
    "guide": "items",
    "form": "form",
    "batch": "form",
    "materials": "materials",
    "page_viewer": "materials",
    "preview": "licences",
    "code": "licences",
    "check": "accept",
    "paper": "accept",
    "outbox": "outbox",
    "outbox_state": "outbox",
    "complete_later": "later",
    "palette": "around",
    "cases": "around",
    "double": "around",
    "amend": "around",
    "conflicts": "around",
    "conflicts_state": "around",
    "board": "around",
    "messages": "around",
    "messages_state": "around",
    "devices": "devices",
    "status": "devices",
    "sign_in": "sign-in",
    "recovery": "sign-in",
    "clerks": "sign-in",
    "parked": "parking",
    "left": "parking",
    "known": "shared-data",
    "query": "shared-data",
    "booking": "shared-data",
    "outing": "outing",
    "give_back": "outing",
    "signing": "citizen",
    "lessons_page": "training",
    "lesson_bar": "training",
}
"""The name of a part or dialog -> its page."""

_TOPIC_OF_STEP = {
    "read_card": "visitor",
    "choose_items": "items",
    "scan_licence": "licences",
    "next_field": "form",
    "capture": "materials",
    "check": "accept",
    "accept": "accept",
    "next_visitor": "visitor",
}


def topics(in_language: str) -> tuple[HelpTopic, ...]:
    """The pages of resources/help in their order: NN-id.md, the first line its title."""
    found = []
    for file in sorted(resources.path(f"help/{in_language}").glob("*.md")):
        body = file.read_text(encoding="utf-8")
        title = body.partition("\n")[0].removeprefix("# ").strip()
        found.append(HelpTopic(file.stem.partition("-")[2], title, body))
    return tuple(found)


class HelpPresenter(QObject):
    """Answers the action help, and F1 in the dialogs."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._topics: tuple[HelpTopic, ...] = ()
        self.dialog: HelpDialog | None = None
        window.help_asked.connect(self.open)

    def open(self) -> None:
        """Show the page of the part in focus, over whatever is open."""
        topic = self.topic()
        if self._topics:
            self._show(topic)
            return

        def read(found: tuple[HelpTopic, ...]) -> None:
            self._topics = found
            self._show(topic)

        in_language = language()
        self._desk.tasks.run(lambda: topics(in_language), read)

    def topic(self) -> str:
        """The page for what has the focus; where nothing says, the one for the current step."""
        dialog, part = QApplication.activeModalWidget(), QApplication.focusWidget()
        if part is None or (dialog is not None and not dialog.isAncestorOf(part)):
            part = dialog
        while part is not None:
            if part.objectName() in TOPIC_OF:
                return TOPIC_OF[part.objectName()]
            part = part.parentWidget()
        return _TOPIC_OF_STEP.get(self._window.header.current_step(), KEYS)

    def _show(self, topic: str) -> None:
        over = QApplication.activeModalWidget()
        self.dialog = HelpDialog(self._topics, topic, over if over is not None else self._window)
        self.dialog.open_once()
