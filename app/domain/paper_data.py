"""What each kind of paper says beyond its cases. One frozen class a kind; none can be made with a required part empty:
BadInput then names it. Texts are Chinese; days are in legal time; money is in fen.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.domain.paper_booking import BookingSlip
from app.domain.paper_express import ExpressSlip
from app.domain.paper_firms import AssessmentReport, PolicySheet
from app.domain.paper_needs import count, lacks, rows, said, wrong
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


@dataclass(frozen=True, slots=True)
class Lack:
    """One line of a notice: what lacks or is wrong, and how to put it right."""

    name: str
    what: str
    is_material: bool


@dataclass(frozen=True, slots=True)
class LackNotice:
    """Of the 一次性告知书: everything to be put right. Its cases are drafts without numbers."""

    lacks: tuple[Lack, ...]

    def __post_init__(self) -> None:
        rows("需要补正的内容", self.lacks)


@dataclass(frozen=True, slots=True)
class Correction:
    """Of the 一次性补正告知书. received_on: when the materials came in; the five days in which the applicant must be
    told run from then. phone: the applicant's."""

    lacks: tuple[Lack, ...]
    received_on: dt.date
    phone: str

    def __post_init__(self) -> None:
        rows("需要补正的内容", self.lacks)
        for lack in self.lacks:
            said("需要补正的名称", lack.name)
            said(f"{lack.name}的补正要求", lack.what)
        said("联系电话", self.phone)


class RefusalReason(StrEnum):
    """Why an application is not accepted (行政许可法 articles 32 and 78)."""

    NOT_NEEDED = "not_needed"
    """依法不需要取得行政许可"""
    NOT_OURS = "not_ours"
    """依法不属于本行政机关职权范围"""
    FALSE_STATEMENT = "false_statement"
    """隐瞒有关情况或者提供虚假材料"""
    OTHER = "other"
    """Another one that the law names: its article must be given."""


@dataclass(frozen=True, slots=True)
class Remedies:
    """Where the decision can be contested. review: 行政复议机关; court: 人民法院."""

    review: str
    court: str

    def __post_init__(self) -> None:
        said("行政复议机关", self.review)
        said("受理行政诉讼的人民法院", self.court)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Of the 不予受理通知书. explanation: the facts. ground: the article, needed when the reason is another one.
    competent: whom to turn to, needed when we are not."""

    reason: RefusalReason
    explanation: str
    remedies: Remedies
    ground: str = ""
    competent: str = ""

    def __post_init__(self) -> None:
        said("不予受理的事实和理由", self.explanation)
        if self.reason is RefusalReason.OTHER:
            said("法律依据", self.ground)
        if self.reason is RefusalReason.NOT_OURS:
            said("有权办理的行政机关", self.competent)


@dataclass(frozen=True, slots=True)
class OwedMaterial:
    """A material that is handed in later. due: the last day."""

    name: str
    due: dt.date


@dataclass(frozen=True, slots=True)
class TolerancePromise:
    """Of the 容缺受理信用承诺书: what lacks, and until when."""

    materials: tuple[OwedMaterial, ...]

    def __post_init__(self) -> None:
        rows("容缺的材料", self.materials)
        for material in self.materials:
            said("容缺材料的名称", material.name)


@dataclass(frozen=True, slots=True)
class PromisedMaterial:
    """A proof that a promise stands for. ground: why it is asked for (设定依据). check_due: by when it is checked."""

    name: str
    ground: str
    content: str
    """What the proof would have shown, or the conditions to be met."""
    check_due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """Of the 告知承诺书 (国办发〔2020〕42号)."""

    proofs: tuple[PromisedMaterial, ...]

    def __post_init__(self) -> None:
        rows("适用告知承诺的证明", self.proofs)
        for proof in self.proofs:
            said("证明名称", proof.name)
            said(f"{proof.name}的设定依据", proof.ground)
            said(f"{proof.name}的证明内容", proof.content)


class Procedure(StrEnum):
    """Procedures whose time does not count (行政许可法 article 45)."""

    HEARING = "hearing"
    TENDER = "tender"
    AUCTION = "auction"
    INSPECTION = "inspection"
    TESTING = "testing"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    EXPERTS = "experts"


@dataclass(frozen=True, slots=True)
class SpecialProcedure:
    """Of the 特殊程序告知书. days: working days that it takes; body: who carries it out; due: the case's new last day,
    when it is known."""

    procedure: Procedure
    days: int
    begins: dt.date
    body: str
    reason: str
    due: dt.date | None = None

    def __post_init__(self) -> None:
        said("组织实施的机构", self.body)
        said("启动特殊程序的原因", self.reason)
        if not 1 <= self.days <= 1000:
            raise wrong("特殊程序所需时间", "应为 1 至 1000 个工作日")
        if self.due is not None and self.due < self.begins:
            raise wrong("调整后的办结期限", "早于特殊程序开始的日期")


class ReturnReason(StrEnum):
    """Why materials go back to the applicant."""

    WITHDRAWN = "withdrawn"
    """The applicant takes the application back."""
    NOT_CORRECTED = "not_corrected"
    """What was to be put right was not."""
    NOT_OURS = "not_ours"
    """Another body is responsible."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class HandedBack:
    """A material that is given back."""

    name: str
    form: str
    copies: int


@dataclass(frozen=True, slots=True)
class ReturnNotice:
    """Of the 退件通知书. explanation: what happened; needed unless the applicant takes it back."""

    reason: ReturnReason
    returned: tuple[HandedBack, ...]
    explanation: str = ""
    again: str = ""
    """How to apply again."""

    def __post_init__(self) -> None:
        if self.reason is not ReturnReason.WITHDRAWN:
            said("退件原因说明", self.explanation)
        rows("退回的材料", self.returned)
        for one in self.returned:
            said("退回材料的名称", one.name)
            count(f"{one.name}的份数", one.copies)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one case ended. case: its place in the paper's cases. document, document_no: what was issued."""

    granted: bool
    decided_on: dt.date
    document: str = ""
    document_no: str = ""
    reason: str = ""
    """Why not, when it was not granted."""


@dataclass(frozen=True, slots=True)
class Completion:
    """Of the 办结通知书: a result for each case, in the order of the paper's cases. remedies: needed when one was not
    granted. collect: how and where the result is fetched."""

    results: tuple[CaseResult, ...]
    collect: str
    remedies: Remedies | None = None

    def __post_init__(self) -> None:
        rows("办理结果", self.results)
        said("领取方式和地点", self.collect)
        for number, result in enumerate(self.results, 1):
            said(f"第{number}项的{'结果文书' if result.granted else '不予办理的理由'}",
                  result.document if result.granted else result.reason)  # fmt: skip
        if self.remedies is None and not all(result.granted for result in self.results):
            raise lacks("救济途径（行政复议机关、人民法院）")


PaperData = (
    LackNotice
    | Correction
    | Refusal
    | TolerancePromise
    | Promise
    | SpecialProcedure
    | ReturnNotice
    | Completion
    | ResultHandover
    | Delivery
    | DataCheck
    | IdentityFeedback
    | Liaison
    | SafetyReport
    | ShiftHandover
    | PaymentNotice
    | AssessmentReport
    | PolicySheet
    | ExpressSlip
    | WayGuide
    | BookingSlip
)
