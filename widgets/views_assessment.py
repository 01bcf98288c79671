"""What the presenters hand to the dialog of assessments: plain values, in words for people."""

from __future__ import annotations

from dataclasses import dataclass, field

from widgets.views import Tone


@dataclass(frozen=True, slots=True)
class FormChoice:
    """A form that can be begun. routes: id and words. subject: label of what it is about. asks: further questions."""

    id: str
    words: str
    routes: tuple[tuple[str, str], ...]
    subject: str
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StartView:
    """What stands in the first page, or was typed there. asked: label -> words."""

    form: str = ""
    route: str = ""
    firm: str = ""
    firm_number: str = ""
    subject: str = ""
    contact: str = ""
    phone: str = ""
    asked: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MeasureView:
    """One measure of a point. done: None while the point has no answer."""

    words: str
    done: bool | None


@dataclass(frozen=True, slots=True)
class PointView:
    """One point. state: its answer in words, "" for none. notes: what is to be known of it, each a badge."""

    id: str
    words: str
    state: str = ""
    tone: Tone = Tone.NEUTRAL
    blocking: bool = False
    notes: tuple[str, ...] = ()
    measures: tuple[MeasureView, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupView:
    """One dimension with its points. done: how many have an answer."""

    words: str
    done: int
    points: tuple[PointView, ...]


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """What the three answers are called in this form."""

    met: str = ""
    unmet: str = ""
    none: str = ""


@dataclass(frozen=True, slots=True)
class ResultView:
    """What it came to. rows: what is still to be done: point and measures. listed: what the list says, in its tone.
    ready: it can be handed in."""

    score: str
    grade: str
    tone: Tone
    conclusion: str
    rows: tuple[tuple[str, str], ...] = ()
    dimensions: tuple[tuple[str, str], ...] = ()
    listed: str = ""
    listed_tone: Tone = Tone.NEUTRAL
    promise: str = ""
    ready: bool = True
