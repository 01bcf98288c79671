"""A document reader on the keyboard port: types zones as key events of Linux (input-event-codes.h) into a pipe.

A real one is an input device, which takes a kernel's right to make; a pipe carries the same bytes.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from pathlib import Path

from devices.drivers.entry.evdev_keys import DOWN, EV_KEY, EVENT, UP
from devices.drivers.entry.us_keys import CONTROLS, SHIFTS, typed
from devices.emulators.identity.mrz_emulator import MrzEmulator

_SYNC = EVENT.pack(0, 0, 0, 0, 0)
_SHIFT, _CONTROL = min(SHIFTS), min(CONTROLS)
_NONE = 0
_KEYS = {
    char: (code, held)
    for held in (_CONTROL, _SHIFT, _NONE)
    for code in range(2, 58)
    if (char := typed(code, held == _SHIFT, control=held == _CONTROL))
}
"""What is typed -> the key, and the one held with it. Enter and Tab are keys of their own, no Control+M."""


class MrzKeysEmulator(MrzEmulator):
    """As MrzEmulator; `path` is the pipe of key events, there until the cable is pulled."""

    _folder: Path | None = None

    def stop(self) -> None:
        super().stop()
        folder, self._folder = self._folder, None
        if folder:
            shutil.rmtree(folder, ignore_errors=True)

    def plug(self) -> tuple[int, int, str]:
        if not hasattr(os, "mkfifo"):
            raise OSError(errno.ENOSYS, "本系统没有命名管道")
        self._folder = Path(tempfile.mkdtemp(prefix="yichuang-keys-"))
        path = str(self._folder / "event-kbd")
        os.mkfifo(path, 0o600)
        # A reader of its own, so that a pipe nobody has opened yet takes keys, as a keyboard does.
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        return os.open(path, os.O_WRONLY | os.O_NONBLOCK), reader, path

    def encoded(self, data: bytes) -> bytes:
        return b"".join(_events(char) for char in data.decode("ascii"))

    def _serve(self) -> None:
        path = Path(self.path)
        super()._serve()
        path.unlink(missing_ok=True)


def _events(char: str) -> bytes:
    code, held = _KEYS["\r" if char == "\n" else char]
    steps = ((held, DOWN), (code, DOWN), (code, UP), (held, UP)) if held else ((code, DOWN), (code, UP))
    seconds, rest = divmod(time.time_ns() // 1000, 1_000_000)
    return b"".join(EVENT.pack(seconds, rest, EV_KEY, key, value) + _SYNC for key, value in steps)
