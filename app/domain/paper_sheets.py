"""What the papers say that go with results, checks and colleagues: lists, sheets, forms. See paper_data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.domain.paper_needs import MOST_ROWS, count, rows, said, wrong

MOST_FEN = 10**12
"""Up to 壹佰亿元: more is a slip of the keyboard."""


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
        said("移交单位", self.giver)
        said("接收单位", self.taker)
        rows("移交的结果文书", self.documents)
        for one in self.documents:
            said("结果文书的名称", one.name)
            said(f"{one.name}的办件编号", one.case_number)
            count(f"{one.name}的份数", one.copies)


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
        said("受送达人", self.recipient)
        said("送达地点", self.place)
        rows("送达人", self.servers)
        for server in self.servers:
            said("送达人", server)
        rows("送达文书", self.documents)
        for one in self.documents:
            said("送达文书的名称", one.name)
            count(f"{one.name}的份数", one.copies)
        if self.manner is Manner.LEFT:
            said("留置送达的情况（拒收事由、见证人）", self.note)


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
        said("核验用途", self.purpose)
        rows("核验的数据", self.queries)
        for one in self.queries:
            said("数据名称", one.what)
            said(f"{one.what}的核验结果", one.result)


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
        said("证件类型", self.document)
        said("核验方式", self.means)
        rows("核验内容", self.steps)
        for step in self.steps:
            said("核验内容", step.what)
        if not self.passed:
            said("未通过的原因", self.trouble)
        elif any(step.passed is False for step in self.steps):
            raise wrong("核验结论", "有未通过的核验内容，结论不能是通过")


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
            said(about, text)


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
        rows("自评内容", self.points)
        for point in self.points:
            said("自评内容", point.what)
            said(f"{point.what}的所属方面", point.area)
        if any(point.met is False for point in self.points):
            said("整改措施", self.measures)


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
        said("交班人", self.giver)
        rows("当班情况", self.figures)
        if self.taker and self.taker == self.giver:
            raise wrong("接班人", "与交班人是同一人")
        if len(self.pending) > MOST_ROWS:
            raise wrong("待续办事项", f"超过 {MOST_ROWS} 行")


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
        said("执收单位", self.payee)
        said("收费依据", self.basis)
        rows("缴款项目", self.charges)
        for charge in self.charges:
            said("缴款项目名称", charge.name)
            count(f"{charge.name}的数量", charge.quantity)
            if not 0 < charge.fen <= MOST_FEN:
                raise wrong(f"{charge.name}的金额", "应大于 0 元且不超过一百亿元")
        if self.code and not (self.code.isdigit() and self.code.isascii()):
            raise wrong("缴款码", "只能是数字")

    @property
    def total_fen(self) -> int:
        return sum(charge.fen for charge in self.charges)
