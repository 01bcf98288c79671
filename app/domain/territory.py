"""Cross-region receiving 异地收件、属地办理: who decides on a case that was received elsewhere.

An item may name the answer whose place decides (属地要素, e.g. where the shop stands). When that place is another
region's and the item may be received so far away (通办范围), the window receives the case, and its platform hands it
over to the other region's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

YANGTZE_DELTA = ("31", "32", "33", "34")
"""上海, 江苏, 浙江, 安徽 (GB/T 2260)."""
_SHARED = {"全市": 4, "全省": 2, "跨省": 0}
"""通办范围 -> how many digits of the division's code both places must share."""


@dataclass(frozen=True, slots=True)
class Territory:
    """The region that decides. code: its division, six digits (GB/T 2260)."""

    code: str
    name: str


class HandoverState(StrEnum):
    """How far a case for another region is."""

    WAITING = "waiting"
    """待转办: received and sealed here, the other region has not answered yet."""
    HANDED = "handed"
    """已转办: the other region's platform has it whole."""
    REFUSED = "refused"
    """退回: it will not have it as it is; a person must look."""


@dataclass(frozen=True, slots=True)
class Handover:
    """What the platform says of one. number: the other region's 办件编码, "" until it is there. seal: the receive seal
    收件专用章 as text (app.licences.region_seal)."""

    territory: Territory
    state: HandoverState
    number: str
    seal: str


def within(scope: str, here: str, there: str) -> bool:
    """May an item of this 通办范围 be received at `here` for a decision at `there`? Both: codes of divisions."""
    if here[:6] == there[:6]:
        return True
    if scope == "长三角":
        return here[:2] in YANGTZE_DELTA and there[:2] in YANGTZE_DELTA
    shared = _SHARED.get(scope)
    return shared is not None and here[:shared] == there[:shared]


@dataclass(frozen=True, slots=True)
class ReceiveSeal:
    """An electronic receive seal 收件专用章 as a paper carries it. region: who received; to: who decides; case: the
    受理流水号 that it is about; number: its own; text: the signature itself."""

    region: str
    to: str
    case: str
    number: str
    text: str
