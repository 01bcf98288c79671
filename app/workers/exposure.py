"""The camera's light and focus: as a reader of pictures wishes, a step at a time, or as the clerk has set them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.light import ExposureHint
from devices.kinds.imaging import Camera

log = logging.getLogger(__name__)

SETTLE_SECONDS = 0.25
"""How long a camera takes to show what was asked of it: a few frames."""
LEAST, MOST = -4.0, 2.0
"""Stops that a camera is moved from its own choice. Brighter means longer: beyond this everything is blurred."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """What the clerk has set by hand. exposure: stops from the camera's own choice, LEAST to MOST; focus: 0 far to 1
    near. None: automatic."""

    exposure: float | None = None
    focus: float | None = None


AUTOMATIC = Tuning()


class FocusControl:
    """Holds the focus while a stream runs. For the thread that owns the camera."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._now: float | None = None

    def hold(self, distance: float | None) -> None:
        """Set it, if it is not so yet. Asked once for each distance: a camera that cannot is a camera that cannot."""
        if distance != self._now:
            self._now = distance
            reply = self._camera.set_focus(distance)
            if not reply.ok:
                log.info("the camera's focus is its own: %s", reply.outcome)


class ExposureControl:
    """Follows the wishes while a stream runs. For the thread that owns the camera."""

    def __init__(self, camera: Camera, clock: Callable[[], float] = time.monotonic) -> None:
        """clock: seconds, the one by which the hints are dated."""
        self._camera = camera
        self._clock = clock
        self._stops = 0.0
        # What was wished before this stream was said of other pictures.
        self._after = clock()
        self._able = True

    def follow(self, hint: ExposureHint | None) -> None:
        """Do what is wished, if the camera can. None: nobody wishes anything, so the camera chooses again."""
        if hint is None:
            self.back()
        elif self._able and hint.stops and hint.at > self._after:
            stops = min(max(self._stops + hint.stops, LEAST), MOST)
            if stops != self._stops:
                self._set(stops)

    def hold(self, stops: float) -> None:
        """Expose by so many stops otherwise than the camera would, as the clerk wants it."""
        stops = min(max(stops, LEAST), MOST)
        if self._able and stops != self._stops:
            self._set(stops)

    def back(self) -> None:
        """Give the choice back to the camera."""
        if self._stops:
            self._set(0.0)

    def _set(self, stops: float) -> None:
        reply = self._camera.set_exposure(stops)
        self._after = self._clock() + SETTLE_SECONDS
        if reply.ok:
            self._stops = stops
        else:
            # Asked once a stream: a camera that cannot is a camera that cannot.
            self._able, self._stops = False, 0.0
            log.info("the camera's exposure is its own: %s", reply.outcome)
