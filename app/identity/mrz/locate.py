"""Where on a picture the lines of a machine-readable zone run: any turn, any of the usual sizes.

Dark strokes are raised, joined to fragments of lines, fragments on one line joined across glare and folds, and parallel
lines of one length taken together. Cheap and generous: what is no zone is sorted out by reading it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from app.identity.mrz.strip import Gray

Points = NDArray[np.float64]
"""N × 2: x and y in pixels of the picture."""

WORK = 1000
"""The longer side of the picture that is searched first, pixels."""
_TALL = (3.5, 30.0)
"""Height of characters in that picture: what is smaller cannot be read, what is larger does not fit in it whole."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print: points along its middle from one end to the other, and the height of its characters, pixels."""

    points: Points
    height: float

    @property
    def length(self) -> float:
        return float(np.hypot(*(self.points[-1] - self.points[0])))

    def reversed(self) -> Line:
        return Line(self.points[::-1].copy(), self.height)


@dataclass(frozen=True, slots=True)
class Place:
    """Two or three lines that could be a zone, the upper first when read from left to right as the points go."""

    lines: tuple[Line, ...]

    def turned(self) -> Place:
        """The same upside down."""
        return Place(tuple(line.reversed() for line in reversed(self.lines)))

    def box(self, margin: float) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of all of it and margin times the characters' height around."""
        points = np.concatenate([line.points for line in self.lines])
        room = margin * max(line.height for line in self.lines)
        (left, top), (right, bottom) = points.min(0) - room, points.max(0) + room
        return int(left), int(top), int(right), int(bottom)

    def moved(self, by: tuple[float, float], scale: float = 1.0) -> Place:
        shift = np.asarray(by)
        return Place(tuple(Line(line.points * scale + shift, line.height * scale) for line in self.lines))


def find(gray: Gray, most: int = 10, longer: int = 0) -> Iterator[Place]:
    """Places that may be zones, the likeliest first. longer: the longer side of the picture that this is a part of.

    most: lines of other print on the page and the desk make places as well, which reading has to sort out."""
    longer = longer or max(gray.shape)
    for side in (WORK, 2 * WORK):
        scale = min(side / longer, 1.0)
        size = (max(round(gray.shape[1] * scale), 1), max(round(gray.shape[0] * scale), 1))
        small = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8) if scale < 1 else gray
        for place in _search(small, most):
            yield place.moved((0.5 / scale - 0.5,) * 2, 1 / scale)
        if scale == 1 or side >= longer:
            return


def _search(gray: Gray, most: int) -> list[Place]:
    found: list[tuple[float, Place]] = []
    strokes = _strokes(gray)
    # Thin print is whole with the wide brush only, small print keeps its lines apart with the narrow one only.
    pieces = [piece for gap in (7, 11) for piece in _fragments(strokes, gap)]
    found += _groups(_joined(pieces))
    if not found:
        found += _groups(_joined(_fragments(strokes, 4)))
    # A document's longest lines are its zone's.
    longest = max((place.lines[0].length for _, place in found), default=1.0)
    found = [(score + 0.3 * place.lines[0].length / longest, place) for score, place in found]
    found.sort(key=lambda pair: -pair[0])
    kept: list[tuple[float, Place]] = []
    for score, place in found:
        if not any(_same(place, other) for _, other in kept):
            kept.append((score, place))
    places = [place for _, place in kept[:most]]
    likely = places[:_LIKELY]
    return likely + [whole for place in likely for whole in _completed(place)] + places[_LIKELY:]


_LIKELY = 4
"""So many places are worth looking for a card's third line beside them."""


_LINES = 40
"""So many of the longest lines are compared: a zone's are among them."""


def _strokes(gray: Gray) -> Gray:
    """Dark strokes as a mask, whatever the light: each by the contrast around it."""
    soft = cv2.GaussianBlur(gray, (0, 0), 0.8)
    raised = cv2.morphologyEx(soft, cv2.MORPH_BLACKHAT, cv2.getStructuringElement(cv2.MORPH_RECT, (11, 11)))
    wide = raised.astype(np.float32)
    around = cv2.blur(wide, (61, 61))
    spread = np.sqrt(np.maximum(cv2.blur(wide * wide, (61, 61)) - around * around, 0))
    return np.asarray((wide > np.maximum(around + 0.7 * spread, 7)) * np.uint8(255), np.uint8)


