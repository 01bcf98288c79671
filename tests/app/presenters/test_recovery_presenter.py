"""The manager is led to a recovery code once, reminded after that, and it counts when it was typed back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from key_kit import CLERK, MANAGER, OTHER_PIN, PIN, MemoryKeyring, locked, make_slotted
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.clock import SystemClock
from app.presenters.desk import Desk
from app.presenters.recovery import RecoveryPresenter
from app.services.clerks import Clerks
from app.services.recovery import Recovery
from app.workers.tasks import TaskRunner
from offline_db.keylock import KeyLock
from widgets.dialogs.recovery import RecoveryDialog
from widgets.window import MainWindow


@dataclass
class Bench:
    window: MainWindow
    clerks: Clerks
    lock: KeyLock
    presenter: RecoveryPresenter

    @property
    def dialog(self) -> RecoveryDialog:
        assert self.presenter.dialog is not None
        return self.presenter.dialog

    def open(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: self.presenter.dialog is not None, timeout=20_000)

    @property
    def code(self) -> str:
        return "-".join(label.text() for label in self.dialog.findChildren(QLabel, "recovery_group"))

    @property
    def notice(self) -> str:
        return " ".join(label.text() for label in self.window.notice.findChildren(QLabel))


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    clock, backend = SystemClock(), MemoryKeyring()
    make_slotted(tmp_path / "p", backend, clock)
    window, tasks = MainWindow(), TaskRunner()
    qtbot.addWidget(window)
    window.show()
    desk = Desk(clock, tasks, window.notice)
    with locked(tmp_path / "p", backend, clock) as held:
        held.lock.fits(MANAGER[0], PIN)
        with held.opened() as (store, clerks, duty):
            presenter = RecoveryPresenter(window, desk, Recovery(held.lock, store, clock, duty, "A07"))
            yield Bench(window, clerks, held.lock, presenter)
            tasks.close()
            presenter.close()


def test_a_manager_is_led_to_it_once_and_then_reminded_in_a_line(qtbot: QtBot, bench: Bench) -> None:
    bench.clerks.sign_in(CLERK[0], OTHER_PIN)
    assert not bench.presenter.possible()
    bench.presenter.remind()
    bench.clerks.sign_in(MANAGER[0], PIN)
    assert bench.presenter.possible()
    bench.presenter.remind()
    bench.open(qtbot)
    QTest.keyClick(bench.dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bench.presenter.dialog is None, timeout=20_000)
    assert not bench.lock.has_recovery
    bench.presenter.remind()
    qtbot.waitUntil(lambda: "还没有恢复码" in bench.notice, timeout=20_000)
    assert bench.presenter.dialog is None, "a visitor may be standing there"
    assert "Ctrl+Shift+K" in bench.notice


def test_it_counts_once_it_was_typed_back(qtbot: QtBot, bench: Bench) -> None:
    bench.clerks.sign_in(MANAGER[0], PIN)
    bench.presenter.open()
    bench.open(qtbot)
    code = bench.code
    QTest.keyClick(bench.dialog, Qt.Key.Key_Return)
    bench.dialog.line.setText("7K3MX")
    QTest.keyClick(bench.dialog.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "恢复码有误" in bench.dialog.said(), timeout=20_000)
    assert not bench.lock.has_recovery
    bench.dialog.line.setText(code)
    QTest.keyClick(bench.dialog.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bench.presenter.dialog is None, timeout=20_000)
    assert bench.lock.has_recovery
    assert bench.lock.fits_code(code)
    assert "恢复码已保存" in bench.notice
    bench.presenter.remind()
    QApplication.processEvents()
    assert bench.presenter.dialog is None, "there is one now"
    bench.presenter.open()
    bench.open(qtbot)
    assert bench.dialog.findChild(QLabel, "recovery_replaces") is not None
    assert bench.code != code


def test_the_code_goes_when_the_screen_is_left(qtbot: QtBot, bench: Bench) -> None:
    bench.clerks.sign_in(MANAGER[0], PIN)
    bench.presenter.open()
    bench.open(qtbot)
    bench.presenter.close()
    assert bench.presenter.dialog is None


def test_a_demo_has_none(qtbot: QtBot, bench: Bench) -> None:
    demo = RecoveryPresenter(bench.window, bench.presenter._desk, None)
    assert not demo.possible()
    demo.remind()
    demo.open()
    assert demo.dialog is None
