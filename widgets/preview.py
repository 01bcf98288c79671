"""The live picture of a camera, with what was found on it; or a still."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, pyqtBoundSignal, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from widgets.bits import ElidedLabel, Panel, row, set_text, text
from widgets.icons import icon, pixmap
from widgets.look import colours, px
from widgets.outline import OutlineTrack
from widgets.theme import scaled
from widgets.views import Tone

_NO_LIMIT = 16_777_215
Points = Sequence[tuple[float, float]]

_ON_FILM = {
    Tone.NEUTRAL: "#E6EAEF",
    Tone.INFO: "#6FB7F2",
    Tone.SUCCESS: "#4FD08A",
    Tone.WARNING: "#F2B84B",
    Tone.ERROR: "#F47A72",
}
"""The tones as lines on a picture, where the paper colours would drown."""

FLASH_MILLISECONDS = 150
"""How long the outline lights up when something was read."""


class Film(QWidget):
    """A picture fitted into its room, with an outline in the pixels of the camera's own picture."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("film")
        self.frame = QImage()
        self.source = (0, 0)
        """Width and height of the picture that the outline's points belong to."""
        self.track = OutlineTrack()
        self.at: float | None = None
        """The time of the picture on show; None for a still."""
        self.points: tuple[tuple[float, float], ...] = ()
        self.tone = Tone.SUCCESS
        self.flashing = False
        self.broken = ""
        self.held = ""
        self.choices: tuple[tuple[tuple[float, float], ...], ...] = ()
        self.idle_words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(72)

    def sizeHint(self) -> QSize:
        # On a low screen the list above needs the room more, also when a message takes its two lines from below.
        window = self.window()
        return QSize(px(320), px(128 if window is not None and window.height() < px(720) else 168))

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.frame.isNull():
            rounded = QPainterPath()
            rounded.addRoundedRect(QRectF(self.rect()), 6, 6)
            painter.setClipPath(rounded)
            self._paint_idle(painter)
            return
        painter.fillRect(self.rect(), QColor(colours().film))
        wide, high = self.source
        scale = min(self.width() / wide, self.height() / high)
        room = QRectF((self.width() - wide * scale) / 2, (self.height() - high * scale) / 2, wide * scale, high * scale)
        ratio = self.devicePixelRatioF()
        if (
            abs(room.width() * ratio - self.frame.width()) <= 1.5
            and abs(room.height() * ratio - self.frame.height()) <= 1.5
        ):
            # The camera's thread has fitted it already: copied pixel by pixel, thirty times a second.
            self.frame.setDevicePixelRatio(ratio)
            painter.drawImage(QPointF(round(room.x() * ratio) / ratio, round(room.y() * ratio) / ratio), self.frame)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self.frame.setDevicePixelRatio(1.0)
            painter.drawImage(room, self.frame)
        if self.broken:
            self._paint_broken(painter)
            return
        self._paint_outline(painter, room, scale)
        for number, points in enumerate(self.choices, 1):
            self._paint_choice(
                painter, [QPointF(room.x() + x * scale, room.y() + y * scale) for x, y in points], number
            )
        if self.held:
            self._paint_held(painter)

    def _paint_outline(self, painter: QPainter, room: QRectF, scale: float) -> None:
        colour = QColor(_ON_FILM[self.tone])
        if self.flashing:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, 6, join=Qt.PenJoinStyle.MiterJoin))
            painter.drawRect(room.adjusted(3, 3, -3, -3))
        if len(self.points) < 3:
            return
        shape = QPolygonF([QPointF(room.x() + x * scale, room.y() + y * scale) for x, y in self.points])
        veil = QColor(colour)
        veil.setAlpha(110 if self.flashing else 20)
        painter.setBrush(veil)
        painter.setPen(QPen(QColor(0, 0, 0, 150), 7 if self.flashing else 5, join=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolygon(shape)
        painter.setPen(QPen(colour, 4 if self.flashing else 2.5, join=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolygon(shape)

    def _paint_choice(self, painter: QPainter, points: list[QPointF], number: int) -> None:
        """A numbered outline; the number in the middle of the code, which is then not to be read any more anyway."""
        colour = QColor(_ON_FILM[Tone.WARNING])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 150), 5, join=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolygon(QPolygonF(points))
        painter.setPen(QPen(colour, 2.5, join=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolygon(QPolygonF(points))
        middle = QPolygonF(points).boundingRect().center()
        place = QRectF(middle.x() - px(14), middle.y() - px(14), px(28), px(28))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(16, 20, 26, 230))
        painter.drawRoundedRect(place, 5, 5)
        font = self.font()
        font.setPixelSize(px(18))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), str(number))

    def _paint_held(self, painter: QPainter) -> None:
        """A held picture says so: nobody should wonder why nothing moves."""
        font = self.font()
        font.setPixelSize(px(12))
        painter.setFont(font)
        wide = painter.fontMetrics().horizontalAdvance(self.held) + px(16)
        place = QRectF(px(8), px(8), wide, px(20))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(16, 20, 26, 210))
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(QColor(_ON_FILM[Tone.INFO]))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), self.held)

    def _paint_broken(self, painter: QPainter) -> None:
        """An old picture must not pass for a live one."""
        painter.fillRect(self.rect(), QColor(16, 20, 26, 200))
        font = self.font()
        font.setPixelSize(px(16))
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(_ON_FILM[Tone.WARNING]))
        painter.drawText(QRectF(self.rect()), int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self.broken)

    def _paint_idle(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), QColor(colours().sunken))
        sign = pixmap("camera", px(24), colours().ink_faint, self.devicePixelRatioF())
        middle = self.height() // 2
        painter.drawPixmap((self.width() - px(24)) // 2, middle - px(26), sign)
        painter.setPen(QColor(colours().ink_faint))
        font = self.font()
        font.setPixelSize(px(13))
        painter.setFont(font)
        painter.drawText(
            QRectF(px(8), middle + px(2), self.width() - px(16), px(40)),
            int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap),
            self.idle_words,
        )


