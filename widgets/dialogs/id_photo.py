"""证件照: the person in the frame, what is well and what is not; then the photographs as each use would get them."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QCheckBox, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from widgets.bits import button, clear, column, row, set_text, text
from widgets.dialogs.base import BaseDialog
from widgets.look import colours, px
from widgets.views import Tone
from widgets.views_photo import CheckView, CutView

_GUIDE = "#F2F5F8"
_HEAD = (0.5, 0.44, 0.24, 0.30)
"""Where the head should be in the upright room: middle, half width and half height, in shares of width and height."""


class PhotoFilm(QWidget):
    """The camera's picture, its middle cut upright, with a frame for the head; or the shot, without."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("photo_film")
        self.setAccessibleName(self.tr("人像画面"))
        self._frame = QImage()
        self._words = ""
        self._guide = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(400))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(225), px(300))

    def set_frame(self, frame: QImage, guide: bool = True, words: str = "") -> None:
        """frame: owns its pixels; null: words stand in its place."""
        self._frame, self._guide, self._words = frame, guide, words
        self.update()

    def room(self) -> tuple[int, int]:
        """How large a picture is of use, in device pixels: it is cut to an upright shape."""
        ratio = self.devicePixelRatioF()
        return round(self.height() * 2 * ratio), round(self.height() * ratio)

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(colours().film))
        room = QRectF(self.rect())
        if self._frame.isNull():
            painter.setPen(QColor(_GUIDE))
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(room.adjusted(px(16), 0, -px(16), 0), flags, self._words)
            return
        shape = room.width() / max(room.height(), 1)
        wide, high = self._frame.width(), self._frame.height()
        across = min(float(wide), high * shape)
        down = across / shape
        painter.drawImage(room, self._frame, QRectF((wide - across) / 2, (high - down) / 2, across, down))
        if not self._guide:
            return
        x, y, half, tall = _HEAD
        middle = QPointF(room.width() * x, room.height() * y)
        # Twice, dark below light: seen on a white wall as on a dark one.
        for ink, width in ((QColor(0, 0, 0, 130), 4.0), (QColor(_GUIDE), 2.0)):
            pen = QPen(ink, width)
            pen.setStyle(Qt.PenStyle.DashLine)
            pen.setDashPattern([3 * 4 / width, 2 * 4 / width])
            painter.setPen(pen)
            painter.drawEllipse(middle, room.width() * half * 1.05, room.height() * tall)
            level = middle.y() - room.height() * 0.02
            for side in (-1, 1):
                painter.drawLine(
                    QPointF(middle.x() + side * room.width() * 0.30, level),
                    QPointF(middle.x() + side * room.width() * 0.42, level),
                )


