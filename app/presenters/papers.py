"""Ctrl+W: papers for the visitor at the window, for an earlier case, or about the window itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import QObject, pyqtSignal

from app.domain.document import BILINGUAL, Language, PaperKind, RenderedPaper
from app.domain.errors import YichuangError
from app.domain.printing import PrintTarget
from app.domain.signature import Signature
from app.presenters.accept import AcceptPresenter
from app.presenters.desk import Desk, error_line
from app.presenters.palette import Entry
from app.presenters.paper_preview import PaperPreview, Shown, draw_pdf
from app.presenters.print_desk import PrintDesk, Wish
from app.presenters.signing import SigningPresenter
from app.services.accept_case import Acceptance
from app.services.issue_paper import KINDS, SIGNED_HERE, IssuePaper
from app.services.paper_asks import Ask, PaperOffer
from app.services.paper_subject import Subject
from app.services.quick_names import QuickNames
from app.services.sign_paper import SignPaper
from devices.kinds.biometric import Fingerprint
from widgets.dialogs.papers import PapersDialog
from widgets.i18n import core_words, pick
from widgets.views import Tone
from widgets.views_around import PaletteRow
from widgets.views_papers import AskView, PaperChoice
from widgets.window import MainWindow

_COMMITMENTS = (PaperKind.PROMISE, PaperKind.TOLERANCE_PROMISE)
"""Papers under which a site may want a finger beside the signature."""


class PapersPresenter(QObject):
    """The dialog, the preview and the print of what was issued. Papers are made off the event loop.

    Signals: made_at_once(kind): a paper was made with the acceptance, by the catalogue's rule.
    """

    made_at_once = pyqtSignal(str)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        service: IssuePaper,
        accept: AcceptPresenter,
        printing: PrintDesk,
        signing: SigningPresenter,
        sign: SignPaper,
    ) -> None:
        """signing, sign: how papers are signed before they are printed."""
        super().__init__()
        self._desk = desk
        self._service = service
        self._accept = accept
        self._printing = printing
        self._signing = signing
        self._sign = sign
        self._names = QuickNames()
        self._subject: Subject | None = None
        self._issued: RenderedPaper | None = None
        self._printed = False
        self._asked = 0
        self._busy = False
        self.dialog = PapersDialog(window)
        self.preview = PaperPreview(self.dialog, printing)
        self.dialog.issued.connect(self._issue)
        self.dialog.sign_asked.connect(self._have_signed)
        desk.tasks.failed.connect(self._failed)
        accept.was_accepted.connect(self._at_once)

    def open(self, wanted: str = "") -> None:
        """Offer the papers for the visitor in hand; without one, those about the window. wanted: a kind's name."""
        acceptance, visit = self._accept.acceptance, self._desk.visit
        if acceptance is not None:
            cases = acceptance.cases
            self._offer(lambda: self._service.about_cases(cases), wanted)
        else:
            self._offer(lambda: self._service.about_visit(visit), wanted)

    def open_case(self, case_id: str, wanted: str = "") -> None:
        """Offer the papers for an earlier case. wanted: a kind's name."""
        self._offer(lambda: self._service.about_case(case_id), wanted)

    def palette(self, words: str) -> Sequence[Entry]:
        """Each paper by its name, for the palette; nothing before something is typed."""
        if not words.strip():
            return ()
        found = []
        for kind in KINDS:
            match = self._names.match(words, core_words(str(kind)), str(kind))
            if match is not None:
                name, note = core_words(str(kind)), self.tr("出具文书")
                row = PaletteRow(f"paper:{kind.name}", "action", name, note, "", "page", match.spans)
                found.append(Entry(row, partial(self.open, kind.name), match.score - 5))
        return found

    def _at_once(self, acceptance: Acceptance) -> None:
        """What the catalogue wants with every acceptance, kept in the case; it is printed when somebody asks for it."""

        def made(papers: list[RenderedPaper]) -> None:
            for one in papers:
                title = self.tr("{0}已随办件生成").format(core_words(str(one.paper.kind)))
                self.made_at_once.emit(str(one.paper.kind))
                self._desk.tell(Tone.SUCCESS, title, one.paper.number, self.tr("按 Ctrl+W 查看或打印。"))

        self._desk.tasks.run(lambda: self._service.at_once(acceptance.cases), made)

    def _offer(self, find: Callable[[], Subject], wanted: str) -> None:
        self._asked += 1
        asked = self._asked

        def look() -> tuple[Subject, tuple[PaperOffer, ...]]:
            subject = find()
            return subject, self._service.offers(subject)

        def show(found: tuple[Subject, tuple[PaperOffer, ...]]) -> None:
            if asked != self._asked:
                return  # asked for another since
            self._subject, offers = found
            self._busy = False
            about = core_words(self._subject.title) if self._subject.title else self.tr("本窗口")
            self.dialog.set_choices([_choice(offer) for offer in offers], about, self._subject.foreign)
            if wanted:
                self.dialog.choose(wanted)
            self.dialog.open()

        self._desk.tasks.run(look, show)

    def _have_signed(self, name: str, answers: dict[str, str], language: Language) -> None:
        """First the signature, then the paper with it. The answers are those that the person was told."""
        subject = self._subject
        if subject is None or self._busy:
            return
        title = core_words(str(PaperKind[name]))
        signing, service = self._signing, self._sign
        self._busy = True
        self.dialog.set_busy(True)

        def show() -> tuple[RenderedPaper, Shown]:
            shown = service.show(PaperKind[name], subject, answers, language)
            return shown, draw_pdf(shown.pdf)

        def ask(found: tuple[RenderedPaper, Shown]) -> None:
            self._busy = False
            self.dialog.set_busy(False)
            if self._subject is not subject or not self.dialog.isVisible():
                return
            shown, drawn = found
            statement = self.tr("本人已阅《{0}》（编号 {1}）全文，签字确认。").format(title, shown.paper.number)

            def signed(signature: Signature | None, finger: Fingerprint | None = None) -> None:
                if self._subject is subject:
                    self._make(lambda: service.sign(subject, shown, signature, finger))

            def unsigned(why: str) -> None:
                self.dialog.set_message(why, Tone.WARNING)

            too = self._printing.rules.finger_too and PaperKind[name] in _COMMITMENTS
            signing.ask(title, statement, signed, unsigned, drawn.pages, signed, too=too)

        self._desk.tasks.run(show, ask)

    def _issue(self, name: str, answers: dict[str, str], language: Language) -> None:
        subject = self._subject
        if subject is not None:
            self._make(lambda: self._service.issue(PaperKind[name], subject, answers, language))

    def _make(self, make: Callable[[], RenderedPaper]) -> None:
        """Have a paper made, and look at it."""
        if self._busy:
            return
        self._busy = True
        self.dialog.set_busy(True)

        def show(made: RenderedPaper) -> None:
            self._issued = made
            self._busy = self._printed = False
            self.dialog.set_busy(False)
            paper = made.paper
            title = f"{core_words(str(paper.kind))} {paper.number}"
            below = self.tr("还没有打印，看过按 Enter 打印")
            self.preview.show(lambda: self.preview.draw(made), str(paper.kind), title, below, self._print, made)

        self._desk.tasks.run(make, show)

    def _print(self, targets: tuple[PrintTarget, ...]) -> None:
        """The first print is the paper itself; each further one is marked 补打."""
        issued = self._issued
        if issued is None:
            return
        self.preview.dialog.accept()
        self.dialog.accept()

        def send(paper: RenderedPaper) -> None:
            self._issued = paper
            self._tell(paper, bool(targets))
            self._printing.queue(Wish(paper), targets)

        if self._printed:
            self._desk.tasks.run(lambda: self._service.reprint(issued), send)
        else:
            self._printed = True
            send(issued)

    def _tell(self, paper: RenderedPaper, printed: bool) -> None:
        name = core_words(str(paper.paper.kind))
        number = self.tr("编号 {0}").format(paper.paper.number)
        if printed:
            self._desk.tell(Tone.SUCCESS, self.tr("{0}已出具").format(name), number, "")
        else:
            self._desk.tell(
                Tone.WARNING, self.tr("{0}没有打印").format(name), number, self.tr("本窗口没有配备打印机。")
            )

    def _failed(self, error: YichuangError) -> None:
        if self._busy and self.dialog.isVisible():
            self._busy = False
            self.dialog.set_busy(False)
            self.dialog.set_message(error_line(error), Tone.ERROR)


def _choice(offer: PaperOffer) -> PaperChoice:
    return PaperChoice(
        offer.kind.name,
        core_words(str(offer.kind)),
        pick(offer.hint, offer.hint_en),
        tuple(map(_ask, offer.asks)),
        core_words(offer.blocked),
        offer.kind in BILINGUAL,
        offer.kind in SIGNED_HERE,
    )


def _ask(ask: Ask) -> AskView:
    return AskView(
        ask.key,
        pick(ask.title, ask.title_en),
        ask.value,
        ask.required,
        pick(ask.hint, ask.hint_en),
        ask.lines,
        tuple((choice.value, pick(choice.words, choice.words_en)) for choice in ask.choices),
    )
