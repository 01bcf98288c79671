"""Two cases that may be one: side by side, and what a person says of them."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QWidget

from widgets.bits import ElidedLabel, button, clear, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.look import px
from widgets.views import Tone
from widgets.views_around import DoubleView


class DoubleDialog(BaseDialog):
    """Nothing is chosen for the clerk: Enter closes and leaves it open.

    Keys: Alt+1 both go on, Alt+2 one thing and this case goes on, Alt+3 one thing and the other goes on, Esc later.
    Signals: decided("both", "mine" or "other").
    """

    decided = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("double", "", parent)
        title = self.tr("疑似重复受理")
        self.set_title(title)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.add(self._grid)
        self.add(
            text(
                self.tr(
                    "两件都已收下，不会自动合并，也不会自动撤销。请与对方窗口或申请人核实，再选一项；选定后两个窗口都会收到。"
                ),
                "soft",
                "double_hint",
                wrap=True,
            )
        )
        self._message = text(role="soft", name="double_message", wrap=True)
        self.add(self._message)
        self.content.addStretch(1)
        self._choices = []
        for number, (name, words) in enumerate(
            (
                ("both", self.tr("两件都要办 Alt+1")),
                ("mine", self.tr("只办本件 Alt+2")),
                ("other", self.tr("只办对方那件 Alt+3")),
            ),
            1,
        ):
            choice = button(words, name=f"double_{name}")
            choice.setShortcut(f"Alt+{number}")
            choice.clicked.connect(lambda _, said=name: self._decide(said))
            self._choices.append(choice)
        later = button(self.tr("以后再说 Esc"), name="double_later")
        later.clicked.connect(self.reject)
        self.add_buttons(*self._choices, None, later, default=later)
        self.resize(px(980), px(360))

    def set_view(self, view: DoubleView) -> None:
        """Show a pair."""
        self.set_title(self.windowTitle(), view.about)
        self.set_message("", Tone.NEUTRAL)
        self.set_busy(False)
        clear(self._grid)
        for column, words in enumerate((self.tr("本窗口"), self.tr("对方窗口")), 1):
            self._grid.addWidget(text(words, "heading", f"double_head_{column}"), 0, column)
        for line, (label, mine, other) in enumerate(view.lines, 1):
            self._grid.addWidget(text(label, "soft"), line, 0)
            for column, words in enumerate((mine, other), 1):
                said = ElidedLabel(words)
                said.setAccessibleName(f"{label} {words}")
                self._grid.addWidget(said, line, column)

    def set_busy(self, on: bool) -> None:
        """While the platform is being told, nothing else can be said."""
        for choice in self._choices:
            choice.setEnabled(not on)

    def set_message(self, words: str, tone: Tone) -> None:
        """One line, e.g. why it could not be told."""
        set_text(self._message, words, tone)

    def _decide(self, said: str) -> None:
        self.set_busy(True)
        self.set_message(self.tr("正在告知平台…"), Tone.INFO)
        self.decided.emit(said)