class PreviewPanel(Panel):
    """Title, picture, message. Without a picture it shrinks to a quiet line; with a live one it has its tools.

    bare: picture and message alone, always in all the room there is.

    Signals: switch_requested(), freeze_requested(), mirror_requested(), size_requested(), tune_requested();
    size_chosen(index) of what
    `choose_size` offered; chosen(number) when a digit chose one of the
    numbered outlines.
    """

    chosen = pyqtSignal(int)
    switch_requested = pyqtSignal()
    freeze_requested = pyqtSignal()
    mirror_requested = pyqtSignal()
    size_requested = pyqtSignal()
    tune_requested = pyqtSignal()
    size_chosen = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None, bare: bool = False) -> None:
        super().__init__("preview", "", parent)
        self._bare = bare
        self.setAccessibleName(self.tr("实时画面"))
        self._folded = False
        self._tools = (False, False)
        self._tunable = False
        self._before: QWidget | None = None
        self._title = ElidedLabel()
        self._title.setProperty("role", "heading")
        self._title.setObjectName("preview_title")
        self._message = text(role="citizen_soft" if bare else "soft", name="preview_message", wrap=True)
        self.film = Film()
        self.film.idle_words = self.tr("扫证照或拍材料时，这里显示画面")
        self.film.setAccessibleName(self.tr("相机画面"))
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.setInterval(FLASH_MILLISECONDS)
        self._flash.timeout.connect(self._end_flash)
        self._switch = self._tool("camera-next", self.tr("换镜头"), "Ctrl+Shift+C", self.switch_requested)
        self._freeze = self._tool("freeze", self.tr("定格"), "Ctrl+Shift+F", self.freeze_requested)
        self._mirror = self._tool("mirror", self.tr("左右翻转"), "Ctrl+Shift+X", self.mirror_requested)
        self._size = self._tool("fit", self.tr("画面大小"), "Ctrl+Shift+R", self.size_requested)
        self._tune = self._tool("tune", self.tr("调亮度、对焦、选镜头"), "Ctrl+Shift+I", self.tune_requested)
        self._freeze.setCheckable(True)
        self._mirror.setCheckable(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 10)
        whole.setSpacing(6)
        head = row(gap=2)
        head.addWidget(self._title, 1)
        for tool in (self._switch, self._tune, self._size, self._freeze, self._mirror):
            head.addWidget(tool)
        whole.addLayout(head)
        whole.addWidget(self.film, 1)
        whole.addWidget(self._message)
        self.clear()

    def _tool(self, sign: str, words: str, key: str, signal: pyqtBoundSignal) -> QToolButton:
        made = QToolButton()
        made.setObjectName(f"preview_{sign}")
        made.setProperty("role", "quiet")
        made.setIcon(icon(sign))
        made.setIconSize(QSize(16, 16))
        made.setFixedSize(28, 22)  # no higher than the title: the list above needs its room
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAccessibleName(words)
        made.setToolTip(self.tr("{0}（{1}）").format(words, key))
        made.clicked.connect(lambda _=False: signal.emit())
        return made

    def room(self) -> tuple[int, int]:
        """How large a picture can be shown now, in device pixels."""
        ratio = self.film.devicePixelRatioF()
        return round(self.film.width() * ratio), round(self.film.height() * ratio)

    def set_frame(self, frame: QImage, source: tuple[int, int] | None = None, at: float | None = None) -> None:
        """Show a picture: the newest of a camera, or a still. A null picture clears.

        The picture must own its pixels (QImage.copy() of one that looks into a camera's buffer). source: width and
        height of the picture whose pixels an outline is given in, when the one shown is smaller. at: when a camera took
        it, in seconds; None for a still.
        """
        if frame.isNull():
            self.clear()
            return
        film = self.film
        was_idle = film.frame.isNull()
        film.frame = frame
        film.source = source or (frame.width(), frame.height())
        film.at = at
        if at is not None:
            film.points = film.track.where(at)
        if was_idle:
            self._fit()
        film.update()

    def set_outline(self, points: Points | None, tone: Tone = Tone.SUCCESS) -> None:
        """Outline what was found, in pixels of the picture, three points or more; None takes the outline away."""
        self.film.track.clear()
        self.film.points = tuple((float(x), float(y)) for x, y in points) if points else ()
        self.film.tone = Tone(tone)
        self.film.update()

    def set_tone(self, tone: Tone) -> None:
        """The outline on show in another tone."""
        self.film.tone = Tone(tone)
        self.film.update()

    def follow(self, points: Points | None, tone: Tone, at: float) -> None:
        """What was found on the live frame of that time, or nothing: the outline follows it from frame to frame."""
        film = self.film
        if points:
            film.track.found([(float(x), float(y)) for x, y in points], at)
            film.tone = Tone(tone)
        # Shown with the next frame at the latest; a picture that stands still gets its outline now.
        if film.at is not None:
            film.points = film.track.where(max(film.at, at))
            film.update()

    def set_choices(self, outlines: Sequence[Points]) -> None:
        """Number several codes on the still picture, 1 first; () takes the numbers away. The digits choose meanwhile,
        so the panel has the keyboard, and gives it back to where it was."""
        self.film.choices = tuple(tuple((float(x), float(y)) for x, y in points) for points in outlines)
        self.film.update()
        if self.film.choices:
            window = self.window()
            self._before = window.focusWidget() if window is not None else None
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus()
        else:
            had, self._before = self.hasFocus(), self._before if self.hasFocus() else None
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            if had and self._before is not None:
                self._before.setFocus()
            self._before = None

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        number = a0.key() - Qt.Key.Key_0 if a0 is not None else 0
        if a0 is not None and 1 <= number <= len(self.film.choices):
            a0.accept()
            self.chosen.emit(number)
            return
        super().keyPressEvent(a0)

    def flash(self, tone: Tone) -> None:
        """Light up for a moment: something was read."""
        self.film.tone = Tone(tone)
        self.film.flashing = True
        self.film.repaint()  # at once, whatever else waits on the loop
        self._flash.start()

    def _end_flash(self) -> None:
        self.film.flashing = False
        self.film.update()

    def set_broken(self, words: str) -> None:
        """Say over the picture that it is no longer live; "" once it is again."""
        self.film.broken = words
        self.film.setAccessibleDescription(words)
        self.film.update()

    def set_tools(self, live: bool, several: bool = False, frozen: bool = False, mirrored: bool = False) -> None:
        """Which tools a live picture has. several: another camera can be chosen."""
        self._tools = (live, several)
        self._show_tools()
        self._freeze.setChecked(frozen)
        self.film.held = self.tr("已定格") if live and frozen else ""
        self.film.update()
        self._mirror.setChecked(mirrored)

    def set_tunable(self, on: bool) -> None:
        """Can light, focus or head of the camera on show be set?"""
        if on is not self._tunable:
            self._tunable = on
            self._show_tools()

    def choose_size(self, sizes: Sequence[str], current: int) -> QMenu:
        """Let the clerk choose one of these sizes; current: which is in force, -1 where nobody knows."""
        menu = QMenu(self)
        menu.setObjectName("preview_sizes")
        menu.setAccessibleName(self.tr("画面大小"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for index, words in enumerate(sizes):
            action = menu.addAction(words)
            if action is not None:
                action.setCheckable(True)
                action.setChecked(index == current)
                action.triggered.connect(lambda _=False, index=index: self.size_chosen.emit(index))
                if index == max(current, 0):
                    menu.setActiveAction(action)
        anchor = self._size if self._size.isVisible() else self.film
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))
        return menu

    def _show_tools(self) -> None:
        live, several = self._tools
        room = not self._folded  # their keys work all the same
        self._switch.setVisible(live and several and room)
        self._size.setVisible(live and room)
        self._tune.setVisible(live and room and self._tunable)
        self._freeze.setVisible(live and room)
        self._mirror.setVisible(live and room)

    def set_title(self, words: str) -> None:
        """What the picture is, e.g. 手机二维码 or 材料 · 公共场所平面布局图."""
        self._title.setText(words or self.tr("画面"))

    def set_message(self, words: str, tone: Tone = Tone.NEUTRAL) -> None:
        """One line under the picture, e.g. 已识别，请收回手机."""
        set_text(self._message, words, Tone(tone))

    def clear(self) -> None:
        """No picture, no outline, no message."""
        self.film.frame = QImage()
        self.film.at = None
        self.film.points = ()
        self.film.choices = ()
        self.film.track.clear()
        self._end_flash()
        self.set_broken("")
        self.set_tools(live=False)
        self.set_title("")
        self.set_message("")
        self._fit()
        self.film.update()

    def set_folded(self, on: bool) -> None:
        """For a low window: a live picture without its title, and nothing at all without a picture."""
        if on is not self._folded:
            self._folded = on
            self.setVisible(True)
            self._fit()

    def _fit(self) -> None:
        live = self.is_live()
        self.film.setMinimumHeight(scaled(self.film, 48 if self._folded else 96 if live else 72))
        self.film.setMaximumHeight(
            _NO_LIMIT if self._bare or (live and not self._folded) else scaled(self.film, 64 if self._folded else 96)
        )
        self._title.setVisible(not self._folded and not self._bare)
        self._show_tools()
        if self._folded:  # elsewhere its owner decides when it is shown
            self.setVisible(live)
        self.updateGeometry()

    def is_live(self) -> bool:
        """Is a picture on show?"""
        return not self.film.frame.isNull()
