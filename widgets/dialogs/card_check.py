"""A card read from a picture: each field beside its piece of the card; what does not prove itself is confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt6.QtCore import QElapsedTimer, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from widgets.bits import button, set_icon, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.look import colours, px
from widgets.theme import restyle
from widgets.tokens import TONE_INKS
from widgets.views import Tone
from widgets.views_card import CardFieldView

_LONG = 34
"""Width of a value, in Latin characters, that no longer fits beside what is said of it."""
_WIDE = 290
_ONE_ROW = 110
"""Pixels of a picture above which it shows more than one row of the card."""
TOO_SOON = 250
"""Milliseconds: an Enter that comes sooner was meant for something else, or is the one before, held down."""


class FieldPicture(QWidget):
    """A piece of the card, as large as its room allows."""

    def __init__(self, image: QImage, title: str) -> None:
        super().__init__()
        self._image = image
        self.setFixedSize(_WIDE, 72 if image.height() > _ONE_ROW else 38)
        self.setAccessibleName(self.tr("{0}的图像").format(title))

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(colours().film))
        if self._image.isNull():
            return
        room = QRectF(self.rect()).adjusted(px(3), px(3), -px(3), -px(3))
        # Small print is not blown up beyond twice its pixels: that shows nothing more.
        scale = min(room.width() / self._image.width(), room.height() / self._image.height(), 2.0)
        wide, tall = self._image.width() * scale, self._image.height() * scale
        painter.drawImage(QRectF(room.left(), room.center().y() - tall / 2, wide, tall), self._image)


def _width(value: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in value)


class _Line(QLineEdit):
    """Enter confirms; a key that repeats itself confirms nothing."""

    entered = pyqtSignal()

    def __init__(self, name: str, title: str, value: str) -> None:
        super().__init__(value)
        self.setObjectName(f"card_{name}")
        self.setAccessibleName(title)
        self.setMaxLength(120)
        self.setCursorPosition(0)  # a long value shows its beginning
        self._since = QElapsedTimer()
        self._since.start()

    def focusInEvent(self, a0: QFocusEvent | None) -> None:
        super().focusInEvent(a0)
        self._since.restart()
        self.setCursorPosition(0 if _width(self.text()) > _LONG else len(self.text()))

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not a0.isAutoRepeat() and self._since.elapsed() >= TOO_SOON:
                self.entered.emit()
            a0.accept()
            return
        super().keyPressEvent(a0)


class CardCheckDialog(BaseDialog):
    """Compare with the card itself: Enter confirms a field, and at the end takes all; Esc takes nothing.

    A field may be corrected, or emptied: what is empty is not filled in. Signal: confirmed(values) by name, all fields.
    """

    confirmed = pyqtSignal(object)

    def __init__(self, card: str, fields: Sequence[CardFieldView], parent: QWidget | None = None) -> None:
        """card: its name. fields: in the order of the card, at least one of them not sure."""
        super().__init__("card_check", self.tr("核对证件"), parent)
        self.setMinimumWidth(900)
        self._card = card
        self._fields = tuple(fields)
        self._lines: dict[str, _Line] = {}
        self._marks: dict[str, tuple[QLabel, QLabel]] = {}
        self._done = {field.name for field in fields if field.sure}
        self._faults: dict[str, str] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(2, 1)
        for place, field in enumerate(fields):
            self._add_field(grid, place, field)
        self.add(grid)
        self.add(
            text(
                self.tr("照证件原件核对，看一项按一次 Enter；读错的改正，不填的删空。照片识别不能证明证件真伪。"),
                "soft",
                "card_hint",
                wrap=True,
            )
        )
        leave = button(self.tr("不采用 Esc"), name="card_leave")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        self._take = button(self.tr("确认采用 Enter"), "primary", "card_take")
        self._take.clicked.connect(lambda: self.confirmed.emit(self.values))
        self.add_buttons(None, leave, self._take, default=self._take)
        self._show()
        self._to_next()

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields now."""
        return {name: line.text().strip() for name, line in self._lines.items()}

    @property
    def left(self) -> int:
        """How many fields nobody has confirmed yet."""
        return len(self._fields) - len(self._done)

    def set_faults(self, faults: Mapping[str, str]) -> None:
        """What cannot be true, by field: it has to be looked at again."""
        self._faults = dict(faults)
        self._done -= faults.keys()
        self._show()
        self._to_next()

    def confirm(self, name: str) -> None:
        """The clerk compared this field; on to the next that is open, or to the button."""
        self._done.add(name)
        self._faults.pop(name, None)
        self._show()
        self._to_next()

    def _add_field(self, grid: QGridLayout, place: int, field: CardFieldView) -> None:
        line = self._lines[field.name] = _Line(field.name, field.title, field.value)
        line.entered.connect(lambda: self.confirm(field.name))
        line.textEdited.connect(lambda: self._edited(field.name))
        sign, note = QLabel(), text("", "faint", f"card_note_{field.name}", wrap=True)
        sign.setFixedWidth(20)
        note.setFixedWidth(190)
        self._marks[field.name] = sign, note
        # An address is compared whole: its line takes all the room, what is said of it stands below.
        long, row = _width(field.value) > _LONG, 2 * place
        grid.addWidget(text(field.title, "label"), row, 0, 2, 1)
        grid.addWidget(FieldPicture(field.picture, field.title), row, 1, 2, 1)
        grid.addWidget(line, row, 2, 1 if long else 2, 3 if long else 1)
        grid.addWidget(sign, row + long, 3, 1 if long else 2, 1)
        grid.addWidget(note, row + long, 4, 1 if long else 2, 1)

    def _edited(self, name: str) -> None:
        self._done.discard(name)
        self._faults.pop(name, None)
        self._show()

    def _to_next(self) -> None:
        name = next((field.name for field in self._fields if field.name not in self._done), None)
        target: QWidget = self._lines[name] if name is not None else self._take
        target.setFocus()

    def _show(self) -> None:
        for field in self._fields:
            sign, note = self._marks[field.name]
            fault = self._faults.get(field.name, "")
            done = field.name in self._done
            untouched = self._lines[field.name].text() == field.value
            if fault:
                words, tone, icon = fault, Tone.ERROR, "error"
            elif done:
                words = field.note if field.sure and untouched else self.tr("已核对")
                tone, icon = Tone.SUCCESS, "success"
            else:
                words, tone, icon = (
                    field.note if untouched else self.tr("已改动，按 Enter 确认"),
                    Tone.WARNING,
                    "warning",
                )
            set_text(note, words, tone if tone is not Tone.SUCCESS else Tone.NEUTRAL)
            set_icon(sign, icon, TONE_INKS[tone], 18)
            sign.setAccessibleName(words)
            restyle(self._lines[field.name], tone=tone.value if fault else "")
        self._take.setEnabled(self.left == 0)
        words = self.tr("{0}：还有 {1} 项要核对").format(self._card, self.left)
        self.set_title(
            words if self.left else self.tr("{0}：已核对").format(self._card), self.tr("从照片识别，没有核验真伪")
        )
