"""What the presenter hands to the list of visits: plain values, in words for people, personal numbers masked."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.views import Tone


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """One thing that is needed without a line. tone: SUCCESS it is here, WARNING to be looked at, ERROR it lacks."""

    name: str
    words: str
    tone: Tone
    todo: str = ""


@dataclass(frozen=True, slots=True)
class OutingRow:
    """A visit. state: of its pack, in words (with how long it holds); tone: of these words.

    facts: label and value, in pairs. can: what may be done with it now: "check_out", "begin", "extend", "give_back".
    held: its pack is on this machine. cases: accepted under it.
    """

    id: str
    when: str
    title: str
    items: str
    state: str
    tone: Tone = Tone.NEUTRAL
    facts: tuple[tuple[str, str], ...] = ()
    can: frozenset[str] = frozenset()
    held: bool = False
    cases: int = 0
    warning: str = ""
