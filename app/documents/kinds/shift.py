"""联络单, 交接班表: papers between colleagues."""

from __future__ import annotations

from app.documents.blocks import Column, Fields, Gap, Paragraph, Signatures, Words
from app.documents.teller import Teller, clean
from app.domain.errors import Defect
from app.domain.paper_sheets import Liaison, ShiftHandover


def liaison(t: Teller) -> str:
    """From this window to another unit, with room for the answer."""
    data = t.paper.data
    if not isinstance(data, Liaison):
        raise Defect("文书数据有误", str(t.paper.kind))
    t.fields(
        [
            ("to_unit", clean(data.to_unit)),
            ("urgency", t.say("urgency.urgent" if data.urgent else "urgency.usual")),
            ("reply_by", t.date(data.reply_by) or t.say("no_reply")),
            ("contact", clean(data.contact)),
            ("phone", clean(data.phone)),
        ]
    )
    if t.paper.cases:
        t.numbered_items()
    t.heading("content.title")
    # The clerk's own paragraphs stay paragraphs.
    for text in filter(None, (clean(line) for line in data.content.splitlines())):
        t.add(Paragraph(text, "联络内容"))
    t.close(t.signs("sends"))
    t.heading("reply.title")
    t.add(Gap(4))
    t.add(Signatures((t.signs("replies"),)))
    return t.speech.plain("gist", unit=clean(data.to_unit))


def handover(t: Teller) -> str:
    """What the day was and what the next clerk goes on with."""
    data = t.paper.data
    if not isinstance(data, ShiftHandover):
        raise Defect("文书数据有误", str(t.paper.kind))
    t.heading("figures.title")
    t.add(Fields(tuple((clean(label), clean(value)) for label, value in data.figures)))
    t.heading("pending.title", n=len(data.pending))
    if data.pending:
        columns = (
            Column("", 32, about="事项", lead=True),
            Column("", 12, about="申请人"),
            Column("", 26, about="情况"),
        )
        rows: list[tuple[Words, ...]] = [(clean(one.what), clean(one.who), clean(one.state)) for one in data.pending]
        t.listing("pending.columns", columns, rows, "待续办{n}")
    else:
        t.paragraph("pending.none", "待续办事项")
    if data.devices:
        t.heading("devices.title")
        t.add(
            Fields(
                tuple((clean(name), t.say("devices.well" if well else "devices.ill")) for name, well in data.devices)
            )
        )
    t.heading("note.title")
    if data.note:
        t.add(Paragraph(clean(data.note), "交接说明"))
    else:
        t.add(Gap(1))
    t.close(t.signs("gives"), t.signs("takes"), t.signs("witnesses", dated=False))
    return t.speech.plain("gist", giver=clean(data.giver), n=len(data.pending))
