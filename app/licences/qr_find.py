"""Where a QR symbol lies on a picture too poor for an ordinary reader: its finder patterns, its version, its outline.

A finder pattern is looked for in two ways: as outlines inside each other (sharp pictures, any bend) and by correlation
with its blurred likeness at each size (blur and noise). Three of them give a first guess of the symbol's place, which
is then moved until all patterns of the standard (finders, timing, alignment) agree best with the picture.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from app.licences.qr_symbol import layout, size_of

Picture = npt.NDArray[np.uint8]
Array = npt.NDArray[Any]
"""Of floats."""

TEMPLATE = 2
"""Pixels a module of the likeness that is correlated with."""
COARSE = (3.4, 4.4, 5.7, 7.5, 9.7, 12.6, 16.4)
FINE = (2.0, 2.6)
"""Pixels a module that are looked for; the fine ones cost twice as much as all the others together."""
_TURNED_FROM = 4.0
"""Pixels a module from which a pattern that stands on its corner is looked for as well."""
_MANY = 1_000_000
"""Pixels of a picture above which outlines are looked for at half its size."""
_LEAST_LIKENESS = 0.5
_LEAST_FIT = 0.35
"""Correlation with the patterns of the standard; pictures without a code stay below 0.3."""
_MOST_FINDERS, _MOST_TRIPLES, _MOST_VERSIONS = 9, 3, 2
_MOST_PAIRED = 3
"""Of so many likeliest finder patterns, two may have lost their third."""
_LEAST_PAIRED = 0.25
_BLOT = 5
"""Modules a side of what is white all over: a reflection, which says nothing about the patterns under it."""
_NOT_SEEN = -1e4


@dataclass(frozen=True, slots=True)
class Finder:
    """A likely finder pattern: its middle in pixels, pixels a module, how like it is (0–1)."""

    x: float
    y: float
    module: float
    likeness: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A symbol's place. matrix: 3×3, modules to pixels. fit: correlation with the standard's patterns."""

    version: int
    matrix: Array
    fit: float

    def outline(self) -> tuple[tuple[int, int], ...]:
        """The corners in pixels, clockwise from the symbol's own top left."""
        size = size_of(self.version)
        corners = np.array([[[0, 0], [size, 0], [size, size], [0, size]]], np.float64)
        return tuple((round(float(x)), round(float(y))) for x, y in cv2.perspectiveTransform(corners, self.matrix)[0])


