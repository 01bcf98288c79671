"""Ctrl+F3: is the person at the counter the one on the card? Two pictures side by side; the clerk says yes or no."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QImage

from app.domain.clock import Clock
from app.domain.person import mask
from app.presenters.desk import Desk
from app.services.duty import Duty
from app.services.visit import Visit
from app.workers.camera_thread import CameraThread
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply
from widgets.face import FacePanel
from widgets.i18n import core_words
from widgets.views import Tone

SLOTS = ("portrait_camera", "face_camera")
"""The first that is there is looked through."""
COMPARED = "face.compared"


def verdict_of(visit: Visit) -> bool | None:
    """What the clerk said of the person whose card is in hand; None: not asked since that card was read."""
    for event in reversed(visit.events):
        if event.action == COMPARED:
            return bool(event.details["same"])
        if event.action == "card.read":
            return None
    return None


class FacePresenter(QObject):
    """No picture is kept, and nothing is measured: the verdict is the clerk's, and stands in the trail with the name.

    photo: the card's photograph as an encoded picture, where something can give one.
    """

    def __init__(
        self,
        panel: FacePanel,
        desk: Desk,
        cameras: Mapping[str, CameraThread],
        clock: Clock,
        duty: Duty,
        open_now: Callable[[], bool],
        photo: Callable[[], bytes | None] = lambda: None,
    ) -> None:
        """cameras: of SLOTS, whether something stands there or not. open_now: may the visit be changed?"""
        super().__init__()
        self._panel, self._desk, self._clock, self._duty = panel, desk, clock, duty
        self._cameras = cameras
        self._open_now = open_now
        self._photo = photo
        self._camera: CameraThread | None = None
        panel.judged.connect(self._judged)
        panel.closed.connect(self.stop)
        desk.replaced.connect(self.stop)
        for camera in cameras.values():
            camera.frame.connect(lambda image, frame, camera=camera: self._show(camera, image, frame))
            camera.ended.connect(lambda reply, camera=camera: self._ended(camera, reply))
            camera.interrupted.connect(lambda reply, camera=camera: self._interrupted(camera, reply))

    @property
    def active(self) -> bool:
        return self._camera is not None

    def possible(self) -> bool:
        """A card was read, and a camera stands where it sees the person."""
        return self._open_now() and self._desk.visit.card is not None and self._first() is not None

    def toggle(self) -> None:
        """Begin to compare, or leave it."""
        if self.active:
            self.stop()
            return
        camera, card = self._first(), self._desk.visit.card
        if camera is None or card is None:
            return
        self._camera = camera
        photo = QImage.fromData(self._photo() or b"")
        self._panel.begin(photo, self.tr("请看照片、证件和本人是否同一人（Esc 先不核对）"))
        camera.use(None)
        camera.set_room(*self._panel.room())
        camera.start_stream()

    def stop(self) -> None:
        """Close the picture."""
        camera, self._camera = self._camera, None
        self._panel.hide()
        if camera is not None:
            camera.stop_stream()

    def _first(self) -> CameraThread | None:
        there = (self._cameras[slot] for slot in SLOTS if slot in self._cameras)
        return next((camera for camera in there if not camera.absent), None)

    def _show(self, camera: CameraThread, image: QImage, _: Frame) -> None:
        if camera is self._camera:
            self._panel.set_live(image)
            camera.taken()

    def _ended(self, camera: CameraThread, reply: Reply[object]) -> None:
        if camera is self._camera and reply.outcome is not Outcome.CANCELLED:
            self._panel.set_broken(core_words(reply.detail) or self.tr("画面已结束"))

    def _interrupted(self, camera: CameraThread, reply: Reply[object]) -> None:
        if camera is self._camera and not reply.ok:
            self._panel.set_broken(self.tr("画面中断，接好后自动恢复"))

    def _judged(self, same: bool) -> None:
        card, camera = self._desk.visit.card, self._camera
        if card is None or camera is None or not self._open_now():
            return
        self.stop()
        self._desk.change(
            self._desk.visit.with_event(
                self._clock.now(),
                self._duty.clerk,
                COMPARED,
                mask(card.number or ""),
                same=same,
                device=camera.device.uri,
            )
        )
        if same:
            self._desk.tell(Tone.SUCCESS, self.tr("人证一致"), self.tr("已记入办理记录。"), "")
        else:
            todo = self.tr("请先不要受理：问明情况，请本人带本人证件来办，或按代办核对授权。")
            self._desk.tell(Tone.ERROR, self.tr("人证不一致"), self.tr("已记入办理记录。"), todo)
