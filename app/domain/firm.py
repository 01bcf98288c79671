"""What a counter knows of a firm beside its cases: profile 画像, policies 政策, scenes 场景."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Fit(StrEnum):
    """Does something fit a firm?"""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    """A condition cannot be told, and none fails."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition, how it stands, in words."""

    fit: Fit
    words: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag 标签 of a profile, with its reasons."""

    id: str
    name: str
    dimension: str
    fit: Fit
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class FirmFact:
    """One fact in words. source: the register; "" value: nobody said."""

    title: str
    value: str


@dataclass(frozen=True, slots=True)
class ProfileDimension:
    """One dimension 维度. answered: did its register answer? why: why not. reference: the number of the call."""

    id: str
    name: str
    answered: bool
    why: str
    reference: str
    facts: tuple[FirmFact, ...]


@dataclass(frozen=True, slots=True)
class PolicyMatch:
    """A policy held against a firm. amount: yuan; None: it has none, or it cannot be reckoned. working: how it comes
    out, step by step. item: the catalogue's code by which it is applied for; "" for none."""

    id: str
    name: str
    department: str
    about: str
    fit: Fit
    reasons: tuple[Reason, ...]
    amount: Decimal | None
    working: tuple[str, ...]
    item: str = ""


@dataclass(frozen=True, slots=True)
class FirmProfile:
    """A firm as its registers describe it today."""

    number: str
    name: str
    dimensions: tuple[ProfileDimension, ...]
    tags: tuple[Tag, ...]
    policies: tuple[PolicyMatch, ...]

    @property
    def carried(self) -> tuple[Tag, ...]:
        """The tags that the firm carries."""
        return tuple(tag for tag in self.tags if tag.fit is Fit.YES)

    @property
    def total(self) -> Decimal:
        """What the policies that fit come to, in yuan."""
        return sum(
            (one.amount for one in self.policies if one.fit is Fit.YES and one.amount is not None), start=Decimal(0)
        )


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene 场景 that the firm's code starts. start: (kind, what): ("item", code), ("matter", kind),
    ("assessment", form) or ("page", "policies")."""

    id: str
    name: str
    about: str
    start: tuple[str, str]
