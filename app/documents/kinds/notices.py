"""受理通知书, 收件材料接收凭证, 一次性告知书, 一次性补正告知书."""

from __future__ import annotations

from typing import Any

from app.documents.blocks import Column, Paragraph, Words
from app.documents.seal_gist import seal_gist
from app.documents.teller import Teller, clean, unique_materials
from app.documents.wording import chinese
from app.domain.case import Case
from app.domain.clock import shanghai
from app.domain.errors import Defect
from app.domain.material import Material, MaterialStatus
from app.domain.paper_data import Correction, Lack
from app.domain.urgency import days_of, days_words, halves_of, is_urgent

_BY_WORD = (MaterialStatus.TOLERATED, MaterialStatus.PROMISED)
_COUNTED = (MaterialStatus.CAPTURED, MaterialStatus.WAIVED, *_BY_WORD)


def acceptance(t: Teller) -> str:
    """What was accepted, until when it will be done, and what was handed in."""
    materials = unique_materials(t.paper.cases)
    t.guardian()
    plain_first(t)
    _opening(t, materials)
    t.heading("cases.title", n=len(t.paper.cases))
    _cases(t)
    _materials(t, materials)
    tolerated = any(material.status is MaterialStatus.TOLERATED for material in materials)
    pick_up = t.pick_up()
    t.notes(((t.say("note_tolerance"),) if tolerated else ()) + ((pick_up,) if pick_up else ()))
    if pick_up:
        t.add(Paragraph(pick_up, "取件时间", on="strip"))
    t.rate_square()
    t.close(t.applicant_signs())
    t.paragraph("keep", "保管提示", on="strip")
    return ""


def plain_first(t: Teller) -> None:
    """Of an assisted visit 帮办: before all else what comes next, and whom to call, in plain words."""
    cases = t.paper.cases
    if not t.paper.assisted:
        return
    t.heading("plain.title")
    dues = [case.due for case in cases if case.due is not None]
    if dues:
        key = "plain.at_once" if all(_at_once(t, case) for case in cases) else "plain.wait"
        t.paragraph(key, "下一步", emphasis=True, date=t.speech.date(max(dues)))
    owed = [m.use.name for m in unique_materials(cases) if m.status is MaterialStatus.TOLERATED]
    if owed:
        t.paragraph("plain.owed", "还要交的", emphasis=True, names="、".join(owed))
    phones = dict.fromkeys(filter(None, (_phone(t, case) for case in cases)))
    if phones:
        t.paragraph("plain.phone", "咨询电话", emphasis=True, phones="、".join(phones))


def _at_once(t: Teller, case: Case) -> bool:
    item = t.catalog.items.get(case.item_code) if t.catalog is not None else None
    return item is not None and item.kind == t.speech.plain("cases.at_once")


def _phone(t: Teller, case: Case) -> str:
    """The number at which its department answers questions; "" when the catalogue names none."""
    item = t.catalog.items.get(case.item_code) if t.catalog is not None else None
    return item.elements.get("咨询电话", "") if item is not None else ""


def receipt(t: Teller) -> str:
    """What was handed in, and nothing of acceptance."""
    materials = unique_materials(t.paper.cases)
    t.guardian()
    plain_first(t)
    _opening(t, materials)
    _materials(t, materials)
    tolerated = any(material.status is MaterialStatus.TOLERATED for material in materials)
    t.notes((t.say("note_tolerance"),) if tolerated else ())
    t.close(t.applicant_signs())
    t.paragraph("keep", "保管提示", on="strip")
    return seal_gist([seal.number for seal in t.paper.seals]) if t.paper.seals else ""


def one_time(t: Teller) -> str:
    """What lacks before anything can be accepted."""
    t.salute()
    at = t.speech.time(t.paper.cases[0].accepted_at)
    t.paragraph("opening", "正文", on="page", title=t.title(), time=at, n=len(t.paper.cases))
    t.items()
    lacks(t, t.paper.lacks)
    t.notes()
    t.close(t.applicant_signs())
    t.paragraph("keep", "保管提示", on="strip")
    return t.speech.plain("gist", n=len(t.paper.lacks))


def correction(t: Teller) -> str:
    """What must be put right in what was handed in (行政许可法 article 32, first paragraph, item 4)."""
    data = t.paper.data
    if not isinstance(data, Correction):
        raise Defect("文书数据有误", str(t.paper.kind))
    t.head.append((t.say("fields.phone"), clean(data.phone)))
    told = shanghai(t.paper.issued_at).date()
    on_the_spot = told == data.received_on
    t.salute()
    received = t.speech.date(data.received_on)
    key = "opening" if t.licence else "opening_plain"
    t.paragraph(key, "正文", on="page", title=t.title(), received=received, n=len(t.paper.cases))
    t.paragraph("on_the_spot" if on_the_spot else "within_five_days", "告知时间", emphasis=True,
                received=received, told=t.speech.date(told))  # fmt: skip
    t.items()
    lacks(t, data.lacks)
    t.notes((t.say("note_licence"),) if t.licence else ())
    t.close(t.applicant_signs())
    t.paragraph("keep", "保管提示", on="strip")
    return t.speech.plain("gist", n=len(data.lacks))


