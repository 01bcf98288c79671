"""Faults leave a report behind: exceptions, exceptions of threads, and crashes below Python."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.domain.clock import SystemClock
from app.support.crashes import KEPT, CrashKeeper, Fate


@pytest.fixture
def keeper(tmp_path: Path) -> CrashKeeper:
    return CrashKeeper(tmp_path / "crashes", "0.1.0", SystemClock())


def test_an_exception_is_kept_once_and_the_hooks_are_given_back(
    keeper: CrashKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: heard.append(kind))
    monkeypatch.setattr(threading, "excepthook", lambda args: heard.append(args.exc_type))
    before = (sys.excepthook, threading.excepthook)
    keeper.start()
    try:
        for _ in range(3):
            error = ValueError("330199199001010017")
            sys.excepthook(ValueError, error, None)
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
        thread = threading.Thread(target=lambda: 1 // 0)
        thread.start()
        thread.join()
    finally:
        keeper.close()
    assert (sys.excepthook, threading.excepthook) == before
    assert heard == [ValueError, ValueError, ValueError, KeyboardInterrupt, ZeroDivisionError], "the log hears them too"
    kinds = sorted(report.text.strip().splitlines()[-1] for report in keeper.undecided())
    assert kinds == ["ValueError: 3301**********0017", "ZeroDivisionError: integer division or modulo by zero"]
    assert not list(keeper.folder.glob("*.trace")), "a start that ended well leaves no trace"


CRASH = """
import faulthandler, sys
from pathlib import Path
from app.domain.clock import SystemClock
from app.support.crashes import CrashKeeper
keeper = CrashKeeper(Path(sys.argv[1]), "0.1.0", SystemClock())
keeper.start()
def in_the_middle_of_a_print():
    faulthandler._sigsegv()
in_the_middle_of_a_print()
"""


def test_a_crash_below_python_is_found_at_the_next_start(keeper: CrashKeeper) -> None:
    done = subprocess.run([sys.executable, "-c", CRASH, str(keeper.folder)], capture_output=True, check=False)
    assert done.returncode < 0, done
    assert keeper.reports() == ()
    keeper.start()
    keeper.close()
    (report,) = keeper.undecided()
    assert report.kind == "crash"
    assert "in_the_middle_of_a_print" in report.text
    keeper.decide(report, Fate.KEPT)
    assert keeper.undecided() == ()
    assert len(keeper.reports()) == 1


def test_the_trace_of_a_running_program_is_left_to_it(keeper: CrashKeeper) -> None:
    keeper.folder.mkdir(parents=True)
    other = keeper.folder / "running-1.trace"
    other.write_text("Fatal Python error")
    keeper.start()
    keeper.close()
    assert other.exists()
    assert keeper.reports() == ()


def test_only_so_many_are_kept_and_damaged_ones_are_passed_over(keeper: CrashKeeper) -> None:
    keeper.folder.mkdir(parents=True)
    (keeper.folder / "x.json").write_text("{")
    for number in range(KEPT + 5):
        keeper._seen.clear()
        keeper.take("exception", f"fault {number}", at=f"2026-11-22T00:00:{number:02d}.000Z")
    assert [report.text for report in keeper.reports()] == [f"fault {n}" for n in reversed(range(5, KEPT + 5))]


def test_a_full_disk_does_not_hide_the_fault(keeper: CrashKeeper, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    keeper.folder.mkdir(parents=True)
    monkeypatch.setattr("app.support.crashes.whole_file", full)
    keeper.take("exception", "x")
    assert keeper.reports() == ()
