"""A QR symbol as a picture on the screen."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage, QPixmap

QUIET = 4
"""Modules of white around a QR symbol (ISO/IEC 18004 §6.3.8)."""


def symbol_picture(modules: tuple[tuple[bool, ...], ...], room: int) -> QPixmap:
    """The symbol with its quiet zone, whole pixels a module, black on white in every theme: cameras want it so. room:
    pixels that its side should not exceed."""
    count = len(modules) + 2 * QUIET
    image = QImage(count, count, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for y, line in enumerate(modules):
        for x, dark in enumerate(line):
            if dark:
                image.setPixel(x + QUIET, y + QUIET, 0xFF000000)
    side = count * max(2, room // count)
    return QPixmap.fromImage(image.scaled(side, side))
