"""Ctrl+U, firms' matters 企业事项: the list, opening one, its next step, its sheet."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, QTimer

from app.domain.agency import Standing
from app.domain.document import RenderedPaper
from app.domain.matter import Act, Matter, MatterKind, Role, Scope
from app.presenters.desk import Desk, error_line
from app.presenters.main import MainPresenter
from app.presenters.matter_words import act_view, kinds, matter_row, scopes
from app.presenters.print_desk import PrintDesk
from app.presenters.status import StatusPresenter
from app.services.firm_data import load_agencies
from app.services.matters import Asked, MatterLine, Matters
from widgets.dialogs.matter_new import MatterNewDialog, MatterStepDialog
from widgets.dialogs.matters import MattersDialog
from widgets.views import Tone
from widgets.views_matter import NewMatter
from widgets.window import MainWindow

FRESH_MILLISECONDS = 5000
"""While the list is open the platform is asked so often."""


class MattersPresenter(QObject):
    """What the platform says comes with the feeds; what is done here stands in the list at once, on the line or not."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        service: Matters,
        printing: PrintDesk,
        main: MainPresenter,
        status: StatusPresenter,
        sync_now: Callable[[], None],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._service = service
        self._printing = printing
        self._sync_now = sync_now
        self._lines: dict[str, MatterLine] = {}
        self._standings: dict[str, Standing] = {}
        self.read = False
        """Has the list been read since it was opened?"""
        self._new: MatterNewDialog | None = None
        self._step: MatterStepDialog | None = None
        self.dialog = MattersDialog(window)
        self.dialog.new.connect(self.register)
        self.dialog.step.connect(self._ask_step)
        self.dialog.print_requested.connect(self._print)
        # The offices work meanwhile; a clerk who looks at the list waits for them.
        self._fresh = QTimer(self)
        self._fresh.setInterval(FRESH_MILLISECONDS)
        self._fresh.timeout.connect(self._look_again)
        self.dialog.finished.connect(lambda _: self._fresh.stop())
        main.add("matters", self.open)
        status.synced.connect(lambda _: self.refresh())

    def open(self) -> None:
        """Show the list."""
        self.read = False
        self.dialog.say("")
        self.dialog.open()
        self._fresh.start()
        self._sync_now()
        self.refresh()

    def refresh(self) -> None:
        """Read again what is on show."""
        if self.dialog.isVisible():
            self._desk.tasks.run(self._read, self._show, order="matters")

    def _read(self) -> tuple[list[MatterLine], dict[str, Standing]]:
        return self._service.listed(), self._service.standings()

    def _look_again(self) -> None:
        if any(line.matter.running or line.waiting for line in self._lines.values()):
            self._sync_now()

    @property
    def lines(self) -> tuple[MatterLine, ...]:
        """As they were read last."""
        return tuple(self._lines.values())

    def register(self, known: Asked | None = None) -> None:
        """Ask what a new one is about; the firm is the visit's where it has one. known: what is known already."""
        asked = known or self._service.suggested(self._desk.visit)
        new = NewMatter(
            asked.kind.value, asked.firm, asked.firm_number, asked.contact, asked.phone, asked.subject, asked.words
        )
        self._new = MatterNewDialog(kinds(load_agencies(), self._standings), scopes(), new, self.dialog)
        self._new.given.connect(self._register)
        self._new.open_once()

    def _register(self, given: NewMatter) -> None:
        dialog = self._new
        if dialog is None:
            return
        asked = Asked(
            MatterKind(given.kind), given.firm, given.subject, given.words, Scope(given.scope), given.firm_number,
            given.contact, given.phone, dict(given.details),
        )  # fmt: skip

        def done(matter: Matter) -> None:
            dialog.accept()
            self.dialog.say(self.tr("已登记，编号 {0}").format(matter.number), Tone.SUCCESS)
            self._changed(matter)

        self._try(lambda: self._service.open(asked), done, dialog.complain)

    def _ask_step(self, matter_id: str, act: str) -> None:
        line = self._lines.get(matter_id)
        if line is None:
            return
        matter = line.matter
        self._step = MatterStepDialog(act_view(Act(act), matter), f"{matter.firm} · {matter.subject}", self.dialog)
        self._step.given.connect(lambda words, stars: self._take(matter_id, Act(act), words, stars))
        self._step.open_once()

    def _take(self, matter_id: str, act: Act, words: str, stars: int) -> None:
        dialog = self._step
        if dialog is None:
            return
        role = Role.OWNER if act is Act.RATE else None

        def done(matter: Matter) -> None:
            dialog.accept()
            self.dialog.say(self.tr("{0} 已记下").format(matter.number), Tone.SUCCESS)
            self._changed(matter)

        self._try(lambda: self._service.step(matter_id, act, words, role, stars), done, dialog.complain)

    def _print(self, matter_id: str) -> None:
        def made(paper: RenderedPaper) -> None:
            self._printing.print_paper(paper)
            self.dialog.say(self.tr("{0} 已送打印").format(paper.paper.number), Tone.SUCCESS)

        self._try(lambda: self._service.sheet(matter_id), made, lambda why: self.dialog.say(why, Tone.ERROR))

    def _changed(self, matter: Matter) -> None:
        self._sync_now()

        def shown(found: tuple[list[MatterLine], dict[str, Standing]]) -> None:
            self._show(found)
            self.dialog.mark(matter.matter_id)

        self._desk.tasks.run(self._read, shown, order="matters")

    def _show(self, found: tuple[list[MatterLine], dict[str, Standing]]) -> None:
        lines, self._standings = found
        self._lines, self.read = {line.matter.matter_id: line for line in lines}, True
        now = self._desk.clock.now()
        running = [line for line in lines if line.matter.running]
        late = sum(line.light == "red" for line in running)
        below = self.tr("在办 {0} 件，超时 {1} 件").format(len(running), late) if lines else ""
        self.dialog.set_rows([matter_row(line, now) for line in lines], below)

    def _try(self, work: Callable[[], object], then: Callable[..., None], wrong: Callable[[str], None]) -> None:
        """What goes wrong is said where the clerk looks: the dialog lies over the window's own line."""
        self._desk.tasks.attempt(work, then, lambda error: wrong(error_line(error)), order="matters")
