"""How an intermediary 中介机构 stands: the weighted grades of its jobs 一事一评, summed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.matter import Matter, MatterKind

AGENCY = "中介机构"
"""The detail of an order that names who takes it. It is data: the same in every language of the screen."""
PACKAGE = "服务套餐"
"""The detail that names what was ordered."""


@dataclass(frozen=True, slots=True)
class Standing:
    """jobs: how many are rated by all three. stars: their mean, 0–5, two decimals."""

    name: str
    jobs: int
    stars: float


def agency_of(matter: Matter) -> str:
    """Who takes the order; "" when it is none or names nobody."""
    return matter.details.get(AGENCY, "") if matter.kind is MatterKind.AGENCY else ""


def standing_of(name: str, matters: Iterable[Matter]) -> Standing | None:
    """From its fully rated jobs among these; None without any. A job counts once, whatever it cost."""
    grades = [one.rating for one in matters if agency_of(one) == name]
    rated = [grade for grade in grades if grade is not None]
    return Standing(name, len(rated), round(sum(rated) / len(rated), 2)) if rated else None
