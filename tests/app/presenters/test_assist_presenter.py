"""The offer of an assisted visit: one quiet line, answered once a visit, gone with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from desk_parts import Parts
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.assisted import AssistRules, Choice, Role
from app.domain.person import IdCard
from app.presenters.assist import AssistPresenter
from app.presenters.desk import Desk
from app.services.companion import Companions
from app.workers.tasks import TaskRunner
from devices.kinds.identity import CardReading
from devices.outcome import Outcome, Reply
from widgets.theme import apply_theme
from widgets.window import MainWindow

OLD, ADULT = "wang-ji", "zhang-wei"


@dataclass
class Actions:
    """The part of MainPresenter that is needed."""

    open_now: bool = True
    routes: dict[str, Callable[[], object]] = field(default_factory=dict)
    possible: dict[str, Callable[[], bool]] = field(default_factory=dict)

    def add(self, action: str, run: Callable[[], object], possible: Callable[[], bool]) -> None:
        self.routes[action], self.possible[action] = run, possible


class Reader:
    """Answers at once with what lies on it."""

    device = SimpleNamespace(uri="test:")

    def __init__(self) -> None:
        self.reply: Reply[Any] = Reply(Outcome.NOT_PRESENT, detail="没有证件")

    def lay(self, card: IdCard) -> None:
        self.reply = Reply(Outcome.OK, CardReading(card, b"", ""))

    def call(self, work: object, done: Callable[[Reply[Any]], None]) -> None:
        done(self.reply)


@dataclass
class Bench:
    parts: Parts
    window: MainWindow
    desk: Desk
    assist: AssistPresenter
    actions: Actions
    reader: Reader

    def lay(self, person: str) -> None:
        self.desk.change(self.parts.identified(self.desk.visit, person))

    @property
    def offer(self) -> str:
        row = self.window.who.known.assist
        title = row.findChild(QLabel, "known_assist_title")
        return title.text() if title is not None and not row.isHidden() else ""


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, parts: Parts) -> Iterator[Bench]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    tasks = TaskRunner()
    desk = Desk(parts.clock, tasks, window.notice)
    actions, reader = Actions(), Reader()
    companions = Companions(parts.clock, parts.counter.duty)
    assist = AssistPresenter(window, desk, companions, AssistRules(), cast(Any, reader), cast(Any, actions))
    yield Bench(parts, window, desk, assist, actions, reader)
    tasks.wait()
    tasks.close()


def test_it_is_offered_once_without_taking_the_focus(bench: Bench) -> None:
    bench.desk.begin()
    bench.window.show_picker()
    before = bench.window.focusWidget()
    bench.lay(OLD)
    assert bench.offer == "可以帮办"
    assert bench.window.focusWidget() is before
    assert bench.window.notice.title() == "", "nothing is said over the work"
    bench.actions.routes["no_assist"]()
    assert bench.offer == ""
    bench.lay(OLD)  # read again at the same visit
    assert bench.offer == ""
    assert bench.desk.visit.assist.choice is Choice.DECLINED
    bench.desk.begin()
    bench.lay(OLD)
    assert bench.offer == "可以帮办", "another visit is another question"


def test_nobody_else_is_offered_it_and_anybody_may_have_it(bench: Bench) -> None:
    bench.desk.begin()
    bench.lay(ADULT)
    assert bench.offer == ""
    assert not bench.actions.possible["no_assist"]()
    bench.actions.routes["assist"]()
    assert bench.offer == "帮办中"
    events = [event for event in bench.desk.visit.events if event.action.startswith("assist")]
    assert [(event.action, event.details) for event in events] == [("assist.begun", {})]


def test_the_fold_has_its_key_only_where_there_is_one(bench: Bench) -> None:
    bench.desk.begin()
    bench.lay(OLD)
    assert not bench.actions.possible["show_known"]()
    bench.actions.routes["assist"]()
    assert not bench.actions.possible["show_known"](), "no form yet"
    bench.desk.change(bench.parts.choose.add(bench.desk.visit, "open-a-barber-shop"))
    assert bench.actions.possible["show_known"]()
    bench.actions.routes["show_known"]()
    assert bench.window.notice.title() == "没有折叠的内容", "this window's form was given nothing"
    bench.actions.routes["assist"]()
    assert not bench.actions.possible["show_known"]()


def test_it_ends_with_the_visit(bench: Bench) -> None:
    bench.desk.begin()
    bench.lay(OLD)
    bench.actions.routes["assist"]()
    assert bench.window.form.known._on
    assert not bench.desk.visit.empty
    bench.desk.begin()
    assert not bench.desk.visit.assist.on
    assert bench.offer == ""
    assert not bench.window.form.known._on


def test_a_guardian_is_read_by_the_same_reader(bench: Bench) -> None:
    bench.desk.begin()
    bench.lay("wu-yan")
    bench.actions.routes["companion"]()
    dialog = bench.assist.dialog
    assert dialog is not None
    assert dialog.list.currentRow() == 0, "of a minor the guardian is the likely one"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert "没有读到证件" in bench.window.notice.title()
    own = bench.parts.world.person("wu-yan").card
    bench.reader.lay(own)
    bench.assist._read()
    assert "申请人自己" in bench.window.notice.title()
    bench.reader.lay(bench.parts.world.person("lu-tang").card)
    bench.assist._read()
    came = bench.desk.visit.assist.companion
    assert came is not None
    assert came.role is Role.GUARDIAN
    said = {fact.key: fact.value for fact in bench.desk.visit.form.facts if fact.role == "guardian"}
    assert said["guardian.name"] == "陆𬭚"


def test_after_acceptance_nothing_is_offered(bench: Bench) -> None:
    bench.desk.begin()
    bench.lay(OLD)
    bench.actions.open_now = False
    bench.desk.change(replace(bench.desk.visit, codes=()))
    assert bench.offer == ""
    assert not bench.actions.possible["assist"]()
