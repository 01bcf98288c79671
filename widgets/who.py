"""The left of the window: who stands at the counter, and the licences they showed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PyQt6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from widgets.bits import Panel, badge, button, clear, column, key_cap, row, rule, set_icon, set_text, text
from widgets.chip_checks import ChipChecks
from widgets.face import FacePanel
from widgets.icons import pixmap
from widgets.known import KnownPanel
from widgets.look import colours, px
from widgets.theme import restyle
from widgets.tokens import TONE_INKS
from widgets.views import LicenceView, PersonView, Tone
from widgets.views_chip import ChipView


class Photo(QWidget):
    """The portrait of the card, or a placeholder: the chip's own format needs a vendor's decoder."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QImage()
        self.setObjectName("photo")
        self.setFixedSize(60, 74)

    def set_photo(self, encoded: bytes | None) -> None:
        """An encoded picture; None, or bytes that are no picture, give the placeholder."""
        self._picture = QImage.fromData(encoded) if encoded else QImage()
        self.setAccessibleName(self.tr("证件照片") if not self._picture.isNull() else self.tr("无证件照片"))
        self.update()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(self.rect().toRectF(), px(5), px(5))
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), QColor(colours().neutral_soft))
        if self._picture.isNull():
            painter.drawPixmap(px(14), px(21), pixmap("person", px(32), colours().ink_faint, self.devicePixelRatioF()))
        else:
            painter.drawImage(self.rect(), self._picture)


class LicenceCard(QFrame):
    """One licence: what it is, how far it can be trusted, who gave it, and whether it is this person's.

    Signal: opened() when the clerk wants to see all of it.
    """

    opened = pyqtSignal()

    def __init__(self, licence: LicenceView) -> None:
        super().__init__()
        self.setObjectName("licence_card")
        self.setProperty("role", "card")
        self.setAccessibleName(f"{licence.title} {licence.verdict_words} {licence.holder_line}")
        # 签名有效（离线，信任名单 2026-11-20）: the verdict itself on the badge, what it rests on below.
        verdict, basis = _split(licence.verdict_words)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(10, 8, 10, 10)
        inside.setSpacing(4)
        more = button(self.tr("详情"), "quiet", "licence_more_button")
        more.setAccessibleName(self.tr("{0} 详情").format(licence.title))
        more.setToolTip(self.tr("证照详情 Ctrl+Shift+E"))
        more.clicked.connect(self.opened)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        inside.addWidget(text(licence.title, "strong", wrap=True))
        inside.addLayout(row(badge(verdict, licence.tone), None, more))
        self._waits = text(role="soft", name="licence_waits", wrap=True)
        self._waits.hide()
        inside.addWidget(self._waits)
        for words in (basis, licence.issuer, licence.expires):
            if words:
                inside.addWidget(text(words, "faint", wrap=True))
        if licence.holder_line or licence.match is not None:
            inside.addWidget(rule())
            inside.addLayout(self._match_line(licence))

    def mouseReleaseEvent(self, a0: QMouseEvent | None) -> None:
        super().mouseReleaseEvent(a0)
        if a0 is not None and a0.button() == Qt.MouseButton.LeftButton and self.rect().contains(a0.pos()):
            self.opened.emit()

    def set_waits(self, words: str) -> None:
        """What it still waits for, e.g. 等待联网核验，码还剩 95 秒; "" for nothing."""
        if words != self._waits.text():
            set_text(self._waits, words, Tone.WARNING)

    def _match_line(self, licence: LicenceView) -> QHBoxLayout:
        tone, sign = {
            True: (Tone.SUCCESS, "success"),
            False: (Tone.ERROR, "error"),
            None: (Tone.NEUTRAL, "info"),
        }[licence.match]
        words = licence.holder_line
        if not words:
            words = self.tr("同一人") if licence.match else self.tr("不是同一人！")
        label = text(words, "strong" if licence.match is False else "soft", wrap=True)
        label.setProperty("tone", tone.value)
        mark = QLabel()
        set_icon(mark, sign, TONE_INKS[tone], 16)
        line = row(column(mark, None, gap=0), gap=6)
        line.addWidget(label, 1)
        return line


def _split(words: str) -> tuple[str, str]:
    """What stands before the first bracket, and what within; brackets of any script."""
    kinds = [unicodedata.category(char) for char in words]
    opening = kinds.index("Ps") if "Ps" in kinds else len(words)
    closing = len(words) - 1 if kinds and kinds[-1] == "Pe" else len(words)
    return words[:opening].strip(), words[opening + 1 : closing]


