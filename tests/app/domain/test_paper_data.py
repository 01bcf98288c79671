"""No paper's data can be made with something required empty, and each mistake is named in the paper's words."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import Any

import pytest
from desk_parts import shipped

from app.demo.papers import sample_paper
from app.domain.document import BILINGUAL, DATA_OF, PaperKind
from app.domain.errors import BadInput, Defect
from app.domain.item import Catalog
from app.domain.paper_booking import Bring
from app.domain.paper_data import (
    CaseResult,
    Lack,
    OwedMaterial,
    RefusalReason,
    ReturnReason,
)
from app.domain.paper_needs import MOST_ROWS
from app.domain.paper_sheets import Charge, IdentityStep, Manner

DAY = dt.date(2026, 11, 21)
AT = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return shipped()[0]


K = PaperKind
EMPTY: list[tuple[PaperKind, dict[str, Any], str]] = [
    (K.ONE_TIME_NOTICE, {"lacks": ()}, "需要补正的内容"),
    (K.CORRECTION_NOTICE, {"lacks": ()}, "需要补正的内容"),
    (K.CORRECTION_NOTICE, {"lacks": (Lack("", "x", True),)}, "需要补正的名称"),
    (K.CORRECTION_NOTICE, {"lacks": (Lack("平面图", " ", True),)}, "平面图的补正要求"),
    (K.CORRECTION_NOTICE, {"phone": ""}, "联系电话"),
    (K.REFUSAL_NOTICE, {"explanation": "　"}, "不予受理的事实和理由"),
    (K.REFUSAL_NOTICE, {"competent": ""}, "有权办理的行政机关"),
    (K.REFUSAL_NOTICE, {"reason": RefusalReason.OTHER, "ground": ""}, "法律依据"),
    (K.TOLERANCE_PROMISE, {"materials": ()}, "容缺的材料"),
    (K.TOLERANCE_PROMISE, {"materials": (OwedMaterial("", DAY),)}, "容缺材料的名称"),
    (K.PROMISE, {"proofs": ()}, "适用告知承诺的证明"),
    (K.SPECIAL_PROCEDURE, {"body": ""}, "组织实施的机构"),
    (K.SPECIAL_PROCEDURE, {"reason": ""}, "启动特殊程序的原因"),
    (K.RETURN_NOTICE, {"explanation": ""}, "退件原因说明"),
    (K.RETURN_NOTICE, {"returned": ()}, "退回的材料"),
    (K.COMPLETION_NOTICE, {"results": ()}, "办理结果"),
    (K.COMPLETION_NOTICE, {"collect": ""}, "领取方式和地点"),
    (K.COMPLETION_NOTICE, {"remedies": None}, "救济途径（行政复议机关、人民法院）"),
    (K.COMPLETION_NOTICE, {"results": (CaseResult(False, DAY),)}, "第1项的不予办理的理由"),
    (K.COMPLETION_NOTICE, {"results": (CaseResult(True, DAY),)}, "第1项的结果文书"),
    (K.RESULT_HANDOVER, {"documents": ()}, "移交的结果文书"),
    (K.RESULT_HANDOVER, {"giver": ""}, "移交单位"),
    (K.RESULT_HANDOVER, {"taker": ""}, "接收单位"),
    (K.EXPRESS_SLIP, {"recipient": ""}, "收件人"),
    (K.EXPRESS_SLIP, {"sender": ""}, "寄件单位"),
    (K.EXPRESS_SLIP, {"contents": ""}, "内件"),
    (K.EXPRESS_SLIP, {"address": ""}, "收件地址"),
    (K.EXPRESS_SLIP, {"phone": ""}, "联系电话"),
    (K.DELIVERY_PROOF, {"recipient": ""}, "受送达人"),
    (K.DELIVERY_PROOF, {"documents": ()}, "送达文书"),
    (K.DELIVERY_PROOF, {"place": ""}, "送达地点"),
    (K.DELIVERY_PROOF, {"servers": ()}, "送达人"),
    (K.DELIVERY_PROOF, {"servers": ("",)}, "送达人"),
    (K.DELIVERY_PROOF, {"manner": Manner.LEFT, "note": ""}, "留置送达的情况（拒收事由、见证人）"),
    (K.DATA_CHECK, {"queries": ()}, "核验的数据"),
    (K.DATA_CHECK, {"purpose": ""}, "核验用途"),
    (K.IDENTITY_FEEDBACK, {"document": ""}, "证件类型"),
    (K.IDENTITY_FEEDBACK, {"means": ""}, "核验方式"),
    (K.IDENTITY_FEEDBACK, {"steps": ()}, "核验内容"),
    (K.IDENTITY_FEEDBACK, {"passed": False, "trouble": ""}, "未通过的原因"),
    (K.LIAISON, {"to_unit": ""}, "主送单位"),
    (K.LIAISON, {"subject": ""}, "联络事由"),
    (K.LIAISON, {"content": "\n"}, "联络内容"),
    (K.LIAISON, {"contact": ""}, "联系人"),
    (K.LIAISON, {"phone": ""}, "联系电话"),
    (K.SAFETY_REPORT, {"points": ()}, "自评内容"),
    (K.ASSESSMENT_REPORT, {"points": ()}, "自评内容"),
    (K.ASSESSMENT_REPORT, {"number": ""}, "自评编号"),
    (K.ASSESSMENT_REPORT, {"title": ""}, "报告名称"),
    (K.ASSESSMENT_REPORT, {"firm": ""}, "单位名称"),
    (K.ASSESSMENT_REPORT, {"opening": ""}, "说明"),
    (K.ASSESSMENT_REPORT, {"conclusion": ""}, "结论"),
    (K.ASSESSMENT_REPORT, {"dimensions": ()}, "各维度得分"),
    (K.POLICY_SHEET, {"total": ""}, "合计"),
    (K.POLICY_SHEET, {"policies": ()}, "政策"),
    (K.POLICY_SHEET, {"firm": " "}, "单位名称"),
    (K.WAY_GUIDE, {"items": ()}, "办理事项"),
    (K.WAY_GUIDE, {"place": ""}, "办理地点"),
    (K.WAY_GUIDE, {"address": ""}, "地址"),
    (K.WAY_GUIDE, {"hours": ""}, "办公时间"),
    (K.WAY_GUIDE, {"phone": ""}, "咨询电话"),
    (K.WAY_GUIDE, {"geo": ""}, "位置坐标"),
    (K.BOOKING_SLIP, {"code": ""}, "预约码"),
    (K.BOOKING_SLIP, {"name": " "}, "预约人"),
    (K.BOOKING_SLIP, {"time": ""}, "预约时间"),
    (K.BOOKING_SLIP, {"hall": ""}, "预约地点"),
    (K.BOOKING_SLIP, {"purpose": ""}, "办理内容"),
    (K.BOOKING_SLIP, {"bring": (Bring(""),)}, "要带的材料"),
    (K.SAFETY_REPORT, {"measures": ""}, "整改措施"),
    (K.SHIFT_HANDOVER, {"giver": ""}, "交班人"),
    (K.SHIFT_HANDOVER, {"figures": ()}, "当班情况"),
    (K.PAYMENT_NOTICE, {"charges": ()}, "缴款项目"),
    (K.PAYMENT_NOTICE, {"payee": ""}, "执收单位"),
    (K.PAYMENT_NOTICE, {"basis": ""}, "收费依据"),
]
WRONG: list[tuple[PaperKind, dict[str, Any], str]] = [
    (K.SPECIAL_PROCEDURE, {"days": 0}, "特殊程序所需时间"),
    (K.SPECIAL_PROCEDURE, {"due": dt.date(2020, 1, 1)}, "调整后的办结期限"),
    (K.IDENTITY_FEEDBACK, {"steps": (IdentityStep("x", False),)}, "核验结论"),
    (K.SHIFT_HANDOVER, {"taker": "李芳"}, "接班人"),
    (K.PAYMENT_NOTICE, {"charges": (Charge("证照工本费", 0),)}, "证照工本费的金额"),
    (K.PAYMENT_NOTICE, {"charges": (Charge("证照工本费", 100, 0),)}, "证照工本费的数量"),
    (K.PAYMENT_NOTICE, {"code": "12A4"}, "缴款码"),
    (K.ONE_TIME_NOTICE, {"lacks": (Lack("x", "y", True),) * (MOST_ROWS + 1)}, "需要补正的内容"),
    (K.BOOKING_SLIP, {"bring": (Bring("x"),) * (MOST_ROWS + 1)}, "要带的材料"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "change", "about"), EMPTY, ids=lambda v: v if isinstance(v, str) else None)
def test_what_lacks_is_named(catalog: Catalog, kind: PaperKind, change: dict[str, Any], about: str) -> None:
    data: Any = sample_paper(kind, catalog).data
    with pytest.raises(BadInput) as caught:
        replace(data, **change)
    assert caught.value.title == "文书内容不全"
    assert caught.value.what == f"“{about}”没有填写。"


@pytest.mark.parametrize(("kind", "change", "about"), WRONG, ids=lambda v: v if isinstance(v, str) else None)
def test_what_is_wrong_is_named(catalog: Catalog, kind: PaperKind, change: dict[str, Any], about: str) -> None:
    data: Any = sample_paper(kind, catalog).data
    with pytest.raises(BadInput) as caught:
        replace(data, **change)
    assert caught.value.title == "文书内容有误"
    assert about in caught.value.what


OPTIONAL = {
    "ground", "competent", "explanation", "again", "due", "note", "served_on", "trouble", "reply_by", "urgent", "taker",
    "pending", "devices", "code", "reason", "measures", "remedies", "passed", "received_on", "days", "begins",
    "procedure", "manner", "checked_at", "day", "about", "score", "grade", "promise", "listed", "tags", "firm_number",
    "state", "carrier", "mail_no", "steps", "sketch", "final", "legs", "metres",
    "floor", "counter", "numbers", "transit",
    "until", "extended", "phone", "bring",
}  # fmt: skip
"""Fields that may be empty for some reason, or whose type leaves no empty value."""


@pytest.mark.parametrize("kind", [kind for kind, made in DATA_OF.items() if made is not None])
def test_every_field_that_must_be_filled_is_tried(kind: PaperKind) -> None:
    """Whoever adds a field to a paper's data says here whether it may be empty, and tests that it may not."""
    made = DATA_OF[kind]
    assert made is not None
    tried = {name for which, change, _ in EMPTY if which is kind for name in change}
    if kind is K.BOOKING_SLIP:
        tried.add("items")  # none after acceptance: its purpose says what for
    assert {field.name for field in fields(made)} - OPTIONAL <= tried


def test_a_withdrawal_needs_no_explanation(catalog: Catalog) -> None:
    data: Any = sample_paper(PaperKind.RETURN_NOTICE, catalog).data
    assert replace(data, reason=ReturnReason.WITHDRAWN, explanation="").explanation == ""


def test_data_of_another_kind_are_a_defect(catalog: Catalog) -> None:
    refusal = sample_paper(PaperKind.REFUSAL_NOTICE, catalog)
    with pytest.raises(Defect):
        replace(refusal, kind=PaperKind.PROMISE)
    with pytest.raises(Defect):
        replace(refusal, data=None)
    with pytest.raises(Defect):
        replace(sample_paper(PaperKind.ACCEPTANCE_NOTICE, catalog), data=refusal.data)


def test_internal_papers_are_chinese_only(catalog: Catalog) -> None:
    for kind in PaperKind:
        if kind in BILINGUAL:
            assert sample_paper(kind, catalog, "zh-en").language == "zh-en"
            continue
        with pytest.raises(BadInput, match="只有中文"):
            replace(sample_paper(kind, catalog), language="zh-en")


def test_total_of_charges() -> None:
    assert [Charge("x", 1550, 3).fen, Charge("y", 1).fen] == [4650, 1]
