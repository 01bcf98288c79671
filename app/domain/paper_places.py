"""What the 办事指引 says (app.domain.paper_data)."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.paper_needs import rows, said
from app.domain.place import Heading, Leg, Sketch


@dataclass(frozen=True, slots=True)
class WayGuide:
    """Of the 办事指引. items: what for. floor, counter, numbers: of the window there; "" where it is not known. legs:
    from this window; none: it is in this very house. geo: the place as a phone's map opens it. final: on which side of
    the last corner it lies."""

    items: tuple[str, ...]
    place: str
    address: str
    hours: str
    phone: str
    geo: str
    sketch: Sketch
    final: Heading
    legs: tuple[Leg, ...] = ()
    metres: int = 0
    floor: str = ""
    counter: str = ""
    numbers: str = ""
    transit: str = ""

    def __post_init__(self) -> None:
        rows("办理事项", self.items)
        said("办理地点", self.place)
        said("地址", self.address)
        said("办公时间", self.hours)
        said("咨询电话", self.phone)
        said("位置坐标", self.geo)
