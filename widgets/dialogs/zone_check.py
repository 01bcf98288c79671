"""Characters of a machine-readable zone that could not be read: each with its picture, confirmed by key."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from widgets.bits import button, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.look import colours, px
from widgets.theme import restyle
from widgets.views import Tone
from widgets.views_zone import DoubtView

_CHARS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<")
_BLANK = "□"
_SAME_KEY = (0xFF0C, 0x300A)
"""What the key of < gives under a Chinese input method: the wide comma and bracket."""
_MARK = "#F2B84B"
"""The warning tone on a picture, in every theme, as on the camera's own (widgets.preview)."""
_MOST = 4
"""Candidates that are shown; any other character can be typed all the same."""


class ZoneLines(QWidget):
    """The lines as read; what is doubtful stands out, what is not yet confirmed is an empty box."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("zone_lines")
        self.lines: tuple[str, ...] = ()
        self.doubtful: frozenset[tuple[int, int]] = frozenset()
        self.current: tuple[int, int] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(
        self, lines: tuple[str, ...], doubtful: frozenset[tuple[int, int]], current: tuple[int, int] | None
    ) -> None:
        self.lines, self.doubtful, self.current = lines, doubtful, current
        self.setAccessibleName(self.tr("机读码"))
        self.setAccessibleDescription("\n".join(lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(44 * 15), px(28) * max(len(self.lines), 2))

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        if not self.lines:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont("monospace")
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPixelSize(px(18))
        wide, high = self.width() / len(self.lines[0]), self.height() / len(self.lines)
        wide = min(wide, px(18))
        for number, line in enumerate(self.lines):
            for at, char in enumerate(line):
                place = QRectF(at * wide, number * high, wide, high)
                doubt = (number, at) in self.doubtful
                if (number, at) == self.current:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(QColor(colours().accent))
                    painter.drawRoundedRect(place.adjusted(0, px(2), 0, -px(2)), 3, 3)
                elif doubt:
                    painter.setPen(QPen(QColor(colours().warning), 1))
                    painter.setBrush(QColor(colours().warning_soft))
                    painter.drawRoundedRect(place.adjusted(0.5, px(3), -0.5, -px(3)), 3, 3)
                font.setBold(doubt)
                painter.setFont(font)
                ink = colours().on_accent if (number, at) == self.current else colours().ink
                painter.setPen(QColor(ink if char != "<" or doubt else colours().ink_faint))
                painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), "" if char == _BLANK else char)


class CharPicture(QWidget):
    """The character as the camera saw it, between its neighbours; two marks say which one is meant."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("zone_picture")
        self._image = QImage()
        self.setFixedSize(px(340), px(136))

    def set_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(colours().film))
        if self._image.isNull():
            return
        room = QRectF(self.rect()).adjusted(px(6), px(14), -px(6), -px(14))
        scale = min(room.width() / self._image.width(), room.height() / self._image.height())
        size = (self._image.width() * scale, self._image.height() * scale)
        place = QRectF(room.center().x() - size[0] / 2, room.center().y() - size[1] / 2, *size)
        painter.drawImage(place, self._image)
        painter.setPen(QPen(QColor(_MARK), px(3)))
        middle, half = place.center().x(), size[0] / 10
        for y in (place.top() - px(4), place.bottom() + px(4)):
            painter.drawLine(round(middle - half), round(y), round(middle + half), round(y))


