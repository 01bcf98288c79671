"""The clerk's word: asked for each loan of somebody's data, given once or for this visit, never taken for granted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.bridge.loans import Wish
from app.identity.verification import Line

LOCKED = "窗口没有人员登录，或者已锁屏"
KIOSK = "窗口正在自助模式"
"""Why nothing is lent, as the page is told."""


class Decision(StrEnum):
    """What the clerk said."""

    ONCE = "once"
    VISIT = "visit"
    REFUSED = "refused"
    NO_ANSWER = "no-answer"
    """Nobody answered in time: as if refused."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which system wants what, for which purpose. system: the name in the settings, never the page's own claim.
    seconds: how long it stands."""

    id: str
    origin: str
    system: str
    wish: Wish
    seconds: int


class Attendant(Protocol):
    """Whoever stands for the clerk: the window, or a terminal. Called from the bridge's thread; never waits."""

    def clerk(self) -> str:
        """For the audit trail; "" when nobody is signed in."""
        ...

    def closed(self) -> str:
        """Why nothing is lent now, in a few words for the page; "" when it is."""
        ...

    def ask(self, question: Question, answer: Callable[[Decision], None]) -> None:
        """Ask the clerk. answer may be called from any thread, once."""
        ...

    def withdraw(self, question_id: str) -> None:
        """The page is gone, or the time is over: the question is void."""
        ...

    def turned_away(self, origin: str) -> None:
        """A system of the list came that is not paired: the clerk may want to know."""
        ...

    def listed(self, system: str, said: Line) -> None:
        """A document read for a system stands in a list of lost or revoked ones: the clerk has to know, whatever the
        system asked for."""
        ...
