"""Faces in a camera's frames: may it be judged, how alike is it to the document's, does the head turn?"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from devices.base import Picture

if TYPE_CHECKING:
    from app.identity.face.alike import FaceComparer, Features
    from app.identity.face.find import FaceFinder
    from app.identity.face.motion import Challenge, Progress
    from app.identity.face.quality import Quality

COMPARE_SECONDS = 0.8
"""The number of likeness is worked out no more often: it takes a good part of a core, and nobody reads faster."""
_EYES = 40.0
"""Pixels between the eyes that a document's face is enlarged to at least: what comes from a card may be tiny."""


@dataclass(frozen=True, slots=True)
class FaceSeen:
    """What one frame shows. document: of the document's picture, None where there is none. likeness: the cosine with
    it, of this or a recent good frame; None where there is nothing to say. motion: None where nothing was asked for.
    comparable: the net that compares is installed."""

    quality: Quality
    document: Quality | None
    likeness: float | None
    motion: Progress | None
    comparable: bool = True


@dataclass(frozen=True, slots=True)
class _Document:
    quality: Quality
    features: Features | None
    comparable: bool


class FaceCamera:
    """Looks at one frame after the other, on one thread; the nets are loaded there at the first frame.

    `set_document`, `ask` and `forget` may be called from any thread. No picture is kept but the document's, until
    `forget`.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic, chance: random.Random | None = None) -> None:
        """now: seconds. chance: what is asked for is drawn from it."""
        self._now = now
        self._chance = chance or random.SystemRandom()
        self._lock = threading.Lock()
        self._picture: Picture | None = None
        self._document: _Document | None = None
        self._challenge: Challenge | None = None
        self._likeness: float | None = None
        self._compared = float("-inf")
        self._finder: FaceFinder | None = None
        self._comparer: FaceComparer | None = None

    def set_document(self, picture: Picture | None) -> None:
        """The document's portrait, BGR; None: there is none to compare with."""
        with self._lock:
            self._picture, self._document, self._likeness = picture, None, None
            self._compared = float("-inf")

    def ask(self, mirrored: bool) -> None:
        """Ask for the head to be turned, from the beginning. mirrored: the frames are turned left to right."""
        from app.identity.face.motion import Challenge, steps

        made = Challenge(steps(self._chance.choice), mirrored)
        with self._lock:
            self._challenge = made

    def forget(self) -> None:
        """Another visitor, or nobody looks any more."""
        with self._lock:
            self._picture = self._document = self._challenge = self._likeness = None

    def look(self, picture: Picture) -> FaceSeen:
        """What a frame (BGR) shows, together with those before it."""
        from app.identity.face.quality import LIVE, judge

        finder = self._nets()
        faces = finder.find(picture)
        quality = judge(picture, faces, LIVE)
        with self._lock:
            wanted, document, challenge = self._picture, self._document, self._challenge
        if wanted is not None and document is None:
            document = self._read(wanted)
            with self._lock:
                if self._picture is wanted:
                    self._document = document
        motion = challenge.look(faces, self._now()) if challenge is not None else None
        asked = motion is not None and motion.end is None
        features = document.features if document is not None else None
        # While the head is being turned there is nothing to compare, and the turning must not wait.
        if features is not None and quality.good and not asked:
            self._compare(picture, quality, features, wanted)
        with self._lock:
            likeness = self._likeness if quality.face is not None else None
        if document is None:
            return FaceSeen(quality, None, likeness, motion)
        return FaceSeen(quality, document.quality, likeness, motion, document.comparable)

    def _nets(self) -> FaceFinder:
        if self._finder is None:
            from app.identity.face.find import FaceFinder

            self._finder = FaceFinder()
        return self._finder

    def _comparing(self) -> FaceComparer:
        if self._comparer is None:
            from app.identity.face.alike import FaceComparer

            self._comparer = FaceComparer()
        return self._comparer

    def _read(self, picture: Picture) -> _Document:
        from app.identity.face.alike import installed
        from app.identity.face.quality import DOCUMENT, judge

        finder = self._nets()
        quality = judge(picture, finder.find(picture), DOCUMENT)
        comparable = installed()
        if quality.face is None or not comparable:
            return _Document(quality, None, comparable)
        if quality.face.eyes < _EYES:
            times = min(_EYES / quality.face.eyes, 4.0)
            larger = cv2.resize(picture, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)
            found = finder.find(np.asarray(larger, np.uint8))
            if found:
                return _Document(quality, self._comparing().features(np.asarray(larger, np.uint8), found[0]), True)
        return _Document(quality, self._comparing().features(picture, quality.face), True)

    def _compare(self, picture: Picture, quality: Quality, features: Features, wanted: Picture | None) -> None:
        from app.identity.face.alike import alike

        now = self._now()
        if quality.face is None or now - self._compared < COMPARE_SECONDS:
            return
        self._compared = now
        likeness = alike(features, self._comparing().features(picture, quality.face))
        with self._lock:
            if self._picture is wanted:
                self._likeness = likeness
