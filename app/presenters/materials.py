"""The checklist: capture with the document camera, tolerate, promise, confirm, take over, take back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QFileDialog

from app.domain.errors import EnvironmentProblem, YichuangError
from app.domain.material import MaterialStatus
from app.materials.outline import Outline
from app.presenters.desk import Desk
from app.presenters.live import frame_size
from app.presenters.page_viewer import PageViewerPresenter
from app.presenters.sounds import Sounds
from app.presenters.words import material_view
from app.services.capture_material import CapturedPage, CaptureMaterial
from app.services.open_ofd import SUFFIX
from app.services.reuse import Offer, Reuse
from app.services.visit import Visit
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import FrameAnalyser, view_of
from devices.base import Picture
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply
from widgets.i18n import core_words, pick
from widgets.materials import MaterialsPanel
from widgets.preview import PreviewPanel
from widgets.views import Tone


class MaterialsPresenter(QObject):
    """F6 opens the live picture for the selected material; F6 again takes the page. `captured` carries its id."""

    captured = pyqtSignal(str)
    page_kept = pyqtSignal(str, object)
    """Material, CapturedPage: the page with its picture, for who wants to read it."""
    licence_chosen = pyqtSignal(object)
    """Path: among the files for a material an e-licence was chosen, which is more than a picture."""

    def __init__(
        self,
        panel: MaterialsPanel,
        preview: PreviewPanel,
        desk: Desk,
        capture: CaptureMaterial,
        camera: CameraSource,
        analyser: FrameAnalyser,
        reuse: Reuse,
        sounds: Sounds,
    ) -> None:
        super().__init__()
        self._panel = panel
        self._preview = preview
        self._desk = desk
        self._capture = capture
        self._camera = camera
        self._material: str | None = None
        self._last: Frame | None = None
        self._taking = False
        self._page_seen = False
        self._reuse = reuse
        self._sounds = sounds
        self._offers: dict[str, Offer] = {}
        self._offered_for: tuple[object, ...] = ()
        self.hints: Mapping[str, str] = {}
        """Beside a material: what its pages say otherwise than the form (app.presenters.reading)."""
        self.viewer = PageViewerPresenter(panel.window(), desk, capture)
        panel.file_requested.connect(self._choose_file)
        panel.reuse_requested.connect(self._take_over)
        panel.tick_requested.connect(self._tick)
        panel.capture_requested.connect(self.capture)
        panel.tolerate_requested.connect(lambda m: self._settle(capture.tolerate, m))
        panel.promise_requested.connect(lambda m: self._settle(capture.promise, m))
        panel.drop_requested.connect(self._drop)
        panel.page_requested.connect(self._view)
        camera.frame.connect(self._show_frame)
        camera.ended.connect(self._ended)
        analyser.analysed.connect(self._found)
        desk.changed.connect(self._show)
        desk.replaced.connect(self.stop)

    @property
    def page_in_view(self) -> bool:
        """Is a page outlined in the live picture? An outline that comes late, of the picture before, is none."""
        return self.active and self._page_seen and self._last is not None

    @property
    def active(self) -> bool:
        return self._camera.streaming and self._material is not None

    def capture_next(self) -> None:
        """F6: take the page if the picture is open, else open it for the selected or the next missing material."""
        if self.active and self._material is not None:
            self._take()
            return
        wanted = self._panel.selected()
        open_ones = [m.use.id for m in self._desk.visit.checklist.materials if m.status is MaterialStatus.MISSING]
        if wanted is None or (open_ones and wanted not in open_ones):
            wanted = open_ones[0] if open_ones else wanted
        if wanted is None:
            self._desk.tell(Tone.INFO, self.tr("没有要拍的材料"), "", self.tr("先按 F3 选事项。"))
            return
        self._panel.select(wanted)
        self.capture(wanted)

    def capture(self, material: str) -> None:
        """Open the live picture for one material, or take the page if it is open for this one already."""
        if self.active and self._material == material:
            self._take()
            return
        names = {m.use.id: pick(m.use.name, m.use.name_en) for m in self._desk.visit.checklist.materials}
        if material not in names:
            return
        self._material, self._last, self._page_seen = material, None, False
        self._preview.set_title(self.tr("拍摄：{0}").format(names[material]))
        self._preview.set_outline(None, Tone.NEUTRAL)
        self._preview.set_message(self.tr("放好材料，绿框对准后再按 F6 拍下（Esc 取消）"), Tone.INFO)
        self._camera.start_stream()

    def stop(self) -> None:
        """Close the live picture."""
        if self._material is None:
            return  # the camera may be somebody else's now
        if self.active:
            self._preview.clear()
        self._material = None
        self._camera.stop_stream()

    def _take(self) -> None:
        """Take the page: what the camera can do best, where its live picture is less than that and goes on."""
        if self._last is None or self._taking or self._material is None:
            return
        seen, material, visit_id = self._last.picture, self._material, self._desk.visit.visit_id
        self._taking = True

        def shot(picture: Picture) -> None:
            if self.active and self._material == material and self._desk.still(visit_id):
                self._take_picture(picture, material, visit_id)
            else:
                self._taking = False  # given up meanwhile

        if self._camera.take(seen, shot):
            self._preview.set_message(self.tr("正在拍高清照片，请不要移动材料…"), Tone.INFO)

    def _take_picture(self, picture: Picture, material: str, visit_id: str) -> None:
        room = self._preview.room()

        def keep(taken: tuple[CapturedPage, QImage]) -> None:
            self._taking = False
            if self._desk.still(visit_id):
                self._keep(material, *taken)

        self._desk.tasks.run(lambda: self._try_take(picture, room), keep)

    def _try_take(self, picture: Picture, room: tuple[int, int]) -> tuple[CapturedPage, QImage]:
        try:
            page = self._capture.take(picture)
            return page, view_of(page.picture, room)
        except BaseException:  # whatever went wrong, F6 takes the next page
            self._taking = False
            raise

    def _keep(self, material: str, page: CapturedPage, shown: QImage) -> None:
        self.stop()
        try:
            self._desk.change(self._capture.keep(self._desk.visit, material, page))
        except YichuangError as error:  # an answer meanwhile took the material off the list
            self._desk.show_error(error)
            return
        self._preview.set_outline(None, Tone.NEUTRAL)
        self._preview.set_frame(shown)
        words, tone = self._said(material, page)
        self._preview.set_message(words, tone)
        self._preview.flash(tone)
        self._sounds.play(tone)
        self._go_on()
        self.captured.emit(material)
        self.page_kept.emit(material, page)

    def _go_on(self) -> None:
        """Lead the keyboard to the next material that still lacks."""
        self._panel.select_next_missing()
        self._panel.list.setFocus()

    def _settle(self, action: Callable[[Visit, str], Visit], material: str) -> None:
        try:
            self._desk.change(action(self._desk.visit, material))
            self._go_on()
        except YichuangError as error:
            self._desk.show_error(error)

    def _said(self, material: str, page: CapturedPage) -> tuple[str, Tone]:
        """What to say of a page just kept: which page, what may make it unreadable, what is still to be confirmed."""
        line = self._desk.visit.checklist.material(material)
        doubts = list(page.warnings)
        if not doubts and not page.found:
            doubts.append(self.tr("没有找到纸边，按整幅画面保存"))
        if line.unticked:
            doubts.append(self.tr("还有 {0} 条收件要点没有确认（数字键或 A）").format(len(line.unticked)))
        which = len(line.pages)
        if doubts:
            return self.tr("第 {0} 页已保存，但{1}").format(which, core_words("；".join(doubts))), Tone.WARNING
        return self.tr("第 {0} 页已裁边摆正并加密保存").format(which), Tone.SUCCESS

    def _drop(self, material: str, index: int) -> None:
        """Delete: the last page; of an earlier case's pages, all of them."""
        reused = self._desk.visit.checklist.material(material).origin is not None
        visit, capture = self._desk.visit, self._capture
        self._desk.change(capture.drop_reuse(visit, material) if reused else capture.drop(visit, material, index))

    def _tick(self, material: str, index: int) -> None:
        self._desk.change(self._capture.tick(self._desk.visit, material, None if index < 0 else index))

    def _take_over(self, material: str) -> None:
        offer = self._offers.get(material)
        if offer is not None:
            self._settle(lambda visit, _: self._reuse.take_over(visit, offer), material)

    def _choose_file(self, material: str) -> None:
        kinds = self.tr("图片和电子证照 (*.jpg *.jpeg *.png *.bmp *.ofd)")
        name, _ = QFileDialog.getOpenFileName(self._panel, self.tr("选择图片或电子证照文件"), "", kinds)
        if name.lower().endswith(SUFFIX):
            self.licence_chosen.emit(Path(name))
        elif name:
            self.take_file(material, Path(name))

    def take_file(self, material: str, path: Path) -> None:
        """Take a picture file as a page, straightened and judged like a picture of the camera."""
        visit_id = self._desk.visit.visit_id

        room = self._preview.room()

        def take() -> tuple[CapturedPage, QImage]:
            page = self._capture.take_file(path)
            return page, view_of(page.picture, room)

        def keep(taken: tuple[CapturedPage, QImage]) -> None:
            if self._desk.still(visit_id):
                self._keep(material, *taken)

        self._desk.tasks.run(take, keep)

    def _view(self, material: str, index: int) -> None:
        self.stop()
        self.viewer.open(material, index)

    def _look_for_offers(self) -> None:
        """Ask the store anew only when the person or the list has changed."""
        visit = self._desk.visit
        asked = (visit.visit_id, visit.card and visit.card.number, *(m.use.id for m in visit.checklist.materials))
        if asked == self._offered_for:
            return
        self._offered_for, self._offers = asked, {}

        def show(offers: dict[str, Offer]) -> None:
            if asked == self._offered_for:
                self._offers = offers
                self.show_list()

        if visit.card is not None and visit.items:
            self._desk.tasks.run(lambda: self._reuse.offers(visit), show)

    def _show_frame(self, image: QImage, frame: Frame) -> None:
        if self.active:
            self._last = frame
            self._preview.set_frame(image, frame_size(frame), frame.at)
            self._camera.set_room(*self._preview.room())
        self._camera.taken()

    def _found(self, page: Outline | None, frame: Frame) -> None:
        if self.active:
            self._page_seen = page is not None
            corners = [(float(x), float(y)) for x, y in page.corners] if page else None
            self._preview.follow(corners, Tone.SUCCESS, frame.at)

    def _ended(self, reply: Reply[object]) -> None:
        if reply.outcome not in (Outcome.CANCELLED, Outcome.NOT_PRESENT):
            problem = EnvironmentProblem(
                self.tr("高拍仪不能用"), reply.detail, self.tr("请检查高拍仪连线后按 F6 重试。")
            )
            self._desk.show_error(problem)

    def _show(self) -> None:
        self._look_for_offers()
        self.show_list()

    def show_list(self) -> None:
        materials = self._desk.visit.checklist.materials
        self._panel.set_materials(
            [material_view(m, self._offers.get(m.use.id), self.hints.get(m.use.id, "")) for m in materials]
        )
