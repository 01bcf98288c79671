"""The palette with a real window: providers, order, what cannot be done, what comes late."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.clock import SystemClock
from app.presenters.desk import Desk
from app.presenters.palette import KEY, ActionProvider, Entry, PalettePresenter
from app.services.quick_names import QuickNames
from app.workers.tasks import TaskRunner
from widgets.theme import apply_theme
from widgets.views_around import PaletteRow
from widgets.window import MainWindow

K = Qt.Key


@dataclass
class Papers:
    texts: dict[str, str] = field(default_factory=dict)

    def setting(self, key: str) -> str | None:
        return self.texts.get(key)

    def set_setting(self, key: str, value: str) -> None:
        self.texts[key] = value


@dataclass
class Bench:
    window: MainWindow
    palette: PalettePresenter
    papers: Papers
    tasks: TaskRunner
    done: list[str]

    def entry(self, name: str, score: float, possible: bool = True) -> Entry:
        row = PaletteRow(f"x:{name}", "item", name, possible=possible, why="" if possible else "还不行")
        return Entry(row, lambda: self.done.append(name), score)

    def shown(self) -> list[str]:
        return [row.title for row in self.palette.dialog.rows()]

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.palette.dialog.search, key)

    def type(self, words: str) -> None:
        self.palette.dialog.search.setText(words)


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Callable[..., Bench]:
    def made(**texts: str) -> Bench:
        if not qapp.styleSheet():
            apply_theme(qapp)
        window = MainWindow()
        qtbot.addWidget(window)
        window.show()
        tasks, papers = TaskRunner(window), Papers(dict(texts))
        palette = PalettePresenter(window, Desk(SystemClock(), tasks, window.notice), papers)
        tasks.wait()
        qtbot.waitUntil(lambda: not tasks.busy)
        return Bench(window, palette, papers, tasks, [])

    return made


def test_all_actions_are_found_by_pinyin_and_done_by_enter(make: Callable[..., Bench]) -> None:
    bench = make()
    bench.palette.add(ActionProvider(bench.window, QuickNames()))
    told: list[str] = []
    bench.window.action.connect(told.append)
    bench.palette.open()
    assert "命令面板" not in bench.shown()
    assert bench.shown()[-1] == "帮助"
    bench.type("kb")
    assert bench.shown() == ["今日看板"]
    row = bench.palette.dialog.rows()[0]
    assert (row.key, row.spans) == ("F10", ((2, 4),))
    bench.press(K.Key_Return)
    assert told == ["board"]
    assert bench.palette.dialog.isHidden()


def test_what_is_not_possible_says_why_and_does_nothing(make: Callable[..., Bench]) -> None:
    bench = make()
    bench.palette.add(ActionProvider(bench.window, QuickNames()))
    told: list[str] = []
    bench.window.action.connect(told.append)
    bench.window.set_action_enabled("accept", False, "先选事项 F3")
    bench.palette.open()
    assert bench.shown()[-1] == "受理打印", "what cannot be done stands last"
    bench.type("受理打印")
    (row,) = bench.palette.dialog.rows()
    assert (row.possible, row.why) == (False, "先选事项 F3")
    bench.press(K.Key_Return)
    assert told == []
    assert bench.palette.dialog.isVisible()
    bench.press(K.Key_Escape)
    assert bench.palette.dialog.search.text() == ""
    bench.press(K.Key_Escape)
    assert bench.palette.dialog.isHidden()


def test_recents_come_first_and_are_remembered(make: Callable[..., Bench], qtbot: QtBot) -> None:
    bench = make()
    bench.palette.add(lambda words: [bench.entry("甲", 50), bench.entry("乙", 45), bench.entry("丙", 20)])
    bench.palette.open()
    assert bench.shown() == ["甲", "乙", "丙"]
    bench.press(K.Key_Down, K.Key_Down, K.Key_Return)
    assert bench.done == ["丙"]
    bench.palette.open()
    assert bench.shown() == ["丙", "甲", "乙"]
    bench.press(K.Key_Down, K.Key_Down, K.Key_Return)
    bench.type("x")
    # With words, what was used lately is a little nearer, not first at any price.
    bench.palette.open()
    bench.type("x")
    assert bench.shown() == ["乙", "甲", "丙"]
    qtbot.waitUntil(lambda: not bench.tasks.busy)
    assert json.loads(bench.papers.texts[KEY]) == ["x:乙", "x:丙"]
    other = make(**{KEY: bench.papers.texts[KEY]})
    other.palette.add(lambda words: [other.entry("甲", 50), other.entry("乙", 45), other.entry("丙", 20)])
    other.palette.open()
    assert other.shown() == ["乙", "丙", "甲"]


@pytest.mark.parametrize("text", ["{", "17", '[1, null, "x:甲"]'])
def test_a_damaged_memory_stops_nobody(make: Callable[..., Bench], text: str) -> None:
    bench = make(**{KEY: text})
    bench.palette.add(lambda words: [bench.entry("甲", 50)])
    bench.palette.open()
    assert bench.shown() == ["甲"]


def test_slow_ones_come_in_late_and_move_no_mark(make: Callable[..., Bench], qtbot: QtBot) -> None:
    bench = make()
    gate = threading.Event()

    def slow(words: str) -> list[Entry]:
        gate.wait(10)
        return [bench.entry(f"慢{words}", 99)]

    bench.palette.add(lambda words: [bench.entry("甲", 50), bench.entry("乙", 45)])
    bench.palette.add(slow, slow=True)
    bench.palette.open()
    bench.type("字")
    assert bench.shown() == ["甲", "乙"], "nobody waits"
    bench.press(K.Key_Down)
    gate.set()
    qtbot.waitUntil(lambda: "慢字" in bench.shown())
    assert bench.shown() == ["慢字", "甲", "乙"], "and what an earlier question found is dropped"
    current = bench.palette.dialog.current()
    assert current is not None
    assert current.title == "乙"


def test_a_key_stroke_asks_each_provider_once(make: Callable[..., Bench]) -> None:
    bench = make()
    asked: list[str] = []

    def provider(words: str) -> list[Entry]:
        asked.append(words)
        return []

    bench.palette.add(provider)
    bench.palette.open()
    asked.clear()
    bench.type("造火箭")
    assert asked == ["造火箭"]
    assert bench.shown() == []
