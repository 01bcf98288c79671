"""Boxes, matrices and paths as OFD writes them (GB/T 33190 §7.2, §8.3, §9.1). Millimetres; y points down."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.licences.ofd.refusal import OfdRefused, Why

MAX_SEGMENTS = 150_000
LARGEST = 1e6
"""Numbers beyond this are drawn nowhere; they only upset arithmetic."""
_NUMBER = re.compile(r"[-+]?(?:\d{1,15}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][-+]?\d{1,3})?")
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def number(text: str, otherwise: float = 0.0) -> float:
    """A number; `otherwise` when it is none or out of all measure."""
    match = _NUMBER.fullmatch(text.strip())
    value = float(match.group()) if match else otherwise
    return value if math.isfinite(value) and abs(value) <= LARGEST else otherwise


def numbers(text: str) -> list[float]:
    """Numbers between blanks (or commas, which some write)."""
    return [number(word) for word in text.replace(",", " ").split()]


@dataclass(frozen=True, slots=True)
class Box:
    """x, y: the upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def read(cls, text: str) -> Box | None:
        values = numbers(text)
        return cls(*values) if len(values) == 4 and values[2] >= 0 and values[3] >= 0 else None

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Matrix:
    """(x, y) -> (a·x + c·y + e, b·x + d·y + f)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    @classmethod
    def read(cls, text: str) -> Matrix:
        values = numbers(text)
        return cls(*values) if len(values) == 6 else cls()

    def then(self, after: Matrix) -> Matrix:
        """First this one, then the other."""
        return Matrix(
            self.a * after.a + self.b * after.c,
            self.a * after.b + self.b * after.d,
            self.c * after.a + self.d * after.c,
            self.c * after.b + self.d * after.d,
            self.e * after.a + self.f * after.c + after.e,
            self.e * after.b + self.f * after.d + after.f,
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


@dataclass(frozen=True, slots=True)
class Segment:
    """kind: "m" moves, "l" a line, "c" a cubic curve, "h" closes. points: its coordinates."""

    kind: str
    points: tuple[float, ...] = ()


def read_path(text: str) -> list[Segment]:
    """AbbreviatedData as lines and cubic curves. What follows something unreadable is left out.

    OfdRefused when it is longer than any drawing.
    """
    segments: list[Segment] = []
    start = here = (0.0, 0.0)
    for operator, values in _operations(text):
        if len(segments) > MAX_SEGMENTS:
            raise OfdRefused(Why.TOO_MUCH)
        if operator == "C":
            segments.append(Segment("h"))
            here = start
            continue
        end = values[5:7] if operator == "A" else values[-2:]
        to = (end[0], end[1])
        if operator in "SM" or not segments:
            segments.append(Segment("m", to))
            start = to
        elif operator == "L":
            segments.append(Segment("l", to))
        elif operator == "Q":
            segments.append(Segment("c", _raised(here, (values[0], values[1]), to)))
        elif operator == "B":
            segments.append(Segment("c", tuple(values)))
        else:
            segments += arc(here, (values[0], values[1]), values[2], bool(values[3]), bool(values[4]), to)
        here = to
    return segments


def _operations(text: str) -> Iterator[tuple[str, list[float]]]:
    words = text.replace(",", " ").split()
    at = 0
    while at < len(words):
        takes = _TAKES.get(words[at])
        if takes is None or at + takes >= len(words) + (takes == 0):
            return
        values = words[at + 1 : at + 1 + takes]
        if not all(_NUMBER.fullmatch(value) for value in values):
            return
        yield words[at], [number(value) for value in values]
        at += 1 + takes


def _raised(start: tuple[float, float], control: tuple[float, float], end: tuple[float, float]) -> tuple[float, ...]:
    """A quadratic curve as a cubic one."""
    first = (start[i] + 2 / 3 * (control[i] - start[i]) for i in (0, 1))
    second = (end[i] + 2 / 3 * (control[i] - end[i]) for i in (0, 1))
    return (*first, *second, *end)


def arc(
    start: tuple[float, float],
    radii: tuple[float, float],
    turned: float,
    large: bool,
    clockwise: bool,
    end: tuple[float, float],
) -> list[Segment]:
    """An elliptic arc as cubic curves, by the endpoints (as in SVG 1.1, F.6.5). turned: degrees. y points down, so
    that `clockwise` is SVG's sweep."""
    rx, ry = abs(radii[0]), abs(radii[1])
    if start == end:
        return []
    if rx < 1e-6 or ry < 1e-6:
        return [Segment("l", end)]
    phi = math.radians(turned % 360)
    cos, sin = math.cos(phi), math.sin(phi)
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x1, y1 = cos * dx + sin * dy, -sin * dx + cos * dy
    grow = math.sqrt(max((x1 / rx) ** 2 + (y1 / ry) ** 2, 1.0))
    rx, ry = rx * grow, ry * grow
    over = (rx * ry) ** 2 - (rx * y1) ** 2 - (ry * x1) ** 2
    under = (rx * y1) ** 2 + (ry * x1) ** 2
    factor = math.sqrt(max(over, 0.0) / under) * (-1 if large == clockwise else 1)
    cx, cy = factor * rx * y1 / ry, -factor * ry * x1 / rx
    middle = (cos * cx - sin * cy + (start[0] + end[0]) / 2, sin * cx + cos * cy + (start[1] + end[1]) / 2)
    first = math.atan2((y1 - cy) / ry, (x1 - cx) / rx)
    sweep = math.atan2((-y1 - cy) / ry, (-x1 - cx) / rx) - first
    if clockwise and sweep < 0:
        sweep += 2 * math.pi
    elif not clockwise and sweep > 0:
        sweep -= 2 * math.pi
    pieces = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    step = sweep / pieces
    reach = 4 / 3 * math.tan(step / 4)
    place = Matrix(cos * rx, sin * rx, -sin * ry, cos * ry, *middle)
    found = []
    for index in range(pieces):
        one, two = first + index * step, first + (index + 1) * step
        controls = (
            place.at(math.cos(one) - reach * math.sin(one), math.sin(one) + reach * math.cos(one)),
            place.at(math.cos(two) + reach * math.sin(two), math.sin(two) - reach * math.cos(two)),
            end if index == pieces - 1 else place.at(math.cos(two), math.sin(two)),
        )
        found.append(Segment("c", tuple(value for point in controls for value in point)))
    return found
