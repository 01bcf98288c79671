"""What the 预约单 says (app.domain.paper_data)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain.paper_needs import MOST_ROWS, said, wrong


@dataclass(frozen=True, slots=True)
class Bring:
    """One thing to bring along. how: kind, copies, points; "" when the name says it all."""

    name: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class BookingSlip:
    """Of the 预约单. name, phone: masked; the slip may lie about. day, time, until: legal time, HH:MM; until "" when it
    is not known. extended: 延时服务. items: what for, by name; none: the visitor comes back for what was accepted, as
    purpose says. bring: what lacks as far as it is known now. code: of the booking, as the platform has it."""

    code: str
    name: str
    day: dt.date
    time: str
    hall: str
    purpose: str
    until: str = ""
    items: tuple[str, ...] = ()
    bring: tuple[Bring, ...] = ()
    phone: str = ""
    extended: bool = False

    def __post_init__(self) -> None:
        said("预约码", self.code)
        said("预约人", self.name)
        said("预约时间", self.time)
        said("预约地点", self.hall)
        said("办理内容", self.purpose)
        if len(self.items) > MOST_ROWS or len(self.bring) > MOST_ROWS:
            raise wrong("要带的材料", f"超过 {MOST_ROWS} 行")
        for one in self.bring:
            said("要带的材料", one.name)
