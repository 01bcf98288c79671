"""Builds tests/faults/disk_calls.c, and speaks to it from inside a program that runs with it."""

from __future__ import annotations

import ctypes
import subprocess
from collections.abc import Callable
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "faults" / "disk_calls.c"


def build(folder: Path) -> Path:
    """The library for LD_PRELOAD."""
    library = folder / "disk_calls.so"
    flags = ["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror"]
    subprocess.run(["gcc", *flags, "-o", library, SOURCE, "-ldl", "-lpthread"], check=True, timeout=60)
    return library


def marker() -> Callable[[str], None]:
    """Tells the recorder a promise."""
    told = ctypes.CDLL(None).power_mark

    def mark(words: str) -> None:
        told(words.encode())

    return mark


class Breaker:
    """Lets the disk fail. Only in a process that was started with the library."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.disk_break.argtypes = [ctypes.c_long, ctypes.c_int, ctypes.c_int]
        self._library.disk_calls.restype = ctypes.c_long

    def fail(self, at: int, error: int, *, on: bool) -> None:
        """The call number `at` from now on fails with this errno; on: and all that follow."""
        self._library.disk_break(at, error, on)

    def mend(self) -> None:
        """No call fails; counting begins anew."""
        self._library.disk_break(0, 0, 0)

    @property
    def calls(self) -> int:
        """How many calls that can fail there were since."""
        return int(self._library.disk_calls())
