"""Where a matter is handled 办事地点: offices of a district, the streets between them, the way from this window.

Streets are a schematic: corners with coordinates, joined by the streets that run through them. Coordinates are degrees
of WGS 84 (RFC 5870); a sheet is drawn in metres, x to the east, y to the north, on a plane that touches the district.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_EARTH = 6_371_008.8
"""Mean radius in metres (IUGG)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the earth, in degrees."""

    lat: float
    lon: float

    @property
    def uri(self) -> str:
        """As a phone's map opens it (RFC 5870, section 3): five decimals are a metre."""
        return f"geo:{_number(self.lat)},{_number(self.lon)}"


def _number(degrees: float) -> str:
    """RFC 5870, section 3.4.4: no zeros at the end, no minus before a nought."""
    text = f"{degrees:.5f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def plane(origin: Spot, spot: Spot) -> tuple[float, float]:
    """Metres east and north of the origin; good to a metre within a city."""
    east = math.radians(spot.lon - origin.lon) * math.cos(math.radians(origin.lat)) * _EARTH
    return east, math.radians(spot.lat - origin.lat) * _EARTH


class Heading(StrEnum):
    """Eight directions, clockwise from the north."""

    N = "n"
    NE = "ne"
    E = "e"
    SE = "se"
    S = "s"
    SW = "sw"
    W = "w"
    NW = "nw"


def heading(from_: tuple[float, float], to: tuple[float, float]) -> Heading:
    """In which direction it goes from one point of a plane to another."""
    angle = math.degrees(math.atan2(to[0] - from_[0], to[1] - from_[1]))
    return tuple(Heading)[round(angle / 45) % 8]


@dataclass(frozen=True, slots=True)
class Counter:
    """A window inside a place. departments: whose items are received there, by their ids."""

    floor: str
    name: str
    numbers: str = ""
    departments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """An office. also: by what else an item's words call it. corner: the corner of the schematic at its door.
    departments: whose items it receives (ids). items: main items that it receives beside those (codes)."""

    id: str
    name: str
    spot: Spot
    corner: str
    address: str
    hours: str
    phone: str
    transit: str = ""
    also: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    counters: tuple[Counter, ...] = ()


@dataclass(frozen=True, slots=True)
class Street:
    """A street through corners, in their order. water: a river, drawn and never walked on."""

    name: str
    corners: tuple[str, ...]
    water: bool = False


@dataclass(frozen=True, slots=True)
class District:
    """All that is known of the surroundings. here: the id of the place where this window stands."""

    name: str
    corners: Mapping[str, Spot]
    streets: tuple[Street, ...]
    places: tuple[Place, ...]
    here: str

    @property
    def home(self) -> Place:
        """Where this window stands."""
        return self.place(self.here)

    def place(self, place_id: str) -> Place:
        """KeyError when there is none."""
        for place in self.places:
            if place.id == place_id:
                return place
        raise KeyError(place_id)

    def metres(self, spot: Spot) -> tuple[float, float]:
        """East and north of this window."""
        return plane(self.home.spot, spot)


class Turn(StrEnum):
    """How one street is left for the next."""

    START = "start"
    LEFT = "left"
    RIGHT = "right"
    ON = "on"


@dataclass(frozen=True, slots=True)
class Leg:
    """Along one street. metres: how far."""

    street: str
    heading: Heading
    metres: float
    turn: Turn


@dataclass(frozen=True, slots=True)
class Way:
    """From this window to a place. points: the corners that it goes over, in metres from here, both doors included.
    final: on which side of the last corner the place lies."""

    legs: tuple[Leg, ...]
    metres: float
    points: tuple[tuple[float, float], ...]
    final: Heading


def way_to(district: District, goal: Place) -> Way | None:
    """The shortest way along the streets; None: nothing leads there."""
    at = {name: district.metres(spot) for name, spot in district.corners.items()}
    edges: dict[str, list[tuple[str, str]]] = {}
    for street in district.streets:
        for one, other in itertools.pairwise(street.corners):
            if not street.water:
                edges.setdefault(one, []).append((other, street.name))
                edges.setdefault(other, []).append((one, street.name))
    best: dict[str, float] = {}
    came: dict[str, tuple[str, str]] = {}
    heap = [(0.0, district.home.corner, "", "")]
    while heap:
        far, corner, before, street_name = heapq.heappop(heap)
        if corner in best:
            continue
        best[corner] = far
        if before:
            came[corner] = (before, street_name)
        for other, street_name in edges.get(corner, ()):
            heapq.heappush(heap, (far + math.dist(at[corner], at[other]), other, corner, street_name))
    if goal.corner not in best:
        return None
    corners: list[str] = [goal.corner]
    names: list[str] = []
    while corners[0] in came:
        before, street_name = came[corners[0]]
        corners.insert(0, before)
        names.insert(0, street_name)
    door = district.metres(goal.spot)
    points = ((0.0, 0.0), *(at[corner] for corner in corners), door)
    last = at[corners[-1]]
    total = best[goal.corner] + math.dist((0.0, 0.0), at[corners[0]]) + math.dist(last, door)
    return Way(_legs([at[corner] for corner in corners], names), total, points, heading(last, door))


def _legs(points: list[tuple[float, float]], names: list[str]) -> tuple[Leg, ...]:
    """Stretches of one street in one direction are one leg."""
    legs: list[Leg] = []
    bearing = 0.0
    for (one, other), name in zip(itertools.pairwise(points), names, strict=True):
        new = math.degrees(math.atan2(other[0] - one[0], other[1] - one[1]))
        long = math.dist(one, other)
        bend = (new - bearing + 180) % 360 - 180
        if legs and legs[-1].street == name and abs(bend) < 45:
            kept = legs[-1]
            legs[-1] = Leg(name, kept.heading, kept.metres + long, kept.turn)
        else:
            turn = Turn.START if not legs else Turn.ON if abs(bend) < 45 else Turn.RIGHT if bend > 0 else Turn.LEFT
            legs.append(Leg(name, heading(one, other), long, turn))
        bearing = new
    return tuple(legs)


Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a sheet. here: where this window stands; goal: where one is sent."""

    id: str
    name: str
    x: float
    y: float
    here: bool = False
    goal: bool = False


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a map sheet draws, in metres: x to the east, y to the north, from this window. streets: name, whether it is
    water, its line. box: west, south, east, north."""

    streets: tuple[tuple[str, bool, Points], ...]
    marks: tuple[Mark, ...]
    way: Points
    box: tuple[float, float, float, float]


def sketch_of(district: District, goal: Place, way: Way | None, others: bool = True) -> Sketch:
    """The sheet for one place. others: the offices beside it as well."""
    streets = tuple(
        (street.name, street.water, tuple(district.metres(district.corners[corner]) for corner in street.corners))
        for street in district.streets
    )
    marks = tuple(
        Mark(place.id, place.name, *district.metres(place.spot), place.id == district.here, place.id == goal.id)
        for place in district.places
        if others or place.id in (district.here, goal.id)
    )
    everything = [point for _, _, line in streets for point in line] + [(mark.x, mark.y) for mark in marks]
    xs, ys = [x for x, _ in everything], [y for _, y in everything]
    pad = 0.06 * max(max(xs) - min(xs), max(ys) - min(ys), 1.0)
    box = (min(xs) - pad, min(ys) - pad, max(xs) + pad, max(ys) + pad)
    return Sketch(streets, marks, way.points if way is not None else (), box)
