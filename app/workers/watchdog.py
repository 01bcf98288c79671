"""Records where the event loop stood still: each pause over 50 ms, with what the main thread was doing meanwhile.

A timer on the loop beats every 10 ms; a thread looks whether it still does. While it does not, the thread notes the
main thread's stack again and again, so that the record names the line that held the loop and not the one after it.
Only file, line and function are kept, never values: a stack tells nothing about people.

The stack is written by the watched thread itself, by faulthandler's handler of a signal. Not from sys._current_frames:
whoever holds a frame of another thread keeps its values alive; a QPainter that outlived its paintEvent that way, and
died in this thread, brought the program down. Nor by faulthandler for all threads: it reads those that are just
beginning, half made (Python 3.11, new_threadstate), and the program is gone as well. Without such signals (Windows)
pauses are recorded without their line.
"""

from __future__ import annotations

import faulthandler
import functools
import logging
import os
import re
import signal
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from PyQt6.QtCore import QObject, Qt, QTimer

log = logging.getLogger(__name__)

BEAT_MILLISECONDS = 10
LONG_MILLISECONDS = 50
"""From here on people feel a delay between key and picture."""
KEPT = 200
"""Pauses kept; the oldest go first. A window stays open for weeks."""
_SAMPLES = 100
_DEPTH = 24
_TRIES = 20
"""Milliseconds, at least, that the watched thread has for its answer."""
_ROOT = Path(__file__).resolve().parents[2]
_OWN = frozenset({"app", "widgets", "devices", "offline_db", "resources", "tests"})
_FOREIGN = "…/"
_LINE = re.compile(r'^  File "(.*)", line (\d+) in (.*)$')


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause of the loop. at: time.monotonic() at its end. cpu_milliseconds: what the main thread itself computed;
    much less than `milliseconds` means that it waited for a lock, for the disk, or for a busy machine.

    mark: what was being played. where: the innermost line of our own that was seen most. stack: the stack seen most,
    outermost first; empty when the thread found no moment to look (another library held the interpreter).
    """

    at: float
    milliseconds: float
    cpu_milliseconds: float
    mark: str
    where: str
    stack: tuple[str, ...]


class Watchdog(QObject):
    """Watches the loop of the thread that makes it, from `start` to `stop`."""

    def __init__(self, long_milliseconds: float = LONG_MILLISECONDS, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._long = long_milliseconds / 1000
        self._pauses: deque[Pause] = deque(maxlen=KEPT)
        self._unsaid: deque[Pause] = deque(maxlen=KEPT)
        self._watched = threading.get_ident()
        self._mark = ""
        self._longest = 0.0
        self._beat_at = self._cpu_at = 0.0
        self._aside = 0
        self._lock = threading.Lock()
        self._seen: list[tuple[str, ...]] = []
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MILLISECONDS)
        self._timer.timeout.connect(self._beat)

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """What was recorded, oldest first."""
        return tuple(self._pauses)

    @property
    def longest_milliseconds(self) -> float:
        """The longest pause since the last `mark`, also one too short to be recorded."""
        return self._longest * 1000

    def start(self) -> None:
        """Begin to watch; harmless when it already does."""
        if self._thread is not None:
            return
        self._ending.clear()
        self._restart()
        self._timer.start()
        self._thread = threading.Thread(target=self._look, name="watchdog", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread. What was recorded stays."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._beat()
            self._timer.stop()
            self._ending.set()
            thread.join(2)

    def mark(self, name: str) -> None:
        """Name what is being done from here on; a pause that is still running belongs to what was done before."""
        if self._thread is not None:
            self._beat()
        self._mark, self._longest = name, 0.0

    @contextmanager
    def aside(self) -> Iterator[None]:
        """What is done in here is not the product's own (a player's screenshot) and is not counted."""
        if self._thread is not None and not self._aside:
            self._beat()
        self._aside += 1
        try:
            yield
        finally:
            self._aside -= 1
            self._restart()

    def _restart(self) -> None:
        with self._lock:
            self._beat_at, self._cpu_at = time.monotonic(), time.thread_time()
            self._seen = []

    def _beat(self) -> None:
        if self._aside:
            return
        before, cpu_before = self._beat_at, self._cpu_at
        with self._lock:
            self._beat_at, self._cpu_at = time.monotonic(), time.thread_time()
            seen, self._seen = self._seen, []
        # The beat that was due anyway is no pause.
        paused = self._beat_at - before - BEAT_MILLISECONDS / 1000
        self._longest = max(self._longest, paused)
        if paused >= self._long:
            self._record(paused * 1000, (self._cpu_at - cpu_before) * 1000, seen)

    def _record(self, milliseconds: float, cpu: float, seen: list[tuple[str, ...]]) -> None:
        stack = Counter(seen).most_common(1)[0][0] if seen else ()
        own = Counter(line for line in map(_innermost_own, seen) if line)
        where = own.most_common(1)[0][0] if own else ""
        pause = Pause(self._beat_at, round(milliseconds, 1), round(cpu, 1), self._mark, where, stack)
        self._pauses.append(pause)
        self._unsaid.append(pause)

    def _look(self) -> None:
        """The thread: idle it wakes 50 times a second; while the loop stands, 200 times. It writes the log as well:
        masking a line takes milliseconds, and files are no business of the loop."""
        while True:
            ended = self._ending.wait(self._nap())
            self._say()
            if ended:
                return
            beat_at = self._beat_at
            if self._aside or time.monotonic() - beat_at < self._long / 2:
                continue
            if self._watched not in (thread.ident for thread in threading.enumerate()):
                return  # it has ended
            stack = _stack(self._watched)
            with self._lock:
                if stack and beat_at == self._beat_at and len(self._seen) < _SAMPLES:
                    self._seen.append(stack)

    def _say(self) -> None:
        while self._unsaid:
            pause = self._unsaid.popleft()
            log.info(
                "the screen stood for %.0f ms (%.0f ms of it computing) at %s [%s]",
                *(pause.milliseconds, pause.cpu_milliseconds, pause.where or "an unknown place"),
                " > ".join(pause.stack),
            )

    def _nap(self) -> float:
        return 0.005 if time.monotonic() - self._beat_at > self._long / 2 else min(0.02, self._long / 2)


class _Sampler:
    """One for the process: a signal has one handler, and one that were taken away while a signal is on its way would
    end the program."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._file: IO[bytes] | None = None
        self._signal: int | None = getattr(signal, "SIGUSR2", None)

    def sample(self, thread: int) -> str:
        """What the handler wrote in that thread, innermost line first; "" when it had no turn, or there is none."""
        number = self._signal
        if number is None:
            return ""
        with self._lock:
            if self._file is None:
                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - as long as the handler: for ever
                faulthandler.register(number, self._file, all_threads=False)
            file = self._file.fileno()
            os.ftruncate(file, 0)
            os.lseek(file, 0, os.SEEK_SET)
            signal.pthread_kill(thread, number)
            size, tries = 0, _TRIES
            while tries and (not size or size != os.fstat(file).st_size):
                size, tries = os.fstat(file).st_size, tries - 1
                time.sleep(0.001)
            return os.pread(file, size, 0).decode("utf-8", "replace")


_sampler = _Sampler()


def _stack(thread: int) -> tuple[str, ...]:
    """Where a thread (threading.get_ident) is, outermost line first; empty when it did not say."""
    # What a late answer to the last question left in the file stands before the last heading.
    _, _, after = _sampler.sample(thread).rpartition("(most recent call first):\n")
    lines: list[str] = []
    for line in after.splitlines()[:_DEPTH]:
        found = _LINE.match(line)
        if found is None:
            break
        lines.append(f"{_short(found[1])}:{found[2]} {found[3]}")
    return tuple(reversed(lines))


@functools.lru_cache(1000)
def _short(file: str) -> str:
    """The path from the root of the program, or a library's last two parts: no machine's folders in a log."""
    path = Path(file)
    # A packaged program names its own files from its root already, and its libraries too.
    inside = path.relative_to(_ROOT) if path.is_relative_to(_ROOT) else path
    if not inside.is_absolute() and inside.parts[:1] and inside.parts[0] in _OWN:
        return inside.as_posix()
    return _FOREIGN + "/".join(path.parts[-2:])


def _innermost_own(stack: tuple[str, ...]) -> str:
    return next((line for line in reversed(stack) if not line.startswith(_FOREIGN)), "")
