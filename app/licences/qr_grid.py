"""From a symbol's place to how dark each of its modules is: flattened, followed where it is bent, sampled."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from app.licences.qr_find import Array, Picture, Placed
from app.licences.qr_symbol import layout, size_of

CELL = 6
"""Pixels a module in the flattened picture."""
QUIET = 4
"""Modules of margin kept around the flattened symbol (ISO 18004)."""
_SHIFTS = np.arange(-3, 4) / 6
"""How far a module's middle may lie beside its place in one round, in modules."""
_WIDTHS = (3.0, 2.5, 2.0, 1.6)
"""Modules over which neighbours move together, round by round."""
_BLOT = 4.5
"""Modules a side of what is white all over and therefore no part of the code, but glare."""


def flatten(gray: Picture, placed: Placed) -> Picture:
    """The symbol seen straight from above, CELL pixels a module with QUIET modules of margin."""
    side = (size_of(placed.version) + 2 * QUIET) * CELL
    to_modules = np.array([[1 / CELL, 0, -QUIET], [0, 1 / CELL, -QUIET], [0, 0, 1]])
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    flat = cv2.warpPerspective(
        gray, placed.matrix @ to_modules, (side, side), flags=how, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(flat, np.uint8)


def blinded(flat: Picture) -> npt.NDArray[np.bool_]:
    """Pixels of the flattened picture that glare has taken."""
    side = round(_BLOT * CELL)
    white = (flat >= 250).astype(np.uint8)
    # The margin around the code is white by right.
    edge = (QUIET + 1) * CELL
    inside = np.zeros_like(white)
    inside[edge:-edge, edge:-edge] = 1
    blot = cv2.morphologyEx(white * inside, cv2.MORPH_OPEN, np.ones((side, side)))
    return cv2.dilate(blot, np.ones((CELL, CELL))).astype(bool)


def middles(version: int, margin: int = 0) -> Array:
    """Row and column of each module's middle in the flattened picture: 2 × size × size, pixels.

    margin: modules of the margin taken in on each side, at most QUIET.
    """
    at = (np.arange(-margin, size_of(version) + margin) + 0.5 + QUIET) * CELL - 0.5
    return np.stack(np.meshgrid(at, at, indexing="ij"))


def at_places(picture: Array, places: Array) -> Array:
    """The picture's values at rows and columns in places."""
    rows, columns = places.astype(np.float32)
    return np.asarray(cv2.remap(picture, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def follow(flat: Picture, version: int) -> Array:
    """The modules' true middles on a symbol that is bent, like `middles`.

    A module's middle is where the contrast is strongest; neighbours move together, fixed patterns pull harder.
    """
    where = layout(version)
    places = middles(version)
    even = cv2.GaussianBlur(evened(flat), (0, 0), CELL * 0.22)
    drift = np.zeros_like(places)
    wanted = np.where(where.known, 1.0 - 2.0 * where.fixed, 0.0)
    for width in _WIDTHS:
        best = np.full(wanted.shape, -np.inf)
        shift = np.zeros_like(places)
        for dy in _SHIFTS:
            for dx in _SHIFTS:
                step = np.array([dy, dx])[:, None, None] * CELL
                seen = at_places(even, places + drift + step)
                score = np.where(where.known, 1.5 * wanted * seen, np.abs(seen))
                score = cv2.GaussianBlur(score, (0, 0), width) - 0.02 * (dy * dy + dx * dx)
                better = score > best
                best = np.where(better, score, best)
                shift = np.where(better, step, shift)
        drift += np.stack([cv2.GaussianBlur(part, (0, 0), width) for part in shift])
    return places + drift


def evened(flat: Picture) -> Array:
    """Uneven light evened out: about −1 dark to 1 light."""
    around = np.ones((7 * CELL // 2, 7 * CELL // 2))
    high, low = (_smoothed(cv2.morphologyEx(flat, how, around)) for how in (cv2.MORPH_CLOSE, cv2.MORPH_OPEN))
    return np.asarray(np.clip(2 * (flat - low) / np.maximum(high - low, 8) - 1, -1.5, 1.5), np.float64)


def _smoothed(light: Any) -> Array:
    """Blurred over several modules. On a ninth of the pixels: what is so smooth loses nothing by it, and saves most."""
    small = cv2.resize(light.astype(np.float32), None, fx=1 / 3, fy=1 / 3, interpolation=cv2.INTER_AREA)
    blurred = cv2.GaussianBlur(small, (0, 0), CELL)
    return np.asarray(cv2.resize(blurred, light.shape[::-1], interpolation=cv2.INTER_LINEAR))


def darkness(flat: Picture, places: Array, blind: npt.NDArray[np.bool_]) -> Array:
    """How dark each module is, 0–1; 0.5 where glare lies."""
    # Beside a reflection everything would be dark; it is no part of the code's own light.
    calm = flat
    if blind.any():
        calm = np.where(cv2.dilate(blind.view(np.uint8), np.ones((CELL, CELL))) > 0, flat.min(), flat)
    light = at_places(cv2.GaussianBlur(evened(calm), (0, 0), CELL * 0.2), places)
    lost = at_places(blind.astype(np.float64), places) > 0.5
    return np.where(lost, 0.5, np.clip(0.5 - light / 2, 0, 1))
