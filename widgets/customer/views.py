"""What the presenter hands to the citizen's screen: words for the visitor, nothing of the clerk's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServingView:
    """While being served. person, known: masked as before a queue. owed: materials still to be handed in."""

    person: str = ""
    items: tuple[str, ...] = ()
    known: tuple[tuple[str, str], ...] = ()
    owed: tuple[str, ...] = ()
    fee: str = ""
    count: int = 0
    """How many things are known already, told in a sentence in place of `known`."""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer of the form to be confirmed. section: heading it stands under."""

    section: str
    title: str
    value: str
    read: bool = False
    """A machine read it, so that there is nothing to mistype."""


@dataclass(frozen=True, slots=True)
class ConfirmView:
    """The combined form as the applicant is asked to confirm it. promises: what the signature also stands for."""

    items: tuple[str, ...]
    answers: tuple[AnswerView, ...]
    promises: tuple[str, ...] = ()
    plain: bool = False
    """One question at a time, in plain sentences."""
    guardian_for: str = ""
    """Whose guardian signs; "" when the applicant does."""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A one-time notice: what lacks, for the visitor to read once more. lacks: name and what is to be done."""

    number: str
    lacks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RatingView:
    """What is rated: by whom it was done and what. points: grade -> ids and words that may be ticked after it."""

    items: tuple[str, ...]
    clerk: str
    points: dict[int, tuple[tuple[str, str], ...]]
    code: tuple[tuple[bool, ...], ...] = ()
    """Modules of the QR symbol at which it can be rated later; none: there is no such code."""
