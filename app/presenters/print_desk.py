"""The print desk: sends what the store says is to be printed, one job at a time a printer, and holds nothing else up.

A printer that refuses is asked again every few seconds and its jobs wait; a job of unknown fate is the clerk's to
settle, and the next one goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QObject, QTimer, pyqtSignal

from app.domain.document import RenderedPaper
from app.domain.errors import YichuangError
from app.domain.printing import PrintCounts, PrintJob, PrintTarget, is_strip, strip_size
from app.presenters.desk import Desk
from app.services.print_choices import Output, PrintChoices, Records, enlarged, sheet_size
from app.services.print_papers import PrintPapers, Sheet, as_result
from app.settings import PrintRules
from app.workers.device_thread import DeviceThread
from devices.absent import EMPTY
from devices.base import Device, DeviceKind
from devices.outcome import Outcome, Reply
from widgets.i18n import core_words
from widgets.status import StatusBar
from widgets.views import Tone

RETRY_SECONDS = 4
"""How often a printer that refused is asked whether it is well again."""
PRINTER_NAMES = {
    "printer": QT_TRANSLATE_NOOP("PrintDesk", "打印机"),
    "receipt_printer": QT_TRANSLATE_NOOP("PrintDesk", "凭条打印机"),
    "printer_2": QT_TRANSLATE_NOOP("PrintDesk", "备用打印机"),
    "receipt_printer_2": QT_TRANSLATE_NOOP("PrintDesk", "备用凭条打印机"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A paper that shall be printed. reason: why once more."""

    paper: RenderedPaper
    reason: str = ""


