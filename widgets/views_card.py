"""What the confirmation of a card read from a picture shows."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtGui import QImage


@dataclass(frozen=True, slots=True)
class CardFieldView:
    """One field of the card. name: what the dialog calls it in its signal. title: e.g. 住址. value: as it was read.
    picture: the piece of the card. note: why it has to be looked at, or by what it holds. sure: it holds by itself."""

    name: str
    title: str
    value: str
    picture: QImage
    note: str
    sure: bool
