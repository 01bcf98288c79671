"""办理结果交接单, 送达回证, 非税收入缴款通知书: what changes hands."""

from __future__ import annotations

from app.documents.blocks import Column, Words
from app.documents.money import capitals, figures
from app.documents.teller import Teller, clean
from app.domain.errors import Defect
from app.domain.paper_sheets import Delivery, PaymentNotice, ResultHandover


def handover(t: Teller) -> str:
    """Result documents from one unit to another."""
    data = t.paper.data
    if not isinstance(data, ResultHandover):
        raise Defect("文书数据有误", str(t.paper.kind))
    copies = sum(one.copies for one in data.documents)
    t.fields([("giver", clean(data.giver)), ("taker", clean(data.taker))])
    t.heading("documents.title")
    columns = (
        Column("", 23, about="结果文书", lead=True),
        Column("", 22, about="办件编号"),
        Column("", 14, about="申请人"),
        Column("", 8, "c", "份数"),
    )
    rows = [
        (
            t.lines(clean(one.name), clean(one.number)),
            clean(one.case_number),
            clean(one.applicant),
            t.copies(one.copies),
        )
        for one in data.documents
    ]
    t.listing("documents.columns", columns, rows, "文书{n}")
    t.paragraph("documents.summary", "移交合计", small=True, n=len(data.documents), copies=copies)
    t.notes()
    t.close(t.signs("gives"), t.signs("takes"), unit=clean(data.taker))
    return t.speech.plain("gist", n=len(data.documents), copies=copies)


def delivery(t: Teller) -> str:
    """Proof that a document was served: to whom, by whom, when, where, how."""
    data = t.paper.data
    if not isinstance(data, Delivery):
        raise Defect("文书数据有误", str(t.paper.kind))
    t.numbered_items()
    t.heading("documents.title")
    columns = (Column("", 34, about="名称", lead=True), Column("", 26, about="文号"), Column("", 9, "c", "份数"))
    rows: list[tuple[Words, ...]] = [
        (clean(one.name), clean(one.number) or t.say("none"), t.copies(one.copies)) for one in data.documents
    ]
    t.listing("documents.columns", columns, rows, "送达文书{n}")
    t.heading("service.title")
    t.fields(
        [
            ("recipient", clean(data.recipient)),
            ("manner", t.say(f"manners.{data.manner.value}")),
            ("place", clean(data.place)),
            ("served_on", t.date(data.served_on) or t.say("by_hand")),
            ("servers", "、".join(map(clean, data.servers))),
            ("received_for", t.say("by_hand_line")),
            ("note", clean(data.note)),
        ],
        "送达",
    )
    t.notes()
    t.close(t.applicant_signs("receives"), t.signs("serves", dated=False))
    return t.speech.plain("gist", manner=t.say(f"manners.{data.manner.value}"), n=len(data.documents))


def payment(t: Teller) -> str:
    """What is to be paid, to whom, on what ground and until when."""
    data = t.paper.data
    if not isinstance(data, PaymentNotice):
        raise Defect("文书数据有误", str(t.paper.kind))
    total = figures(data.total_fen)
    t.head.append((t.say("charges.due"), t.say("charges.figure", total=total)))
    t.salute()
    t.paragraph("opening", "正文", title=t.title(), payee=clean(data.payee), due=t.speech.date(data.due))
    t.heading("charges.title")
    columns = (
        Column("", 26, about="缴款项目", lead=True),
        Column("", 18, about="收费标准"),
        Column("", 8, "c", "数量"),
        Column("", 14, "r", "金额"),
    )
    rows: list[tuple[Words, ...]] = [
        (
            t.lines(clean(one.name), clean(one.code)),
            clean(one.standard) or t.say("charges.unit", amount=figures(one.unit_fen)),
            str(one.quantity),
            figures(one.fen),
        )
        for one in data.charges
    ]
    t.listing("charges.columns", columns, rows, "缴款项目{n}")
    t.paragraph("charges.total", "应缴金额", emphasis=True, total=total, capitals=capitals(data.total_fen))
    t.heading("pay.title")
    t.fields(
        [
            ("payee", clean(data.payee)),
            ("basis", clean(data.basis)),
            ("due", t.speech.date(data.due)),
            ("code", _grouped(data.code) or t.say("pay.no_code")),
        ],
        "缴款",
    )
    t.notes()
    t.close(t.applicant_signs(), unit=clean(data.payee))
    return t.speech.plain("gist", total=total)


def _grouped(code: str) -> str:
    """Four digits at a time, as they are typed."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
