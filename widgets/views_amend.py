"""What the presenters hand to the correction of a case and to the page of conflicts, in the clerk's words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.item import Element


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One field that was changed. before, after: "" for nothing."""

    key: str
    title: str
    before: str
    after: str


class Side(StrEnum):
    """What was taken for a place."""

    NONE = ""
    OURS = "ours"
    PLATFORM = "platform"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ContestedView:
    """One place to decide on. The values stand there whole. *_said: who wrote it and when, in words.

    element: what may be typed instead, None where that is not possible. note: what to look at. side, other: what was
    decided, in a case that is decided.
    """

    id: str
    title: str
    before: str
    ours: str
    theirs: str
    ours_said: str
    theirs_said: str
    note: str = ""
    element: Element | None = None
    side: Side = Side.NONE
    other: str = ""


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One case to decide on. applicant: masked. found: since when, in words. reason: of the correction.

    decided: already decided and not sent yet; it can be undone.
    """

    id: int
    number: str
    item: str
    applicant: str
    found: str
    reason: str
    places: tuple[ContestedView, ...]
    decided: bool = False
