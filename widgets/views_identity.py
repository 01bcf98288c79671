"""What the check of a person's identity shows: four answers, what leaves this machine, what stays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from widgets.views import Tone


class AnswerMark(StrEnum):
    """How a question is answered."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    """Nobody has established it."""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """question: as asked. answer: in a word. ground: what it rests on, and where it is open what to do."""

    question: str
    mark: AnswerMark
    answer: str
    ground: str


@dataclass(frozen=True, slots=True)
class IdentityView:
    """who: whose check, number masked; "" while nothing was read. leaves: name and value of all that leaves. stays:
    what does not, by name. record: the number under which it is on record, "" while it is not. may_keep,
    may_compare, may_register: whether the button can be pressed now; why: why it cannot be kept."""

    who: str
    title: str
    tone: Tone
    lines: tuple[AnswerLine, ...]
    leaves: tuple[tuple[str, str], ...] = ()
    stays: str = ""
    record: str = ""
    may_keep: bool = False
    may_compare: bool = False
    why: str = ""
    may_register: bool = False
