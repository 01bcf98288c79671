"""Ctrl+J: the window's own cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from app.domain.case import CaseState
from app.domain.clock import SHANGHAI, shanghai
from app.domain.document import PaperKind, RenderedPaper
from app.domain.errors import YichuangError
from app.domain.printing import PrintTarget
from app.presenters.around_words import case_row, case_view, stage_words
from app.presenters.desk import Desk, error_line
from app.presenters.doubles import DoublesPresenter
from app.presenters.palette import Entry
from app.presenters.paper_preview import PaperPreview, Shown, draw_pdf
from app.presenters.print_desk import PrintDesk, Wish
from app.presenters.reprint import ask_reason
from app.services.duty import Duty
from app.services.my_cases import CaseDetail, Days, MyCases, PaperLine
from devices.outcome import Reply
from offline_db.case_list import CaseFilter, CaseLine
from offline_db.store import Store
from widgets.dialogs.cases import PAGE, CasesDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_around import PaletteRow
from widgets.window import MainWindow

_IN_PALETTE = 5
EVERY = 20_000
"""Milliseconds between two looks at the clock while the list is open."""


class CasesPresenter(QObject):
    """List, detail, papers. Everything is read off the event loop; what comes too late is dropped.

    `batch_wanted`: the papers of all the cases listed shall be printed; their numbers (`Store.list_cases`).
    """

    batch_wanted = pyqtSignal(object)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        service: MyCases,
        store: Store,
        printing: PrintDesk,
        demo: bool,
        duty: Duty,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._service = service
        self._store = store
        self._printing = printing
        self._demo = demo
        self._duty = duty
        self._numbers: tuple[int, ...] = ()
        self._asked = 0
        self._detail: CaseDetail | None = None
        self._wanted = ""
        self._read_at: dt.datetime | None = None
        self._turns: dt.datetime | None = None
        self.dialog = CasesDialog(window)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.time_passed)
        self.dialog.finished.connect(lambda _: self._timer.stop())
        self.preview = PaperPreview(self.dialog, printing)
        self.dialog.filtered.connect(self._list)
        self.dialog.model.wanted.connect(self._page)
        self.dialog.selected.connect(self._show)
        self.dialog.paper_requested.connect(self._open_paper)
        self.dialog.reprint_requested.connect(lambda number: self._reprint(number, None))
        self.dialog.settled.connect(self._settle)
        self.dialog.batch_requested.connect(self._batch)
        printing.printed.connect(self.printed)
        self.doubles = DoublesPresenter(self.dialog, desk, service, duty, lambda _: self._list(keep=True))
        self.dialog.double_asked.connect(self._ask_double)
        desk.tasks.failed.connect(self._failed)

    @property
    def detail(self) -> CaseDetail | None:
        """The case on show; None while none is."""
        return self._detail if self.dialog.isVisible() else None

    def open(self) -> None:
        """Show the list as it was left."""
        self.dialog.set_loading()
        self._list()
        self.dialog.open()
        self._timer.start()
        self.dialog.search.setFocus()
        self.dialog.search.selectAll()

    def open_number(self, number: str) -> None:
        """Show one case by its number."""
        self._set_filters("", "", number)
        self.open()

    def open_standing(self, stands: str, days: str = "") -> None:
        """Show the cases behind a figure. stands, days: values of the dialog's filters."""
        self._set_filters(stands, days, "")
        self.open()

    def refresh(self) -> None:
        """Something may have changed: read again what is on show."""
        if self.dialog.isVisible():
            self._list(keep=True)

    def time_passed(self) -> None:
        """Read again what is on show when a light has turned since: at the end of half a day, at midnight, or because
        somebody put the clock back."""
        now, before = self._service.now(), self._read_at
        if before is None:
            return
        turned = self._turns is not None and now >= self._turns
        if turned or now < before or shanghai(now).date() != shanghai(before).date():
            self.refresh()

    def palette(self, words: str) -> Sequence[Entry]:
        """Cases for the palette: by number, name or the end of an ID number. Reads the store."""
        words = words.strip()
        # A single letter or digit means too many cases to be a wish for one.
        if len(words) < 2:
            return ()
        lines = self._store.case_lines(self._store.list_cases(CaseFilter(words))[:_IN_PALETTE])
        days = self._service.days()
        return [self._entry(line, days, words) for line in lines]

    def _entry(self, line: CaseLine, days: Days, words: str) -> Entry:
        row = case_row(line, days)
        note = " · ".join((row.applicant, row.item, stage_words(line.stage)))
        at = row.number.upper().find(words.upper())
        spans = ((at, at + len(words)),) if at >= 0 else ()
        made = PaletteRow(f"case:{line.case_id}", "case", row.number, note, "", "page", spans)
        return Entry(made, lambda: self.open_number(row.number), 70.0)

    def _set_filters(self, stands: str, days: str, words: str) -> None:
        blocked = self.dialog.blockSignals(True)
        self.dialog.search.setText(words)
        self.dialog.days.set_value(days)
        self.dialog.stands.set_value(stands)
        self.dialog.blockSignals(blocked)

    def _list(self, keep: bool = False) -> None:
        """keep: only read again; list and selection stay when the same cases fit."""
        self._asked += 1
        asked = self._asked
        stands, days, words = self.dialog.stands.value(), self.dialog.days.value(), self.dialog.search.text()

        def work() -> tuple[tuple[int, ...], dt.datetime, dt.datetime | None]:
            legal = self._service.days()
            numbers = self._store.list_cases(_filter(stands, days, words, legal))
            return numbers, legal.now, self._service.next_change(legal.now)

        def show(found: tuple[tuple[int, ...], dt.datetime, dt.datetime | None]) -> None:
            if asked != self._asked:
                return  # a later question is under way
            numbers, self._read_at, self._turns = found
            if keep and numbers == self._numbers:
                self.dialog.model.forget()
                if self._wanted:
                    self._show(self._wanted)
                return
            self._numbers = numbers
            self.dialog.set_count(len(numbers), self.tr("共 {0} 件").format(len(numbers)) if numbers else "")

        self._desk.tasks.run(work, show)

    def _page(self, first: int) -> None:
        numbers = self._numbers
        wanted = numbers[first : first + PAGE]

        def read() -> tuple[list[CaseLine], Days, frozenset[str]]:
            return self._store.case_lines(wanted), self._service.days(), self._service.open_doubles()

        def show(found: tuple[list[CaseLine], Days, frozenset[str]]) -> None:
            lines, days, doubles = found
            if numbers is self._numbers:
                rows = [case_row(line, days, line.case_id in doubles) for line in lines]
                self.dialog.model.set_page(first, rows)

        self._desk.tasks.run(read, show)

    def _show(self, case_id: str) -> None:
        self._wanted = case_id

        def show(detail: CaseDetail) -> None:
            if self._wanted == case_id:
                self._detail = detail
                self.dialog.show_case(case_view(detail))

        self._desk.tasks.run(lambda: self._service.detail(case_id), show)

    def _line(self, number: str) -> tuple[CaseDetail, PaperLine] | None:
        detail = self._detail
        if detail is None:
            return None
        line = next((paper for paper in detail.papers if paper.number == number), None)
        return (detail, line) if line is not None else None

    def _open_paper(self, number: str) -> None:
        found = self._line(number)
        if found is None:
            return
        _, line = found

        def draw() -> Shown:
            return draw_pdf(self._service.paper(line))

        def go(targets: tuple[PrintTarget, ...]) -> None:
            self.preview.dialog.accept()
            self._reprint(number, targets)

        title = f"{core_words(str(line.kind))} {number}"
        self.preview.show(draw, str(line.kind), title, self.tr("打印出来会标明“补打”"), go if line.again else None)

    def _reprint(self, number: str, targets: tuple[PrintTarget, ...] | None) -> None:
        found = self._line(number)
        if found is None:
            return
        detail, line = found
        if not self._printing.choices.any_printer:
            self.dialog.set_message(self.tr("本窗口没有配备打印机，没有重印。"), Tone.WARNING)
            return

        def go(reason: str) -> None:
            self.dialog.set_message(self.tr("正在重印…"), Tone.INFO)
            if line.kind is not PaperKind.ACCEPTANCE_NOTICE:
                self._copy(detail, line, reason, targets)
                return

            def made(paper: RenderedPaper) -> None:
                self._printing.queue(Wish(paper, reason), targets)
                self._show(detail.case.case_id)

            self._desk.tasks.run(lambda: self._service.reprint(detail, line, self._demo, reason), made)

        ask_reason(self._printing, f"{core_words(str(line.kind))} {number}", go, self.dialog)

    def _copy(self, detail: CaseDetail, line: PaperLine, reason: str, targets: tuple[PrintTarget, ...] | None) -> None:
        def write() -> bool:
            pdf = self._service.copy(line, reason)
            return self._printing.write_copy(line.number, str(line.kind), pdf, line.prints, reason, targets)

        def written(any_sheet: bool) -> None:
            if not any_sheet:
                self.dialog.set_message(self.tr("这份文书只能用打印机打在纸张上，没有重印。"), Tone.WARNING)
            self._printing.kick()
            self._show(detail.case.case_id)

        self._desk.tasks.run(write, written, order="print.queue")

    def _batch(self) -> None:
        if self._numbers:
            self.dialog.accept()
            self.batch_wanted.emit(self._numbers)

    def _settle(self, case_id: str) -> None:
        detail = self._detail
        if detail is None or detail.case.case_id != case_id:
            return
        clerk = self._duty.clerk
        self._desk.tasks.run(lambda: self._service.settle_loss(detail, clerk), lambda _: self._list(keep=True))

    def _ask_double(self) -> None:
        if self._detail is not None:
            self.doubles.open(self._detail)

    def printed(self, slot: str, reply: Reply[str]) -> None:
        """What a printer said of a paper."""
        if self.dialog.isVisible():
            words = self.tr("已送打印机。") if reply.ok else core_words(reply.detail)
            self.dialog.set_message(words, Tone.SUCCESS if reply.ok else Tone.WARNING)

    def _failed(self, error: YichuangError) -> None:
        if self.dialog.isVisible():
            self.dialog.set_message(error_line(error), Tone.ERROR)


def _filter(stands: str, days: str, words: str, legal: Days) -> CaseFilter:
    """The dialog's filters as the store's."""
    since = None
    if days:
        first = legal.today - dt.timedelta(days=int(days) - 1)
        since = dt.datetime.combine(first, dt.time(), SHANGHAI)
    wanted = {
        "running": CaseFilter(running=True),
        "near": CaseFilter(near=legal.bounds),
        "late": CaseFilter(late=legal.bounds),
        "refused": CaseFilter(states=(CaseState.NEEDS_ATTENTION,)),
        "correction": CaseFilter(stages=("11",)),
        "waiting": CaseFilter(states=(CaseState.ACCEPTED_LOCAL, CaseState.SENDING)),
        "decided": CaseFilter(stages=("4",)),
    }.get(stands, CaseFilter())
    return replace(wanted, words=words, since=since)
