"""What the presenters hand to the palette, the lists of cases and messages, the board and the device panel.

Plain values, in words for people, personal numbers and names masked.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from widgets.views import Tone


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """Something the palette found. kind: "action", "item", "bundle", "case", "visit", "setting" or "place".

    spans: the parts of title that fitted (start, end). key: as it stands on the keyboard. possible: False greys it, and
    why says why.
    """

    id: str
    kind: str
    title: str
    note: str = ""
    key: str = ""
    icon: str = "next"
    spans: tuple[tuple[int, int], ...] = ()
    possible: bool = True
    why: str = ""
    recent: bool = False


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in the list. light: "ok", "warning", "error", "off" or ""; light_words say it in words."""

    id: str
    number: str
    item: str
    applicant: str
    accepted: str
    stage: str
    due: str = ""
    light: Tone = Tone.NEUTRAL
    light_words: str = ""
    clerk: str = ""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper of a case. prints: how often it was printed, in words. gone: it cannot be shown any more. again: it can
    be printed once more."""

    id: str
    name: str
    number: str
    made: str
    prints: str
    gone: bool = False
    again: bool = True


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case in full. facts: label and value, in pairs. tone: of the state's words. kept: what this machine still has
    of it and until when, in words; kept_tone. lost: a person must say that they have seen to it."""

    id: str
    title: str
    number: str
    state: str
    tone: Tone
    facts: tuple[tuple[str, str], ...]
    form: tuple[tuple[str, str, str], ...] = ()
    """title, value, source"""
    materials: tuple[tuple[str, str, str], ...] = ()
    """name, state in words, note"""
    papers: tuple[PaperRow, ...] = ()
    trail: tuple[tuple[str, str, str], ...] = ()
    """when, who, what"""
    kept: str = ""
    kept_tone: Tone = Tone.NEUTRAL
    lost: bool = False
    can_amend: bool = False
    licence: bool = False
    """An e-licence was issued for it, or was and has been taken back."""
    double: bool = False
    """Another window may have accepted the same: a person must say what it is."""


@dataclass(frozen=True, slots=True)
class DoubleView:
    """Two cases that may be one. about: applicant and item. lines: label, of this window's case, of the other's."""

    about: str
    lines: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message of the platform. todo: what it asks for, in words, empty when nothing."""

    id: str
    at: str
    kind: str
    number: str
    item: str
    applicant: str
    words: str
    todo: str = ""
    tone: Tone = Tone.NEUTRAL
    unread: bool = False
    can_amend: bool = False


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One place of a device. seen: when it last worked, in words; since: since when it is as it is. todo: what to do
    now, a step a line. camera: tried by looking. group: its category in words. trial: what its button to try it says.
    offers: what this very device can do, in words."""

    id: str
    name: str
    model: str
    state: str
    words: str
    detail: str = ""
    seen: str = ""
    todo: str = ""
    tone: Tone = Tone.NEUTRAL
    camera: bool = False
    present: bool = True
    group: str = ""
    since: str = ""
    trial: str = ""
    offers: str = ""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A device that was found. uri: its address; name and detail in words."""

    uri: str
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FigureView:
    """One figure of the board. id: what it leads to, empty when nowhere. tone colours the figure and has its sign."""

    id: str
    title: str
    figure: str
    note: str = ""
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class BoardView:
    """The day's board. stages, ratings: words and how many. clerks: name, visitors, cases, decided. items: name, count.

    ratings is empty while nothing here takes ratings, or none came.
    """

    title: str
    below: str
    figures: tuple[FigureView, ...]
    stages: tuple[tuple[str, int], ...] = ()
    items: tuple[tuple[str, int], ...] = ()
    clerks: tuple[tuple[str, str, str, str], ...] = ()
    ratings: tuple[tuple[str, int], ...] = field(default=())
