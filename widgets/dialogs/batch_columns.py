"""Which column of a firm's file is which column of the table: one chooser a column."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from widgets.bits import clear, text
from widgets.theme import restyle
from widgets.views import Tone

_ACROSS = 4
_TALLEST = 148


class ColumnChoosers(QWidget):
    """Signals: mapped(column, column of the file, or -1 for none) for what the clerk chooses."""

    mapped = pyqtSignal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("batch_choosers")
        self.setAccessibleName(self.tr("列对应"))
        self.boxes: list[QComboBox] = []
        inside = QWidget()
        inside.setObjectName("page")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        area = QScrollArea()
        area.setObjectName("batch_choosers_area")
        area.setAccessibleName(self.tr("列对应"))
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMaximumHeight(_TALLEST)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(
            text(self.tr("表格的每一列取文件里的哪一列（改动会记住，下次同样的表头照此对应）："), "faint", wrap=True)
        )
        whole.addWidget(area)

    def set_columns(self, titles: Sequence[str], headings: Sequence[str], chosen: Sequence[int]) -> None:
        """Show the columns; what has found no column of the file stands out."""
        held = next((n for n, box in enumerate(self.boxes) if box.hasFocus()), -1)
        clear(self._grid)
        self.boxes = []
        names = [heading or self.tr("第 {0} 列（没有表头）").format(n) for n, heading in enumerate(headings, 1)]
        for column, (title, at) in enumerate(zip(titles, chosen, strict=True)):
            box = QComboBox()
            box.setObjectName(f"batch_column_{column}")
            box.setAccessibleName(self.tr("{0} 取文件里的哪一列").format(title))
            box.addItems([self.tr("（文件里没有）"), *names])
            box.setCurrentIndex(at + 1)
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(lambda index, column=column: self.mapped.emit(column, index - 1))
            label = text(title, "label", wrap=True)
            label.setBuddy(box)
            restyle(label, tone=Tone.NEUTRAL if at >= 0 else Tone.WARNING)
            line, place = divmod(column, _ACROSS)
            self._grid.addWidget(label, line, place * 2)
            self._grid.addWidget(box, line, place * 2 + 1)
            self._grid.setColumnStretch(place * 2 + 1, 1)
            self.boxes.append(box)
        if self.boxes:
            self.setFocusProxy(self.boxes[max(held, 0)])
        if held >= 0:
            self.boxes[held].setFocus()
