"""What the presenter hands to the official form beside the combined one."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtGui import QImage

from app.domain.official import FilledBox
from widgets.views import Tone


@dataclass(frozen=True, slots=True)
class OfficialNote:
    """One thing to look at. words: what; key: the field it leads to, "" for none; page: from 0, -1 for none."""

    words: str
    tone: Tone
    key: str = ""
    page: int = -1
    box: str = ""


@dataclass(frozen=True, slots=True)
class OfficialView:
    """A filled form. titles: of all forms in hand, index: which of them this is. state: one line on where it stands.

    save_why: why it cannot be handed in as a material; "" when it can.
    """

    titles: tuple[str, ...]
    index: int
    pages: tuple[QImage, ...]
    boxes: tuple[FilledBox, ...]
    notes: tuple[OfficialNote, ...] = ()
    state: str = ""
    tone: Tone = Tone.NEUTRAL
    save_why: str = ""
    print_why: str = ""
