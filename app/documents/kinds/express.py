"""寄递单: a parcel with results, and where it is."""

from __future__ import annotations

from app.documents.blocks import Column
from app.documents.teller import Teller, clean
from app.domain.errors import Defect
from app.domain.paper_express import ExpressSlip


def express(t: Teller) -> str:
    """To whom, what, by whom, under which number, and what the carrier says of it."""
    data = t.paper.data
    if not isinstance(data, ExpressSlip):
        raise Defect("文书数据有误", str(t.paper.kind))
    t.head.append((t.say("fields.mail_no"), clean(data.mail_no) or t.say("no_number")))
    t.numbered_items()
    t.heading("parcel.title")
    t.fields(
        [
            ("state", t.say(f"states.{data.state.value}")),
            ("carrier", clean(data.carrier) or t.say("no_carrier")),
            ("recipient", clean(data.recipient)),
            ("phone", clean(data.phone)),
            ("address", clean(data.address)),
            ("sender", clean(data.sender)),
            ("contents", clean(data.contents)),
        ],
        "寄递",
    )
    if data.steps:
        t.heading("steps.title")
        columns = (Column("", 30, about="时间", lead=True), Column("", 42, about="状态"))
        t.listing("steps.columns", columns, [(t.speech.time(at), clean(words)) for at, words in data.steps], "轨迹{n}")
    t.notes()
    t.close(t.applicant_signs("asks"), t.signs("gives", dated=False))
    return t.speech.plain("gist", mail_no=clean(data.mail_no) or t.speech.plain("no_number"))
