"""Shift+F7: the check of identity in one panel; its record, its slip."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject

from app.domain.document import BILINGUAL, Language, PaperKind, RenderedPaper
from app.domain.errors import YichuangError
from app.domain.printing import PrintTarget
from app.identity.verification import Verification
from app.presenters.desk import Desk, error_line
from app.presenters.identity_words import conclusion_words, identity_view
from app.presenters.paper_preview import PaperPreview
from app.presenters.print_desk import PrintDesk, Wish
from app.presenters.residents import ResidentPresenter
from app.services.compare_face import verdict_of
from app.services.issue_paper import IssuePaper
from app.services.verify_identity import Kept, VerifyIdentity
from widgets.dialogs.identity import IdentityDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.window import MainWindow

SLIP = PaperKind.IDENTITY_FEEDBACK


class IdentityPresenter(QObject):
    """compare, may_compare: the face beside the document (Ctrl+F3). residents: registers whoever passed. Whatever
    changes the visit is followed, so that a check never outlives the person it is about."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        service: VerifyIdentity,
        papers: IssuePaper,
        printing: PrintDesk,
        compare: Callable[[], object],
        may_compare: Callable[[], bool],
        residents: ResidentPresenter | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._service = service
        self._papers = papers
        self._printing = printing
        self._may_compare = may_compare
        self._asked = 0
        self._busy = False
        self._issued: RenderedPaper | None = None
        self._printed = False
        self.dialog = IdentityDialog(window)
        self.dialog.keep_asked.connect(self.keep)
        self.dialog.slip_asked.connect(self.slip)
        self.dialog.compare_asked.connect(compare)
        self._residents = residents
        if residents is not None:
            self.dialog.register_asked.connect(residents.open)
        self.preview = PaperPreview(self.dialog, printing)
        desk.changed.connect(lambda: self._service.follow(self._desk.visit))
        desk.replaced.connect(self.dialog.reject)

    def open(self) -> None:
        """Check what is known now, and show it."""
        self._look(self.dialog.open)

    def all_done(self) -> bool:
        """The visitor came to be checked, that is on record, and nothing else was begun: they may go unasked."""
        visit, kept = self._desk.visit, self._service.current
        return kept is not None and kept.visit_id == visit.visit_id and not visit.codes and not visit.licences

    def keep(self) -> None:
        """Put the check on record."""
        self._keep(lambda kept: self._look(lambda: self._say_kept(kept)))

    def slip(self) -> None:
        """The 身份核验反馈单 of the check, to be looked at and printed."""
        self._keep(self._issue)

    def _look(self, then: Callable[[], object]) -> None:
        self._asked += 1
        asked, visit = self._asked, self._desk.visit
        person = self._service.in_hand(visit)

        def show(made: Verification) -> None:
            if asked != self._asked or not self._desk.still(visit.visit_id):
                return
            kept = self._service.current
            self.dialog.set_view(
                identity_view(
                    person,
                    made,
                    kept=kept.made if kept is not None else None,
                    judged=verdict_of(visit) is not None,
                    may_compare=self._may_compare(),
                    may_register=self._residents is not None and self._residents.possible(),
                )
            )
            then()

        self._desk.tasks.run(lambda: self._service.look(visit), show)

    def _keep(self, then: Callable[[Kept], object]) -> None:
        if self._busy:
            return
        self._busy = True
        self.dialog.set_busy(True)
        visit = self._desk.visit

        def attempt() -> Kept | YichuangError:
            try:
                # What is on record of this very state is not written down twice.
                return self._service.current or self._service.keep(visit)
            except YichuangError as error:
                return error

        def kept(answer: Kept | YichuangError) -> None:
            self._busy = False
            if isinstance(answer, YichuangError):
                self._trouble(answer)
            elif self._desk.still(visit.visit_id):
                then(answer)

        self._desk.tasks.run(attempt, kept, order="identity")

    def _say_kept(self, kept: Kept) -> None:
        words, _ = conclusion_words(kept.made.conclusion)
        self.dialog.set_message(self.tr("已记录：{0}。").format(words), Tone.SUCCESS)

    def _issue(self, kept: Kept) -> None:
        self._busy = True

        def make() -> RenderedPaper | YichuangError:
            try:
                subject = self._papers.about_check(kept)
                foreign = not kept.number[:17].isdigit() or kept.number.startswith("9")
                language: Language = "zh-en" if foreign and SLIP in BILINGUAL else "zh"
                return self._papers.issue(SLIP, subject, language=language)
            except YichuangError as error:
                return error

        def made(answer: RenderedPaper | YichuangError) -> None:
            self._busy = False
            if isinstance(answer, YichuangError):
                self._trouble(answer)
                return
            self._issued, self._printed = answer, False
            title = f"{core_words(str(SLIP))} {answer.paper.number}"
            below = self.tr("还没有打印，看过按 Enter 打印")
            self._look(lambda: None)
            self.preview.show(lambda: self.preview.draw(answer), str(SLIP), title, below, self._print, answer)

        self._desk.tasks.run(make, made, order="identity")

    def _print(self, targets: tuple[PrintTarget, ...]) -> None:
        """The first print is the slip itself; each further one is marked 补打."""
        issued = self._issued
        if issued is None:
            return
        self.preview.dialog.accept()
        self.dialog.accept()

        def send(paper: RenderedPaper) -> None:
            self._issued, self._printed = paper, True
            number = self.tr("编号 {0}").format(paper.paper.number)
            name = core_words(str(SLIP))
            if targets:
                self._desk.tell(Tone.SUCCESS, self.tr("{0}已出具").format(name), number, "")
            else:
                todo = self.tr("本窗口没有配备打印机。")
                self._desk.tell(Tone.WARNING, self.tr("{0}没有打印").format(name), number, todo)
            self._printing.queue(Wish(paper), targets)

        if self._printed:
            self._desk.tasks.run(lambda: self._papers.reprint(issued), send)
        else:
            send(issued)

    def _trouble(self, error: YichuangError) -> None:
        self._look(lambda: self.dialog.set_message(error_line(error), Tone.WARNING))
