"""The viewer of one material's pages: shows the checklist's truth, changes it through the services, never by itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QFileDialog, QWidget

from app.domain.errors import EnvironmentProblem, YichuangError
from app.domain.material import Material, Page
from app.presenters.desk import Desk, error_line
from app.services.capture_material import CaptureMaterial
from app.services.visit import Visit
from widgets.i18n import pick
from widgets.page_viewer import PageViewer
from widgets.views import Tone


class PageViewerPresenter(QObject):
    """Opens with `open`. Undo takes back only what was done since, not what the clerk did elsewhere before."""

    def __init__(self, parent: QWidget | None, desk: Desk, capture: CaptureMaterial) -> None:
        super().__init__()
        self._desk = desk
        self._capture = capture
        self._material = ""
        self._images: dict[str, QImage] = {}
        self._cleared: dict[str, dt.date] = {}
        self._wanted = 0
        self._done = 0
        self._busy = False
        self.viewer = PageViewer(parent)
        self.viewer.moved.connect(self._move)
        self.viewer.turned.connect(self._turn)
        self.viewer.dropped.connect(self._drop)
        self.viewer.undone.connect(self._undo)
        self.viewer.saved.connect(self._save)
        self.viewer.finished.connect(lambda _: self._close())
        desk.replaced.connect(self.viewer.reject)
        desk.tasks.failed.connect(self._failed)

    def open(self, material: str, index: int = 0) -> None:
        """Show a material's pages; they are decrypted off the event loop."""
        self._material, self._wanted, self._done, self._busy = material, index, 0, False
        self.viewer.set_message("")
        self._load()

    def _line(self) -> Material | None:
        return next((m for m in self._desk.visit.checklist.materials if m.use.id == self._material), None)

    def _load(self) -> None:
        line = self._line()
        if line is None or not line.pages:
            self.viewer.reject()
            return
        lacking = [page for page in line.pages if page.sha256 not in self._images]
        visit_id, material = self._desk.visit.visit_id, self._material

        def read(page: Page) -> bytes | dt.date:
            return self._capture.cleared(page) or self._capture.open(page)

        def show(opened: list[tuple[Page, bytes | dt.date]]) -> None:
            if not self._desk.still(visit_id) or self._material != material:
                return
            for page, found in opened:
                self._images[page.sha256] = QImage.fromData(found) if isinstance(found, bytes) else QImage()
                if isinstance(found, dt.date):
                    self._cleared[page.sha256] = found
            self._show()

        self._desk.tasks.run(lambda: [(page, read(page)) for page in lacking], show)

    def _show(self) -> None:
        line = self._line()
        if line is None or not all(page.sha256 in self._images for page in line.pages):
            return
        images = [self._images[page.sha256] for page in line.pages]
        name = pick(line.use.name, line.use.name_en)
        cleared = {
            number: self.tr("已移交平台保存，本机于 {0} 清除").format(self._cleared[page.sha256].isoformat())
            for number, page in enumerate(line.pages)
            if page.sha256 in self._cleared
        }
        self.viewer.set_pages(name, images, self._wanted, editable=line.origin is None, cleared=cleared)
        self.viewer.show()

    def _change(self, visit: Visit, current: int) -> None:
        self._wanted, self._done = current, self._done + 1
        self._desk.change(visit)
        self._load()

    def _move(self, start: int, end: int) -> None:
        self._change(self._capture.move(self._desk.visit, self._material, start, end), end)

    def _drop(self, index: int) -> None:
        self._change(self._capture.drop(self._desk.visit, self._material, index), index)

    def _turn(self, index: int) -> None:
        line = self._line()
        if line is None or self._busy or not 0 <= index < len(line.pages):
            return
        page, visit_id, material = line.pages[index], self._desk.visit.visit_id, self._material
        self._busy = True

        def turned(by: Page) -> None:
            self._busy = False
            if self._desk.still(visit_id) and self._material == material:
                self._change(self._capture.replace(self._desk.visit, material, page, by), index)

        self._desk.tasks.run(lambda: self._capture.turn(page), turned)

    def _undo(self) -> None:
        if self._done and self._desk.undo():
            self._done -= 1
            self._load()

    def _save(self) -> None:
        line = self._line()
        if line is None:
            return
        words = self.viewer.tr("存为 PDF")
        name, _ = QFileDialog.getSaveFileName(self.viewer, words, f"{line.use.name}.pdf", "PDF (*.pdf)")
        if not name:
            return

        def work() -> None:
            data = self._capture.as_pdf(line)
            try:
                Path(name).write_bytes(data)
            except OSError as error:
                raise EnvironmentProblem("没有存成", "文件写不进去。", "请换一个位置再存。") from error

        def saved(_: None) -> None:
            self.viewer.set_message(self.tr("已存为 PDF/A：{0}").format(Path(name).name), Tone.SUCCESS)

        self._desk.tasks.run(work, saved)

    def _failed(self, error: YichuangError) -> None:
        self._busy = False
        if self.viewer.isVisible():
            self.viewer.set_message(error_line(error), Tone.ERROR)

    def _close(self) -> None:
        """Pictures of somebody's papers are not kept longer than they are looked at."""
        self._images.clear()
        self._cleared.clear()
        self._material = ""
