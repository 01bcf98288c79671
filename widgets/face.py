"""In the left panel: the person at the counter beside the document's photograph, and the clerk's yes or no."""

from __future__ import annotations

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PyQt6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from widgets.bits import button, column, row, set_text, text
from widgets.icons import pixmap
from widgets.look import colours, px
from widgets.views import Tone
from widgets.views_face import FaceView

_ROOM = QSize(104, 130)
_LEAST = 88


class Portrait(QWidget):
    """A picture of a face, its middle cut to an upright shape; a sign and words where there is none."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self._picture = QImage()
        self._instead = ""
        # On a low screen with large type the portraits give way first: the words and the two answers may not.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(px(_ROOM.height()))

    def sizeHint(self) -> QSize:
        return QSize(px(_ROOM.width()), px(_ROOM.height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(80), px(_LEAST))

    def set_picture(self, picture: QImage, instead: str = "") -> None:
        """instead: what is said in place of a null picture."""
        self._picture, self._instead = picture, instead
        self.setAccessibleDescription(instead if picture.isNull() else "")
        self.update()

    def has_picture(self) -> bool:
        """Is a face on show?"""
        return not self._picture.isNull()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), px(5), px(5))
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), QColor(colours().neutral_soft))
        if not self._picture.isNull():
            painter.drawImage(QRectF(self.rect()), self._picture, self._middle())
            return
        sign = pixmap("person", px(28), colours().ink_faint, self.devicePixelRatioF())
        low = self.height() < px(_ROOM.height() - 20)
        if not low:
            painter.drawPixmap((self.width() - px(28)) // 2, px(16), sign)
        painter.setPen(QColor(colours().ink_soft))
        font = self.font()
        font.setPixelSize(px(12))
        painter.setFont(font)
        top = px(8 if low else 50)
        room = QRectF(px(6), top, self.width() - px(12), self.height() - top - px(4))
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        painter.drawText(room, flags, self._instead)

    def _middle(self) -> QRectF:
        wide, high = self._picture.width(), self._picture.height()
        shape = self.width() / max(self.height(), 1)
        if wide > high * shape:
            return QRectF((wide - high * shape) / 2, 0, high * shape, high)
        return QRectF(0, (high - wide / shape) / 2, wide, wide / shape)


class FacePanel(QFrame):
    """Nothing is preselected, and Enter decides nothing: Y is the same person, N is not, Esc leaves it open. T asks for
    the head to be turned.

    Signals: judged(bool), motion_asked(), closed().
    """

    judged = pyqtSignal(bool)
    motion_asked = pyqtSignal()
    closed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("face_panel")
        self.setAccessibleName(self.tr("人证核对"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._task = ""
        self._said = ("", Tone.NEUTRAL)
        self._card = Portrait("face_card", self.tr("证件照片"))
        self._live = Portrait("face_live", self.tr("现场画面"))
        self._words = text(role="soft", name="face_words", wrap=True)
        self._yes = button(self.tr("是本人 Y"), "", "face_yes")
        self._no = button(self.tr("不是本人 N"), "", "face_no")
        for choice, same in ((self._yes, True), (self._no, False)):
            choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            choice.clicked.connect(lambda _=False, same=same: self.judged.emit(same))
        self._motion_button = button(self.tr("转头 T"), "quiet", "face_motion")
        self._motion_button.setToolTip(self.tr("请对方按提示转头：能识破静止的照片"))
        self._motion_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._motion_button.clicked.connect(self.motion_asked)
        self._likeness = text(role="soft", name="face_likeness", wrap=True)
        self._caption = text(self.tr("证件照片"), "faint", "face_caption")
        pictures = row(
            column(self._card, self._caption, gap=2),
            column(self._live, text(self.tr("现场画面"), "faint"), gap=2),
            gap=8,
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 8, 10, 10)
        whole.setSpacing(6)
        whole.addLayout(row(text(self.tr("人证核对"), "strong"), None, self._motion_button))
        whole.addLayout(pictures)
        for part in (self._words, self._likeness):
            whole.addWidget(part)
        whole.addLayout(row(self._yes, self._no, None, gap=6))
        self.hide()

    def begin(self, words: str) -> None:
        """Show it, waiting for the live picture and for what there is of the document."""
        self._card.set_picture(QImage(), self.tr("正在找证件照片…"))
        self._caption.setText(self.tr("证件照片"))
        self._task = words
        self.set_seen(FaceView())
        self._live.set_picture(QImage(), self.tr("正在打开摄像头…"))
        self._offer(False)
        self.show()
        self.setFocus()

    def set_document(self, photo: QImage, caption: str) -> None:
        """The document's portrait and where it comes from; a null picture: there is none but on the document itself."""
        self._card.set_picture(photo, self.tr("没有取得照片，请看证件上的照片"))
        self._caption.setText(caption or self.tr("证件照片"))

    def set_seen(self, view: FaceView) -> None:
        """What the newest frame shows. One line at a time: what is under way, else what is wrong, else the task."""
        words, tone = self._task, Tone.NEUTRAL
        if view.motion:
            words, tone = view.motion, view.motion_tone
        elif view.quality:
            words, tone = view.quality, Tone.WARNING
        if (words, tone) != self._said:
            self._said = (words, tone)
            set_text(self._words, words, tone)
        if self._likeness.text() != view.likeness:
            set_text(self._likeness, view.likeness, Tone.NEUTRAL)
            self._likeness.setToolTip(view.worth)

    def set_live(self, picture: QImage) -> None:
        """The newest picture of the person; it must own its pixels."""
        self._live.set_picture(picture)
        self._offer(True)

    def set_broken(self, words: str) -> None:
        """The camera does not show the person: nothing can be decided by it."""
        self._live.set_picture(QImage(), words)
        self.set_seen(FaceView())
        self._offer(False)

    def room(self) -> tuple[int, int]:
        """How large a live picture is of use, in device pixels: it is cut to an upright shape."""
        ratio = self.devicePixelRatioF()
        return round(self._live.height() * 2 * ratio), round(self._live.height() * ratio)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is None:
            return
        key = a0.key()
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in (Qt.Key.Key_Y, Qt.Key.Key_N) and self._live.has_picture():
            self.judged.emit(key == Qt.Key.Key_Y)
        elif key == Qt.Key.Key_T and self._live.has_picture():
            self.motion_asked.emit()
        else:
            super().keyPressEvent(a0)
            return
        a0.accept()

    def _offer(self, on: bool) -> None:
        self._yes.setEnabled(on)
        self._no.setEnabled(on)
        self._motion_button.setEnabled(on)