def lacks(t: Teller, some: tuple[Lack, ...]) -> None:
    """Materials and answers to be put right, each in its table."""
    materials = [lack for lack in some if lack.is_material]
    fields = [lack for lack in some if not lack.is_material]
    first = 0
    for part, columns, rows in (
        ("lacks.materials", "lacks.columns", materials),
        ("lacks.fields", "lacks.field_columns", fields),
    ):
        if rows:
            t.heading(part, n=len(rows))
            t.listing(
                columns,
                (Column("", 26, about="名称", lead=True), Column("", 40, about="要求", strip="{text}")),
                [(clean(lack.name), clean(lack.what)) for lack in rows],
                "补正{n}" if not first else "填写{n}",
            )
            first += len(rows)
    t.paragraph("lacks.summary", "补正合计", small=True, on="page", materials=len(materials), fields=len(fields))


def _opening(t: Teller, materials: list[Material]) -> None:
    paper = t.paper
    t.salute()
    deferred = sum(material.status in _BY_WORD for material in materials)
    tolerance: Words = t.say("opening_tolerance", n=deferred) if deferred else ""
    at = t.speech.time(paper.cases[0].accepted_at)
    t.paragraph("opening", "正文", on="page", title=t.title(), time=at, tolerance=tolerance, n=len(paper.cases))
    # The paper never says that the platform has answered while some case is without its number.
    awaiting = paper.awaiting_platform or not all(case.case_no for case in paper.cases)
    t.paragraph("awaiting" if awaiting else "confirmed", "平台确认状态", emphasis=True)


def _cases(t: Teller) -> None:
    columns = (
        Column("", 26, about="事项名称", lead=True),
        Column("", 20, about="受理流水号"),
        Column("", 21, about="办理期限"),
    )
    rows = [
        (
            t.lines(t.item(case), t.department(case.department)),
            t.lines(clean(case.provisional_no), clean(case.case_no) if case.case_no else t.say("cases.awaiting_no")),
            t.lines(*_limit(t, case)),
        )
        for case in t.paper.cases
    ]
    t.listing("cases.columns", columns, rows, "第{n}项")


def _limit(t: Teller, case: Case) -> tuple[Words, ...]:
    limit: list[Words] = []
    if t.catalog is not None and t.catalog.version == case.catalog_version:
        item = t.catalog.items.get(case.item_code)
        if item is not None and item.kind == t.speech.plain("cases.at_once"):
            limit.append(t.say("cases.at_once"))
        if item is not None and (not limit or halves_of(item, case.form)) and (days := days_of(item, case.form)) > 0:
            limit.append(
                t.say("cases.urgent" if is_urgent(item, case.form) else "cases.promised", days=days_words(days))
            )
    if case.due_at is not None:
        limit.append(t.say("cases.due", date=t.speech.time(case.due_at)))
    elif case.due is not None:
        limit.append(t.say("cases.due", date=t.speech.date(case.due)))
    return tuple(limit) or (t.say("cases.no_due"),)


def _materials(t: Teller, materials: list[Material]) -> None:
    t.heading("materials.title", n=len(materials))
    if not materials:
        t.paragraph("materials.none", "材料合计", small=True)
    else:
        columns = (
            Column("", 30, about="名称", lead=True),
            Column("", 8, "c", "形式", strip=""),
            Column("", 7, "c", "份数", strip=""),
            Column("", 22, about="收取情况", strip="{text}"),
        )
        rows = [(t.material(m), t.form_of(m), _copies(t, m), _status(t, m)) for m in materials]
        t.listing("materials.columns", columns, rows, "材料{n}")
        counts: dict[str, Any] = {status.value: sum(m.status is status for m in materials) for status in _COUNTED}
        t.paragraph("materials.summary", "材料合计", small=True, on="page", total=len(materials), **counts)
    t.add(Paragraph(_sources(t), "信息来源", small=True, indent=False, on="page"))


def _copies(t: Teller, material: Material) -> Words:
    if material.status is not MaterialStatus.CAPTURED:
        return t.say("materials.no_copies")
    return t.copies(material.use.copies)


def _status(t: Teller, material: Material) -> Words:
    reason = clean(material.reason)
    match material.status:
        case MaterialStatus.CAPTURED if material.origin:
            return t.say("materials.reused", number=clean(material.origin.number), pages=len(material.pages))
        case MaterialStatus.CAPTURED if material.pages:
            return t.say("materials.captured", pages=len(material.pages))
        case MaterialStatus.CAPTURED:
            return t.say("materials.captured_plain")
        case MaterialStatus.TOLERATED if material.due:
            return t.say("materials.tolerated", date=t.speech.date(material.due))
        case MaterialStatus.TOLERATED:
            return t.say("materials.tolerated_plain")
        case MaterialStatus.WAIVED | MaterialStatus.PROMISED as status:
            return t.say(f"materials.{status.value}" + ("" if reason else "_plain"), reason=reason)
        case _:
            return t.say("materials.missing")


def _sources(t: Teller) -> Words:
    """Where the answers came from, each source once."""
    said: dict[str, Words] = {}
    for case in t.paper.cases:
        for fact in case.facts:
            if fact.verdict.usable:
                how = t.say(f"sources.how.{fact.verdict.value}")
                one = t.say("sources.one", label=clean(fact.source.label), how=how)
                said.setdefault(chinese(one), one)
    if not said:
        return t.say("sources.none")
    return t.say("sources.sentence", sources=t.speech.join(list(said.values()), "、", ", "))