class PrintDesk(QObject):
    """`printed`: a printer answered, slot and Reply. `ended`: the same with the PrintJob. `changed`: a job changed.
    `unknown`: a PrintJob whose fate only a person can see. `blocked_changed`: a printer began or ceased to refuse.
    `preview_wanted`: a Wish that the clerk looks at first.
    """

    printed = pyqtSignal(str, object)
    ended = pyqtSignal(object, object)
    changed = pyqtSignal()
    unknown = pyqtSignal(object)
    blocked_changed = pyqtSignal()
    preview_wanted = pyqtSignal(object)

    def __init__(
        self,
        desk: Desk,
        papers: PrintPapers,
        printers: Mapping[str, DeviceThread],
        records: Records,
        rules: PrintRules,
        status: StatusBar | None = None,
    ) -> None:
        """status: shows how many jobs want something."""
        super().__init__()
        self.desk = desk
        self.papers = papers
        self.rules = rules
        self._printers = printers
        self._status = status
        self._sending: set[str] = set()
        self._more: set[str] = set()
        self.blocked: dict[str, Reply[str]] = {}
        self._told: dict[str, tuple[str, str]] = {}
        self.counts = PrintCounts()
        self._note = ""
        self.choices = PrintChoices(records, self._sizes(), rules.preview)
        for slot, thread in printers.items():
            thread.light.connect(lambda _, slot=slot: self._lit(slot))
        self._timer = QTimer(self)
        self._timer.setInterval(RETRY_SECONDS * 1000)
        self._timer.timeout.connect(self.retry)
        self.changed.connect(self._count)

    # ------------------------------------------------------------------------------------------------- asking

    @property
    def widths(self) -> dict[str, int]:
        """Dots a line of each receipt printer."""
        return {
            slot: getattr(thread.device, "width_dots", 576)
            for slot, thread in self._printers.items()
            if thread.device.kind is DeviceKind.RECEIPT_PRINTER and thread.device.uri != EMPTY
        }

    def name(self, slot: str) -> str:
        """What a printer is called."""
        return self.tr(PRINTER_NAMES.get(slot, "打印机"))

    def start(self) -> None:
        """Once the window stands: what a crash or a power cut left is printed, if it is still fresh."""
        self.desk.tasks.run(self.choices.load, lambda _: self.kick())
        self._count()

    def stop(self) -> None:
        """The window closes: jobs stay in the store."""
        self._timer.stop()

    def targets(self, kind: str) -> tuple[PrintTarget, ...]:
        """Where an accepted paper of this kind goes; kept back when it is looked at first."""
        return self.choices.targets(kind, held=self.choices.preview(kind))

    def print_paper(self, paper: RenderedPaper, reason: str = "", *, looked: bool = False) -> bool:
        """Print a paper that stands in the store, or belongs to no case; looked at first, where that is chosen and
        was not done (looked). False: there is no printer."""
        if not self.choices.any_printer:
            return False
        wish = Wish(paper, reason)
        if self.choices.preview(str(paper.paper.kind)) and not looked:
            self.preview_wanted.emit(wish)
        else:
            self.queue(wish)
        return True

    def accepted(self, paper: RenderedPaper) -> None:
        """An accepted paper, whose jobs stand in the store since its case does: looked at first, or sent."""
        if self.choices.any_printer and self.choices.preview(str(paper.paper.kind)):
            self.changed.emit()
            self.preview_wanted.emit(Wish(paper))
        else:
            self.kick()

    def queue(self, wish: Wish, targets: tuple[PrintTarget, ...] | None = None) -> None:
        """Write the jobs of a paper and send them. targets: None for those chosen last for its kind."""
        paper, kind = wish.paper, str(wish.paper.paper.kind)

        def write() -> None:
            chosen = targets if targets is not None else self.choices.targets(kind, sheet_size(paper.pdf))
            if targets is None and paper.paper.assisted:
                chosen = enlarged(chosen)
            self.papers.let_go(paper, chosen, self.widths, wish.reason)

        self.desk.tasks.run(write, lambda _: self.kick(), order="print.queue")

    def sheet_printer(self, kind: str) -> str:
        """The URI of the printer that takes sheets of this kind; "" when there is none."""
        target = self._sheet_target(kind)
        return self._printers[target.slot].device.uri if target is not None else ""

    def sheet_target(self, kind: str) -> PrintTarget | None:
        """Where a sheet of this kind would come out now; None: there is no such printer, or it refuses."""
        target = self._sheet_target(kind)
        return None if target is None or target.slot in self.blocked else target

    def _sheet_target(self, kind: str) -> PrintTarget | None:
        return next((t for t in self.choices.targets(kind) if not t.size.endswith("mm")), None)

    def print_pdf(self, job_id: str, kind: str, number: str, pdf: bytes) -> bool:
        """Print a PDF that is no paper of a case on the sheet printer; False: there is none."""
        target = self._sheet_target(kind)
        if target is None:
            return False
        self.desk.tasks.run(
            lambda: self.papers.queue_pdf(job_id, kind, number, pdf, target),
            lambda _: self.kick(),
            order="print.queue",
        )
        return True

    def write_copy(
        self,
        number: str,
        kind: str,
        pdf: bytes,
        reprint: int,
        reason: str,
        targets: tuple[PrintTarget, ...] | None,
    ) -> bool:
        """Write the jobs of a kept paper that is printed once more; False: no sheet printer is among the targets, and
        nothing was written. Not for the event loop; `kick` afterwards."""
        size = sheet_size(pdf)
        chosen = targets if targets is not None else self.choices.targets(kind, size)
        sheets = [target for target in chosen if not is_strip(target.size)]
        for target in sheets:
            for copy in range(1, target.copies + 1):
                job_id = f"copy-{number}-{reprint}{f'-c{copy}' if copy > 1 else ''}"
                self.papers.queue_pdf(job_id, kind, number, pdf, replace(target, size=size), reprint, reason)
        return bool(sheets)

    # ------------------------------------------------------------------------------------------------ sending

    def kick(self) -> None:
        """Something may wait: whichever printer is free takes it."""
        self.changed.emit()
        for slot in self._sizes():
            self._next(slot)

    def retry(self) -> None:
        """Ask the printers that refused whether they are well again."""
        for slot in tuple(self.blocked):
            if slot not in self._sending:
                self._sending.add(slot)
                self._printers[slot].call(_probe, partial(self._probed, slot))

    def _next(self, slot: str) -> None:
        if slot in self.blocked:
            return
        if slot in self._sending:
            self._more.add(slot)
            return
        self._sending.add(slot)
        width = self.widths.get(slot, 576)
        self.desk.tasks.run(
            as_result(lambda: self.papers.next_for(slot, width)), lambda found: self._send(slot, width, found)
        )

    def _send(self, slot: str, width: int, found: tuple[PrintJob, Sheet] | YichuangError | None) -> None:
        if isinstance(found, YichuangError):
            self.desk.show_error(found)
            self._block(slot, Reply(Outcome.FAULT, detail=found.title))
            return
        if found is None:
            self._free(slot)
            return
        job, sheet = found
        self._printers[slot].call(
            lambda device: self.papers.send(job, sheet, device), lambda reply: self._ended(slot, job, reply)
        )
        if job.batch_id:
            self.desk.tasks.run(as_result(lambda: self.papers.prepare(slot, width, job.job_id)), lambda _: None)

    def _ended(self, slot: str, job: PrintJob, reply: Reply[str]) -> None:
        if reply.outcome is not Outcome.CANCELLED:
            self.printed.emit(slot, reply)
            self.ended.emit(job, reply)
        self.changed.emit()
        if reply.ok:
            self._told.pop(slot, None)
        if reply.outcome is Outcome.UNKNOWN or reply.partly:
            self.unknown.emit(job)
        if reply.outcome in (Outcome.OK, Outcome.UNKNOWN, Outcome.CANCELLED):
            self._more.add(slot)
            self._free(slot)
        else:
            self._block(slot, reply, job)

    def _free(self, slot: str) -> None:
        self._sending.discard(slot)
        if slot in self._more:
            self._more.discard(slot)
            self._next(slot)

    def _block(self, slot: str, reply: Reply[str], job: PrintJob | None = None) -> None:
        self._sending.discard(slot)
        self.blocked[slot] = reply
        self._timer.start()
        self.blocked_changed.emit()
        said = (str(reply.outcome), reply.detail)
        if self._told.get(slot) == said:
            return
        self._told[slot] = said
        todo = self.tr("内容已保存。处理好打印机后自动接着打，不用再按；要换打印机按 Shift+F8。")
        what = self.tr("{0}。").format(core_words(reply.detail)) if reply.detail else ""
        self.desk.tell(Tone.ERROR, self.tr("{0}没有打印").format(self.name(slot)), what, todo)

    def _probed(self, slot: str, reply: Reply[str]) -> None:
        self._sending.discard(slot)
        if not reply.ok:
            if self.blocked.get(slot) != reply:
                self.blocked[slot] = reply
                self.blocked_changed.emit()
            return
        self.blocked.pop(slot, None)
        if not self.blocked:
            self._timer.stop()
        self.blocked_changed.emit()
        self._next(slot)

    def _sizes(self) -> dict[str, str]:
        """The printers that stand there, a broken address too: its jobs wait until it is mended."""
        return {slot: _size(thread) for slot, thread in self._printers.items() if thread.device.uri != EMPTY}

    def _lit(self, slot: str) -> None:
        """Another printer may stand at the place now: what waits for it goes there."""
        before, now = self.choices.size_of(slot), self._sizes()
        if now.get(slot, "") == before:
            return
        self.choices.stand(now)
        if slot in now:
            self.kick()
        else:
            self._release(slot)

    def _release(self, slot: str) -> None:
        """No printer any more: nothing is asked whether it is well again."""
        if self.blocked.pop(slot, None) is not None:
            self.blocked_changed.emit()
        if not self.blocked:
            self._timer.stop()

    # ------------------------------------------------------------------------------------------------- people

    def remember(self, kind: str, outputs: Sequence[Output], preview: bool) -> None:
        """The clerk chose printers, copies and whether to look first for a kind of paper."""
        self.choices.choose(kind, outputs, preview)
        self.desk.tasks.run(self.choices.keep, lambda _: None, order="settings")

    def act(self, work: Callable[[], object], then: Callable[[], object] = lambda: None) -> None:
        """Change jobs in the store off the loop, then send what may go now."""

        def done(_: object) -> None:
            then()
            self.kick()

        self.desk.tasks.run(work, done, order="print.act")

    def _count(self) -> None:
        self.desk.tasks.run(self.papers.counts, self._counted, order="print.count")

    def set_note(self, words: str) -> None:
        """What the status bar says of a batch; empty for none."""
        self._note = words
        self._counted(self.counts)

    def _counted(self, counts: PrintCounts) -> None:
        self.counts = counts
        if self._status is not None:
            blocked = bool(self.blocked)
            self._status.set_prints(counts.waiting, counts.held, counts.unknown, self._note, blocked=blocked)


def _probe(device: Device) -> Reply[str]:
    return device.probe()


def _size(thread: DeviceThread) -> str:
    device = thread.device
    if device.kind is DeviceKind.RECEIPT_PRINTER:
        return strip_size(getattr(device, "width_dots", 576))
    return "A4"
