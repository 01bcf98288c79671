"""What the presenter hands to the panel 我的驻点: plain values, in words for people."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.views import Tone


@dataclass(frozen=True, slots=True)
class StationRow:
    """One shift of the clerk's. state: why they stand, or who does; tone: of these words. facts: label and value.

    matters: of the firm, running: how each stands, and what it is. can: "new", "firm", "leave". today: is it today's?
    """

    id: str
    when: str
    hours: str
    firm: str
    state: str
    tone: Tone = Tone.NEUTRAL
    facts: tuple[tuple[str, str], ...] = ()
    matters: tuple[tuple[str, str], ...] = ()
    can: frozenset[str] = frozenset()
    today: bool = False
    warning: str = ""
