"""亮证: the e-licence that was issued for a case, shown to its holder, printed, handed over."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject

from app.domain.case import Window
from app.domain.document import PaperKind
from app.domain.errors import YichuangError
from app.domain.item import Catalog
from app.presenters.desk import Desk, error_line
from app.presenters.issued_words import Symbol, code_on_screen, issued_view
from app.presenters.print_desk import PrintDesk
from app.services.issued import PAPER, IssuedLicences, ShownLicence
from widgets.customer.screen import CustomerScreen
from widgets.dialogs.cases import CasesDialog
from widgets.dialogs.issued import IssuedDialog
from widgets.views import Tone
from widgets.window import MainWindow


class IssuedPresenter(QObject):
    """shown: the licence that is on the screens now, None while none is. screen: the citizen's, None where there is
    none now. papers: offers the papers of a case, one kind in front."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        service: IssuedLicences,
        cases: CasesDialog,
        printing: PrintDesk,
        place: Window,
        catalog: Catalog,
        screen: Callable[[], CustomerScreen | None],
        papers: Callable[[str, str], object],
        *,
        demo: bool = False,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._service = service
        self._cases = cases
        self._printing = printing
        self._place = place
        self._catalog = catalog
        self._screen = screen
        self._papers = papers
        self._demo = demo
        self._prints = 0
        self._asked = 0
        self.shown: ShownLicence | None = None
        self.last: ShownLicence | None = None
        """The one shown last; a lesson's holder keeps it in the phone."""
        self.dialog = IssuedDialog(window)
        cases.licence_requested.connect(self.open)
        self.dialog.print_asked.connect(self._print)
        self.dialog.papers_asked.connect(self._hand_over)
        self.dialog.finished.connect(lambda _: self._put_away())
        desk.replaced.connect(self.dialog.reject)

    def open(self, case_id: str) -> None:
        """Show the licence of a case, here and to its holder; or say why there is none to show."""
        self._asked += 1
        asked = self._asked

        def work() -> tuple[ShownLicence, Symbol]:
            from app.documents.code import modules  # no window needs it to start

            shown = self._service.show(case_id)
            return shown, modules(shown.licence.code)

        def show(found: tuple[ShownLicence, Symbol]) -> None:
            if asked != self._asked:
                return
            self.shown = self.last = found[0]
            screen = self._screen()
            if screen is not None:
                screen.show_code(code_on_screen(*found))
            self.dialog.show_licence(issued_view(found[0], self._catalog, found[1], screen is not None))
            self.dialog.open()

        def wrong(error: YichuangError) -> None:
            if asked == self._asked:
                self._cases.set_message(error_line(error), Tone.WARNING)

        self._desk.tasks.attempt(work, show, wrong)

    def _print(self) -> None:
        shown = self.shown
        if shown is None:
            return
        self._prints += 1
        licence = shown.licence
        job = f"issued-{licence.case_id}-{licence.version}-{self._desk.visit.visit_id}-{self._prints}"

        def draw() -> bytes:
            from app.documents.issued_card import issued_card

            now = self._service.printed(licence.case_id)
            return issued_card(self._place, now.licence, now.reading, now.case_number, demo=self._demo)

        def drawn(pdf: bytes) -> None:
            if self._printing.print_pdf(job, PAPER, shown.case_number, pdf):
                self.dialog.set_message(self.tr("已送打印。"), Tone.SUCCESS)
            else:
                self.dialog.set_message(self.tr("没有可用的页式打印机，请持证人用手机拍下。"), Tone.WARNING)

        self._desk.tasks.attempt(draw, drawn, lambda error: self.dialog.set_message(error_line(error), Tone.WARNING))

    def _hand_over(self) -> None:
        shown = self.shown
        if shown is not None:
            self.dialog.reject()
            self._papers(shown.licence.case_id, PaperKind.DELIVERY_PROOF.name)

    def _put_away(self) -> None:
        """It is taken off both screens."""
        self.shown = None
        self.dialog.forget()
        if (screen := self._screen()) is not None:
            screen.end_code()
