"""What the licence panel is handed: plain values, already in words for people."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.views import Tone


@dataclass(frozen=True, slots=True)
class LicenceFactRow:
    """One value that the licence offers to the form. key: the form's field. state: where it stands, in words.

    can_tick: the clerk may take or leave it now.
    """

    key: str
    title: str
    value: str
    state: str = ""
    tone: Tone = Tone.NEUTRAL
    ticked: bool = True
    can_tick: bool = True


@dataclass(frozen=True, slots=True)
class LicenceDetail:
    """A licence in full. reason: why the verdict is what it is, with the date of the trust list. holder: masked.

    lines: (title, words) in their order, e.g. 签发, 有效期; empty words take no room. match, match_tone: is it
    the visitor's. needs_reason: it is not, and a reason lets it be used; reasons: the usual ones, to be taken by key.
    relied: the reason that was given. waives: names of the materials. more: what the form does not ask, in words.
    list_words, list_tone: how old the trust list is.
    """

    title: str
    verdict: str
    tone: Tone
    reason: str
    holder: str
    match: str
    match_tone: Tone
    lines: tuple[tuple[str, str], ...] = ()
    facts: tuple[LicenceFactRow, ...] = ()
    more: str = ""
    waives: str = ""
    needs_reason: bool = False
    reasons: tuple[str, ...] = ()
    relied: str = ""
    list_words: str = ""
    list_tone: Tone = Tone.NEUTRAL
    place: str = ""
    """Which of several, e.g. 2 / 3; empty for the only one."""
