"""预约单: when and where, what to bring, and the code that is scanned on the day."""

from __future__ import annotations

from app.documents.blocks import Paragraph, Points, Square
from app.documents.teller import Teller, clean
from app.domain.errors import Defect
from app.domain.paper_booking import BookingSlip
from app.domain.shared_data import BOOKING_PREFIX
from app.materials.opening import WEEKDAYS


def booking_slip(t: Teller) -> str:
    """Time first, since that is what it is looked at for; nobody signs it."""
    data = t.paper.data
    if not isinstance(data, BookingSlip):
        raise Defect("文书数据有误", str(t.paper.kind))
    span = t.speech.plain("span", time=data.time, until=data.until) if data.until else data.time
    when = t.speech.plain("when", date=t.date(data.day), weekday=WEEKDAYS[data.day.weekday()], span=span)
    t.add(Paragraph(when, "预约时间", emphasis=True, indent=False))
    t.fields(
        [
            ("extended", t.say("extended") if data.extended else ""),
            ("hall", clean(data.hall)),
            ("name", clean(data.name)),
            ("phone", clean(data.phone)),
            ("code", clean(data.code)),
        ]
    )
    t.heading("items.title")
    t.add(Points(tuple(clean(item) for item in data.items) or (clean(data.purpose),), "事项"))
    t.heading("bring.title")
    lines = [
        t.say("bring.how", name=clean(one.name), how=clean(one.how)) if one.how else clean(one.name)
        for one in data.bring
    ]
    t.add(Points((t.say("bring.card"), *lines), "要带的材料"))
    t.add(Square(BOOKING_PREFIX + data.code, (t.say("square.title"), t.say("square.how")), "预约码"))
    t.paragraph("closing_note", "说明", small=True)
    return t.speech.plain("gist", when=when)
