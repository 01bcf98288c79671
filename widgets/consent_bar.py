"""A question over the status bar: which system wants what, what for. The work goes on; silence is a no."""

from __future__ import annotations

from PyQt6.QtCore import QTimer, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from widgets.bits import ElidedLabel, button, column, row, text, tone_icon
from widgets.views import Tone
from widgets.views_bridge import ConsentView

ARM_MS = 700
"""A click or key that was meant for something else must not hit a question that has just come up."""
ONCE, VISIT, REFUSED = "once", "visit", "refused"


class ConsentBar(QFrame):
    """Alt+Y this once, Alt+V for this visitor, Alt+N no. Its buttons never take the focus from the work.

    Signals: decided(question id, "once" | "visit" | "refused").
    """

    decided = pyqtSignal(str, str)

    def __init__(self, parent: QWidget | None = None, arm_ms: int = ARM_MS) -> None:
        super().__init__(parent)
        self.setObjectName("consent")
        self.setAccessibleName(self.tr("外借设备"))
        self._id = ""
        self._armed = QTimer(self)
        self._armed.setSingleShot(True)
        self._armed.setInterval(arm_ms)
        self._armed.timeout.connect(lambda: self._arm(True))
        self._title = ElidedLabel(role="strong")
        self._title.setObjectName("consent_title")
        self._detail = ElidedLabel(role="soft")
        self._detail.setObjectName("consent_detail")
        self._left = text(role="soft", name="consent_left")
        self._buttons = [
            self._button(words, name, key, answer)
            for words, name, key, answer in (
                (self.tr("同意一次"), "consent_once", "Alt+Y", ONCE),
                (self.tr("本次来访都同意"), "consent_visit", "Alt+V", VISIT),
                (self.tr("不同意"), "consent_refuse", "Alt+N", REFUSED),
            )
        ]
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(12)
        line.addLayout(column(tone_icon(Tone.WARNING), None))
        line.addLayout(column(self._title, self._detail, gap=1), 1)
        line.addLayout(row(self._left, *self._buttons, gap=10))
        self.setVisible(False)

    def set_question(self, view: ConsentView | None) -> None:
        """Show a question, or none. The same one again changes its words only."""
        if view is None:
            self._id = ""
            self._armed.stop()
            self.setVisible(False)
            return
        self._title.setText(view.title)
        more = self.tr("　后面还有 {0} 个请求").format(view.more) if view.more else ""
        self._detail.setText(view.detail + more)
        self.setAccessibleDescription(f"{view.title} {view.detail}")
        self.set_left(view.seconds)
        if view.id != self._id:
            self._id = view.id
            self._arm(False)
            self._armed.start()
        self.setVisible(True)

    def set_left(self, seconds: int) -> None:
        """How long it still stands."""
        self._left.setText(self.tr("{0} 秒后按不同意处理").format(seconds))

    def _arm(self, on: bool) -> None:
        for each in self._buttons:
            each.setEnabled(on)

    def _button(self, words: str, name: str, key: str, answer: str) -> QPushButton:
        made = button(f"{words} {key}", "primary" if answer == ONCE else "", name)
        made.setAccessibleName(words)
        made.setFocusPolicy(made.focusPolicy().NoFocus)
        made.setShortcut(key)
        made.clicked.connect(lambda: self.decided.emit(self._id, answer))
        return made
