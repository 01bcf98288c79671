"""Assisted visits 帮办: the old, the young and whoever else wants it are served in large type, one question at a time.

What is kept of it is that a visit was assisted, and who came along. Why is nobody's business: neither an age nor a
disability is written anywhere.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum


class Choice(StrEnum):
    """What became of the offer at one visit."""

    OPEN = "open"
    """Nobody has said anything yet."""
    ON = "on"
    DECLINED = "declined"
    """Not offered again at this visit; it can still be switched on."""


class Role(StrEnum):
    """As what somebody came along."""

    GUARDIAN = "guardian"
    """监护人: applies for a minor, and is named on the form and on papers."""
    HELPER = "helper"
    """陪同人: only helps. The relation is noted, nothing else."""


HELPERS = ("子女", "配偶", "亲属", "邻里、朋友", "社区、村工作人员", "志愿者", "其他")
"""What a helper may be to the visitor. Data of the trail: the same in every language of the screen."""
GUARDIAN_AGE = 18
"""A guardian must be so old (民法典 article 17)."""


@dataclass(frozen=True, slots=True)
class Companion:
    """Who came along. relation: of HELPERS; "" of a guardian, whose relation is a field of the form."""

    role: Role
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Assist:
    """How a visit stands to being assisted."""

    choice: Choice = Choice.OPEN
    companion: Companion | None = None

    @property
    def on(self) -> bool:
        return self.choice is Choice.ON

    def switched(self, on: bool) -> Assist:
        """On, or off again. Who came along stays noted: they have not gone."""
        return replace(self, choice=Choice.ON if on else Choice.DECLINED)


NOT_ASSISTED = Assist()


@dataclass(frozen=True, slots=True)
class AssistRules:
    """To whom it is offered: from an age in whole years on, and below another. offer: False for nobody, then it is
    switched on by hand alone."""

    offer: bool = True
    old_from: int = 60
    young_under: int = 18

    def fits(self, birth: str, today: dt.date) -> bool:
        """Is it offered to somebody born on this day, YYYY-MM-DD? False for what is no date."""
        years = age(birth, today)
        return self.offer and years is not None and (years >= self.old_from or years < self.young_under)


def age(birth: str, today: dt.date) -> int | None:
    """Whole years (满); None when it is no date, or one to come."""
    try:
        born = dt.date.fromisoformat(birth)
    except ValueError:
        return None
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return years if years >= 0 else None


def birth_of(birth: str, number: str) -> str:
    """The day of birth, YYYY-MM-DD, as it was read, else as an 18-character number says; "" when neither does."""
    if birth:
        return birth
    digits = number[6:14]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(number) == 18 and digits.isdecimal() else ""