@dataclass(frozen=True, slots=True)
class _Piece:
    middle: NDArray[np.float64]
    along: NDArray[np.float64]
    length: float
    height: float
    ends: Points


def _fragments(strokes: Gray, gap: int) -> list[_Piece]:
    brush = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (gap, gap))
    closed = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, brush)
    closed = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=4)
    wanted = stats[:, cv2.CC_STAT_AREA] >= 24
    wanted[0] = False
    ys, xs = np.nonzero(wanted[labels])
    if not len(xs):
        return []
    # All fragments at once: a picture full of print has thousands.
    label = labels[ys, xs]
    order = np.argsort(label, kind="stable")
    label, x, y = label[order], xs[order].astype(float), ys[order].astype(float)
    starts = np.flatnonzero(np.diff(label, prepend=-1))
    area = np.diff(starts, append=len(label)).astype(float)
    mx, my = np.add.reduceat(x, starts) / area, np.add.reduceat(y, starts) / area
    dx, dy = x - np.repeat(mx, area.astype(int)), y - np.repeat(my, area.astype(int))
    sxx, syy, sxy = (np.add.reduceat(product, starts) / area for product in (dx * dx, dy * dy, dx * dy))
    turn = 0.5 * np.arctan2(2 * sxy, sxx - syy)
    ax, ay = np.cos(turn), np.sin(turn)
    reach = dx * np.repeat(ax, area.astype(int)) + dy * np.repeat(ay, area.astype(int))
    low, high = np.minimum.reduceat(reach, starts), np.maximum.reduceat(reach, starts)
    length = high - low + 1
    # A bent line is higher than its strokes: what it covers says more than what it spans.
    height = area / length
    across = np.sqrt(12 * np.maximum(sxx * ay * ay - 2 * sxy * ax * ay + syy * ax * ax, 0))
    fits = (height >= _TALL[0]) & (height <= _TALL[1]) & (length >= 1.2 * height) & (across <= 2.2 * height + 3)
    pieces = []
    for k in np.flatnonzero(fits):
        middle, along = np.array([mx[k], my[k]]), np.array([ax[k], ay[k]])
        if length[k] > 3 * height[k] and not _printed(strokes, middle, along, (low[k], high[k]), height[k]):
            continue
        ends = np.stack([middle + low[k] * along, middle + high[k] * along])
        pieces.append(_Piece(middle, along, float(length[k]), float(height[k]), ends))
    return pieces


def _printed(
    strokes: Gray, middle: NDArray[np.float64], along: NDArray[np.float64], reach: tuple[float, float], height: float
) -> bool:
    """Strokes that come and go along it, as print does; the grain of a table and the edge of a page do not."""
    steps = np.arange(reach[0], reach[1])
    crossed = 0
    for off in (-0.22, 0.0, 0.22):
        x, y = middle[:, None] + along[:, None] * steps + off * height * np.array([[-along[1]], [along[0]]])
        x = np.clip(np.round(x).astype(int), 0, strokes.shape[1] - 1)
        y = np.clip(np.round(y).astype(int), 0, strokes.shape[0] - 1)
        crossed += int((np.diff(strokes[y, x].astype(int)) > 0).sum())
    return crossed / 3 > 0.55 * len(steps) / height


_BENT = 0.1
"""A page bends its lines by less than a fortieth of their length: four times that is the change of slope's half."""


