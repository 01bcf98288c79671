"""The icons: one family of SVGs (20 × 20, stroke 1.5) in resources/icons, coloured at use."""

from __future__ import annotations

from functools import lru_cache

from PyQt6.QtCore import QByteArray, QRectF, Qt
from PyQt6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PyQt6.QtSvg import QSvgRenderer

import resources
from widgets.tokens import LIGHT


@lru_cache(maxsize=64)
def _svg(name: str) -> str:
    return resources.path(f"icons/{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, size: int = 20, colour: str = LIGHT.ink_soft, ratio: float = 1.0) -> QPixmap:
    """One icon as a picture of size × size logical pixels. ratio: the screen's device pixel ratio.

    FileNotFoundError when there is no such icon.
    """
    # Painted with every step and list row: parsing the SVG each time was a third of a repaint. Qt's own cache, because
    # pixmaps must not outlive the application.
    key = f"{name} {size} {colour} {ratio}"
    known = QPixmapCache.find(key)
    if known is not None:
        return known
    # Read first: nothing may fail while the painter is at work.
    svg = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour).encode()))
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    svg.render(painter, QRectF(0, 0, size, size))
    painter.end()
    QPixmapCache.insert(key, picture)
    return picture


def icon(name: str, colour: str = LIGHT.ink_soft, disabled: str = LIGHT.ink_off, on: str | None = None) -> QIcon:
    """One icon for buttons, sharp up to 300 % scale. on: its colour while checked."""
    result = QIcon()
    for ratio in (1.0, 2.0, 3.0):
        result.addPixmap(pixmap(name, 20, colour, ratio), QIcon.Mode.Normal)
        result.addPixmap(pixmap(name, 20, disabled, ratio), QIcon.Mode.Disabled)
        if on:
            result.addPixmap(pixmap(name, 20, on, ratio), QIcon.Mode.Normal, QIcon.State.On)
    return result