class WhoPanel(Panel):
    """Before: what to press. After: the person's card and the licences shown.

    Signal: licence_opened(place) when one of the licences, by its place from 0, is to be shown in full;
    picture_wanted() when a card is to be read from a picture, as its reader cannot.
    """

    licence_opened = pyqtSignal(int)
    picture_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("who", "", parent)
        self.setAccessibleName(self.tr("来访人"))
        self._empty = self._build_empty()
        self._filled = self._build_filled()
        self.known = KnownPanel()
        self.face = FacePanel()
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._filled)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._stack, 1)
        whole.addWidget(self.face)
        whole.addWidget(self.known)
        self._person: PersonView | None = None
        self._number: QLabel | None = None
        self._captions: list[QLabel] = []
        self._folded = False
        self._open_number = ""
        self._licence_count = 0
        self._chip_shown = False
        self._cards: list[LicenceCard] = []
        self.set_person(None)

    def _build_empty(self) -> QWidget:
        page = QWidget()
        page.setObjectName("who_empty")
        page.setAccessibleName(self.tr("等待来访人"))
        sign = QLabel()
        set_icon(sign, "person", "ink_faint", 48)
        self._empty_title = text(self.tr("请来访人出示证件"), "title", "who_title")
        self._empty_hint = text(self.tr("护照、通行证按 Shift+F2"), "soft", "who_hint", wrap=True)
        self._empty_hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._ways = QWidget()
        ways = QGridLayout(self._ways)
        ways.setContentsMargins(0, 8, 0, 0)
        ways.setHorizontalSpacing(10)
        ways.setVerticalSpacing(10)
        for line, (key, words) in enumerate(
            (
                ("F2", self.tr("读居民身份证")),
                ("F4", self.tr("扫手机电子证照")),
                ("F3", self.tr("先选要办的事项")),
            )
        ):
            ways.addWidget(key_cap(key), line, 0)
            ways.addWidget(text(words, "soft"), line, 1)
        self._picture = button(self.tr("拍照识别证件"), "primary", "who_picture")
        self._picture.setToolTip(self.tr("读卡器不能用：用高拍仪拍身份证、居住证、通行证，识别后核对 Ctrl+Shift+F2"))
        self._picture.clicked.connect(self.picture_wanted)
        self._reader_down = False
        self._waiting = ""
        self._picture.hide()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(20, 24, 20, 24)
        inside.setSpacing(10)
        inside.addStretch(2)
        for part in (sign, self._empty_title, self._empty_hint, self._ways, self._picture):
            inside.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(3)
        return page

    def _build_filled(self) -> QWidget:
        self._photo = Photo()
        self._name = text(role="name", name="person_name", wrap=True)
        self._card_type = text(role="soft", name="person_card_type", wrap=True)
        self._facts = QGridLayout()
        self._facts.setContentsMargins(0, 4, 0, 0)
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self._note = text(role="soft", name="person_note", wrap=True)
        self._busy = text(role="soft", name="who_busy", wrap=True)
        self._licences_title = text(role="heading", name="licences_title")
        self._licences = column(gap=8)
        top = row(gap=12)
        names = column(self._name, self._card_type, None, gap=2)
        top.addLayout(names, 1)
        top.addWidget(self._photo, 0, Qt.AlignmentFlag.AlignTop)
        page = QWidget()
        page.setObjectName("page")
        inside = QVBoxLayout(page)
        inside.setContentsMargins(14, 14, 14, 14)
        inside.setSpacing(8)
        inside.addLayout(top)
        inside.addLayout(self._facts)
        self.chip = ChipChecks()
        for part in (self._note, self._busy, self.chip):
            inside.addWidget(part)
        inside.addSpacing(6)
        inside.addWidget(self._licences_title)
        inside.addLayout(self._licences)
        inside.addStretch(1)
        area = QScrollArea()
        area.setObjectName("who_area")
        area.setAccessibleName(self.tr("来访人和证照"))
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        return area

    def sizeHint(self) -> QSize:
        return QSize(px(264), px(480))

    def set_person(self, person: PersonView | None) -> None:
        """Show the person at the counter; None for nobody yet."""
        self._person = person
        self._number = None
        self._captions = []
        self._choose_page()
        self.set_waiting(None)
        if person is None:
            for label in (self._name, self._card_type, self._note):
                set_text(label, "")
            clear(self._facts)
            self._photo.hide()
            return
        self._photo.setVisible(not self._folded)
        self._photo.set_photo(person.photo)
        set_text(self._name, person.name)
        set_text(self._card_type, person.card_type)
        clear(self._facts)
        lines = (
            (self.tr("号码"), person.number),
            (self.tr("性别"), "　".join(p for p in (person.sex, person.nation) if p)),
            (self.tr("出生"), person.birth),
            (self.tr("有效期"), person.validity),
            (self.tr("来源"), person.source),
        )
        for index, (title, words) in enumerate((t, w) for t, w in lines if w):
            caption = text(title, "label")
            caption.setContentsMargins(0, 1, 0, 0)  # 13 px beside 14 px: one base line
            self._captions.append(caption)
            self._facts.addWidget(caption, index, 0, Qt.AlignmentFlag.AlignTop)
            caption.setVisible(not self._folded)  # once it has a parent: alone it would be a window
            value = text(words, wrap=True)
            self._facts.addWidget(value, index, 1)
            if words is person.number:
                value.setObjectName("person_number")
                self._number = value
        self.set_open_number(self._open_number)
        set_text(self._note, person.note, person.note_tone)

    def set_open_number(self, number: str) -> None:
        """Show the whole number in place of the masked one; empty masks it again."""
        self._open_number = number
        if self._number is not None and self._person is not None:
            self._number.setText(number or self._person.number)

    def set_folded(self, on: bool) -> None:
        """For a narrow window: no portrait and no captions; number, dates and names speak for themselves."""
        self._folded = on
        self._photo.setVisible(self._person is not None and not on)
        for caption in self._captions:
            caption.setVisible(not on)
        self.known.set_folded(on)

    def set_waiting(self, words: str | None) -> None:
        """Say that a device is at work, e.g. 请把身份证放到读卡器上; None when it is done."""
        waiting = bool(words)
        self._waiting = words or ""
        set_text(self._busy, words or "", Tone.INFO)
        self._empty_title.setText(words or self.tr("请来访人出示证件"))
        self._empty_title.setWordWrap(waiting)
        restyle(self._empty_title, tone=Tone.INFO.value if waiting else "")
        set_text(self._empty_hint, self.tr("正在等待，按 Esc 取消") if waiting else self.tr("护照、通行证按 Shift+F2"))
        self._ways.setVisible(not waiting)
        self._picture.setVisible(self._reader_down and not waiting)

    def set_reader_down(self, down: bool) -> None:
        """The card reader cannot be used now: the picture of a card is the way to go."""
        self._reader_down = down
        self._picture.setVisible(down and not self._waiting)

    def set_licences(self, licences: Sequence[LicenceView]) -> None:
        """Show the licences scanned, in this order."""
        clear(self._licences)
        self._licence_count = len(licences)
        self._cards = [LicenceCard(licence) for licence in licences]
        for place, card in enumerate(self._cards):
            card.opened.connect(lambda place=place: self.licence_opened.emit(place))
            self._licences.addWidget(card)
        set_text(self._licences_title, self.tr("电子证照 {0}").format(len(licences)) if licences else "")
        self._choose_page()

    def set_chip(self, view: ChipView | None) -> None:
        """Show the checks of a passport's chip; None for no chip."""
        self._chip_shown = view is not None
        self.chip.set_view(view)
        self._choose_page()

    def set_licence_waits(self, words: Sequence[str]) -> None:
        """What each of the cards still waits for, in their order; "" for nothing."""
        for card, waits in zip(self._cards, words, strict=False):
            card.set_waits(waits)

    def _choose_page(self) -> None:
        shown = self._person is not None or self._licence_count > 0 or self._chip_shown
        self._stack.setCurrentWidget(self._filled if shown else self._empty)
        # The page that is not on show asks for no room: what to press needs more than the card, which scrolls.
        down = QSizePolicy.Policy.Ignored if shown else QSizePolicy.Policy.Preferred
        self._empty.setSizePolicy(QSizePolicy.Policy.Preferred, down)
        if self._person is None and shown:
            # A licence may come before the card: say what is still open.
            if self._chip_shown and not self._licence_count:
                set_text(self._name, self.tr("身份尚未确认"))
                set_text(self._card_type, "")
                return
            set_text(self._name, self.tr("尚未读证件"))
            set_text(self._card_type, self.tr("按 F2 读证件，核对是否同一人"))
