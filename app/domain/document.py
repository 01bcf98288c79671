"""The papers 文书 that a window hands over."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from app.domain.case import Case, Window
from app.domain.errors import BadInput, Defect
from app.domain.paper_booking import BookingSlip
from app.domain.paper_data import (
    Completion,
    Correction,
    Lack,
    LackNotice,
    PaperData,
    Promise,
    Refusal,
    ReturnNotice,
    SpecialProcedure,
    TolerancePromise,
)
from app.domain.paper_express import ExpressSlip
from app.domain.paper_firms import AssessmentReport, PolicySheet
from app.domain.paper_places import WayGuide
from app.domain.paper_sheets import (
    DataCheck,
    Delivery,
    IdentityFeedback,
    Liaison,
    PaymentNotice,
    ResultHandover,
    SafetyReport,
    ShiftHandover,
)
from app.domain.signature import FingerMark, Signature
from app.domain.territory import ReceiveSeal

__all__ = ["BILINGUAL", "DATA_OF", "Lack", "Language", "Paper", "PaperKind", "RenderedPaper"]

Language = Literal["zh", "zh-en"]


class PaperKind(StrEnum):
    """Kinds of paper by their official names (domain facts §4)."""

    ACCEPTANCE_NOTICE = "受理通知书"
    MATERIAL_RECEIPT = "收件材料接收凭证"
    ONE_TIME_NOTICE = "一次性告知书"
    CORRECTION_NOTICE = "一次性补正告知书"
    REFUSAL_NOTICE = "不予受理通知书"
    TOLERANCE_PROMISE = "容缺受理信用承诺书"
    PROMISE = "告知承诺书"
    SPECIAL_PROCEDURE = "特殊程序告知书"
    RETURN_NOTICE = "退件通知书"
    COMPLETION_NOTICE = "办结通知书"
    RESULT_HANDOVER = "办理结果交接单"
    DELIVERY_PROOF = "送达回证"
    DATA_CHECK = "数据核验表单"
    IDENTITY_FEEDBACK = "身份核验反馈单"
    LIAISON = "联络单"
    SAFETY_REPORT = "安全自评报告"
    SHIFT_HANDOVER = "交接班表"
    PAYMENT_NOTICE = "非税收入缴款通知书"
    ASSESSMENT_REPORT = "评估报告"
    POLICY_SHEET = "政策测算单"
    EXPRESS_SLIP = "寄递单"
    WAY_GUIDE = "办事指引"
    BOOKING_SLIP = "预约单"

    @property
    def about_cases(self) -> bool:
        """Must it name at least one case? The others are about the window."""
        return self not in _NO_CASES

    @property
    def one_applicant(self) -> bool:
        """Do all its cases have to be one person's? A handover's list and a liaison sheet may name several."""
        return self.about_cases and self is not PaperKind.RESULT_HANDOVER


DATA_OF: dict[PaperKind, type[PaperData] | None] = {
    PaperKind.ACCEPTANCE_NOTICE: None,
    PaperKind.MATERIAL_RECEIPT: None,
    PaperKind.ONE_TIME_NOTICE: LackNotice,
    PaperKind.CORRECTION_NOTICE: Correction,
    PaperKind.REFUSAL_NOTICE: Refusal,
    PaperKind.TOLERANCE_PROMISE: TolerancePromise,
    PaperKind.PROMISE: Promise,
    PaperKind.SPECIAL_PROCEDURE: SpecialProcedure,
    PaperKind.RETURN_NOTICE: ReturnNotice,
    PaperKind.COMPLETION_NOTICE: Completion,
    PaperKind.RESULT_HANDOVER: ResultHandover,
    PaperKind.DELIVERY_PROOF: Delivery,
    PaperKind.DATA_CHECK: DataCheck,
    PaperKind.IDENTITY_FEEDBACK: IdentityFeedback,
    PaperKind.LIAISON: Liaison,
    PaperKind.SAFETY_REPORT: SafetyReport,
    PaperKind.SHIFT_HANDOVER: ShiftHandover,
    PaperKind.PAYMENT_NOTICE: PaymentNotice,
    PaperKind.ASSESSMENT_REPORT: AssessmentReport,
    PaperKind.POLICY_SHEET: PolicySheet,
    PaperKind.EXPRESS_SLIP: ExpressSlip,
    PaperKind.WAY_GUIDE: WayGuide,
    PaperKind.BOOKING_SLIP: BookingSlip,
}
"""What each kind's data are; None: its cases say all of it."""

_NO_CASES = (
    PaperKind.SAFETY_REPORT, PaperKind.SHIFT_HANDOVER, PaperKind.LIAISON, PaperKind.ASSESSMENT_REPORT,
    PaperKind.POLICY_SHEET, PaperKind.WAY_GUIDE, PaperKind.BOOKING_SLIP,
)  # fmt: skip
_INTERNAL = (
    PaperKind.RESULT_HANDOVER, PaperKind.DATA_CHECK, PaperKind.LIAISON, PaperKind.SAFETY_REPORT,
    PaperKind.SHIFT_HANDOVER, PaperKind.EXPRESS_SLIP,
)  # fmt: skip
_CHINESE_FORMS = (
    PaperKind.ASSESSMENT_REPORT, PaperKind.POLICY_SHEET, PaperKind.WAY_GUIDE, PaperKind.BOOKING_SLIP,
)  # fmt: skip
"""Their words are those of forms, policies, street signs and the catalogue's materials, which exist in Chinese only."""
BILINGUAL = frozenset(PaperKind) - frozenset(_INTERNAL) - frozenset(_CHINESE_FORMS)
"""Kinds that an applicant gets or signs: they can be had in Chinese and English beside each other."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What goes on a paper. number: the paper's own number. cases: those it speaks of. awaiting_platform: accepted
    at this window, not yet acknowledged by the platform; the paper then says so.

    Defect: data of another kind of paper. BadInput: a language that this kind is not made in.
    """

    kind: PaperKind
    number: str
    cases: tuple[Case, ...]
    window: Window
    clerk: str
    issued_at: dt.datetime
    title: str
    """What the visitor came for, e.g. 我要开理发店; of a paper about the window, what it is about."""
    awaiting_platform: bool = True
    demo: bool = False
    reprint: int = 0
    data: PaperData | None = None
    """What this kind says beyond its cases: an instance of DATA_OF[kind]."""
    signature: Signature | None = None
    """Of the applicant, when it was given on the citizen's screen."""
    finger: FingerMark | None = None
    """Of the applicant, who pressed it for this paper instead of signing, or as well."""
    language: Language = "zh"
    seals: tuple[ReceiveSeal, ...] = ()
    """Of cases that another region decides: that this region received them."""

    def __post_init__(self) -> None:
        wanted = DATA_OF[self.kind]
        if (self.data is not None) if wanted is None else not isinstance(self.data, wanted):
            raise Defect("文书数据有误", f"{self.kind}: {type(self.data).__name__}")
        if self.language != "zh" and self.kind not in BILINGUAL:
            raise BadInput("没有双语版本", f"{self.kind}只有中文版本。", "请改用中文出具。")

    @property
    def assisted(self) -> bool:
        """Is it of an assisted visit 帮办? Then it is printed in large type."""
        return bool(self.cases) and all(case.assisted for case in self.cases)

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """Of a notice of what lacks: everything to be put right."""
        return self.data.lacks if isinstance(self.data, LackNotice | Correction) else ()


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """A paper as bytes. job_id is stable for (number, reprint), so that a retry never prints twice."""

    paper: Paper
    pdf: bytes
    qr_text: str
    sha256: str
    job_id: str
