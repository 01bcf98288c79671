"""好差评: what a visitor thinks of a service (GB/T 39734, GB/T 39735)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum


class Grade(IntEnum):
    """Satisfaction 满意度, the standard's five grades."""

    VERY_GOOD = 5
    """非常满意"""
    GOOD = 4
    """满意"""
    FAIR = 3
    """基本满意"""
    BAD = 2
    """不满意"""
    VERY_BAD = 1
    """非常不满意"""

    @property
    def bad(self) -> bool:
        """Does it open a work order: looked into, put right, the visitor called back?"""
        return self <= Grade.BAD


ORDER_MARK = "-P"
"""Ends the number of a work order 整改工单, behind the 办件编码."""


class Channel(IntEnum):
    """Where it was given 评价渠道 (pf)."""

    QR = 3
    HALL_TABLET = 4
    HALL_TERMINAL = 5


class Rater(IntEnum):
    """Who was served 办理人类型 (userProp)."""

    PERSON = 1
    ENTITY = 2


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the visitor said. details: ids of the points ticked, from resources/documents/rating.yaml."""

    grade: Grade
    at: dt.datetime
    details: tuple[str, ...] = ()
