"""The bar of a lesson, above the status bar in demo mode: which lesson, how far, how long, and the ways out."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from widgets.bits import ElidedLabel, badge, button, text
from widgets.theme import restyle
from widgets.views import Tone


class LessonBar(QWidget):
    """Signals: hints_wanted(on), restart_wanted(), end_wanted(). Its buttons never take the focus from the work."""

    hints_wanted = pyqtSignal(bool)
    restart_wanted = pyqtSignal()
    end_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson_bar")
        self.setAccessibleName(self.tr("课程"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(32)
        self._kind = badge("")
        self._kind.setObjectName("lesson_kind")
        self._title = ElidedLabel(role="strong")
        self._title.setObjectName("lesson_title")
        self._step = text(role="soft", name="lesson_step")
        self._time = text(role="soft", name="lesson_time")
        self._hints = self._button("", "lesson_hints", "Ctrl+Shift+H")
        self._hints.clicked.connect(lambda: self.hints_wanted.emit(not self._on))
        self._restart = self._button(self.tr("从头再来"), "lesson_restart", "Ctrl+Shift+N")
        self._restart.clicked.connect(self.restart_wanted)
        self._end = self._button(self.tr("结束"), "lesson_end", "Ctrl+Shift+E")
        self._end.clicked.connect(self.end_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 0, 12, 0)
        line.setSpacing(10)
        for part in (self._kind, self._title, self._step, self._time, self._hints, self._restart, self._end):
            line.addWidget(part, 1 if part is self._title else 0)
        self._on = True
        self.set_hints(True)

    def _button(self, words: str, name: str, key: str) -> QPushButton:
        made = button("", "small", name)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setShortcut(key)
        self._name(made, words)
        return made

    @staticmethod
    def _name(made: QPushButton, words: str) -> None:
        key = made.shortcut()
        made.setText(f"{words} {key.toString()}")
        made.setAccessibleName(words)
        made.setShortcut(key)  # a new text takes a button's shortcut away

    def set_lesson(self, kind: str, tone: Tone, title: str, end: str) -> None:
        """kind: 练习, 考核 … with its tone. end: what the last button says, e.g. 结束 or 停止录制."""
        self._kind.setText(kind)
        restyle(self._kind, tone=tone)
        self._title.setText(title)
        self._name(self._end, end)

    def offer(self, *, hints: bool, restart: bool) -> None:
        """Which of its buttons make sense: an examination has no hints, a recording no second beginning."""
        self._hints.setVisible(hints)
        self._restart.setVisible(restart)

    def set_hints(self, on: bool) -> None:
        """Are hints on?"""
        self._on = on
        self._name(self._hints, self.tr("关提示") if on else self.tr("开提示"))

    def set_step(self, words: str) -> None:
        """How far, e.g. 第 3/12 步 选事项."""
        self._step.setText(words)

    def set_time(self, words: str) -> None:
        """How long, e.g. 1:05 / 6:00."""
        self._time.setText(words)
