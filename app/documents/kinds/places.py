"""办事指引: where to go, how to get there, a sketch, a code for the phone."""

from __future__ import annotations

from app.documents.blocks import MapSheet, Paragraph, Points, Square, Words
from app.documents.teller import Teller, clean
from app.documents.wording import wording_of
from app.domain.errors import Defect
from app.domain.paper_places import WayGuide
from app.domain.place import Heading


def way_guide(t: Teller) -> str:
    """Place, window, way, sketch; nobody signs it."""
    data = t.paper.data
    if not isinstance(data, WayGuide):
        raise Defect("文书数据有误", str(t.paper.kind))
    names = wording_of(t.paper.kind).texts("headings")

    def named(heading: Heading) -> str:
        return names[list(Heading).index(heading)]

    counter = ""
    if data.counter:
        counter = clean(t.speech.plain(
            "counter", floor=clean(data.floor), counter=clean(data.counter), numbers=clean(data.numbers)
        ))  # fmt: skip
    t.fields(
        [
            ("place", clean(data.place)),
            ("counter", counter),
            ("address", clean(data.address)),
            ("hours", clean(data.hours)),
            ("phone", clean(data.phone)),
            ("transit", clean(data.transit)),
        ]
    )
    t.heading("items.title")
    t.add(Points(tuple(clean(item) for item in data.items), "事项"))
    lines: list[Words] = [
        t.say(f"way.legs.{leg.turn.value}", street=leg.street, heading=named(leg.heading), metres=_round(leg.metres))
        for leg in data.legs
    ]
    if lines:
        lines.append(t.say("way.final", place=clean(data.place), heading=named(data.final)))
        t.heading("way.title", metres=_round(data.metres))
        t.add(Points(tuple(lines), "走法"))
    else:
        t.add(Paragraph(t.say("way.here", floor=clean(data.floor)), "走法", emphasis=True))
    if data.legs:
        t.heading("sketch.title")
        t.add(MapSheet(data.sketch, t.say("sketch.here"), t.say("sketch.north"), "示意图"))
    t.add(Square(data.geo, (t.say("square.title"), t.say("square.how")), "地图码"))
    t.paragraph("closing_note", "说明", small=True)
    return t.speech.plain("gist", place=clean(data.place))


def _round(metres: float) -> int:
    """To ten metres: the streets are a schematic."""
    return max(10, round(metres / 10) * 10)
