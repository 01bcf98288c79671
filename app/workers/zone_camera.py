"""Machine-readable zones in a camera's frames: for the live picture, and for a passport reader that is a camera."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import cv2
import numpy as np

from devices.base import Picture

if TYPE_CHECKING:
    from app.identity.mrz.live import Seen, ZoneWatch
    from app.identity.mrz.read import ReadZone


def read_page(picture: Picture, today: dt.date) -> ReadZone | None:
    """The zone on a captured or imported page (BGR); None when none is plain. Takes about a second."""
    from app.identity.mrz.net import line_net
    from app.identity.mrz.read import ZoneReader

    return ZoneReader(line_net(), page=True).read(_gray(picture), today)


class ZoneCamera:
    """Looks at one frame after the other, on one thread; the net is loaded there at the first frame.

    today: decides the century of dates. `forget` may be called from any thread.
    """

    def __init__(self, today: Callable[[], dt.date]) -> None:
        self._today = today
        self._watch: ZoneWatch | None = None
        self._another = threading.Event()

    def forget(self) -> None:
        """What comes now is another document, or another visitor's."""
        self._another.set()

    def look(self, picture: Picture) -> Seen:
        """What a frame (BGR) shows, together with those before it."""
        if self._watch is None:
            from app.identity.mrz.live import ZoneWatch
            from app.identity.mrz.net import line_net
            from app.identity.mrz.read import ZoneReader

            self._watch = ZoneWatch(ZoneReader(line_net()), self._today)
        if self._another.is_set():
            self._another.clear()
            self._watch.forget()
        return self._watch.look(_gray(picture))

    def __call__(self, picture: Picture) -> tuple[str, ...] | None:
        """A ZoneFinder of devices.drivers.identity.passport: lines only once nothing in them is uncertain."""
        agreed = self.look(picture).agreed
        if agreed is None:
            return None
        self._another.set()
        return agreed.lines


def _gray(picture: Picture) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
