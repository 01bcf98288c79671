"""A zone with doubtful characters, for the gallery and the dialog's tests."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QFont, QImage, QPainter
from PyQt6.QtWidgets import QWidget

from widgets.dialogs.zone_check import ZoneCheckDialog
from widgets.views_zone import DoubtView

LINES = ("P<D<<MUELLER<WEISS<<JUERGEN<SOEREN<<<<<<<<<<", "C01X0OT478D<<7408122M3104154<<<<<<<<<<<<<<04")
PLACES = (((0, 5), "姓名", "MNH"), ((1, 5), "证件号码", "0OQD"), ((1, 9), "证件号码", "8B"))


def zone_check(given: str = "") -> ZoneCheckDialog:
    dialog = ZoneCheckDialog(LINES, [DoubtView(*at, what, _picture(*at), tuple(chars)) for at, what, chars in PLACES])
    for char in given:
        dialog.give(char)
    return dialog


def dialogs() -> dict[str, QWidget]:
    return {"zone-check": zone_check("M"), "zone-check-done": zone_check("M08")}


def _picture(line: int, column: int) -> QImage:
    image = QImage(300, 120, QImage.Format.Format_Grayscale8)
    image.fill(QColor(150, 150, 150))
    painter = QPainter(image)
    font = QFont("monospace")
    font.setPixelSize(78)
    painter.setFont(font)
    painter.setPen(QColor(90, 90, 90))
    for k in range(5):
        char = LINES[line][column - 2 + k]
        painter.drawText(k * 60, 0, 60, 120, int(Qt.AlignmentFlag.AlignCenter), char)
    painter.end()
    return image