class ZoneCheckDialog(BaseDialog):
    """Type the character; Left and Right go to another one; Enter takes the zone once all are confirmed; Esc leaves.

    Nothing is chosen beforehand: what stands in a box, a person put there.
    Signals: confirmed(characters) by (line, column).
    """

    confirmed = pyqtSignal(object)

    def __init__(self, lines: Sequence[str], doubts: Sequence[DoubtView], parent: QWidget | None = None) -> None:
        """doubts: at least one, in reading order."""
        super().__init__("zone_check", self.tr("核对机读码"), parent)
        self.set_title(
            self.tr("有 {0} 个字符没有看清").format(len(doubts)), self.tr("请对照证件原件，看一个、按一个键")
        )
        self._read = tuple(lines)
        self._doubts = tuple(doubts)
        self._given: dict[tuple[int, int], str] = {}
        self._at = 0
        self._lines = ZoneLines()
        self._picture = CharPicture()
        self._where = text("", "heading", "zone_where", wrap=True)
        self._hint = text(self.tr("按键确认，左右键换一个；< 按 Shift+逗号"), "soft", "zone_hint", wrap=True)
        self._choices = [button("", name="zone_choice") for _ in range(_MOST)]
        for choice in self._choices:
            choice.setMinimumSize(px(44), px(40))
            choice.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the characters themselves
            choice.clicked.connect(lambda _=False, choice=choice: self.give(choice.text()))
        self._say = text("", "soft", "zone_say", wrap=True)
        side = QWidget()
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        for part in (self._where, self._hint):
            beside.addWidget(part)
        beside.addLayout(row(*self._choices, None, gap=8))
        beside.addStretch(1)
        middle = row(self._picture, gap=16)
        middle.addWidget(side, 1)
        self.add(self._lines)
        self.add(middle)
        self.add(self._say)
        leave = button(self.tr("不采用 Esc"), name="zone_leave")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        self._take = button(self.tr("确认采用 Enter"), "primary", "zone_take")
        self._take.clicked.connect(lambda: self.confirmed.emit(dict(self._given)))
        self.add_buttons(None, leave, self._take, default=self._take)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        self._show()

    @property
    def left(self) -> int:
        """How many characters nobody has confirmed yet."""
        return len(self._doubts) - len(self._given)

    def say(self, words: str) -> None:
        """What does not hold with what was confirmed."""
        set_text(self._say, words, Tone.WARNING)

    def give(self, char: str) -> None:
        """The current character is this one; on to the next that is open."""
        doubt = self._doubts[self._at]
        self._given[doubt.line, doubt.column] = char
        self.say("")
        open_ = [k for k, d in enumerate(self._doubts) if (d.line, d.column) not in self._given]
        if open_:
            self._at = next((k for k in open_ if k > self._at), open_[0])
        self._show()

    def _go(self, by: int) -> None:
        self._at = (self._at + by) % len(self._doubts)
        self._show()

    def _show(self) -> None:
        doubt = self._doubts[self._at]
        doubtful = {(d.line, d.column): self._given.get((d.line, d.column), _BLANK) for d in self._doubts}
        lines = tuple(
            "".join(doubtful.get((number, at), char) for at, char in enumerate(line))
            for number, line in enumerate(self._read)
        )
        self._lines.show_lines(lines, frozenset(doubtful), (doubt.line, doubt.column))
        self._picture.set_image(doubt.picture)
        place = self.tr("第 {0} 行第 {1} 位").format(doubt.line + 1, doubt.column + 1)
        words = self.tr("{0}（{1}）").format(doubt.what, place) if doubt.what else place
        set_text(self._where, words)
        self._picture.setAccessibleName(self.tr("{0}的图像").format(words))
        given = self._given.get((doubt.line, doubt.column))
        for number, choice in enumerate(self._choices):
            char = doubt.candidates[number] if number < len(doubt.candidates) else ""
            choice.setVisible(bool(char))
            choice.setText(char)
            choice.setObjectName(f"zone_choice_{char}")
            choice.setAccessibleName(self.tr("可能是 {0}").format(char))
            restyle(choice, kind="primary" if char and char == given else "")
        self._take.setEnabled(self.left == 0)
        left = self.tr("还有 {0} 个没有确认").format(self.left) if self.left else ""
        self._take.setToolTip(left)
        if not self._say.text() or self.left:
            set_text(self._say, left)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and not a0.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            char = a0.text().upper()
            if char and ord(char[0]) in _SAME_KEY:
                char = "<"
            if len(char) == 1 and char in _CHARS:
                a0.accept()
                self.give(char)
                return
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Backspace: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(a0.key()))
            if step is not None:
                a0.accept()
                self._go(step)
                return
        super().keyPressEvent(a0)
