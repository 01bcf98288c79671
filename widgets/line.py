"""The line that everything of one value is typed into: light, the same under every hand, safe from the mouse wheel.

A line tells two things apart: `typed` (a character came; drafts are saved) and `committed` (the clerk left the field or
pressed Enter; rules run). Between the two it is busy, and nobody may change its text.
"""

from __future__ import annotations

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PyQt6.QtWidgets import QLineEdit, QWidget

from app.domain.item import Element, ElementType
from app.domain.typing_help import PlainHelp, Reading, TypingHelp
from widgets.i18n import core_words
from widgets.look import colours, px
from widgets.masking import paint_veiled

PLAIN = PlainHelp()
_HINTS = {
    ElementType.DATE: Qt.InputMethodHint.ImhDate,
    ElementType.INTEGER: Qt.InputMethodHint.ImhDigitsOnly,
    ElementType.DECIMAL: Qt.InputMethodHint.ImhFormattedNumbersOnly,
    ElementType.PHONE: Qt.InputMethodHint.ImhDialableCharactersOnly,
    ElementType.ID_NUMBER: Qt.InputMethodHint.ImhUppercaseOnly | Qt.InputMethodHint.ImhLatinOnly,
    ElementType.USCC: Qt.InputMethodHint.ImhUppercaseOnly | Qt.InputMethodHint.ImhLatinOnly,
}
_NOTHING = Reading()
_LETTERS = "ACVXZY"
"""With Ctrl a line's own: all, copy, paste, cut, undo, redo."""


