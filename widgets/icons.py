"""The icons: one family of SVGs (20 × 20, stroke 1.5) in resources/icons, coloured when they are painted."""

from __future__ import annotations

from functools import lru_cache

from PyQt6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PyQt6.QtSvg import QSvgRenderer

import resources
from widgets.look import colours


@lru_cache(maxsize=64)
def _svg(name: str) -> str:
    return resources.path(f"icons/{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """One icon as a picture of size × size logical pixels in a colour (#RRGGBB) of the palette in force.

    ratio: the screen's device pixel ratio. FileNotFoundError when there is no such icon.
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


class _Engine(QIconEngine):
    """Looks up its colour when it is asked to paint, so that a button's icon follows the theme by itself."""

    def __init__(self, name: str, ink: str, disabled: str, on: str) -> None:
        super().__init__()
        _svg(name)  # a name without a picture fails where it is written, not where it is painted
        self._given = (name, ink, disabled, on)

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        _, ink, disabled, on = self._given
        token = disabled if mode is QIcon.Mode.Disabled else on if on and state is QIcon.State.On else ink
        return str(getattr(colours(), token))

    def paint(self, painter: QPainter | None, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        if painter is not None:
            device = painter.device()
            ratio = device.devicePixelRatioF() if device is not None else 1.0
            size = min(rect.width(), rect.height())
            where = QRect(0, 0, size, size)
            where.moveCenter(rect.center())
            painter.drawPixmap(where, pixmap(self._given[0], size, self._colour(mode, state), ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return pixmap(self._given[0], min(size.width(), size.height()), self._colour(mode, state))

    def clone(self) -> QIconEngine:
        return _Engine(*self._given)


def icon(name: str, ink: str = "ink_soft", disabled: str = "ink_off", on: str = "") -> QIcon:
    """One icon for buttons, sharp at every scale. ink, disabled, on (while checked): names of colour tokens."""
    return QIcon(_Engine(name, ink, disabled, on))
