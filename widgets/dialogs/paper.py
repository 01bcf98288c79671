"""The papers before they are printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QImage, QKeyEvent, QResizeEvent, QShowEvent
from PyQt6.QtWidgets import QScrollArea, QToolButton, QVBoxLayout, QWidget

from widgets.bits import button, clear, text
from widgets.dialogs.base import BaseDialog
from widgets.icons import icon
from widgets.output_bar import OutputBar
from widgets.sheets import A4_WIDE, Sheet
from widgets.views_print import OutputView

ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


class PaperPreviewDialog(BaseDialog):
    """Pages as pictures, and where they go. Enter prints, Esc closes, Ctrl + and Ctrl − zoom, Ctrl 0 fits the width,
    Alt+1 … choose the printer of each size, + and − the copies, V whether such papers are looked at first; the rest
    scrolls.

    Signals: print_requested().
    """

    print_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("paper", "", parent)
        title = self.tr("打印预览")
        self.set_title(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(860, 680)
        self._sheets: list[Sheet] = []
        self._zoom: float | None = None
        self._page = QWidget()
        self._page.setObjectName("page")
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(12, 12, 12, 12)
        self._column.setSpacing(12)
        self._area = QScrollArea()
        self._area.setObjectName("paper_area")
        self._area.setAccessibleName(self.tr("文书各页"))
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._page)
        self.add(self._area, 1)
        self.outputs = OutputBar()
        self.outputs.hide()
        self.add(self.outputs)
        self._zoom_words = text(role="soft", name="paper_zoom")
        self._print = button(self.tr("打印 Enter"), "primary", "paper_print")
        self._print.clicked.connect(self.print_requested)
        close = button(self.tr("关闭 Esc"), name="paper_close")
        close.clicked.connect(self.reject)
        self.add_buttons(
            self._tool("minus", self.tr("缩小 Ctrl −"), lambda: self.zoom(-1)),
            self._zoom_words,
            self._tool("plus", self.tr("放大 Ctrl +"), lambda: self.zoom(1)),
            self._tool("fit", self.tr("适合宽度 Ctrl 0"), self.fit),
            None,
            close,
            self._print,
            default=self._print,
        )

    def set_pages(self, pages: Sequence[QImage], widths: Sequence[float] = ()) -> None:
        """Show the pages of a paper, in order. widths: of each in millimetres; A4 where none is given."""
        clear(self._column)
        wide = (*widths, *[A4_WIDE] * len(pages))
        self._sheets = [Sheet(page, number, wide[number]) for number, page in enumerate(pages)]
        for sheet in self._sheets:
            self._column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self._draw()

    def set_can_print(self, on: bool) -> None:
        """Show or hide the print button, e.g. while nothing can print."""
        self._print.setVisible(on)
        self.outputs.setVisible(on and self.outputs.filled)

    def set_outputs(self, outputs: Sequence[OutputView], look_first: bool) -> None:
        """Where it can be printed, with what is chosen. look_first: such papers are looked at before printing."""
        self.outputs.set_outputs(outputs, look_first)
        self.outputs.setVisible(bool(outputs))

    def zoom(self, by: int) -> None:
        """One step larger (+1) or smaller (−1)."""
        now = self._factor()
        larger = [z for z in ZOOMS if z > now + 0.01]
        smaller = [z for z in ZOOMS if z < now - 0.01]
        if by > 0 and larger:
            self._zoom = larger[0]
        elif by < 0 and smaller:
            self._zoom = smaller[-1]
        self._draw()

    def fit(self) -> None:
        """As wide as the window."""
        self._zoom = None
        self._draw()

    def _factor(self) -> float:
        # 100 % is the width of A4 at 96 dots an inch, whatever the resolution of the pictures.
        if self._zoom is not None:
            return self._zoom
        room = self._area.viewport()
        return max((room.width() if room else 600) - 28, 200) / 794

    def _draw(self) -> None:
        policy = Qt.ScrollBarPolicy
        self._area.setHorizontalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if self._zoom is None else policy.ScrollBarAsNeeded
        )
        factor = self._factor()
        for sheet in self._sheets:
            sheet.set_width(round(794 * factor))
        self._zoom_words.setText(f"{factor:.0%}")

    def _tool(self, name: str, words: str, act: Callable[[], None]) -> QToolButton:
        made = QToolButton()
        made.setObjectName(f"paper_{name}")
        made.setProperty("role", "quiet")
        made.setIcon(icon(name))
        made.setToolTip(words)
        made.setAccessibleName(words)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(act)
        return made

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        if self._zoom is None:
            self._draw()

    def showEvent(self, a0: QShowEvent | None) -> None:
        super().showEvent(a0)
        self._draw()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is None:
            return
        bar = self._area.verticalScrollBar()
        page = self._area.height() - 40
        scroll = {
            Qt.Key.Key_Down: 60,
            Qt.Key.Key_Up: -60,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Space: page,
        }.get(Qt.Key(a0.key()))
        control = bool(a0.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if scroll is not None and bar is not None:
            bar.setValue(bar.value() + scroll)
        elif control and a0.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1)
        elif control and a0.key() == Qt.Key.Key_Minus:
            self.zoom(-1)
        elif control and a0.key() == Qt.Key.Key_0:
            self.fit()
        elif a0.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.outputs.more(1)
        elif a0.key() == Qt.Key.Key_Minus:
            self.outputs.more(-1)
        else:
            super().keyPressEvent(a0)
            return
        a0.accept()
