"""The watchdog: a loop that really stands still is recorded with the line that held it; one that runs is not."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.logs import MaskingFormatter
from app.workers.watchdog import KEPT, LONG_MILLISECONDS, Watchdog


@pytest.fixture
def watchdog(qtbot: QtBot) -> Iterator[Watchdog]:
    made = Watchdog()
    made.start()
    qtbot.wait(40)
    yield made
    made.stop()


def hold_the_loop(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        sum(range(200))  # THE LINE


def the_line() -> int:
    source = Path(hold_the_loop.__code__.co_filename).read_text("utf-8").splitlines()
    return next(n for n, line in enumerate(source, 1) if line.endswith("# THE LINE"))


def test_the_line_that_held_the_loop_is_found(qtbot: QtBot, watchdog: Watchdog) -> None:
    watchdog.mark("a step")
    hold_the_loop(0.4)
    qtbot.waitUntil(lambda: any(p.milliseconds > 300 for p in watchdog.pauses))
    pause = next(p for p in watchdog.pauses if p.milliseconds > 300)
    assert pause.mark == "a step"
    assert pause.milliseconds < 4000
    # Half of what is sampled stands in the line above it, `while …`.
    assert pause.where in {
        f"tests/app/workers/test_watchdog.py:{line} hold_the_loop" for line in (the_line() - 1, the_line())
    }
    assert pause.stack[-1] == pause.where
    assert pause.cpu_milliseconds > 0
    assert watchdog.longest_milliseconds >= pause.milliseconds - 0.1


def test_waiting_is_told_from_computing(qtbot: QtBot, watchdog: Watchdog) -> None:
    time.sleep(0.3)
    qtbot.waitUntil(lambda: bool(watchdog.pauses))
    pause = max(watchdog.pauses, key=lambda p: p.milliseconds)
    assert pause.milliseconds >= 250
    assert pause.cpu_milliseconds < pause.milliseconds / 2
    assert pause.where.endswith("test_waiting_is_told_from_computing")


def test_what_is_aside_is_not_counted_and_what_was_before_it_is(qtbot: QtBot, watchdog: Watchdog) -> None:
    with watchdog.aside():
        hold_the_loop(0.2)
        with watchdog.aside():
            hold_the_loop(0.1)
    qtbot.wait(30)
    assert not [p for p in watchdog.pauses if p.milliseconds > 90 and "hold_the_loop" in p.where]
    hold_the_loop(0.2)
    with watchdog.aside():
        pass
    assert [p for p in watchdog.pauses if p.milliseconds > 90 and "hold_the_loop" in p.where]


def test_a_pause_belongs_to_what_was_done_before_the_next_mark(watchdog: Watchdog) -> None:
    watchdog.mark("before")
    hold_the_loop(0.2)
    watchdog.mark("after")
    assert max(watchdog.pauses, key=lambda p: p.milliseconds).mark == "before"
    assert watchdog.longest_milliseconds < LONG_MILLISECONDS


def test_the_record_is_bounded(qtbot: QtBot) -> None:
    strict = Watchdog(long_milliseconds=0.001)
    strict.start()
    try:
        for _ in range(KEPT + 20):
            time.sleep(0.0125)  # longer than a beat
            strict.mark("again")
    finally:
        strict.stop()
    assert len(strict.pauses) == KEPT


def test_a_pause_is_written_to_the_log_without_values(
    qtbot: QtBot, watchdog: Watchdog, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "app.workers.watchdog")
    caplog.handler.setFormatter(MaskingFormatter("%(message)s"))

    def held(number: str) -> None:
        hold_the_loop(0.2)

    held("330502199003071234")
    qtbot.waitUntil(lambda: "hold_the_loop" in caplog.text)
    assert "the screen stood for" in caplog.text
    assert "330502" not in caplog.text


def test_a_stopped_watchdog_leaves_no_thread_and_records_nothing(qtbot: QtBot) -> None:
    made = Watchdog()
    made.start()
    made.start()
    assert [t.name for t in threading.enumerate()].count("watchdog") == 1
    made.stop()
    made.stop()
    assert "watchdog" not in [t.name for t in threading.enumerate()]
    hold_the_loop(0.15)
    qtbot.wait(30)
    assert not [p for p in made.pauses if "hold_the_loop" in p.where]


def test_it_can_be_started_again(qtbot: QtBot, watchdog: Watchdog) -> None:
    watchdog.stop()
    hold_the_loop(0.1)
    watchdog.start()
    qtbot.wait(30)
    assert not [p for p in watchdog.pauses if "hold_the_loop" in p.where]


def test_it_never_holds_what_the_watched_thread_works_with(qtbot: QtBot) -> None:
    """A QPainter that this thread kept alive past its paintEvent once brought the program down."""
    deaths: list[int] = []

    class Painter:
        def __del__(self) -> None:
            deaths.append(threading.get_ident())

    def paint() -> None:
        painter = Painter()
        sum(range(300))
        assert painter is not None

    strict = Watchdog(long_milliseconds=0.001)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(0.00001)
    strict.start()
    try:
        until = time.monotonic() + 1.5
        while time.monotonic() < until:
            paint()
    finally:
        strict.stop()
        sys.setswitchinterval(interval)
    assert len(deaths) > 100
    assert set(deaths) == {threading.get_ident()}


NATIVE = """
import sys, time
from PyQt6.QtCore import QCoreApplication, QThread
from app.workers.watchdog import Watchdog

app = QCoreApplication([])
watchdog = Watchdog(long_milliseconds=0.001)
watchdog._nap = lambda: 0.0
watchdog.start()
ends = time.monotonic() + 3
while time.monotonic() < ends:
    threads = [QThread() for _ in range(20)]
    for thread in threads:
        thread.run = lambda: None
        thread.start()
    for thread in threads:
        thread.wait()
watchdog.stop()
print("lived", bool(watchdog.pauses))
"""


def test_threads_that_begin_while_the_loop_stands_do_not_end_the_program() -> None:
    """Stacks of all threads were read once, of half-made ones too: this ended by a signal within seconds."""
    done = subprocess.run([sys.executable, "-c", NATIVE], capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.startswith("lived")
