"""Official forms 官方表样: what of the combined form stands in which box, and what could not be put there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

Place = tuple[float, float, float, float]
"""Left, top, width, height of a box, as shares (0 to 1) of the page as it is seen, from its top left corner."""


class Trouble(StrEnum):
    """Why a box needs a person's look."""

    TOO_LONG = "too_long"
    """栏目放不下: not even at the smallest letters. Nothing was written, so that nothing is cut."""
    CONTINUED = "continued"
    """The box points to the continuation sheet 附页, where all of it stands."""
    EMPTY = "empty"
    """A box that the office requires has nothing to stand in it."""
    UNMAPPED = "unmapped"
    """The form requires a box that nobody has mapped."""
    UNDRAWABLE = "undrawable"
    """A character that no installed font draws. Nothing was written."""
    NO_OPTION = "no_option"
    """The form has no choice for this code."""

    @property
    def blocks(self) -> bool:
        """Must it be written by hand, or the value changed?"""
        return self is not Trouble.CONTINUED


@dataclass(frozen=True, slots=True)
class BoxFinding:
    """What is the matter with one box. box: its name in the mapping; label: in words; keys: the fields behind it.

    chars: how many characters were to stand there; room: how many fit; both 0 where that says nothing. detail: the
    character, or the code, in question. page: from 0, -1 unknown.
    """

    trouble: Trouble
    box: str
    label: str
    keys: tuple[str, ...] = ()
    chars: int = 0
    room: int = 0
    detail: str = ""
    page: int = -1


@dataclass(frozen=True, slots=True)
class FilledBox:
    """One box of the form and what stands in it. page: from 0. text: as drawn; "✓" where a box is ticked."""

    name: str
    label: str
    page: int
    place: Place
    keys: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class FilledForm:
    """An official form, filled. boxes: all that are mapped, empty ones too, in the order of the mapping.

    continuation: how many of the pages, at the end, are continuation sheets.
    """

    id: str
    title: str
    pdf: bytes
    pages: int
    continuation: int
    boxes: tuple[FilledBox, ...]
    findings: tuple[BoxFinding, ...]

    @property
    def by_hand(self) -> tuple[BoxFinding, ...]:
        """What is still to be written by hand or mended."""
        return tuple(finding for finding in self.findings if finding.trouble.blocks)


@dataclass(frozen=True, slots=True)
class Shift:
    """How far a printer is to move everything on pre-printed paper, in tenths of a millimetre; right and down are more
    than 0."""

    right: int = 0
    down: int = 0

    LIMIT: ClassVar[int] = 200
    """Two centimetres: beyond that the paper lies wrongly."""

    def __post_init__(self) -> None:
        if max(abs(self.right), abs(self.down)) > self.LIMIT:
            raise ValueError(f"more than {self.LIMIT / 10} mm")

    def to_text(self) -> str:
        """As a setting: "-3,12"."""
        return f"{self.right},{self.down}"

    @classmethod
    def of_text(cls, text: str | None) -> Shift:
        """From a setting; no shift where there is none, or it cannot be read."""
        parts = (text or "").split(",")
        try:
            return cls(int(parts[0]), int(parts[1]))
        except (ValueError, IndexError):
            return cls()
