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
from app.licences.qr_symbol import Modules, hidden_beyond_repair, layout, repair

_FAINT = 0.02
"""How near 0.5 a module is that a frame says nothing about."""
_THOROUGH = 6
"""Of so many frames, one is worked on thoroughly although a reflection hides more than can be filled in."""
_SAME = 0.35
"""Agreement of a look with the others; two symbols of one version agree to about 0.2, by the standard's patterns."""
_GOOD_FIT = 0.6
"""Correlation with the standard's patterns from which on the place is hardly ever wrong."""


class Looks:
    """What several frames showed of one symbol, module by module: noise averages out, and a reflection moves on.

    The modules are the frames' common ground, so no picture has to be laid over another. Another symbol is no look at
    this one: it begins anew, so that nobody's code is read from a mixture (which would fail its own check as well).
    """

    MOST = 24
    """Frames remembered: about two seconds of them."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, bool], deque[Array]] = {}
        self._beyond = False
        self._frames = 0

    @property
    def hurried(self) -> bool:
        """Is another frame worth more than more work on this one? What a reflection hides, no work brings back.

        Not always: what looks like a reflection may be something else.
        """
        return self._beyond and self._frames % _THOROUGH != 0

    def together(self, version: int, dark: Array, *, cleared: bool = False) -> Array | None:
        """One look more; all looks at this version together, or None while it is the only one.

        dark: 0–1, 0.5 for what is hidden. cleared: its blur has been undone; such looks are kept by themselves.
        """
        look = dark - 0.5
        if not cleared:
            self._frames += 1
            self._beyond = hidden_beyond_repair(dark, version)
        seen = self._seen.setdefault((version, cleared), deque(maxlen=self.MOST))
        if seen and _agreement(look, np.sum(seen, axis=0)) < _SAME:
            seen.clear()
        seen.append(look)
        if len(seen) < 2:
            return None
        # A module that only some frames show counts by those alone.
        shown = np.maximum((np.abs(seen) > _FAINT).sum(axis=0), 1)
        return np.asarray(0.5 + np.sum(seen, axis=0) / shown, np.float64)


def _agreement(one: Array, other: Array) -> float:
    """How far two looks show the same modules, by what each is sure of: 1 all, 0 as many as not."""
    both = one * other
    return float(both.sum() / max(float(np.abs(both).sum()), 1e-9))


def clean_symbols(
    gray: Picture, seconds: float, looks: Looks | None = None, cpu: Callable[[], float] = time.thread_time
) -> Iterator[tuple[Picture, Placed]]:
    """A clean picture of the symbol that could be made out, with its place.

    seconds: CPU time after which no new attempt begins. looks: what earlier frames showed, to be read together; where
    they say that the next frame is worth more, this one is left after its first look.
    """
    end = cpu() + seconds
    for search in _searches(gray):
        for triple in search():
            for placed in placements(gray, triple):
                if cpu() > end:
                    return
                for way, dark in enumerate(_looks(gray, placed)):
                    if (clean := repair(dark, placed.version)) is not None:
                        yield _drawn(clean), placed
                        return
                    # The second way is the one with the likeliest blur undone.
                    if looks is not None and way < 2:
                        joined = looks.together(placed.version, dark, cleared=way == 1)
                        if joined is not None and (clean := repair(joined, placed.version)) is not None:
                            yield _drawn(clean), placed
                            return
                        if way == 0 and looks.hurried and placed.fit > _GOOD_FIT:
                            return
                    if cpu() > end:
                        break
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
