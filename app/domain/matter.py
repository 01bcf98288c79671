"""Matters of firms 企业事项: slips, inspection tasks, joint reviews, self-assessments, orders to intermediaries.

A matter is opened at a window (or offline, on a laptop at the firm) and moves step by step between the window and the
offices until it is closed. Which steps there are, who takes each and how long it may last stands in FLOWS.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from app.domain.errors import Refused


class MatterKind(StrEnum):
    """What kind of matter. Lower-case members are the wire's words."""

    CONTACT = "contact"
    """一企一警联络单"""
    DEMAND = "demand"
    """企业诉求单"""
    INSPECTION = "inspection"
    """核查任务: what was promised 告知承诺 is looked at afterwards."""
    REVIEW = "review"
    """联合会审: several departments, one inspection."""
    EVENT = "event"
    """大型活动安全自评"""
    AGENCY = "agency"
    """中介服务委托"""
    CHECKUP = "checkup"
    """企业体检: what was found goes to the service team, which answers with advice."""
    FAULT = "fault"
    """我要找茬: what a visitor finds fault with; its "firm" is who says so, or nobody."""


class MatterStage(StrEnum):
    """How far it is."""

    OPEN = "open"
    """待交办"""
    ASSIGNED = "assigned"
    """办理中"""
    HANDLED = "handled"
    """已办理, nobody has looked at it yet."""
    SUPERVISED = "supervised"
    """已核查"""
    ANSWERED = "answered"
    """已答复"""
    CLOSED = "closed"
    """已办结"""


class Act(StrEnum):
    """What can be done with one."""

    ASSIGN = "assign"
    """交办"""
    HANDLE = "handle"
    """办理"""
    SUPERVISE = "supervise"
    """督办核查"""
    RETURN = "return"
    """退回重办"""
    ANSWER = "answer"
    """答复"""
    RATE = "rate"
    """评价"""
    CLOSE = "close"
    """办结"""


class Side(StrEnum):
    """Who acts."""

    WINDOW = "window"
    OFFICE = "office"


class Scope(StrEnum):
    """How much a slip asks for, which its clock follows."""

    SIMPLE = "simple"
    """简单诉求: 1 working day"""
    ONE = "one"
    """一个部门: 3"""
    SEVERAL = "several"
    """多个部门: 5"""


SCOPE_DAYS: Mapping[Scope, int] = MappingProxyType({Scope.SIMPLE: 1, Scope.ONE: 3, Scope.SEVERAL: 5})
"""Working days from opening to the answer."""
KIND_DAYS: Mapping[MatterKind, int] = MappingProxyType(
    {
        MatterKind.REVIEW: 5,
        MatterKind.EVENT: 1,
        MatterKind.AGENCY: 10,
        MatterKind.CHECKUP: 5,
        MatterKind.FAULT: 5,
    }
)
"""Of kinds whose clock does not follow their scope."""
INSPECTION_HOURS = 24
"""告知承诺 is looked at within so many hours, holidays included."""


KIND_NAMES: Mapping[MatterKind, str] = MappingProxyType(
    {
        MatterKind.CONTACT: "一企一警联络单",
        MatterKind.DEMAND: "企业诉求单",
        MatterKind.INSPECTION: "核查任务",
        MatterKind.REVIEW: "联合会审",
        MatterKind.EVENT: "活动安全自评",
        MatterKind.AGENCY: "中介服务",
        MatterKind.CHECKUP: "企业体检",
        MatterKind.FAULT: "我要找茬",
    }
)
PREFIXES: Mapping[MatterKind, str] = MappingProxyType(
    {
        MatterKind.CONTACT: "QJ",
        MatterKind.DEMAND: "SQ",
        MatterKind.INSPECTION: "HC",
        MatterKind.REVIEW: "HS",
        MatterKind.EVENT: "HD",
        MatterKind.AGENCY: "ZJ",
        MatterKind.CHECKUP: "QT",
        MatterKind.FAULT: "ZC",
    }
)
"""Before a matter's number; each kind counts by itself, window by window, so that offline numbers never meet."""
STAGE_NAMES: Mapping[MatterStage, str] = MappingProxyType(
    {
        MatterStage.OPEN: "待交办",
        MatterStage.ASSIGNED: "办理中",
        MatterStage.HANDLED: "已办理",
        MatterStage.SUPERVISED: "已核查",
        MatterStage.ANSWERED: "已答复",
        MatterStage.CLOSED: "已办结",
    }
)
ACT_NAMES: Mapping[Act, str] = MappingProxyType(
    {
        Act.ASSIGN: "交办",
        Act.HANDLE: "办理",
        Act.SUPERVISE: "督办核查",
        Act.RETURN: "退回重办",
        Act.ANSWER: "答复",
        Act.RATE: "评价",
        Act.CLOSE: "办结",
    }
)
SCOPE_NAMES: Mapping[Scope, str] = MappingProxyType(
    {Scope.SIMPLE: "简单诉求", Scope.ONE: "涉及一个部门", Scope.SEVERAL: "涉及多个部门"}
)