def nested(gray: Picture, sigma: float, block: int) -> list[Finder]:
    """Finder patterns as outlines: dark round light round dark.

    sigma: smoothing in pixels, 0 for none. block: side of the local threshold in pixels, odd.
    """
    # Outlines cost by the pixel; what is too small for half the size is found by its likeness.
    if gray.size > _MANY:
        half = np.asarray(cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
        return [Finder(2 * f.x, 2 * f.y, 2 * f.module, f.likeness) for f in nested(half, sigma / 2, block // 2 | 1)]
    smooth = cv2.GaussianBlur(gray, (0, 0), sigma) if sigma else gray
    dark = cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 3)
    contours, tree = cv2.findContours(dark, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    links = [] if tree is None else tree[0].tolist()
    for at, (_, _, hole, _) in enumerate(links):
        while hole >= 0:
            core = links[hole][2]
            if core >= 0 and (finder := _nest(contours[at], contours[hole], contours[core])) is not None:
                found.append(finder)
                break
            hole = links[hole][0]
    # The largest first: a code that is held up is large, print in the background is not.
    return sorted(found, key=lambda finder: -finder.module)[:_MOST_FINDERS]


def _nest(outer: Any, hole: Any, core: Any) -> Finder | None:
    """The shares of 7×7, 5×5 and 3×3 modules, with much room for slant and ink."""
    area = cv2.contourArea(outer)
    if area < 40 or not 0.05 < cv2.contourArea(core) / area < 0.5 or cv2.contourArea(hole) / area < 0.25:
        return None
    (x, y), (width, height), _ = cv2.minAreaRect(outer)
    (cx, cy), _, _ = cv2.minAreaRect(core)
    side = float(np.sqrt(area))
    if max(width, height) > 2.2 * min(width, height) or np.hypot(x - cx, y - cy) > 0.2 * side:
        return None
    if area < 0.7 * cv2.contourArea(cv2.convexHull(outer)):
        return None
    return Finder(float(x), float(y), side / 7, 0.9)


@cache
def _likeness(angle: float) -> Picture:
    """A blurred finder pattern with its light margin, turned by angle degrees."""
    side = 9 * TEMPLATE
    y, x = (np.mgrid[0:side, 0:side] - (side - 1) / 2) / TEMPLATE
    turn = np.deg2rad(angle)
    away = np.maximum(abs(x * np.cos(turn) + y * np.sin(turn)), abs(y * np.cos(turn) - x * np.sin(turn)))
    ring = np.select([away < 1.5, away < 2.5, away < 3.5, away < 4.5], [0, 255, 0, 255], 127)
    return np.asarray(cv2.GaussianBlur(ring.astype(np.float32), (0, 0), TEMPLATE * 0.4), np.uint8)


def alike(gray: Picture, modules: Sequence[float] = COARSE, most: int = _MOST_FINDERS) -> list[Finder]:
    """Finder patterns by correlation, likeliest first. modules: the sizes looked for, pixels a module, rising."""
    found: list[Finder] = []
    halved, reduced = gray, 1.0
    for module in modules:
        # Reducing the whole picture anew for each size would cost as much as the correlation.
        if module > 2.5 * TEMPLATE * reduced and min(halved.shape) > 20:
            halved = np.asarray(cv2.resize(halved, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
            reduced *= 2
        factor = TEMPLATE / module
        if min(gray.shape) * factor < 10 * TEMPLATE:
            continue
        how = cv2.INTER_AREA if factor * reduced < 1 else cv2.INTER_LINEAR
        small = cv2.resize(halved, None, fx=factor * reduced, fy=factor * reduced, interpolation=how)
        small = cv2.GaussianBlur(small, (0, 0), 0.8)
        best = cv2.matchTemplate(small, _likeness(0), cv2.TM_CCOEFF_NORMED)
        # A small pattern looks the same at every turn: its blur is as wide as its rings.
        if module > _TURNED_FROM:
            cv2.max(best, cv2.matchTemplate(small, _likeness(45), cv2.TM_CCOEFF_NORMED), dst=best)
        peak = (best == cv2.dilate(best, np.ones((15, 15)))) & (best > _LEAST_LIKENESS)
        middle = (9 * TEMPLATE - 1) / 2
        for y, x in zip(*np.nonzero(peak), strict=True):
            found.append(Finder((x + middle) / factor, (y + middle) / factor, module, float(best[y, x])))
    found.sort(key=lambda finder: -finder.likeness)
    apart: list[Finder] = []
    for finder in found:
        if all(np.hypot(finder.x - o.x, finder.y - o.y) > 4 * max(finder.module, o.module) for o in apart):
            apart.append(finder)
            if len(apart) == most:
                break
    return apart


@dataclass(frozen=True, slots=True)
class Triple:
    """Middles of the finder patterns top left, top right, bottom left (rows of corners), and pixels a module.

    guessed: which of them was not seen but follows from the other two; None when all were.
    """

    corners: Array
    module: float
    score: float
    guessed: int | None = None


def triples(finders: Sequence[Finder]) -> list[Triple]:
    """Which three may be one symbol's, likeliest first: about a right angle, legs and sizes alike."""
    ranked = []
    for three in itertools.combinations(finders, 3):
        sizes = [finder.module for finder in three]
        if max(sizes) > 1.9 * min(sizes):
            continue
        module = float(np.mean(sizes))
        middles = [np.array([finder.x, finder.y]) for finder in three]
        for at in range(3):
            a, b, c = (middles[(at + step) % 3] for step in range(3))
            u, v = b - a, c - a
            across, down = float(np.hypot(*u)), float(np.hypot(*v))
            if min(across, down) < 10 * module or max(across, down) > min(200 * module, 2.4 * min(across, down)):
                continue
            cosine = abs(float(u @ v)) / (across * down)
            if cosine > 0.6:
                continue
            if u[0] * v[1] - u[1] * v[0] < 0:
                b, c = c, b
            spread = 0.3 * abs(np.log(across / down)) + 0.4 * np.log(max(sizes) / min(sizes))
            score = sum(finder.likeness for finder in three) - 0.5 * cosine - float(spread)
            ranked.append(Triple(np.stack([a, b, c]), module, score))
    return sorted(ranked, key=lambda triple: -triple.score)[:_MOST_TRIPLES]


def hidden(gray: Picture, finders: Sequence[Finder]) -> list[Triple]:
    """Symbols of which two finder patterns are seen and a reflection lies where the third would be, unranked."""
    if not finders or not (white := _white(gray)).any():
        return []
    found = []
    for one, other in itertools.combinations(finders[:_MOST_PAIRED], 2):
        module = (one.module + other.module) / 2
        a, b = np.array([one.x, one.y]), np.array([other.x, other.y])
        long = float(np.hypot(*(b - a)))
        if max(one.module, other.module) > 1.5 * min(one.module, other.module) or not 12 < long / module < 240:
            continue
        for p, q in ((a, b), (b, a)):
            # A quarter turn clockwise, as seen on the picture: the symbol's own right becomes its down.
            aside = np.array([p[1] - q[1], q[0] - p[0]])
            half = (q - p) / 2
            square = np.array([half[1], -half[0]])
            found += [
                Triple(np.stack([p, q, p + aside]), module, 0, 2),
                Triple(np.stack([p, p - aside, q]), module, 0, 1),
                Triple(np.stack([(p + q) / 2 + square, q, p]), module, 0, 0),
            ]

    def lit(triple: Triple) -> bool:
        middle, reach = triple.corners[triple.guessed or 0], 3 * triple.module
        left, top = np.maximum(middle - reach, 0).astype(int)
        right, bottom = np.maximum(middle + reach, 0).astype(int)
        return bool(white[top:bottom, left:right].any())

    return [triple for triple in found if lit(triple)]


def pairs(gray: Picture, finders: Sequence[Finder]) -> list[Triple]:
    """The `hidden` ones that the picture bears out, likeliest first."""
    ranked = []
    for triple in hidden(gray, finders):
        spot = _spot(gray, triple)
        fit = max((spot.slanted(version, 3)[0] for version in spot.versions), default=0.0)
        ranked.append(replace(triple, score=fit))
    likely = [triple for triple in ranked if triple.score > _LEAST_PAIRED]
    return sorted(likely, key=lambda triple: -triple.score)[:_MOST_TRIPLES]


def _white(gray: Picture, side: int = 12) -> Picture:
    """1 where the picture is white all over, on squares of side pixels at least."""
    return np.asarray(cv2.morphologyEx((gray >= 250).view(np.uint8), cv2.MORPH_OPEN, np.ones((side, side), np.uint8)))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The modules that the standard fixes. places: their middles, 3×n, the third 1; wanted: mean 0, norm 1."""

    places: Array
    wanted: Array


@cache
def _patterns(version: int) -> _Patterns:
    where = layout(version)
    fixed = np.pad(np.where(where.known, 1.0 - 2.0 * where.fixed, 0.0), 1)
    # The margin beside the finder patterns is light.
    fixed[0, :9] = fixed[0, -9:] = fixed[-1, :9] = fixed[:9, 0] = fixed[-9:, 0] = fixed[:9, -1] = 1
    rows, columns = np.nonzero(fixed)
    wanted = fixed[rows, columns] - fixed[rows, columns].mean()
    middles = np.stack([columns - 0.5, rows - 0.5, np.ones(len(rows))])
    return _Patterns(middles, wanted / np.linalg.norm(wanted))


def _matrices(corners: Array, version: int) -> Array:
    """Modules to pixels, when the middles of the finder patterns and the fourth such place lie at corners (n×4×2).

    A square seen in perspective, in closed form (Heckbert, Fundamentals of Texture Mapping, 1989, 2.2.3), n at once.
    """
    ax, ay, bx, by, cx, cy, fx, fy = np.asarray(corners, np.float64).reshape(-1, 8).T
    rx, ry, dx, dy = bx - fx, by - fy, cx - fx, cy - fy
    bend_x, bend_y = ax - bx - dx, ay - by - dy
    whole = rx * dy - dx * ry
    whole[abs(whole) < 1e-9] = 1e-9
    g, h = (bend_x * dy - dx * bend_y) / whole, (rx * bend_y - bend_x * ry) / whole
    rows = [bx - ax + g * bx, cx - ax + h * cx, ax, by - ay + g * by, cy - ay + h * cy, ay, g, h, np.ones_like(g)]
    square = np.stack(rows, axis=1).reshape(-1, 3, 3)
    near, side = 3.5, size_of(version) - 7
    return np.asarray(square @ np.array([[1, 0, -near], [0, 1, -near], [0, 0, side]]) / side)


def _agreements(smooth: npt.NDArray[np.float32], tried: Array, version: int) -> Array:
    """Correlation of the picture with the standard's patterns for each set of corners; pixels below 0 are not seen.

    All at once: the calls, not the sums, are what costs.
    """
    patterns = _patterns(version)
    there = _matrices(tried, version) @ patterns.places
    at = (there[:, :2] / there[:, 2:]).astype(np.float32)
    seen = cv2.remap(smooth, at[:, 0], at[:, 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    shown = seen >= 0
    if shown.all():
        seen = seen - seen.mean(axis=1, keepdims=True)
        return np.asarray(seen @ patterns.wanted / (np.linalg.norm(seen, axis=1) + 1e-6))
    many = np.maximum(shown.sum(axis=1, keepdims=True), 1)
    seen = np.where(shown, seen - np.where(shown, seen, 0).sum(axis=1, keepdims=True) / many, 0)
    wanted = np.where(shown, patterns.wanted - (shown * patterns.wanted).sum(axis=1, keepdims=True) / many, 0)
    power = np.linalg.norm(seen, axis=1) * np.linalg.norm(wanted, axis=1)
    # What little is left agrees by chance: it counts for less.
    return np.asarray((seen * wanted).sum(axis=1) / (power + 1e-6) * np.sqrt(many[:, 0] / seen.shape[1]))


@dataclass(frozen=True, slots=True)
class _Spot:
    """A part of the picture, smoothed, with the finder patterns on it. left, top: its place in the picture."""

    smooth: npt.NDArray[np.float32]
    left: int
    top: int
    triple: Triple

    @property
    def versions(self) -> list[int]:
        """Versions that have about so many modules between the finder patterns."""
        a, b, c = self.triple.corners
        guess = (np.hypot(*(b - a)) + np.hypot(*(c - a))) / 2 / self.triple.module + 7
        return [version for version in range(1, 41) if guess * 0.78 - 2 <= size_of(version) <= guess * 1.28 + 2]

    def slanted(self, version: int, steps: int) -> tuple[float, Array]:
        """The best agreement and corners, the places not seen being tried.

        The far corner is moved by perspective, by up to a quarter of the symbol; a guessed pattern by less.
        """
        three = self.triple.corners - np.array([self.left, self.top])
        a, b, c = three
        aside = np.stack([b - a, c - a])
        if self.triple.guessed is None:
            tried = np.empty((steps * steps, 4, 2))
            tried[:, :3] = three
            tried[:, 3] = c + b - a + _shares(0.25, steps) @ aside
        else:
            tried = np.empty((steps * steps, 3, 4, 2))
            tried[:, :, :3] = three
            tried[:, :, self.triple.guessed] += (_shares(0.12, steps) @ aside)[:, None]
            bent = np.array([-0.08, 0, 0.08])[:, None] * aside.sum(axis=0)
            tried[:, :, 3] = tried[:, :, 1] + tried[:, :, 2] - tried[:, :, 0] + bent
            tried = tried.reshape(-1, 4, 2)
        fits = _agreements(self.smooth, tried, version)
        best = int(fits.argmax())
        return float(fits[best]), tried[best]


@cache
def _shares(most: float, steps: int) -> Array:
    """Shares of the two sides by which a corner is moved, up to most each way: steps² × 2."""
    ways = np.linspace(-most, most, steps)
    return np.stack(np.meshgrid(ways, ways, indexing="ij"), axis=-1).reshape(-1, 2)


def _spot(gray: Picture, triple: Triple) -> _Spot:
    a, b, c = triple.corners
    corners = np.stack([a, b, c, b + c - a])
    room = 0.4 * max(np.hypot(*(b - a)), np.hypot(*(c - a))) + 8 * triple.module
    left, top = np.maximum(corners.min(axis=0) - room, 0).astype(int)
    right, bottom = np.minimum(corners.max(axis=0) + room + 1, (gray.shape[1], gray.shape[0])).astype(int)
    part = gray[top:bottom, left:right]
    if not part.size:
        left = top = 0
        part = gray
    smooth = cv2.GaussianBlur(part, (0, 0), max(0.5, 0.35 * triple.module)).astype(np.float32)
    if triple.guessed is not None:
        blot = _white(part, round(_BLOT * triple.module))
        smooth[cv2.dilate(blot, np.ones((3, 3), np.uint8)) > 0] = _NOT_SEEN
    return _Spot(smooth, int(left), int(top), triple)


def placements(gray: Picture, triple: Triple) -> Iterator[Placed]:
    """Where the symbol of these finder patterns lies, for its likeliest versions, best first."""
    spot = _spot(gray, triple)
    # The near patterns tell the version; they hardly depend on where the far corner lies.
    quick = sorted(((spot.slanted(version, 3)[0], version) for version in spot.versions), reverse=True)
    likely = [version for fit, version in quick[: _MOST_VERSIONS + 1] if fit > 0.4 * _LEAST_FIT]
    ranked = sorted(((*spot.slanted(version, 7), version) for version in likely), key=lambda r: -r[0])
    for fit, corners, version in ranked[:_MOST_VERSIONS]:
        if fit < max(0.7 * ranked[0][0], 0.6 * _LEAST_FIT):
            return
        placed = _moved(spot, corners, version, fit)
        if placed.fit >= _LEAST_FIT:
            yield placed


_WAYS = np.array([(1, 0), (-1, 0), (0, 1), (0, -1)], np.float64)


def _moved(spot: _Spot, corners: Array, version: int, fit: float) -> Placed:
    """The corners moved about as long as the agreement grows; those that were only guessed in larger steps."""
    module, guessed = spot.triple.module, spot.triple.guessed
    steps = np.array([2.5 if corner in (guessed, 3) else 0.6 for corner in range(4)]) * module
    while steps.min() > 0.05 * module:
        grown = False
        for corner in (3, 0, 1, 2):
            tried = np.repeat(corners[None], len(_WAYS), axis=0)
            tried[:, corner] += _WAYS * steps[corner]
            fits = _agreements(spot.smooth, tried, version)
            best = int(fits.argmax())
            if fits[best] > fit + 1e-5:
                fit, corners, grown = float(fits[best]), tried[best], True
        if not grown:
            steps /= 2
    return Placed(version, _matrices((corners + np.array([spot.left, spot.top]))[None], version)[0], fit)
