"""What the settings dialog shows: plain values, in words for people."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.views import Tone


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting. id: its name in the file. value: in words; text: as typed. choices: (text, words); none: typed.

    why: why it cannot be changed here, empty when it can. pending: changed and not applied yet. unit: behind a number.
    found: further words by which the search finds it.
    """

    id: str
    group: str
    title: str
    value: str
    text: str
    origin: str
    help: str = ""
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    why: str = ""
    pending: bool = False
    standard: bool = True
    tone: Tone = Tone.NEUTRAL
    found: str = ""
