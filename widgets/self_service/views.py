"""What the presenter hands to the self-service pages: words for the applicant, personal values masked already."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.form import FormField


@dataclass(frozen=True, slots=True)
class TileView:
    """Something that can be chosen. note: what it brings, one line. chosen: it is in the cart."""

    code: str
    name: str
    note: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class AskView:
    """One question of the guide. options: value, words, and whether it was answered so before."""

    title: str
    question: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class KnownLine:
    """What is known already. change: the applicant may say it anew here; else only the counter may."""

    key: str
    title: str
    value: str
    change: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question of the form. problem: in plain words, "" when there is none."""

    field: FormField
    value: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class MaterialStep:
    """One paper to be laid under the camera. points: what it must show. promise, tolerate: other ways that the
    catalogue allows, in words; "" for none. camera: is there one?"""

    name: str
    where: str
    points: tuple[str, ...] = ()
    pages: int = 0
    promise: str = ""
    tolerate: str = ""
    camera: bool = True


@dataclass(frozen=True, slots=True)
class DoneView:
    """Handed over. ticket: the number to be called. where: the window. lacks: what the counter will still ask for."""

    ticket: str
    where: str
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A finished case of one's own. note: what it was for, and when it was decided. state: in words, where it cannot be
    printed now. done: it was collected."""

    case_id: str
    name: str
    note: str
    state: str = ""
    done: bool = False

    @property
    def possible(self) -> bool:
        return not self.state
