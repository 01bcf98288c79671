"""What a field is typed into. Every editor is a line: light, the same under every hand, safe from the mouse wheel.

An editor tells two things apart: `typed` (a character came; drafts are saved) and `committed` (the clerk left the
field or pressed Enter; rules run). Between the two it is busy, and nobody may change its text.
"""

from __future__ import annotations

import unicodedata

from PyQt6.QtCore import QCoreApplication, QDate, QEvent, QModelIndex, QPointF, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QStandardItem,
    QStandardItemModel,
)
from PyQt6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from app.domain.item import Element, ElementType
from widgets.i18n import core_words
from widgets.look import colours

_ARROW = 20
"""Room for the arrow of a choice, in logical pixels."""
_HINTS = {
    ElementType.DATE: Qt.InputMethodHint.ImhDate,
    ElementType.INTEGER: Qt.InputMethodHint.ImhDigitsOnly,
    ElementType.DECIMAL: Qt.InputMethodHint.ImhFormattedNumbersOnly,
    ElementType.PHONE: Qt.InputMethodHint.ImhDialableCharactersOnly,
    ElementType.ID_NUMBER: Qt.InputMethodHint.ImhUppercaseOnly | Qt.InputMethodHint.ImhLatinOnly,
    ElementType.USCC: Qt.InputMethodHint.ImhUppercaseOnly | Qt.InputMethodHint.ImhLatinOnly,
}


class Editor(QLineEdit):
    """A line for text, numbers and telephone numbers.

    Signals: typed(); committed(text) once per edit, on Enter or on leaving; entered() after Enter; moved(±1) on ↑ ↓;
    focused() when the cursor comes; picked(n) on Ctrl+1 to Ctrl+9, for the choices that stand below a field.
    """

    typed = pyqtSignal()
    committed = pyqtSignal(str)
    entered = pyqtSignal()
    moved = pyqtSignal(int)
    focused = pyqtSignal()
    picked = pyqtSignal(int)

    def __init__(self, element: Element, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._touched = False
        self._composing = False
        self._value = ""
        self._unit = core_words(element.unit)
        if self._unit:
            self.setTextMargins(0, 0, self.fontMetrics().horizontalAdvance(self._unit) + 8, 0)
        if hints := _HINTS.get(element.type):
            self.setInputMethodHints(hints)
        self.textEdited.connect(self._mark_typed)

    @property
    def busy(self) -> bool:
        """Is the clerk in the middle of typing here, an input method's composition included?"""
        return self._touched or self._composing

    @property
    def composing(self) -> bool:
        """Is an input method in the middle of a word?"""
        return self._composing

    def put(self, value: str) -> bool:
        """Show a canonical value unless the clerk is typing here. Says whether it was shown."""
        if self.busy:
            return False
        self._value = value
        shown = self.show_of(value)
        if shown != self.text():
            self.setText(shown)
            self.setCursorPosition(0)
        return True

    def show_of(self, value: str) -> str:
        """How a canonical value reads."""
        return value

    def value_of(self, shown: str) -> str:
        """What to hand on for what stands in the line."""
        return shown.strip()

    def commit(self) -> None:
        """Hand on what was typed, if anything was."""
        if self._touched and not self._composing:
            self._touched = False
            value = self.value()
            if (shown := self.show_of(value)) != self.text():
                self.setText(shown)
            self.committed.emit(value)

    def value(self) -> str:
        """What would be handed on now, committed or not."""
        return self.value_of(self.text())

    def revert(self) -> bool:
        """Take back what was typed since the last commit. Says whether there was anything."""
        if not self._touched:
            return False
        self._touched = False
        self.setText(self.show_of(self._value))
        self.selectAll()
        return True

    def _mark_typed(self) -> None:
        self._touched = True
        self.typed.emit()

    def event(self, a0: QEvent | None) -> bool:
        if a0 is not None and a0.type() == QEvent.Type.ToolTip:
            # Only what does not fit needs to be read a second time.
            fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width() - 18 - self.textMargins().right()
            self.setToolTip("" if fits else self.text())
        return super().event(a0)

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        super().paintEvent(a0)
        if self._unit:  # inside the line, so that all lines end at one edge
            painter = QPainter(self)
            painter.setPen(QColor(colours().ink_faint))
            where = self.rect().adjusted(0, 0, -10, 0)
            painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), self._unit)

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
        else:
            super().keyPressEvent(a0)
            return
        a0.accept()

    def focusInEvent(self, a0: QFocusEvent | None) -> None:
        super().focusInEvent(a0)
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


class DateEditor(Editor):
    """A date typed as digits: 20261201 becomes 2026-12-01. Anything else is handed on as it stands."""

    def __init__(self, element: Element, parent: QWidget | None = None) -> None:
        super().__init__(element, parent)
        self.setPlaceholderText(QCoreApplication.translate("Editors", "年月日，如 20261201"))

    def value_of(self, shown: str) -> str:
        # Full-width digits come from Chinese input methods.
        plain = unicodedata.normalize("NFKC", shown).strip()
        date = QDate.fromString(plain, "yyyyMMdd")
        if len(plain) == 8 and date.isValid():
            return date.toString("yyyy-MM-dd")
        return plain


