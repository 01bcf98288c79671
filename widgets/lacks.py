"""What the form still lacks, as a line of words to click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QPushButton, QWidget

from widgets.bits import button, text
from widgets.look import px
from widgets.theme import restyle
from widgets.views import Tone

_GAP = 6
_MOST = 24
"""More never fit one line."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A field that lacks something. marked: shown in red, because what stands there is wrong."""

    key: str
    title: str
    marked: bool = False


class LackStrip(QWidget):
    """One line of what lacks, in form order; as many as fit, then how many more.

    Always one line high, so that the fields below do not move while the list gets shorter.
    Signals: chosen(key).
    """

    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form_lacks")
        self.setAccessibleName(self.tr("还差的项"))
        self.setFixedHeight(24)
        self._lacks: tuple[Lack, ...] = ()
        self._chips: list[QPushButton] = []
        self._words = text(role="soft", name="form_lacks_words")
        self._words.setParent(self)
        self._when_done = ""

    def set_lacks(self, lacks: Sequence[Lack], when_done: str = "") -> None:
        """Show what lacks; when_done is shown when nothing does."""
        if tuple(lacks) == self._lacks and when_done == self._when_done:
            return
        self._lacks, self._when_done = tuple(lacks), when_done
        for index, lack in enumerate(self._lacks[:_MOST]):
            if index == len(self._chips):
                self._chips.append(self._new_chip(index))
            chip = self._chips[index]
            chip.setText(lack.title)
            chip.setAccessibleName(lack.title)
            restyle(chip, tone=Tone.ERROR.value if lack.marked else "")
        self._place()

    def lacks(self) -> tuple[Lack, ...]:
        """What is lacking now."""
        return self._lacks

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(24))

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._place()

    def look_changed(self) -> None:
        """Chips are placed by hand."""
        self._place()

    def _new_chip(self, index: int) -> QPushButton:
        chip = button("", "chip", f"lack_{index}")
        chip.setParent(self)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # F5 and Enter are the keys for this
        chip.clicked.connect(lambda _=False: self.chosen.emit(self._lacks[index].key))
        return chip

    def _place(self) -> None:
        x, shown, gap, high = 0, 0, px(_GAP), px(24)
        # A label asks for a little more than its words.
        more_room = self._words.fontMetrics().horizontalAdvance(self.tr("等 {0} 项").format(99)) + px(4)
        for index, chip in enumerate(self._chips):
            width = chip.sizeHint().width()
            last = index == len(self._lacks) - 1
            fits = index == shown and index < len(self._lacks)
            fits = fits and x + width + (0 if last else gap + more_room) <= self.width()
            chip.setVisible(fits)
            if fits:
                chip.setGeometry(x, 0, width, high)
                x += width + gap
                shown += 1
        words = self.tr("等 {0} 项").format(len(self._lacks)) if shown < len(self._lacks) else ""
        self._words.setText(words if self._lacks else self._when_done)
        self._words.setVisible(bool(self._words.text()))
        self._words.setGeometry(x, 0, max(self.width() - x, 0), high)
