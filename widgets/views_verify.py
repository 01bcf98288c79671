"""What the presenters hand to the dialogs of papers: the answer of a check, and shapes for a character."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.views import Tone


@dataclass(frozen=True, slots=True)
class VerdictView:
    """The answer in words. rows: caption and words, what was signed; differences: what was altered, one a line; note:
    what to bear in mind."""

    tone: Tone
    title: str
    rows: tuple[tuple[str, str], ...] = ()
    differences: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ShapeView:
    """A shape that may stand for a character. picture: PNG; source: where it comes from."""

    picture: bytes
    source: str