class Editor(QLineEdit):
    """A line for text, numbers and telephone numbers. What is understood of it stands at its right end while typing.

    Signals: typed(); committed(text) once per edit, on Enter or on leaving; entered() after Enter; moved(±1) on ↑ ↓;
    focused() when the cursor comes; picked(n) on Ctrl+1 to Ctrl+9, for the choices that stand below a field.
    """

    typed = pyqtSignal()
    committed = pyqtSignal(str)
    entered = pyqtSignal()
    moved = pyqtSignal(int)
    focused = pyqtSignal()
    picked = pyqtSignal(int)

    def __init__(self, element: Element, parent: QWidget | None = None, help: TypingHelp = PLAIN) -> None:
        super().__init__(parent)
        self._element = element
        self._help = help
        self._touched = False
        self._composing = False
        self._veil = ""
        self._value = ""
        self._reading = _NOTHING
        self._unit = core_words(element.unit)
        self.look_changed()
        if hints := _HINTS.get(element.type):
            self.setInputMethodHints(hints)
        self.textEdited.connect(self._mark_typed)

    def look_changed(self) -> None:
        """Room at the right end of the line, inside it, so that all lines end at one edge."""
        if self._unit:
            self.setTextMargins(0, 0, self.fontMetrics().horizontalAdvance(self._unit) + px(8), 0)

    @property
    def busy(self) -> bool:
        """Is the clerk in the middle of typing here, an input method's composition included?"""
        return self._touched or self._composing

    @property
    def composing(self) -> bool:
        """Is an input method in the middle of a word?"""
        return self._composing

    @property
    def reading(self) -> Reading:
        """What is understood of the text being typed; nothing between two edits."""
        return self._reading

    def put(self, value: str) -> bool:
        """Show a canonical value unless the clerk is typing here. Says whether it was shown."""
        if self.busy:
            return False
        self._value = value
        self._show_value()
        return True

    def show_of(self, value: str) -> str:
        """How a canonical value reads."""
        return value

    def typed_of(self, value: str) -> str:
        """How a canonical value stands in the line while the cursor is in it: without what is only for the eye."""
        return self.show_of(value)

    def value_of(self, shown: str) -> str:
        """What to hand on for what stands in the line."""
        return shown.strip()

    def commit(self) -> None:
        """Hand on what was typed, if anything was."""
        if self._touched and not self._composing:
            self._touched = False
            self._value = self.value()
            self._understand()
            # Also forgets the line's own steps: from here on, taking back is the desk's business.
            at = self.cursorPosition()
            self.setText(self._shown())
            # Handed on while the cursor stays, as a lock does it: it stands where it stood.
            self.setCursorPosition(min(at, len(self.text())))
            self.committed.emit(self._value)

    def value(self) -> str:
        """What would be handed on now, committed or not."""
        return self.value_of(self.text())

    def revert(self) -> bool:
        """Take back what was typed since the last commit. Says whether there was anything."""
        if not self._touched:
            return False
        self._touched = False
        self._understand()
        self.setText(self._shown())
        self.selectAll()
        return True

    def _shown(self) -> str:
        return self.typed_of(self._value) if self.hasFocus() else self.show_of(self._value)

    def _show_value(self) -> None:
        shown = self._shown()
        if shown != self.text():
            self.setText(shown)
            self.setCursorPosition(0)

    def _mark_typed(self) -> None:
        # Taken back to what stood here before: nothing was typed.
        self._touched = self.text() != self.typed_of(self._value)
        self._understand()
        self.typed.emit()

    def _understand(self) -> None:
        before, self._reading = self._reading, _NOTHING
        if self._touched and not self._composing:
            self._reading = self._help.reading(self._element, self.text())
        if self._reading != before:
            self.update()

    def event(self, a0: QEvent | None) -> bool:
        if a0 is not None and a0.type() == QEvent.Type.ToolTip:
            # Only what does not fit needs to be read a second time.
            room = self.width() - px(18) - self.textMargins().right()
            fits = self.fontMetrics().horizontalAdvance(self.text()) <= room
            self.setToolTip("" if fits or self.veiled else self.text())
        if isinstance(a0, QKeyEvent) and a0.type() == QEvent.Type.ShortcutOverride and self._leaves(a0):
            a0.ignore()
            return False
        return super().event(a0)

    def _leaves(self, key: QKeyEvent) -> bool:
        """Does a key belong to the window even while the cursor is here?"""
        if key.matches(QKeySequence.StandardKey.Undo) or key.matches(QKeySequence.StandardKey.Redo):
            # Nothing typed here: Ctrl+Z takes back the desk's last step, not a letter of long ago.
            return not self.busy
        # On X11 a line wants Ctrl+E, Ctrl+K and more of the kind for itself, as Emacs has them.
        letter = Qt.Key.Key_A <= key.key() <= Qt.Key.Key_Z and chr(key.key()) not in _LETTERS
        return letter and key.modifiers() == Qt.KeyboardModifier.ControlModifier

    def set_veil(self, words: str) -> None:
        """Paint these words instead of the text while the cursor is elsewhere; "" shows the text."""
        if words != self._veil:
            self._veil = words
            self.update()

    @property
    def veiled(self) -> bool:
        """Is the text kept out of sight now?"""
        return bool(self._veil) and not self.hasFocus() and not self.busy

    def shown_words(self) -> str:
        """What can be read in the line now."""
        return self._veil if self.veiled else self.text()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        if self.veiled:
            paint_veiled(self, self._veil)
        else:
            super().paintEvent(a0)
        right = px(10)
        if self._unit:  # inside the line, so that all lines end at one edge
            self._write(self._unit, colours().ink_faint, right)
            right = self.textMargins().right() + px(10)
        if self._reading.said:
            words = core_words(self._reading.said)
            metrics = self.fontMetrics()
            right = max(right, self.textMargins().right() + px(10))
            room = self.width() - px(24) - right - metrics.horizontalAdvance(self.text())
            # What finds no room stands in the form's foot.
            if metrics.horizontalAdvance(words) <= room:
                colour = colours().error if self._reading.wrong else colours().ink_faint
                self._write(words, colour, right)

    def _write(self, words: str, colour: str, right: int) -> None:
        painter = QPainter(self)
        painter.setPen(QColor(colour))
        where = self.rect().adjusted(0, 0, -right, 0)
        painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), words)

    def inputMethodEvent(self, a0: QInputMethodEvent | None) -> None:
        super().inputMethodEvent(a0)
        if a0 is not None:
            self._composing = bool(a0.preeditString())

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is None:
            return
        if a0.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            self.entered.emit()
        elif a0.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not a0.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.commit()
            self.moved.emit(-1 if a0.key() == Qt.Key.Key_Up else 1)
        elif a0.key() == Qt.Key.Key_Escape and self.revert():
            pass
        elif a0.modifiers() & Qt.KeyboardModifier.ControlModifier and Qt.Key.Key_1 <= a0.key() <= Qt.Key.Key_9:
            self.picked.emit(a0.key() - Qt.Key.Key_0)
        elif a0.matches(QKeySequence.StandardKey.Copy) and not self.hasSelectedText():
            self._copy_all()
        elif a0.matches(QKeySequence.StandardKey.Paste) and not self.isReadOnly():
            self._paste()
        else:
            super().keyPressEvent(a0)
            return
        a0.accept()

    def _copy_all(self) -> None:
        if (board := QGuiApplication.clipboard()) is not None and self.text():
            board.setText(self.text())

    def _paste(self) -> None:
        """From a spreadsheet or a message come line ends and tabs: one line is wanted, without them at its ends."""
        if (board := QGuiApplication.clipboard()) is not None:
            words = " ".join(board.text().split())
            if words:
                self.insert(words)

    def focusInEvent(self, a0: QFocusEvent | None) -> None:
        selected = self.hasSelectedText()
        super().focusInEvent(a0)
        if not self.busy and self.text() == self.show_of(self._value) != self.typed_of(self._value):
            chosen = self.hasSelectedText() or selected
            self.setText(self.typed_of(self._value))
            if chosen:
                self.selectAll()
        self.focused.emit()

    def focusOutEvent(self, a0: QFocusEvent | None) -> None:
        super().focusOutEvent(a0)
        # A pop-up or another window in front does not end the edit.
        if a0 is not None and a0.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self._composing = False
            self.commit()
            if self.text() == self.typed_of(self._value):
                self._show_value()
