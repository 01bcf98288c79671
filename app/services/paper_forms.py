"""Papers about cases: what can be offered for a subject, and the data made of the clerk's answers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.case import Window
from app.domain.document import Lack, PaperKind
from app.domain.errors import BadInput, Refused
from app.domain.issuing import GRANTED
from app.domain.item import Catalog
from app.domain.material import Material, MaterialStatus
from app.domain.paper_data import (
    CaseResult,
    Completion,
    Correction,
    HandedBack,
    LackNotice,
    OwedMaterial,
    PaperData,
    Procedure,
    Promise,
    PromisedMaterial,
    Refusal,
    RefusalReason,
    Remedies,
    ReturnNotice,
    ReturnReason,
    SpecialProcedure,
    TolerancePromise,
)
from app.domain.paper_sheets import (
    Charge,
    Delivery,
    Liaison,
    Manner,
    PaymentNotice,
    ResultDocument,
    ResultHandover,
    ServedDocument,
)
from app.materials.workdays import add_working_days
from app.services.paper_asks import Answers, a_count, a_day, in_fen, part, rows
from app.services.paper_subject import Subject

TELL_WITHIN = 5
"""Working days in which an applicant is told what must be put right (行政许可法 articles 32 and 82)."""
_FEE = re.compile(r"(\D*?)\s*(\d+(?:\.\d{1,2})?)\s*元")
_DENIED = "不予"


@dataclass(frozen=True, slots=True)
class Scene:
    """What a form looks at besides its subject. today: legal day."""

    catalog: Catalog
    window: Window
    clerk: str
    today: dt.date


@dataclass(frozen=True, slots=True)
class PaperForm:
    """How one kind is made. blocked: why not now, "" when it can be. offer: answers to begin with. data: from the
    answers; BadInput when they will not do, Refused when a rule forbids the paper."""

    blocked: Callable[[Subject], str]
    offer: Callable[[Subject, Scene], dict[str, str]]
    data: Callable[[Subject, Scene, Answers], PaperData | None]


def _nothing(subject: Subject, scene: Scene) -> dict[str, str]:
    return {}


def _needs_cases(subject: Subject) -> str:
    return "" if subject.cases else "还没有选择事项"


def _needs_accepted(subject: Subject) -> str:
    return "" if subject.accepted else "受理以后才能出具"


def _with(subject: Subject, status: MaterialStatus) -> list[Material]:
    return [material for material in subject.materials() if material.status is status]


# ------------------------------------------------------------------------------------------------------- notices


def _receipt_blocked(subject: Subject) -> str:
    settled = (MaterialStatus.MISSING, MaterialStatus.OPTIONAL)
    if subject.cases and all(material.status in settled for material in subject.materials()):
        return "还没有收到材料"
    return _needs_cases(subject)


def _one_time_blocked(subject: Subject) -> str:
    if subject.accepted:
        return "已经受理"
    return _needs_cases(subject) or ("" if subject.lacks else "材料和填写内容都齐全")


def _correction_offer(subject: Subject, scene: Scene) -> dict[str, str]:
    lines = "\n".join(f"{lack.name}：{lack.what}" for lack in subject.lacks)
    received = subject.cases[0].accepted_at.date() if subject.accepted else scene.today
    return {"lacks": lines, "received_on": received.isoformat(), "phone": subject.phone}


def _correction(subject: Subject, scene: Scene, answers: Answers) -> PaperData:
    received = a_day("收到材料日期", answers["received_on"])
    if received > scene.today:
        raise BadInput("文书内容有误", "“收到材料日期”晚于今天。", "更正后再出具。")
    if scene.today > add_working_days(received, TELL_WITHIN):
        raise Refused(
            "不能再出补正告知书",
            f"收到材料已超过 {TELL_WITHIN} 个工作日，自收到材料之日起即为受理。",
            "请受理；确需补齐的，与部门联系。",
        )
    fields = {lack.name for lack in subject.lacks if not lack.is_material}
    lacks = []
    for line in filter(None, (line.strip() for line in answers["lacks"].splitlines())):
        name, _, what = line.replace(":", "：").partition("：")
        lacks.append(Lack(name.strip(), what.strip(), name.strip() not in fields))
    return Correction(tuple(lacks), received, answers["phone"])


def _refusal_offer(subject: Subject, scene: Scene) -> dict[str, str]:
    return {"reason": RefusalReason.NOT_NEEDED.value}


def _remedies(answers: Answers) -> Remedies:
    return Remedies(answers["review"], answers["court"])


def _refusal(subject: Subject, scene: Scene, answers: Answers) -> PaperData:
    return Refusal(
        RefusalReason(answers["reason"]), answers["explanation"], _remedies(answers),
        ground=answers["ground"], competent=answers["competent"],
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------------ promises


def _tolerance_blocked(subject: Subject) -> str:
    owed = _with(subject, MaterialStatus.TOLERATED)
    return _needs_cases(subject) or ("" if any(m.due for m in owed) else "没有容缺的材料")


def _tolerance(subject: Subject, scene: Scene, answers: Answers) -> PaperData:
    owed = _with(subject, MaterialStatus.TOLERATED)
    return TolerancePromise(tuple(OwedMaterial(m.use.name, m.due) for m in owed if m.due is not None))


def _promise_blocked(subject: Subject) -> str:
    return _needs_cases(subject) or ("" if _with(subject, MaterialStatus.PROMISED) else "没有告知承诺的材料")


def _promise_offer(subject: Subject, scene: Scene) -> dict[str, str]:
    lines = [
        "；".join(m.use.acceptance_points) or f"符合“{m.use.name}”应当证明的条件"
        for m in _with(subject, MaterialStatus.PROMISED)
    ]
    return {"content": "\n".join(lines)}


def _promise(subject: Subject, scene: Scene, answers: Answers) -> PaperData:
    contents = [line.strip() for line in answers["content"].splitlines() if line.strip()]
    promised = _with(subject, MaterialStatus.PROMISED)
    if len(contents) not in (1, len(promised)):
        raise BadInput("文书内容有误", f"“证明内容”应为 1 行或者 {len(promised)} 行。", "更正后再出具。")
    grounds = {case.item_code: _ground(scene.catalog, case.item_code) for case in subject.cases}
    proofs = [
        PromisedMaterial(
            material.use.name,
            "；".join(dict.fromkeys(g for code, g in grounds.items() if g and code in material.asked_by))
            or "；".join(dict.fromkeys(filter(None, grounds.values()))),
            contents[number if len(contents) > 1 else 0],
            material.check_due,
        )
        for number, material in enumerate(promised)
    ]
    return Promise(tuple(proofs))


def _ground(catalog: Catalog, code: str) -> str:
    item = catalog.items.get(code)
    return item.legal_basis if item else ""


# ----------------------------------------------------------------------------------------------------- decisions


def _special_offer(subject: Subject, scene: Scene) -> dict[str, str]:
    return {"begins": scene.today.isoformat(), "body": subject.cases[0].department}


def _special(subject: Subject, scene: Scene, answers: Answers) -> PaperData:
    days = a_count("所需工作日", answers["days"])
    due = max((case.due for case in subject.cases if case.due), default=None)
    return SpecialProcedure(
        Procedure(answers["procedure"]), days, a_day("开始日期", answers["begins"]), answers["body"],
        answers["reason"], add_working_days(due, days) if due and 0 < days <= 1000 else None,
    )  # fmt: skip


def _return_offer(subject: Subject, scene: Scene) -> dict[str, str]:
    taken = _with(subject, MaterialStatus.CAPTURED)
    return {"returned": "\n".join(f"{m.use.name}，{m.use.copies}" for m in taken)}


def _return(subject: Subject, scene: Scene, answers: Answers) -> PaperData:
    uses = {material.use.name: material.use for material in subject.materials()}
    returned = []
    for row in rows(answers["returned"]):
        use = uses.get(row[0])
        form = "electronic" if use and use.kind == "电子件" else "original" if use is None or use.original else "copy"
        returned.append(HandedBack(row[0], form, a_count("份数", part(row, 1, "1"))))
    reason = ReturnReason(answers["reason"])
    return ReturnNotice(reason, tuple(returned), answers["explanation"], answers["again"])


def _completion_offer(subject: Subject, scene: Scene) -> dict[str, str]:
    lines = [f"{GRANTED}，{scene.catalog.result_of(case.item_code)}" for case in subject.cases]
    return {"results": "\n".join(lines), "decided_on": scene.today.isoformat(),
            "collect": f"请到{scene.window.name}领取。"}  # fmt: skip


def _completion(subject: Subject, scene: Scene, answers: Answers) -> PaperData:
    lines, at = rows(answers["results"]), a_day("决定日期", answers["decided_on"])
    if len(lines) != len(subject.cases):
        raise BadInput("文书内容有误", f"“办理结果”应为 {len(subject.cases)} 行，每个事项一行。", "更正后再出具。")
    results = []
    for row in lines:
        if row[0] not in (GRANTED, _DENIED):
            raise BadInput("文书内容有误", "“办理结果”每行以“准予”或者“不予”开头。", "更正后再出具。")
        granted = row[0] == GRANTED
        reason = "，".join(row[1:])
        results.append(
            CaseResult(True, at, part(row, 1), part(row, 2)) if granted else CaseResult(False, at, reason=reason)
        )
    remedies = None if all(result.granted for result in results) else _remedies(answers)
    return Completion(tuple(results), answers["collect"], remedies)


# ------------------------------------------------------------------------------------------------------- results


def _handover_offer(subject: Subject, scene: Scene) -> dict[str, str]:
    lines = [f"{scene.catalog.result_of(case.item_code)}，，1" for case in subject.cases]
    return {"documents": "\n".join(lines), "giver": subject.cases[0].department, "taker": scene.window.hall}


def _handover(subject: Subject, scene: Scene, answers: Answers) -> PaperData:
    lines = rows(answers["documents"])
    if len(lines) != len(subject.cases):
        raise BadInput("文书内容有误", f"“移交的文书”应为 {len(subject.cases)} 行，每个事项一行。", "更正后再出具。")
    documents = tuple(
        ResultDocument(case.case_no or case.provisional_no, case.applicant_name, row[0], part(row, 1),
                       a_count("份数", part(row, 2, "1")))
        for case, row in zip(subject.cases, lines, strict=True)
    )  # fmt: skip
    return ResultHandover(documents, answers["giver"], answers["taker"])


def _delivery_offer(subject: Subject, scene: Scene) -> dict[str, str]:
    names = dict.fromkeys(filter(None, (scene.catalog.result_of(case.item_code) for case in subject.cases)))
    return {
        "documents": "\n".join(f"{name}，，1" for name in names),
        "recipient": subject.cases[0].applicant_name,
        "place": f"{scene.window.hall}{scene.window.name}",
        "servers": scene.clerk,
    }


def _delivery(subject: Subject, scene: Scene, answers: Answers) -> PaperData:
    documents = tuple(
        ServedDocument(row[0], part(row, 1), a_count("份数", part(row, 2, "1"))) for row in rows(answers["documents"])
    )
    servers = tuple(name.strip() for name in answers["servers"].split("、") if name.strip())
    served = a_day("送达日期", answers["served_on"]) if answers["served_on"] else None
    return Delivery(
        answers["recipient"], documents, Manner(answers["manner"]), answers["place"], servers, served, answers["note"]
    )


def _payment_offer(subject: Subject, scene: Scene) -> dict[str, str]:
    lines, payee = [], ""
    for case in subject.cases:
        item = scene.catalog.items.get(case.item_code)
        found = _FEE.search(item.fee) if item else None
        if found:
            lines.append(f"{found[1].strip('，；') or case.item_name}，{found[2]}，1")
            payee = payee or case.department
    due = add_working_days(scene.today, 10).isoformat()
    return {"charges": "\n".join(lines), "payee": payee or subject.cases[0].department, "due": due}


def _payment(subject: Subject, scene: Scene, answers: Answers) -> PaperData:
    charges = tuple(
        Charge(row[0], in_fen(row[0], part(row, 1)), a_count("数量", part(row, 2, "1")))
        for row in rows(answers["charges"])
    )
    due = a_day("缴款期限", answers["due"])
    if due < scene.today:
        raise BadInput("文书内容有误", "“缴款期限”早于今天。", "更正后再出具。")
    return PaymentNotice(charges, answers["payee"], answers["basis"], due, answers["code"].replace(" ", ""))


def _liaison_offer(subject: Subject, scene: Scene) -> dict[str, str]:
    about = {"to_unit": subject.cases[0].department, "subject": subject.title} if subject.cases else {}
    return {**about, "contact": scene.clerk}


def _liaison(subject: Subject, scene: Scene, answers: Answers) -> PaperData:
    reply = a_day("回复期限", answers["reply_by"]) if answers["reply_by"] else None
    return Liaison(
        answers["to_unit"], answers["subject"], answers["content"], answers["contact"], answers["phone"], reply,
        answers["urgency"] == "urgent",
    )  # fmt: skip


FORMS: dict[PaperKind, PaperForm] = {
    PaperKind.MATERIAL_RECEIPT: PaperForm(_receipt_blocked, _nothing, lambda subject, scene, answers: None),
    PaperKind.ONE_TIME_NOTICE: PaperForm(
        _one_time_blocked, _nothing, lambda subject, scene, answers: LackNotice(subject.lacks)
    ),
    PaperKind.CORRECTION_NOTICE: PaperForm(_needs_cases, _correction_offer, _correction),
    PaperKind.REFUSAL_NOTICE: PaperForm(
        lambda subject: "已经受理" if subject.accepted else _needs_cases(subject), _refusal_offer, _refusal
    ),
    PaperKind.TOLERANCE_PROMISE: PaperForm(_tolerance_blocked, _nothing, _tolerance),
    PaperKind.PROMISE: PaperForm(_promise_blocked, _promise_offer, _promise),
    PaperKind.SPECIAL_PROCEDURE: PaperForm(_needs_accepted, _special_offer, _special),
    PaperKind.RETURN_NOTICE: PaperForm(_needs_cases, _return_offer, _return),
    PaperKind.COMPLETION_NOTICE: PaperForm(_needs_accepted, _completion_offer, _completion),
    PaperKind.RESULT_HANDOVER: PaperForm(_needs_accepted, _handover_offer, _handover),
    PaperKind.DELIVERY_PROOF: PaperForm(_needs_cases, _delivery_offer, _delivery),
    PaperKind.PAYMENT_NOTICE: PaperForm(_needs_cases, _payment_offer, _payment),
    PaperKind.LIAISON: PaperForm(lambda subject: "", _liaison_offer, _liaison),
}
