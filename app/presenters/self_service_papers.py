"""Self-service: the code on the telephone, and the papers under the document camera."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from app.domain.errors import YichuangError
from app.domain.fact import Verdict
from app.domain.licence import LicenceReading, ScannedCode
from app.domain.material import Material, MaterialStatus
from app.licences.facts import Match
from app.presenters.self_service_applicant import Applicant
from app.presenters.self_service_camera import SelfServiceCamera
from app.presenters.self_service_words import material_step, step_words
from app.presenters.words import licence_title
from app.services.capture_material import CapturedPage, CaptureMaterial
from app.services.scan_licence import LICENCE_KINDS, ScanLicence
from app.services.visit import Visit
from app.workers.camera_thread import view_of
from devices.kinds.imaging import Frame
from widgets.i18n import core_words
from widgets.views import Tone


class SelfServicePapers(QObject):
    """Licences and materials. code_left(page): on to that page; finished(): no paper is left; before(): back."""

    code_left = pyqtSignal(str)
    finished = pyqtSignal()
    before = pyqtSignal()

    def __init__(self, who: Applicant, capture: CaptureMaterial, scan: ScanLicence, camera: SelfServiceCamera) -> None:
        super().__init__(who)
        self._who, self._screen = who, who.screen
        self._capture, self._scan, self._camera = capture, scan, camera
        self._after_code = "known"
        self._order: list[str] = []
        self._at = 0
        self._taking = False
        self._camera_there = True
        camera.code.connect(self._code)
        camera.ended.connect(self._ended)
        page = self._screen.materials
        page.shot.connect(self._shoot)
        page.again.connect(self._again)
        page.promised.connect(lambda: self._settle(MaterialStatus.PROMISED))
        page.tolerated.connect(lambda: self._settle(MaterialStatus.TOLERATED))

    # -- the code -----------------------------------------------------------------------------------------------

    def show_code(self, after: str) -> None:
        """Look for a licence's code; then on to a page: "choose" or "known"."""
        self._after_code = after
        self._screen.code.set_state("")
        self._screen.set_foot(back=True, go=self.tr("不出示了，下一步"))
        self._screen.show_page("code")
        self._camera.look_for_codes(self._screen.code.preview)

    def leave_code(self) -> None:
        """On with the form, or with the choice."""
        self._camera.stop()
        self.code_left.emit(self._after_code)

    def _code(self, code: ScannedCode, frame: Frame) -> None:
        visit = self._who.visit
        if visit is None or self._screen.page != "code":
            return
        self._who.run(lambda: self._scan.read(code.text), lambda read: self._read(visit, code, read))

    def _read(self, before: Visit, code: ScannedCode, reading: LicenceReading) -> None:
        visit, page = self._who.visit, self._screen.code
        if visit is None or not self._who.still(before) or self._screen.page != "code":
            return
        self._who.touched.emit()
        if reading.kind not in LICENCE_KINDS:
            page.set_state(self.tr("这不是电子证照的二维码，请打开“我的证照”再出示。"))
            page.preview.flash(Tone.WARNING)
            return
        self._who.change(self._scan.apply(visit, code.text, reading))
        entry = next(e for e in (self._who.visit or visit).licences if e.text == code.text)
        title = licence_title(reading) or self.tr("证照")
        if not reading.verdict.usable:
            words = {Verdict.EXPIRED: self.tr("已过期"), Verdict.REVOKED: self.tr("已吊销")}
            said = words.get(reading.verdict, self.tr("不能用"))
            page.set_state(self.tr("{0}：{1}，请换一个，或到窗口说明。").format(title, said))
            page.preview.flash(Tone.WARNING)
        elif entry.match.match is Match.DIFFERENT:
            page.set_state(self.tr("{0}不是您本人的，没有采用。").format(title))
            page.preview.flash(Tone.WARNING)
        else:
            page.set_state(self.tr("已读到{0}。还有别的请接着出示。").format(title))
            page.preview.flash(Tone.SUCCESS)
            self._screen.set_foot(back=True, go=self.tr("下一步"))

    # -- papers -------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """The papers that lack, one after the other; none: on to the signature."""
        visit = self._who.visit
        if visit is None:
            return
        by_word = (MaterialStatus.PROMISED, MaterialStatus.TOLERATED)
        here = [m for m in visit.checklist.materials if m.pages or m.status in by_word]
        self._order = [m.use.id for m in visit.checklist.materials if m in visit.checklist.unsettled() or m in here]
        self._at, self._camera_there = 0, True
        self._show()

    def step(self, by: int) -> None:
        """To the next paper or the one before; beyond them to the signature, or back to the form."""
        self._at += by
        if self._at < 0:
            self._camera.stop()
            self.before.emit()
            return
        self._show()

    def _show(self) -> None:
        if self._at >= len(self._order):
            self._camera.stop()
            self.finished.emit()
            return
        self._screen.set_step(step_words(4))
        self._screen.show_page("materials")
        self._screen.materials.preview.clear()
        self._tell()
        if self._camera_there and not self._material().pages:
            self._camera.look_for_page(self._screen.materials.preview)

    def _material(self) -> Material:
        assert self._who.visit is not None  # noqa: S101 - only asked while somebody is here
        return self._who.visit.checklist.material(self._order[self._at])

    def _tell(self) -> None:
        material = self._material()
        where = (self._at + 1, len(self._order))
        self._screen.materials.set_view(material_step(material, where, self._camera_there))
        done = material.status.settled or bool(material.pages)
        later = "" if done else self.tr("没带，到窗口再交")
        self._screen.set_foot(back=True, later=later, go=self.tr("下一步") if done else "")

    def _shoot(self) -> None:
        visit = self._who.visit
        if visit is None or self._taking:
            return
        if self._material().pages and self._camera.picture() is None:
            self._camera.look_for_page(self._screen.materials.preview)
            return
        picture, material = self._camera.picture(), self._order[self._at]
        if picture is None:
            return
        self._taking = True
        room = self._screen.materials.preview.room()

        def take() -> tuple[CapturedPage, QImage] | YichuangError:
            try:
                page = self._capture.take(picture)
                return page, view_of(page.picture, room)
            except YichuangError as error:
                return error

        def taken(result: tuple[CapturedPage, QImage] | YichuangError) -> None:
            self._taking = False
            if isinstance(result, YichuangError):
                self._who.trouble.emit(result)
            elif self._who.still(visit) and self._who.visit is not None:
                self._keep(material, *result)

        self._who.run(take, taken)

    def _keep(self, material: str, page: CapturedPage, shown: QImage) -> None:
        visit = self._who.visit
        if visit is None:
            return
        try:
            self._who.change(self._capture.keep(visit, material, page))
        except YichuangError as error:  # an answer meanwhile took the material off the list
            self._who.trouble.emit(error)
            return
        if self._screen.page != "materials" or self._order[self._at] != material:
            return
        self._camera.stop()
        preview = self._screen.materials.preview
        preview.set_outline(None, Tone.NEUTRAL)
        preview.set_frame(shown)
        doubts = core_words("；".join(page.warnings))
        words = self.tr("{0}，看不清就重拍").format(doubts) if doubts else self.tr("拍好了")
        preview.set_message(words, Tone.WARNING if doubts else Tone.SUCCESS)
        preview.flash(Tone.WARNING if doubts else Tone.SUCCESS)
        self._tell()
        self._screen.go.setFocus()

    def _again(self) -> None:
        visit = self._who.visit
        pages = self._material().pages
        if visit is not None and pages:
            self._who.change(self._capture.drop(visit, self._order[self._at], len(pages) - 1))
            self._tell()
            self._camera.look_for_page(self._screen.materials.preview)

    def _settle(self, how: MaterialStatus) -> None:
        visit = self._who.visit
        if visit is None or self._material().status is how:
            return
        settle = self._capture.promise if how is MaterialStatus.PROMISED else self._capture.tolerate
        try:
            self._who.change(settle(visit, self._order[self._at]))
        except YichuangError as error:
            self._who.trouble.emit(error)
            return
        self.step(1)

    def _ended(self) -> None:
        if self._screen.page == "materials":
            self._camera_there = False
            self._screen.materials.preview.clear()
            self._tell()
        elif self._screen.page == "code":
            self._screen.code.set_state(self.tr("没有画面了。请点下一步，证照可以到窗口再出示。"))
