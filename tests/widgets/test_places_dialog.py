"""The map of places with real keys: what is marked is drawn, told and printed; the code opens a phone's map."""

from __future__ import annotations

import numpy as np
import places_samples as s
import zxingcpp
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.catalog.places import shipped_places
from widgets.dialogs.places import PlacesDialog

K = Qt.Key


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    bits = image.constBits()
    assert bits is not None
    rows = np.frombuffer(bits.asstring(image.sizeInBytes()), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].copy()


def test_down_marks_the_next_place_and_p_prints_it(qtbot: QtBot) -> None:
    dialog = s.shown()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    dialog.table.setFocus()
    qtbot.waitUntil(dialog.table.hasFocus)
    first = dialog.marked()
    before = pixels(dialog.sheet.grab().toImage())
    QTest.keyClick(dialog.table, K.Key_Down)  # type: ignore[call-overload]
    second = dialog.marked()
    assert first is not None
    assert second is not None
    assert (first.id, second.id) == ("exit-entry", "hall")
    assert (before != pixels(dialog.sheet.grab().toImage())).any(), "the way to it is drawn"
    with qtbot.waitSignal(dialog.print_requested) as told:
        QTest.keyClick(dialog.table, K.Key_Return)  # type: ignore[call-overload]
    assert told.args == ["hall"]


def test_the_code_on_the_screen_is_the_places(qtbot: QtBot) -> None:
    dialog = s.shown()
    qtbot.addWidget(dialog)
    dialog.show()
    label = dialog.findChild(QLabel, "places_symbol")
    assert label is not None
    found = zxingcpp.read_barcodes(pixels(label.grab().toImage()))
    assert [one.text for one in found] == [shipped_places().place("exit-entry").spot.uri]


def test_nothing_is_printed_without_a_place(qtbot: QtBot) -> None:
    dialog = PlacesDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    told: list[str] = []
    dialog.print_requested.connect(told.append)
    QTest.keyClick(dialog, K.Key_P)  # type: ignore[call-overload]
    assert told == []


def test_a_asks_for_all_places(qtbot: QtBot) -> None:
    dialog = s.shown()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    with qtbot.waitSignal(dialog.all_requested) as told:
        QTest.keyClick(dialog, K.Key_A)  # type: ignore[call-overload]
    assert told.args == [True]
