"""Ctrl+F4, a firm at the counter 企业服务: its profile, the policies that fit it, what its code starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PyQt6.QtCore import QObject

from app.domain.document import RenderedPaper
from app.domain.errors import YichuangError
from app.domain.firm import FirmProfile
from app.domain.matter import MatterKind
from app.presenters.assessments import AssessmentPresenter
from app.presenters.desk import Desk, error_line
from app.presenters.firm_words import firm_view
from app.presenters.items import ItemsPresenter
from app.presenters.main import MainPresenter
from app.presenters.matters import MattersPresenter
from app.presenters.print_desk import PrintDesk
from app.services.assess import About
from app.services.code_leads import CodeLeads, FirmLead
from app.services.firm_profile import ProfileFirm
from app.services.matters import Asked, Matters
from widgets.dialogs.firm import POLICIES, SCENES, FirmDialog
from widgets.views import Tone
from widgets.window import MainWindow


class FirmPresenter(QObject):
    """profile: of the firm on show; None while there is none. lead: the scanned code that led here."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        service: ProfileFirm,
        suggest: Matters,
        leads: CodeLeads,
        printing: PrintDesk,
        main: MainPresenter,
        *,
        items: ItemsPresenter,
        matters: MattersPresenter,
        assessments: AssessmentPresenter,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._service = service
        self._suggest = suggest
        self._leads = leads
        self._printing = printing
        self._items, self._matters, self._assessments = items, matters, assessments
        self.profile: FirmProfile | None = None
        self._lead: FirmLead | None = None
        self._asking = ""
        dialog = self.dialog = FirmDialog(window)
        dialog.asked.connect(self._ask)
        dialog.started.connect(self._start)
        dialog.demanded.connect(lambda: self._open_matter(MatterKind.DEMAND))
        dialog.print_requested.connect(self._print)
        main.add("firm", self.open)

    def open(self, lead: FirmLead | None = None) -> None:
        """Show the page: of the scanned firm, else of the visit's, else ask for a number."""
        self._open(lead.uscc if lead is not None else self._suggest.suggested(self._desk.visit).firm_number, lead)

    def open_number(self, number: str) -> None:
        """Show the page of the firm of this credit code; "" asks for one."""
        self._open(number, None)

    def _open(self, number: str, lead: FirmLead | None) -> None:
        self.profile, self._lead = None, lead
        self.dialog.clear_firm(number)
        self.dialog.open()
        if number:
            self._ask(number)

    def _ask(self, number: str) -> None:
        self._asking = number = number.strip().upper()
        self.dialog.set_busy(self.tr("正在向各部门查询……"))

        def work() -> FirmProfile | YichuangError:
            try:
                return self._service.look(number)
            except YichuangError as error:
                return error

        def told(found: FirmProfile | YichuangError) -> None:
            if number != self._asking or not self.dialog.isVisible():
                return
            if isinstance(found, YichuangError):
                self.profile = None
                self.dialog.clear_firm(number)
                self.dialog.say(error_line(found), Tone.ERROR)
                return
            self.profile = found
            self.dialog.set_firm(firm_view(found, self._service.scenes()))
            wrong = self._service.trouble
            if wrong:
                words = self.tr("本地的企业服务文件有误，按随程序的用：{0} 第 {1} 行，{2}")
                self.dialog.say(words.format(wrong[0].file, wrong[0].line, wrong[0].what), Tone.WARNING)

        self._desk.tasks.run(work, told, order="firm")

    def _start(self, page: str, row: str) -> None:
        profile = self.profile
        if profile is None:
            return
        if page == POLICIES:
            self._take(next(one.item for one in profile.policies if one.id == row))
        elif page == SCENES:
            kind, what = next(scene.start for scene in self._service.scenes() if scene.id == row)
            starts: dict[str, Callable[[], None]] = {
                "item": lambda: self._take(what),
                "matter": lambda: self._open_matter(MatterKind(what)),
                "assessment": lambda: self._assess(what),
                "page": lambda: self.dialog.show_page(what),
            }
            starts[kind]()

    def _take(self, code: str) -> None:
        """Into the cart, and the firm's number into the form."""
        profile = self.profile
        if profile is None or not code:
            return
        self.dialog.accept()
        lead = self._lead
        if lead is not None and lead.uscc == profile.number:
            named = replace(lead, name=lead.name or profile.name)
            self._desk.change(self._leads.fill_firm(self._desk.visit, named))
        self._items.take(code)

    def _open_matter(self, kind: MatterKind) -> None:
        profile = self.profile
        if profile is None:
            return
        known = replace(
            self._suggest.suggested(self._desk.visit), kind=kind, firm=profile.name, firm_number=profile.number
        )
        self.dialog.accept()
        self._matters.open()
        self._matters.register(Asked(known.kind, known.firm, "", "", known.scope, known.firm_number, known.contact))

    def _assess(self, form: str) -> None:
        profile = self.profile
        if profile is not None:
            self.dialog.accept()
            self._assessments.open(form, About(profile.name, profile.number))

    def _print(self) -> None:
        profile = self.profile
        if profile is None:
            return

        def work() -> RenderedPaper | YichuangError:
            try:
                return self._service.sheet(profile)
            except YichuangError as error:
                return error

        def made(paper: RenderedPaper | YichuangError) -> None:
            if isinstance(paper, YichuangError):
                self.dialog.say(error_line(paper), Tone.ERROR)
                return
            self._printing.print_paper(paper)
            self.dialog.say(self.tr("{0} 已送打印").format(paper.paper.number), Tone.SUCCESS)

        self._desk.tasks.run(work, made, order="firm")
