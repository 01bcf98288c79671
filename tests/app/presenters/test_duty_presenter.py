"""The first start of a working window, and what happens when nobody may be signed in: on real widgets and store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.clock import SystemClock
from app.domain.errors import EnvironmentProblem
from app.presenters.desk import Desk
from app.presenters.duty import DutyPresenter
from app.services.clerks import Clerks
from app.services.duty import Duty
from app.services.pins import StorePins
from app.workers.tasks import TaskRunner
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store
from widgets.blind import Blind
from widgets.dialogs.sign_in import SignInMode
from widgets.window import MainWindow

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PutAway = Callable[[Callable[[], None]], None]


@dataclass
class Bench:
    window: MainWindow
    desk: Desk
    duty: Duty
    clerks: Clerks
    presenter: DutyPresenter
    put_away: list[PutAway]

    @property
    def covered(self) -> bool:
        return bool(self.window.findChildren(Blind))


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    tasks, clock, duty = TaskRunner(), SystemClock(), Duty()
    desk = Desk(clock, tasks, window.notice)
    put_away: list[PutAway] = [lambda then: then()]
    with Profile(tmp_path / "p", "demo") as profile, Store.open(profile, DemoKeys(profile.folder), clock) as store:
        clerks = Clerks(store, clock, duty, "A07", StorePins(QUICK))
        presenter = DutyPresenter(
            window, desk, clerks, duty, put_away=lambda then: put_away[0](then), idle_minutes=0, place="大厅"
        )
        yield Bench(window, desk, duty, clerks, presenter, put_away)
        tasks.close()
        presenter.close()


def fill(bench: Bench, *words: str) -> None:
    dialog = bench.presenter.dialog
    lines = [w for w in dialog.findChildren(QLineEdit) if w.isVisible()]
    for line, text in zip(sorted(lines, key=lambda w: w.y()), words, strict=True):
        line.setFocus()
        line.setText(text)
    QTest.keyClick(lines[-1], Qt.Key.Key_Return)


def test_the_first_start_registers_the_first_clerk_who_is_then_on_duty(qtbot: QtBot, bench: Bench) -> None:
    with qtbot.waitSignal(bench.presenter.began, timeout=5000) as began:
        bench.presenter.start()
        assert bench.covered, "nothing is shown before somebody is known"
        qtbot.waitUntil(lambda: bench.presenter.dialog.mode is SignInMode.FIRST, timeout=5000)
        qtbot.waitUntil(bench.presenter.dialog.isVisible)
        fill(bench, "0231", "李敏㛃", "111111", "111111")
        qtbot.waitUntil(lambda: "口令太容易猜" in bench.presenter.dialog.said(), timeout=5000)
        assert bench.duty.holder is None
        fill(bench, "0231", "李敏㛃", "280714", "280714")
    assert began.signal_triggered
    assert bench.duty.clerk == "李敏㛃"
    assert not bench.covered
    labels = [label.text() for label in bench.window.header.findChildren(QLabel)]
    assert "窗口人员：李敏㛃" in labels
    assert "服务中" in labels


def test_a_known_clerk_signs_in_and_out(qtbot: QtBot, bench: Bench) -> None:
    bench.clerks.register_first("0231", "李敏", "280714", "280714")
    bench.presenter.start()
    dialog = bench.presenter.dialog
    qtbot.waitUntil(lambda: dialog.isVisible() and dialog.mode is SignInMode.SIGN_IN, timeout=5000)
    fill(bench, "280715")
    qtbot.waitUntil(lambda: "口令不对" in dialog.said(), timeout=5000)
    assert bench.covered
    fill(bench, "280714")
    qtbot.waitUntil(lambda: bench.presenter.on, timeout=5000)
    with qtbot.waitSignal(bench.presenter.ended, timeout=5000):
        bench.presenter.sign_out()
    assert bench.duty.holder is None
    assert bench.covered


def test_when_the_visit_in_hand_cannot_be_parked_nobody_is_signed_out(qtbot: QtBot, bench: Bench) -> None:
    bench.clerks.register_first("0231", "李敏", "280714", "280714")
    bench.clerks.sign_in("0231", "280714")
    bench.presenter.start()
    bench.presenter.lock()
    dialog = bench.presenter.dialog
    qtbot.waitUntil(dialog.isVisible)

    def full(then: Callable[[], None]) -> None:
        def work() -> None:
            raise EnvironmentProblem("磁盘已满", "没有保存。", "请清理磁盘。")

        bench.desk.tasks.run(work, lambda _: then())

    bench.put_away[0] = full
    dialog.others.emit()
    qtbot.waitUntil(lambda: "磁盘已满" in dialog.said(), timeout=5000)
    assert bench.duty.clerk == "李敏"
    assert bench.covered
    fill(bench, "280714")
    qtbot.waitUntil(lambda: bench.presenter.on, timeout=5000)
    assert not bench.covered


def test_the_idle_lock_rests_while_the_screen_is_a_citizens(qtbot: QtBot, bench: Bench) -> None:
    bench.clerks.register_first("0231", "李敏", "280714", "280714")
    bench.clerks.sign_in("0231", "280714")
    locking = DutyPresenter(
        bench.window,
        bench.desk,
        bench.clerks,
        bench.duty,
        put_away=lambda then: then(),
        idle_minutes=0.5 / 60,
        place="大厅",
    )
    locking.start()
    locking.hold_lock(True)
    qtbot.wait(900)
    assert not locking.covered
    locking.hold_lock(False)
    qtbot.waitUntil(lambda: locking.covered, timeout=20_000)
    locking.close()
