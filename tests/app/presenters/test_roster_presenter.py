"""Ctrl+Shift+H on the real window, against a real gateway: the week, a demand with the firm filled in, leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk_parts import Parts
from outing_kit import MOBILE, MobileWindow, mobile_window
from PyQt6.QtCore import QObject, pyqtSignal
from pytestqt.qtbot import QtBot
from roster_kit import FACTORY, change

from app.domain.clock import shanghai
from app.domain.stationing import ChangeKind, Specialist
from app.presenters.desk import Desk
from app.presenters.roster import RosterPresenter
from app.services.matters import Asked, Matters
from app.services.roster import MyStations
from app.workers.tasks import TaskRunner
from widgets.window import MainWindow

LONG = 30_000


class Main:
    """The part of MainPresenter that is needed."""

    def __init__(self) -> None:
        self.routes: dict[str, Callable[[], object]] = {}

    def add(self, action: str, run: Callable[[], object], possible: Callable[[], bool] = lambda: True) -> None:
        self.routes[action] = run


class Status(QObject):
    synced = pyqtSignal(object)


class Opened:
    """Notes what the panel leads to: the list of matters with a new one, a firm's page."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.numbers: list[str] = []

    def open(self) -> None:
        pass

    def register(self, known: Asked) -> None:
        self.asked.append(known)

    def open_number(self, number: str) -> None:
        self.numbers.append(number)


@pytest.fixture
def mobile(parts: Parts, tmp_path: Path) -> Iterator[MobileWindow]:
    with mobile_window(parts, tmp_path, feeds=("cases", "visits", "matters", "roster")) as made:
        holder = parts.counter.duty.holder
        assert holder is not None
        day = shanghai(parts.clock.now()).date()
        me = Specialist(holder.number, holder.name, MOBILE)
        hours = {"start": dt.time(0), "end": dt.time(23, 59)}
        made.gateway.gateway.roster.change(change(ChangeKind.EXTRA, day, specialist=me, post=FACTORY, **hours))
        assert made.engine.run_once().online
        yield made


def test_the_panel_leads_to_a_demand_to_the_firm_and_to_leave(mobile: MobileWindow, qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    counter = mobile.parts.counter
    matters = Matters(counter, mobile.parts.issue_paper())
    service = MyStations(counter.store, counter.clock, counter.duty, matters.listed, mobile.packs.listed)
    service.run()
    mobile.gateway.stop()  # at the firm there is no line
    tasks = TaskRunner()
    desk = Desk(mobile.parts.clock, tasks, window.notice)
    main, status, led = Main(), Status(), Opened()
    kicked: list[bool] = []
    presenter = RosterPresenter(
        window,
        desk,
        service,
        main,  # type: ignore[arg-type]
        status,  # type: ignore[arg-type]
        matters=led,  # type: ignore[arg-type]
        firm=led,  # type: ignore[arg-type]
        sync_now=lambda: kicked.append(True),
    )
    dialog = presenter.dialog
    main.routes["stations"]()
    qtbot.waitUntil(lambda: bool(dialog.rows), timeout=LONG)
    (row,) = dialog.rows
    assert (row.firm, row.state, row.today) == (FACTORY.name, "加班专员", True)
    assert ("联系", f"{FACTORY.contact} {FACTORY.phone}") in row.facts

    dialog.new.emit(row.id)
    (asked,) = led.asked
    assert (asked.firm, asked.firm_number, asked.contact, asked.phone) == (
        FACTORY.name, FACTORY.number, FACTORY.contact, FACTORY.phone
    )  # fmt: skip
    dialog.firm.emit(row.id)
    assert led.numbers == [FACTORY.number]

    main.routes["stations"]()
    qtbot.waitUntil(lambda: not tasks.busy, timeout=LONG)
    dialog.leave.emit(row.id)
    asking = presenter._leave
    assert asking is not None
    asking.given.emit(" ", 0)
    qtbot.waitUntil(lambda: "原因" in asking._said.text(), timeout=LONG)
    asking.given.emit("看病", 0)
    qtbot.waitUntil(lambda: dialog.rows[0].state == "请假（待传）", timeout=LONG)
    assert "leave" not in dialog.rows[0].can
    assert len(mobile.parts.store.absence_entries()) == 1
    dialog.accept()
    tasks.close()
