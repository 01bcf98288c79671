"""What each kind of paper says beyond its cases. One frozen class a kind; none can be made with a required part empty:
BadInput then names it. Texts are Chinese; days are in legal time; money is in fen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import BadInput

MOST_ROWS = 500
"""Lines of one list. A paper of more than that is a mistake, and a page of A4 holds about 30."""
MOST_FEN = 10**12
"""Up to 壹佰亿元: more is a slip of the keyboard."""


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
        _rows("需要补正的内容", self.lacks)


@dataclass(frozen=True, slots=True)
class Correction:
    """Of the 一次性补正告知书. received_on: when the materials came in; the five days in which the applicant must be
    told run from then. phone: the applicant's."""

    lacks: tuple[Lack, ...]
    received_on: dt.date
    phone: str

    def __post_init__(self) -> None:
        _rows("需要补正的内容", self.lacks)
        for lack in self.lacks:
            _said("需要补正的名称", lack.name)
            _said(f"{lack.name}的补正要求", lack.what)
        _said("联系电话", self.phone)


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
        _said("行政复议机关", self.review)
        _said("受理行政诉讼的人民法院", self.court)


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
        _said("不予受理的事实和理由", self.explanation)
        if self.reason is RefusalReason.OTHER:
            _said("法律依据", self.ground)
        if self.reason is RefusalReason.NOT_OURS:
            _said("有权办理的行政机关", self.competent)


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
        _rows("容缺的材料", self.materials)
        for material in self.materials:
            _said("容缺材料的名称", material.name)


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
        _rows("适用告知承诺的证明", self.proofs)
        for proof in self.proofs:
            _said("证明名称", proof.name)
            _said(f"{proof.name}的设定依据", proof.ground)
            _said(f"{proof.name}的证明内容", proof.content)


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
        _said("组织实施的机构", self.body)
        _said("启动特殊程序的原因", self.reason)
        if not 1 <= self.days <= 1000:
            raise _wrong("特殊程序所需时间", "应为 1 至 1000 个工作日")
        if self.due is not None and self.due < self.begins:
            raise _wrong("调整后的办结期限", "早于特殊程序开始的日期")


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
            _said("退件原因说明", self.explanation)
        _rows("退回的材料", self.returned)
        for one in self.returned:
            _said("退回材料的名称", one.name)
            _count(f"{one.name}的份数", one.copies)


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
        _rows("办理结果", self.results)
        _said("领取方式和地点", self.collect)
        for number, result in enumerate(self.results, 1):
            _said(f"第{number}项的{'结果文书' if result.granted else '不予办理的理由'}",
                  result.document if result.granted else result.reason)  # fmt: skip
        if self.remedies is None and not all(result.granted for result in self.results):
            raise _lacks("救济途径（行政复议机关、人民法院）")


@dataclass(frozen=True, slots=True)
class ResultDocument:
    """One line of the 办理结果交接单. case_number: 办件编码 or 受理流水号; name, number: of the document."""

    case_number: str
    applicant: str
    name: str
    number: str
    copies: int


@dataclass(frozen=True, slots=True)
class ResultHandover:
    """Of the 办理结果交接单. giver, taker: units."""

    documents: tuple[ResultDocument, ...]
    giver: str
    taker: str

    def __post_init__(self) -> None:
        _said("移交单位", self.giver)
        _said("接收单位", self.taker)
        _rows("移交的结果文书", self.documents)
        for one in self.documents:
            _said("结果文书的名称", one.name)
            _said(f"{one.name}的办件编号", one.case_number)
            _count(f"{one.name}的份数", one.copies)


class Manner(StrEnum):
    """How a document is served."""

    DIRECT = "direct"
    LEFT = "left"
    POST = "post"
    ENTRUSTED = "entrusted"
    PUBLIC = "public"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class ServedDocument:
    """A document that is served. number: its own; empty when it has none."""

    name: str
    number: str
    copies: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """Of the 送达回证. recipient: 受送达人. served_on: empty until it is written in by hand."""

    recipient: str
    documents: tuple[ServedDocument, ...]
    manner: Manner
    place: str
    servers: tuple[str, ...]
    served_on: dt.date | None = None
    note: str = ""
    """Who took it for whom, why it was left, the number of the parcel."""

    def __post_init__(self) -> None:
        _said("受送达人", self.recipient)
        _said("送达地点", self.place)
        _rows("送达人", self.servers)
        for server in self.servers:
            _said("送达人", server)
        _rows("送达文书", self.documents)
        for one in self.documents:
            _said("送达文书的名称", one.name)
            _count(f"{one.name}的份数", one.copies)
        if self.manner is Manner.LEFT:
            _said("留置送达的情况（拒收事由、见证人）", self.note)


@dataclass(frozen=True, slots=True)
class QueriedData:
    """One query of another department's data, or a verified e-licence. what: the data; result: what became of it."""

    what: str
    department: str
    asked_at: dt.datetime
    result: str
    reference: str = ""
    used_for: str = ""


@dataclass(frozen=True, slots=True)
class DataCheck:
    """Of the 数据核验表单. purpose: why the data were asked for."""

    queries: tuple[QueriedData, ...]
    purpose: str

    def __post_init__(self) -> None:
        _said("核验用途", self.purpose)
        _rows("核验的数据", self.queries)
        for one in self.queries:
            _said("数据名称", one.what)
            _said(f"{one.what}的核验结果", one.result)


