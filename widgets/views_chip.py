"""What the window shows of a passport's chip."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from widgets.views import Tone


class Mark(StrEnum):
    """How a check came out."""

    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"
    """Not done, or not offered."""


@dataclass(frozen=True, slots=True)
class ChipLine:
    """One check. tone: of a failed one, how grave it is. why: what happened, "" when there is nothing to say."""

    mark: Mark
    words: str
    why: str = ""
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class ChipView:
    """All checks. title: the judgement in a few words. note: what to do now, and what the judgement rests on."""

    title: str
    tone: Tone
    lines: tuple[ChipLine, ...]
    note: str = ""
