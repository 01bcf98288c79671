"""Offices and streets from their file (resources/places), and where the items of a catalogue are handled.

A site's own file lies in its profile's folder and takes the shipped one's place, whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import resources
from app.domain.errors import EnvironmentProblem
from app.domain.item import Catalog, Item
from app.domain.place import Counter, District, Place, Spot, Street, way_to
from app.firms.files import Entry, Finding, Reader, Wrong

FOLDER, FILE = "places", "places.yaml"
WHERE, PHONE = "办理地点", "咨询电话"
"""Elements of an item's implementation list."""
_PHONE = re.compile(r"(0\d{2,3}-)?\d{7,8}(-\d{1,6})?|1\d{10}|1\d{2,4}")


def read_places(path: Path, catalog: Catalog | None = None) -> tuple[District | None, tuple[Finding, ...]]:
    """A file's district, or None and what is wrong with it. catalog: whose departments the places must name."""
    reader = Reader(path)
    root = reader.root
    if root is None:
        return None, tuple(reader.findings)
    try:
        root.only("name", "here", "corners", "streets", "places")
        name, here = root.text("name"), root.id("here")
        corners = {corner: _spot(value) for corner, value in root.entry("corners").value.items()}
    except Wrong as error:
        reader.wrong(root.line, str(error))
        return None, tuple(reader.findings)
    lines: list[tuple[int, str]] = []

    def place(entry: Entry) -> Place:
        made = _place(entry, corners, catalog)
        lines.append((entry.line, made.id))
        return made

    streets = reader.each(root, "streets", lambda entry: _street(entry, corners))
    places = reader.each(root, "places", place)
    reader.unique("编号", lines)
    if here not in {one.id for one in places}:
        reader.wrong(root.line, f"here 所写的地点不在 places 里：{here}")
    if reader.findings:
        return None, tuple(reader.findings)
    district = District(name, corners, streets, places, here)
    for line, place_id in lines:
        if way_to(district, district.place(place_id)) is None:
            reader.wrong(line, f"从本窗口走不到 {place_id}：路口 {district.place(place_id).corner} 没有路相连")
    return (None if reader.findings else district), tuple(reader.findings)


@cache
def shipped_places() -> District:
    """The demonstration's district."""
    district, findings = read_places(resources.path(FOLDER) / FILE)
    if district is None:
        first = findings[0]
        raise EnvironmentProblem("安装不完整", f"{first.file} 第 {first.line} 行：{first.what}", "请重新安装。")
    return district


def load_places(own: Path | None) -> tuple[District, tuple[Finding, ...]]:
    """The site's district and what is wrong with its file; the shipped one where it has none that can be used."""
    path = own / FILE if own is not None else None
    if path is None or not path.is_file():
        return shipped_places(), ()
    district, findings = read_places(path)
    return (district if district is not None else shipped_places()), findings


@dataclass(frozen=True, slots=True)
class Found:
    """A place for an item. counter: the window there, where it is known. named: the item's own words name the place,
    or the place names the item; else it receives the items of that department."""

    place: Place
    counter: Counter | None
    named: bool


def places_of(district: District, item: Item) -> tuple[Found, ...]:
    """Where an item is handled, in the file's order: places that its words name, or that name it; then those that
    receive the items of its department. Where it has a place of its own, of the latter only this house, any of whose
    windows may take it. None: nothing is known."""
    words = item.elements.get(WHERE, "")
    own = [
        place
        for place in district.places
        if item.main in place.items or any(name in words for name in (place.name, *place.also))
    ]
    told = tuple(Found(place, _counter(place, item, words), True) for place in own)
    rest = tuple(
        Found(place, _counter(place, item, ""), False)
        for place in district.places
        if item.department in place.departments and place not in own and (not own or place.id == district.here)
    )
    return told + rest


def _counter(place: Place, item: Item, words: str) -> Counter | None:
    """The one that the words name, else the department's."""
    by_name = [one for one in place.counters if one.name in words]
    theirs = [one for one in place.counters if item.department in one.departments]
    return next(iter([*(one for one in by_name if one in theirs), *by_name, *theirs]), None)


def _spot(value: Any) -> Spot:
    if (
        not isinstance(value, list)
        or len(value) != 2
        or not all(isinstance(one, int | float) and not isinstance(one, bool) for one in value)
    ):
        raise Wrong("坐标应为 [纬度, 经度]")
    lat, lon = value
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Wrong(f"坐标超出范围：[{lat}, {lon}]，先写纬度，后写经度")
    return Spot(float(lat), float(lon))


def _street(entry: Entry, corners: Mapping[str, Spot]) -> Street:
    entry.only("name", "corners", "water")
    through = entry.texts("corners")
    if len(through) < 2:
        raise Wrong("一条路至少经过两个路口")
    if unknown := [one for one in through if one not in corners]:
        raise Wrong(f"没有这个路口：{'、'.join(unknown)}")
    return Street(entry.text("name"), through, entry.flag("water"))


def _place(entry: Entry, corners: Mapping[str, Spot], catalog: Catalog | None) -> Place:
    entry.only(
        "id", "name", "also", "spot", "corner", "address", "hours", "phone", "transit", "departments", "items",
        "counters",
    )  # fmt: skip
    corner = entry.text("corner")
    if corner not in corners:
        raise Wrong(f"没有这个路口：{corner}")
    phone = entry.text("phone")
    if not _PHONE.fullmatch(phone):
        raise Wrong(f"phone 不是电话号码：{phone}")
    desks = entry.entries("counters") if "counters" in entry.value else ()
    counters = tuple(_desk(entry.inner(value, line), catalog) for line, value in desks)
    items = entry.texts("items", ())
    if catalog is not None and (unknown := [one for one in items if one not in catalog.mains]):
        raise Wrong(f"事项目录里没有这个主项：{'、'.join(unknown)}")
    return Place(
        entry.id(), entry.text("name"), _spot(entry.value.get("spot")), corner, entry.text("address"),
        entry.text("hours"), phone, entry.text("transit", ""), entry.texts("also", ()), _departments(entry, catalog),
        items, counters,
    )  # fmt: skip


def _desk(entry: Entry, catalog: Catalog | None) -> Counter:
    entry.only("floor", "name", "numbers", "departments")
    return Counter(entry.text("floor"), entry.text("name"), entry.text("numbers", ""), _departments(entry, catalog))


def _departments(entry: Entry, catalog: Catalog | None) -> tuple[str, ...]:
    found = entry.texts("departments", ())
    if catalog is not None and (unknown := [one for one in found if one not in catalog.departments]):
        raise Wrong(f"事项目录里没有这个部门：{'、'.join(unknown)}")
    return found