class _Titles(QCompleter):
    """Offers "code title", matches anywhere in it, and writes the title."""

    def pathFromIndex(self, index: QModelIndex) -> str:
        return str(index.data(ChoiceEditor.TITLE))


class ChoiceEditor(Editor):
    """A choice by code or title. Typing narrows the list; ↓ opens it; Enter takes the marked or only entry.

    Shows titles, hands on codes; what fits no entry is handed on as typed, for the form's rules to judge.
    """

    CODE = Qt.ItemDataRole.UserRole
    TITLE = Qt.ItemDataRole.UserRole + 1

    def __init__(self, element: Element, parent: QWidget | None = None) -> None:
        super().__init__(element, parent)
        self._codes = element.codes
        self._list: _Titles | None = None
        self.setTextMargins(0, 0, _ARROW, 0)

    def set_codes(self, codes: dict[str, str]) -> None:
        """Other choices are allowed now."""
        if codes != self._codes:
            self._codes = codes
            self._list = None
            self.setCompleter(None)
            self.put(self._value)

    def show_of(self, value: str) -> str:
        return self._codes.get(value, value)

    def value_of(self, shown: str) -> str:
        words = unicodedata.normalize("NFKC", shown).strip()
        if words in self._codes or not words:
            return words
        exact = [code for code, title in self._codes.items() if title == words]
        partly = exact or [code for code, title in self._codes.items() if words.lower() in f"{code} {title}".lower()]
        return partly[0] if len(partly) == 1 else words

    def open_list(self) -> None:
        """Show every entry, the present one marked. A locked editor stays shut."""
        if self.isReadOnly():
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        completer = self._completer_made()
        completer.setCompletionPrefix("")
        completer.complete()
        popup = completer.popup()
        if popup is not None:
            code = self.value_of(self.text())
            where = next((i for i, c in enumerate(self._codes) if c == code), 0)
            if (model := completer.completionModel()) is not None:
                popup.setCurrentIndex(model.index(where, 0))

    def is_open(self) -> bool:
        """Is the list on show?"""
        popup = self._list.popup() if self._list else None
        return popup is not None and popup.isVisible()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        super().paintEvent(a0)
        if self.isReadOnly():
            return
        # Drawn, not a button: a form has many, and the keys for it are ↓ and typing.
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours().ink_soft), 1.5))
        x, y = self.width() - 16.0, self.height() / 2
        painter.drawPolyline(QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)]))

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None and a0.position().x() >= self.width() - _ARROW - 8:
            self.open_list()
            a0.accept()
            return
        super().mousePressEvent(a0)

    def focusInEvent(self, a0: QFocusEvent | None) -> None:
        self._completer_made()
        super().focusInEvent(a0)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is None:
            return
        if a0.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.is_open():
            self._take_marked()
        if a0.key() == Qt.Key.Key_Down and not self.is_open() and not self.isReadOnly():
            self.open_list()
            a0.accept()
            return
        if a0.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.is_open():
            a0.ignore()  # the list's own
            return
        super().keyPressEvent(a0)

    def _completer_made(self) -> _Titles:
        # Built when first needed: a form of forty fields opens faster without forty lists.
        if self._list is None:
            model = QStandardItemModel(self)
            for code, title in self._codes.items():
                entry = QStandardItem(f"{code}　{title}")
                entry.setData(code, self.CODE)
                entry.setData(title, self.TITLE)
                model.appendRow(entry)
            self._list = _Titles(model, self)
            self._list.setFilterMode(Qt.MatchFlag.MatchContains)
            self._list.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self._list.setMaxVisibleItems(10)
            popup = QListView()
            popup.setObjectName("popup")
            popup.setAccessibleName(self.accessibleName())
            self._list.setPopup(popup)
            self._list.activated[QModelIndex].connect(self._taken)
            self.setCompleter(self._list)
        return self._list

    def _taken(self, index: QModelIndex) -> None:
        self.setText(str(index.data(self.TITLE)))
        self._touched = True
        self.commit()

    def _take_marked(self) -> None:
        completer = self._completer_made()
        popup, model = completer.popup(), completer.completionModel()
        if popup is None or model is None:
            return
        index = popup.currentIndex() if popup.currentIndex().isValid() else model.index(0, 0)
        popup.hide()
        if index.isValid():
            self.setText(str(index.data(self.TITLE)))
            self._touched = True


def make_editor(element: Element, parent: QWidget | None = None) -> Editor:
    """The editor for a data element's type."""
    kind = {ElementType.DATE: DateEditor, ElementType.CHOICE: ChoiceEditor}.get(element.type, Editor)
    return kind(element, parent)
