"""Codes that are no licences: shown with the one thing they lead to; nothing is done before Enter."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject

from app.domain.clock import shanghai
from app.domain.item import Catalog
from app.domain.licence import CodeKind
from app.domain.person import mask, mask_name
from app.licences.kinds import Recognised
from app.licences.shown import shown
from app.presenters.bookings import BookingPresenter
from app.presenters.cases import CasesPresenter
from app.presenters.codes import CodePresenter
from app.presenters.complete_later import CompleteLaterPresenter
from app.presenters.desk import Desk
from app.presenters.items import ItemsPresenter
from app.presenters.main import MainPresenter
from app.services.code_leads import BookingLead, CodeLeads, FirmLead, Lead, LeafletLead, PaperLead, ParcelLead
from widgets.dialogs.code import CodeDialog
from widgets.i18n import core_words, pick
from widgets.views import Tone
from widgets.views_code import CodeView
from widgets.window import MainWindow

Do = Callable[[], object]


class CodeLeadsPresenter(QObject):
    """Follows what CodePresenter found. dialog: the one opened last."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        leads: CodeLeads,
        catalog: Catalog,
        main: MainPresenter,
        codes: CodePresenter,
        *,
        items: ItemsPresenter,
        bookings: BookingPresenter,
        cases: CasesPresenter,
        later: CompleteLaterPresenter,
    ) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._leads = leads
        self._catalog = catalog
        self._main = main
        self._items, self._bookings, self._cases, self._later = items, bookings, cases, later
        self.dialog: CodeDialog | None = None
        self.firm: Callable[[FirmLead], object] = lambda _: None
        """Opens the firm's own page."""
        codes.led.connect(self.follow)

    def follow(self, code: Recognised) -> None:
        """Find out what a code leads to, and show it. Personal codes are ResidentPresenter's."""
        if code.kind is CodeKind.PERSONAL_CODE:
            return
        visit_id = self._desk.visit.visit_id

        def show(lead: Lead) -> None:
            if self._desk.still(visit_id) and self._main.open_now:
                self._show(lead)

        self._desk.tasks.run(lambda: self._leads.follow(code), show)

    def _show(self, lead: Lead) -> None:
        also: Do | None = None
        match lead:
            case FirmLead():
                view, take = self._firm(lead)
                also = (lambda: self.firm(lead)) if view.also else None
            case PaperLead():
                view, take = self._paper(lead)
                also = (lambda: self._later.open_for(lead.owing or lead.here)) if view.also else None
            case BookingLead():
                view, take = self._booking(lead)
            case LeafletLead():
                view, take = self._leaflet(lead)
            case ParcelLead():
                view, take = self._parcel(lead)
        self.dialog = CodeDialog(view, self._window)
        visit_id = self._desk.visit.visit_id

        def doing(do: Do) -> Do:
            return lambda: do() if self._desk.still(visit_id) and self._main.open_now else None

        self.dialog.taken.connect(doing(take))
        if also is not None:
            self.dialog.also.connect(doing(also))
        self.dialog.open_once()

    # ------------------------------------------------------------------------------------------------------- firms

    def _firm(self, lead: FirmLead) -> tuple[CodeView, Do]:
        is_url = lead.code.kind is CodeKind.LICENCE_URL
        kind = self.tr("证照网址码") if is_url else self.tr("企业码")
        rows = [(self.tr("统一社会信用代码"), lead.uscc)] if lead.name else []
        if lead.number:
            rows.append((self.tr("码里的号码"), lead.number))
        if lead.host:
            rows.append((self.tr("网址"), self.tr("{0}（没有打开）").format(shown(lead.host))))
        if lead.uscc:
            rows.append((self.tr("以往办件"), self.tr("本窗口 {0} 件").format(lead.cases)))
        note = self.tr("企业码只标识企业，不能证明出示人身份；代办的请核对授权。")
        if is_url:
            note = self.tr("网址码谁都可以拍照转发，只能取号码；真伪以登记信息为准。")
        visit = self._desk.visit
        take = ""
        if lead.uscc and (not visit.items or self._leads.firm_keys(visit)):
            take = self.tr("填入代码")
        elif lead.uscc:
            note += self.tr("所选事项的表里没有空着的单位代码。")
        elif not lead.number:
            rows.append((self.tr("内容"), shown(lead.code.text)))
        title = lead.name or lead.uscc or self.tr("码里没有统一社会信用代码")
        also = self.tr("企业服务") if lead.uscc else ""
        view = CodeView(kind, title, tuple(rows), note, Tone.WARNING, take, also)
        return view, lambda: self._fill_firm(lead)

    def _fill_firm(self, lead: FirmLead) -> None:
        self._desk.change(self._leads.fill_firm(self._desk.visit, lead))
        if not self._desk.visit.items:
            todo = self.tr("选好事项（F3）后自动填入。")
            self._desk.tell(Tone.SUCCESS, self.tr("单位代码已记下"), lead.name or lead.uscc, todo)
            return
        self._window.show_form()
        self._main.enable()
        todo = self.tr("按 Ctrl+D 查登记信息。") if self._window.is_action_enabled("query_data") else ""
        self._desk.tell(Tone.SUCCESS, self.tr("单位代码已填入"), lead.name or lead.uscc, todo)

    # ------------------------------------------------------------------------------------------------------ papers

    def _paper(self, lead: PaperLead) -> tuple[CodeView, Do]:
        paper = lead.paper
        kind = self.tr("窗口文书")
        if paper is None:
            return CodeView(kind, self.tr("不能确认"), (), core_words(lead.why), Tone.ERROR), lambda: None
        rows = [
            (self.tr("文号"), paper.number),
            (self.tr("申请人"), f"{mask_name(paper.name)}　{paper.masked_number}".strip()),
            (self.tr("事项"), paper.title),
            (self.tr("打印"), self.tr("{0}　{1}").format(f"{shanghai(paper.issued_at):%Y-%m-%d %H:%M}", paper.window)),
        ]
        if lead.owed:
            rows.append((self.tr("待补"), self.tr("{0} 项材料").format(lead.owed)))
        if not lead.here:
            note = self.tr("签名属实。这个办件不在本窗口，请按文号到平台查询。")
            return CodeView(kind, core_words(paper.kind.value), tuple(rows), note), lambda: None
        note = self.tr("签名属实，是本窗口打印的。")
        also = self.tr("补交材料") if lead.owed else ""
        view = CodeView(kind, core_words(paper.kind.value), tuple(rows), note, Tone.SUCCESS, self.tr("打开办件"), also)
        return view, lambda: self._cases.open_number(lead.here)

    # ---------------------------------------------------------------------------------------------------- bookings

    def _booking(self, lead: BookingLead) -> tuple[CodeView, Do]:
        kind, booking = self.tr("预约码"), lead.booking
        if booking is None:
            error = lead.error
            said = (error.title, error.what, error.todo) if error else ("", "", "")
            note = " ".join(core_words(part) for part in said[1:] if part)
            return CodeView(kind, core_words(said[0]), (), note, Tone.WARNING), lambda: None
        visit = self._desk.visit
        names = self.tr("、").join(
            core_words(known.name)
            for code in booking.items
            for known in (self._catalog.bundles.get(code), self._catalog.items.get(code), self._catalog.mains.get(code))
            if known is not None
        )
        rows = (
            (self.tr("预约人"), f"{mask_name(booking.name)}　{mask(booking.number)}"),
            (self.tr("时间"), f"{booking.day.isoformat()} {booking.time}"),
            (self.tr("已填"), self.tr("{0} 项").format(len(booking.fields))),
        )
        if visit.card is None:
            note, tone = self.tr("预约码不能证明来的是谁：先带入事项，读证件后再带入所填内容。"), Tone.INFO
        elif visit.card.number != booking.number:
            note = self.tr("预约登记的证件号码与读到的证件不一致，不能带入。")
            return CodeView(kind, names, rows, note, Tone.ERROR), lambda: None
        else:
            note, tone = self.tr("与所读证件为同一人。"), Tone.SUCCESS
        return CodeView(kind, names, rows, note, tone, self.tr("带入预约")), lambda: self._bookings.take_found(booking)

    # ----------------------------------------------------------------------------------------- leaflets and parcels

    def _leaflet(self, lead: LeafletLead) -> tuple[CodeView, Do]:
        kind = self.tr("一件事宣传单")
        if not lead.bundle:
            rows = ((self.tr("内容"), shown(lead.code.text)),)
            note = self.tr("本窗口的事项目录没有这个一件事，可按 F3 搜索。")
            return CodeView(kind, self.tr("没有这个一件事"), rows, note, Tone.WARNING), lambda: None
        bundle = self._catalog.bundles[lead.bundle]
        items = self._catalog.items_of(lead.bundle)
        departments = dict.fromkeys(self._catalog.departments[item.department] for item in items)
        about = (
            (self.tr("事项"), self.tr("{0} 个，一张表、一次办").format(len(bundle.items))),
            (self.tr("部门"), self.tr("、").join(pick(one.name, one.name_en) for one in departments)),
        )
        note = self.tr("接着逐项问清情形，不办的事项会自动去掉。") if bundle.questions else ""
        view = CodeView(kind, pick(bundle.name, bundle.name_en), about, note, Tone.INFO, self.tr("起办"))
        return view, lambda: self._items.take(lead.bundle)

    def _parcel(self, lead: ParcelLead) -> tuple[CodeView, Do]:
        note = self.tr("记下后写入本次办理的记录。")
        view = CodeView(self.tr("快递单号"), lead.code.number, (), note, Tone.INFO, self.tr("记下"))

        def do() -> None:
            self._desk.change(self._leads.note_parcel(self._desk.visit, lead))
            self._desk.tell(Tone.SUCCESS, self.tr("快递单号已记下"), lead.code.number)

        return view, do