def _joined(pieces: Sequence[_Piece]) -> list[Line]:
    """Fragments on one slowly bending line, joined; each starts from the longest that is left."""
    if not pieces:
        return []
    order = sorted(range(len(pieces)), key=lambda k: -pieces[k].length)
    middles = np.array([piece.middle for piece in pieces])
    tips = np.array([piece.ends for piece in pieces])
    heights = np.array([piece.height for piece in pieces])
    free = np.ones(len(pieces), bool)
    lines = []
    for seed in order:
        if not free[seed]:
            continue
        first = pieces[seed]
        if first.length < 3 * first.height:
            break
        chain = [seed]
        along, origin, height = first.along, first.middle, first.height
        normal = np.array([-along[1], along[0]])
        low, high = sorted((first.ends - origin) @ along)
        bend = np.zeros(3)
        aside = np.zeros(len(pieces), bool)
        while True:
            places = (middles - origin) @ along
            # The bend is known only where there are pieces: beyond, the line goes on straight.
            inside = np.clip(places, low, high)
            slope = 2 * bend[0] * inside + bend[1]
            off = (middles - origin) @ normal - (np.polyval(bend, inside) + slope * (places - inside))
            reach = (tips - origin) @ along
            distance = np.maximum(places - high, low - places)
            # The middle of a long fragment is far from what it adjoins; print on the desk beyond is further away.
            beside = np.maximum(reach.min(axis=1) - high, low - reach.max(axis=1)) < 1.2 * height
            near = free & ~aside & (np.abs(off) < 0.45 * height + 0.02 * np.maximum(distance, 0))
            near &= ((distance < 7 * height) | beside) & (heights > 0.45 * height) & (heights < 1.7 * height)
            near[chain] = False
            fresh = [k for k in np.flatnonzero(near).tolist() if _aligned(pieces[k], along, height)]
            if not fresh:
                break
            nearest = min(fresh, key=lambda k: distance[k])
            ends = np.concatenate([pieces[k].ends for k in (*chain, nearest)])
            u, v = (ends - origin) @ along, (ends - origin) @ normal
            degree = 2 if u.max() - u.min() > 12 * height and len(chain) > 1 else 1
            fitted = np.concatenate([np.zeros(2 - degree), np.polyfit(u, v, degree)])
            if abs(fitted[0]) * (u.max() - u.min()) > _BENT:
                # One mark beside the line would bend it away from its own print.
                aside[nearest] = True
                continue
            chain.append(nearest)
            low, high, bend = u.min(), u.max(), fitted
            height = float(np.average([pieces[k].height for k in chain], weights=[pieces[k].length for k in chain]))
        if high - low < 9 * height:
            continue
        free[chain] = False
        steps = np.linspace(low, high, 9)
        points = origin + steps[:, None] * along + np.polyval(bend, steps)[:, None] * normal
        lines.append(Line(points, height))
    return lines


def _aligned(piece: _Piece, along: NDArray[np.float64], height: float) -> bool:
    return piece.length < 2.5 * height or abs(float(piece.along @ along)) > 0.96


def _groups(lines: Sequence[Line]) -> list[tuple[float, Place]]:
    """Two or three parallel lines of like height beside one another, and how much they look like a zone."""
    found: list[tuple[float, Place]] = []
    lines = sorted(lines, key=lambda line: -line.length)[:_LINES]
    for k, first in enumerate(lines):
        along = (first.points[-1] - first.points[0]) / max(first.length, 1)
        if along[0] < 0 or (along[0] == 0 and along[1] < 0):
            along = -along
        normal = np.array([-along[1], along[0]])
        group = [(0.0, first)]
        for j, other in enumerate(lines):
            if j == k or not 0.6 < other.height / first.height < 1.65:
                continue
            direction = (other.points[-1] - other.points[0]) / max(other.length, 1)
            if abs(direction @ along) < 0.985:
                continue
            reach = sorted(((other.points[[0, -1]] - first.points[0]) @ along).tolist())
            span = sorted(((first.points[[0, -1]] - first.points[0]) @ along).tolist())
            overlap = min(reach[1], span[1]) - max(reach[0], span[0])
            if overlap < 0.5 * min(other.length, first.length):
                continue
            away = float((other.points.mean(0) - first.points.mean(0)) @ normal)
            if 1.2 * first.height < abs(away) < 8 * first.height:
                group.append((away, other))
        group.sort(key=lambda pair: pair[0])
        found += _zones(group, along)
    return found


_APART = 4.8
"""Lines of a zone lie so many heights apart at most: thin print is measured lower than it is."""


