"""F1: the handbook, open at the chapter of the part in focus."""

from __future__ import annotations

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QApplication

import resources
from app.handbook.blocks import Heading, plain, read_blocks
from app.handbook.books import load_books
from app.handbook.html import searched, to_html
from app.presenters.desk import Desk
from widgets.dialogs.help import KEYS, HelpDialog, HelpTopic
from widgets.i18n import language
from widgets.window import MainWindow

TOPIC_OF = {
    "who": "visitor",
    "identity": "visitor",
    "picker": "items",
    "guide": "items",
    "form": "form",
    "batch": "form",
    "materials": "materials",
    "page_viewer": "materials",
    "preview": "licences",
    "code": "licences",
    "check": "accept",
    "paper": "printing",
    "prints": "printing",
    "prints_state": "printing",
    "print_ask": "printing",
    "print_batch": "printing",
    "print_run": "printing",
    "print_reason": "printing",
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
"""The name of a part or dialog -> the short page of resources/help about it; the chapter that holds it opens."""

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
    """The pages of the help: in Chinese the handbook's chapters, which hold the short pages of resources/help; in
    English those short pages by themselves. For a worker: it takes a fifth of a second."""
    if in_language == "zh":
        return tuple(
            HelpTopic(c.id, c.title, searched(c.blocks), to_html(c.blocks), c.topics, book.title)
            for book in load_books()
            for c in book.chapters
        )
    found = []
    for file in sorted(resources.path(f"help/{in_language}").glob("*.md")):
        blocks = read_blocks(file.read_text(encoding="utf-8"), lambda href: href)
        name = file.stem.partition("-")[2]
        title = plain(blocks[0].spans) if isinstance(blocks[0], Heading) else name
        found.append(HelpTopic(name, title, searched(blocks), to_html(blocks), (name,)))
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
