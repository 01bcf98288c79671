"""Small parts that several panels share."""

from __future__ import annotations

from typing import TypeVar

from PyQt6.QtCore import QEvent, QSize, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShortcutEvent
from PyQt6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from widgets.look import px
from widgets.theme import SIGN, draw_sign, restyle
from widgets.tokens import TONE_INKS
from widgets.tone import Tone

Box = TypeVar("Box", QHBoxLayout, QVBoxLayout)

TONE_ICONS = {
    Tone.NEUTRAL: "info",
    Tone.INFO: "info",
    Tone.SUCCESS: "success",
    Tone.WARNING: "warning",
    Tone.ERROR: "error",
}


def text(words: str = "", role: str = "", name: str = "", wrap: bool = False) -> QLabel:
    """A label in one of the style sheet's roles. Words are shown as they are, never read as markup."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    if name:
        label.setObjectName(name)
    label.setWordWrap(wrap)
    return label


def badge(words: str, tone: Tone = Tone.NEUTRAL) -> QLabel:
    """A state in words on a soft ground."""
    label = text(words, "badge")
    label.setProperty("tone", Tone(tone).value)
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return label


def key_cap(words: str) -> QLabel:
    """A key as it looks on the keyboard."""
    label = text(words, "key")
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return label


def tone_icon(tone: Tone, size: int = 20) -> QLabel:
    """The sign of a tone."""
    label = QLabel()
    set_icon(label, TONE_ICONS[tone], TONE_INKS[tone], size)
    return label


def set_icon(label: QLabel, name: str, ink: str, size: int = 20) -> None:
    """Show an icon on a label. ink: a colour token. size: at 100 %. The label follows theme and scale (`draw_sign`)."""
    label.setProperty(SIGN, (name, ink, size))
    draw_sign(label)


def set_text(label: QLabel, words: str, tone: Tone | None = None) -> None:
    """Set a label's words and tone; a label without words takes no room."""
    label.setText(words)
    label.setVisible(bool(words))
    if tone is not None:
        restyle(label, tone=tone)


def _pressed_by_its_key(made: QAbstractButton, event: QEvent | None) -> bool:
    """Press it now if its own key asks for it.

    Qt holds a button down for a tenth of a second and acts only then: a key typed meanwhile acted first or was lost
    (Alt+2, Alt+C: no camera; Alt+2, Enter: the way to pay of before), and the same key a second time was swallowed.
    As with Qt the focus goes to what can be chosen, before its choice may send it on.
    """
    if not isinstance(event, QShortcutEvent) or event.isAmbiguous() or event.key() != made.shortcut():
        return False
    if made.isCheckable() and made.focusPolicy() & Qt.FocusPolicy.ClickFocus:
        made.setFocus()
    made.click()
    return True


class KeyedButton(QPushButton):
    """A push button whose shortcut acts at once."""

    def event(self, e: QEvent | None) -> bool:
        return _pressed_by_its_key(self, e) or super().event(e)


class KeyedTick(QCheckBox):
    """A box to tick whose shortcut acts at once."""

    def event(self, e: QEvent | None) -> bool:
        return _pressed_by_its_key(self, e) or super().event(e)


def button(words: str, kind: str = "", name: str = "") -> QPushButton:
    """A push button of one of the style sheet's kinds; its shortcut acts at once."""
    result = KeyedButton(words)
    result.setAutoDefault(False)
    if kind:
        result.setProperty("kind", kind)
    if name:
        result.setObjectName(name)
    if words:
        result.setAccessibleName(words)
    return result


def name_clear_button(line: QLineEdit, words: str) -> None:
    """Give a line its button to empty it, with a name: Qt's own has none, and a screen reader would say "button"."""
    line.setClearButtonEnabled(True)
    for made in line.findChildren(QToolButton):
        made.setAccessibleName(words)
        made.setToolTip(words)


def rule() -> QFrame:
    """A hairline."""
    line = QFrame()
    line.setProperty("role", "rule")
    return line


def row(*parts: QWidget | QLayout | None, gap: int = 8) -> QHBoxLayout:
    """Parts side by side without margins; None is a stretch."""
    return _filled(QHBoxLayout(), parts, gap)


def column(*parts: QWidget | QLayout | None, gap: int = 8) -> QVBoxLayout:
    """Parts below each other without margins; None is a stretch."""
    return _filled(QVBoxLayout(), parts, gap)


def _filled(box: Box, parts: tuple[QWidget | QLayout | None, ...], gap: int) -> Box:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, QWidget):
            box.addWidget(part)
        else:
            box.addLayout(part)
    return box


def drop(widget: QWidget) -> None:
    """Let a widget go. It may be the one whose click asked for this, so it lives until the event is over."""
    widget.hide()
    widget.setObjectName("")
    widget.deleteLater()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            drop(widget)
        elif (inner := item.layout()) is not None:
            clear(inner)


class Panel(QFrame):
    """A white surface with a hairline around it."""

    def __init__(self, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setProperty("role", "panel")


class ElidedLabel(QLabel):
    """One line that ends in … where it does not fit; the whole text is its tooltip then."""

    def __init__(self, words: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(24), super().minimumSizeHint().height())

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._tell()

    def setText(self, a0: str | None) -> None:
        super().setText(a0)
        self._tell()

    def _tell(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
        self.setToolTip("" if fits else self.text())

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        painter.drawText(self.contentsRect(), int(Qt.AlignmentFlag.AlignVCenter), words)
