"""Codes in a live picture: a cheap pass on each frame, and more on the next ones while nothing is read.

A frame without a code costs little more than the cheap pass: two frames of five take one step more (STEPS). Where
finder patterns are seen and the code is not read, the hard work goes on beside the frames, on the sharpest recent look
at that place, and never holds a frame up. What it finds is handed on with the next frame, unless that came too late.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from app.domain.licence import ScannedCode
from app.domain.light import ExposureHint
from app.licences.decode import OTHERS, STAGES, Picture, as_gray, double, plain_other, plain_qr, read_deep, shifted
from app.licences.exposure import LightWatch, burnt
from app.licences.qr_deep import Looks
from app.licences.qr_find import Finder, Triple, alike, hidden, nested, triples

STALE = 1.0
"""Seconds without frames after which somebody else may stand there; also the age at which a result is dropped."""
DEEP_SECONDS = 0.6
"""CPU time of one deep reading."""
ROUND, EXTRA = 5, (2, 3)
"""Of so many unread frames, which ones take a step more."""
LIT_AT = 1
"""… and on which one the light is judged."""
_HARD = (*(stage for name, stage in STAGES if name not in ("all formats", "margin")), double)
_ROOM = 0.35
"""What is taken in around the finder patterns, of their distance: the fourth corner, the margin, a hand's movement."""


@dataclass(frozen=True, slots=True)
class _Region:
    """Where finder patterns were seen: pixels, the end not included. at: seconds."""

    left: int
    top: int
    right: int
    bottom: int
    at: float

    def cut(self, gray: Picture) -> Picture:
        return gray[self.top : self.bottom, self.left : self.right]


@dataclass(frozen=True, slots=True)
class _View:
    """One frame's look at a region."""

    picture: Picture
    region: _Region
    sharpness: float
    at: float


@dataclass(frozen=True, slots=True)
class _Found:
    codes: list[ScannedCode]
    at: float


class _Hunt:
    """All that is known of one code not read yet; thrown away whole, so that nothing of it meets the next code."""

    def __init__(self) -> None:
        self.unread = 0
        self.region: _Region | None = None
        self.sharpest: _View | None = None
        self.looks = Looks()
        self.over = threading.Event()


