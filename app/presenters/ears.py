"""Hears what hands do: each key, word and click once, with the widget it met. Changes nothing."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication, QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent
from PyQt6.QtWidgets import QWidget

_ALONE = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)


class Ears(QObject):
    """Each signal comes before the widget itself hears of it.

    pressed(name, text, widget): a key, e.g. "F2", "Ctrl+B"; text is what it would type, or "".
    committed(text, widget): an input method's words. clicked(widget, event): the left button went down.
    """

    pressed = pyqtSignal(str, str, object)
    committed = pyqtSignal(str, object)
    clicked = pyqtSignal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._last: tuple[object, QWidget] | None = None
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def close(self) -> None:
        """Hear no more."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        if not isinstance(a0, QWidget) or a1 is None:
            return False
        kind = a1.type()
        # Every key comes as this first, and goes on to a shortcut or as a key press to the widget.
        if kind == QEvent.Type.ShortcutOverride and isinstance(a1, QKeyEvent):
            if a1.key() not in _ALONE and not self._same((kind, a1.key()), a0):
                self._key(a1, a0)
        elif kind == QEvent.Type.MouseButtonPress and isinstance(a1, QMouseEvent):
            if a1.button() == Qt.MouseButton.LeftButton and not self._same((kind, a1.button()), a0):
                self.clicked.emit(a0, a1)
        elif kind == QEvent.Type.InputMethod and isinstance(a1, QInputMethodEvent):
            if a1.commitString():
                self.committed.emit(a1.commitString(), a0)
        elif kind in (QEvent.Type.KeyRelease, QEvent.Type.MouseButtonRelease):
            self._last = None
        return False

    def _same(self, what: object, widget: QWidget) -> bool:
        """Is this the event of before, offered on to a parent because the child did not want it?"""
        before, self._last = self._last, (what, widget)
        return before is not None and before[0] == what and widget.isAncestorOf(before[1])

    def _key(self, event: QKeyEvent, widget: QWidget) -> None:
        name = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        text = event.text() if plain and event.text().isprintable() else ""
        self.pressed.emit(name, text, widget)
