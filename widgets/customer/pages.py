"""The quiet pages of the citizen's screen: nobody here, being served, a notice, a word of thanks."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from widgets.bits import ElidedLabel, clear, column, row, rule, set_text, text
from widgets.customer.views import NoticeView, ServingView

MOST_LINES = 8
"""Lines of a list that fit the smallest screen; what is more is counted in words."""


class IdlePage(QWidget):
    """Hall, window, and whether it serves."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("citizen_idle")
        self._hall = _centred("citizen_title", "citizen_hall")
        self._window = _centred("citizen_hero", "citizen_window")
        self._state = _centred("citizen_title", "citizen_state")
        self._todo = _centred("citizen_soft", "citizen_todo")
        self._hours = _centred("citizen_soft", "citizen_hours")
        self._hours.hide()
        whole = column(None, self._hall, self._window, self._state, self._todo, self._hours, None, gap=20)
        whole.setContentsMargins(48, 32, 48, 32)
        self.setLayout(whole)
        self.set_open(True)

    def set_place(self, hall: str, window: str) -> None:
        self._hall.setText(hall)
        self._window.setText(window)

    def set_hours(self, lines: Sequence[str]) -> None:
        """When the window is open, a line each; nothing where nothing is said of it."""
        self._hours.setText("\n".join(lines))
        self._hours.setVisible(bool(lines))

    def set_open(self, on: bool) -> None:
        """Does the window serve now?"""
        self._state.setText(self.tr("欢迎") if on else self.tr("暂停服务"))
        self._todo.setText(
            self.tr("请出示身份证件或电子证照") if on else self.tr("请到其他窗口办理，给您带来不便请谅解")
        )
        self.setAccessibleName(f"{self._hall.text()} {self._window.text()} {self._state.text()}")


class ServingPage(QWidget):
    """What is being done for the visitor."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("citizen_serving")
        self.setAccessibleName(self.tr("正在为您办理"))
        self._person = ElidedLabel(role="citizen_title")
        self._person.setObjectName("citizen_person")
        self._items = QVBoxLayout()
        self._known = QGridLayout()
        self._known.setHorizontalSpacing(24)
        self._known.setVerticalSpacing(10)
        self._known.setColumnStretch(1, 1)
        self._owed = QVBoxLayout()
        self._fee = text(role="citizen_soft", name="citizen_fee")
        self._known_title = text(self.tr("已读取的信息"), "citizen_heading")
        self._owed_title = text(self.tr("还需要的材料"), "citizen_heading")
        left = column(self._known_title, self._known, None, gap=12)
        right = column(self._owed_title, self._owed, None, gap=12)
        halves = row(gap=40)
        halves.addLayout(left, 3)
        halves.addLayout(right, 2)
        whole = column(self._person, self._items, rule(), halves, gap=16)
        whole.setStretch(3, 1)
        whole.addWidget(self._fee)
        whole.setContentsMargins(40, 28, 40, 28)
        self.setLayout(whole)

    def set_view(self, view: ServingView) -> None:
        words = self.tr("{0}，正在为您办理").format(view.person) if view.person else self.tr("正在为您办理")
        self._person.setText(words)
        _lines(self._items, _some(view.items, 4, self.tr("等 {0} 项")), "citizen")
        clear(self._known)
        shown = view.known[:MOST_LINES]
        for line, (title, value) in enumerate(shown):
            self._known.addWidget(text(title, "citizen_soft"), line, 0)
            self._known.addWidget(ElidedLabel(value, "citizen"), line, 1)
        if view.count:
            self._known.addWidget(text(self.tr("{0} 项，不用再填").format(view.count), "citizen"), 0, 0, 1, 2)
        self._known_title.setVisible(bool(view.known or view.count))
        _lines(self._owed, _some(view.owed, MOST_LINES, self.tr("等 {0} 份")), "citizen")
        self._owed_title.setVisible(bool(view.owed))
        set_text(self._fee, self.tr("收费：{0}").format(view.fee) if view.fee else "")


class NoticePage(QWidget):
    """A one-time notice in large type; the paper says the same."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("citizen_notice")
        self.setAccessibleName(self.tr("一次性告知"))
        self._number = text(role="citizen_soft", name="citizen_notice_number")
        self._lacks = QVBoxLayout()
        self._lacks.setSpacing(14)
        whole = column(
            text(self.tr("请您补齐以下内容"), "citizen_title"), self._number, rule(), self._lacks, None, gap=16
        )
        whole.setContentsMargins(40, 28, 40, 28)
        self.setLayout(whole)

    def set_view(self, view: NoticeView) -> None:
        self._number.setText(self.tr("一次性告知书 {0}，以纸质告知书为准").format(view.number))
        clear(self._lacks)
        most = MOST_LINES - 2
        for name, what in view.lacks[:most]:
            self._lacks.addWidget(ElidedLabel(self.tr("{0}：{1}").format(name, what) if what else name, "citizen"))
        if len(view.lacks) > most:
            rest = self.tr("另有 {0} 项，见告知书").format(len(view.lacks) - most)
            self._lacks.addWidget(text(rest, "citizen_soft"))


class WordsPage(QWidget):
    """A few large words: 已收到您的签字, 谢谢."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("citizen_words")
        self._title = _centred("citizen_hero", "citizen_words_title")
        self._below = _centred("citizen_soft", "citizen_words_below")
        whole = column(None, self._title, self._below, None, gap=20)
        whole.setContentsMargins(48, 32, 48, 32)
        self.setLayout(whole)

    def say(self, title: str, below: str = "") -> None:
        self._title.setText(title)
        self._below.setText(below)
        self.setAccessibleName(f"{title} {below}".strip())


def _centred(role: str, name: str) -> QLabel:
    label = text(role=role, name=name, wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label


def _some(words: Sequence[str], most: int, more: str) -> list[str]:
    """At most so many lines; the last one then says how many there are."""
    shown = list(words[:most])
    return [*shown[:-1], f"{shown[-1]} {more.format(len(words))}"] if len(words) > most else shown


def _lines(layout: QVBoxLayout, words: Sequence[str], role: str) -> None:
    clear(layout)
    for line in words:
        layout.addWidget(ElidedLabel(line, role))
