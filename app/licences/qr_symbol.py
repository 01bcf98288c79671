"""The layout of a QR symbol (ISO/IEC 18004:2015, model 2) and its repair from doubtful modules.

A reader that knows which modules it cannot see (a lamp's reflection on a phone) can correct twice as many of them as
one that only knows that something is wrong. What comes out is a clean symbol, to be read by an ordinary reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import reedsolo
from segno import consts

Modules = npt.NDArray[np.uint8]
"""Square, 1 = dark."""
Doubts = npt.NDArray[np.float64]
"""Square, 0 = light for sure, 1 = dark for sure, 0.5 = nobody knows."""

_FIELD = reedsolo.RSCodec(2)  # builds the field's tables (x^8+x^4+x^3+x^2+1, as QR codes have it)
_BLOCKS: Any = consts.ECC
_SPARE = 3
"""Check symbols a block must have left over, so that chance makes a symbol of noise in 1 of 2^24 cases only."""
HIDDEN = 1e-6
"""How near 0.5 a module is that cannot be seen at all; what is only faint differs by more."""
_LEAST_AGREED = 0.45
"""How far the format's modules must agree with a format that exists: 1 all, 0 as many as not."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One version's fixed modules and the way of its data. fixed: 1 dark, 0 light, 2 not fixed. path: row, column."""

    version: int
    fixed: Modules
    known: npt.NDArray[np.bool_]
    path: npt.NDArray[np.intp]

    @property
    def size(self) -> int:
        return int(self.fixed.shape[0])


def size_of(version: int) -> int:
    """Modules a side: 21 for version 1 to 177 for version 40."""
    return 17 + 4 * version


@cache
def layout(version: int) -> Layout:
    """Where the patterns of a version stand. version: 1–40."""
    size = size_of(version)
    fixed = np.full((size, size), 2, np.uint8)
    fixed[6, :] = fixed[:, 6] = np.arange(size) % 2 == 0
    finder = np.zeros((8, 8), np.uint8)
    finder[:7, :7] = 1
    finder[1:6, 1:6] = 0
    finder[2:5, 2:5] = 1
    fixed[:8, :8] = finder
    fixed[:8, -8:] = finder[:, ::-1]
    fixed[-8:, :8] = finder[::-1]
    alignment = np.ones((5, 5), np.uint8)
    alignment[1:4, 1:4] = 0
    alignment[2, 2] = 1
    centres = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    for row in centres:
        for column in centres:
            if (row, column) not in ((6, 6), (6, size - 7), (size - 7, 6)):
                fixed[row - 2 : row + 3, column - 2 : column + 3] = alignment
    fixed[size - 8, 8] = 1
    known = fixed != 2
    taken = known.copy()
    for row, column in _format_places(size).reshape(-1, 2):
        taken[row, column] = True
    if version >= 7:
        taken[:6, size - 11 : size - 8] = taken[size - 11 : size - 8, :6] = True
        bits = consts.VERSION_INFO[version - 7]
        for at in range(18):
            fixed[at // 3, size - 11 + at % 3] = fixed[size - 11 + at % 3, at // 3] = bits >> at & 1
        known = fixed != 2
    return Layout(version, fixed, known, _path(size, taken))


def _path(size: int, taken: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """The data modules in reading order: two columns at a time, upwards and downwards, from the right."""
    places = []
    upwards = True
    for right in (*range(size - 1, 6, -2), *range(5, 0, -2)):
        for row in range(size - 1, -1, -1) if upwards else range(size):
            places += [(row, column) for column in (right, right - 1) if not taken[row, column]]
        upwards = not upwards
    return np.array(places, np.intp)


@cache
def _format_places(size: int) -> npt.NDArray[np.intp]:
    """Row and column of the 15 format bits, most significant first, in both copies: shape (2, 15, 2)."""
    first = [(8, 0), (8, 1), (8, 2), (8, 3), (8, 4), (8, 5), (8, 7), (8, 8), (7, 8)]
    first += [(row, 8) for row in range(5, -1, -1)]
    second = [(size - 1 - at, 8) for at in range(7)] + [(8, size - 8 + at) for at in range(8)]
    return np.array([first, second], np.intp)


_MASKS = (
    lambda r, c: (r + c) % 2,
    lambda r, c: r % 2 + 0 * c,
    lambda r, c: c % 3 + 0 * r,
    lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)


def formats(dark: Doubts, most: int = 3) -> list[tuple[int, int, int]]:
    """The likeliest formats, best first: (error level by its two bits, as segno has it; mask; all 15 bits).

    None when nothing like a format is seen.
    """
    places = _format_places(dark.shape[0])
    seen = dark[places[..., 0], places[..., 1]] - 0.5
    scores = []
    for number, bits in enumerate(consts.FORMAT_INFO):
        wanted = np.array([bits >> (14 - at) & 1 for at in range(15)]) - 0.5
        scores.append((float((seen * wanted).sum()), number, bits))
    scores.sort(reverse=True)
    # Where not even these agree, no data will; in noise the best of the 32 seldom gets so far.
    if scores[0][0] < _LEAST_AGREED * max(0.5 * float(np.abs(seen).sum()), 1e-6):
        return []
    return [(number >> 3, number & 7, bits) for _, number, bits in scores[:most]]


def repair(dark: Doubts, version: int) -> Modules | None:
    """The clean symbol that these modules are a poor picture of, or None when too much of it is lost.

    dark: how dark each module is, size × size of the version.
    """
    for level, mask, bits in formats(dark):
        if (found := _repair(dark, layout(version), level, mask, bits)) is not None:
            return found
    return None


def hidden_beyond_repair(dark: Doubts, version: int) -> bool:
    """Is more of the symbol hidden (0.5) than its check words can fill in, so that nothing but another look helps?"""
    where, likely = layout(version), formats(dark, 1)
    if not likely:
        return False
    seen = dark[where.path[:, 0], where.path[:, 1]]
    whole = len(seen) // 8
    sure = np.abs(seen[: whole * 8].reshape(whole, 8) - 0.5).min(axis=1)
    return _too_much_hidden(sure, _blocks(version, likely[0][0]))


def _too_much_hidden(sure: Doubts, blocks: list[tuple[list[int], int]]) -> bool:
    return any((sure[places] < HIDDEN).sum() > check - _SPARE for places, check in blocks)


def _repair(dark: Doubts, where: Layout, level: int, mask: int, bits: int) -> Modules | None:
    rows, columns = where.path[:, 0], where.path[:, 1]
    flip = np.asarray(_MASKS[mask](rows, columns)) == 0
    seen = np.where(flip, 1 - dark[rows, columns], dark[rows, columns])
    whole = len(seen) // 8
    seen = seen[: whole * 8].reshape(whole, 8)
    words = np.packbits(seen > 0.5, axis=1).ravel()
    # A word is as sure as its most doubtful module.
    sure = np.abs(seen - 0.5).min(axis=1)
    corrected = _correct(words, sure, where.version, level)
    if corrected is None:
        return None
    clean = np.where(where.known, where.fixed, 0).astype(np.uint8)
    # The remainder bits, if any, are zeros under the mask.
    data = np.zeros(len(rows), np.uint8)
    data[: whole * 8] = np.unpackbits(corrected)
    clean[rows, columns] = np.where(flip, 1 - data, data)
    for copy in _format_places(where.size):
        for at, (row, column) in enumerate(copy):
            clean[row, column] = bits >> (14 - at) & 1
    return clean


def _blocks(version: int, level: int) -> list[tuple[list[int], int]]:
    """The blocks of a symbol: places of their words in the interleaved message, data first, and how many check."""
    sizes = [
        (block.num_data, block.num_total - block.num_data)
        for block in _BLOCKS[version][level]
        for _ in range(block.num_blocks)
    ]
    places: list[list[int]] = [[] for _ in sizes]
    at = 0
    for word in range(max(data for data, _ in sizes)):
        for block, (data, _) in zip(places, sizes, strict=True):
            if word < data:
                block.append(at)
                at += 1
    for _ in range(sizes[0][1]):
        for block in places:
            block.append(at)
            at += 1
    return [(block, check) for block, (_, check) in zip(places, sizes, strict=True)]


def _correct(words: Modules, sure: Doubts, version: int, level: int) -> Modules | None:
    whole = words.copy()
    blocks = _blocks(version, level)
    # More words hidden than can be filled in: known at once, without an attempt.
    if _too_much_hidden(sure, blocks):
        return None
    # The most doubtful block first: when one is beyond repair, the others need no work.
    for places, check in sorted(blocks, key=lambda block: float(sure[block[0]].sum())):
        block = bytes(words[places])
        doubtful = np.argsort(sure[places])
        fixed = None
        # Few erasures waste little; many help where a blot lies. None at all is the ordinary decoding.
        hidden = int((sure[places] < HIDDEN).sum())
        for erased in dict.fromkeys((hidden, 0, check // 4, check // 2, 3 * check // 4, check - _SPARE)):
            if erased < hidden:
                continue
            lost = sorted(int(at) for at in doubtful[:erased] if sure[places[at]] < 0.49)
            try:
                message, parity, _ = reedsolo.rs_correct_msg(bytearray(block), check, fcr=0, erase_pos=lost)
            except (reedsolo.ReedSolomonError, ZeroDivisionError, IndexError):
                continue
            fixed = bytes(message) + bytes(parity)
            wrong = sum(
                1 for at, (old, new) in enumerate(zip(block, fixed, strict=True)) if old != new and at not in lost
            )
            if 2 * wrong + len(lost) <= check - _SPARE:
                break
            fixed = None
        if fixed is None:
            return None
        whole[places] = np.frombuffer(fixed, np.uint8)
    return whole
