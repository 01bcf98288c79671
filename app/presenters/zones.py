"""Passports and permits: the machine-readable zone from a reader, a live picture or a page that was scanned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from PyQt6.QtCore import QT_TRANSLATE_NOOP, QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QImage

from app.domain.clock import shanghai
from app.domain.errors import BadInput, EnvironmentProblem
from app.identity.facts import OTHERS_DOCUMENT, ROLE
from app.identity.mrz.layout import LAYOUTS
from app.identity.mrz.parse import Mrz, clean, parse
from app.identity.travel import TravelKind, document_of
from app.presenters.desk import Desk
from app.presenters.live import frame_size
from app.presenters.sounds import Sounds
from app.presenters.who import READ_SECONDS
from app.services.capture_material import CapturedPage
from app.services.identify import Identify
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import FrameAnalyser
from app.workers.device_thread import Call, DeviceThread
from app.workers.tasks import TaskRunner
from app.workers.zone_camera import ZoneCamera, read_page
from devices.kinds.identity import MrzReading, PassportReader
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply
from widgets.dialogs.confirm import confirm
from widgets.dialogs.zone_check import ZoneCheckDialog
from widgets.i18n import core_words
from widgets.preview import PreviewPanel
from widgets.views import Tone
from widgets.views_zone import DoubtView
from widgets.window import MainWindow

if TYPE_CHECKING:
    from app.identity.mrz.live import Seen
    from app.identity.mrz.read import ReadZone

PATIENCE = 6
"""So many frames may show a zone without agreeing; then the clerk is asked about what stays doubtful."""
LINGER_MILLISECONDS = 700
_ASKED = frozenset(
    f"{role}.{element}"
    for role in (ROLE, OTHERS_DOCUMENT)
    for element in ("name_en", "nationality", "travel_document_number")
)
"""A page is searched for a zone where the form asks for one of these."""
_FIELDS = {
    "code": QT_TRANSLATE_NOOP("ZonePresenter", "证件类别"),
    "issuer": QT_TRANSLATE_NOOP("ZonePresenter", "签发国"),
    "names": QT_TRANSLATE_NOOP("ZonePresenter", "姓名"),
    "number": QT_TRANSLATE_NOOP("ZonePresenter", "证件号码"),
    "nationality": QT_TRANSLATE_NOOP("ZonePresenter", "国籍"),
    "birth": QT_TRANSLATE_NOOP("ZonePresenter", "出生日期"),
    "sex": QT_TRANSLATE_NOOP("ZonePresenter", "性别"),
    "expiry": QT_TRANSLATE_NOOP("ZonePresenter", "有效期"),
    "optional": QT_TRANSLATE_NOOP("ZonePresenter", "附加项"),
    "composite": QT_TRANSLATE_NOOP("ZonePresenter", "总校验"),
}
_ODD = {
    "unknown-state": QT_TRANSLATE_NOOP("ZonePresenter", "国家代码不在名单中"),
    "person-as-issuer": QT_TRANSLATE_NOOP("ZonePresenter", "签发国处是无国籍代码"),
    "impossible-date": QT_TRANSLATE_NOOP("ZonePresenter", "日期不存在"),
    "irregular-name": QT_TRANSLATE_NOOP("ZonePresenter", "姓名写法不合标准"),
    "irregular-document-code": QT_TRANSLATE_NOOP("ZonePresenter", "证件类别不合标准"),
    "irregular-sex": QT_TRANSLATE_NOOP("ZonePresenter", "性别不合标准"),
    "national-variant": QT_TRANSLATE_NOOP("ZonePresenter", "该国自定的样式"),
    "specimen": QT_TRANSLATE_NOOP("ZonePresenter", "样本证件"),
}


class ZonePresenter(QObject):
    """Shift+F2. `read` follows each zone that was taken over. Nothing uncertain is: the clerk confirms it first."""

    read = pyqtSignal(object)

    def __init__(
        self,
        window: MainWindow,
        preview: PreviewPanel,
        desk: Desk,
        identify: Identify,
        camera: CameraSource,
        analyser: FrameAnalyser,
        zones: ZoneCamera,
        reader: DeviceThread,
        tasks: TaskRunner,
        sounds: Sounds,
    ) -> None:
        """analyser: runs zones.look. reader: a passport reader's. tasks: of their own, as a page takes tenths of a
        second."""
        super().__init__()
        self._window = window
        self._preview = preview
        self._desk = desk
        self._identify = identify
        self._camera = camera
        self._zones = zones
        self._reader = reader
        self._tasks = tasks
        self._sounds = sounds
        self._call: Call | None = None
        self._looking = self._done = False
        self._unsure: list[ReadZone] = []
        self._page: ReadZone | None = None
        self.dialog: ZoneCheckDialog | None = None
        camera.frame.connect(self._show_frame)
        camera.ended.connect(self._ended)
        analyser.analysed.connect(self._found)
        desk.replaced.connect(self._forget)
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.setInterval(LINGER_MILLISECONDS)
        self._linger.timeout.connect(self.stop)

    @property
    def active(self) -> bool:
        """Is the live picture open for a zone?"""
        return self._looking and self._camera.streaming

    def start(self) -> None:
        """Take what a page showed; else ask the reader; else look through the camera, or stop looking."""
        if self.active:
            self.stop()
        elif self._page is not None:
            zone, self._page = self._page, None
            self._take_or_ask(zone, "page")
        elif self._has_zone():
            self._ask_reader()
        else:
            self._look()

    def stop(self) -> None:
        """Close the live picture, or ask the reader no longer."""
        self._linger.stop()
        if self._call is not None:
            self._call.cancel()
        if self._looking:
            self._looking = False
            self._camera.stop_stream()

    def take_text(self, text: str) -> bool:
        """Lines from a swipe reader or a scanner that types. False when they are no zone at all."""
        try:
            zone = parse(clean(text), self._today())
        except BadInput:
            return False
        self._take_lines(zone, "text")
        return True

    def page_kept(self, _material: str, page: CapturedPage) -> None:
        """A page was captured or imported: when it shows a zone that the form has a use for, it is offered."""
        keys = {field.key for field in self._desk.visit.form.definition.fields}
        if keys.isdisjoint(_ASKED):
            return
        picture, today, visit_id = np.asarray(page.picture, np.uint8), self._today(), self._desk.visit.visit_id

        def found(zone: ReadZone | None) -> None:
            if zone is not None and self._desk.still(visit_id):
                self._page = zone
                what = self.tr("材料上有护照或通行证的机读码")
                self._desk.tell(Tone.INFO, what, "", self.tr("是申请人本人的，按 Shift+F2 填入。"))

        self._tasks.run(lambda: read_page(picture, today), found)

    def _has_zone(self) -> bool:
        device = self._reader.device
        return isinstance(device, PassportReader) and device.has_zone

    def _ask_reader(self) -> None:
        if self._call is not None:
            return
        visit_id, device = self._desk.visit.visit_id, self._reader.device.uri
        self._window.who.set_waiting(self.tr("请把证件放到护照阅读机上…"))

        def done(reply: Reply[MrzReading]) -> None:
            self._call = None
            self._window.who.set_waiting(None)
            if not self._desk.still(visit_id) or reply.outcome is Outcome.CANCELLED:
                return
            if not reply.ok:
                self._desk.tell(
                    Tone.WARNING, self.tr("没有读到机读码"), reply.detail, self.tr("请放好证件，再按 Shift+F2。")
                )
                return
            try:
                self._take_lines(parse(reply.unwrap().lines, self._today()), device)
            except BadInput as error:
                self._desk.show_error(error)

        self._call = self._reader.call(lambda reader: reader.read_zone(READ_SECONDS), done)

    def _take_lines(self, zone: Mrz, device: str) -> None:
        """Lines without a picture: taken when their digits hold, else read once more."""
        if zone.valid and zone.ordinary:
            self._take(zone, device)
        else:
            self._sounds.play(Tone.WARNING)
            self._desk.tell(
                Tone.WARNING,
                self.tr("机读码没有读准，没有采用"),
                self._why(zone),
                self.tr("请再刷一次，或者用高拍仪拍机读码。"),
            )

    def _look(self) -> None:
        self._looking, self._done = True, False
        self._unsure = []
        self._zones.forget()
        self._preview.set_title(self.tr("读护照、通行证"))
        self._preview.set_outline(None, Tone.NEUTRAL)
        self._preview.set_message(self.tr("把有两三行“<<<”的一面放平，朝哪个方向都可以（Esc 停止）"), Tone.INFO)
        self._camera.start_stream()

    def _show_frame(self, image: QImage, frame: Frame) -> None:
        if self.active and not self._done:
            self._preview.set_frame(image, frame_size(frame), frame.at)
            self._camera.set_room(*self._preview.room())
        self._camera.taken()

    def _found(self, seen: Seen, frame: Frame) -> None:
        if not self.active or self._done:
            return
        zone = seen.zone
        self._preview.follow(_outline(zone) if zone is not None else None, Tone.INFO, frame.at)
        if seen.agreed is not None:
            self._done = True
            self._preview.flash(Tone.SUCCESS)
            self._preview.set_message(self.tr("已读出，请收回证件"), Tone.SUCCESS)
            self._linger.start()
            self._take(seen.agreed, "camera")
        elif zone is not None:
            self._unsure.append(zone)
            if len(self._unsure) >= PATIENCE:
                self._done = True
                best = min(self._unsure, key=lambda one: len(one.doubtful))
                self.stop()
                self._ask(best, "camera")

    def _take_or_ask(self, zone: ReadZone, device: str) -> None:
        from app.identity.mrz.read import Verdict

        if zone.verdict is Verdict.ACCEPTED:
            self._take(zone.mrz, device)
        else:
            self._ask(zone, device)

    def _take(self, zone: Mrz, device: str) -> None:
        document = document_of(zone, self._today())
        tone = Tone.WARNING if document.fault else Tone.SUCCESS
        self._sounds.play(tone)
        self._desk.change(self._identify.apply_zone(self._desk.visit, zone, device))
        if document.fault:
            title = self.tr("机读码的证件号码没有填入")
            words = self.tr("{0}。").format(core_words(document.fault))
            self._desk.tell(tone, title, words, self.tr("请看实物和本人，号码照证件录入。"))
        else:
            kind = "" if document.kind is TravelKind.OTHER else core_words(document.kind.label)
            title = self.tr("机读码已填入：{0}").format(kind) if kind else self.tr("机读码已填入")
            self._desk.tell(tone, title, self.tr("证件真伪没有核验，请看实物和本人。"), "")
        self.read.emit(zone)

    def _ask(self, zone: ReadZone, device: str) -> None:
        """The doubtful characters, each with its picture. What is odd without a doubtful character is told."""
        if not zone.doubtful:
            self._sounds.play(Tone.WARNING)
            self._desk.tell(
                Tone.WARNING,
                self.tr("机读码不是常见的样式，没有采用"),
                self._why(zone.mrz),
                self.tr("请照证件录入。"),
            )
            return
        visit_id = self._desk.visit.visit_id

        def pictures() -> list[QImage]:
            return [_image(zone.crop(line, column)) for line, column in zone.doubtful]

        def show(images: Sequence[QImage]) -> None:
            if self._desk.still(visit_id) and self.dialog is None:
                self._open(zone, images, device)

        self._sounds.play(Tone.WARNING)
        self._desk.tasks.run(pictures, show)

    def _open(self, zone: ReadZone, images: Sequence[QImage], device: str) -> None:
        doubts = [
            DoubtView(line, column, self._field(zone.mrz, line, column), image, zone.candidates(line, column))
            for (line, column), image in zip(zone.doubtful, images, strict=True)
        ]
        dialog = self.dialog = ZoneCheckDialog(zone.mrz.lines, doubts, self._window)
        dialog.confirmed.connect(lambda given: self._confirmed(zone, given, device))
        dialog.finished.connect(self._closed)
        dialog.open_once()

    def _confirmed(self, zone: ReadZone, given: dict[tuple[int, int], str], device: str) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        mrz = parse(corrected(zone.mrz.lines, given), self._today())
        if not mrz.valid and not confirm(
            dialog,
            self.tr("确认的字符与证件的校验位对不上"),
            self.tr("{0}。请对照证件再看一遍；对不上的项不会填入表单。").format(self._why(mrz)),
            self.tr("填入其余各项"),
            self.tr("再看一遍"),
            danger=True,
        ):
            dialog.say(self._why(mrz))
            return
        dialog.accept()
        self._take(mrz, device)

    def _closed(self, _result: int) -> None:
        self.dialog = None

    def _why(self, zone: Mrz) -> str:
        wrong = [self.tr(_FIELDS[check.name]) for check in zone.checks if not check.ok]
        if wrong:
            return self.tr("校验位不符：{0}").format(self.tr("、").join(wrong))
        odd = [self.tr(_ODD[oddity]) for oddity in zone.oddities if oddity in _ODD]
        return self.tr("、").join([*odd, *([core_words(zone.variant)] if zone.variant else [])])

    def _field(self, zone: Mrz, line: int, column: int) -> str:
        """What a place of the zone holds, in the clerk's words."""
        layout = LAYOUTS[zone.format]
        single: dict[str, Any] = {name: getattr(layout, name) for name in _FIELDS if hasattr(layout, name)}
        for name, places in single.items():
            if name == "composite":
                continue
            for row, first, end in places if name == "optional" else (places,):
                checked = name in ("number", "birth", "expiry")
                if row == line and first <= column < end + checked:
                    return self.tr(_FIELDS[name])
        return ""

    def _ended(self, reply: Reply[object]) -> None:
        if not self._looking and not self._done:
            return
        looked, self._looking = self._looking, False
        if reply.outcome is Outcome.CANCELLED:
            if not self._done:
                self._preview.clear()
        elif reply.outcome is Outcome.NOT_PRESENT:
            self._preview.set_message(self.tr("画面已结束，没有读到机读码。按 Shift+F2 重来。"), Tone.WARNING)
        elif looked:
            todo = self.tr("请检查摄像头连线后按 Shift+F2 重试。")
            self._desk.show_error(EnvironmentProblem(self.tr("摄像头不能用"), reply.detail, todo))

    def _today(self) -> Any:
        return shanghai(self._desk.clock.now()).date()

    def _forget(self) -> None:
        """Somebody's document is not kept longer than they are at the window."""
        self.stop()
        self._page = None
        self._unsure = []
        self._zones.forget()
        if self.dialog is not None:
            self.dialog.reject()


def corrected(lines: Sequence[str], given: dict[tuple[int, int], str]) -> tuple[str, ...]:
    """The lines with what a person confirmed in place of what was read."""
    return tuple(
        "".join(given.get((number, at), char) for at, char in enumerate(line)) for number, line in enumerate(lines)
    )


def _outline(zone: ReadZone) -> list[tuple[float, float]]:
    """The corners of the zone, upper left first as it is read."""
    upper, lower = zone.place.lines[0], zone.place.lines[-1]
    across = lower.points[0] - upper.points[0]
    room = across / max(float(np.hypot(*across)), 1.0) * upper.height
    return [
        (float(x), float(y))
        for x, y in (upper.points[0] - room, upper.points[-1] - room, lower.points[-1] + room, lower.points[0] + room)
    ]


def _image(gray: np.ndarray[Any, Any]) -> QImage:
    """Owns its bytes."""
    packed = np.ascontiguousarray(gray)
    height, width = packed.shape
    return QImage(packed.tobytes(), width, height, packed.strides[0], QImage.Format.Format_Grayscale8).copy()
