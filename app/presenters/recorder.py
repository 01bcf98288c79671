"""Turns a trainer's own clicks and keys into a lesson: widgets by name, never by place on the screen."""

from __future__ import annotations

import datetime as dt

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QMouseEvent
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from app.demo.conditions import CONDITIONS
from app.demo.recording import Recording
from app.demo.scenario import Action, Step
from app.domain.clock import shanghai
from app.domain.material import MaterialStatus
from app.presenters.ears import Ears
from app.presenters.player_conditions import Conditions
from app.presenters.screen import Screen
from widgets.actions import actions
from widgets.editors import DateEditor

_ACTIVE = (QAbstractButton, QLineEdit, QAbstractItemView, QComboBox, QAbstractSpinBox, QTextEdit, QPlainTextEdit)
_TYPED_INTO = (QLineEdit, QAbstractSpinBox, QTextEdit, QPlainTextEdit)
SETTLED = (MaterialStatus.CAPTURED, MaterialStatus.TOLERATED, MaterialStatus.PROMISED)
"""What a clerk does about a material; the rest comes about by itself."""
_NOT_WORK = ("lesson_bar", "coach")
"""What belongs to the lesson itself: its own buttons are no part of what is recorded."""
_NOT_WORK_KEYS = ("Ctrl+Shift+H", "Ctrl+Shift+N", "Ctrl+Shift+E", "Ctrl+Shift+Y", "Ctrl+Shift+R")


class Recorder(QObject):
    """Listens from `start` to `stop`. left_out: clicks that could not be told by name."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._conditions = Conditions(screen)
        self._ears = Ears(self)
        self._recording = Recording()
        self._typing_in: QWidget | None = None
        self._names: dict[str, str] = {}
        self.left_out = 0

    @property
    def empty(self) -> bool:
        """Has nothing been done yet?"""
        return self._recording.empty

    def start(self) -> None:
        """From now on everything counts. The visit should be empty: the lesson will begin with an empty window."""
        self._recording.begin(self._now())
        self._ears.pressed.connect(self._pressed)
        self._ears.committed.connect(self._committed)
        self._ears.clicked.connect(self._clicked)

    def stop(self) -> tuple[Step, ...]:
        """The steps so far; nothing more is heard."""
        self._ears.close()
        self._end_word()
        return self._recording.finish(self._now(), self._step_title)

    def _now(self) -> frozenset[str]:
        """Which conditions hold: the plain ones, and how each material and field stands."""
        held = {name for name, words in CONDITIONS.items() if not words and self._conditions.holds(name)}
        for material in self._screen.desk.visit.checklist.materials:
            if material.status in SETTLED:
                held.add(f"material {material.use.id} {material.status}")
        dialog = QApplication.activeModalWidget()
        if dialog is not None and dialog.objectName():
            held.add(f"dialog {dialog.objectName()}")
        return frozenset(held)

    def _act(self, action: Action) -> None:
        self._recording.act(action, self._now())

    def _pressed(self, name: str, text: str, widget: QWidget) -> None:
        if name in _NOT_WORK_KEYS or _of_the_lesson(widget):
            return
        if text and _takes_text(widget):
            self._word(text, widget)
        elif name == "Backspace" and _takes_text(widget) and self._typing_in is widget and self._recording.erase():
            return
        else:
            self._end_word()
            self._act(Action("key", name))

    def _committed(self, text: str, widget: QWidget) -> None:
        if not _of_the_lesson(widget):
            self._word(text, widget)

    def _word(self, text: str, widget: QWidget) -> None:
        if self._typing_in is not widget:
            self._end_word()
        self._typing_in = widget
        self._act(Action("type", text))

    def _end_word(self) -> None:
        """A word is complete. A day of our time becomes a day from today, so that the lesson does not grow old."""
        if isinstance(self._typing_in, DateEditor):
            self._recording.rewrite(self._from_today)
        self._typing_in = None

    def _from_today(self, text: str) -> str:
        try:
            day = dt.datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            return text
        days = (day - shanghai(self._screen.station.clock.now()).date()).days
        return f"today{days:+d}" if abs(days) < 3660 else text

    def _clicked(self, widget: QWidget, event: QMouseEvent) -> None:
        if _of_the_lesson(widget):
            return
        self._end_word()
        target = _active(widget)
        if target is None:
            self.left_out += 1 if _looks_active(widget) else 0
            return
        self._names[target.objectName()] = target.accessibleName()
        wanted: dict[str, object] = {"widget": target.objectName()}
        top = target.window() or target
        same = [one for one in top.findChildren(QWidget, target.objectName()) if one.isVisible()]
        if target in same and same.index(target) > 0:
            wanted["nth"] = same.index(target) + 1
        if isinstance(target, QAbstractItemView):
            index = target.indexAt(event.position().toPoint())
            if not index.isValid():
                return
            wanted["item"] = str(index.data() or "")
        self._act(Action("click", wanted if len(wanted) > 1 else target.objectName()))

    def _step_title(self, done: tuple[Action, ...]) -> str:
        """A step's title from its first key or button, in the language in force."""
        words = {action.key: action.words for action in actions()}
        words |= {f"step_{action.id}": action.words for action in actions()}
        for action in done:
            if action.verb in ("key", "click") and isinstance(action.argument, str) and action.argument in words:
                return words[action.argument]
        if any(action.verb == "type" for action in done):
            return self.tr("填写")
        first = done[0]
        if first.verb == "key":
            return self.tr("按 {0}").format(first.argument)
        argument = first.argument
        name = argument["widget"] if isinstance(argument, dict) else argument
        return self.tr("点“{0}”").format(self._names.get(str(name)) or name)


def _of_the_lesson(widget: QWidget | None) -> bool:
    while widget is not None:
        if widget.objectName() in _NOT_WORK:
            return True
        widget = widget.parentWidget()
    return False


def _takes_text(widget: QWidget) -> bool:
    """Do letters go into a text here? A list that pops up below a field hands them on to it."""
    return isinstance(widget, _TYPED_INTO) or widget.window() is QApplication.activePopupWidget()


def _active(widget: QWidget | None) -> QWidget | None:
    """The named thing that a click here works on; None when there is none."""
    while widget is not None and not widget.isWindow():
        if isinstance(widget, _ACTIVE):
            return widget if widget.objectName() and not widget.objectName().startswith("qt_") else None
        widget = widget.parentWidget()
    return None


def _looks_active(widget: QWidget | None) -> bool:
    while widget is not None:
        if isinstance(widget, _ACTIVE):
            return True
        widget = widget.parentWidget()
    return False
