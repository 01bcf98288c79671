"""Ctrl+Shift+F3: one photograph for every item of the visit, and with consent for later visits, here or anywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from app.domain.clock import shanghai
from app.domain.errors import YichuangError
from app.domain.photo import SharedPhoto
from app.presenters.desk import Desk
from app.presenters.photo_words import checks, cut_view, names_of
from app.services.id_photo import IdPhotos, KeptPhoto, Ready, number_of
from app.services.visit import Visit
from app.workers.camera_thread import CameraThread, FrameAnalyser, as_image
from app.workers.photo_camera import PhotoCamera
from devices.kinds.imaging import Frame
from devices.outcome import Outcome, Reply
from widgets.dialogs.id_photo import IdPhotoDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_photo import CutView
from widgets.window import MainWindow

if TYPE_CHECKING:
    from app.identity.photo.shot import Shot

SLOTS = ("portrait_camera", "face_camera")
"""The first that is there takes the photograph."""
_SAMPLE = ("id_card", "exit_entry", "driving")


class IdPhotoPresenter(QObject):
    """A shot serves the visit's later items, too, until the next visitor. `analyser` is a thread: whoever makes this
    starts and stops it. `queued`: the platform is to hear of a photograph."""

    queued = pyqtSignal()

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        cameras: Mapping[str, CameraThread],
        service: IdPhotos,
        open_now: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._window, self._desk, self._service, self._open_now = window, desk, service, open_now
        self._cameras = cameras
        self.analyser = FrameAnalyser(PhotoCamera().look, self, gentle=True)
        self.dialog: IdPhotoDialog | None = None
        self._camera: CameraThread | None = None
        self._last: Frame | None = None
        self._shot: Shot | None = None
        self._taken = dt.date.min
        self._source = ""
        self._kept: KeptPhoto | None = None
        self._found: SharedPhoto | None = None
        """The platform's, of this visit's person; it may be the one that lies here."""
        self._away = ""
        """Why the platform could not be asked."""
        self._served: tuple[object, ...] = ()
        self._agreed: tuple[Shot, dt.date, str] | None = None
        """What the visit's materials are made of: the shot, its day, the camera's URI or "kept"."""
        self.analyser.analysed.connect(self._looked)
        desk.changed.connect(self._serve)
        desk.replaced.connect(self._forget)
        for camera in cameras.values():
            camera.frame.connect(lambda image, frame, camera=camera: self._show(camera, image, frame))
            camera.ended.connect(lambda reply, camera=camera: self._ended(camera, reply))

    def possible(self) -> bool:
        """May the visit be changed, and does a camera see the person?"""
        return self._open_now() and self._first() is not None

    @property
    def live(self) -> bool:
        """Is the person in the picture, so that the shot can be taken?"""
        return self.dialog is not None and self._shot is None and self._last is not None

    @property
    def offered(self) -> bool:
        """Is a photograph that was kept offered?"""
        return self.dialog is not None and (self._kept is not None or self._elsewhere is not None)

    def open(self) -> None:
        """Show the person in the frame."""
        camera = self._first()
        if camera is None or self.dialog is not None:
            return
        dialog = self.dialog = IdPhotoDialog(self._window)
        dialog.shoot_asked.connect(self._shoot)
        dialog.again_asked.connect(self._live)
        dialog.taken.connect(self._take)
        dialog.kept_asked.connect(self._use_kept)
        dialog.withdraw_asked.connect(self._withdraw)
        dialog.finished.connect(self._closed)
        self._camera = camera
        visit = self._desk.visit
        known = bool(number_of(visit))
        dialog.set_terms(self._service.rules.days, known)
        self._desk.tasks.run(lambda: self._service.kept(visit), lambda kept: self._offer(dialog, kept))
        if known:
            # Beside the first: on a bad line it takes seconds, and what lies here must not wait for it.
            self._desk.tasks.run(lambda: self._asked(visit), lambda found: self._offer_found(dialog, found))
        dialog.open_once()
        self._live()

    def stop(self) -> None:
        """Close it; what was taken over stays."""
        if self.dialog is not None:
            self.dialog.reject()

    def _first(self) -> CameraThread | None:
        there = (self._cameras[slot] for slot in SLOTS if slot in self._cameras)
        return next((camera for camera in there if not camera.absent), None)

    def _live(self) -> None:
        dialog, camera = self.dialog, self._camera
        if dialog is None or camera is None:
            return
        self._shot = self._last = None
        wanted = [use for uses in self._service.uses(self._desk.visit).values() for use in uses]
        words = (
            self.tr("这次要用：{0}").format(names_of(wanted)) if wanted else self.tr("这次没有要照片的材料，可以先存下")
        )
        dialog.begin(words)
        camera.use(self.analyser)
        camera.set_room(*dialog.film.room())
        camera.start_stream()

    def _show(self, camera: CameraThread, image: QImage, frame: Frame) -> None:
        if camera is not self._camera:
            return
        if self.dialog is not None and self._shot is None:
            self._last = frame
            self.dialog.set_live(image)
        camera.taken()

    def _looked(self, shot: Shot, _: Frame) -> None:
        if self.dialog is not None and self._shot is None and self._last is not None:
            self.dialog.set_checks(checks(shot))

    def _ended(self, camera: CameraThread, reply: Reply[object]) -> None:
        if camera is self._camera and self.dialog is not None and reply.outcome is not Outcome.CANCELLED:
            self.dialog.set_broken(core_words(reply.detail) or self.tr("画面已结束"))

    def _shoot(self) -> None:
        if self._last is None or self._camera is None:
            return
        picture, self._source = self._last.picture, self._camera.device.uri
        self._taken = shanghai(self._desk.clock.now()).date()
        self._judge(lambda: self._service.shoot(picture))

    def _judge(self, get: Callable[[], Shot]) -> None:
        """Judge and cut, behind the screen; then show it."""
        visit = self._desk.visit
        uses = [use for some in self._service.uses(visit).values() for use in some]
        uses = list({use.id: use for use in uses}.values()) or [self._service.rules.uses[name] for name in _SAMPLE]
        if self._camera is not None:
            self._camera.stop_stream()

        def work() -> tuple[Shot, QImage, list[CutView]]:
            shot = get()
            cuts = self._service.cuts(shot, uses) if shot.head is not None else []
            return shot, as_image(shot.picture), [cut_view(made) for made in cuts]

        def show(result: tuple[Shot, QImage, list[CutView]]) -> None:
            if self.dialog is None or not self._desk.still(visit.visit_id):
                return
            self._shot, image, cuts = result
            good = self._shot.head is not None and not self._shot.hard
            self.dialog.set_checks(checks(self._shot))
            self.dialog.show_shot(image, cuts, good)
            if not good:
                self.dialog.set_note(self.tr("这张不能用，请重拍。"), Tone.WARNING)
            elif any(cut.tone is not Tone.SUCCESS for cut in cuts):
                self.dialog.set_note(self.tr("有不合规格的地方，部门可能退回；能重拍的请重拍。"), Tone.WARNING)

        self._desk.tasks.run(work, show)

    def _take(self, keep: bool, share: bool) -> None:
        shot = self._shot
        if shot is None or not self._open_now():
            return
        self._agreed = (shot, self._taken, self._source)
        visit = self._desk.visit

        def work() -> list[Ready]:
            return self._service.prepare(visit, shot, self._taken)

        def done(ready: list[Ready]) -> None:
            if not self._desk.still(visit.visit_id):
                return
            self._settle(ready)
            if keep:
                self._keep(shot, share)
            if self.dialog is not None:
                self.dialog.accept()

        self._desk.tasks.run(work, done)

    def _settle(self, ready: list[Ready]) -> None:
        before = self._desk.visit
        source = self._agreed[2] if self._agreed is not None else ""
        after = self._service.apply(before, ready, source)
        self._served = self._items(after)
        self._desk.change(after)
        count = len(ready)
        what = (
            self.tr("{0} 份材料用上了这张照片。").format(count) if count else self.tr("以后选的事项要照片时自动用上。")
        )
        self._desk.tell(Tone.SUCCESS, self.tr("证件照已拍好"), what, "")

    def _keep(self, shot: Shot, share: bool) -> None:
        visit = self._desk.visit

        def done(kept: KeptPhoto) -> None:
            if share:
                words = self.tr("照片已加密保存，随后报平台；各窗口可用到 {0}。").format(kept.until.isoformat())
                self.queued.emit()
            else:
                words = self.tr("照片已加密存在本机，到 {0} 为止。").format(kept.until.isoformat())
            self._desk.tell(Tone.SUCCESS, self.tr("证件照已拍好"), words, "")

        self._desk.tasks.run(lambda: self._service.keep(visit, shot, share), done)

    def _serve(self) -> None:
        """Items that came after the shot want it, too. What the clerk took off by hand is not put back."""
        items = self._items(self._desk.visit)
        if self._agreed is None or items == self._served:
            return
        self._served = items
        visit, (shot, taken, _) = self._desk.visit, self._agreed
        if not self._service.uses(visit):
            return

        def done(ready: list[Ready]) -> None:
            if self._desk.still(visit.visit_id) and ready:
                self._settle(ready)

        self._desk.tasks.run(lambda: self._service.prepare(visit, shot, taken), done)

    def _items(self, visit: Visit) -> tuple[object, ...]:
        return (visit.visit_id, *visit.codes, *(m.use.id for m in visit.checklist.materials))

    def _asked(self, visit: Visit) -> SharedPhoto | YichuangError | None:
        try:
            return self._service.find(visit)
        except YichuangError as error:
            return error

    def _offer(self, dialog: IdPhotoDialog, kept: KeptPhoto | None) -> None:
        if dialog is self.dialog:
            self._kept = kept
            self._show_kept()

    def _offer_found(self, dialog: IdPhotoDialog, found: SharedPhoto | YichuangError | None) -> None:
        if dialog is not self.dialog:
            return
        if isinstance(found, YichuangError):
            # A photograph can be taken all the same: it is said here, and stops nobody.
            self._found, self._away = None, core_words(found.title)
        else:
            self._found, self._away = found, ""
        self._show_kept()

    @property
    def _elsewhere(self) -> SharedPhoto | None:
        """The platform's, where it is another than ours, and newer."""
        found, kept = self._found, self._kept
        if found is None or (kept is not None and kept.photo_id == found.photo_id):
            return None
        return found if kept is None or shanghai(found.taken).date() >= kept.taken else None

    def _show_kept(self) -> None:
        if self.dialog is None:
            return
        words = ""
        if (found := self._elsewhere) is not None:
            day = shanghai(found.taken).date().isoformat()
            words = self.tr("平台存有 {0} 在“{1}”拍的照片。").format(day, found.place)
        elif self._kept is not None:
            words = self.tr("本机存有 {0} 拍的照片。").format(self._kept.taken.isoformat())
        if self._away:
            words += self.tr("别的窗口存的照片现在取不到：{0}。").format(self._away)
        self.dialog.set_kept(words, self._elsewhere is not None or self._kept is not None)

    def _use_kept(self) -> None:
        visit, kept, found = self._desk.visit, self._kept, self._elsewhere
        if self.dialog is None:
            return
        if found is not None:
            self._source, self._taken = "platform", shanghai(found.taken).date()
            self._judge(lambda: self._service.open_shared(visit, found))
        elif kept is not None:
            self._source, self._taken = "kept", kept.taken
            self._judge(lambda: self._service.open(kept))

    def _withdraw(self) -> None:
        visit, found, dialog = self._desk.visit, self._found, self.dialog

        def work() -> bool:
            return self._service.withdraw(visit, found)

        def done(told: bool) -> None:
            self.queued.emit()
            if dialog is None or dialog is not self.dialog:
                return
            self._kept = self._found = None
            self._show_kept()
            if told:
                dialog.set_note(self.tr("已存的照片已经删除。"), Tone.NEUTRAL)
            else:
                words = self.tr("本机的照片已经删除；平台连接不上，一连上就删除平台的。")
                dialog.set_note(words, Tone.WARNING)

        self._desk.tasks.run(work, done)

    def _closed(self, _result: int) -> None:
        self.dialog = None
        camera, self._camera = self._camera, None
        self._shot = self._last = self._kept = self._found = None
        self._away = ""
        if camera is not None:
            camera.stop_stream()

    def _forget(self) -> None:
        """Nobody's face is held longer than they are at the window."""
        self.stop()
        self._agreed, self._served = None, ()
