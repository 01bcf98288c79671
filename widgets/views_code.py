"""What the presenters hand to the view of a scanned code that is no licence."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.views import Tone


@dataclass(frozen=True, slots=True)
class CodeView:
    """What a code is and what it leads to. kind: e.g. 企业码. title: what it names. rows: caption and words.

    note: what to bear in mind, in its tone. take: what Enter does, "" when there is nothing to take; also: what the
    second button (B) does, "" for none.
    """

    kind: str
    title: str
    rows: tuple[tuple[str, str], ...] = ()
    note: str = ""
    note_tone: Tone = Tone.NEUTRAL
    take: str = ""
    also: str = ""
