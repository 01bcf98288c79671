"""What is painted first: the ground of the door and the name on it, while the program behind it is still being loaded.

Imports nothing but Qt and the colours, takes no style sheet of the program's and no translation: whoever pressed the
icon should see that it was heard, a second before everything else is there.
"""

from __future__ import annotations

from PyQt6.QtGui import QPaintEvent
from PyQt6.QtWidgets import QLabel

from widgets.tokens import PALETTES

NAMES = {"zh": "一窗", "en": "Yichuang"}
"""As the translations have it (a test holds them together), for none is loaded yet."""
_DARK = 128
"""A desktop whose windows are darker than this (of 255) is a dark one."""


class OpeningWindow(QLabel):
    """The door's ground (`DoorWindow`, `#blind`) before there is a door. `painted`: it was seen.

    Not a word of the `Qt` namespace stands here, nor a painter's or a colour's calls that know such words: the first
    costs 20 to 30 ms, because PyQt then makes all of its enums. A style sheet says the same for 3 ms.
    """

    def __init__(self, language: str = "zh") -> None:
        name = NAMES[language]
        super().__init__(name)
        self.painted = False
        self.setWindowTitle(name)
        self.setAccessibleName(name)
        dark = self.palette().window().color().lightness() < _DARK
        colours = PALETTES["dark" if dark else "light"]
        self.setStyleSheet(
            f"background: {colours.header}; color: {colours.on_header}; font-size: 24px; font-weight: 600;"
            # Where the door will write it: above the place and the line of what is going on.
            " qproperty-alignment: AlignCenter; padding-bottom: 76px"
        )

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        super().paintEvent(a0)
        self.painted = True
