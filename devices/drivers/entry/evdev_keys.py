"""Keys from one input device of Linux, told to nobody else while it is open (EVIOCGRAB).

What a wedge types comes here and nowhere else, whoever types on the keyboard beside it and whatever input method is
active; that needs the right to read `/dev/input/…`. Elsewhere than on Linux opening says that it is not offered.
"""

from __future__ import annotations

import contextlib
import os
import select
import struct
import time
from dataclasses import dataclass

from devices.drivers.entry.us_keys import ALTS, CONTROLS, MODIFIERS, SHIFTS, alt_bytes, keypad_digit, typed
from devices.failure import NOT_OPEN, Failure
from devices.outcome import Outcome

EVENT = struct.Struct("llHHi")
"""struct input_event: seconds, microseconds, type, code, value."""
EV_KEY, UP, DOWN = 1, 0, 1
_EVIOCGRAB = 0x40044590


@dataclass(frozen=True, slots=True)
class Key:
    """A key that went down. char: as WedgeTiming.press takes it; at: seconds of the kernel's clock; raw: its bytes
    where they are known better than char (Alt codes)."""

    char: str
    at: float
    raw: bytes = b""


class EvdevKeys:
    """For one thread. name: what the device is called to people. alt: what its Alt codes mean (us_keys.alt_bytes).
    grab: False for a pipe, which cannot be grabbed."""

    def __init__(self, path: str, name: str, alt: str = "gb18030", grab: bool = True) -> None:
        self._path = path
        self._name = name
        self._alt_means = alt
        self._grab = grab
        self.heard_at = 0.0
        """When something came last, in seconds of time.monotonic; an Alt code's digits are no keys yet."""
        self._file = -1
        self._down: set[int] = set()
        self._alt = ""

    @property
    def is_open(self) -> bool:
        return self._file >= 0

    def open(self) -> None:
        """Failure: not there, not allowed, held by another program, not this system. Opening twice is harmless."""
        if self._file >= 0:
            return
        if not hasattr(os, "O_NONBLOCK"):
            raise Failure(Outcome.DISCONNECTED, f"本系统不能独占{self._name}，请把设备地址中的路径去掉")
        try:
            self._file = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            if self._grab:
                import fcntl  # here: other systems have none, and the window's own keys need none

                fcntl.ioctl(self._file, _EVIOCGRAB, 1)
        except PermissionError as error:
            detail = f"没有权限使用 {self._path}，请管理员把当前用户加入 input 组"
            raise Failure(Outcome.DISCONNECTED, detail) from error
        except OSError as error:
            self.close()
            if error.errno == 16:  # EBUSY
                raise Failure(Outcome.BUSY, f"{self._name}正被其他程序占用，请先关闭该程序") from error
            raise Failure(Outcome.DISCONNECTED, f"找不到{self._name} {self._path}，请检查连接线") from error

    def close(self) -> None:
        """Never raises; harmless when it is closed."""
        file, self._file = self._file, -1
        self._down.clear()
        self._alt = ""
        if file >= 0:
            with contextlib.suppress(OSError):
                os.close(file)

    def check(self) -> None:
        """Failure (DISCONNECTED): not open, or pulled out meanwhile; it is closed then."""
        if self._file < 0:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        if not os.path.exists(self._path):
            raise self._lost()

    def wait(self, seconds: float) -> list[Key]:
        """The keys that have come, after so many seconds at most. Failure (DISCONNECTED): not open, pulled out."""
        if self._file < 0:
            raise Failure(Outcome.DISCONNECTED, NOT_OPEN)
        try:
            if not select.select([self._file], [], [], seconds)[0]:
                return []
            data = os.read(self._file, EVENT.size * 64)
        except OSError as error:
            raise self._lost() from error
        if not data:
            raise self._lost()
        self.heard_at = time.monotonic()
        whole = len(data) // EVENT.size * EVENT.size
        return [key for event in EVENT.iter_unpack(data[:whole]) if (key := self._hear(*event)) is not None]

    def drop(self) -> None:
        """Forget what was typed while nobody asked. Failure as wait."""
        while self.wait(0):
            pass

    def _lost(self) -> Failure:
        self.close()
        return Failure(Outcome.DISCONNECTED, f"{self._name}连接已断开，请检查连接线")

    def _hear(self, seconds: int, microseconds: int, kind: int, code: int, value: int) -> Key | None:
        if kind != EV_KEY:
            return None
        at = seconds + microseconds / 1e6
        if code in MODIFIERS:
            (self._down.add if value else self._down.discard)(code)
            if code in ALTS and not value and self._alt:
                digits, self._alt = self._alt, ""
                return Key("?", at, alt_bytes(digits, self._alt_means))
            return None
        if value != DOWN:
            return None
        if self._down & ALTS:
            self._alt += keypad_digit(code)
            return None
        return Key(typed(code, bool(self._down & SHIFTS), control=bool(self._down & CONTROLS)), at)
