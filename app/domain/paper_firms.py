"""What the papers say that a firm takes away: the report of an assessment, the sheet of policies. See paper_data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain.paper_needs import rows, said, wrong


@dataclass(frozen=True, slots=True)
class AssessedDimension:
    """One dimension. points: how many it asks. score: 0–100 with one decimal; "" when nothing in it concerns."""

    name: str
    points: int
    score: str


@dataclass(frozen=True, slots=True)
class AssessedPoint:
    """One point that was looked at. result: in the form's words. blocking: must be in place before anything goes ahead.
    todo: measures still to be taken. kept: the answer was taken over from the assessment before."""

    dimension: str
    text: str
    result: str
    blocking: bool = False
    todo: tuple[str, ...] = ()
    kept: bool = False


@dataclass(frozen=True, slots=True)
class AssessmentReport:
    """Of the 评估报告. title: of the form, e.g. 大型群众性活动安全自评报告. number: of the assessment at the platform.
    about: label and words (route, place, time). conclusion: in the form's words. promise: what the firm promises; ""
    for nothing. listed: what the check of the list said."""

    title: str
    number: str
    firm: str
    firm_number: str
    about: tuple[tuple[str, str], ...]
    opening: str
    score: str
    grade: str
    passed: bool
    conclusion: str
    dimensions: tuple[AssessedDimension, ...]
    points: tuple[AssessedPoint, ...]
    measures: int
    promise: str = ""
    listed: str = ""

    def __post_init__(self) -> None:
        said("报告名称", self.title)
        said("自评编号", self.number)
        said("单位名称", self.firm)
        said("说明", self.opening)
        said("结论", self.conclusion)
        rows("各维度得分", self.dimensions)
        rows("自评内容", self.points)
        for point in self.points:
            said("自评内容", point.text)
        if self.passed and any(point.blocking and point.todo for point in self.points):
            raise wrong("结论", "有关键项没有落实，不能是通过")


@dataclass(frozen=True, slots=True)
class TagLine:
    """One tag 标签 of a firm with its reason."""

    dimension: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One policy. verdict: in words. reasons: condition by condition. amount: "" when there is none to be reckoned;
    working: how it comes out."""

    name: str
    department: str
    verdict: str
    reasons: tuple[str, ...]
    amount: str = ""
    working: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicySheet:
    """Of the 政策测算单. day: as of which the facts are. total: of what can be reckoned."""

    firm: str
    firm_number: str
    day: dt.date
    tags: tuple[TagLine, ...]
    policies: tuple[PolicyLine, ...]
    total: str

    def __post_init__(self) -> None:
        said("单位名称", self.firm)
        said("合计", self.total)
        rows("政策", self.policies)
        for policy in self.policies:
            said("政策名称", policy.name)
            said(f"{policy.name}的结论", policy.verdict)
