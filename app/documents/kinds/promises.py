"""容缺受理信用承诺书, 告知承诺书: what the applicant gives their word for, and signs."""

from __future__ import annotations

from app.documents.blocks import Column, Words
from app.documents.teller import Teller, clean
from app.domain.errors import Defect
from app.domain.paper_data import Promise, TolerancePromise


def tolerance(t: Teller) -> str:
    """What lacks, until when it comes, and what follows if it does not."""
    data = t.paper.data
    if not isinstance(data, TolerancePromise):
        raise Defect("文书数据有误", str(t.paper.kind))
    t.paragraph("opening", "正文", title=t.title(), hall=clean(t.paper.window.hall), n=len(data.materials))
    t.numbered_items()
    t.heading("owed.title", n=len(data.materials))
    columns = (Column("", 46, about="名称", lead=True), Column("", 20, about="补交期限"))
    rows = [(_named(t, one.name), t.speech.date(one.due)) for one in data.materials]
    t.listing("owed.columns", columns, rows, "容缺材料{n}")
    t.heading("promises.title")
    t.points("promises.points", "承诺内容")
    t.close(t.applicant_signs(), t.signs("received_by", dated=False))
    last = max(one.due for one in data.materials)
    return t.speech.plain("gist", n=len(data.materials), date=t.speech.date(last))


def promise(t: Teller) -> str:
    """What the office tells, and what the applicant promises thereupon (国办发〔2020〕42号)."""
    data = t.paper.data
    if not isinstance(data, Promise):
        raise Defect("文书数据有误", str(t.paper.kind))
    t.paragraph("opening", "正文", title=t.title(), n=len(data.proofs))
    t.numbered_items()
    t.heading("told.title")
    columns = (
        Column("", 20, about="证明名称", lead=True),
        Column("", 22, about="设定依据"),
        Column("", 22, about="证明内容"),
        Column("", 13, about="核查期限"),
    )
    rows: list[tuple[Words, ...]] = [
        (
            _named(t, one.name),
            clean(one.ground),
            clean(one.content),
            t.date(one.check_due) or t.say("told.no_check_due"),
        )
        for one in data.proofs
    ]
    t.listing("told.columns", columns, rows, "证明{n}")
    t.points("told.points", "告知内容")
    t.heading("promises.title")
    t.points("promises.points", "承诺内容")
    t.close(t.applicant_signs(), unit=t.authority)
    return t.speech.plain("gist", n=len(data.proofs))


def _named(t: Teller, name: str) -> Words:
    """A material by its name; in English too when one of the cases' lists knows it."""
    found = next((m for case in t.paper.cases for m in case.materials if m.use.name == name), None)
    return t.material(found) if found else clean(name)
