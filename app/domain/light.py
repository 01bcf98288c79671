"""What a reader of pictures wishes of the light in them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExposureHint:
    """How the next pictures should differ from the one judged.

    stops: powers of two of the light; below 0 darker, above 0 brighter, 0 right as it is. at: seconds, of the clock of
    whoever judged: a camera that has changed since was not judged.
    """

    stops: float
    at: float
