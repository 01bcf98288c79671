"""E-licences handed over as OFD files: chosen, let fall on the window, or picked among a material's files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import QObject, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QFileDialog

from app.domain.clock import shanghai
from app.domain.errors import YichuangError
from app.presenters.desk import Desk
from app.presenters.main import MainPresenter
from app.presenters.sounds import Sounds
from app.presenters.words import licence_title, verdict_words
from app.services.open_ofd import SUFFIX, OpenedOfd, OpenOfd
from app.services.scan_licence import ScanLicence
from widgets.file_drop import FileDrop
from widgets.i18n import core_words
from widgets.page_sheet import marked
from widgets.window import MainWindow

_Opened = tuple[OpenedOfd, QImage, QImage]
"""What was read, its page, and the page as large as its room in the window."""
KEPT = 8
"""Pictures of pages kept for looking at again; the visitor's own, gone with the visit."""


@dataclass(frozen=True, slots=True)
class ShownFile:
    """An opened file for the panel: its page, and what its seal says, as (title, words)."""

    picture: QImage
    lines: tuple[tuple[str, str], ...]


class OfdPresenter(QObject):
    """`opened` carries each LicenceReading, after the visit has been changed."""

    opened = pyqtSignal(object)

    def __init__(
        self, window: MainWindow, desk: Desk, ofd: OpenOfd, scan: ScanLicence, main: MainPresenter, sounds: Sounds
    ) -> None:
        super().__init__()
        self._window = window
        self._preview = window.preview
        self._desk = desk
        self._ofd = ofd
        self._scan = scan
        self._sounds = sounds
        self._folder = ""
        self._shown: dict[str, ShownFile] = {}
        self._drop = FileDrop(window, (SUFFIX,))
        self._drop.dropped.connect(self._take_all)
        main.add("open_ofd", self.choose)
        desk.replaced.connect(self._shown.clear)

    def shown(self, code: str) -> ShownFile | None:
        """The file that stands behind a licence of this visit, as long as it is kept."""
        return self._shown.get(code)

    def choose(self) -> None:
        """Ask for a file, then open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("打开电子证照文件"), self._folder, self.tr("电子证照文件 (*{0})").format(SUFFIX)
        )
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Open this file for the visit in hand."""
        self._folder = str(path.parent)
        visit_id = self._desk.visit.visit_id
        self._preview.set_title(self.tr("电子证照文件"))
        self._preview.set_message(self.tr("正在核验“{0}”…").format(path.name))

        room = QSize(*self._preview.room())

        def work() -> _Opened | YichuangError:
            try:
                found = self._ofd.open(path)
            except YichuangError as error:
                return error
            page = QImage.fromData(found.picture)
            ways = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            return found, page, page.scaled(page.size().boundedTo(room), *ways)

        def done(result: _Opened | YichuangError) -> None:
            if not self._desk.still(visit_id):
                return
            if isinstance(result, YichuangError):
                self._preview.set_message("")
                self._desk.show_error(result)
                return
            self._show(*result)

        self._desk.tasks.run(work, done)

    def _take_all(self, paths: list[str]) -> None:
        for path in paths:
            self.take(Path(path))

    def _show(self, found: OpenedOfd, picture: QImage, small: QImage) -> None:
        reading = found.reading
        words, tone = verdict_words(reading)
        if not reading.verdict.usable:
            picture, small = (marked(one, self.tr("不能采用")) for one in (picture, small))
        self._shown.pop(found.code, None)
        self._shown[found.code] = ShownFile(picture, self._lines(found))
        while len(self._shown) > KEPT:
            del self._shown[next(iter(self._shown))]
        self._preview.set_outline(None)
        self._preview.set_frame(small)
        title = licence_title(reading) or self.tr("电子证照文件")
        self._preview.set_message(self.tr("{0}：{1}").format(title, words), tone)
        self._preview.flash(tone)
        self._sounds.play(tone)
        self._desk.change(self._scan.apply(self._desk.visit, found.code, reading))
        self.opened.emit(reading)

    def _lines(self, found: OpenedOfd) -> tuple[tuple[str, str], ...]:
        seal = found.decisive
        # Of a seal that nobody vouches for the names are only claims.
        known = seal.anchor is not None
        at = f"{shanghai(seal.signed_at):%Y-%m-%d %H:%M}" if seal.signed_at else ""
        pages = self.tr("共 {0} 页，显示第 1 页").format(found.page_count) if found.page_count > 1 else ""
        notes = [core_words(note) for note in found.notes]
        return (
            (self.tr("印章"), seal.name if known else ""),
            (self.tr("盖章时间"), at if known else ""),
            (self.tr("制章单位"), seal.maker if known else ""),
            (self.tr("提示"), "\n".join([pages, *notes] if pages else notes)),
        )
