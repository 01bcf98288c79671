"""The look in force: one palette and one scale for the whole program.

Painting code asks here each time it paints: `colours().accent`, `px(12)`. It keeps neither, so that a change of theme
or scale at run time needs nothing but a repaint. The look lies on the QApplication, like Qt's own fonts and palette.
"""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QCoreApplication

from widgets.tokens import PALETTES, Palette

SCALES = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
"""The steps of Ctrl+= and Ctrl+-."""

_KEEPER = "yichuang_look"


@dataclass(frozen=True, slots=True)
class Look:
    """theme: a key of PALETTES. scale: 1.0 … 2.0, one of SCALES. ValueError for anything else."""

    theme: str = "light"
    scale: float = 1.0

    def __post_init__(self) -> None:
        if self.theme not in PALETTES or self.scale not in SCALES:
            raise ValueError(f"no such look: {self.theme} {self.scale}")

    @property
    def palette(self) -> Palette:
        """The theme's colours."""
        return PALETTES[self.theme]

    def px(self, size: float) -> int:
        """size, in pixels at 100 %, at this scale. What is there at all keeps at least one pixel."""
        scaled = round(size * self.scale)
        return scaled if scaled or not size else 1


_FIRST = Look()


def look() -> Look:
    """The look in force; the light one at 100 % while there is none."""
    app = QCoreApplication.instance()
    kept = app.property(_KEEPER) if app is not None else None
    return kept if isinstance(kept, Look) else _FIRST


def keep_look(app: QCoreApplication, new: Look) -> None:
    """Put a look in force. Only `widgets.theme.apply_theme` calls this: it makes the widgets follow."""
    app.setProperty(_KEEPER, new)


def colours() -> Palette:
    """The colours in force. Ask while painting; never at import and never as a default argument."""
    return look().palette


def px(size: float) -> int:
    """size, in pixels at 100 %, at the scale in force: for what is painted or computed."""
    return look().px(size)
