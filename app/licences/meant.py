"""Several codes before the camera: which one was meant."""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.domain.licence import CodeKind, ScannedCode
from app.licences.kinds import Recognised

Seen = tuple[ScannedCode, Recognised]
LARGER, NEARER = 1.8, 0.5
"""So many times the next one's area, or so much of its distance from the middle, is what a person means."""
_LICENCES = frozenset({CodeKind.SIGNED_LICENCE, CodeKind.EU_CERTIFICATE, CodeKind.OPAQUE_LICENCE})


def rank(kind: CodeKind) -> int:
    """0 for what the scan is for, then what leads somewhere, what is at least known, and the rest."""
    if kind in _LICENCES:
        return 0
    return {CodeKind.OTHER: 2, CodeKind.UNKNOWN: 3}.get(kind, 1)


def meant(seen: Sequence[Seen], size: tuple[int, int]) -> tuple[Seen, ...]:
    """The one that was meant; several, from the left, when nobody can tell; () of none. size: of the picture, pixels.

    A licence goes before a leaflet beside it; of equals the one that is much larger, or much nearer to the middle.
    """
    distinct = list({code.text: (code, found) for code, found in seen}.values())
    best = min((rank(found.kind) for _, found in distinct), default=0)
    left = [one for one in distinct if rank(one[1].kind) == best]
    if best > 1:
        return tuple(sorted(left, key=lambda one: -_area(one[0])))[:1]  # of no use whichever it is
    if len(left) < 2:
        return tuple(left)
    by_area = sorted(left, key=lambda one: -_area(one[0]))
    if _area(by_area[0][0]) >= LARGER * _area(by_area[1][0]):
        return (by_area[0],)
    near = sorted(left, key=lambda one: _off_middle(one[0], size))
    if _off_middle(near[0][0], size) <= NEARER * _off_middle(near[1][0], size):
        return (near[0],)
    return tuple(sorted(left, key=lambda one: _middle(one[0])))[:9]


def _area(code: ScannedCode) -> float:
    """Shoelace formula."""
    points = code.points
    turns = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x * v - u * y for (x, y), (u, v) in turns)) / 2


def _middle(code: ScannedCode) -> tuple[float, float]:
    count = max(len(code.points), 1)
    return sum(x for x, _ in code.points) / count, sum(y for _, y in code.points) / count


def _off_middle(code: ScannedCode, size: tuple[int, int]) -> float:
    return math.dist(_middle(code), (size[0] / 2, size[1] / 2))
