"""Does somebody turn the head as asked? It tells a person from a still picture, and from nothing more.

What it does not tell apart: a film of somebody who turns the head, a mask, and a photograph that is bent and swung
cleverly. It is called 动作配合 on the screen, never a proof of life.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.identity.face.find import Face

SECONDS = 8.0
"""For each step; then it counts as not done."""
_FAR = 0.15
_NEAR = 0.1
_HELD = 2
_LOST = 6
_JUMP = 0.8


class Step(StrEnum):
    """What the person is asked for, as the person sees left and right."""

    AHEAD = "ahead"
    LEFT = "left"
    RIGHT = "right"


class End(StrEnum):
    """How it ended."""

    DONE = "done"
    TIMEOUT = "timeout"
    LOST = "lost"
    """The face was gone, or another one stood elsewhere: somebody may have taken its place."""


@dataclass(frozen=True, slots=True)
class Progress:
    """step: what is asked for now, None at the end; number: of it, from 0; steps: how many; end: None while it runs."""

    step: Step | None
    number: int
    steps: int
    end: End | None = None


def steps(choose: Callable[[Sequence[Step]], Step]) -> tuple[Step, ...]:
    """Ahead, then two turns with ahead between, each side drawn anew: nobody knows which will be asked for."""
    sides = (Step.LEFT, Step.RIGHT)
    return (Step.AHEAD, choose(sides), Step.AHEAD, choose(sides))


class Challenge:
    """Looks at one face after the other. mirrored: the picture is turned left to right."""

    def __init__(self, wanted: Sequence[Step], mirrored: bool) -> None:
        self._wanted = tuple(wanted)
        self._sign = -1.0 if mirrored else 1.0
        self._at = 0
        self._held = 0
        self._missing = 0
        self._since: float | None = None
        self._middle: list[float] = []
        self._last: Face | None = None
        self._end: End | None = None

    @property
    def progress(self) -> Progress:
        step = self._wanted[self._at] if self._end is None else None
        return Progress(step, self._at, len(self._wanted), self._end)

    def look(self, faces: Sequence[Face], at: float) -> Progress:
        """faces: of the newest frame, the largest first; at: seconds of any clock that goes forward."""
        if self._end is not None:
            return self.progress
        if self._since is None:
            self._since = at
        face = faces[0] if faces else None
        if face is None or (self._last is not None and _jumped(self._last, face)):
            self._missing += 1
            self._held = 0
            if self._last is not None and self._missing >= _LOST:
                self._end = End.LOST
            elif at - self._since > SECONDS:
                self._end = End.TIMEOUT
            return self.progress
        self._missing, self._last = 0, face
        self._held = self._held + 1 if self._does(face) else 0
        if self._held >= _HELD:
            self._at, self._held, self._since = self._at + 1, 0, at
            if self._at == len(self._wanted):
                self._end = End.DONE
        elif at - self._since > SECONDS:
            self._end = End.TIMEOUT
        return self.progress

    def _does(self, face: Face) -> bool:
        step = self._wanted[self._at]
        if step is Step.AHEAD:
            if abs(face.turn) < _NEAR:
                self._middle = [*self._middle[-4:], face.turn]
                return True
            return False
        # Noses are not straight and cameras stand aside: what counts is the way from this person's own middle.
        middle = sorted(self._middle)[len(self._middle) // 2] if self._middle else 0.0
        turned = (face.turn - middle) * self._sign
        return turned > _FAR if step is Step.LEFT else turned < -_FAR


def _jumped(before: Face, now: Face) -> bool:
    """Has the face moved by most of its own width from one look to the next, or become another size?"""
    (ax, ay, aw, _), (bx, by, bw, _) = before.box, now.box
    far = abs((ax + aw / 2) - (bx + bw / 2)) + abs(ay - by)
    return far > _JUMP * aw or not 0.6 < bw / max(aw, 1e-6) < 1.67
