"""Messages to the clerk: what happened and what to do. Errors stay until read, good news goes by itself."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QWidget

from widgets.bits import TONE_ICONS, button, column, row, set_icon, set_text, text
from widgets.theme import restyle
from widgets.tokens import TONE_INKS
from widgets.views import Tone

FADE_MS = 6000


@dataclass(frozen=True, slots=True)
class _Notice:
    tone: Tone
    title: str
    what: str
    todo: str

    @property
    def stays(self) -> bool:
        return self.tone in (Tone.WARNING, Tone.ERROR)


class NoticeBar(QFrame):
    """One message at a time, the newest. Warnings and errors wait behind newer ones until they are dismissed.

    It stands at the bottom of the desk and takes its room from there, so that nothing above it jumps.
    Signals: changed(visible) whenever it appears or goes.
    """

    changed = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None, timer: QTimer | None = None, fade_ms: int = FADE_MS) -> None:
        """timer: fires when a good message has been seen long enough; handed in by tests."""
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAccessibleName(self.tr("消息"))
        self._waiting: list[_Notice] = []
        self._timer = timer or QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(fade_ms)
        self._timer.timeout.connect(self.dismiss)
        self._icon = text()
        self._title = text(role="strong", name="notice_title")
        self._what = text(name="notice_what", wrap=True)
        self._more = text(role="soft", name="notice_more")
        close = button(self.tr("知道了 Esc"), "small", "notice_close")
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.dismiss)
        words = column(self._title, self._what, gap=1)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(12)
        line.addLayout(column(self._icon, None))
        line.addLayout(words, 1)
        line.addLayout(row(self._more, close, gap=12))
        self.setVisible(False)

    def show(self, tone: Tone = Tone.NEUTRAL, title: str = "", what: str = "", todo: str = "") -> None:
        """Show a message. title: a few words. what: what happened. todo: what the clerk can do now.

        Without a title this is QWidget.show.
        """
        if not title:
            super().show()
            return
        new = _Notice(Tone(tone), title, what, todo)
        self._waiting = [n for n in self._waiting if n.stays and n != new]
        self._waiting.append(new)
        self._present()

    def dismiss(self) -> None:
        """Take the message away; an unread warning or error behind it comes forward."""
        if self._waiting:
            self._waiting.pop()
        self._present()

    def clear(self) -> None:
        """Take all messages away, e.g. when the visitor changes."""
        self._waiting.clear()
        self._present()

    def title(self) -> str:
        """The message on show, or ""."""
        return self._waiting[-1].title if self._waiting else ""

    def words(self) -> str:
        """What stands below the title: what happened and what to do."""
        return self._what.text() if self._waiting else ""

    def _present(self) -> None:
        self._timer.stop()
        if not self._waiting:
            self.setVisible(False)
            self.changed.emit(False)
            return
        notice = self._waiting[-1]
        restyle(self, tone=notice.tone)
        set_icon(self._icon, TONE_ICONS[notice.tone], TONE_INKS[notice.tone])
        set_text(self._title, notice.title, notice.tone)
        set_text(self._what, " ".join(part for part in (notice.what, notice.todo) if part))
        others = len(self._waiting) - 1
        set_text(self._more, self.tr("另有 {0} 条").format(others) if others else "")
        self.setAccessibleDescription(" ".join(p for p in (notice.title, notice.what, notice.todo) if p))
        self.setVisible(True)
        self.changed.emit(True)
        if not notice.stays:
            self._timer.start()
