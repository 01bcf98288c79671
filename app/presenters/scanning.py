"""Shift+F6: the scanner's pages become pages of a material, one after the other as they come."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from app.domain.errors import YichuangError
from app.domain.material import MaterialStatus
from app.presenters.desk import Desk
from app.presenters.materials import MaterialsPresenter
from app.presenters.sounds import Sounds
from app.services.capture_material import CapturedPage, CaptureMaterial
from app.services.visit import Visit
from app.workers.camera_thread import view_of
from app.workers.device_thread import DeviceThread
from devices.kinds.imaging import ScanColour, ScannedPage, Scanner, ScanSettings, ScanSource
from devices.outcome import Outcome, Reply
from widgets.i18n import core_words, pick
from widgets.materials import MaterialsPanel
from widgets.preview import PreviewPanel
from widgets.scan_menu import ScanMenu, ScanOptions
from widgets.views import Tone

KEY = "scan.options"
AHEAD = 3
"""Pages that may wait to be sealed: a fast scanner must not fill the memory."""


class Records(Protocol):
    """The part of the store that is needed."""

    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...


@dataclass
class _Run:
    """One scan. came: pages that the scanner gave; kept: those that are pages of the material now."""

    material: str
    visit_id: str
    stop: threading.Event
    room: threading.Semaphore
    came: int = 0
    kept: int = 0
    last: Visit | None = None
    """The visit as the last page left it: while nobody else has changed it, the next page belongs to the same step."""
    ended: Reply[int] | None = None


class ScanPresenter(QObject):
    """`scan` begins; Esc (`stop`) ends it. What came before a jam or a cancel is kept."""

    scanned = pyqtSignal(str, int)
    """Material, pages kept: a scan has ended and its last page is in the checklist, or has failed."""
    _page = pyqtSignal(object, object)

    def __init__(
        self,
        panel: MaterialsPanel,
        preview: PreviewPanel,
        desk: Desk,
        capture: CaptureMaterial,
        materials: MaterialsPresenter,
        scanner: DeviceThread,
        records: Records,
        sounds: Sounds,
        may_keep: Callable[[], bool],
    ) -> None:
        """may_keep: can the visit still be changed?"""
        super().__init__()
        self._panel = panel
        self._preview = preview
        self._desk = desk
        self._capture = capture
        self._materials = materials
        self._scanner = scanner
        self._records = records
        self._sounds = sounds
        self._may_keep = may_keep
        self._run: _Run | None = None
        self.options = ScanOptions()
        self.menu = ScanMenu(panel)
        self.menu.chosen.connect(self._choose)
        panel.set_scanner(not scanner.absent)
        scanner.light.connect(lambda _: panel.set_scanner(not scanner.absent))
        panel.scan_requested.connect(self.scan_material)
        panel.scan_options_requested.connect(self.choose_options)
        self._page.connect(self._take)
        desk.replaced.connect(self.stop)
        desk.tasks.run(lambda: records.setting(KEY), self._remember)

    @property
    def active(self) -> bool:
        return self._run is not None

    def possible(self) -> bool:
        return not self._scanner.absent and self._may_keep() and bool(self._desk.visit.checklist.materials)

    def scan(self) -> None:
        """Shift+F6: scan the selected material, or the first one that lacks."""
        wanted = self._panel.selected()
        lacking = [m.use.id for m in self._desk.visit.checklist.materials if m.status is MaterialStatus.MISSING]
        if wanted is None:
            wanted = lacking[0] if lacking else None
        if wanted is not None:
            self.scan_material(wanted)

    def choose_options(self) -> None:
        """Ctrl+F6: where from, colour, sharpness."""
        self.menu.open_at(self.options)

    def scan_material(self, material: str) -> None:
        """Scan all that lies in the feeder, else the glass, into one material."""
        names = {m.use.id: pick(m.use.name, m.use.name_en) for m in self._desk.visit.checklist.materials}
        if self._scanner.absent or material not in names or not self._may_keep():
            return
        if self._run is not None:
            self._desk.tell(Tone.INFO, self.tr("正在扫描"), "", self.tr("等这一份扫完，或按 Esc 取消。"))
            return
        self._materials.stop()
        self._panel.select(material)
        run = _Run(material, self._desk.visit.visit_id, threading.Event(), threading.Semaphore(AHEAD))
        self._run = run
        self._preview.clear()
        self._preview.set_title(self.tr("扫描：{0}").format(names[material]))
        self._preview.set_message(self.tr("正在扫描第 1 页…（Esc 取消）"), Tone.INFO)
        options, hand_over = self.options, self._page.emit

        def work(scanner: Scanner) -> Reply[int]:
            return _scan(scanner, options, run.stop, lambda page: _wait_for_room(run, scanner, page, hand_over))

        self._scanner.call(work, lambda reply: self._ended(run, reply))

    def stop(self) -> None:
        """Esc: end the scan; the pages that are there stay."""
        if self._run is not None and not self._run.stop.is_set():
            self._run.stop.set()
            self._scanner.device.cancel()
            self._preview.set_message(self.tr("正在取消扫描…"), Tone.INFO)

    def _take(self, run: _Run, page: ScannedPage) -> None:
        run.came += 1
        room = self._preview.room()

        def seal() -> tuple[CapturedPage, QImage] | YichuangError:
            try:
                made = self._capture.take_scanned(page.picture)
                return made, view_of(made.picture, room)
            except YichuangError as error:
                return error  # told below, after the page has been counted off

        self._desk.tasks.run(seal, lambda made: self._sealed(run, made), order="scan")

    def _sealed(self, run: _Run, made: tuple[CapturedPage, QImage] | YichuangError) -> None:
        run.room.release()
        run.came -= 1
        if isinstance(made, YichuangError):
            self._desk.show_error(made)
            self.stop()
        else:
            self._keep(run, *made)
        self._finish(run)

    def _keep(self, run: _Run, page: CapturedPage, shown: QImage) -> None:
        desk = self._desk
        if not desk.still(run.visit_id):
            return
        if not self._may_keep():
            self.stop()
            desk.tell(Tone.WARNING, self.tr("已受理，后面扫描的页没有收入"), "", self.tr("需要补充的，请在补交里办。"))
            return
        try:
            visit = self._capture.keep(desk.visit, run.material, page)
        except YichuangError as error:  # an answer meanwhile took the material off the list
            self.stop()
            desk.show_error(error)
            return
        if visit is not desk.visit:
            desk.change(visit, joined=run.last is not None and run.last is desk.visit)
            run.last = desk.visit
        run.kept += 1
        self._preview.set_frame(shown)
        if run.ended is None and not run.stop.is_set():
            words = self.tr("第 {0} 页已保存，正在扫描第 {1} 页…（Esc 取消）").format(run.kept, run.kept + 1)
            self._preview.set_message(words, Tone.INFO)
        self._materials.page_kept.emit(run.material, page)

    def _ended(self, run: _Run, reply: Reply[int]) -> None:
        run.ended = reply
        self._finish(run)

    def _finish(self, run: _Run) -> None:
        """Say how it went once the scanner has ended and its last page is sealed."""
        if run.ended is None or run.came or self._run is not run:
            return
        self._run = None
        if self._desk.still(run.visit_id):
            self._tell(run, run.ended)
            self.scanned.emit(run.material, run.kept)

    def _tell(self, run: _Run, reply: Reply[int]) -> None:
        kept = run.kept
        if reply.ok and kept:
            line = next((m for m in self._desk.visit.checklist.materials if m.use.id == run.material), None)
            words, tone = self.tr("已扫描 {0} 页，加密保存；V 看各页，Ctrl+Z 撤销").format(kept), Tone.SUCCESS
            if line is not None and line.unticked:
                words = self.tr("已扫描 {0} 页，但还有 {1} 条收件要点没有确认（数字键或 A）").format(
                    kept, len(line.unticked)
                )
                tone = Tone.WARNING
            self._preview.set_message(words, tone)
            self._sounds.play(tone)
            self._panel.select_next_missing()
            self._panel.list.setFocus()
            return
        saved = self.tr("前 {0} 页已经保存。").format(kept) if kept else ""
        if reply.outcome is Outcome.CANCELLED or (reply.ok and not kept):
            words = self.tr("扫描已取消。{0}").format(saved) if run.stop.is_set() else core_words(reply.detail) + saved
            self._preview.set_message(words, Tone.INFO)
            return
        todo = self.tr("处理好后按 Shift+F6，从第 {0} 页接着扫描。").format(kept + 1) if kept else ""
        if not kept:
            todo = self.tr("处理好后按 Shift+F6 重新扫描，或按 F6 用高拍仪拍。")
        title = self.tr("没有扫完") if kept else self.tr("没有扫到材料")
        what = core_words(reply.detail) or self.tr("扫描仪没有所选的进纸方式，请按 Ctrl+F6 另选")
        if saved:
            what = self.tr("{0}。{1}").format(what, saved)
        self._preview.set_message(saved, Tone.WARNING)
        self._sounds.play(Tone.WARNING)
        self._desk.tell(Tone.WARNING, title, what, todo)

    def _choose(self, options: ScanOptions) -> None:
        self.options = options
        text = json.dumps({"source": options.source, "colour": options.colour, "dpi": options.dpi})
        self._desk.tasks.run(lambda: self._records.set_setting(KEY, text), lambda _: None, order="settings")

    def _remember(self, text: str | None) -> None:
        if text is None:
            return
        try:
            kept = json.loads(text)
            chosen = ScanOptions(
                str(kept.get("source", "")), str(kept.get("colour", ScanColour.COLOUR)), int(kept.get("dpi", 300))
            )
        except (ValueError, TypeError, AttributeError):
            return  # a choice that cannot be read is made anew
        if chosen in self.menu.choices():
            self.options = chosen


def _scan(
    scanner: Scanner, options: ScanOptions, stop: threading.Event, page: Callable[[ScannedPage], None]
) -> Reply[int]:
    """On the scanner's thread: the feeder if something lies in it, else the glass; or what was chosen."""
    offered = scanner.sources()
    if offered.value is None:
        return Reply(offered.outcome, detail=offered.detail)
    wanted = [ScanSource(options.source)] if options.source else [ScanSource.FEEDER, ScanSource.GLASS]
    reply: Reply[int] = Reply(Outcome.NOT_PRESENT)
    for source in wanted:
        if stop.is_set():
            return Reply(Outcome.CANCELLED)
        if source in offered.value:
            reply = scanner.scan(ScanSettings(source, ScanColour(options.colour), options.dpi), page)
            if reply.outcome is not Outcome.NOT_PRESENT:
                break
    return reply


def _wait_for_room(
    run: _Run, scanner: Scanner, page: ScannedPage, hand_over: Callable[[_Run, ScannedPage], None]
) -> None:
    """On the scanner's thread: hand a page on once there is room for it. It is kept even when the scan is being ended:
    it came first."""
    if run.stop.is_set():
        scanner.cancel()  # asked for before this scan had begun
    run.room.acquire(timeout=60)
    hand_over(run, page)