class LiveDecoder:
    """Reads the codes of one camera, frame by frame. Call `read` from one thread; `close` at the end."""

    def __init__(self, beside: Executor | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        """beside: where the hard work is done, one piece at a time; a thread of our own unless told. clock: seconds."""
        self._clock = clock
        self._beside = beside or ThreadPoolExecutor(1, thread_name_prefix="deep-code")
        self._working: Future[_Found] | None = None
        self._hunt = _Hunt()
        self._light = LightWatch()
        self._last = clock()
        self._turn = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the work beside the frames; waits for the step that is running."""
        self._hunt.over.set()
        self._beside.shutdown(wait=True, cancel_futures=True)

    def settle(self) -> None:
        """Wait until the work beside the frames has ended; the next `read` hands its result on."""
        if self._working is not None:
            self._working.exception()

    @property
    def exposure(self) -> ExposureHint | None:
        """How the camera's light should change so that a code can be read. None: as the camera chooses by itself."""
        return self._light.hint

    def read(self, picture: Picture) -> list[ScannedCode]:
        """The codes of this frame, or those that a frame of the last second turned out to hold.

        picture: uint8; gray, BGR or BGRA.
        """
        now, gray = self._clock(), as_gray(picture)
        if now - self._last > STALE:
            self._forget()
            self._light = LightWatch()
        self._last = now
        # The cheap pass first: it costs nothing more, and this frame's place of the code is the best one.
        codes = plain_qr(gray) or self._from_beside(now)
        if not codes:
            self._hunt.unread += 1
            self._keep(gray, now)
            if self._hunt.unread % ROUND in EXTRA:
                codes = self._step(gray, now)
            elif self._hunt.unread % ROUND == LIT_AT:
                region = self._hunt.region
                self._light.judge(gray, region.cut(gray) if region is not None else None, now)
        if codes:
            self._light.hold(now)
            self._forget()
        else:
            self._set_to_work()
        return codes

    def _forget(self) -> None:
        self._hunt.over.set()
        self._working = None if self._working is None or self._working.done() else self._working
        self._hunt, self._turn = _Hunt(), 0

    def _step(self, gray: Picture, now: float) -> list[ScannedCode]:
        """One step more, by turns: a look for finder patterns, another format, a quick stage for QR."""
        step, self._turn = STEPS[self._turn % len(STEPS)], self._turn + 1
        if isinstance(step, _Reading):
            return step.read(gray)
        finders = step.find(gray)
        found = triples(finders)[:1] or hidden(gray, finders)
        if found and (region := _around(found, gray, now)):
            self._hunt.region = region
            self._light.judge(gray, region.cut(gray), now)
            self._keep(gray, now)
        return []

    def _keep(self, gray: Picture, now: float) -> None:
        """Remember this look at the place, if it is sharper than what waits."""
        region = self._hunt.region
        if region is None or now - region.at > STALE:
            self._hunt.region = self._hunt.sharpest = None
            return
        view = region.cut(gray)
        # A sample of the lines will do: this is done on each frame.
        across, down = view[::8].astype(np.int16), view[:, ::8].astype(np.int16)
        sharpness = float(np.abs(np.diff(across, axis=1)).mean() + np.abs(np.diff(down, axis=0)).mean())
        best = self._hunt.sharpest
        if best is None or best.region is not region or now - best.at > STALE / 2 or sharpness >= best.sharpness:
            # A copy: the camera may use its picture's memory again.
            self._hunt.sharpest = _View(view.copy(), region, sharpness, now)

    def _set_to_work(self) -> None:
        view, hunt = self._hunt.sharpest, self._hunt
        if view is not None and self._working is None and not hunt.over.is_set():
            hunt.sharpest = None
            self._working = self._beside.submit(_work, view, hunt.looks, hunt.over)

    def _from_beside(self, now: float) -> list[ScannedCode]:
        """What the work beside the frames has found since; too old is as good as nothing."""
        if self._working is None or not self._working.done():
            return []
        done, self._working = self._working.result(), None
        return done.codes if now - done.at <= STALE else []


def _work(view: _View, looks: Looks, over: threading.Event) -> _Found:
    """All stages and the deep reading of one view. over: the code has been read meanwhile, or is gone."""
    codes: list[ScannedCode] = []
    # Under a reflection the frames must come in quickly: no ordinary reader reads what is hidden.
    for stage in () if looks.hurried and burnt(view.picture) else _HARD:
        if over.is_set():
            return _Found([], view.at)
        if codes := stage(view.picture):
            break
    else:
        codes = read_deep(view.picture, DEEP_SECONDS, looks, lambda: math.inf if over.is_set() else time.thread_time())
    # Over meanwhile: whoever stands there now must not be given the last one's code.
    left, top = view.region.left, view.region.top
    return _Found([] if over.is_set() else [shifted(code, left, top) for code in codes], view.at)


def _around(found: Sequence[Triple], gray: Picture, now: float) -> _Region | None:
    """The place of the symbols that these may be; None when it is too small to hold one."""
    corners = np.vstack([[a, b, c, b + c - a] for a, b, c in (triple.corners for triple in found)])
    a, b, _ = found[0].corners
    room = _ROOM * float(np.hypot(*(b - a))) + 8 * found[0].module
    left, top = np.maximum(corners.min(axis=0) - room, 0).astype(int)
    right, bottom = np.minimum(corners.max(axis=0) + room, (gray.shape[1], gray.shape[0])).astype(int)
    return _Region(int(left), int(top), int(right), int(bottom), now) if min(right - left, bottom - top) > 20 else None


def _large(gray: Picture) -> list[Finder]:
    """By likeness, on a quarter of the pixels: codes of five pixels a module and more."""
    return _halved(gray, lambda small: alike(small, (2.6, 3.6, 5.0, 7.0)))


def _small(gray: Picture) -> list[Finder]:
    return alike(gray, (3.4,))


def _tiny(gray: Picture) -> list[Finder]:
    return _in_the_middle(gray, lambda middle: alike(middle, (2.4,)))


def _outlines(gray: Picture) -> list[Finder]:
    return _in_the_middle(gray, lambda middle: _halved(middle, lambda small: nested(small, 0, 31)))


def _halved(gray: Picture, find: Callable[[Picture], list[Finder]]) -> list[Finder]:
    if min(gray.shape) < 40:
        return []
    small = np.asarray(cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    return [Finder(2 * f.x, 2 * f.y, 2 * f.module, f.likeness) for f in find(small)]


def _in_the_middle(gray: Picture, find: Callable[[Picture], list[Finder]]) -> list[Finder]:
    """What costs most is sought where things are held up: in the middle two thirds."""
    top, left = gray.shape[0] // 6, gray.shape[1] // 6
    middle = np.ascontiguousarray(gray[top : gray.shape[0] - top, left : gray.shape[1] - left])
    return [Finder(f.x + left, f.y + top, f.module, f.likeness) for f in find(middle)]


@dataclass(frozen=True, slots=True)
class _Looking:
    """A step that looks for finder patterns."""

    find: Callable[[Picture], list[Finder]]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A step that may read a code."""

    read: Callable[[Picture], list[ScannedCode]]


_QUICK = {name: _Reading(stage) for name, stage in STAGES}
_OTHERS = tuple(_Reading(partial(plain_other, turn=turn)) for turn in range(len(OTHERS)))
STEPS: tuple[_Looking | _Reading, ...] = (
    *(_Looking(_large), _Looking(_small), _QUICK["half"], _Looking(_tiny), _OTHERS[0], _Looking(_outlines), _OTHERS[1]),
    *(_Looking(_large), _QUICK["global"], _OTHERS[2], _Looking(_small), _QUICK["smooth"], _OTHERS[3], _Looking(_tiny)),
)
"""The steps in turn, what wins most first. None costs more than ten times the cheap pass (tests/bench/codes)."""
