"""Whoever lays down a listed document: the clerk is told at once, the card says so until the next, the trail once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import pytest
from desk_parts import Parts
from pytestqt.qtbot import QtBot

from app.identity.lists import DocumentList, InForce, ListedDocument, ListStanding, Why, pack
from app.identity.verification import Ground
from app.presenters.desk import Desk
from app.presenters.list_watch import ListWatch
from app.services.heed_lists import LISTED, HeedLists, listed_of
from app.services.verify_identity import VerifyIdentity
from app.workers.tasks import TaskRunner
from widgets.notice import NoticeBar

WAIT = 20_000


class Counter:
    def __init__(self, qtbot: QtBot, parts: Parts) -> None:
        self.qtbot, self.parts = qtbot, parts
        self.notice, self.tasks = NoticeBar(), TaskRunner()
        qtbot.addWidget(self.notice)
        self.desk = Desk(parts.clock, self.tasks, self.notice)
        self.told: list[tuple[str, ...]] = []
        self.desk.tell = lambda *words: self.told.append(tuple(map(str, words)))  # type: ignore[method-assign]
        now, salt = parts.clock.now(), b"s" * 16
        entries = pack([(ListedDocument("CHN", "330502199003150512", "2040-06-18"), Why.LOST)], salt)
        found = InForce(DocumentList(1, 0, now, now + dt.timedelta(days=1), salt, entries))
        duty = parts.counter.duty
        identity = VerifyIdentity(parts.store, parts.clock, duty, lambda: ListStanding(found))
        self.watch = ListWatch(self.desk, HeedLists(parts.store, identity, parts.clock, duty))

    def read(self, person: str = "zhang-wei") -> None:
        self.desk.change(self.parts.identified(self.desk.visit, person))
        self.tasks.wait()
        self.qtbot.wait(1)

    def listed(self) -> list[str]:
        trail = self.parts.store.trail_of(self.desk.visit.visit_id, LISTED)
        assert all("330502199003150512" not in entry.details for entry in trail)
        return [json.loads(entry.details)["ground"] for entry in trail]


@pytest.fixture
def counter(qtbot: QtBot, parts: Parts) -> Iterator[Counter]:
    made = Counter(qtbot, parts)
    yield made
    made.tasks.wait()
    made.tasks.close()


def test_a_lost_card_is_said_at_once_and_written_down_once(counter: Counter) -> None:
    counter.read()
    counter.qtbot.waitUntil(lambda: bool(counter.told), timeout=WAIT)
    assert "已挂失" in " ".join(counter.told[0])
    assert listed_of(counter.desk.visit) is Ground.LISTED_LOST
    counter.desk.change(counter.desk.visit.with_event(counter.parts.clock.now(), "演示员", "page.captured", "x"))
    counter.tasks.wait()
    counter.qtbot.wait(1)
    assert (counter.listed(), len(counter.told)) == ([Ground.LISTED_LOST], 1)
    assert counter.desk.undo()
    assert counter.listed() == [Ground.LISTED_LOST]


def test_the_next_card_is_not_the_lost_one(counter: Counter) -> None:
    counter.read()
    counter.qtbot.waitUntil(lambda: bool(counter.told), timeout=WAIT)
    counter.read("wang-ji")
    assert listed_of(counter.desk.visit) is None
    assert len(counter.told) == 1
    counter.read()
    counter.qtbot.waitUntil(lambda: len(counter.told) == 2, timeout=WAIT)
    assert len(counter.listed()) == 2


def test_an_answer_about_the_visitor_before_is_dropped(counter: Counter) -> None:
    counter.desk.change(counter.parts.identified(counter.desk.visit))
    counter.desk.begin()
    counter.tasks.wait()
    counter.qtbot.wait(1)
    assert counter.told == []