@dataclass(frozen=True, slots=True)
class IdentityStep:
    """One thing that was looked at. passed: None when a person has yet to tick it by hand."""

    what: str
    passed: bool | None


@dataclass(frozen=True, slots=True)
class IdentityFeedback:
    """Of the 身份核验反馈单. document: the kind of card; means: how it was read; passed: the conclusion."""

    document: str
    means: str
    checked_at: dt.datetime
    steps: tuple[IdentityStep, ...]
    passed: bool
    trouble: str = ""
    """What does not fit, when it did not pass."""

    def __post_init__(self) -> None:
        _said("证件类型", self.document)
        _said("核验方式", self.means)
        _rows("核验内容", self.steps)
        for step in self.steps:
            _said("核验内容", step.what)
        if not self.passed:
            _said("未通过的原因", self.trouble)
        elif any(step.passed is False for step in self.steps):
            raise _wrong("核验结论", "有未通过的核验内容，结论不能是通过")


@dataclass(frozen=True, slots=True)
class Liaison:
    """Of the 联络单, from this window to another unit. reply_by: None when no answer is needed."""

    to_unit: str
    subject: str
    content: str
    contact: str
    phone: str
    reply_by: dt.date | None = None
    urgent: bool = False

    def __post_init__(self) -> None:
        for about, text in (
            ("主送单位", self.to_unit),
            ("联络事由", self.subject),
            ("联络内容", self.content),
            ("联系人", self.contact),
            ("联系电话", self.phone),
        ):
            _said(about, text)


@dataclass(frozen=True, slots=True)
class SafetyPoint:
    """One point of the self-assessment. met: None when a person has to look. found: what speaks for it."""

    area: str
    what: str
    met: bool | None
    found: str = ""


@dataclass(frozen=True, slots=True)
class SafetyReport:
    """Of the 安全自评报告. day: as of; measures: what is to be done about points that are not met."""

    day: dt.date
    points: tuple[SafetyPoint, ...]
    measures: str = ""

    def __post_init__(self) -> None:
        _rows("自评内容", self.points)
        for point in self.points:
            _said("自评内容", point.what)
            _said(f"{point.what}的所属方面", point.area)
        if any(point.met is False for point in self.points):
            _said("整改措施", self.measures)


@dataclass(frozen=True, slots=True)
class PendingWork:
    """Something that the next clerk goes on with. who: masked."""

    what: str
    who: str
    state: str


@dataclass(frozen=True, slots=True)
class ShiftHandover:
    """Of the 交接班表. figures: label and value, in their order. taker: empty until it is written in by hand."""

    day: dt.date
    giver: str
    figures: tuple[tuple[str, str], ...]
    pending: tuple[PendingWork, ...] = ()
    taker: str = ""
    devices: tuple[tuple[str, bool], ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        _said("交班人", self.giver)
        _rows("当班情况", self.figures)
        if self.taker and self.taker == self.giver:
            raise _wrong("接班人", "与交班人是同一人")
        if len(self.pending) > MOST_ROWS:
            raise _wrong("待续办事项", f"超过 {MOST_ROWS} 行")


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of a payment notice. code: of the revenue item. standard: "10 元/证". quantity × unit_fen is due."""

    name: str
    unit_fen: int
    quantity: int = 1
    standard: str = ""
    code: str = ""

    @property
    def fen(self) -> int:
        return self.unit_fen * self.quantity


@dataclass(frozen=True, slots=True)
class PaymentNotice:
    """Of the 非税收入缴款通知书. payee: 执收单位. basis: what the charge rests on. code: 缴款码, once it was given out.
    due: the last day to pay."""

    charges: tuple[Charge, ...]
    payee: str
    basis: str
    due: dt.date
    code: str = ""

    def __post_init__(self) -> None:
        _said("执收单位", self.payee)
        _said("收费依据", self.basis)
        _rows("缴款项目", self.charges)
        for charge in self.charges:
            _said("缴款项目名称", charge.name)
            _count(f"{charge.name}的数量", charge.quantity)
            if not 0 < charge.fen <= MOST_FEN:
                raise _wrong(f"{charge.name}的金额", "应大于 0 元且不超过一百亿元")
        if self.code and not (self.code.isdigit() and self.code.isascii()):
            raise _wrong("缴款码", "只能是数字")

    @property
    def total_fen(self) -> int:
        return sum(charge.fen for charge in self.charges)


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
)


def _lacks(about: str) -> BadInput:
    return BadInput("文书内容不全", f"“{about}”没有填写。", "补齐后再出具。")


def _wrong(about: str, why: str) -> BadInput:
    return BadInput("文书内容有误", f"“{about}”{why}。", "更正后再出具。")


def _said(about: str, text: str) -> None:
    if not text.strip():
        raise _lacks(about)


def _rows(about: str, rows: Sequence[object]) -> None:
    if not rows:
        raise _lacks(about)
    if len(rows) > MOST_ROWS:
        raise _wrong(about, f"超过 {MOST_ROWS} 行")


def _count(about: str, number: int) -> None:
    if not 1 <= number <= 9999:
        raise _wrong(about, "应为 1 至 9999")
