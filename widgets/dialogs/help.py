"""Help: the handbook, a page for each part of the screen, searchable, and all keys on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QScrollArea, QStackedWidget, QWidget

from widgets.actions import actions
from widgets.bits import button, column, row, text
from widgets.dialogs.base import BaseDialog
from widgets.help_keys import KeyOverview
from widgets.help_page import HelpPage

KEYS = "keys"
"""The page of all keys; it is made here, the others are handed in."""
_ASIDE = 60
"""Pixels of the window that stay free around the help."""


@dataclass(frozen=True, slots=True)
class HelpTopic:
    """A page of the help. id: unique. words: what the search looks through. html: the page itself. answers: the parts
    of the screen that it is about. group: the book it belongs to, "" for none."""

    id: str
    title: str
    words: str
    html: str
    answers: tuple[str, ...] = ()
    group: str = ""


class HelpDialog(BaseDialog):
    """Contents on the left, the chosen page on the right.

    Keys: type to search, ↑ ↓ choose a page, PageUp and PageDown scroll it, Tab goes to the links of a page, Alt+← back
    from where a link led, Enter (on no link) or Esc closes.
    """

    def __init__(self, topics: Sequence[HelpTopic] = (), current: str = KEYS, parent: QWidget | None = None) -> None:
        """current: a page's id, or a part of the screen."""
        super().__init__("help", "", parent)
        title = self.tr("帮助与手册")
        self.set_title(title, self.tr("全程可只用键盘；Esc 总是返回或取消"))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._topics = (HelpTopic(KEYS, self.tr("按键一览"), self._key_words(), ""), *topics)
        self._back_to: list[str] = []
        self.search = QLineEdit()
        self.search.setObjectName("help_search")
        self.search.setAccessibleName(self.tr("搜索帮助"))
        self.search.setPlaceholderText(self.tr("搜索帮助"))
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        self.pages = QListWidget()
        self.pages.setObjectName("help_pages")
        self.pages.setAccessibleName(self.tr("帮助目录"))
        self.pages.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys reach it from the search box
        self.pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pages.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.pages.currentItemChanged.connect(lambda *_: self._show())
        self._none = text(self.tr("没有找到。换个说法试试。"), "soft", "help_none", wrap=True)
        self.page = HelpPage()
        self.page.setObjectName("help_page")
        self.page.setAccessibleName(self.tr("帮助内容"))
        self.page.followed.connect(self._follow)
        self._keys = QScrollArea()
        self._keys.setObjectName("help_keys")
        self._keys.setAccessibleName(self.tr("按键一览"))
        self._keys.setWidgetResizable(True)
        self._keys.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._keys.setWidget(KeyOverview(parent is not None and parent.findChild(QWidget, "lesson_bar") is not None))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.page)
        self._stack.addWidget(self._keys)
        left = QWidget()
        left.setFixedWidth(270)
        left.setAccessibleName(self.tr("帮助目录"))
        left.setLayout(column(self.search, self.pages, self._none))
        both = row(left, gap=20)
        both.addWidget(self._stack, 1)
        self.add(both, 1)
        self.back = button(self.tr("返回上一页 Alt+←"), name="help_back")
        self.back.clicked.connect(self._go_back)
        close = button(self.tr("关闭 Enter"), "primary", "help_close")
        close.clicked.connect(self.accept)
        self.add_buttons(self.back, None, close, default=close)
        self.back.hide()
        self._take_room(parent)
        self._find("")
        self.show_topic(current)
        self.search.setFocus()

    def _take_room(self, parent: QWidget | None) -> None:
        """Pictures want room: nearly all of the window, so that one still sees over what the help lies."""
        window = parent.window() if parent is not None else None
        if window is None or window.width() < 1000:
            self.resize(1000, 600)
        else:
            self.resize(min(window.width() - _ASIDE, 1400), window.height() - _ASIDE)

    def show_topic(self, topic: str) -> None:
        """Open a page by its id or by a part of the screen it answers for; one that does not exist opens the keys."""
        self._back_to = []
        self.back.hide()
        self._go_to(next((t.id for t in self._topics if topic == t.id or topic in t.answers), KEYS))

    def ask_help(self) -> None:
        """It is here already."""

    def current(self) -> str:
        """The page on show; "" when the search found none."""
        return self._id(self.pages.currentRow())

    def found(self) -> list[str]:
        """The pages listed, without the books' headings."""
        return [one for one in map(self._id, range(self.pages.count())) if one]

    def _id(self, line: int) -> str:
        entry = self.pages.item(line)
        return str(entry.data(Qt.ItemDataRole.UserRole) or "") if entry is not None else ""

    def _line_of(self, page: str) -> int:
        return next((line for line in range(self.pages.count()) if self._id(line) == page), -1)

    def _go_to(self, page: str) -> None:
        if self._line_of(page) < 0:
            self.search.clear()  # what was searched for does not hold it
        line = self._line_of(page)
        self.pages.setCurrentRow(line if line >= 0 else 0)

    def _follow(self, page: str) -> None:
        if any(topic.id == page for topic in self._topics):
            self._back_to.append(self.current())
            self._go_to(page)
            self.back.show()
            self.page.setFocus()

    def _go_back(self) -> None:
        if self._back_to:
            self._go_to(self._back_to.pop())
        self.back.setVisible(bool(self._back_to))

    def _find(self, words: str) -> None:
        wanted = words.lower().split()
        before = self.current()
        self.pages.clear()
        group = ""
        for topic in self._topics:
            said = f"{topic.title}\n{topic.words}".lower()
            if not all(word in said for word in wanted):
                continue
            if topic.group != group:
                group = topic.group
                self._add_heading(group)
            entry = QListWidgetItem(topic.title)
            entry.setData(Qt.ItemDataRole.UserRole, topic.id)
            entry.setToolTip(topic.title)
            self.pages.addItem(entry)
        found = self.found()
        self._none.setVisible(not found)
        if found:
            # The page that is open stays while it fits; else the first one that has the words in its title.
            first = next((t.id for t in self._topics if t.id in found and wanted and wanted[0] in t.title.lower()), "")
            self._go_to(before if before in found else first or found[0])

    def _add_heading(self, words: str) -> None:
        heading = QListWidgetItem(words)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        self.pages.addItem(heading)

    def _show(self) -> None:
        topic = next((t for t in self._topics if t.id == self.current()), None)
        if topic is None:
            return
        if topic.id == KEYS:
            self._stack.setCurrentWidget(self._keys)
            return
        self._stack.setCurrentWidget(self.page)
        self.page.set_page(topic.html)
        first = next(iter(self.search.text().split()), "")
        if first:
            self.page.find(first)  # marks it and scrolls there

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        if isinstance(a1, QKeyEvent) and a1.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(a1.key()), 0)
            if by and not a1.modifiers() and self.found():
                self._step(by)
                return True
            turn = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(a1.key()), 0)
            area = self.page if self._stack.currentWidget() is self.page else self._keys
            bar = area.verticalScrollBar()
            if turn and bar is not None:
                bar.setValue(bar.value() + turn * bar.pageStep())
                return True
        return False

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() == Qt.Key.Key_Left and a0.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._go_back()
            return
        super().keyPressEvent(a0)

    def _step(self, by: int) -> None:
        found = self.found()
        at = found.index(self.current()) if self.current() in found else 0
        self._go_to(found[min(max(at + by, 0), len(found) - 1)])

    def _key_words(self) -> str:
        return "\n".join(f"{a.key} {a.words} {a.help}" for a in actions())
