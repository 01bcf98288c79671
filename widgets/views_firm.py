"""What the presenters hand to the page of a firm: plain values, in words for people."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.views import Tone


@dataclass(frozen=True, slots=True)
class FirmRow:
    """One line of a list, and what is to be said of it. tone: of its last cell. go: what Enter does; "" for nothing."""

    id: str
    cells: tuple[str, ...]
    tone: Tone = Tone.NEUTRAL
    title: str = ""
    below: str = ""
    lines: tuple[tuple[str, Tone], ...] = ()
    go: str = ""


@dataclass(frozen=True, slots=True)
class FirmView:
    """A firm: its name, a line under it, and its three lists. warning: registers that did not answer."""

    name: str
    below: str
    tags: tuple[FirmRow, ...] = ()
    policies: tuple[FirmRow, ...] = ()
    scenes: tuple[FirmRow, ...] = ()
    warning: str = ""
