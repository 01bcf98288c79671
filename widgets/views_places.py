"""What the presenters hand to the map of places: plain values, in words for people."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.place import Sketch


@dataclass(frozen=True, slots=True)
class StopView:
    """A place. far: how far, in words. window: floor and window, "" when not known. facts: label and words. way: step
    by step. modules: of the code for a phone's map."""

    id: str
    name: str
    far: str
    window: str
    facts: tuple[tuple[str, str], ...]
    way: tuple[str, ...]
    sketch: Sketch
    modules: tuple[tuple[bool, ...], ...]
