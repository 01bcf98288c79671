"""Before the window: one PIN opens the store and signs in, in a thread; what goes wrong is said where it was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
from key_kit import CLERK, MANAGER, NEW_PIN, OTHER_PIN, PIN, Locked, MemoryKeyring, locked, make_slotted
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.case import Window
from app.domain.clock import SystemClock
from app.domain.errors import EnvironmentProblem
from app.domain.item import Catalog
from app.domain.recovery_code import new_code
from app.presenters import door
from app.presenters.door import DoorPresenter
from app.presenters.doorway import Doorway
from app.presenters.station import Workstation
from app.services.clerks import Clerks
from app.services.door import Entry
from app.services.duty import Duty
from app.settings import Settings
from offline_db.store import Store
from widgets.dialogs.help import HelpDialog
from widgets.dialogs.sign_in import SignInMode

SETTINGS = Settings(Window("A03", "综合窗口", "市政务服务中心", "330502"), "https://gateway.example/", "A03-01")


@dataclass
class Station:
    """What of a workstation the door has to do with."""

    store: Store
    duty: Duty
    clerks: Clerks
    stack: ExitStack
    closed: bool = False

    def close(self) -> None:
        self.closed = True
        self.stack.close()


@dataclass
class Start:
    """A start of the program; `problems` are what `enter` meets, one after the other."""

    held: Locked
    problems: list[EnvironmentProblem] = field(default_factory=list)
    stations: list[Station] = field(default_factory=list)
    prepared: list[str] = field(default_factory=list)
    stolen: Callable[[], bool] = lambda: False

    def prepare(self) -> Catalog:
        self.prepared.append("catalog")
        return cast(Catalog, object())

    def enter(self, entry: Entry | None) -> Workstation:
        if self.problems:
            self.held.lock.forget()
            raise self.problems.pop(0)
        stack = ExitStack()
        store, clerks, duty = stack.enter_context(self.held.opened())
        assert entry is not None
        clerks.let_in(entry)
        self.stations.append(Station(store, duty, clerks, stack))
        return cast(Workstation, self.stations[-1])

    def presenter(self) -> DoorPresenter:
        way = Doorway(SETTINGS, self.held.door, self.prepare, self.enter, contact=lambda: self.stolen())
        return DoorPresenter(way, self.held.door)


@pytest.fixture
def backend() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def fresh(tmp_path: Path, backend: MemoryKeyring) -> Iterator[Start]:
    with locked(tmp_path / "p", backend, SystemClock()) as held:
        yield from started(held)


@pytest.fixture
def known(tmp_path: Path, backend: MemoryKeyring) -> Iterator[Start]:
    make_slotted(tmp_path / "p", backend, SystemClock())
    with locked(tmp_path / "p", backend, SystemClock()) as held:
        yield from started(held)


def started(held: Locked) -> Iterator[Start]:
    start = Start(held)
    yield start
    for station in start.stations:
        station.close()


def fill(presenter: DoorPresenter, *words: str) -> None:
    lines = [line for line in presenter.dialog.findChildren(QLineEdit) if line.isVisible()]
    for line, text in zip(sorted(lines, key=lambda w: w.y()), words, strict=True):
        line.setFocus()
        line.setText(text)
    QTest.keyClick(lines[-1], Qt.Key.Key_Return)


def ask(qtbot: QtBot, presenter: DoorPresenter, *steps: Any) -> Workstation | None:
    """Run the door's own loop; each step waits until it can act (returns True once it did)."""
    left = list(steps)
    timer = QTimer()

    def next_step() -> None:
        if left and presenter.dialog.isVisible() and left[0]():
            left.pop(0)

    timer.timeout.connect(next_step)
    timer.start(20)
    came = presenter.ask()
    timer.stop()
    presenter.close()
    assert left == [], "not every step was reached"
    return came


def when(mode: SignInMode, presenter: DoorPresenter, *words: str, said: str = "") -> Any:
    """A step: once the dialog asks this and has said that, type these words and Enter."""

    def step() -> bool:
        if presenter.dialog.mode is not mode or said not in presenter.dialog.said():
            return False
        if presenter.dialog.said() == presenter.dialog.tr("正在核对…"):
            return False
        fill(presenter, *words)
        return True

    return step


def test_the_first_start_registers_and_opens(qtbot: QtBot, fresh: Start) -> None:
    presenter = fresh.presenter()
    came = ask(
        qtbot,
        presenter,
        when(SignInMode.FIRST, presenter, *MANAGER, "111111", "111111"),
        when(SignInMode.FIRST, presenter, *MANAGER, PIN, PIN, said="口令太容易猜"),
    )
    assert came is not None
    (station,) = fresh.stations
    assert station.duty.clerk == MANAGER[1]
    assert fresh.prepared == ["catalog"]
    assert not presenter.window.isVisible()


