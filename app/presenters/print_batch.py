"""Ctrl+F8: many papers in one go, and how far they are."""

from __future__ import annotations

import datetime as dt
import time
from collections import deque
from collections.abc import Callable, Sequence

from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtWidgets import QWidget

from app.domain.clock import SHANGHAI, shanghai
from app.domain.errors import YichuangError
from app.domain.printing import BatchPaper, BatchProgress, BatchState, PrintJob, PrintState, PrintTarget
from app.presenters.desk import error_line
from app.presenters.print_desk import PrintDesk
from app.presenters.print_words import left_words, paper_row, print_row
from app.presenters.reprint import ask_reason
from app.services.print_batch import PrintBatch
from devices.outcome import Outcome, Reply
from offline_db.case_list import CaseFilter
from offline_db.store import Store
from widgets.dialogs.print_batch import PrintBatchDialog, PrintRunDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_print import BatchRunView
from widgets.window import MainWindow

_REREAD_MILLISECONDS = 700
_PACE = 20
"""Papers whose time tells how long the rest takes."""
_IN_A_ROW = 2
"""So many papers of unknown fate one after the other: the printer is not well, and the batch pauses."""
_DAY = dt.timedelta(days=1)


class PrintBatchPresenter(QObject):
    """Chooses, starts and watches. The printing itself is the print desk's."""

    def __init__(self, window: MainWindow, printing: PrintDesk, service: PrintBatch, store: Store) -> None:
        super().__init__()
        self._window = window
        self._desk = printing.desk
        self._printing = printing
        self._service = service
        self._store = store
        self._chosen: tuple[int, ...] = ()
        self._asked = 0
        self._papers: list[BatchPaper] = []
        self._batch_id = ""
        self.progress: BatchProgress | None = None
        self._ends: deque[float] = deque(maxlen=_PACE)
        self._unknown_in_a_row = 0
        self.dialog = PrintBatchDialog(window)
        self.run = PrintRunDialog(window)
        self.dialog.filtered.connect(lambda _: self._list())
        self.dialog.start.connect(self._start)
        self.run.pause.connect(self._pause)
        self.run.stop.connect(self._stop)
        self.run.again_from.connect(self._again_from)
        self.run.settled.connect(self._settle)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REREAD_MILLISECONDS)
        self._timer.timeout.connect(self.refresh)
        printing.ended.connect(self._job_ended)
        printing.changed.connect(self._soon)
        printing.blocked_changed.connect(self._soon)
        self._desk.tasks.failed.connect(self._failed)

    def start(self) -> None:
        """Once the window stands: a batch that was cut off says so."""

        def found(progress: BatchProgress | None) -> None:
            if progress is None or progress.state is not BatchState.PAUSED:
                return
            self._batch_id = progress.batch_id
            self._take(progress)
            self._desk.tell(
                Tone.WARNING,
                self.tr("上次的批量打印没有打完"),
                self.tr("已打 {0}/{1} 份").format(progress.printed, progress.total)
                + (self.tr("，{0} 份待确认").format(progress.unknown) if progress.unknown else ""),
                self.tr("按 Ctrl+F8 接着打。"),
            )

        self._desk.tasks.run(self._service.progress, found)

    def stop(self) -> None:
        """The window closes; the batch stays in the store."""
        self._timer.stop()
        self._batch_id = ""

    def open(self, numbers: Sequence[int] = (), parent: QWidget | None = None) -> None:
        """The batch under way, else the choice. numbers: cases chosen in My cases."""
        if self.progress is not None and self.progress.state in (BatchState.RUNNING, BatchState.PAUSED):
            self._show_run()
            return
        self._chosen = tuple(numbers)
        which = [("0", self.tr("今天")), ("1", self.tr("昨天")), ("7", self.tr("7 天内"))]
        if numbers:
            which = [("", self.tr("我的办件列出的 {0} 件").format(len(numbers))), *which]
        choices = self._printing.choices
        slots = [slot for size in choices.outputs("") for slot in size.slots]
        self.dialog.set_choices(which, which[0][0], [(slot, self._printing.name(slot)) for slot in slots])
        self.dialog.set_message(
            "" if slots else self.tr("本窗口没有配备打印机。"), Tone.NEUTRAL if slots else Tone.WARNING
        )
        self.dialog.open()
        self._list()

    def _list(self) -> None:
        which, chosen = self.dialog.which(), self._chosen
        self._asked += 1
        asked = self._asked
        self.dialog.set_loading()
        today = dt.datetime.combine(shanghai(self._desk.clock.now()).date(), dt.time(), SHANGHAI)

        def read() -> list[BatchPaper]:
            numbers: Sequence[int] = chosen
            if which:
                since = {"0": today, "1": today - _DAY, "7": today - 6 * _DAY}[which]
                numbers = self._store.list_cases(CaseFilter(since=since, before=today if which == "1" else None))
            return self._service.papers(numbers)

        def show(papers: list[BatchPaper]) -> None:
            if asked == self._asked:
                self._papers = papers
                self.dialog.set_papers([paper_row(paper) for paper in papers])

        self._desk.tasks.run(read, show)

    def _start(self, slot: str, places: Sequence[int]) -> None:
        papers = [self._papers[place] for place in places]
        size = self._printing.choices.size_of(slot)
        title = self.tr("{0} 开始，{1}，共 {2} 份").format(
            f"{shanghai(self._desk.clock.now()):%H:%M}", self._printing.name(slot), len(papers)
        )

        def go(reason: str) -> None:
            self.dialog.accept()
            self._begin(lambda: self._service.start(title, papers, PrintTarget(slot, size), reason))

        if any(paper.printed for paper in papers):
            ask_reason(self._printing, title, go, self.dialog)
        else:
            go("")

    def _begin(self, work: Callable[[], BatchProgress]) -> None:
        def begun(progress: BatchProgress) -> None:
            self._batch_id = progress.batch_id
            self._ends.clear()
            self._ends.append(time.monotonic())
            self._unknown_in_a_row = 0
            self._take(progress)
            self._printing.kick()
            self._show_run()

        self._desk.tasks.run(work, begun, order="print.batch")

    def _show_run(self) -> None:
        self.run.open()
        self.refresh()

    # ------------------------------------------------------------------------------------------------ the run

    def _job_ended(self, job: PrintJob, reply: Reply[str]) -> None:
        if job.batch_id != self._batch_id or not self._batch_id:
            return
        self._ends.append(time.monotonic())
        if reply.outcome is Outcome.UNKNOWN:
            self._unknown_in_a_row += 1
            if self._unknown_in_a_row >= _IN_A_ROW:
                self._unknown_in_a_row = 0
                self._pause(True)
        elif reply.ok:
            self._unknown_in_a_row = 0
        self._soon()

    def _soon(self) -> None:
        if self._batch_id and not self._timer.isActive():
            self._timer.start()

    def refresh(self) -> None:
        """Read again how far it is."""
        if not self._batch_id:
            return
        batch_id, look = self._batch_id, self.run.isVisible()

        def read() -> tuple[BatchProgress | None, list[PrintJob]]:
            return self._service.progress(batch_id), self._service.jobs(batch_id) if look else []

        self._desk.tasks.run(read, self._show, order="print.batch")

    def _show(self, found: tuple[BatchProgress | None, list[PrintJob]]) -> None:
        progress, jobs = found
        if progress is None:
            return
        self._take(progress)
        if jobs:
            now = self._desk.clock.now()
            trouble = self._trouble(progress)
            self.run.set_rows(
                [print_row(job, self._printing.name, now, trouble=trouble, paper=str(job.position)) for job in jobs]
            )

    def _take(self, progress: BatchProgress) -> None:
        before, self.progress = self.progress, progress
        self.run.set_view(self._view(progress))
        under_way = progress.state in (BatchState.RUNNING, BatchState.PAUSED)
        done = progress.total - progress.left
        note = self.tr("批量打印 {0}/{1}").format(done, progress.total) if under_way else ""
        self._printing.set_note(note)
        ended = before is not None and before.batch_id == progress.batch_id and before.state is BatchState.RUNNING
        if ended and progress.state is BatchState.DONE and not self.run.isVisible():
            tone = Tone.SUCCESS if progress.printed == progress.total else Tone.WARNING
            self._desk.tell(tone, self.tr("批量打印完成"), "；".join(words for words, _ in self._summary(progress)))

    def _view(self, progress: BatchProgress) -> BatchRunView:
        done = progress.total - progress.left
        words = self.tr("已打 {0}/{1} 份").format(progress.printed, progress.total)
        if progress.state is BatchState.RUNNING and progress.left and len(self._ends) > 1:
            pace = (self._ends[-1] - self._ends[0]) / (len(self._ends) - 1)
            words = self.tr("{0}，{1}").format(words, left_words(pace * progress.left))
        ended = progress.state in (BatchState.STOPPED, BatchState.DONE)
        return BatchRunView(
            progress.title,
            str(progress.state),
            done,
            progress.total,
            words,
            "" if ended else self._trouble(progress),
            self._summary(progress) if ended or progress.unknown else (),
        )

    def _trouble(self, progress: BatchProgress) -> str:
        reply = self._printing.blocked.get(progress.slot)
        if reply is None:
            return ""
        return self.tr("{0}：{1}。处理好后自动接着打。").format(
            self._printing.name(progress.slot), core_words(reply.detail)
        )

    def _summary(self, progress: BatchProgress) -> tuple[tuple[str, Tone], ...]:
        lines = [(self.tr("已打印 {0} 份").format(progress.printed), Tone.SUCCESS)]
        if progress.unknown:
            words = self.tr("{0} 份不知是否打出：选中它，看过打印机后按 Y 或 N。").format(progress.unknown)
            lines.append((words, Tone.ERROR))
        if progress.cancelled:
            lines.append((self.tr("没有打印 {0} 份").format(progress.cancelled), Tone.WARNING))
        return tuple(lines)

    def _pause(self, on: bool) -> None:
        batch_id = self._batch_id

        def done() -> None:
            if not on:
                self._ends.clear()
                self._ends.append(time.monotonic())
            self.refresh()

        self._printing.act(lambda: self._service.pause(batch_id) if on else self._service.resume(batch_id), done)

    def _stop(self) -> None:
        batch_id = self._batch_id
        self._printing.act(lambda: self._service.stop(batch_id), self.refresh)

    def _again_from(self, position: int) -> None:
        batch_id = self._batch_id
        title = self.tr("从第 {0} 份起重打").format(position)
        ask_reason(
            self._printing,
            title,
            lambda reason: self._begin(lambda: self._service.again_from(batch_id, position, reason)),
            self.run,
        )

    def _settle(self, job_id: str, came_out: bool) -> None:
        def work() -> None:
            job = self._store.print_job(job_id)
            if job is not None and job.state is PrintState.UNKNOWN:
                self._printing.papers.settle(job, came_out)

        self._printing.act(work, self.refresh)

    def _failed(self, error: YichuangError) -> None:
        if self.dialog.isVisible():
            self.dialog.set_message(error_line(error), Tone.ERROR)
