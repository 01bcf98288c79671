"""A packet or package on its way to or from a stick: what it holds, how far it is, what became of it."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QProgressBar, QWidget

from widgets.bits import button, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.look import px
from widgets.views import Tone


class PacketDialog(BaseDialog):
    """Lives while one is written or read. Signals: cancelled() by Esc or the button, once."""

    cancelled = pyqtSignal()

    def __init__(self, title: str, parent: QWidget | None = None, *, can_stop: bool = True) -> None:
        super().__init__("packet", title, parent)
        self.set_title(title)
        self.setMinimumWidth(px(520))
        self._can_stop = can_stop
        self._running = True
        self._what = text(name="packet_what", wrap=True)
        self._bar = QProgressBar()
        self._bar.setObjectName("packet_bar")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(title)
        self._result = text(role="soft", name="packet_result", wrap=True)
        self.add(self._what)
        self.add(self._bar)
        self.add(self._result)
        self._stop = button(self.tr("取消 Esc"), name="packet_stop")
        self._close = button(self.tr("知道了 Enter"), "primary", "packet_close")
        self._stop.clicked.connect(self._cancel)
        self._close.clicked.connect(self.accept)
        self._stop.setVisible(can_stop)
        self._close.hide()
        self.add_buttons(None, self._stop, self._close, default=self._close)
        set_text(self._result, "")

    def set_what(self, words: str) -> None:
        """What the packet holds and where it goes."""
        self._what.setText(words)

    def set_progress(self, done: int, total: int) -> None:
        """How far it is, in whatever unit."""
        self._bar.setValue(round(1000 * min(done, total) / total) if total else 0)

    def set_result(self, title: str, words: str, tone: Tone) -> None:
        """It is over: what became of it and what is to be done now."""
        self._running = False
        self.set_title(title)
        self.setWindowTitle(title)
        self._bar.setVisible(tone is Tone.SUCCESS)
        self._bar.setValue(1000)
        set_text(self._result, words, tone)
        self._stop.hide()
        self._close.show()
        self._close.setFocus()

    def give_up(self) -> None:
        """Close without a result: another dialog goes on with it."""
        self._running = False
        super().reject()

    def _cancel(self) -> None:
        if self._running and self._can_stop and self._stop.isEnabled():
            self._stop.setEnabled(False)
            self.cancelled.emit()

    def reject(self) -> None:
        """Esc: while it runs, stops it; the dialog goes when that is done."""
        if self._running:
            self._cancel()
        else:
            super().reject()
