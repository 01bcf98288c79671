"""Shift+F8: the day's print jobs; and the question whether a paper is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QApplication

from app.domain.clock import SHANGHAI, shanghai
from app.domain.document import PaperKind
from app.domain.errors import YichuangError
from app.domain.printing import PrintJob, PrintState
from app.presenters.desk import error_line
from app.presenters.paper_preview import PaperPreview, draw_sheet, head_of
from app.presenters.print_desk import PrintDesk
from app.presenters.print_words import paper_words, print_row
from app.presenters.reprint import ask_reason
from offline_db.store import Store
from widgets.dialogs.print_ask import PrintAskDialog
from widgets.dialogs.prints import PrintsDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.window import MainWindow

_OPEN = (PrintState.WAITING, PrintState.HELD, PrintState.UNKNOWN, PrintState.SENDING)


class PrintListPresenter(QObject):
    """The dialog lives as long as the window. Jobs of a batch are asked about in the batch's own dialog."""

    def __init__(self, window: MainWindow, printing: PrintDesk, store: Store) -> None:
        super().__init__()
        self._window = window
        self._desk = printing.desk
        self._printing = printing
        self._papers = printing.papers
        self._store = store
        self._jobs: dict[str, PrintJob] = {}
        self._asking: PrintAskDialog | None = None
        self._to_ask: list[PrintJob] = []
        self._choose = False
        self.dialog = PrintsDialog(window)
        self.preview = PaperPreview(self.dialog, printing)
        dialog = self.dialog
        dialog.filtered.connect(self.refresh)
        dialog.selected.connect(self._picture)
        dialog.look.connect(self._look)
        dialog.again.connect(self._again)
        dialog.go.connect(lambda job: self._change(job, lambda j: self._papers.release(j)))
        dialog.cancel.connect(lambda job: self._change(job, lambda j: self._papers.cancel([j])))
        dialog.there.connect(lambda job: self._change(job, lambda j: self._papers.settle(j, True)))
        dialog.not_there.connect(lambda job: self._change(job, lambda j: self._papers.settle(j, False)))
        dialog.elsewhere.connect(lambda job, slot: self._change(job, lambda j: self._papers.release(j, slot)))
        printing.changed.connect(self.refresh)
        printing.blocked_changed.connect(self.refresh)
        printing.unknown.connect(self._ask_soon)
        window.status.prints_clicked.connect(self.open)
        self._desk.tasks.failed.connect(self._failed)

    def open(self) -> None:
        """Show the list: what wants something, if anything does."""
        self._choose = True
        self.dialog.set_message("", Tone.NEUTRAL)
        self.dialog.open()
        self.refresh()

    def refresh(self) -> None:
        """Read again what is on show."""
        if not self.dialog.isVisible():
            return
        now = self._desk.clock.now()
        today = dt.datetime.combine(shanghai(now).date(), dt.time(), SHANGHAI)
        self._desk.tasks.run(lambda: self._store.print_jobs(today), self._show, order="print.list")

    def _show(self, jobs: list[PrintJob]) -> None:
        self._jobs = {job.job_id: job for job in jobs}
        if self._choose:
            self._choose = False
            silent = self.dialog.which.blockSignals(True)
            self.dialog.which.set_value("open" if any(job.state in _OPEN for job in jobs) else "")
            self.dialog.which.blockSignals(silent)
        only_open = self.dialog.which.value() == "open"
        blocked = self._printing.blocked
        now = self._desk.clock.now()
        rows = [
            print_row(
                job,
                self._printing.name,
                now,
                self._printing.choices.like(job.slot),
                blocked[job.slot].detail if job.slot in blocked else "",
            )
            for job in jobs
            if not only_open or job.state in _OPEN
        ]
        printed = sum(job.state is PrintState.PRINTED for job in jobs)
        wanting = sum(job.state in _OPEN for job in jobs)
        parts = [self.tr("今天已打印 {0} 份").format(printed)] if printed else []
        if wanting:
            parts.append(self.tr("待处理 {0} 份").format(wanting))
        self.dialog.set_rows(rows, self.tr("{0}，{1}").format(*parts) if len(parts) == 2 else "".join(parts))
        trouble = [
            self.tr("{0}：{1}").format(self._printing.name(slot), core_words(reply.detail))
            for slot, reply in blocked.items()
        ]
        self.dialog.set_trouble("　".join(trouble))

    # ------------------------------------------------------------------------------------------------- asking

    def _ask_soon(self, job: PrintJob) -> None:
        if not job.batch_id:
            self._to_ask.append(job)
            self._ask_next()

    def _ask_next(self) -> None:
        # One question at a time, and never over another dialog: an answer meant for that one would be taken here.
        if self._asking is not None or QApplication.activeModalWidget() is not None:
            return
        while self._to_ask:
            job = self._to_ask.pop(0)
            self._desk.tasks.run(partial(self._fresh, job), self._ask)
            return

    def _fresh(self, job: PrintJob) -> tuple[PrintJob, QImage] | None:
        """The job as it stands now, with the top of its paper; None when it was settled meanwhile."""
        now = self._store.print_job(job.job_id)
        if now is None or now.state is not PrintState.UNKNOWN:
            return None
        return now, self._head(now)

    def _head(self, job: PrintJob) -> QImage:
        try:
            return head_of(self._papers.sheet(job, self._printing.widths.get(job.slot, 576)))
        except YichuangError:
            return QImage()  # its number is enough to know it by

    def _ask(self, found: tuple[PrintJob, QImage] | None) -> None:
        if found is None:
            self._ask_next()
            return
        job, head = found
        row = print_row(job, self._printing.name, self._desk.clock.now())
        asking = self._asking = PrintAskDialog(row, head, self._window)
        asking.finished.connect(lambda _: self._answered(job, asking.came_out))
        asking.open_once()

    def _answered(self, job: PrintJob, came_out: bool | None) -> None:
        self._asking = None
        if came_out is None:
            self._desk.tell(
                Tone.WARNING,
                self.tr("有一份文书待确认"),
                self.tr("{0} {1}，不知是否打出。").format(core_words(job.kind), job.paper_number),
                self.tr("看过打印机后按 Shift+F8 确认。"),
            )
        else:
            answer = came_out
            self._printing.act(lambda: self._papers.settle(job, answer))
        self._ask_next()

    # ------------------------------------------------------------------------------------------------ one job

    def _change(self, job_id: str, work: Callable[[PrintJob], None]) -> None:
        job = self._jobs.get(job_id)
        if job is not None:
            self.dialog.set_message("", Tone.NEUTRAL)
            self._printing.act(lambda: work(job))

    def _picture(self, job_id: str) -> None:
        job = self._jobs.get(job_id)
        if job is not None and job.reprint >= 0:
            self._desk.tasks.run(lambda: self._head(job), lambda page: self.dialog.set_picture(job_id, page))

    def _look(self, job_id: str) -> None:
        job = self._jobs.get(job_id)
        if job is None or job.reprint < 0:
            return
        title = f"{paper_words(job)} {job.paper_number}"
        width = self._printing.widths.get(job.slot, 576)

        self.preview.show(lambda: draw_sheet(self._papers.sheet(job, width)), job.kind, title, "", None)

    def _again(self, job_id: str) -> None:
        job = self._jobs.get(job_id)
        if job is None or job.state is not PrintState.PRINTED:
            return
        if job.kind in tuple(PaperKind) and not (job.case_id and job.kind == PaperKind.ACCEPTANCE_NOTICE):
            # Nothing here can mark it as a reprint.
            self.dialog.set_message(self.tr("这份文书请在“我的办件”（Ctrl+J）中打开办件补打。"), Tone.WARNING)
            return

        def again(reason: str) -> None:
            self._printing.act(lambda: self._papers.again(job, reason))
            self.dialog.set_message(self.tr("正在补打…"), Tone.INFO)

        ask_reason(self._printing, f"{paper_words(job)} {job.paper_number}", again, self.dialog)

    def _failed(self, error: YichuangError) -> None:
        if self.dialog.isVisible():
            self.dialog.set_message(error_line(error), Tone.ERROR)
