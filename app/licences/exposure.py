"""Is the place where a code is held up burnt out, too dark, or well lit?

A camera's automatic exposure serves the whole picture; a bright phone in a dim hall is a small part of it and burns
out, and so does the reflection of a lamp on its glass, which a shorter exposure brings back between black and white.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from app.domain.light import ExposureHint

Picture = npt.NDArray[np.uint8]

BURNT = 250
"""Lightness from which on a picture shows nothing."""
_MOST_BURNT = 0.015
"""Share of a code's place that may be burnt."""
_DIM, _GOAL = 60.0, 150.0
"""Lightness of the lightest parts: below which a place is too dark, and which it is brought to."""
_DARK = 50.0
"""The same for a whole picture."""
_DARKER = -1.5
"""Stops at a time: how far beyond its limit a burnt-out place is, nobody can see. What was just white stays above
_DIM, so that nothing swings to and fro."""
_BRIGHTER = 2.0
"""Stops at a time at most."""
HINT_SECONDS = 1.5
"""How long a wish about the light holds when nothing more is seen; then the camera chooses again."""
DAZZLED_SECONDS = 4.0
"""How long the light is changed for what is only bright or dark: it may be a sheet of paper, or night."""
_REDUCED = 8
"""Of so many pixels in a row one is looked at, where a screen is sought in the whole picture."""
_SCREEN = (0.01, 0.4)
"""Share of the picture that a phone's screen may take."""
_SOLID = 0.8
"""Share of its rectangle that a screen fills."""


def place_light(place: Picture) -> float:
    """Stops by which the picture of a code's place should change; 0: none. place: gray."""
    if not place.size:
        return 0.0
    return _DARKER if burnt(place) else _brighter(place[::4, ::4], _DIM)


def burnt(place: Picture) -> bool:
    """Is part of a code's place white all over? place: gray, not empty."""
    return float((place[::4, ::4] >= BURNT).mean()) > _MOST_BURNT


def screen_light(gray: Picture) -> float:
    """The same for a picture in which no code is found: a screen burnt out, or everything dark. gray: whole picture."""
    sample = np.ascontiguousarray(gray[::_REDUCED, ::_REDUCED])
    if not sample.size:
        return 0.0
    return _DARKER if _burnt_screen(sample) else _brighter(sample, _DARK)


def _brighter(sample: Picture, limit: float) -> float:
    lightest = float(np.percentile(sample, 98))
    return min(_BRIGHTER, math.log2(_GOAL / max(lightest, 1.0))) if lightest < limit else 0.0


def _burnt_screen(sample: Picture) -> bool:
    """Is there a rectangle, white all over, that lies wholly within the picture? A window or a wall goes beyond it."""
    white = (sample >= BURNT).view(np.uint8)
    contours, _ = cv2.findContours(white, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    height, width = sample.shape
    for contour in contours:
        area = cv2.contourArea(contour)
        if not _SCREEN[0] * sample.size < area < _SCREEN[1] * sample.size:
            continue
        left, top, wide, tall = cv2.boundingRect(contour)
        if left == 0 or top == 0 or left + wide == width or top + tall == height:
            continue
        _, sides, _ = cv2.minAreaRect(contour)
        if area > _SOLID * sides[0] * sides[1]:
            return True
    return False


class LightWatch:
    """What is wished of the light, frame by frame."""

    def __init__(self) -> None:
        self.hint: ExposureHint | None = None
        self._dazzled: float | None = None
        self._dazzled_last = 0.0

    def judge(self, gray: Picture, place: Picture | None, now: float) -> None:
        """place: the part of the picture where finder patterns were seen, if they were."""
        if place is not None:
            self.hint = ExposureHint(place_light(place), now)
            return
        stops = screen_light(gray)
        if stops:
            # Where that has not helped for a while it never will; to begin again and again would be a flicker.
            if self._dazzled is None or now - self._dazzled_last > DAZZLED_SECONDS:
                self._dazzled = now
            self._dazzled_last = now
            if now - self._dazzled < DAZZLED_SECONDS:
                self.hint = ExposureHint(stops, now)
                return
        if self.hint is not None and now - self.hint.at > HINT_SECONDS:
            self.hint = None

    def hold(self, now: float) -> None:
        """A code was read: the light is right, if it was ever judged."""
        if self.hint is not None:
            self.hint = ExposureHint(0.0, now)