def _zones(group: list[tuple[float, Line]], along: NDArray[np.float64]) -> Iterator[tuple[float, Place]]:
    # Print on the desk may run between two lines of the zone: they need not be next to one another.
    for chosen in (*combinations(group, 3), *combinations(group, 2)):
        count = len(chosen)
        gaps = np.diff([away for away, _ in chosen])
        height = float(np.mean([line.height for _, line in chosen]))
        if not all(1.25 * height < gap < (_APART if count == 3 else 7.5) * height for gap in gaps):
            continue
        if count == 3 and max(gaps) > 1.35 * min(gaps):
            continue
        lines = [line if (line.points[-1] - line.points[0]) @ along > 0 else line.reversed() for _, line in chosen]
        starts = [float(line.points[0] @ along) for line in lines]
        ends = [float(line.points[-1] @ along) for line in lines]
        even = 1 - min(float(np.std([line.height for line in lines])) / height, 1.0)
        extents = [(min(starts), max(ends))]
        if min(ends) - max(starts) < _RAGGED * (max(ends) - min(starts)):
            # One line runs on into print beside the zone, or glare took the end of the other: either is possible.
            extents.append(min(zip(starts, ends, strict=True), key=lambda pair: pair[1] - pair[0]))
        for start, end in extents:
            longest = end - start
            if not 17 * height < longest < 75 * height:
                continue
            covered = sum(min(b, end) - max(a, start) for a, b in zip(starts, ends, strict=True)) / (count * longest)
            if count == 2 and gaps[0] > _APART * height:
                # So far apart they are the first and the last line of a card, its middle one not seen, or nothing.
                if longest / gaps[0] > _CARD[1] / 2 or covered < 0.85:
                    continue
                covered -= 0.3
            score = covered + 0.2 * even + (0.12 if count == 3 else 0)
            yield score, Place(tuple(_stretched(lines, along, start, end)))


_RAGGED = 0.85
"""Where lines of a place lie side by side for less than this share, the shortest alone is tried as well."""


def _stretched(lines: Sequence[Line], along: NDArray[np.float64], start: float, end: float) -> Iterator[Line]:
    """Lines of a zone begin and end together: what glare took from one is as long as the others, and bent like them."""
    normal = np.array([-along[1], along[0]])
    longest = max(lines, key=lambda line: line.length)
    shape = np.polyfit(longest.points @ along, longest.points @ normal, 2)
    steps = np.linspace(start, end, 9)
    for line in lines:
        u, v = line.points @ along, line.points @ normal
        missing = max(u[0] - start, end - u[-1]) / max(end - start, 1)
        if missing < 0.15 or line is longest:
            across = np.polyval(np.polyfit(u, v, 2 if missing < 0.15 else 1), steps)
        else:
            beside = np.polyfit(u, v - np.polyval(shape, u), 1 if missing < 0.6 else 0)
            across = np.polyval(shape, steps) + np.polyval(beside, steps)
        yield Line(steps[:, None] * along + across[:, None] * normal, line.height)


_CARD = (11.0, 18.5)
"""Length of a line by the distance of lines, where these may be two of a card's three."""


def _completed(place: Place) -> Iterator[Place]:
    """Two lines of a card and the third that was not seen, below, above or between them."""
    if len(place.lines) != 2:
        return
    upper, lower = place.lines
    step = lower.points - upper.points
    apart = float(np.hypot(*step.mean(0)))
    if _CARD[0] < upper.length / apart < _CARD[1]:
        yield Place((upper, lower, Line(lower.points + step, lower.height)))
        yield Place((Line(upper.points - step, upper.height), upper, lower))
    if _CARD[0] < 2 * upper.length / apart < _CARD[1]:
        yield Place((upper, Line((upper.points + lower.points) / 2, upper.height), lower))


def _same(place: Place, other: Place) -> bool:
    if len(place.lines) != len(other.lines):
        return False
    height = other.lines[0].height
    return all(
        float(np.abs(a.points[[0, -1]] - b.points[[0, -1]]).max()) < 1.5 * height
        and float(np.abs(a.points.mean(0) - b.points.mean(0)).max()) < 0.8 * height
        for a, b in zip(place.lines, other.lines, strict=True)
    )
