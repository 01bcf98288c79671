"""A place and the way to it in words for the screen."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication

from app.documents.square import symbol_of
from app.domain.place import Heading, Leg, Sketch, Turn
from app.services.where_to_go import Stop
from widgets.views_places import StopView

translate = QCoreApplication.translate


def stop_view(stop: Stop, sketch: Sketch) -> StopView:
    """The place as the map shows it."""
    place, counter = stop.place, stop.counter
    window = ""
    if counter is not None:
        window = translate("Places", "{0} {1} {2}").format(counter.floor, counter.name, counter.numbers).strip()
    facts = [
        (translate("Places", "地址"), place.address),
        (translate("Places", "办公时间"), place.hours),
        (translate("Places", "咨询电话"), stop.phone),
        (translate("Places", "公共交通"), place.transit),
        (translate("Places", "可办"), translate("Places", "、").join(stop.items[:4])),
    ]
    return StopView(
        place.id, place.name, _far(stop), window, tuple((label, words) for label, words in facts if words),
        way_lines(stop), sketch, symbol_of(place.spot.uri),
    )  # fmt: skip


def way_lines(stop: Stop) -> tuple[str, ...]:
    """The way step by step."""
    if stop.way is None:
        return (translate("Places", "就在本大厅，不用出门。"),)
    final = translate("Places", "到路口后，{0}在{1}侧").format(stop.place.name, _heading(stop.way.final))
    return (*(_leg(leg) for leg in stop.way.legs), final)


def _far(stop: Stop) -> str:
    if stop.way is None:
        return translate("Places", "本大厅")
    return translate("Places", "约 {0} 米").format(_round(stop.way.metres))


def _leg(leg: Leg) -> str:
    words = {
        Turn.START: translate("Places", "出门沿{0}向{1}走约 {2} 米"),
        Turn.LEFT: translate("Places", "左转，沿{0}向{1}走约 {2} 米"),
        Turn.RIGHT: translate("Places", "右转，沿{0}向{1}走约 {2} 米"),
        Turn.ON: translate("Places", "直行，沿{0}向{1}走约 {2} 米"),
    }[leg.turn]
    return words.format(leg.street, _heading(leg.heading), _round(leg.metres))


def _heading(heading: Heading) -> str:
    return {
        Heading.N: translate("Places", "北"), Heading.NE: translate("Places", "东北"),
        Heading.E: translate("Places", "东"), Heading.SE: translate("Places", "东南"),
        Heading.S: translate("Places", "南"), Heading.SW: translate("Places", "西南"),
        Heading.W: translate("Places", "西"), Heading.NW: translate("Places", "西北"),
    }[heading]  # fmt: skip


def _round(metres: float) -> int:
    """To ten metres: the streets are a schematic."""
    return max(10, round(metres / 10) * 10)
