"""How soon does something stand on the screen? Looks from outside, at the pixels of an X display, so that a program and
the package of another are measured alike and neither knows of it.

`xvfb-run … python .ci/package/first_paint.py dist/yichuang/yichuang build/hello/hello [ROUNDS [COLD]]`, one line of
JSON a program, then how many times the hello world ours takes. Seconds: wall from the start of the process to the first
pixel; cpu of all its threads by then; stands, when the first window gave way to the next (the list of lessons). Each
is the median; the programs take turns, so that what else the machine does hits all of them. Cold (COLD rounds, as
root): the kernel has dropped all its caches; where it may not be asked, the files of the package were put out of the
page cache, and system libraries stay ("cache").
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
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

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


DROP = Path("/proc/sys/vm/drop_caches")


def forget(folder: Path) -> str:
    """Put all files out of the page cache, or as many as this user may: those of a folder. Which it was."""
    os.sync()
    try:
        DROP.write_text("3")
    except OSError:
        pass
    else:
        return "dropped"
    for path in folder.rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            os.fdatasync(handle)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)
    return "package only"


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


@dataclass(frozen=True, slots=True)
class Program:
    """folder: what is forgotten before a cold start. follow: a second window takes the place of the first."""

    name: str
    command: tuple[str, ...]
    folder: Path
    follow: bool


def middle(starts: Sequence[Start]) -> dict[str, float]:
    """The medians of some starts."""
    found = {"wall": median(one.wall for one in starts), "cpu": median(one.cpu for one in starts)}
    stands = [one.stands for one in starts if one.stands is not None]
    return {name: round(value, 3) for name, value in (found | ({"stands": median(stands)} if stands else {})).items()}


def measure(programs: Sequence[Program], screen: Screen, rounds: int, cold: int) -> list[dict[str, object]]:
    """Every program's cold and warm starts, in turns."""
    found: dict[str, dict[str, list[Start]]] = {one.name: {"cold": [], "warm": []} for one in programs}
    way = ""
    with ExitStack() as stack:
        homes = {one.name: stack.enter_context(tempfile.TemporaryDirectory()) for one in programs}
        for kind, times in (("cold", cold), ("warm", rounds + 1)):
            for at in range(times):
                for one in programs:
                    if kind == "cold":
                        way = forget(one.folder)
                    took = start(one.command, screen, homes[one.name], one.follow)
                    if kind == "cold" or at:  # the first of the warm ones warms
                        found[one.name][kind].append(took)
    return [
        {"name": name, "cache": way, **{kind: middle(starts) for kind, starts in kinds.items() if starts}}
        for name, kinds in found.items()
    ]


def main(program: Path, hello: Path, rounds: int, cold: int) -> None:
    screen = Screen()
    os.chdir(Path(__file__).resolve().parents[2])
    source = Path(__file__).with_name("hello.py")
    programs = (
        Program("hello, packaged", (str(hello),), hello.parent, False),
        Program("yichuang, packaged", (str(program), "demo"), program.parent, True),
        Program("hello, from source", (sys.executable, str(source)), source.parent, False),
        Program("yichuang, from source", (sys.executable, "-m", "app", "demo"), Path("app"), True),
    )
    found = measure(programs, screen, rounds, cold)
    for one in found:
        print(json.dumps(one), flush=True)
    times: dict[str, object] = {}
    for kind in ("cold", "warm"):
        bare, ours = found[0].get(kind), found[1].get(kind)
        if isinstance(bare, dict) and isinstance(ours, dict):
            times[kind] = {name: round(ours[name] / bare[name], 2) for name in ("wall", "cpu")}
    print(json.dumps({"name": "packaged, times the hello world", **times}))


if __name__ == "__main__":
    said = [int(text) for text in sys.argv[3:]]
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), *(said + [5, 3][len(said) :]))
