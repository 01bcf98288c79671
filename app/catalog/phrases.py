"""Finding a pattern in tens of thousands of short texts at once.

All phrases stand in one long array of symbols with gaps between them, and numpy compares the whole array at a time. A
pattern is a row of weights: how well each symbol of the alphabet serves at that place (1 itself, less for the same
sound, 0 not at all).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float32]
"""Of one place of a pattern: symbol -> how well it serves, 0–1."""

_Places = NDArray[np.int32]
_Truth = NDArray[np.bool_]

_GAP = 32
"""Patterns are shorter than this, so that one can be laid at any place without leaving the array."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pattern stands: phrase numbers, the place in each phrase, how well it fits (0–1) and its worst symbol."""

    phrases: NDArray[np.int32]
    starts: NDArray[np.int32]
    fits: Weights
    worst: Weights

    @classmethod
    def nothing(cls) -> Found:
        none = np.empty(0, np.float32)
        return cls(np.empty(0, np.int32), np.empty(0, np.int32), none, none)


class Phrases:
    """The phrases, ready to be searched; memory is about 11 bytes a character."""

    longest = _GAP - 2

    def __init__(self, texts: Sequence[str]) -> None:
        """texts: without line breaks, which mark the gaps."""
        self.lengths = np.array([len(text) for text in texts], np.int32)
        letters = np.frombuffer("".join(f"{text}\n" for text in ("", *texts)).encode("utf-32-le"), np.uint32)[1:]
        # A line break is the smallest character that texts hold, so the gap is symbol 0.
        known, joined = np.unique(np.concatenate(([ord("\n")], letters)), return_inverse=True)
        self.alphabet = [chr(code) for code in known]
        self._number = {char: at for at, char in enumerate(self.alphabet)}
        edge = np.zeros(_GAP, np.uint32)
        kind = np.uint16 if len(self.alphabet) < 1 << 16 else np.uint32
        self.symbols = np.concatenate((edge, joined[1:], edge)).astype(kind)
        self.phrase_of = np.concatenate((edge, np.repeat(np.arange(len(texts)), self.lengths + 1), edge)).astype(
            np.int32
        )
        self.offsets = (_GAP + np.cumsum(self.lengths + 1) - self.lengths - 1).astype(np.int32)
        # Places by symbol, so that a rare symbol leads straight to the few places where it stands.
        self._places = np.argsort(self.symbols, kind="stable").astype(np.int32)
        self._counts = np.bincount(self.symbols, minlength=len(self.alphabet))
        self._first = np.concatenate(([0], np.cumsum(self._counts)))

    def __len__(self) -> int:
        return len(self.lengths)

    def spelt(self, text: str) -> list[Weights]:
        """The pattern that only this text fits."""
        pattern = []
        for char in text:
            weights = np.zeros(len(self.alphabet), np.float32)
            weights[self._number.get(char, 0)] = 1
            weights[0] = 0
            pattern.append(weights)
        return pattern

    def find(self, pattern: Sequence[Weights]) -> Found:
        """Every place where all of the pattern's symbols stand in a row."""
        if not 0 < len(pattern) <= self.longest:
            return Found.nothing()
        return self._found(*self._row(pattern))

    def find_nearly(self, pattern: Sequence[Weights]) -> Found:
        """Every place where the pattern stands with one mistake: a symbol wrong, missing, too many, or two swapped."""
        size = len(pattern)
        if not 2 < size <= self.longest - 1:
            return Found.nothing()
        places = self._half_right(pattern)

        def stands(at: int, place: int) -> _Truth:
            """Is the pattern's symbol `at` found `place` symbols after the start?"""
            truth: _Truth = pattern[at][self.symbols[places + place]] > 0
            return truth

        everywhere = np.ones(len(places), np.bool_)
        # tails[k][shift]: the pattern from its symbol k on stands where it belongs, moved by shift.
        tails: list[dict[int, _Truth]] = [{} for _ in range(size)] + [dict.fromkeys((-1, 0, 1), everywhere)]
        for at in range(size - 1, 0, -1):
            tails[at] = {shift: tails[at + 1][shift] & stands(at, at + shift) for shift in (-1, 0, 1)}
        near = np.zeros(len(places), np.bool_)
        head = everywhere
        for at in range(size):
            # Beyond either end of the phrase stands a gap, but none may stand inside.
            filled: _Truth = np.not_equal(self.symbols[places + at], 0)
            inside = filled if 0 < at < size - 1 else everywhere
            near |= head & inside & tails[at + 1][0]  # wrong symbol
            if at:
                near |= head & filled & tails[at][1]  # the typist left one out before it
                near |= head & tails[at + 1][-1]  # the typist put it in
            if at + 1 < size:
                near |= head & stands(at + 1, at) & stands(at, at + 1) & tails[at + 2][0]  # swapped
            head = head & stands(at, at)
        places = places[near]
        # A wrong first symbol may stand before the phrase, in the gap.
        places = places + (self.symbols[places] == 0)
        fits = np.full(len(places), 1 - 0.25 / size, np.float32)
        return self._found(places, fits, fits)

    def _half_right(self, pattern: Sequence[Weights]) -> _Places:
        """Where the pattern may start: one mistake leaves one half of it right, or is a swap in its middle."""
        half = len(pattern) // 2
        starts = [self._row(pattern[:half])[0]]
        later = self._row(pattern[half:])[0] - half
        starts += [later - 1, later, later + 1, self._row(pattern[half + 1 :])[0] - half - 1]
        return np.maximum(np.concatenate(starts), _GAP - 1)

    def _row(self, pattern: Sequence[Weights]) -> tuple[_Places, Weights, Weights]:
        """The places where all symbols of the pattern stand in a row, how well, and the worst of them."""
        rarest = min(range(len(pattern)), key=lambda at: int(self._counts[pattern[at] > 0].sum()))
        places = self._standing(pattern[rarest]) - np.int32(rarest)
        fits, worst = np.zeros(len(places), np.float32), np.ones(len(places), np.float32)
        for at in sorted(range(len(pattern)), key=lambda at: abs(at - rarest)):
            here = pattern[at][self.symbols[places + at]]
            stays = here > 0
            places, here = places[stays], here[stays]
            fits, worst = fits[stays] + here, np.minimum(worst[stays], here)
        return places, fits / np.float32(len(pattern)), worst

    def _standing(self, weights: Weights) -> _Places:
        found = [self._places[self._first[s] : self._first[s + 1]] for s in np.flatnonzero(weights > 0)]
        return np.concatenate(found) if found else np.empty(0, np.int32)

    def _found(self, places: _Places, fits: Weights, worst: Weights) -> Found:
        if not len(places):
            return Found.nothing()
        phrases = self.phrase_of[places]
        return Found(phrases, places - self.offsets[phrases], fits, worst)
