"""At the self-service screen: consent, the face before the camera, and on to the results or to the counter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QImage

from app.presenters.face import SLOTS
from app.presenters.self_service_applicant import ORDER, Applicant
from app.services.collect_face import CollectFace, FaceAnswer
from app.services.visit import Visit
from app.workers.camera_thread import CameraThread, FrameAnalyser
from app.workers.face_camera import FaceCamera, FaceSeen
from app.workers.tasks import TaskRunner
from devices.base import Picture
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply
from widgets.views import Tone

SECONDS = 40
"""So long the camera looks for somebody who may be judged and is alike."""
_FAULTS = {
    "none": QT_TRANSLATE_NOOP("SelfServiceFace", "没有看到您的脸，请站到镜头前"),
    "several": QT_TRANSLATE_NOOP("SelfServiceFace", "画面里不止一个人，请旁边的人让开"),
    "small": QT_TRANSLATE_NOOP("SelfServiceFace", "请靠近一些"),
    "cut": QT_TRANSLATE_NOOP("SelfServiceFace", "脸没有照全，请站到中间"),
    "turned": QT_TRANSLATE_NOOP("SelfServiceFace", "请正对镜头"),
    "tilted": QT_TRANSLATE_NOOP("SelfServiceFace", "请把头摆正"),
    "dark": QT_TRANSLATE_NOOP("SelfServiceFace", "脸上太暗，请换个方向"),
    "bright": QT_TRANSLATE_NOOP("SelfServiceFace", "脸上太亮，请避开强光"),
    "uneven": QT_TRANSLATE_NOOP("SelfServiceFace", "脸上一边亮一边暗，请换个方向"),
    "blurred": QT_TRANSLATE_NOOP("SelfServiceFace", "画面不清楚，请站稳"),
}
"""By app.identity.face.quality.Fault, said to the person."""
_WHY = {
    FaceAnswer.UNLIKE: QT_TRANSLATE_NOOP("SelfServiceFace", "没有比对上身份证的照片。没有打印，也没有登记领取。"),
    FaceAnswer.NOT_JUDGED: QT_TRANSLATE_NOOP("SelfServiceFace", "没有照到可以比对的画面。没有打印，也没有登记领取。"),
    FaceAnswer.NO_CONSENT: QT_TRANSLATE_NOOP("SelfServiceFace", "您没有同意比对，没有拍照。"),
    FaceAnswer.NO_PICTURE: QT_TRANSLATE_NOOP("SelfServiceFace", "这里显示不了身份证芯片里的照片，没有比对。"),
    FaceAnswer.NO_CAMERA: QT_TRANSLATE_NOOP("SelfServiceFace", "摄像头现在不能用，没有比对。"),
    FaceAnswer.NO_COMPARER: QT_TRANSLATE_NOOP("SelfServiceFace", "这台机器没有装人脸比对，没有比对。"),
}


class SelfServiceFace(QObject):
    """passed(): alike, on to the results; wanted(): a clerk helps this one at the counter.

    `analyser` is a thread: whoever makes this starts and stops it.
    """

    passed = pyqtSignal()
    wanted = pyqtSignal()

    def __init__(
        self,
        who: Applicant,
        service: CollectFace,
        cameras: Mapping[str, CameraThread],
        tasks: TaskRunner,
        faces: FaceCamera | None = None,
        line: Callable[[], float] | None = None,
    ) -> None:
        """cameras: of app.presenters.face.SLOTS. line: of likeness; None: the model's authors' (docs/face.md)."""
        super().__init__()
        self._who, self._service, self._cameras, self._tasks = who, service, cameras, tasks
        self._page = who.screen.face
        self._faces = faces or FaceCamera()
        self._line = line or _authors_line
        self.analyser = FrameAnalyser(self._faces.look, self, gentle=True)
        self._camera: CameraThread | None = None
        self._visit: Visit | None = None
        self._photo = b""
        self._judged = False
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(SECONDS * 1000)
        self._limit.timeout.connect(self.out_of_time)
        self._page.agreed.connect(self._look)
        self._page.declined.connect(lambda: self._to_counter(FaceAnswer.NO_CONSENT))
        self.analyser.analysed.connect(self._seen)
        for camera in cameras.values():
            camera.frame.connect(lambda image, frame, camera=camera: self._show(camera, image, frame))
            camera.ended.connect(lambda reply, camera=camera: self._ended(camera, reply))

    def begin(self, photo: bytes) -> None:
        """Whose card was read is asked for consent. photo: as the card's chip holds it."""
        self._visit, self._photo, self._judged = self._who.visit, photo, False
        self._page.ask()
        screen = self._who.screen
        screen.set_step(self.tr("领取办理结果　比对人脸"))
        screen.set_foot(back=False)
        screen.show_page("face")

    def stop(self) -> None:
        """Nobody stands here any more, or it is over; nothing of the pictures is kept."""
        self._limit.stop()
        self._visit, self._photo = None, b""
        camera, self._camera = self._camera, None
        self._faces.forget()
        if camera is not None:
            camera.stop_stream()

    def out_of_time(self) -> None:
        """It took too long."""
        self._to_counter(FaceAnswer.UNLIKE if self._judged else FaceAnswer.NOT_JUDGED)

    def _look(self) -> None:
        visit, photo = self._visit, self._photo
        if visit is None or self._camera is not None:
            return
        there = (self._cameras[slot] for slot in SLOTS if slot in self._cameras)
        camera = next((one for one in there if not one.absent), None)
        if camera is None:
            self._to_counter(FaceAnswer.NO_CAMERA)
            return
        self._camera = camera
        self._who.touched.emit()
        self._page.look()
        self._limit.start()
        self._faces.forget()
        self._tasks.run(lambda: self._service.document(photo), lambda found: self._document(visit, found))

    def _document(self, visit: Visit, found: Picture | None) -> None:
        camera = self._camera
        if self._visit is not visit or camera is None:
            return
        if found is None:
            self._to_counter(FaceAnswer.NO_PICTURE)
            return
        self._faces.set_document(found)
        camera.use(self.analyser)
        camera.set_room(480, 480)
        camera.start_stream()

    def _seen(self, seen: FaceSeen, _: Frame) -> None:
        if self._visit is None or self._camera is None or seen.document is None:
            return
        if not seen.comparable:
            self._to_counter(FaceAnswer.NO_COMPARER)
        elif seen.document.face is None:
            self._to_counter(FaceAnswer.NO_PICTURE)
        elif seen.quality.faults:
            words = QCoreApplication.translate("SelfServiceFace", _FAULTS[seen.quality.faults[0].value])
            self._page.say(words, Tone.WARNING)
        else:
            self._page.say(self.tr("正在比对，请看着镜头……"))
            self._judged = self._judged or seen.likeness is not None
            if seen.likeness is not None and seen.likeness >= self._line():
                self._alike()

    def _alike(self) -> None:
        visit, camera = self._visit, self._camera
        if visit is None or camera is None:
            return
        device = camera.device.uri
        self.stop()

        def on(_: object) -> None:
            if self._who.still(visit):
                self.passed.emit()

        self._tasks.run(lambda: self._service.ended(visit, FaceAnswer.ALIKE, device), on, order=ORDER)

    def _to_counter(self, answer: FaceAnswer) -> None:
        visit = self._visit
        if visit is None:
            return
        device = self._camera.device.uri if self._camera is not None else ""
        self.stop()
        self._tasks.run(lambda: self._service.ended(visit, answer, device), lambda _: None, order=ORDER)
        screen = self._who.screen
        self._page.refuse(QCoreApplication.translate("SelfServiceFace", _WHY[answer]))
        screen.set_foot(back=False, go=self.tr("知道了，回到首页"))
        self._who.touched.emit()
        self.wanted.emit()

    def _show(self, camera: CameraThread, image: QImage, _: Frame) -> None:
        if camera is self._camera:
            self._page.set_live(image)
            camera.taken()

    def _ended(self, camera: CameraThread, reply: Reply[object]) -> None:
        if camera is self._camera and reply.outcome is not Outcome.CANCELLED:
            self._to_counter(FaceAnswer.NO_CAMERA)


def _authors_line() -> float:
    from app.identity.face.alike import AUTHORS_LINE

    return AUTHORS_LINE
