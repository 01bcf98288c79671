"""What the dialog of 证件照 shows."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtGui import QImage

from widgets.tone import Tone


@dataclass(frozen=True, slots=True)
class CheckView:
    """One thing looked at: what it is, and that it is well or what to do."""

    title: str
    words: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class CutView:
    """The photograph for one use. title: with its size; words: what does not keep the rules, or that all does."""

    picture: QImage
    title: str
    words: str
    tone: Tone
