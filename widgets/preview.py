"""The live picture of a camera, with what was found on it; or a still."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from widgets.bits import Panel, set_text, text
from widgets.icons import pixmap
from widgets.look import colours
from widgets.views import Tone

Points = Sequence[tuple[float, float]]

_ON_FILM = {
    Tone.NEUTRAL: "#E6EAEF",
    Tone.INFO: "#6FB7F2",
    Tone.SUCCESS: "#4FD08A",
    Tone.WARNING: "#F2B84B",
    Tone.ERROR: "#F47A72",
}
"""The tones as lines on a picture, where the paper colours would drown."""


class Film(QWidget):
    """A picture fitted into its room, with an outline in the picture's own pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("film")
        self.frame = QImage()
        self.points: tuple[tuple[float, float], ...] = ()
        self.tone = Tone.SUCCESS
        self.idle_words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(72)

    def sizeHint(self) -> QSize:
        return QSize(320, 168)

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        rounded = QPainterPath()
        rounded.addRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setClipPath(rounded)
        if self.frame.isNull():
            self._paint_idle(painter)
            return
        painter.fillRect(self.rect(), QColor(colours().film))
        scale = min(self.width() / self.frame.width(), self.height() / self.frame.height())
        wide, high = self.frame.width() * scale, self.frame.height() * scale
        room = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
        painter.drawImage(room, self.frame)
        if len(self.points) >= 3:
            shape = QPolygonF([QPointF(room.x() + x * scale, room.y() + y * scale) for x, y in self.points])
            colour = QColor(_ON_FILM[self.tone])
            veil = QColor(colour)
            veil.setAlpha(20)
            painter.setBrush(veil)
            painter.setPen(QPen(QColor(0, 0, 0, 150), 5, join=Qt.PenJoinStyle.RoundJoin))
            painter.drawPolygon(shape)
            painter.setPen(QPen(colour, 2.5, join=Qt.PenJoinStyle.RoundJoin))
            painter.drawPolygon(shape)

    def _paint_idle(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), QColor(colours().sunken))
        sign = pixmap("camera", 24, colours().ink_faint, self.devicePixelRatioF())
        middle = self.height() // 2
        painter.drawPixmap((self.width() - 24) // 2, middle - 26, sign)
        painter.setPen(QColor(colours().ink_faint))
        font = self.font()
        font.setPixelSize(13)
        painter.setFont(font)
        painter.drawText(
            QRectF(8, middle + 2, self.width() - 16, 40),
            int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap),
            self.idle_words,
        )


class PreviewPanel(Panel):
    """Title, picture, message. Without a picture it shrinks to a quiet line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("preview", "", parent)
        self.setAccessibleName(self.tr("实时画面"))
        self._title = text(self.tr("画面"), "heading", "preview_title")
        self._message = text(role="soft", name="preview_message", wrap=True)
        self._film = Film()
        self._film.idle_words = self.tr("扫证照或拍材料时，这里显示画面")
        self._film.setAccessibleName(self.tr("相机画面"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 10)
        whole.setSpacing(6)
        whole.addWidget(self._title)
        whole.addWidget(self._film, 1)
        whole.addWidget(self._message)
        self.clear()

    def set_frame(self, frame: QImage) -> None:
        """Show a picture: the newest of a camera, or a still. A null picture clears.

        The picture must own its pixels (QImage.copy() of one that looks into a camera's buffer).
        """
        if frame.isNull():
            self.clear()
            return
        was_idle = self._film.frame.isNull()
        self._film.frame = frame
        if was_idle:
            self._film.setMinimumHeight(120)
            self._film.setMaximumHeight(16777215)
            self.updateGeometry()
        self._film.update()

    def set_outline(self, points: Points | None, tone: Tone = Tone.SUCCESS) -> None:
        """Outline what was found, in pixels of the picture, three points or more; None takes the outline away."""
        self._film.points = tuple((float(x), float(y)) for x, y in points) if points else ()
        self._film.tone = Tone(tone)
        self._film.update()

    def set_title(self, words: str) -> None:
        """What the picture is, e.g. 手机二维码 or 材料 · 公共场所平面布局图."""
        self._title.setText(words or self.tr("画面"))

    def set_message(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """One line under the picture, e.g. 已识别，请收回手机."""
        set_text(self._message, words, Tone(tone))

    def clear(self) -> None:
        """No picture, no outline, no message."""
        self._film.frame = QImage()
        self._film.points = ()
        self._film.setMinimumHeight(72)
        self._film.setMaximumHeight(96)
        self.set_title("")
        self.set_message("")
        self.updateGeometry()
        self._film.update()

    def is_live(self) -> bool:
        """Is a picture on show?"""
        return not self._film.frame.isNull()