class IdPhotoDialog(BaseDialog):
    """Space takes the shot, R begins anew, Enter takes it over; nothing is agreed to beforehand.

    Signals: shoot_asked(), again_asked(), taken(bool: kept with consent, bool: for other windows, too), kept_asked(),
    withdraw_asked().
    """

    shoot_asked = pyqtSignal()
    again_asked = pyqtSignal()
    taken = pyqtSignal(bool, bool)
    kept_asked = pyqtSignal()
    withdraw_asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("id_photo", self.tr("拍证件照"), parent)
        self.film = PhotoFilm()
        self._checks = QGridLayout()
        self._checks.setHorizontalSpacing(12)
        self._checks.setVerticalSpacing(6)
        self._checks.setColumnStretch(1, 1)
        self._cuts = QVBoxLayout()
        self._cuts.setSpacing(10)
        self._note = text(role="soft", name="photo_note", wrap=True)
        self.consent = QCheckBox(self.tr("申请人同意保存照片，以后办事再用 C"))
        self.consent.setObjectName("photo_consent")
        self.share = QCheckBox(self.tr("也同意平台各窗口办各部门的事时用 A"))
        self.share.setObjectName("photo_share")
        self.share.setEnabled(False)
        self.consent.toggled.connect(self._kept_or_not)
        self._kept_line = text(role="soft", name="photo_kept_line", wrap=True)
        self._terms = text(role="faint", name="photo_terms", wrap=True)
        self._use_kept = button(self.tr("用已存照片 K"), "", "photo_use_kept")
        self._withdraw = button(self.tr("删除已存照片"), "quiet", "photo_withdraw")
        self._use_kept.clicked.connect(self.kept_asked)
        self._withdraw.clicked.connect(self.withdraw_asked)
        inside = QWidget()
        inside.setObjectName("page")
        lines = column(self._checks, self._cuts, None, gap=12)
        lines.setContentsMargins(0, 0, 8, 0)
        inside.setLayout(lines)
        area = QScrollArea()
        area.setObjectName("photo_area")
        area.setAccessibleName(self.tr("检查结果"))
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        stored = row(self._use_kept, self._withdraw, None)
        side = column(area, self._note, self._kept_line, stored, self.consent, self.share, self._terms, gap=8)
        whole = row(self.film, gap=20)
        whole.addLayout(side, 1)
        self.add(whole, 1)
        leave = button(self.tr("不拍 Esc"), "", "photo_leave")
        leave.clicked.connect(self.reject)
        self._again = button(self.tr("重拍 R"), "", "photo_again")
        self._again.clicked.connect(self.again_asked)
        self._shoot = button(self.tr("拍照 空格"), "primary", "photo_shoot")
        self._shoot.clicked.connect(self.shoot_asked)
        self._take = button(self.tr("采用 Enter"), "primary", "photo_take")
        self._take.clicked.connect(lambda: self.taken.emit(self.consent.isChecked(), self.share.isChecked()))
        self.add_buttons(None, leave, self._again, self._shoot, self._take)
        screen = self.screen()
        room = screen.availableGeometry().height() - px(40) if screen is not None else px(600)
        self.resize(QSize(px(760), min(px(600), room)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_kept("", False)
        self.begin("")

    def begin(self, below: str) -> None:
        """Live again. below: what it is taken for."""
        self.set_title(self.tr("拍证件照"), below)
        clear(self._cuts)
        self.film.set_frame(QImage(), words=self.tr("正在打开摄像头…"))
        self.set_note("", Tone.NEUTRAL)
        self._show(live=True)
        self._shoot.setEnabled(False)

    def set_terms(self, days: int, possible: bool) -> None:
        """What consent means; not possible while nobody knows whose photograph it is."""
        self.consent.setVisible(possible)
        self.share.setVisible(possible)
        words = self.tr(
            "加密保存，最多 {0} 天，随时可以删除。只勾第一项，照片只在本机；勾第二项，平台也存一份，别的窗口读了本人"
            "证件才能取用，每次都有记录。都不勾，只用于这次办理。"
        ).format(days)
        set_text(self._terms, words if possible else self.tr("先读证件，才能保存到以后用。"))

    def set_kept(self, words: str, usable: bool) -> None:
        """What is known of a kept photograph of this person, empty for nothing; usable: there is one."""
        self._kept_line.setVisible(bool(words))
        set_text(self._kept_line, words)
        self._use_kept.setVisible(usable)
        self._withdraw.setVisible(usable)

    def set_live(self, frame: QImage) -> None:
        self.film.set_frame(frame)
        self._shoot.setEnabled(True)

    def set_broken(self, words: str) -> None:
        """The camera shows nothing."""
        self.film.set_frame(QImage(), words=words)
        self._shoot.setEnabled(False)

    def set_checks(self, checks: Sequence[CheckView]) -> None:
        """The same checks in the same order each time: only words change, so that nothing jumps."""
        while self._checks.count() < 2 * len(checks):
            line = self._checks.count() // 2
            self._checks.addWidget(text(role="label"), line, 0, Qt.AlignmentFlag.AlignTop)
            self._checks.addWidget(text(role="soft", name=f"photo_check_{line}", wrap=True), line, 1)
        for line, check in enumerate(checks):
            title, words = (self._checks.itemAtPosition(line, place) for place in (0, 1))
            for item, shown, tone in ((title, check.title, None), (words, check.words, check.tone)):
                label = item.widget() if item is not None else None
                if label is not None and label.property("said") != (shown, tone):
                    label.setProperty("said", (shown, tone))
                    set_text(label, shown, tone)  # type: ignore[arg-type]

    def show_shot(self, picture: QImage, cuts: Sequence[CutView], good: bool) -> None:
        """The shot and what each use would get. good: may it be taken over?"""
        self.film.set_frame(picture, guide=False)
        clear(self._cuts)
        for cut in cuts:
            self._cuts.addLayout(_cut_line(cut))
        self._show(live=False)
        self._take.setEnabled(good)

    def set_note(self, words: str, tone: Tone) -> None:
        set_text(self._note, words, tone)

    def _kept_or_not(self, kept: bool) -> None:
        """Nothing is lent to others that is not kept."""
        self.share.setEnabled(kept)
        if not kept:
            self.share.setChecked(False)

    def _show(self, live: bool) -> None:
        self._shoot.setVisible(live)
        self._again.setVisible(not live)
        self._take.setVisible(not live)
        self._default = self._shoot if live else self._take
        self.setFocus()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and not a0.modifiers():
            pressed = {
                Qt.Key.Key_Space: self._shoot,
                Qt.Key.Key_R: self._again,
                Qt.Key.Key_K: self._use_kept,
                Qt.Key.Key_C: self.consent,
                Qt.Key.Key_A: self.share,
            }.get(Qt.Key(a0.key()))
            if pressed is not None:
                if pressed.isVisible() and pressed.isEnabled():
                    pressed.click()
                a0.accept()
                return
        super().keyPressEvent(a0)


def _cut_line(cut: CutView) -> QVBoxLayout:
    picture = CutPicture(cut.picture)
    words = text(cut.words, "soft", wrap=True)
    set_text(words, cut.words, cut.tone)
    beside = column(text(cut.title, "strong", wrap=True), words, None, gap=2)
    line = row(picture, gap=10)
    line.addLayout(beside, 1)
    return column(line, gap=0)


class CutPicture(QWidget):
    """A finished photograph, small, whole, with a hairline around it: white ends nowhere else."""

    def __init__(self, picture: QImage) -> None:
        super().__init__()
        self.setObjectName("photo_cut")
        self.setAccessibleName(self.tr("裁好的照片"))
        self._picture = picture
        high = px(92)
        self.setFixedSize(round(high * picture.width() / max(picture.height(), 1)), high)

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._picture)
        painter.setPen(QPen(QColor(colours().edge), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
