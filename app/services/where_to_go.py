"""Where a matter is handled 办事地图: places for items, the way there, a slip to take along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.catalog.places import FOLDER as FOLDER
from app.catalog.places import PHONE, load_places, places_of
from app.domain.document import RenderedPaper
from app.domain.item import Catalog, Item
from app.domain.paper_places import WayGuide
from app.domain.place import Counter, District, Heading, Place, Sketch, Way, sketch_of, way_to
from app.firms.files import Finding
from app.services.issue_paper import IssuePaper


@dataclass(frozen=True, slots=True)
class Stop:
    """A place for what was asked. items: names of those handled there. counter: the window there, where it is known;
    named: an item's own words name the place. way: None in this very house. phone: the item's own, else the place's."""

    place: Place
    counter: Counter | None
    named: bool
    items: tuple[str, ...]
    way: Way | None
    phone: str

    @property
    def here(self) -> bool:
        """Is it in this house?"""
        return self.way is None


class WhereToGo:
    """`stops` reads a small file once; `slip` blocks on the store."""

    def __init__(self, catalog: Catalog, issue: IssuePaper, own: Callable[[], Path | None] = lambda: None) -> None:
        """own: the profile's folder, where a site's own file lies."""
        self._catalog = catalog
        self._issue = issue
        self._own = own
        self._loaded: tuple[District, tuple[Finding, ...]] | None = None

    @property
    def trouble(self) -> tuple[Finding, ...]:
        """What is wrong with the site's own file; the shipped one counts then."""
        return self._load()[1]

    @property
    def district(self) -> str:
        """Its name."""
        return self._load()[0].name

    def items(self, code: str) -> tuple[Item, ...]:
        """The items of an item's, a main item's or a bundle's code; none for an unknown one."""
        catalog = self._catalog
        if code in catalog.mains:
            return tuple(catalog.items[one] for one in catalog.mains[code].items if one in catalog.items)
        return catalog.items_of(code) if code in catalog.bundles or code in catalog.items else ()

    def stops(self, items: Sequence[Item]) -> tuple[Stop, ...]:
        """The places for these items, those that the items' words name first, then the nearer; without items every
        place of the district."""
        district = self._load()[0]
        if not items:
            found = [Stop(place, None, False, (), self._way(place), place.phone) for place in district.places]
            return tuple(sorted(found, key=_nearness))
        stops: dict[str, Stop] = {}
        for item in items:
            for one in places_of(district, item):
                before = stops.get(one.place.id)
                names = (*(before.items if before else ()), item.name)
                own = item.elements.get(PHONE, "") if one.named else ""
                stops[one.place.id] = Stop(
                    one.place,
                    before.counter if before and before.counter else one.counter,
                    one.named or (before is not None and before.named),
                    tuple(dict.fromkeys(names)),
                    self._way(one.place),
                    before.phone if before else own or one.place.phone,
                )
        return tuple(sorted(stops.values(), key=lambda stop: (not stop.named, *_nearness(stop))))

    def sketch(self, stop: Stop) -> Sketch:
        """The sheet that the screen draws."""
        return sketch_of(self._load()[0], stop.place, stop.way)

    def slip(self, stop: Stop) -> RenderedPaper:
        """The way on paper; asked twice for the same, the same paper."""
        place, counter, way = stop.place, stop.counter, stop.way
        data = WayGuide(
            items=stop.items or (place.name,),
            place=place.name,
            address=place.address,
            hours=place.hours,
            phone=stop.phone,
            geo=place.spot.uri,
            sketch=sketch_of(self._load()[0], place, way, others=False),
            final=way.final if way is not None else Heading.N,
            legs=way.legs if way is not None else (),
            metres=round(way.metres) if way is not None else 0,
            floor=counter.floor if counter is not None else "",
            counter=counter.name if counter is not None else "",
            numbers=counter.numbers if counter is not None else "",
            transit=place.transit,
        )
        return self._issue.issue_sheet(data, f"way.{place.id}", "、".join(data.items[:3]))

    def _way(self, place: Place) -> Way | None:
        district = self._load()[0]
        return None if place.id == district.here else way_to(district, place)

    def _load(self) -> tuple[District, tuple[Finding, ...]]:
        if self._loaded is None:
            folder = self._own()
            self._loaded = load_places(folder / FOLDER if folder is not None else None)
        return self._loaded


def _nearness(stop: Stop) -> tuple[float, str]:
    return (stop.way.metres if stop.way is not None else 0.0, stop.place.id)
