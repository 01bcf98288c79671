"""Read modules through blur: out of focus, moved, or both.

The finder patterns are known, so they show how the picture was blurred. The blurring that explains them best is then
undone for the modules themselves, which can only be dark or light: least squares with bounds, solved by projected
gradients with momentum (Beck and Teboulle, FISTA, 2009). That is far better conditioned than sharpening the picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from app.licences.qr_find import Array, Picture
from app.licences.qr_grid import at_places
from app.licences.qr_symbol import Layout

STEP = 2
"""Samples a module along each side."""
MARGIN = 3
"""Modules of margin looked at around the symbol."""
_ROUNDS = 60
_MOST_KERNELS = 2


@dataclass(frozen=True, slots=True)
class _Explained:
    """A kernel, its correlation with the finder patterns, and gain and offset at the three of them (3×2)."""

    score: float
    kernel: Array
    light: Array


@cache
def _kernels() -> tuple[Array, ...]:
    """Point spread functions, STEP samples a module: Gaussian, out of focus, moved in 16 directions."""
    reach = STEP * 4
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1] / STEP
    found = [np.exp(-(x * x + y * y) / 2 / sigma**2) for sigma in (0.3, 0.45, 0.6, 0.75, 0.9, 1.1, 1.3, 1.5)]
    away = np.hypot(x, y)
    discs = [np.clip((radius - away) * STEP + 0.5, 0, 1) for radius in (0.7, 0.95, 1.2, 1.45, 1.7, 2.0)]
    found += [cv2.GaussianBlur(disc, (0, 0), 0.3 * STEP) for disc in discs]
    for length in (1.2, 1.8, 2.4, 3.0, 3.7, 4.5, 5.5, 6.5):
        for angle in np.deg2rad(np.arange(0, 180, 11.25)):
            along, across = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
            line = np.clip((length / 2 - abs(along)) * STEP + 0.5, 0, 1)
            line = line * np.clip((0.25 - abs(across)) * STEP + 0.5, 0, 1)
            found.append(cv2.GaussianBlur(line, (0, 0), 0.3 * STEP))
    return tuple(_cropped(kernel / kernel.sum()) for kernel in found)


def _cropped(kernel: Array) -> Array:
    """Without the border that weighs nothing: large kernels cost."""
    while kernel.shape[0] > 3:
        inner = kernel[1:-1, 1:-1]
        if inner.sum() < 0.995:
            break
        kernel = inner
    return np.ascontiguousarray(kernel / kernel.sum())


def _blurred(light: Array, kernel: Array) -> Array:
    # filter2D correlates; all our kernels are symmetric about their middle, so this convolves as well.
    return np.asarray(cv2.filter2D(light, -1, kernel, borderType=cv2.BORDER_REPLICATE))


def unblurred(flat: Picture, places: Array, where: Layout, blind: npt.NDArray[np.bool_]) -> Iterator[Array]:
    """How dark each module is (0–1), for the likeliest ways in which the picture was blurred, best first.

    places: the modules' middles (qr_grid.middles or follow). blind: pixels that glare has taken.
    """
    around = ((0, 0), (MARGIN, MARGIN), (MARGIN, MARGIN))
    wide = np.pad(places, around, mode="reflect", reflect_type="odd")
    dense = np.stack([cv2.resize(part, None, fx=STEP, fy=STEP, interpolation=cv2.INTER_LINEAR) for part in wide])
    seen = at_places(flat.astype(np.float64), dense)
    weight = (at_places(blind.astype(np.float32), dense) < 0.5).astype(np.float32)
    known = np.pad(where.known, MARGIN, constant_values=True)
    light = np.pad(np.where(where.known, 1.0 - 2.0 * where.fixed, 0.0), MARGIN, constant_values=1.0)
    for explained in _explain(seen):
        yield _solve(seen, weight, known, light, explained)


@cache
def _expected() -> tuple[Array, Array]:
    """What the finder patterns look like under each kernel, and how much of it is theirs alone (1: all).

    Both arrays: kernels × 3 (top left, top right, bottom left) × samples of the pattern with most of its margin.
    """
    grain = np.ones((STEP, STEP))
    size = MARGIN + 8 + MARGIN
    fixed = np.zeros((size, size))
    fixed[: MARGIN + 8, : MARGIN + 8] = 1
    rings = np.ones((7, 7))
    rings[1:6, 1:6] = -1
    rings[2:5, 2:5] = 1
    light = fixed.copy()
    light[MARGIN : MARGIN + 7, MARGIN : MARGIN + 7] = -rings
    # The margin goes on along both sides.
    light[:MARGIN] = light[:, :MARGIN] = fixed[:MARGIN] = fixed[:, :MARGIN] = 1
    span = slice(STEP, (MARGIN + 7) * STEP)
    wanted, sure = [], []
    for kernel in _kernels():
        for turned in (slice(None), (slice(None), slice(None, None, -1)), slice(None, None, -1)):
            seen, own = (_blurred(np.kron(part[turned], grain), kernel) for part in (light, fixed))
            # Turned back before it is cut: the kernel itself is not turned.
            wanted.append(seen[turned][span, span][turned].ravel())
            sure.append(own[turned][span, span][turned].ravel() ** 4)
    shape = (len(_kernels()), 3, -1)
    weights = np.array(sure).reshape(shape)
    return np.array(wanted).reshape(shape), weights / weights.sum(axis=2, keepdims=True)


def _explain(seen: Array) -> list[_Explained]:
    """The kernels that turn the finder patterns into what is seen of them, best first."""
    near, far = slice(STEP, (MARGIN + 7) * STEP), slice(-(MARGIN + 7) * STEP, -STEP)
    there = np.stack([seen[near, near].ravel(), seen[near, far].ravel(), seen[far, near].ravel()])
    wanted, weight = _expected()
    mean = (weight * wanted).sum(axis=2)
    there_mean = (weight * there).sum(axis=2)
    own, off = wanted - mean[..., None], there - there_mean[..., None]
    both, power = (weight * own * off).sum(axis=2), (weight * own * own).sum(axis=2)
    # The floor keeps a flat picture from being explained by anything.
    scores = (both / np.sqrt(power * (weight * off * off).sum(axis=2) + 1e-9)).mean(axis=1)
    gain = both / power
    lights = np.stack([gain, there_mean - gain * mean], axis=2)
    best = np.argsort(-scores)[:_MOST_KERNELS]
    return [_Explained(float(scores[at]), _kernels()[at], lights[at]) for at in best]


def _solve(seen: Array, weight: Array, known: npt.NDArray[np.bool_], light: Array, explained: _Explained) -> Array:
    """The modules between −1 and 1 that explain best what is seen."""
    side = known.shape[0]
    down, across = np.mgrid[0 : side * STEP, 0 : side * STEP] / (side * STEP - 1.0)
    gains, offsets = np.maximum(explained.light[:, 0], 1.0), explained.light[:, 1]
    gain, offset = (a + (b - a) * across + (c - a) * down for a, b, c in (gains, offsets))
    target = ((seen - offset) / np.clip(gain, 0.4 * gains.min(), 2 * gains.max())).astype(np.float32)
    whole = (side * STEP, side * STEP)
    modules = light = light.astype(np.float32)
    ahead, pace = modules, 1.0
    for _ in range(_ROUNDS):
        # Bounded, so that a reflection does not outweigh everything else.
        seen_then = _blurred(cv2.resize(ahead, whole, interpolation=cv2.INTER_NEAREST), explained.kernel)
        wrong = weight * np.clip(seen_then - target, -1, 1)
        slope = _blurred(wrong, explained.kernel).reshape(side, STEP, side, STEP).sum(axis=(1, 3))
        moved = np.where(known, light, np.clip(ahead - slope / STEP**2, -1, 1))
        faster = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = moved + (pace - 1) / faster * (moved - modules)
        modules, pace = moved, faster
    inside = slice(MARGIN, side - MARGIN)
    return np.clip(0.5 - modules[inside, inside] / 2, 0, 1)
