"""Reading captured pages: suggestions beside empty fields, a hint at a material that says something else."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import numpy as np
from PyQt6.QtCore import QObject, QPoint, QRect, pyqtSignal
from PyQt6.QtGui import QImage

from app.domain.errors import YichuangError
from app.domain.fact import Fact
from app.presenters.desk import Desk
from app.presenters.form import FormPresenter
from app.presenters.materials import MaterialsPresenter
from app.services.capture_material import CapturedPage
from app.services.read_material import Reading, ReadMaterial, Suggestion
from app.workers.camera_thread import as_image
from app.workers.tasks import TaskRunner
from widgets.form_panel import FormPanel
from widgets.i18n import core_words, pick

log = logging.getLogger(__name__)

_MARGIN = 0.35
"""Shown around a value, as a share of its height: strokes cut off are read wrongly by people too."""


class ReadingPresenter(QObject):
    """`read` follows each page that was read, or could not be. What was read is forgotten with the visitor."""

    read = pyqtSignal(str)

    def __init__(
        self,
        panel: FormPanel,
        desk: Desk,
        service: ReadMaterial,
        form: FormPresenter,
        materials: MaterialsPresenter,
        tasks: TaskRunner,
    ) -> None:
        """tasks: threads of its own, as a page takes seconds and the store's work must not queue behind it."""
        super().__init__()
        self._panel = panel
        self._desk = desk
        self._service = service
        self._form = form
        self._materials = materials
        self._tasks = tasks
        self._readings: dict[str, Reading] = {}
        self._pictures: dict[str, QImage] = {}
        self._declined: set[tuple[str, str]] = set()
        self._shown: Mapping[str, Suggestion] = {}
        materials.page_kept.connect(self._kept)
        panel.settled.connect(self._settled)
        panel.declined.connect(self._decline)
        tasks.failed.connect(self._failed)
        desk.replaced.connect(self._forget)
        desk.changed.connect(self._show)

    def _kept(self, material: str, page: CapturedPage) -> None:
        visit = self._desk.visit
        if not self._service.wanted(visit, material):
            return
        picture = np.asarray(page.picture, np.uint8)

        def work() -> tuple[Reading, QImage]:
            return self._service.read(material, page.page.sha256, picture), as_image(picture)

        def done(found: tuple[Reading, QImage]) -> None:
            reading, image = found
            if self._desk.still(visit.visit_id):
                self._readings[reading.page] = reading
                self._pictures[reading.page] = image
                self._show()
            self.read.emit(material)

        self._tasks.run(work, done)

    def _show(self) -> None:
        """Bring form and materials up to date with the pages; without pages there is nothing to do."""
        if not self._readings and not self._shown and not self._materials.hints:
            return
        visit, readings = self._desk.visit, list(self._readings.values())
        found = self._service.suggestions(visit, readings)
        shown = {key: s for key, s in found.items() if (key, s.fact.value) not in self._declined}
        hints: dict[str, str] = {}
        for difference in self._service.differences(visit, readings):
            title = pick(core_words(difference.title), difference.title_en)
            said = title
            if difference.value:
                said = self.tr("{0}（材料上是 {1}）").format(title, difference.value)
            before = hints.get(difference.material)
            hints[difference.material] = self.tr("{0}、{1}").format(before, said) if before else said
        told = {material: self.tr("材料与表上不一致，请核对：{0}").format(words) for material, words in hints.items()}
        if shown != self._shown:
            self._shown = shown
            self._panel.set_crops({key: self._crop(suggestion) for key, suggestion in shown.items()})
            self._form.suggestions = {key: suggestion.fact for key, suggestion in shown.items()}
            self._form.show()
        if told != self._materials.hints:
            self._materials.hints = told
            self._materials.show_list()

    def _crop(self, suggestion: Suggestion) -> QImage:
        left, top, right, bottom = suggestion.box
        margin = round((bottom - top) * _MARGIN)
        picture = self._pictures[suggestion.page]
        wanted = QRect(QPoint(left - margin, top - margin), QPoint(right + margin, bottom + margin))
        return picture.copy(wanted.intersected(picture.rect()))

    def _settled(self, key: str, fact: Fact, _reason: str = "") -> None:
        known = self._shown.get(key)
        if known is not None and known.fact == fact:
            self._desk.change(self._service.take(self._desk.visit, fact))

    def _decline(self, key: str) -> None:
        known = self._shown.get(key)
        if known is not None:
            self._declined.add((key, known.fact.value))
            self._show()

    def _failed(self, error: YichuangError) -> None:
        # A suggestion that does not come is no trouble to a clerk, who fills in the field as ever.
        log.warning("page not read: %s", error.what)
        self.read.emit("")

    def _forget(self) -> None:
        """Somebody's papers are not kept longer than they are at the window."""
        self._readings.clear()
        self._pictures.clear()
        self._declined.clear()
        self._show()
