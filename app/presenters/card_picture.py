"""Ctrl+Shift+F2: an identity card or permit read from the document camera's picture, when the reader cannot."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QImage

from app.domain.errors import EnvironmentProblem, YichuangError
from app.identity.cards.locate import Corners, Located
from app.identity.cards.read import ReadCard
from app.presenters.card_words import doubt_words, field_views
from app.presenters.desk import Desk
from app.presenters.live import frame_size
from app.presenters.sounds import Sounds
from app.services.card_picture import CardPicture
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import FrameAnalyser
from app.workers.device_thread import DeviceThread
from app.workers.tasks import TaskRunner
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply
from widgets.dialogs.card_check import CardCheckDialog
from widgets.i18n import core_words
from widgets.preview import PreviewPanel
from widgets.views import Tone
from widgets.window import MainWindow

STEADY_FRAMES = 3
"""So many frames in a row must show the card where it was: a card that is still being laid down is blurred."""
_STILL = 0.015
"""How far corners may wander between two of them, of the card's width."""
BLIND_SECONDS = 3.0
"""Without an outline (a white card on white paper) the whole picture is read after so long."""
ATTEMPTS = 4
LINGER_MILLISECONDS = 700
_FINE = (Outcome.OK, Outcome.BUSY, Outcome.CANCELLED, Outcome.DENIED_BY_USER)


