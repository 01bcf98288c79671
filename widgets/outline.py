"""Where an outline stands between two looks at the picture.

What is found is found on one frame and a moment late; the picture goes on meanwhile. The outline moves on with the
speed it had, so that it lies on the thing and not where the thing was; it does not tremble, and it does not blink when
one look finds nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

Point = tuple[float, float]

HOLD_SECONDS = 0.15
"""How long an outline stays when nothing is found any more; at least two looks."""
LEAD_SECONDS = 0.12
"""At most this far ahead of what was last seen; farther would be guessing."""
_LOOKS = 2.2
_JUMP = 0.35
"""Moved by more than this share of its own size between two looks, it is another thing or was put down anew."""
_CALM = 0.5
"""The share of the way to its new place that an outline goes at each frame."""


class OutlineTrack:
    """One outline. Times are seconds of one monotonic clock, those of the frames; points are pixels of the picture."""

    def __init__(self) -> None:
        self._points: tuple[Point, ...] = ()
        self._speeds: tuple[Point, ...] = ()
        self._shown: tuple[Point, ...] = ()
        self._at = 0.0
        self._between = 0.0

    def clear(self) -> None:
        """Forget it at once."""
        self._points = self._speeds = self._shown = ()

    def found(self, points: Sequence[Point], at: float) -> None:
        """It was found there on the frame of that time. Frames come in order; an older one is left out."""
        new = tuple((float(x), float(y)) for x, y in points)
        if self._points and at < self._at:
            return
        since = at - self._at
        old = self._points
        if old and len(old) == len(new) and 0 < since <= self._hold() + LEAD_SECONDS:
            new = _turned_like(new, old)
            if _distance(new, old) <= _JUMP * _size(new):
                fresh = tuple(((x - a) / since, (y - b) / since) for (x, y), (a, b) in zip(new, old, strict=True))
                # Half of the last speed is kept: a speed from two looks alone would shake with every pixel.
                self._speeds = tuple(
                    ((u + a) / 2, (v + b) / 2) for (u, v), (a, b) in zip(fresh, self._speeds, strict=True)
                )
                self._between = since
            else:
                self._rest(new)
        else:
            self._rest(new)
        self._points, self._at = new, at

    def _rest(self, points: tuple[Point, ...]) -> None:
        self._speeds = ((0.0, 0.0),) * len(points)
        self._shown = ()

    def where(self, at: float) -> tuple[Point, ...]:
        """Where it stands on the frame of that time; () when it has not been found for a while."""
        if not self._points or at - self._at > self._hold():
            self._shown = ()
            return ()
        ahead = min(max(at - self._at, 0.0), LEAD_SECONDS)
        goal = tuple((x + u * ahead, y + v * ahead) for (x, y), (u, v) in zip(self._points, self._speeds, strict=True))
        if len(self._shown) == len(goal):
            goal = tuple(
                (a + (x - a) * _CALM, b + (y - b) * _CALM) for (x, y), (a, b) in zip(goal, self._shown, strict=True)
            )
        self._shown = goal
        return goal

    def _hold(self) -> float:
        return max(HOLD_SECONDS, self._between * _LOOKS)


def _turned_like(points: tuple[Point, ...], old: tuple[Point, ...]) -> tuple[Point, ...]:
    """The same corners in the same sense, begun at the corner that matches: readers do not agree which one leads."""
    turns = [points[n:] + points[:n] for n in range(len(points))]
    return min(turns, key=lambda turn: _distance(turn, old))


def _distance(one: tuple[Point, ...], other: tuple[Point, ...]) -> float:
    return sum(math.dist(a, b) for a, b in zip(one, other, strict=True)) / len(one)


def _size(points: tuple[Point, ...]) -> float:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(max(xs) - min(xs), max(ys) - min(ys), 1.0)
