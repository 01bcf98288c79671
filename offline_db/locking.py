"""An operating-system lock on a file: gone by itself when the process dies, however it dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path


class FileLock:
    """Held from construction to release(). BlockingIOError when somebody else holds it, OSError for other trouble."""

    def __init__(self, path: Path) -> None:
        # flock belongs to the open file, not to the process: a second instance inside one process is refused too.
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform == "win32":
                import msvcrt

                try:
                    msvcrt.locking(self._handle, msvcrt.LK_NBLCK, 1)
                except OSError as error:
                    raise BlockingIOError(str(error)) from error
            else:
                import fcntl

                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BaseException:
            os.close(self._handle)
            raise

    def release(self) -> None:
        """Give the lock back. Releasing twice is harmless. The file stays: removing it would race with a newcomer."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    @property
    def held(self) -> bool:
        return self._handle >= 0
