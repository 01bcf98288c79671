"""A signature given on the citizen's screen, and what it was given for."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from app.domain.material import Page

SIGNATURE_MATERIAL = "applicant_signature"
"""The material under which a case keeps the signature's picture."""
_LEAST_POINTS = 6
_LEAST_LENGTH = 0.25
"""Of the pad's height: a touch in passing is no signature, the shortest name is."""


@dataclass(frozen=True, slots=True)
class Point:
    """One report of the pen. x, y: logical pixels of the pad; pressure: 0–1; ms: since the first point."""

    x: float
    y: float
    pressure: float
    ms: int


class Lack(StrEnum):
    """Why what is on a pad is no signature."""

    EMPTY = "empty"
    TOO_FEW_POINTS = "too-few-points"
    """The pad reported next to nothing: a tap, or a pad that loses reports."""
    TOO_SHORT = "too-short"
    """A line shorter than the shortest name."""


Stroke = tuple[Point, ...]
"""From pen down to pen up."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Strokes on a pad of width x height logical pixels.

    tool: "pen" where pressure was measured, "touch" or "mouse" where it was not, "" unknown. dpi: logical pixels an
    inch of the pad, 0 unknown. picture: PNG or JPEG of a pad that gives no strokes.
    """

    strokes: tuple[Stroke, ...]
    width: int
    height: int
    tool: str = ""
    dpi: float = 0.0
    picture: bytes = field(default=b"", repr=False)

    @property
    def points(self) -> int:
        """Reports of the pen."""
        return sum(map(len, self.strokes))

    @property
    def lack(self) -> Lack | None:
        """Why this is no signature; None when it is one."""
        if self.picture:
            return None
        if not self.points:
            return Lack.EMPTY
        if self.points < _LEAST_POINTS:
            return Lack.TOO_FEW_POINTS
        length = sum(math.dist((a.x, a.y), (b.x, b.y)) for stroke in self.strokes for a, b in pairwise(stroke))
        return Lack.TOO_SHORT if length < _LEAST_LENGTH * self.height else None

    @property
    def enough(self) -> bool:
        """Is there a signature, not only a dot or a touch in passing?"""
        return self.lack is None


@dataclass(frozen=True, slots=True)
class FingerMark:
    """A finger pressed by somebody who cannot sign 按指纹. quality: 0–100, as the reader judges. The template itself
    lies in the sealed file alone."""

    format: str
    quality: int
    template_sha256: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The applicant saw this form on the citizen's screen and signed it; or the clerk went on without, with a reason.

    codes, values: what was shown. form_sha256: over both. finger: pressed instead of a signature. page: the sealed
    picture of the signature, or the sheet that holds the finger; None with `skipped`, which says why nobody signed
    here, in words for people. promises: ids of the materials that stood on the applicant's own word 承诺、容缺 then.
    """

    codes: tuple[str, ...]
    values: Mapping[str, str]
    at: dt.datetime
    form_sha256: str
    signature: Signature | None = None
    page: Page | None = None
    skipped: str = ""
    promises: frozenset[str] = frozenset()
    finger: FingerMark | None = None

    def covers(self, codes: tuple[str, ...], values: Mapping[str, str], promises: frozenset[str] = frozenset()) -> bool:
        """Is this still what was confirmed? A form changed since, or a promise made since, must be shown again.

        promises: the materials that stand on the applicant's word now.
        """
        return codes == self.codes and dict(values) == dict(self.values) and promises <= self.promises
