"""Reading the text of a page: the face, and the engine in a process of its own.

The engine takes half a gigabyte while it is at work and may hang or fall on a hostile picture; the window must not.
So it starts on first use, ends when it is idle or when memory is short, and is killed when it does not answer.
Where it is not installed (rapidocr, onnxruntime; of the Debian packages yichuang-reading) nothing is read, and nothing
else changes; `yichuang doctor` says so.
"""

from __future__ import annotations

import importlib.util
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

import resources
from app.domain.errors import EnvironmentProblem
from app.materials.text_worker import serve

log = logging.getLogger(__name__)

NEEDED = 900 * 1024 * 1024
"""Bytes that must be free before the engine is started; it takes about 520 MB."""
SPARE = 400 * 1024 * 1024
"""With less than this left the engine ends after a page instead of waiting for the next."""

Picture = npt.NDArray[np.uint8]


def free_memory() -> int | None:
    """Bytes that a new process may take without pushing others out; None where the system does not say."""
    try:
        lines: Sequence[str] = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line. box: its four corners in pixels, clockwise from the line's own top left. confidence: 0–1."""

    box: tuple[tuple[float, float], ...]
    text: str
    confidence: float


class TextReader(Protocol):
    """Reads the lines of a page."""

    @property
    def present(self) -> bool:
        """Can anything be read on this machine?"""
        ...

    def read(self, picture: Picture) -> tuple[TextLine, ...]:
        """The lines of a picture (BGR), in no order. Slow (seconds). EnvironmentProblem when it cannot be read now."""
        ...

    def close(self) -> None: ...


class NoTextReader:
    """Where no engine is installed."""

    present = False

    def read(self, picture: Picture) -> tuple[TextLine, ...]:
        return ()

    def close(self) -> None:
        pass


class ProcessTextReader:
    """The engine in a process of its own. Safe to call from several threads; one page is read at a time.

    timeout: seconds that a page may take once the engine has started; start_timeout: that its start may take.
    idle: seconds without a page after which it ends. worker: what runs in the process (tests put others there).
    free: bytes of memory that are free, None when nobody knows.
    """

    present = True

    def __init__(
        self,
        timeout: float = 90.0,
        start_timeout: float = 60.0,
        idle: float = 120.0,
        worker: Callable[[Connection], None] = serve,
        free: Callable[[], int | None] = free_memory,
    ) -> None:
        self._timeout, self._start_timeout, self._idle = timeout, start_timeout, idle
        self._worker = worker
        self._free = free
        self._reading = threading.Lock()
        self._handling = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._sleep: threading.Timer | None = None
        self._closed = False

    @property
    def running(self) -> bool:
        """Is there a process now?"""
        with self._handling:
            return self._process is not None and self._process.is_alive()

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        with self._handling:
            return self._process.pid if self._process is not None else None

    def read(self, picture: Picture) -> tuple[TextLine, ...]:
        with self._reading:
            self._rest(None)
            try:
                pipe = self._started()
                pipe.send((picture.shape, np.ascontiguousarray(picture).tobytes()))
                answer = self._answer(pipe, self._timeout)
            except (EOFError, OSError, TimeoutError) as error:
                self._end()
                raise _trouble(f"识别程序没有答复（{type(error).__name__}）") from error
            if isinstance(answer, str):
                raise _trouble(answer)
            free = self._free()
            if free is not None and free < SPARE:
                self._end()
            else:
                self._rest(self._idle)
            return tuple(
                TextLine(tuple((float(x), float(y)) for x, y in box), text, score) for box, text, score in answer
            )

    def close(self) -> None:
        """End the process at once; a page being read ends with an EnvironmentProblem."""
        self._closed = True
        self._rest(None)
        self._end()

    def _started(self) -> Connection:
        with self._handling:
            if self._closed:
                raise _trouble("程序正在关闭")
            if self._pipe is not None and self._process is not None and self._process.is_alive():
                return self._pipe
        self._end()
        free = self._free()
        if free is not None and free < NEEDED:
            raise _trouble("内存不足")
        # spawn: a fork would take along threads, locks and open devices.
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=self._worker, args=(theirs,), name="yichuang-text", daemon=True)
        process.start()
        theirs.close()
        with self._handling:
            self._process, self._pipe = process, ours
        if self._closed:  # while it was starting
            self._end()
            raise _trouble("程序正在关闭")
        ready = self._answer(ours, self._start_timeout)
        if ready != "ready":
            self._end()
            raise _trouble(str(ready))
        return ours

    @staticmethod
    def _answer(pipe: Connection, timeout: float) -> Any:
        if not pipe.poll(timeout):
            raise TimeoutError
        return pipe.recv()

    def _end(self) -> None:
        with self._handling:
            process, pipe = self._process, self._pipe
            self._process = self._pipe = None
        if process is not None:
            process.kill()
            process.join(5)
        if pipe is not None:
            pipe.close()

    def _rest(self, seconds: float | None) -> None:
        """Wait so long before ending; None: there is work."""
        with self._handling:
            if self._sleep is not None:
                self._sleep.cancel()
                self._sleep = None
            if seconds is None or self._closed:
                return
            self._sleep = threading.Timer(seconds, self._fall_asleep)
            self._sleep.daemon = True
            self._sleep.start()

    def _fall_asleep(self) -> None:
        if self._reading.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._reading.release()


HOW_TO_INSTALL = "请安装软件包 yichuang-reading；从源码运行的，请运行 make setup"


def installed() -> bool:
    """Are the engine and its nets here? Debian's packages part the nets from the code, which alone proves nothing."""
    specs = [importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime")]
    if not all(specs) or specs[0] is None or specs[0].origin is None:
        return False
    return any((Path(specs[0].origin).parent / "models").glob("*_rec_*.onnx"))


def lacking() -> list[str]:
    """What of the package yichuang-reading is not here, in words: its nets read texts and tell how alike faces are."""
    here = {"文字识别": installed(), "人脸相似度": resources.path("models/face/sface.onnx").is_file()}
    return [name for name, there in here.items() if not there]


def text_reader() -> TextReader:
    """The reader of this machine; one that reads nothing where the engine is not installed."""
    if installed():
        return ProcessTextReader()
    log.info("no text recognition: %s", HOW_TO_INSTALL)
    return NoTextReader()


def _trouble(what: str) -> EnvironmentProblem:
    return EnvironmentProblem("材料上的字没有识别", what, "请照材料手工填写。")
