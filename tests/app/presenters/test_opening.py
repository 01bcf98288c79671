"""The first paint, before the program is loaded."""

from __future__ import annotations

from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.presenters.opening import Opening
from widgets.opening import OpeningWindow
from widgets.tokens import PALETTES


def test_it_is_painted_before_show_returns_and_goes_when_told(qtbot: QtBot) -> None:
    opening = Opening()
    opening.show()
    assert opening.window.painted
    assert opening.window.isVisible()
    opening.close()
    assert not opening.window.isVisible()
    opening.close()
    QApplication.processEvents()


def test_its_ground_is_the_doors(qtbot: QtBot) -> None:
    window = OpeningWindow()
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.show()
    picture = window.grab().toImage()
    assert picture.pixelColor(5, 5).name() in {palette.header.lower() for palette in PALETTES.values()}
    shades = {picture.pixelColor(x, y).name() for x in range(100, 300) for y in range(90, 150)}
    assert len(shades) > 1, "the name stands on it"
