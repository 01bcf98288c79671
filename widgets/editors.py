"""What a field is typed into, by the type of its element. All are lines (widgets.line)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from PyQt6.QtCore import QCoreApplication, QDate, QPointF, Qt
from PyQt6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import QWidget

from app.domain.item import Element, ElementType
from app.domain.typing_help import PLACE, Suggestion, TypingHelp
from widgets.line import PLAIN, Editor
from widgets.look import colours, px
from widgets.suggest_list import MOST_ROWS, SuggestList

__all__ = ["ChoiceEditor", "DateEditor", "Editor", "PlaceEditor", "SuggestEditor", "make_editor"]

_ARROW = 20
"""Room for the arrow of a choice, in logical pixels."""


class DateEditor(Editor):
    """A date typed as digits: 20261201 becomes 2026-12-01. Anything else is handed on as it stands."""

    def __init__(self, element: Element, parent: QWidget | None = None, help: TypingHelp = PLAIN) -> None:
        super().__init__(element, parent, help)
        self.setPlaceholderText(QCoreApplication.translate("Editors", "年月日，如 20261201"))

    def value_of(self, shown: str) -> str:
        # Full-width digits come from Chinese input methods.
        plain = unicodedata.normalize("NFKC", shown).strip()
        date = QDate.fromString(plain, "yyyyMMdd")
        if len(plain) == 8 and date.isValid():
            return date.toString("yyyy-MM-dd")
        return plain


class PhoneEditor(Editor):
    """A telephone number; a mobile one reads in the groups in which it is said: 138 5720 0011."""

    def show_of(self, value: str) -> str:
        return f"{value[:3]} {value[3:7]} {value[7:]}" if re.fullmatch(r"1\d{10}", value) else value

    def typed_of(self, value: str) -> str:
        return value

    def value_of(self, shown: str) -> str:
        plain = shown.strip()
        return plain.replace(" ", "") if re.fullmatch(r"[\d ]+", plain) else plain


class NumberEditor(Editor):
    """A number; from five digits on (2026 is a year) it reads in groups: 12,345.5."""

    def show_of(self, value: str) -> str:
        found = re.fullmatch(r"(-?\d{5,15})(\.\d+)?", value)
        return f"{int(found[1]):,}{found[2] or ''}" if found else value

    def typed_of(self, value: str) -> str:
        return value

    def value_of(self, shown: str) -> str:
        plain = shown.strip()
        return plain.replace(",", "") if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", plain) else plain


class SuggestEditor(Editor):
    """A line with a list under it. Typing opens it, ↓ too; ↑ ↓ mark, Enter takes, Esc leaves it."""

    def __init__(self, element: Element, parent: QWidget | None = None, help: TypingHelp = PLAIN) -> None:
        super().__init__(element, parent, help)
        self.leads_down = False
        """Does ↓ leave the line, because values wait below it for a choice? The list then opens by typing."""
        self._list: SuggestList | None = None
        self.textEdited.connect(self._suggest)

    def suggestions(self, text: str) -> Sequence[Suggestion]:
        """What may be meant by a text; all there is for ""."""
        raise NotImplementedError

    def take(self, entry: Suggestion) -> None:
        """Put an entry into the line."""
        self.setText(self.typed_of(entry.value))
        self._touched = self.value() != self._value
        self._understand()

    def is_open(self) -> bool:
        """Is the list on show?"""
        return self._list is not None and self._list.isVisible()

    def open_list(self) -> None:
        """Show every entry, the present one marked. A locked editor stays shut."""
        if self.isReadOnly():
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        entries = self.suggestions("")
        now = self.value()
        self._offer(entries, next((at for at, entry in enumerate(entries) if entry.value == now), 0))

    def close_list(self) -> None:
        """Hide the list; the text stays."""
        if self._list is not None:
            self._list.hide()

    def entries(self) -> tuple[Suggestion, ...]:
        """What the open list offers."""
        return self._list.entries.entries if self._list is not None and self.is_open() else ()

    def marked(self) -> Suggestion | None:
        """What Enter would take."""
        return self._list.current() if self._list is not None and self.is_open() else None

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is None:
            return
        key = a0.key()
        if self.is_open() and self._list is not None:
            steps = {
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_PageUp: 1 - MOST_ROWS,
                Qt.Key.Key_PageDown: MOST_ROWS - 1,
            }
            if key in steps:
                self._list.step(steps[Qt.Key(key)])
                a0.accept()
                return
            if key == Qt.Key.Key_Escape:
                self.close_list()
                a0.accept()
                return
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._enter():
                a0.accept()
                return
        elif (
            key == Qt.Key.Key_Down
            and not self.leads_down
            and not self.isReadOnly()
            and not a0.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.open_list()
            if self.is_open():
                a0.accept()
                return
        super().keyPressEvent(a0)

    def focusOutEvent(self, a0: QFocusEvent | None) -> None:
        self.close_list()
        super().focusOutEvent(a0)

    def _enter(self) -> bool:
        """Enter in the open list: take what is marked. Says whether the cursor stays here."""
        entry = self.marked()
        self.close_list()
        if entry is not None:
            self.take(entry)
        return False

    def _suggest(self, text: str) -> None:
        entries = self.suggestions(text) if text.strip() else ()
        self._offer(entries, 0 if entries else -1)

    def _offer(self, entries: Sequence[Suggestion], marked: int) -> None:
        # Made when first needed: a form of forty fields opens faster without forty lists.
        if self._list is None:
            if not entries:
                return
            self._list = SuggestList(self)
            self._list.setAccessibleName(self.accessibleName())
            self._list.taken.connect(self._clicked)
        self._list.offer(entries, marked)

    def _clicked(self, entry: Suggestion) -> None:
        self.close_list()
        self.take(entry)
        self.commit()


class ChoiceEditor(SuggestEditor):
    """A choice by code, title, pinyin or initials. Shows titles, hands on codes.

    What fits no entry, or several, is handed on as typed, for the form's rules to judge.
    """

    def __init__(self, element: Element, parent: QWidget | None = None, help: TypingHelp = PLAIN) -> None:
        super().__init__(element, parent, help)
        self._codes = element.codes

    def look_changed(self) -> None:
        """Room for the arrow."""
        self.setTextMargins(0, 0, px(_ARROW), 0)

    def set_codes(self, codes: dict[str, str]) -> None:
        """Other choices are allowed now."""
        if codes != self._codes:
            self._codes = codes
            self.close_list()
            self.put(self._value)

    def suggestions(self, text: str) -> Sequence[Suggestion]:
        return self._help.choices(self._codes, text)

    def show_of(self, value: str) -> str:
        return self._codes.get(value, value)

    def value_of(self, shown: str) -> str:
        words = unicodedata.normalize("NFKC", shown).strip()
        if words in self._codes or not words:
            return words
        found = self._help.choices(self._codes, words)
        sure = [entry for entry in found if entry.exact] or (list(found) if len(found) == 1 else [])
        return sure[0].value if sure else words

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        super().paintEvent(a0)
        if self.isReadOnly():
            return
        # Drawn, not a button: a form has many, and the keys for it are ↓ and typing.
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours().ink_soft), 1.5))
        x, y, wide, high = self.width() - px(16.0), self.height() / 2, px(4), px(2)
        painter.drawPolyline(
            QPolygonF([QPointF(x - wide, y - high), QPointF(x, y + high), QPointF(x + wide, y - high)])
        )

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None and a0.position().x() >= self.width() - px(_ARROW + 8):
            if self.is_open():
                self.close_list()
            else:
                self.open_list()
            a0.accept()
            return
        super().mousePressEvent(a0)


class PlaceEditor(SuggestEditor):
    """An address. Divisions narrow it step by step, by characters or pinyin; any text may follow or stand instead."""

    def __init__(self, element: Element, parent: QWidget | None = None, help: TypingHelp = PLAIN) -> None:
        super().__init__(element, parent, help)
        self.setPlaceholderText(QCoreApplication.translate("Editors", "如“吴兴 月河”或 wx yh，↓ 列出常用"))

    def suggestions(self, text: str) -> Sequence[Suggestion]:
        return self._help.places(text)

    def take(self, entry: Suggestion) -> None:
        super().take(entry)
        self.setCursorPosition(len(self.text()))

    def open_list(self) -> None:
        """Show where an address may begin, or how this one may go on."""
        if self.isReadOnly():
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer(self.suggestions(self.text()), 0)

    def _suggest(self, text: str) -> None:
        entries = self.suggestions(text) if text.strip() else ()
        # Only what was begun is taken by Enter; after a whole division Enter means: that is all.
        self._offer(entries, 0 if entries and entries[0].marks and entries[0].value != text else -1)

    def _enter(self) -> bool:
        entry = self.marked()
        super()._enter()
        if entry is None:
            return False
        if entry.more:  # on to its parts
            self.typed.emit()
            self._offer(self.suggestions(entry.value), -1)
        return True


def make_editor(element: Element, parent: QWidget | None = None, help: TypingHelp = PLAIN) -> Editor:
    """The editor for a data element."""
    kinds: dict[ElementType, type[Editor]] = {
        ElementType.DATE: DateEditor,
        ElementType.CHOICE: ChoiceEditor,
        ElementType.PHONE: PhoneEditor,
        ElementType.INTEGER: NumberEditor,
        ElementType.DECIMAL: NumberEditor,
    }
    kind = PlaceEditor if element.schema.get(PLACE) else kinds.get(element.type, Editor)
    return kind(element, parent, help)
