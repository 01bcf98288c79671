"""Which columns of the net's scores are the characters of a line: exactly so many, evenly apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.identity.mrz.cut import MARGIN
from app.identity.mrz.net import Scores
from app.identity.mrz.strip import BETWEEN, PITCH, STEP

_STEPS = (4, 5, 6)
"""Columns from one character to the next; five when the line was cut as it is."""
_WORST = -6.0
_OUTSIDE = 0.4
_APART = 3
"""Columns by which the lines of a zone may begin apart."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """columns: of each character. chars: characters × 37, logarithms of probabilities given that one is there.
    fit: 0 at best; below about -1 there is no line of so many characters. legible: 0 at best; the mean logarithm of the
    likeliest character's probability."""

    columns: NDArray[np.int64]
    chars: NDArray[np.float64]
    fit: float
    margin: float
    """Characters' room before the track's first one, as it was cut."""
    total: float
    """Logarithm of how well so many characters explain the whole strip, what is beside them included."""

    @property
    def legible(self) -> float:
        return float(self.chars.max(axis=1).mean())

    @property
    def numbers(self) -> NDArray[np.float64]:
        """Where each character stands, counted in characters of the track that was cut."""
        return np.asarray((self.columns * STEP + 0.5) / PITCH - self.margin - 0.5, np.float64)

    @property
    def fillers(self) -> float:
        """How much of the line is < and clearly so: of a line seen upside down nothing is."""
        return float(np.exp(self.chars[:, -1]).mean())


def align(scores: Scores, count: int, start: float | None = None, margin: float = MARGIN) -> Aligned:
    """The best places of count characters. start: the column of the first one, as another line of the zone has it."""
    blank = np.clip(scores[:, BETWEEN].astype(float), _WORST, 0)
    there = np.clip(np.log(np.maximum(1 - np.exp(scores[:, BETWEEN].astype(float)), 1e-9)), _WORST, 0)
    columns = len(scores)
    padded = np.concatenate([np.zeros(8), blank, np.zeros(8)])
    # What is left outside should be blank: else a shorter line would fit into a longer one.
    before = np.concatenate([[0], np.cumsum(blank)]) * _OUTSIDE

    def gap(at: NDArray[np.int64], half: float) -> NDArray[np.float64]:
        low = padded[at + 8 + int(np.floor(half))]
        return np.asarray(np.maximum(low, padded[at + 8 + int(np.ceil(half))]))

    every = np.arange(columns)
    best = there + before[np.maximum(every - 2, 0)]
    if start is not None:
        best = np.where(np.abs(every - start) <= _APART, best, -1e9)
    came = np.zeros((count, columns), np.int64)
    for number in range(1, count):
        options = np.full((len(_STEPS), columns), -1e9)
        for k, step in enumerate(_STEPS):
            options[k, step:] = best[:-step] + gap(every[:-step], step / 2) - (0 if step == 5 else 0.15)
        came[number] = options.argmax(axis=0)
        best = options.max(axis=0) + there
    best = best + before[-1] - before[np.minimum(every + 3, columns)]
    at = int(best.argmax())
    total = float(best[at])
    places = np.zeros(count, np.int64)
    for number in range(count - 1, -1, -1):
        places[number] = at
        if number:
            at -= _STEPS[came[number, at]]
    likely = np.exp(scores[:, :BETWEEN].astype(float))
    around = 0.25 * likely[np.maximum(places - 1, 0)] + 0.5 * likely[places]
    around += 0.25 * likely[np.minimum(places + 1, columns - 1)]
    around /= around.sum(axis=1, keepdims=True)
    inside = total - before[max(places[0] - 2, 0)] - before[-1] + before[min(places[-1] + 3, columns)]
    return Aligned(places, np.log(np.maximum(around, 1e-7)), float(inside) / (2 * count), margin, total)
