"""Reads a QR code that ordinary readers give up: blurred, moved, bent, partly under glare, very small.

Nothing is guessed: what comes out has passed the code's own error correction with symbols to spare (qr_symbol), and the
text is then read from the cleaned symbol by an ordinary reader.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator

import numpy as np

from app.licences.qr_blur import unblurred
from app.licences.qr_find import FINE, Array, Finder, Picture, Placed, Triple, alike, nested, pairs, placements, triples
from app.licences.qr_grid import blinded, darkness, flatten, follow, middles
from app.licences.qr_symbol import Modules, layout, repair


class Looks:
    """What several frames showed of one symbol, module by module: noise averages out, and a reflection moves on.

    The modules are the frames' common ground, so no picture has to be laid over another. A code that changes meanwhile
    is not read from a mixture: the mixture fails the code's own check.
    """

    MOST = 8
    """Frames remembered."""

    def __init__(self) -> None:
        self._seen: deque[tuple[int, Array]] = deque(maxlen=self.MOST)

    def clear(self) -> None:
        self._seen.clear()

    def together(self, version: int, dark: Array) -> Array | None:
        """One look more; all looks at this version together, or None while it is the only one."""
        self._seen.append((version, dark))
        same = np.stack([look for of, look in self._seen if of == version]) - 0.5
        if len(same) < 2:
            return None
        # A module that only some frames show counts by those alone.
        shown = np.maximum((np.abs(same) > 0.02).sum(axis=0), 1)
        return np.asarray(0.5 + same.sum(axis=0) / shown, np.float64)


def clean_symbols(
    gray: Picture, seconds: float, looks: Looks | None = None, cpu: Callable[[], float] = time.thread_time
) -> Iterator[tuple[Picture, Placed]]:
    """A clean picture of the symbol that could be made out, with its place.

    seconds: CPU time after which no new attempt begins. looks: what earlier frames showed, to be read together.
    """
    end = cpu() + seconds
    for search in _searches(gray):
        for triple in search():
            for placed in placements(gray, triple):
                if cpu() > end:
                    return
                seen = []
                for dark in _looks(gray, placed):
                    if (clean := repair(dark, placed.version)) is not None:
                        yield _drawn(clean), placed
                        return
                    seen.append(dark)
                    if cpu() > end:
                        break
                # The second look is the one with the likeliest blur undone.
                joined = looks.together(placed.version, seen[min(1, len(seen) - 1)]) if looks is not None else None
                if joined is not None and (clean := repair(joined, placed.version)) is not None:
                    yield _drawn(clean), placed
                    return
        if cpu() > end:
            return


def _searches(gray: Picture) -> Iterator[Callable[[], list[Triple]]]:
    """The ways to find three finder patterns, what wins most for its time first."""
    seen: list[Finder] = []

    def among(finders: list[Finder]) -> list[Triple]:
        seen.extend(finders)
        return triples(finders)

    yield lambda: among(nested(gray, 0, 31))
    yield lambda: among(alike(gray))
    yield lambda: pairs(gray, sorted(seen, key=lambda finder: -finder.likeness))
    yield lambda: triples(nested(gray, 1.5, 51))
    yield lambda: triples(alike(gray, FINE))


def _looks(gray: Picture, placed: Placed) -> Iterator[Array]:
    """The modules' darkness in ways of growing effort."""
    flat = flatten(gray, placed)
    blind = blinded(flat)
    straight, where = middles(placed.version), layout(placed.version)
    yield darkness(flat, straight, blind)
    yield from unblurred(flat, straight, where, blind)
    bent = follow(flat, placed.version)
    yield darkness(flat, bent, blind)
    yield from unblurred(flat, bent, where, blind)


def _drawn(clean: Modules) -> Picture:
    """The symbol as a crisp picture with its margin."""
    return np.kron(np.pad(np.where(clean, 0, 255), 4, constant_values=255), np.ones((4, 4))).astype(np.uint8)
