"""Sources that disagree, beside each other under their field, and the clerk's choice between them."""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher

from PyQt6.QtCore import QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QFontMetrics, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from app.domain.fact import Fact, SourceKind
from widgets.bits import text
from widgets.crop import Crop
from widgets.i18n import core_words
from widgets.icons import pixmap
from widgets.look import colours, px
from widgets.sources import source_words
from widgets.views import Tone

_HEIGHT = 46
_BESIDE_FROM = 420
"""Pixels of width from which two values stand beside each other; below, one under the other."""


class RivalCard(QPushButton):
    """One value and who says so; where it differs from the value in force is marked. Signals: stepped(±1); back()."""

    stepped = pyqtSignal(int)
    back = pyqtSignal()

    def __init__(self, fact: Fact, shown: str, against: str, current: bool, number: int) -> None:
        # What was read off a page is judged by its crop and its percentage; the paper's name stands in the tooltip.
        label = fact.source.ref if fact.source.kind is SourceKind.CAPTURE else core_words(fact.source.label)
        # One word for those who cannot see the two lines.
        super().__init__()
        self.setText(self.tr("{0}（{1}）").format(shown, label))
        self.fact = fact
        self._shown = shown
        self._told = source_words(fact)
        self._marks = frozenset() if current else differences(shown, against)
        self._current = current
        self.setProperty("kind", "choice")
        self.setProperty("current", "true" if current else "false")
        self.setAccessibleName(self.text())
        self.setToolTip(self.tr("{0}　{1}　Ctrl+{2}").format(shown, self._told, number))
        self.setAutoDefault(True)
        self.setMinimumWidth(60)
        self.setFixedHeight(_HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(px(160), px(_HEIGHT))

    def whole_width(self) -> int:
        """Pixels that the value needs to be read whole."""
        font = QFont(self.font())
        font.setPixelSize(px(14))
        font.setBold(True)
        return QFontMetrics(font).horizontalAdvance(self._shown) + px(40)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is None:
            return
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
        if a0.key() in steps and not a0.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.stepped.emit(steps[Qt.Key(a0.key())])
        elif a0.key() == Qt.Key.Key_Escape:
            self.back.emit()
        elif a0.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(a0)
            return
        a0.accept()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        sign = "radio-on" if self._current else "radio-off"
        picture = pixmap(
            sign, px(16), colours().accent if self._current else colours().ink_soft, self.devicePixelRatioF()
        )
        painter.drawPixmap(px(8), px(7), picture)
        room = QRect(px(30), px(3), self.width() - px(38), px(21))
        self._write_value(painter, room)
        font = QFont(self.font())
        font.setPixelSize(px(12))
        painter.setFont(font)
        painter.setPen(QColor(colours().ink_faint))
        below = room.translated(0, px(19))
        words = QFontMetrics(font).elidedText(self._told, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _write_value(self, painter: QPainter, room: QRect) -> None:
        plain, strong = QFont(self.font()), QFont(self.font())
        for font in (plain, strong):
            font.setPixelSize(px(14))
        strong.setUnderline(True)
        strong.setBold(True)
        metrics = QFontMetrics(strong)
        words = metrics.elidedText(self._shown, Qt.TextElideMode.ElideRight, room.width())
        x = room.left()
        for at, char in enumerate(words):
            marked = at in self._marks
            painter.setFont(strong if marked else plain)
            painter.setPen(QColor(colours().warning if marked else colours().ink))
            painter.drawText(
                QRect(x, room.top(), room.width(), room.height()), int(Qt.AlignmentFlag.AlignVCenter), char
            )
            x += QFontMetrics(strong if marked else plain).horizontalAdvance(char)


class RivalBox(QWidget):
    """The cards of one field, the one in force first. ↑ ↓ ← → mark, Enter takes, Esc goes back to the field.

    Signals: settled(Fact, reason); back(); left(±1) past either end.
    """

    settled = pyqtSignal(object, str)
    back = pyqtSignal()
    left = pyqtSignal(int)

    def __init__(
        self,
        key: str,
        facts: tuple[Fact, ...],
        current: Fact | None,
        disagree: bool,
        show_of: Callable[[str], str],
        words: str = "",
        crop: QImage | None = None,
    ) -> None:
        """words: instead of the usual invitation. crop: the piece of a page on which the value was read."""
        super().__init__()
        self.setObjectName(f"rivals_{key}")
        usual = (
            self.tr("来源不一致：↓ 选择，Enter 采用") if disagree else self.tr("以前填过：↓ 选择，核对后 Enter 采用")
        )
        words = words or usual
        self.setAccessibleName(words)
        against = show_of(current.value) if current is not None else ""
        self.cards: list[RivalCard] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self._columns = 0
        for number, fact in enumerate(facts, 1):
            card = RivalCard(fact, show_of(fact.value), against, fact is current, number)
            card.setObjectName(f"take_{key}")
            card.clicked.connect(lambda _=False, fact=fact: self.settled.emit(fact, self.reason.text().strip()))
            card.stepped.connect(lambda by, at=number - 1: self._step(at + by))
            card.back.connect(self.back)
            self.cards.append(card)
        self.reason = QLineEdit()
        self.reason.setObjectName(f"reason_{key}")
        self.reason.setPlaceholderText(self.tr("理由（可不填），如已核对原件"))
        self.reason.setAccessibleName(self.tr("采用理由"))
        self.reason.setMaxLength(100)
        self._last = min(1, len(self.cards) - 1)
        self.reason.returnPressed.connect(lambda: self.cards[self._last].click())
        head = text(words, "faint", wrap=True)
        if disagree:
            head.setProperty("tone", Tone.WARNING.value)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(head)
        if crop is not None and not crop.isNull():
            shown = Crop(crop)
            shown.setObjectName(f"crop_{key}")
            shown.setAccessibleName(self.tr("材料上的原样"))
            inside.addWidget(shown)
        inside.addLayout(self._grid)
        inside.addWidget(self.reason)
        if not disagree:
            self.reason.hide()
        self._arrange(1)

    def enter(self, from_below: bool = False) -> None:
        """Put the cursor on the first value that is not in force, or, from below, on the last."""
        at = len(self.cards) - 1 if from_below else next((i for i, c in enumerate(self.cards) if not c._current), 0)
        self._step(at)

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        # Beside each other only where both can be read whole; one under the other they compare as well.
        fits = all(card.whole_width() <= (self.width() - 6) // 2 for card in self.cards)
        self._arrange(2 if self.width() >= _BESIDE_FROM and fits else 1)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        # What the reason's line leaves over.
        if a0 is not None and a0.key() == Qt.Key.Key_Escape:
            self.back.emit()
        elif a0 is not None and a0.key() == Qt.Key.Key_Up:
            self._step(len(self.cards) - 1)
        elif a0 is not None and a0.key() == Qt.Key.Key_Down:
            self.left.emit(1)
        else:
            super().keyPressEvent(a0)
            return
        a0.accept()

    def _step(self, to: int) -> None:
        if to < 0:
            self.back.emit()
        elif to < len(self.cards):
            self._last = to
            self.cards[to].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not self.reason.isHidden():
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.left.emit(1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, at // columns, at % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def differences(shown: str, against: str, common: float = 0.5) -> frozenset[int]:
    """The places in which a text says something else. Two that have less than `common` in common are not marked: all
    differs."""
    found = SequenceMatcher(None, against, shown, autojunk=False)
    if not against or found.ratio() < common:
        return frozenset()
    return frozenset(
        at for tag, _, _, start, end in found.get_opcodes() if tag in ("replace", "insert") for at in range(start, end)
    )