HIDDEN = "#"
"""Begins the labels of details that are for programs: they are not shown and not printed."""


SLIPS = (MatterKind.DEMAND, MatterKind.CONTACT)
"""What a firm asks, which goes to the specialist who stands there."""
ROSTER = "驻点排班"
"""Who assigns where the roster does."""


class Role(StrEnum):
    """Who rates an intermediary's job 一事一评."""

    OWNER = "owner"
    """业主"""
    DEPARTMENT = "department"
    """行业主管部门"""
    CENTRE = "centre"
    """中介服务中心"""


WEIGHTS: Mapping[Role, int] = MappingProxyType({Role.OWNER: 50, Role.DEPARTMENT: 30, Role.CENTRE: 20})
"""Per cent of each role's grade."""
ROLE_NAMES: Mapping[Role, str] = MappingProxyType(
    {Role.OWNER: "业主", Role.DEPARTMENT: "主管部门", Role.CENTRE: "中介服务中心"}
)
MAX_STARS = 5


@dataclass(frozen=True, slots=True)
class Move:
    """One step that a flow knows. sides: who may take it."""

    act: Act
    sides: tuple[Side, ...]
    starts: tuple[MatterStage, ...]
    to: MatterStage


_W, _O = Side.WINDOW, Side.OFFICE
_S = MatterStage
_SLIP = (
    Move(Act.ASSIGN, (_O,), (_S.OPEN,), _S.ASSIGNED),
    # The window: only where the roster gave it to the specialist who works there.
    Move(Act.HANDLE, (_W, _O), (_S.ASSIGNED,), _S.HANDLED),
    Move(Act.SUPERVISE, (_O,), (_S.HANDLED,), _S.SUPERVISED),
    Move(Act.RETURN, (_O,), (_S.HANDLED,), _S.ASSIGNED),
    Move(Act.ANSWER, (_W, _O), (_S.SUPERVISED,), _S.ANSWERED),
    Move(Act.CLOSE, (_W,), (_S.ANSWERED,), _S.CLOSED),
    Move(Act.RETURN, (_W,), (_S.ANSWERED,), _S.ASSIGNED),
)
FLOWS: Mapping[MatterKind, tuple[Move, ...]] = MappingProxyType(
    {
        MatterKind.CONTACT: _SLIP,
        MatterKind.DEMAND: _SLIP,
        MatterKind.INSPECTION: (
            Move(Act.HANDLE, (_W, _O), (_S.OPEN,), _S.HANDLED),
            Move(Act.CLOSE, (_O,), (_S.HANDLED,), _S.CLOSED),
            Move(Act.RETURN, (_O,), (_S.HANDLED,), _S.OPEN),
        ),
        MatterKind.REVIEW: (
            Move(Act.ASSIGN, (_O,), (_S.OPEN,), _S.ASSIGNED),
            Move(Act.HANDLE, (_O,), (_S.ASSIGNED,), _S.HANDLED),
            Move(Act.ANSWER, (_O,), (_S.HANDLED,), _S.ANSWERED),
            Move(Act.CLOSE, (_W,), (_S.ANSWERED,), _S.CLOSED),
        ),
        MatterKind.EVENT: (
            Move(Act.ANSWER, (_O,), (_S.OPEN,), _S.ANSWERED),
            Move(Act.RETURN, (_O,), (_S.OPEN,), _S.CLOSED),
            Move(Act.CLOSE, (_W,), (_S.ANSWERED,), _S.CLOSED),
        ),
        MatterKind.FAULT: (
            Move(Act.ASSIGN, (_O,), (_S.OPEN,), _S.ASSIGNED),
            Move(Act.HANDLE, (_O,), (_S.ASSIGNED,), _S.HANDLED),
            Move(Act.ANSWER, (_O,), (_S.HANDLED,), _S.ANSWERED),
            Move(Act.CLOSE, (_W,), (_S.ANSWERED,), _S.CLOSED),
            Move(Act.RETURN, (_W,), (_S.ANSWERED,), _S.ASSIGNED),
        ),
        MatterKind.AGENCY: (
            Move(Act.HANDLE, (_W, _O), (_S.OPEN,), _S.HANDLED),
            Move(Act.RATE, (_W, _O), (_S.HANDLED,), _S.HANDLED),
            Move(Act.CLOSE, (_O,), (_S.HANDLED,), _S.CLOSED),
        ),
        MatterKind.CHECKUP: (
            Move(Act.ANSWER, (_O,), (_S.OPEN,), _S.ANSWERED),
            Move(Act.CLOSE, (_W,), (_S.ANSWERED,), _S.CLOSED),
        ),
    }
)
"""The steps of each kind. An event that is returned is over: the organiser assesses anew and opens another."""
_RATES: Mapping[Side, tuple[Role, ...]] = MappingProxyType({_W: (Role.OWNER,), _O: (Role.DEPARTMENT, Role.CENTRE)})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done. by: the person or unit. words: what they say of it. role, stars: of a rating (1 to 5)."""

    step_id: str
    act: Act
    side: Side
    by: str
    at: dt.datetime
    words: str = ""
    role: Role | None = None
    stars: int = 0


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter. due: until when it has to be answered (UTC); None: never set. details: of its kind, label -> words.

    contact, phone: who the firm's person is; personal data. subject: one line. words: what it is about.
    """

    matter_id: str
    kind: MatterKind
    number: str
    opened_at: dt.datetime
    opened_by: str
    firm: str
    firm_number: str
    subject: str
    words: str
    scope: Scope = Scope.SIMPLE
    contact: str = ""
    phone: str = ""
    due: dt.datetime | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()

    @property
    def stage(self) -> MatterStage:
        """Where its steps have brought it."""
        at = MatterStage.OPEN
        for step in self.steps:
            move = _move(self.kind, step, at)
            at = move.to if move is not None else at
        return at

    @property
    def told(self) -> dict[str, str]:
        """The details that are for reading."""
        return {label: words for label, words in self.details.items() if not label.startswith(HIDDEN)}

    @property
    def stationed(self) -> str:
        """The specialist whom the roster gave it to, and why, in words; "" where an office assigned it, or nobody."""
        given = [step for step in self.steps if step.act is Act.ASSIGN]
        return given[-1].words if given and given[-1].by == ROSTER else ""

    @property
    def running(self) -> bool:
        """Does its clock still run?"""
        return self.stage not in (MatterStage.ANSWERED, MatterStage.CLOSED)

    def may(self, side: Side) -> tuple[Act, ...]:
        """What this side can do now, the usual one first."""
        stage = self.stage
        acts = [move.act for move in FLOWS[self.kind] if side in move.sides and stage in move.starts]
        if Act.RATE in acts and not self.unrated(side):
            acts.remove(Act.RATE)
        if side is Side.WINDOW and self.kind in SLIPS and Act.HANDLE in acts and not self.stationed:
            acts.remove(Act.HANDLE)
        if Act.CLOSE in acts and self.kind is MatterKind.AGENCY and self.rating is None:
            acts.remove(Act.CLOSE)
        return tuple(dict.fromkeys(acts))

    def after(self, step: Step) -> Matter:
        """With one more step. The same step again changes nothing. Refused when its stage or its side forbids it."""
        if any(done.step_id == step.step_id for done in self.steps):
            return self
        if step.act not in self.may(step.side):
            raise Refused(
                "现在不能这样处理", f"目前是“{STAGE_NAMES[self.stage]}”，不能{ACT_NAMES[step.act]}。", "请刷新后再看。"
            )
        if step.act is Act.RATE and (step.role not in self.unrated(step.side) or not 1 <= step.stars <= MAX_STARS):
            raise Refused("评价不能接收", "评价方已评过，或者星级不在 1 到 5 之间。", "每一方只评一次。")
        return replace(self, steps=(*self.steps, step))

    def unrated(self, side: Side) -> tuple[Role, ...]:
        """The roles on this side that have not rated yet."""
        given = {step.role for step in self.steps if step.act is Act.RATE}
        return tuple(role for role in _RATES[side] if role not in given)

    @property
    def rating(self) -> float | None:
        """The weighted grade in stars (0–5, two decimals); None while a role has not rated."""
        given = {step.role: step.stars for step in self.steps if step.act is Act.RATE}
        if set(given) != set(WEIGHTS):
            return None
        return round(sum(given[role] * weight for role, weight in WEIGHTS.items()) / 100, 2)


def _move(kind: MatterKind, step: Step, stage: MatterStage) -> Move | None:
    return next(
        (m for m in FLOWS[kind] if m.act is step.act and step.side in m.sides and stage in m.starts),
        None,
    )
