"""Ctrl+F3: is the person at the counter the one on the document? Side by side; the clerk says yes or no."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QCoreApplication, QObject
from PyQt6.QtGui import QImage

from app.presenters.desk import Desk
from app.presenters.face_words import SOURCES, face_view
from app.services.compare_face import CompareFace, DocumentPhoto
from app.workers.camera_thread import CameraThread, FrameAnalyser, as_image
from app.workers.face_camera import FaceCamera, FaceSeen
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply
from widgets.face import FacePanel
from widgets.i18n import core_words
from widgets.views import Tone

SLOTS = ("face_camera", "portrait_camera")
"""The first that is there is looked through."""


class FacePresenter(QObject):
    """No picture is kept: the verdict is the clerk's, and stands in the trail with the name. What is measured advises.

    `analyser` is a thread: whoever makes this starts and stops it.
    """

    def __init__(
        self,
        panel: FacePanel,
        desk: Desk,
        cameras: Mapping[str, CameraThread],
        service: CompareFace,
        open_now: Callable[[], bool],
        faces: FaceCamera | None = None,
    ) -> None:
        """cameras: of SLOTS, whether something stands there or not. open_now: may the visit be changed?"""
        super().__init__()
        self._panel, self._desk, self._service = panel, desk, service
        self._cameras = cameras
        self._open_now = open_now
        self._faces = faces or FaceCamera()
        self.analyser = FrameAnalyser(self._faces.look, self, gentle=True)
        self._camera: CameraThread | None = None
        self._source = self._motion = ""
        panel.judged.connect(self._judged)
        panel.motion_asked.connect(self._ask)
        panel.closed.connect(self.stop)
        desk.replaced.connect(self.stop)
        self.analyser.analysed.connect(self._seen)
        for camera in cameras.values():
            camera.frame.connect(lambda image, frame, camera=camera: self._show(camera, image, frame))
            camera.ended.connect(lambda reply, camera=camera: self._ended(camera, reply))
            camera.interrupted.connect(lambda reply, camera=camera: self._interrupted(camera, reply))

    @property
    def active(self) -> bool:
        return self._camera is not None

    def possible(self) -> bool:
        """A card or a chip was read, or a personal code taken, and a camera stands where it sees the person."""
        return self._open_now() and self._known() and self._first() is not None

    def toggle(self) -> None:
        """Begin to compare, or leave it."""
        if self.active:
            self.stop()
            return
        camera = self._first()
        if camera is None or not self._known():
            return
        self._camera = camera
        self._source = self._motion = ""
        self._faces.forget()
        self._panel.begin(self.tr("请看照片、证件和本人是否同一人（Esc 先不核对）"))
        visit = self._desk.visit
        self._desk.tasks.run(lambda: self._service.document(visit), lambda found: self._document(visit.visit_id, found))
        camera.use(self.analyser)
        camera.set_room(*self._panel.room())
        camera.start_stream()

    def stop(self) -> None:
        """Close the picture; nothing of it is kept."""
        camera, self._camera = self._camera, None
        self._panel.hide()
        self._faces.forget()
        if camera is not None:
            camera.stop_stream()

    def _known(self) -> bool:
        visit = self._desk.visit
        return visit.card is not None or visit.chip is not None or visit.resident is not None

    def _first(self) -> CameraThread | None:
        there = (self._cameras[slot] for slot in SLOTS if slot in self._cameras)
        return next((camera for camera in there if not camera.absent), None)

    def _document(self, visit_id: str, found: DocumentPhoto | None) -> None:
        if not self.active or not self._desk.still(visit_id):
            return
        if found is None:
            self._panel.set_document(QImage(), "")
            return
        self._source = found.source
        self._panel.set_document(as_image(found.picture), QCoreApplication.translate("Face", SOURCES[found.source]))
        self._faces.set_document(found.picture)

    def _ask(self) -> None:
        if self._camera is not None:
            self._motion = ""
            self._faces.ask(self._camera.mirrored)

    def _seen(self, seen: FaceSeen, _: Frame) -> None:
        if not self.active:
            return
        if seen.motion is not None and seen.motion.end is not None:
            self._motion = seen.motion.end.value
        self._panel.set_seen(face_view(seen))

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
        camera = self._camera
        if camera is None or not self._known() or not self._open_now():
            return
        source, motion = self._source, self._motion
        self.stop()
        self._desk.change(self._service.judged(self._desk.visit, same, camera.device.uri, source, motion))
        if same:
            self._desk.tell(Tone.SUCCESS, self.tr("人证一致"), self.tr("已记入办理记录。"), "")
        else:
            todo = self.tr("请先不要受理：问明情况，请本人带本人证件来办，或按代办核对授权。")
            self._desk.tell(Tone.ERROR, self.tr("人证不一致"), self.tr("已记入办理记录。"), todo)
