"""Scanning e-licences: the camera's live picture, the code in it, the verdict."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QImage

from app.domain.errors import EnvironmentProblem
from app.domain.licence import CodeKind, LicenceReading, ScannedCode
from app.presenters.desk import Desk
from app.presenters.live import frame_size
from app.presenters.sounds import Sounds
from app.presenters.words import licence_title, verdict_words
from app.services.scan_licence import LICENCE_KINDS, ScanLicence
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import FrameAnalyser, view_of
from devices.base import Frame
from devices.outcome import Outcome, Reply
from widgets.preview import PreviewPanel
from widgets.views import Tone

log = logging.getLogger(__name__)

LINGER_MILLISECONDS = 700
"""The picture stays this long after a licence was read, so that clerk and citizen see what was read."""

_WRONG_KIND = {
    CodeKind.FIRM_CODE: QT_TRANSLATE_NOOP("CodePresenter", "这是企业码，只表明企业身份，不能代替证照。"),
    CodeKind.LICENCE_URL: QT_TRANSLATE_NOOP("CodePresenter", "这是网址形式的营业执照码，请让来访者打开电子证照。"),
    CodeKind.OWN_PAPER: QT_TRANSLATE_NOOP("CodePresenter", "这是本系统打印的文书，不是证照。"),
    CodeKind.UNKNOWN: QT_TRANSLATE_NOOP("CodePresenter", "这不是电子证照的二维码，请让来访者打开“我的证照”。"),
}


class CodePresenter(QObject):
    """F4 starts looking, F4 or Esc stops. `scanned` carries each LicenceReading, after the visit has been changed.

    `booked` carries the text of a booking's code.
    """

    scanned = pyqtSignal(object)
    booked = pyqtSignal(str)

    def __init__(
        self,
        preview: PreviewPanel,
        desk: Desk,
        scan: ScanLicence,
        camera: CameraSource,
        analyser: FrameAnalyser,
        sounds: Sounds,
    ) -> None:
        super().__init__()
        self._preview = preview
        self._desk = desk
        self._scan = scan
        self._camera = camera
        self._sounds = sounds
        self._judged: set[str] = set()
        self._read_one = False
        # The device panel may look through the same camera: what it sees is not scanned.
        self._looking = self._began = False
        camera.frame.connect(self._show_frame)
        camera.ended.connect(self._ended)
        analyser.analysed.connect(self._found)
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.setInterval(LINGER_MILLISECONDS)
        self._linger.timeout.connect(self.stop)

    @property
    def active(self) -> bool:
        return self._looking and self._camera.streaming

    def toggle(self) -> None:
        """Start looking, or stop."""
        if self.active:
            self.stop()
            return
        self._judged = set()
        self._looking = self._began = True
        self._read_one = False
        self._preview.set_title(self.tr("扫电子证照"))
        self._preview.set_outline(None, Tone.NEUTRAL)
        self._preview.set_message(self.tr("请来访者亮出手机上的证照二维码（Esc 停止）"), Tone.INFO)
        self._camera.start_stream()

    def stop(self) -> None:
        self._linger.stop()
        if self._looking:
            self._looking = False
            self._camera.stop_stream()

    def _show_frame(self, image: QImage, frame: Frame) -> None:
        if self.active and not self._read_one:
            self._preview.set_frame(image, frame_size(frame), frame.at)
            self._camera.set_room(*self._preview.room())
        self._camera.taken()

    def _found(self, codes: Sequence[ScannedCode], frame: Frame) -> None:
        if not self.active or self._read_one:
            return
        self._preview.follow(codes[0].points if codes else None, Tone.INFO, frame.at)
        for code in codes:
            if code.text not in self._judged:
                self._judged.add(code.text)
                self._judge(code, frame)

    def _judge(self, code: ScannedCode, frame: Frame) -> None:
        visit_id = self._desk.visit.visit_id

        room = self._preview.room()

        def read() -> tuple[LicenceReading, QImage]:
            return self._scan.read(code.text), view_of(frame.picture, room)

        def take(read: tuple[LicenceReading, QImage]) -> None:
            if self._desk.still(visit_id) and not self._read_one:
                self._take(code, frame, *read)

        self._desk.tasks.run(read, take)

    def _take(self, code: ScannedCode, frame: Frame, reading: LicenceReading, picture: QImage) -> None:
        if reading.kind is CodeKind.BOOKING:
            self._read_one = True
            self._acknowledge(Tone.SUCCESS)
            self._preview.set_message(self.tr("预约码，正在查预约"), Tone.INFO)
            self._linger.start()
            self.booked.emit(code.text)
            return
        if reading.kind not in LICENCE_KINDS:
            self._acknowledge(Tone.WARNING)
            wrong = _WRONG_KIND.get(reading.kind, _WRONG_KIND[CodeKind.UNKNOWN])
            self._preview.set_message(self.tr(wrong), Tone.WARNING)
            self.scanned.emit(reading)
            return
        self._read_one = True
        words, tone = verdict_words(reading)
        # First the answer to the person who holds the phone, on the very frame that was read; then all the rest.
        self._preview.set_frame(picture, frame_size(frame))
        self._preview.set_outline(code.points, tone)
        self._preview.set_message(self.tr("{0}：{1}").format(licence_title(reading) or self.tr("证照"), words), tone)
        self._acknowledge(tone)
        self._desk.change(self._scan.apply(self._desk.visit, code.text, reading))
        self._linger.start()
        self.scanned.emit(reading)

    def _acknowledge(self, tone: Tone) -> None:
        self._preview.flash(tone)
        self._sounds.play(tone)

    def _ended(self, reply: Reply[object]) -> None:
        if not self._began:
            return
        self._looking = self._began = False
        if reply.outcome is Outcome.NOT_PRESENT and not self._read_one:
            self._preview.set_message(self.tr("画面已结束，没有读到证照。按 F4 重新扫描。"), Tone.WARNING)
        elif reply.outcome not in (Outcome.CANCELLED, Outcome.NOT_PRESENT):
            problem = EnvironmentProblem(
                self.tr("摄像头不能用"), reply.detail, self.tr("请检查摄像头连线后按 F4 重试。")
            )
            self._desk.show_error(problem)
        if not self._read_one and reply.outcome is Outcome.CANCELLED:
            self._preview.clear()
