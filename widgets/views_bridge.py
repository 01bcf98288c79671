"""What the screen shows of other systems that borrow its devices."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.views import Tone


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A question to the clerk. title: who wants what. detail: what for, and which page. more: questions behind it."""

    id: str
    title: str
    detail: str
    seconds: int
    more: int = 0


@dataclass(frozen=True, slots=True)
class SystemRow:
    """A browser system of the list. id: its origin. state: how it stands, in words. kept: there is something to take
    back. old: admitted with the old interfaces."""

    id: str
    name: str
    state: str
    tone: Tone
    since: str
    used: str
    kept: bool = False
    old: bool = False
