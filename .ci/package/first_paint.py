"""How soon does something stand on the screen? Looks from outside, at the pixels of an X display, so that a program and
the package of another are measured alike and neither knows of it.

`xvfb-run … python .ci/package/first_paint.py dist/yichuang/yichuang build/hello/hello [ROUNDS]`, one line of JSON a
program. Seconds: wall from the start of the process to the first pixel; cpu of all its threads by then; stands, when
the first window gave way to the next (the list of lessons). Cold: the files of the package were put out of the page
cache before; system libraries were not.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LONGEST = 120.0
AT = (12, 12)
"""The pixel that is looked at: in the corner where a window without a window manager stands."""


class Screen:
    """The root window of the display in $DISPLAY."""

    def __init__(self) -> None:
        x11 = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        x11.XOpenDisplay.restype = x11.XGetImage.restype = ctypes.c_void_p
        x11.XDefaultRootWindow.restype = x11.XGetPixel.restype = ctypes.c_ulong
        self._x11 = x11
        self._display = ctypes.c_void_p(x11.XOpenDisplay(None))
        if not self._display:
            raise SystemExit("no X display")
        self._root = ctypes.c_ulong(x11.XDefaultRootWindow(self._display))

    def pixel(self) -> int:
        image = ctypes.c_void_p(
            self._x11.XGetImage(self._display, self._root, *AT, 1, 1, ctypes.c_ulong(0xFFFFFFFF), 2)
        )
        value = int(self._x11.XGetPixel(image, 0, 0)) & 0xFFFFFF
        self._x11.XDestroyImage(image)
        return value


@dataclass(frozen=True, slots=True)
class Start:
    """One start, in seconds. stands: None where nothing followed the first window."""

    wall: float
    cpu: float
    stands: float | None


def cpu_of(pid: int) -> float:
    """Processor time of all threads of a process so far, in seconds."""
    return sum(int(path.read_text().split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9


def forget(folder: Path) -> None:
    """Put a folder's files out of the page cache."""
    for path in folder.rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            os.fdatasync(handle)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)


@contextmanager
def _running(command: Sequence[str], home: str) -> Iterator[subprocess.Popen[bytes]]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "PYTHON"))}
    env |= {"HOME": home, "XDG_DATA_HOME": f"{home}/data", "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def start(command: Sequence[str], screen: Screen, home: str, follow: bool) -> Start:
    """Start once and look. follow: a second window takes the place of the first."""
    empty = screen.pixel()
    begun = time.monotonic()

    def until_not(shade: int) -> tuple[float, int]:
        while (now := screen.pixel()) == shade:
            if process.poll() is not None or time.monotonic() - begun > LONGEST:
                raise SystemExit(f"{command[0]} showed nothing")
            time.sleep(0.001)
        return time.monotonic() - begun, now

    with _running(command, home) as process:
        wall, ground = until_not(empty)
        cpu = cpu_of(process.pid)
        stands = until_not(ground)[0] if follow else None
    while screen.pixel() != empty:
        time.sleep(0.01)
    return Start(round(wall, 3), round(cpu, 3), stands and round(stands, 2))


def measure(name: str, command: Sequence[str], folder: Path, screen: Screen, rounds: int, follow: bool) -> None:
    with tempfile.TemporaryDirectory() as home:
        forget(folder)
        cold = start(command, screen, home, follow)
        warm = [start(command, screen, home, follow) for _ in range(rounds)]
    best = Start(
        min(one.wall for one in warm),
        min(one.cpu for one in warm),
        min(one.stands or 0 for one in warm) if follow else None,
    )
    said = {"name": name, "cold_wall": cold.wall, "cold_cpu": cold.cpu, "wall": best.wall, "cpu": best.cpu}
    print(json.dumps(said | ({"cold_stands": cold.stands, "stands": best.stands} if follow else {})), flush=True)


def main(program: Path, hello: Path, rounds: int) -> None:
    screen = Screen()
    root = Path(__file__).resolve().parents[2]
    measure("hello, packaged", [str(hello)], hello.parent, screen, rounds, False)
    measure("yichuang, packaged", [str(program), "demo"], program.parent, screen, rounds, True)
    source = Path(__file__).with_name("hello.py")
    measure("hello, from source", [sys.executable, str(source)], source.parent, screen, rounds, False)
    os.chdir(root)
    measure("yichuang, from source", [sys.executable, "-m", "app", "demo"], root / "app", screen, rounds, True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), int(sys.argv[3]) if len(sys.argv) > 3 else 5)
