"""Tells when something is plugged in or out, so that a light need not wait for its device's next turn.

Looking at a few folders twice a second costs less than a thousandth of one core, needs no library, and works in
containers where udev's messages do not arrive. Where there are no such folders, lights follow the devices' own turns.
"""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
FOLDERS = (Path("/sys/bus/usb/devices"), Path("/dev/serial/by-id"), Path("/dev/v4l/by-id"), Path("/dev"))
_NODES = re.compile(r"(ttyUSB|ttyACM|video|hidraw|usb)")


class PresenceWatch(QObject):
    """`changed` carries the names that came or went. Lives from `start` to `stop`."""

    changed = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None, folders: Sequence[Path] = FOLDERS) -> None:
        super().__init__(parent)
        self._folders = tuple(folders)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="presence", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(2)

    def _run(self) -> None:
        before = self._look()
        while not self._ending.wait(LOOK_SECONDS):
            now = self._look()
            if now != before:
                names = frozenset(name for name, _ in now ^ before)
                log.info("plugged in or out: %s", ", ".join(sorted(names))[:300])
                before = now
                self.changed.emit(names)

    def _look(self) -> frozenset[tuple[str, int]]:
        """Names with their inodes: what is pulled and put back between two looks has another one."""
        found: set[tuple[str, int]] = set()
        for folder in self._folders:
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        if folder != Path("/dev") or _NODES.match(entry.name):
                            found.add((entry.name, entry.inode()))
            except OSError:
                continue
        return frozenset(found)
