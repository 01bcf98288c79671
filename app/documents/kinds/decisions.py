"""不予受理通知书, 特殊程序告知书, 退件通知书, 办结通知书: what the office decided or does."""

from __future__ import annotations

from app.documents.blocks import Column, Words
from app.documents.teller import Teller, clean
from app.domain.errors import Defect
from app.domain.paper_data import (
    CaseResult,
    Completion,
    Refusal,
    RefusalReason,
    ReturnNotice,
    ReturnReason,
    SpecialProcedure,
)


def refusal(t: Teller) -> str:
    """Why it is not accepted, whom to turn to, and how to contest it."""
    data = t.paper.data
    if not isinstance(data, Refusal):
        raise Defect("文书数据有误", str(t.paper.kind))
    reason = data.reason.value
    # An item that is no 行政许可 may not be refused in that law's name: then only the ground that was given.
    lawful = t.licence and data.reason is not RefusalReason.OTHER
    ground: Words = t.say(f"grounds.{reason}") if lawful else clean(data.ground)
    at = t.speech.time(t.paper.cases[0].accepted_at)
    t.salute()
    key = "opening" if ground else "opening_plain"
    t.paragraph(key, "正文", title=t.title(), time=at, ground=ground, n=len(t.paper.cases))
    t.items()
    t.heading("reasons.title")
    t.paragraph(f"reasons.{reason}", "不予受理的理由", emphasis=True)
    t.paragraph("reasons.explanation", "事实和理由说明", text=clean(data.explanation))
    if data.competent:
        t.paragraph("reasons.competent", "有权办理的机关", competent=clean(data.competent))
    t.remedies(data.remedies)
    t.notes()
    t.close(t.applicant_signs(), unit=t.authority)
    return t.speech.plain(f"reasons.{reason}")


def special_procedure(t: Teller) -> str:
    """A procedure whose time does not count (行政许可法 article 45)."""
    data = t.paper.data
    if not isinstance(data, SpecialProcedure):
        raise Defect("文书数据有误", str(t.paper.kind))
    procedure = t.say(f"procedures.{data.procedure.value}")
    accepted = t.speech.date(t.paper.cases[0].accepted_at.date())
    t.salute()
    key = "opening" if t.licence else "opening_plain"
    t.paragraph(key, "正文", title=t.title(), accepted=accepted, procedure=procedure)
    t.numbered_items()
    t.heading("procedure.title")
    before, before_at = t.paper.cases[0].due, t.paper.cases[0].due_at
    t.fields(
        [
            ("procedure", procedure),
            ("reason", clean(data.reason)),
            ("body", clean(data.body)),
            ("begins", t.speech.date(data.begins)),
            ("days", t.say("days", n=data.days)),
            ("due_before", t.speech.time(before_at) if before_at is not None else t.date(before)),
            ("due", t.date(data.due)),
        ]
    )
    t.notes()
    t.close(t.applicant_signs())
    return t.speech.plain("gist", procedure=procedure, days=data.days)


def return_notice(t: Teller) -> str:
    """Materials go back; nothing is decided."""
    data = t.paper.data
    if not isinstance(data, ReturnNotice):
        raise Defect("文书数据有误", str(t.paper.kind))
    at = t.speech.date(t.paper.cases[0].accepted_at.date())
    t.salute()
    t.paragraph("opening", "正文", title=t.title(), at=at, reason=t.say(f"reasons.{data.reason.value}"))
    if data.explanation:
        t.paragraph("explanation", "退件原因说明", text=clean(data.explanation))
    if data.reason is ReturnReason.WITHDRAWN:
        t.paragraph("withdrawn", "撤回说明")
    t.numbered_items()
    t.heading("returned.title", n=len(data.returned))
    columns = (Column("", 38, about="名称", lead=True), Column("", 14, "c", "形式"), Column("", 10, "c", "份数"))
    rows = [(clean(one.name), t.say(f"forms.{one.form}"), t.copies(one.copies)) for one in data.returned]
    t.listing("returned.columns", columns, rows, "退回材料{n}")
    t.notes((clean(data.again),) if data.again else ())
    t.close(t.applicant_signs("takes_back"), t.signs("hands_back", dated=False))
    return t.speech.plain("gist", n=len(data.returned))


def completion(t: Teller) -> str:
    """How each case ended and how the result is fetched."""
    data = t.paper.data
    if not isinstance(data, Completion):
        raise Defect("文书数据有误", str(t.paper.kind))
    if len(data.results) != len(t.paper.cases):
        raise Defect("文书数据有误", "办理结果与事项的数目不同。")
    granted = sum(result.granted for result in data.results)
    t.salute()
    t.paragraph("opening", "正文", title=t.title(), n=len(data.results))
    t.heading("results.title")
    columns = (
        Column("", 26, about="事项名称", lead=True),
        Column("", 22, about="受理流水号"),
        Column("", 11, about="办理结果"),
        Column("", 21, about="结果文书"),
    )
    rows = [
        (
            t.lines(t.item(case), t.department(case.department)),
            t.lines(clean(case.provisional_no), clean(case.case_no or "")),
            _outcome(t, result),
            t.lines(
                clean(result.document) or t.say("results.no_document"),
                clean(result.document_no),
                t.speech.date(result.decided_on),
            ),
        )
        for case, result in zip(t.paper.cases, data.results, strict=True)
    ]
    t.listing("results.columns", columns, rows, "第{n}项")
    for number, result in enumerate(data.results, 1):
        if not result.granted:
            t.paragraph("results.reason", f"第{number}项理由", n=number, reason=clean(result.reason))
    t.heading("collect.title")
    t.paragraph("collect.text", "领取方式", text=clean(data.collect))
    if data.remedies is not None:
        t.remedies(data.remedies)
    t.notes()
    t.close(t.applicant_signs("receives"))
    return t.speech.plain("gist", granted=granted, n=len(data.results))


def _outcome(t: Teller, result: CaseResult) -> Words:
    kind = "licence" if t.licence else "other"
    return t.say(f"results.{kind}.{'granted' if result.granted else 'denied'}")
