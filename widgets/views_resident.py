"""What the registration of a foreign resident shows."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtGui import QImage


@dataclass(frozen=True, slots=True)
class ResidentView:
    """who: whom, in words. rows: what would be kept, caption and words; personal numbers masked. portrait: the
    document's picture, a null image for none. consent: the words that the person agrees to, Chinese and English."""

    who: str
    rows: tuple[tuple[str, str], ...]
    portrait: QImage
    consent: str


@dataclass(frozen=True, slots=True)
class MadeCodeView:
    """A code that was made. modules: of its QR symbol, dark is True, without quiet zone. rows: caption and words."""

    modules: tuple[tuple[bool, ...], ...]
    rows: tuple[tuple[str, str], ...]