def test_one_pin_and_the_clerk_is_on_duty(qtbot: QtBot, known: Start) -> None:
    presenter = known.presenter()

    def choose_second() -> bool:
        if presenter.dialog.mode is not SignInMode.SIGN_IN:
            return False
        assert not known.held.lock.is_open, "nothing is open before the PIN"
        QTest.keyClick(presenter.dialog.pin, Qt.Key.Key_Down)
        return True

    came = ask(
        qtbot,
        presenter,
        choose_second,
        when(SignInMode.SIGN_IN, presenter, "000000"),
        when(SignInMode.SIGN_IN, presenter, OTHER_PIN, said="再输错 2 次"),
    )
    assert came is not None
    assert known.stations[0].duty.clerk == CLERK[1]


def test_a_pin_for_once_is_changed_before_anything_opens(qtbot: QtBot, known: Start) -> None:
    known.held.lock.fits(MANAGER[0], PIN)
    known.held.lock.put(*MANAGER, OTHER_PIN, must_change=True)
    presenter = known.presenter()
    came = ask(
        qtbot,
        presenter,
        when(SignInMode.SIGN_IN, presenter, OTHER_PIN),
        when(SignInMode.NEW_PIN, presenter, OTHER_PIN, NEW_PIN, NEW_PIN),
    )
    assert came is not None
    assert known.held.lock.fits(MANAGER[0], NEW_PIN)


def test_what_fails_behind_a_right_pin_is_said_and_the_pin_asked_again(qtbot: QtBot, known: Start) -> None:
    known.problems.append(EnvironmentProblem("数据库比程序新", "当前版本不能打开。", "请安装最新版本。"))
    presenter = known.presenter()
    came = ask(
        qtbot,
        presenter,
        when(SignInMode.SIGN_IN, presenter, PIN),
        when(SignInMode.SIGN_IN, presenter, PIN, said="数据库比程序新"),
    )
    assert came is not None


def test_the_recovery_code_gives_a_new_pin(qtbot: QtBot, known: Start, backend: MemoryKeyring) -> None:
    code = new_code()
    known.held.lock.fits(MANAGER[0], PIN)
    known.held.lock.put_recovery(code)
    known.held.lock.forget()
    backend.kept.clear()
    presenter = known.presenter()

    def wants_code() -> bool:
        if "系统密钥环里没有本机密钥" not in presenter.dialog.said():
            return False
        QTest.keyClick(presenter.dialog.pin, Qt.Key.Key_F4)
        return True

    came = ask(
        qtbot,
        presenter,
        when(SignInMode.SIGN_IN, presenter, PIN),
        wants_code,
        when(SignInMode.RECOVER, presenter, "7K3MX", NEW_PIN, NEW_PIN),
        when(SignInMode.RECOVER, presenter, code.lower(), NEW_PIN, NEW_PIN, said="恢复码有误"),
    )
    assert came is not None
    assert known.stations[0].duty.clerk == MANAGER[1]


def test_leaving_the_program_opens_nothing(qtbot: QtBot, known: Start) -> None:
    presenter = known.presenter()

    def leave() -> bool:
        presenter.dialog.left.emit()
        return True

    assert ask(qtbot, presenter, leave) is None
    assert known.stations == []


def test_what_was_being_opened_when_the_window_was_closed_is_closed_again(qtbot: QtBot, known: Start) -> None:
    presenter = known.presenter()
    presenter.start()
    qtbot.waitUntil(presenter.dialog.isVisible, timeout=20_000)
    entry = known.held.door.open(MANAGER[0], PIN)
    QTimer.singleShot(0, lambda: (presenter._knocked(entry), presenter.window.close()))
    assert presenter.ask() is None
    (station,) = known.stations
    assert station.closed


def test_help_is_there_before_anybody_signed_in(qtbot: QtBot, known: Start) -> None:
    presenter = known.presenter()
    presenter.start()
    qtbot.waitUntil(presenter.dialog.isVisible, timeout=20_000)
    QTest.keyClick(presenter.dialog.pin, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: presenter.dialog.findChild(HelpDialog) is not None, timeout=20_000)
    presenter.leave()
    presenter.tasks.close()


def test_nothing_of_the_store_shows_before_the_pin(qtbot: QtBot, known: Start) -> None:
    presenter = known.presenter()
    presenter.start()
    qtbot.waitUntil(presenter.dialog.isVisible, timeout=20_000)
    texts = " ".join(w.windowTitle() for w in QApplication.topLevelWidgets() if w.isVisible())
    assert "一窗" in texts
    assert [presenter.dialog.clerks.item(at).text() for at in range(2)] == [  # type: ignore[union-attr]
        f"{MANAGER[1]}　工号 {MANAGER[0]}",
        f"{CLERK[1]}　工号 {CLERK[0]}",
    ]
    presenter.leave()
    presenter.tasks.close()


def test_a_stolen_machine_leaves_at_the_door(qtbot: QtBot, known: Start) -> None:
    known.stolen = lambda: True
    presenter = known.presenter()
    assert ask(qtbot, presenter) is None
    assert not presenter.window.isVisible()
    assert known.stations == []


def test_the_door_asks_again_now_and_then(qtbot: QtBot, known: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def stolen() -> bool:
        asked.append(len(asked) == 2)
        return asked[-1]

    known.stolen = stolen
    monkeypatch.setattr(door, "_CONTACT_SECONDS", 0.01)
    assert ask(qtbot, known.presenter()) is None
    assert asked == [False, False, True]
