"""Ctrl+B: what accepted cases still wait for, found by card or number, completed at the document camera."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from app.domain.errors import YichuangError
from app.materials.outline import Outline
from app.presenters.desk import Desk, error_line
from app.presenters.live import frame_size
from app.presenters.words import due_row
from app.services.capture_material import CapturedPage, CaptureMaterial
from app.services.complete_later import CompleteLater, Outstanding, Reminder
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import FrameAnalyser, view_of
from devices.base import Picture
from devices.kinds.imaging import Frame
from widgets.dialogs.complete_later import CompleteLaterDialog
from widgets.i18n import core_words, pick
from widgets.materials import MaterialsPanel
from widgets.views import Tone


class CompleteLaterPresenter(QObject):
    """`completed` follows each page taken in and each check written down: there is something to send."""

    completed = pyqtSignal()

    def __init__(
        self,
        panel: MaterialsPanel,
        desk: Desk,
        service: CompleteLater,
        capture: CaptureMaterial,
        camera: CameraSource,
        analyser: FrameAnalyser,
    ) -> None:
        super().__init__()
        self._panel = panel
        self._desk = desk
        self._service = service
        self._capture = capture
        self._camera = camera
        self._entries: dict[str, Outstanding] = {}
        self._live: Outstanding | None = None
        self._last: Frame | None = None
        self._taking = False
        self._page_seen = False
        self._asked = 0
        self.dialog = CompleteLaterDialog(panel.window())
        self.dialog.search_changed.connect(self._search)
        self.dialog.capture_requested.connect(self._capture_for)
        self.dialog.stopped.connect(self.stop)
        self.dialog.checked.connect(self._check)
        panel.due_requested.connect(self.open)
        camera.frame.connect(self._show_frame)
        analyser.analysed.connect(self._found)
        desk.tasks.failed.connect(self._failed)
        desk.replaced.connect(self.remind)

    @property
    def active(self) -> bool:
        """Is the camera this dialog's?"""
        return self._live is not None

    @property
    def page_in_view(self) -> bool:
        """Is a page outlined in this dialog's live picture?"""
        return self.active and self._page_seen and self._last is not None

    def remind(self) -> None:
        """Say what is due today and overdue, beside the key: before each visitor, so that no day passes unsaid."""

        def show(reminder: Reminder) -> None:
            tone = Tone.ERROR if reminder.overdue else Tone.WARNING if reminder.today else Tone.NEUTRAL
            self._panel.set_due(core_words(reminder.words), tone)

        self._desk.tasks.run(self._service.reminder, show)

    def open(self) -> None:
        """Show the list; with a card in hand, that person's first."""
        card = self._desk.visit.card
        self.open_for(card.number or "" if card else "")

    def open_for(self, words: str) -> None:
        """Show the list of what these words may mean: a case's number, an ID number, a name."""
        self.dialog.search.setText(words)
        self._search(words)
        self.dialog.open()

    def stop(self) -> None:
        """Close the camera."""
        if self._live is not None:
            self._live = None
            self._camera.stop_stream()
            self.dialog.preview.clear()
            self.dialog.set_live(False)
            self._search(self.dialog.search.text())

    def _search(self, words: str) -> None:
        self._asked += 1
        asked = self._asked

        def show(entries: list[Outstanding]) -> None:
            if asked != self._asked:
                return  # a later search is under way
            self._entries = {entry.key: entry for entry in entries}
            self.dialog.set_rows([due_row(entry) for entry in entries], bool(words.strip()))
            overdue = sum(entry.overdue for entry in entries)
            said = self.tr("{0} 项").format(len(entries))
            if overdue:
                said = self.tr("{0} 项，其中逾期 {1} 项").format(len(entries), overdue)
            self.dialog.set_words(said if entries else "")

        self._desk.tasks.run(lambda: self._service.outstanding(words), show)

    def _capture_for(self, key: str) -> None:
        """F6: open the camera for an entry, then take a page for it."""
        if self._live is not None:
            self._take(self._live)
            return
        entry = self._entries.get(key)
        if entry is None:
            return
        self._live, self._last, self._page_seen = entry, None, False
        self.dialog.set_live(True)
        name = pick(entry.material.use.name, entry.material.use.name_en)
        self.dialog.preview.set_title(self.tr("补交：{0}（{1}）").format(name, entry.cases[0].provisional_no))
        self.dialog.preview.set_message(self.tr("放好材料，绿框对准后按 F6 拍下；拍完按 Esc"), Tone.INFO)
        self._camera.start_stream()

    def _take(self, entry: Outstanding) -> None:
        if self._last is None or self._taking:
            return
        self._taking = True

        def shot(picture: Picture) -> None:
            if self._live is entry:
                self._keep(entry, picture)
            else:
                self._taking = False  # given up meanwhile

        if self._camera.take(self._last.picture, shot):
            self.dialog.preview.set_message(self.tr("正在拍高清照片，请不要移动材料…"), Tone.INFO)

    def _keep(self, entry: Outstanding, picture: Picture) -> None:
        room = self.dialog.preview.room()

        def work() -> tuple[CapturedPage, QImage]:
            page = self._capture.take(picture)
            self._service.complete(entry, [page.page])
            return page, view_of(page.picture, room)

        def kept(taken: tuple[CapturedPage, QImage]) -> None:
            page, shown = taken
            self._taking = False
            self.dialog.preview.set_frame(shown)
            if page.warnings:
                words = self.tr("这一页已补交，但{0}。下一页按 F6，拍完按 Esc").format(
                    core_words("；".join(page.warnings))
                )
                self.dialog.preview.set_message(words, Tone.WARNING)
            else:
                words = self.tr("这一页已补交。下一页按 F6，拍完按 Esc")
                self.dialog.preview.set_message(words, Tone.SUCCESS)
            self.completed.emit()
            self.remind()

        self._desk.tasks.run(work, kept)

    def _check(self, key: str, kept: bool) -> None:
        entry = self._entries.get(key)
        if entry is None:
            return

        def noted(_: None) -> None:
            self._search(self.dialog.search.text())
            self.completed.emit()
            self.remind()

        self._desk.tasks.run(lambda: self._service.note_check(entry, kept), noted)

    def _failed(self, error: YichuangError) -> None:
        self._taking = False
        if self.dialog.isVisible():
            self.dialog.preview.set_message(error_line(error), Tone.ERROR)

    def _show_frame(self, image: QImage, frame: Frame) -> None:
        if self._live is not None:
            self._last = frame
            self.dialog.preview.set_frame(image, frame_size(frame), frame.at)
            self._camera.set_room(*self.dialog.preview.room())

    def _found(self, page: Outline | None, frame: Frame) -> None:
        if self._live is not None:
            self._page_seen = page is not None
            corners = [(float(x), float(y)) for x, y in page.corners] if page else None
            self.dialog.preview.follow(corners, Tone.SUCCESS, frame.at)
