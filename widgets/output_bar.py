"""Where a paper goes: a line for each size of paper, with its printers and copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from widgets.bits import KeyedTick, clear, row, text
from widgets.icons import icon
from widgets.lines import ChoiceRow
from widgets.views_print import OutputView

MOST_COPIES = 9
_NONE = "none"


class OutputBar(QWidget):
    """Passive; what stands in it is asked for when the clerk prints. Alt+1 … the first size, Alt+Shift+1 … the
    second; Ctrl+Shift+1 … the sheet, where there is a choice.

    Signals: shape_changed(value).
    """

    shape_changed = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outputs")
        self.setAccessibleName(self.tr("打印到"))
        self._views: list[OutputView] = []
        self._copies: list[int] = []
        self._choices: list[ChoiceRow] = []
        self._shapes: dict[int, ChoiceRow] = {}
        self._words: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._first = KeyedTick(self.tr("这类文书先预览再打印 V"))
        self._first.setObjectName("outputs_first")
        self._first.setAccessibleName(self._first.text())
        self._first.setShortcut("V")

    @property
    def filled(self) -> bool:
        """Is there anything to choose?"""
        return bool(self._views)

    def set_outputs(self, outputs: Sequence[OutputView], look_first: bool) -> None:
        """Show these. look_first: whether such papers are looked at before they are printed."""
        self._first.setParent(None)
        clear(self._grid)
        self._views, self._copies = list(outputs), [output.copies for output in outputs]
        self._choices, self._words, self._shapes = [], [], {}
        line = 0
        for place, output in enumerate(outputs):
            choices = [*output.printers, (_NONE, self.tr("不打印"))]
            chooser = ChoiceRow(
                f"output_{place}", output.words, choices, ("Alt", "Alt+Shift")[place] if place < 2 else ""
            )
            chooser.set_value(output.chosen or _NONE)
            count = text(self.tr("{0} 份").format(output.copies), name=f"copies_{place}")
            less = self._tool("minus", self.tr("少一份 −"), place, -1)
            more = self._tool("plus", self.tr("多一份 +"), place, 1)
            self._choices.append(chooser)
            self._words.append(count)
            self._grid.addWidget(text(output.words, "soft"), line, 0)
            self._grid.addWidget(chooser, line, 1, Qt.AlignmentFlag.AlignLeft)
            self._grid.addLayout(row(less, count, more, gap=4), line, 2)
            line += 1
            if output.shapes:
                shapes = ChoiceRow(f"shape_{place}", self.tr("版式"), output.shapes, "Ctrl+Shift" if place == 0 else "")
                shapes.set_value(output.shape)
                shapes.changed.connect(self.shape_changed)
                self._shapes[place] = shapes
                self._grid.addWidget(text(self.tr("版式"), "soft"), line, 0)
                self._grid.addWidget(shapes, line, 1, 1, 2, Qt.AlignmentFlag.AlignLeft)
                line += 1
        self._first.setChecked(look_first)
        self._grid.setColumnStretch(3, 1)
        self._grid.addWidget(self._first, 0, 4, Qt.AlignmentFlag.AlignRight)

    def outputs(self) -> tuple[OutputView, ...]:
        """What is chosen now."""
        return tuple(
            replace(
                view,
                chosen="" if chooser.value() == _NONE else chooser.value(),
                copies=copies,
                shape=self._shapes[place].value() if place in self._shapes else view.shape,
            )
            for place, (view, chooser, copies) in enumerate(zip(self._views, self._choices, self._copies, strict=True))
        )

    def look_first(self) -> bool:
        """Shall such papers be looked at before they are printed?"""
        return self._first.isChecked()

    def more(self, by: int, place: int = 0) -> None:
        """More or fewer copies of a size, one to nine."""
        if not 0 <= place < len(self._views):
            return
        self._copies[place] = min(max(self._copies[place] + by, 1), MOST_COPIES)
        self._words[place].setText(self.tr("{0} 份").format(self._copies[place]))

    def _tool(self, sign: str, words: str, place: int, by: int) -> QToolButton:
        made = QToolButton()
        made.setObjectName(f"copies_{place}_{sign}")
        made.setProperty("role", "quiet")
        made.setIcon(icon(sign))
        made.setToolTip(words)
        made.setAccessibleName(words)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda _=False: self.more(by, place))
        return made
