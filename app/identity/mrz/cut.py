"""From a line on the picture to strips: straightened, its middle found to a pixel, at the net's size."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from app.identity.mrz.locate import Line
from app.identity.mrz.strip import HEIGHT, PITCH, Gray

MARGIN = 9
"""Characters' room before the first and after the last one: glare may have taken the ends from what was located."""
TALL = 60
"""Rows of the strip in which the middle is looked for: lines above and below stay outside of its middle part."""

Curve = NDArray[np.float64]
"""Coefficients of a polynomial, highest first."""


@dataclass(frozen=True, slots=True)
class Track:
    """Where the characters of a line stand: polynomials of x and y over the character's number (0 at the first one)."""

    x: Curve
    y: Curve
    count: int

    @classmethod
    def along(cls, line: Line, count: int) -> Track:
        """Characters spread evenly over a line; its ends are the outer edges of the first and the last one."""
        steps = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line.points, axis=0).T))])
        number = steps / steps[-1] * count - 0.5
        degree = min(2, len(number) - 1)
        return cls(np.polyfit(number, line.points[:, 0], degree), np.polyfit(number, line.points[:, 1], degree), count)

    def at(self, number: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        """x, y and the step to the next character, at (fractional) characters."""
        # Beyond its ends a line goes on straight: a polynomial would run away.
        inside = np.clip(number, -0.5, self.count - 0.5)
        beyond = number - inside
        dx, dy = np.polyval(np.polyder(self.x), inside), np.polyval(np.polyder(self.y), inside)
        return np.polyval(self.x, inside) + beyond * dx, np.polyval(self.y, inside) + beyond * dy, dx, dy

    @property
    def pitch(self) -> float:
        """Pixels from character to character in the middle of the line."""
        _, _, dx, dy = self.at(np.array([self.count / 2]))
        return float(np.hypot(dx[0], dy[0]))

    def shifted(self, numbers: NDArray[np.float64], off: NDArray[np.float64], degree: int) -> Track:
        """Moved sideways by so many pitches at some characters."""
        x, y, dx, dy = self.at(numbers)
        shape = min(degree, len(numbers) - 1)
        return Track(np.polyfit(numbers, x - off * dy, shape), np.polyfit(numbers, y + off * dx, shape), self.count)

    def renumbered(self, where: NDArray[np.float64], degree: int) -> Track:
        """With character k at what is number where[k] now."""
        x, y, _, _ = self.at(where)
        numbers = np.arange(len(where), dtype=float)
        return Track(np.polyfit(numbers, x, degree), np.polyfit(numbers, y, degree), len(where))

    def turned(self) -> Track:
        numbers = np.arange(self.count, dtype=float)
        x, y, _, _ = self.at(numbers[::-1])
        return Track(np.polyfit(numbers, x, len(self.x) - 1), np.polyfit(numbers, y, len(self.y) - 1), self.count)


class Levels:
    """A picture in halves, so that large print is made small without losing every other stroke."""

    def __init__(self, gray: Gray) -> None:
        self._levels = [gray]

    def fitting(self, pitch: float) -> tuple[Gray, float]:
        """The level at which characters stand at most some 30 pixels apart, and its scale."""
        level = 0
        while pitch / 2**level > 30 and min(self._levels[0].shape) / 2**level > 64:
            level += 1
        while len(self._levels) <= level:
            last = self._levels[-1]
            half = (max(last.shape[1] // 2, 1), max(last.shape[0] // 2, 1))
            self._levels.append(np.asarray(cv2.resize(last, half, interpolation=cv2.INTER_AREA), np.uint8))
        return self._levels[level], 0.5**level


def cut(levels: Levels, track: Track, rows: int = HEIGHT, stretch: float = 1.0, margin: float = MARGIN) -> Gray:
    """The strip of a track: margin characters around, PITCH pixels a character, the line in the middle row.

    stretch: of its height alone."""
    picture, scale = levels.fitting(track.pitch)
    columns = np.arange(round((track.count + 2 * margin) * PITCH), dtype=np.float64)
    x, y, dx, dy = track.at((columns + 0.5) / PITCH - margin - 0.5)
    away = ((np.arange(rows) - (rows - 1) / 2) / (PITCH * stretch))[:, None]
    map_x = ((x - away * dy + 0.5) * scale - 0.5).astype(np.float32)
    map_y = ((y + away * dx + 0.5) * scale - 0.5).astype(np.float32)
    return np.asarray(cv2.remap(picture, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def centred(levels: Levels, track: Track) -> Track:
    """The track moved into the middle of what is printed along it."""
    for reach in (0.75, 0.6):
        strip = cut(levels, track, TALL, margin=1).astype(np.float32)
        dark = np.maximum(cv2.blur(strip, (61, 41)) - strip, 0)
        dark = np.maximum(dark - dark.mean(), 0)
        rows = (np.arange(TALL) - (TALL - 1) / 2) / PITCH
        weight = dark * np.exp(-((rows / reach) ** 4))[:, None]
        # Four characters at a time: one alone may be higher on one side.
        window = round(4 * PITCH)
        pieces = (strip.shape[1] - round(2 * PITCH)) // window
        begin = round(PITCH)
        sums = weight[:, begin : begin + pieces * window].reshape(TALL, pieces, window).sum(axis=2)
        total = sums.sum(axis=0) + 1e-3
        off = (sums * rows[:, None]).sum(axis=0) / total
        numbers = (np.arange(pieces) + 0.5) * window / PITCH - 0.5
        trust = np.sqrt(total / total.max())
        bend = np.polyfit(numbers, off, 2, w=trust)
        left = np.abs(np.polyval(bend, numbers) - off)
        good = left <= max(2 * float(np.median(left)), 0.04)
        if good.sum() > 4:
            bend = np.polyfit(numbers[good], off[good], 2, w=trust[good])
        every = np.linspace(0, track.count - 1, 12, dtype=np.float64)
        track = track.shifted(every, np.clip(np.polyval(bend, every), -1, 1), 3)
    return track