class CardPicturePresenter(QObject):
    """`read` follows each card that was taken over. Nothing is that neither proves itself nor was confirmed."""

    read = pyqtSignal(object)

    def __init__(
        self,
        window: MainWindow,
        preview: PreviewPanel,
        desk: Desk,
        service: CardPicture,
        camera: CameraSource,
        analyser: FrameAnalyser,
        reader: DeviceThread,
        tasks: TaskRunner,
        sounds: Sounds,
        open_now: Callable[[], bool],
    ) -> None:
        """analyser: runs cards.locate.locate. reader: the card reader, whose trouble makes this the way to go.
        tasks: of their own, as reading takes seconds."""
        super().__init__()
        self._window = window
        self._preview = preview
        self._desk = desk
        self._service = service
        self._camera = camera
        self._reader = reader
        self._tasks = tasks
        self._sounds = sounds
        self._open_now = open_now
        self._looking = self._done = self._reading = False
        self._attempts = self._steady = 0
        self._corners: Corners | None = None
        self._since = 0.0
        self._stop = threading.Event()
        self.dialog: CardCheckDialog | None = None
        camera.frame.connect(self._show_frame)
        camera.ended.connect(self._ended)
        analyser.analysed.connect(self._found)
        desk.replaced.connect(self._forget)
        reader.light.connect(self._reader_light)
        window.who.picture_wanted.connect(self.asked)
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.setInterval(LINGER_MILLISECONDS)
        self._linger.timeout.connect(self.stop)

    @property
    def active(self) -> bool:
        """Is the live picture open for a card?"""
        return self._looking and self._camera.streaming

    def possible(self) -> bool:
        """Can text be read here, is there a camera, and may the visit still be changed?"""
        return self._service.present and self._camera.there and self._open_now()

    def asked(self) -> None:
        """The button beside the broken reader: as the key."""
        if self.possible() and not self.active:
            self._window.action.emit("read_card_picture")

    def start(self) -> None:
        """Look through the document camera, or stop looking."""
        if self.active:
            self.stop()
            return
        self._looking, self._done, self._reading = True, False, False
        self._attempts = self._steady = 0
        self._corners = None
        self._stop = threading.Event()
        self._since = time.monotonic()
        self._preview.set_title(self.tr("拍照识别证件"))
        self._preview.set_outline(None, Tone.NEUTRAL)
        self._preview.set_message(self.tr("把证件放平，不要移动；朝哪个方向都可以（Esc 停止）"), Tone.INFO)
        self._camera.start_stream()

    def stop(self) -> None:
        """Close the live picture; what is still being read is dropped."""
        self._linger.stop()
        self._stop.set()
        if self._looking:
            self._looking = False
            self._camera.stop_stream()

    def _reader_light(self, reply: Reply[str]) -> None:
        self._window.who.set_reader_down(reply.outcome not in _FINE and self._service.present and self._camera.there)

    def _show_frame(self, image: QImage, frame: Frame) -> None:
        if self.active and not self._done:
            self._preview.set_frame(image, frame_size(frame), frame.at)
            self._camera.set_room(*self._preview.room())
        self._camera.taken()

    def _found(self, located: Located | None, frame: Frame) -> None:
        if not self.active or self._done:
            return
        corners = located.corners if located is not None else None
        points = [(float(x), float(y)) for x, y in corners] if corners is not None else None
        self._preview.follow(points, Tone.INFO, frame.at)
        if self._reading:
            return
        if corners is None:
            self._steady, self._corners = 0, None
            if time.monotonic() - self._since >= BLIND_SECONDS:
                self._read(frame)
            return
        self._steady = self._steady + 1 if _same_place(corners, self._corners) else 1
        self._corners = corners
        if self._steady >= STEADY_FRAMES:
            self._read(frame)

    def _read(self, frame: Frame) -> None:
        """In another thread and process: seconds. The picture goes on meanwhile."""
        self._reading = True
        self._attempts += 1
        self._preview.set_message(self.tr("正在识别，请稍候…"), Tone.INFO)
        visit_id, stop, picture = self._desk.visit.visit_id, self._stop, np.asarray(frame.picture, np.uint8)

        def work() -> ReadCard | YichuangError | None:
            try:
                return self._service.read(picture, stop.is_set)
            except YichuangError as error:
                return error

        def then(found: ReadCard | YichuangError | None) -> None:
            if stop is self._stop and not stop.is_set() and self._desk.still(visit_id):
                self._answer(found)

        self._tasks.run(work, then)

    def _answer(self, found: ReadCard | YichuangError | None) -> None:
        self._reading = False
        self._steady, self._since = 0, time.monotonic()
        if isinstance(found, YichuangError):
            self.stop()
            self._desk.tell(Tone.ERROR, self.tr("证件没有识别"), found.what, self.tr("请照证件手工录入。"))
        elif found is None:
            if self._attempts >= ATTEMPTS:
                self.stop()
                self._preview.clear()
                self._sounds.play(Tone.WARNING)
                self._desk.tell(
                    Tone.WARNING,
                    self.tr("没有认出证件"),
                    self.tr("只识别身份证、居住证、永久居留证、回乡证、台胞证"),
                    self.tr("请放平、避开反光，再按 Ctrl+Shift+F2；或者手工录入。"),
                )
            else:
                self._preview.set_message(self.tr("没有认出证件，请放正、避开反光"), Tone.WARNING)
        else:
            self._done = True
            self._preview.flash(Tone.SUCCESS)
            self._preview.set_message(self.tr("已识别，请收回证件"), Tone.SUCCESS)
            self._linger.start()
            self._take_or_ask(found)

    def _take_or_ask(self, card: ReadCard) -> None:
        views = field_views(card)
        if not views:
            self._desk.tell(Tone.WARNING, self.tr("这一面没有要填的内容"), "", self.tr("请翻到另一面再拍。"))
        elif all(view.sure for view in views):
            self._take(card, dict(card.given), ())
        else:
            self._sounds.play(Tone.WARNING)
            dialog = self.dialog = CardCheckDialog(core_words(card.kind.label), views, self._window)
            dialog.confirmed.connect(lambda values: self._confirmed(card, values))
            dialog.finished.connect(self._closed)
            dialog.open_once()

    def _confirmed(self, card: ReadCard, values: dict[str, str]) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        values = self._service.tidy(values)
        faults = self._service.faults(card.kind, values)
        if faults:
            dialog.set_faults({name: doubt_words(doubt) for name, doubt in faults.items()})
            return
        asked = [value.name for value in card.values if value.name in values and not value.sure]
        dialog.accept()
        self._take(card, values, asked)

    def _take(self, card: ReadCard, values: dict[str, str], confirmed: Any) -> None:
        try:
            visit = self._service.apply(self._desk.visit, card, values, self._camera.uri, confirmed)
        except YichuangError as error:
            self._sounds.play(Tone.WARNING)
            self._desk.show_error(error)
            return
        self._sounds.play(Tone.SUCCESS)
        self._desk.change(visit)
        more = self.tr("要有效期的，翻到背面再按 Ctrl+Shift+F2。") if card.face == "resident_front" else ""
        words = self.tr("从照片识别，证件真伪没有核验，请看实物和本人。")
        self._desk.tell(Tone.SUCCESS, self.tr("{0}已填入").format(core_words(card.kind.label)), words, more)
        self.read.emit(card)

    def _closed(self, _result: int) -> None:
        self.dialog = None

    def _ended(self, reply: Reply[object]) -> None:
        if not self._looking and not self._done:
            return
        looked, self._looking = self._looking, False
        if reply.outcome is Outcome.CANCELLED:
            self._preview.clear()
        elif reply.outcome is Outcome.NOT_PRESENT:
            if not self._reading:
                self._preview.set_message(self.tr("画面已结束，没有认出证件。按 Ctrl+Shift+F2 重来。"), Tone.WARNING)
        elif looked:
            todo = self.tr("请检查摄像头连线后按 Ctrl+Shift+F2 重试。")
            self._desk.show_error(EnvironmentProblem(self.tr("摄像头不能用"), reply.detail, todo))

    def _forget(self) -> None:
        """Somebody's card is not kept longer than they are at the window."""
        self.stop()
        self._corners = None
        if self.dialog is not None:
            self.dialog.reject()


def _same_place(corners: Corners, before: Corners | None) -> bool:
    if before is None:
        return False
    wide = float(np.linalg.norm(corners[1] - corners[0]))
    return bool(np.linalg.norm(corners - before, axis=1).max() <= _STILL * wide)
