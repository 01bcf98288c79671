"""What the presenters hand to the list of firms' matters: plain values, in words for people."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.views import Tone


@dataclass(frozen=True, slots=True)
class ActView:
    """What can be done now. id: for the signal. hint: what to write; graded: stars are asked for too."""

    id: str
    words: str
    hint: str = ""
    graded: bool = False


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One matter. due: in words, with tone as its light. facts: label and value. log: what was done, oldest first.
    acts: the usual one first. warning: why the platform refuses something."""

    id: str
    number: str
    kind: str
    firm: str
    subject: str
    stage: str
    due: str
    tone: Tone = Tone.NEUTRAL
    facts: tuple[tuple[str, str], ...] = ()
    log: tuple[tuple[str, str], ...] = ()
    acts: tuple[ActView, ...] = ()
    warning: str = ""


@dataclass(frozen=True, slots=True)
class ExtraView:
    """A further question of a kind of matter. choices: value and words to choose from; none: free text.
    id: what the answer is kept under; "": the label."""

    label: str
    choices: tuple[tuple[str, str], ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class KindView:
    """A kind of matter that can be opened. scoped: its clock is chosen. extras: what else it asks.
    personal: it comes from a person, who need not give a name, and not from a firm."""

    id: str
    words: str
    about: str
    scoped: bool = False
    extras: tuple[ExtraView, ...] = ()
    personal: bool = False


@dataclass(frozen=True, slots=True)
class NewMatter:
    """What was written down, and what is known beforehand."""

    kind: str
    firm: str = ""
    firm_number: str = ""
    contact: str = ""
    phone: str = ""
    subject: str = ""
    words: str = ""
    scope: str = ""
    details: tuple[tuple[str, str], ...] = ()
