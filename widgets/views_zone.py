"""What the confirmation of a machine-readable zone shows."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtGui import QImage


@dataclass(frozen=True, slots=True)
class DoubtView:
    """A character that could not be read for certain.

    line, column: from 0. what: what it belongs to, e.g. 证件号码. picture: it between its neighbours, itself in the
    middle. candidates: what it may be, the likeliest first.
    """

    line: int
    column: int
    what: str
    picture: QImage
    candidates: tuple[str, ...]
