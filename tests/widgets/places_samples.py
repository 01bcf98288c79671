"""The map of places for the gallery: the demonstration's district."""

from __future__ import annotations

from desk_parts import shipped
from PyQt6.QtWidgets import QWidget

from app.catalog.places import places_of, shipped_places
from app.domain.place import sketch_of, way_to
from app.presenters.places_words import stop_view
from app.services.where_to_go import Stop
from widgets.dialogs.places import PlacesDialog
from widgets.views import Tone
from widgets.views_places import StopView


def views(name: str = "往来港澳通行证换发", phone: str = "0572-2110501") -> list[StopView]:
    """The places of one item, as the presenter shows them."""
    district = shipped_places()
    item = next(item for item in shipped()[0].items.values() if item.name == name)
    found = []
    for one in places_of(district, item):
        way = way_to(district, one.place) if one.place.id != district.here else None
        stop = Stop(one.place, one.counter, one.named, (item.name,), way, phone)
        found.append(stop_view(stop, sketch_of(district, one.place, way)))
    return found


def shown(row: int = 0) -> PlacesDialog:
    """The map with one of its places marked."""
    dialog = PlacesDialog()
    dialog.set_stops(views(), "往来港澳通行证换发")
    dialog.table.selectRow(row)
    return dialog


def windows() -> dict[str, QWidget]:
    """Every state."""
    said = shown(1)
    said.say("ZYW03202611220001X 已送打印", Tone.SUCCESS)
    none = PlacesDialog()
    none.say("本地的地点文件有误，按随程序的用：places.yaml 第 12 行，没有这个路口：k9", Tone.WARNING)
    return {"d-places-here": shown(), "d-places-way": said, "d-places-none": none}
