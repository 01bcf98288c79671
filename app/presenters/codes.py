"""Scanning e-licences: the camera's live picture, the code in it, the verdict."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QImage

from app.domain.errors import EnvironmentProblem
from app.domain.fact import Verdict
from app.domain.licence import CodeKind, LicenceReading, ScannedCode
from app.licences.kinds import Recognised
from app.licences.meant import Seen, meant
from app.licences.shown import oddities, shown
from app.presenters.desk import Desk
from app.presenters.live import frame_size
from app.presenters.sounds import Sounds
from app.presenters.words import licence_title, verdict_words
from app.services.scan_licence import LICENCE_KINDS, ScanLicence
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import FrameAnalyser, view_of
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply
from widgets.i18n import core_words, pick
from widgets.preview import PreviewPanel
from widgets.views import Tone

log = logging.getLogger(__name__)

SHORT = 40
"""Characters of an unknown text that are shown under the picture."""
LINGER_MILLISECONDS = 700
"""The picture stays this long after a licence was read, so that clerk and citizen see what was read."""


class CodePresenter(QObject):
    """F4 starts looking, F4 or Esc stops. `scanned` carries each LicenceReading, after the visit has been changed.

    `led` carries a Recognised that is no licence and leads somewhere. A code that is of no use is told and looked past.
    """

    scanned = pyqtSignal(object)
    led = pyqtSignal(object)

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
        self._choice: tuple[tuple[Seen, ...], Frame] | None = None
        self._shown = ""
        # The device panel may look through the same camera: what it sees is not scanned.
        self._looking = self._began = False
        camera.frame.connect(self._show_frame)
        camera.ended.connect(self._ended)
        analyser.analysed.connect(self._found)
        preview.chosen.connect(self._choose)
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.setInterval(LINGER_MILLISECONDS)
        self._linger.timeout.connect(self.stop)

    @property
    def active(self) -> bool:
        return self._looking and self._camera.streaming

    def toggle(self) -> None:
        """Start looking, or stop. While the last code still stands there: look for the next one."""
        if self.active and not self._read_one:
            self.stop()
            return
        if not self.active:
            self._judged = set()  # else what was read may still be before the camera, and is looked past
        self._linger.stop()
        self._looking = self._began = True
        self._read_one = False
        self._choice = None
        self._shown = ""
        self._preview.set_title(self.tr("扫电子证照"))
        self._preview.set_outline(None, Tone.NEUTRAL)
        self._preview.set_message(self.tr("请来访者亮出手机上的证照二维码（Esc 停止）"), Tone.INFO)
        self._camera.start_stream()

    def stop(self) -> None:
        self._linger.stop()
        if self._choice is not None:
            self._choice = None
            self._preview.set_choices(())
        if self._looking:
            self._looking = False
            self._camera.stop_stream()

    def _show_frame(self, image: QImage, frame: Frame) -> None:
        if self.active and not self._read_one and self._choice is None:
            self._preview.set_frame(image, frame_size(frame), frame.at)
            self._camera.set_room(*self._preview.room())
        self._camera.taken()

    def _found(self, codes: Sequence[ScannedCode], frame: Frame) -> None:
        if not self.active or self._read_one or self._choice is not None:
            return
        new = [code for code in codes if code.text not in self._judged]
        seen = meant([(code, self._scan.look_at(code.text, code.format)) for code in new], frame_size(frame))
        outlined = seen[0][0] if seen else codes[0] if codes else None
        self._preview.follow(outlined.points if outlined else None, Tone.INFO, frame.at)
        if len(seen) > 1:
            self._ask_which(seen, frame)
        elif seen:
            self._take(seen[0], frame)

    def _ask_which(self, seen: tuple[Seen, ...], frame: Frame) -> None:
        """Nobody can tell which one was meant: the picture stands still, a digit chooses."""
        self._choice = (seen, frame)
        visit_id, room = self._desk.visit.visit_id, self._preview.room()

        def show(picture: QImage) -> None:
            if self._choice is None or self._choice[0] is not seen or not self._desk.still(visit_id):
                return
            self._preview.set_frame(picture, frame_size(frame))
            self._preview.set_outline(None)
            self._preview.set_choices([code.points for code, _ in seen])
            self._preview.set_message(
                self.tr("有 {0} 个码，按数字键选一个（Esc 停止）").format(len(seen)), Tone.WARNING
            )

        self._desk.tasks.run(lambda: view_of(frame.picture, room), show)

    def _choose(self, number: int) -> None:
        """The clerk chose one of the codes, counted from 1."""
        if self._choice is None or not 1 <= number <= len(self._choice[0]):
            return
        (seen, frame), self._choice = self._choice, None
        self._preview.set_choices(())
        self._take(seen[number - 1], frame)

    def _take(self, seen: Seen, frame: Frame) -> None:
        code, found = seen
        # Judged once a scan: the same code stays before the camera for many frames.
        self._judged.add(code.text)
        if found.kind in LICENCE_KINDS:
            self._judge(code, frame)
        elif found.kind in (CodeKind.OTHER, CodeKind.UNKNOWN):
            self._tell_wrong(found)
        else:
            self._read_one = True
            self._acknowledge(Tone.SUCCESS)
            self._preview.set_message(self.tr("已识别，请收回手机"), Tone.SUCCESS)
            self._linger.start()
            self.led.emit(found)

    def _tell_wrong(self, found: Recognised) -> None:
        """Of no use here: what it is and what to ask for, in the rule's words; the camera goes on looking."""
        self._acknowledge(Tone.WARNING)
        self._preview.set_message(self._wrong_words(found), Tone.WARNING)
        self.scanned.emit(LicenceReading(found.kind, Verdict.INVALID))

    def _wrong_words(self, found: Recognised) -> str:
        rule = found.rule
        if rule is not None and rule.says:
            return self.tr("{0}{1}").format(pick(rule.says, rule.says_en), pick(rule.todo, rule.todo_en))
        words = self.tr("这不是电子证照的二维码，请让来访者打开“我的证照”。内容：{0}")
        words = words.format(shown(found.text, SHORT))
        odd = [core_words(one) for one in oddities(found.text)]
        return self.tr("{0}（{1}）").format(words, self.tr("，").join(odd)) if odd else words

    def _judge(self, code: ScannedCode, frame: Frame) -> None:
        visit_id = self._desk.visit.visit_id

        room = self._preview.room()

        def read() -> tuple[LicenceReading, QImage]:
            return self._scan.read(code.text), view_of(frame.picture, room)

        def take(read: tuple[LicenceReading, QImage]) -> None:
            if self._desk.still(visit_id) and not self._read_one:
                self._show(code, frame, *read)

        self._desk.tasks.run(read, take)

    def _show(self, code: ScannedCode, frame: Frame, reading: LicenceReading, picture: QImage) -> None:
        self._read_one = True
        self._shown = code.text
        words, tone = verdict_words(reading)
        # First the answer to the person who holds the phone, on the very frame that was read; then all the rest.
        self._preview.set_frame(picture, frame_size(frame))
        self._preview.set_outline(code.points, tone)
        self._preview.set_message(self.tr("{0}：{1}").format(licence_title(reading) or self.tr("证照"), words), tone)
        self._acknowledge(tone)
        self._desk.change(self._scan.apply(self._desk.visit, code.text, reading))
        self._linger.start()
        self.scanned.emit(reading)

    def say_verdict(self, text: str, reading: LicenceReading) -> None:
        """The platform has judged a code that was captured: if its picture is still on show, it must not say less."""
        if text == self._shown and self._preview.is_live():
            words, tone = verdict_words(reading)
            self._preview.set_tone(tone)
            self._preview.set_message(
                self.tr("{0}：{1}").format(licence_title(reading) or self.tr("证照"), words), tone
            )

    def take_scanned(self, text: str, symbology: str = "") -> None:
        """A code from a scanner: judged as the camera's are, whether a picture is open or not."""
        found = self._scan.look_at(text, symbology)
        if found.kind in (CodeKind.OTHER, CodeKind.UNKNOWN):
            self._sounds.play(Tone.WARNING)
            self._desk.tell(Tone.WARNING, self.tr("扫到的码不能用"), self._wrong_words(found), "")
            self.scanned.emit(LicenceReading(found.kind, Verdict.INVALID))
        elif found.kind in LICENCE_KINDS:
            visit_id = self._desk.visit.visit_id

            def take(reading: LicenceReading) -> None:
                if self._desk.still(visit_id):
                    self._apply(text, reading)

            self._desk.tasks.run(lambda: self._scan.read(text), take)
        else:
            self._sounds.play(Tone.SUCCESS)
            self.led.emit(found)

    def _apply(self, text: str, reading: LicenceReading) -> None:
        words, tone = verdict_words(reading)
        self._sounds.play(tone)
        self._desk.tell(tone, licence_title(reading) or self.tr("证照"), words, "")
        self._desk.change(self._scan.apply(self._desk.visit, text, reading))
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
