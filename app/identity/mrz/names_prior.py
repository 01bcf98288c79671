"""Which letters names are made of (resources/models/mrz/names.npy): what speaks for E where E and F look the same.

It decides between letters that the picture leaves nearly alike, and never makes any character surer: what it changed is
for a person to look at.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

import resources
from app.identity.mrz.strip import ALPHABET

LETTERS = "<ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""The table's order; 0 is before and after a word."""
WEIGHT = 0.75
"""What the table's logarithms count beside those of the picture, which are surer than they should be."""
NEAR = 6.0
"""Letters less likely than the likeliest by more than this (natural logarithm) are not thought of."""
MOST = 5
_FIRST = ALPHABET.index("A")


@cache
def table() -> NDArray[np.float64]:
    """(27, 27, 27): logarithm of how likely a letter or the end of the word is after two others."""
    with resources.path("models/mrz/names.npy").open("rb") as file:
        return np.asarray(np.load(file), np.float64)


def spelt(part: NDArray[np.float64], said: NDArray[np.int64]) -> NDArray[np.int64]:
    """The likeliest letters of a names field (characters × 37 scores), its fillers settled. said: as seen alone."""
    out = said.copy()
    at = 0
    while at < len(said):
        end = at
        while end < len(said) and _FIRST <= said[end] < _FIRST + 26:
            end += 1
        if end > at:
            # A word at the end of the field may be cut off: nothing says that it ends there.
            out[at:end] = _word(part[at:end], whole=end < len(said))
        at = max(end, at + 1)
    return out


def _word(part: NDArray[np.float64], *, whole: bool) -> NDArray[np.int64]:
    letters = part[:, _FIRST : _FIRST + 26]
    options = []
    for row in letters:
        order = np.argsort(-row)[:MOST]
        options.append(order[row[order] > row[order[0]] - NEAR] + 1)
    likely = table() * WEIGHT
    before, last = np.zeros(1, np.int64), np.zeros(1, np.int64)
    # Paths by their last two letters: (letter before, letter) -> score; each step keeps the best of every pair.
    score = np.zeros((1, 1))
    came: list[NDArray[np.int64]] = []
    for row, now in zip(letters, options, strict=True):
        step = score[:, :, None] + likely[before[:, None, None], last[None, :, None], now[None, None, :]]
        came.append(step.argmax(axis=0))
        score = step.max(axis=0) + row[now - 1][None, :]
        before, last = last, now
    if whole:
        score = score + likely[before[:, None], last[None, :], 0]
    i, j = (int(k) for k in np.unravel_index(int(score.argmax()), score.shape))
    chosen = np.zeros(len(part), np.int64)
    for at in range(len(part) - 1, -1, -1):
        chosen[at] = options[at][j] - 1 + _FIRST
        i, j = int(came[at][i, j]), i
    return chosen
