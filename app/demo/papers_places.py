"""Sample data of the 办事指引, for previews and tests: the demonstration's district."""

from __future__ import annotations

from app.catalog.places import shipped_places
from app.domain.paper_places import WayGuide
from app.domain.place import Heading, sketch_of, way_to


def sample_way() -> WayGuide:
    """To the hall where permits to travel are received."""
    district = shipped_places()
    goal = district.place("exit-entry")
    way = way_to(district, goal)
    counter = goal.counters[0]
    return WayGuide(
        items=("往来港澳通行证换发",),
        place=goal.name,
        address=goal.address,
        hours=goal.hours,
        phone=goal.phone,
        geo=goal.spot.uri,
        sketch=sketch_of(district, goal, way, others=False),
        final=way.final if way is not None else Heading.N,
        legs=way.legs if way is not None else (),
        metres=round(way.metres) if way is not None else 0,
        floor=counter.floor,
        counter=counter.name,
        numbers=counter.numbers,
        transit=goal.transit,
    )
