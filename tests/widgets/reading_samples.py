"""Made-up rows of a table being imported, and a piece of a page."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QImage, QPainter


class TableRows:
    """Rows of a table being imported, some wrong."""

    ROWS = (("王小满", "33050219900307402", "6500"), ("赵㛃", "", "7200"), ("欧阳建国", "", "五千"))

    def titles(self) -> list[str]:
        return ["姓名", "证件号码", "月工资"]

    def count(self) -> int:
        return len(self.ROWS)

    def number(self, row: int) -> int:
        return row + 4

    def cell(self, row: int, column: int) -> tuple[str, str, bool]:
        said = {(1, 1): "请填写证件号码", (2, 1): "请填写证件号码", (2, 2): "月工资：应填数字"}.get((row, column), "")
        return self.ROWS[row][column], said, False

    def wrong(self) -> list[int]:
        return [1, 2]


def crop_of(words: str) -> QImage:
    """A piece of a page with printed words."""
    image = QImage(34 * len(words) + 20, 52, QImage.Format.Format_RGB32)
    image.fill(QColor("#F6F4EE"))
    painter = QPainter(image)
    font = painter.font()
    font.setPixelSize(32)
    painter.setFont(font)
    painter.setPen(QColor("#2A2730"))
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return image
