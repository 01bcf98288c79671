"""Where to go: the places of items, its own first; the slip is one paper however often it is asked for."""

from __future__ import annotations

from desk_parts import Parts

from app.domain.paper_places import WayGuide
from app.services.where_to_go import WhereToGo


def service(parts: Parts) -> WhereToGo:
    return WhereToGo(parts.catalog, parts.issue_paper())


def test_places_that_the_items_name_stand_first_and_each_once(parts: Parts) -> None:
    wanted = {"往来港澳通行证换发", "普通护照首次申请"}
    items = tuple(item for item in parts.catalog.items.values() if item.name in wanted)
    stops = service(parts).stops(items)
    assert [(stop.place.id, stop.named, stop.here) for stop in stops] == [
        ("exit-entry", True, False),
        ("hall", False, True),
    ]
    assert set(stops[0].items) == wanted


def test_without_items_every_place_nearest_first(parts: Parts) -> None:
    stops = service(parts).stops(())
    far = [stop.way.metres if stop.way else 0 for stop in stops]
    assert len(stops) == 7
    assert far == sorted(far)
    assert stops[0].here


def test_the_same_way_is_the_same_paper_and_names_nobody(parts: Parts) -> None:
    where = service(parts)
    stop = next(one for one in where.stops(()) if one.place.id == "exit-entry")
    first, again = where.slip(stop), where.slip(stop)
    assert first.paper.number == again.paper.number
    assert first.sha256 == again.sha256
    data = first.paper.data
    assert isinstance(data, WayGuide)
    assert data.geo == "geo:30.8993,120.0986"
    assert [leg.street for leg in data.legs] == ["金云大道", "仁皇山路"]
