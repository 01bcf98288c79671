"""Ctrl+Shift+J: the fee of what was just accepted, by card or payer's code; what stands open is asked for first."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QObject, pyqtSignal

from app.domain.case import Case
from app.domain.errors import YichuangError
from app.domain.fen import yuan_of
from app.presenters.accept import AcceptPresenter
from app.presenters.desk import Desk, error_line
from app.presenters.main import MainPresenter
from app.services.take_payment import Standing, Taken, TakePayment, fees_of
from app.workers.device_thread import DeviceThread
from devices.kinds.payment import Payment
from devices.outcome import Outcome, Reply
from widgets.dialogs.payment import PaymentDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_talk import FeeView, PaymentView
from widgets.window import MainWindow

WAYS = {
    "payment_terminal": QT_TRANSLATE_NOOP("PaymentPresenter", "刷卡"),
    "payment_code": QT_TRANSLATE_NOOP("PaymentPresenter", "扫付款码"),
}
PAY_SECONDS = 120.0


class PaymentPresenter(QObject):
    """`asking` carries the sum in fen while a terminal is asked, 0 after. Lives on the event loop."""

    asking = pyqtSignal(int)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        main: MainPresenter,
        accept: AcceptPresenter,
        service: TakePayment,
        terminals: Mapping[str, DeviceThread],
    ) -> None:
        """terminals: slot of WAYS -> its device."""
        super().__init__()
        self._window, self._desk, self._accept, self._service = window, desk, accept, service
        self._terminals = terminals
        self._dialog: PaymentDialog | None = None
        self._cases: tuple[Case, ...] = ()
        self._taken: Taken | None = None
        self._waiting = ""
        self._settling: set[str] = set()
        main.add("take_payment", self.open, self._possible)
        for thread in terminals.values():
            # A terminal that comes back may know what became of a payment.
            thread.light.connect(self._light)

    def open(self) -> None:
        """The dialog for the cases just accepted."""
        acceptance = self._accept.acceptance
        if acceptance is None or self._dialog is not None:
            return
        cases = self._cases = tuple(acceptance.cases)

        def found(known: tuple[Taken | None, tuple[Taken, ...]]) -> None:
            paid, standing = known
            if paid is not None:
                what = self.tr("{0} 元，凭证号 {1}").format(yuan_of(paid.amount), paid.reference)
                self._desk.tell(Tone.INFO, self.tr("这件事的费用已经收到"), what)
                return
            ids = {case.case_id for case in cases}
            self._show(next((taken for taken in standing if ids & set(taken.cases)), None))

        self._desk.tasks.run(lambda: (self._service.paid_for(cases[0].case_id), self._service.open_payments()), found)

    def settle(self) -> None:
        """Ask the terminals what became of what stands open: at the start, and when one of them comes back."""
        if self._terminals:
            self._desk.tasks.run(self._service.open_payments, self._settle)

    def _show(self, standing: Taken | None) -> None:
        fees = fees_of(self._desk.visit.items)
        views = tuple(FeeView(core_words(fee.name), fee.fen) for fee in fees) or (FeeView(self.tr("收费"), 0),)
        if standing is not None:
            views = (FeeView(self.tr("收费"), standing.amount),)
        ways = tuple((slot, self.tr(WAYS[slot])) for slot in self._terminals)
        with_code = {slot for slot, thread in self._terminals.items() if getattr(thread.device, "takes_code", False)}
        subject = "、".join(core_words(case.item_name) for case in self._cases)
        dialog = PaymentDialog(PaymentView(subject, views, ways, frozenset(with_code)), self._window)
        dialog.asked.connect(self._ask)
        dialog.queried.connect(self._query)
        dialog.stopped.connect(self._stop)
        dialog.finished.connect(self._forget)
        self._dialog, self._taken = dialog, standing
        if standing is not None:
            self._doubt("")
        dialog.open()

    def _ask(self, slot: str, fen: int, code: str) -> None:
        cases = self._cases

        def begun(made: Taken | YichuangError) -> None:
            if isinstance(made, YichuangError):
                if self._dialog is not None:
                    self._dialog.set_state(error_line(made), Tone.WARNING)
                return
            self._taken, self._waiting = made, slot
            self.asking.emit(fen)
            order = made.order
            self._terminals[slot].call(
                lambda device: device.pay(fen, order, code, PAY_SECONDS), lambda reply: self._answered(made, reply)
            )

        if self._dialog is not None:
            words = self.tr("请付款人确认付款…") if code else self.tr("请在终端上刷卡、插卡或挥卡…")
            self._dialog.set_under_way(words)
        self._desk.tasks.run(lambda: self._begin(cases, fen, slot), begun)

    def _begin(self, cases: tuple[Case, ...], fen: int, slot: str) -> Taken | YichuangError:
        try:
            return self._service.begin(cases, fen, slot)
        except YichuangError as error:
            return error

    def _answered(self, taken: Taken, reply: Reply[Payment]) -> None:
        self._waiting = ""
        self.asking.emit(0)
        self._desk.tasks.run(lambda: self._service.asked(taken, reply), lambda now: self._tell(now, reply))

    def _query(self) -> None:
        taken = self._taken
        thread = self._terminals.get(taken.slot) if taken else None
        if taken is None or self._dialog is None:
            return
        if thread is None:
            self._doubt(self.tr("当时用的收款设备没有接在本机上。"))
            return
        self._dialog.set_under_way(self.tr("正在向收款设备查询…"))
        self._waiting = taken.slot
        self._query_from(thread, taken)

    def _queried(self, taken: Taken, reply: Reply[Payment]) -> None:
        self._waiting = ""
        self._settling.discard(taken.order)
        self._desk.tasks.run(lambda: self._service.queried(taken, reply), lambda now: self._tell(now, reply))

    def _tell(self, taken: Taken, reply: Reply[Payment]) -> None:
        mine = self._taken is not None and self._taken.order == taken.order and self._dialog is not None
        if not mine:
            self._tell_beside(taken)
            return
        self._taken = taken
        detail = core_words(reply.detail)
        if self._dialog is None:
            return
        if taken.standing is Standing.PAID:
            words = self.tr("已收 {0} 元，凭证号 {1}").format(yuan_of(taken.amount), taken.reference)
            self._dialog.set_state(words, Tone.SUCCESS, done=True)
        elif taken.standing is Standing.NOT_TAKEN:
            self._dialog.set_state(detail or self.tr("没有收款。"), Tone.WARNING)
        else:
            self._doubt(detail)

    def _doubt(self, detail: str) -> None:
        if self._dialog is not None:
            words = detail or self.tr("收款结果不明：请先查询，不要另外收钱。")
            self._dialog.set_state(words, Tone.ERROR, in_doubt=True)

    def _tell_beside(self, taken: Taken) -> None:
        """What stood open from before has its end."""
        if taken.standing is Standing.OPEN:
            return
        number = "、".join(taken.numbers)
        if taken.standing is Standing.PAID:
            title = self.tr("上次的收款已确认：收到 {0} 元").format(yuan_of(taken.amount))
            self._desk.tell(Tone.SUCCESS, title, number)
        else:
            title = self.tr("上次的收款已确认：没有扣款 {0} 元").format(yuan_of(taken.amount))
            self._desk.tell(Tone.WARNING, title, number, self.tr("费用还没有收，请联系申请人。"))

    def _settle(self, standing: tuple[Taken, ...]) -> None:
        for taken in standing:
            thread = self._terminals.get(taken.slot)
            # One that is asked for just now is not asked about in between.
            under_way = self._taken is not None and self._taken.order == taken.order
            if thread is None or taken.order in self._settling or under_way:
                continue
            self._settling.add(taken.order)
            self._query_from(thread, taken)

    def _query_from(self, thread: DeviceThread, taken: Taken) -> None:
        thread.call(lambda device: device.query(taken.order), lambda reply: self._queried(taken, reply))

    def _light(self, reply: Reply[str]) -> None:
        if reply.outcome is Outcome.OK:
            self.settle()

    def _stop(self) -> None:
        thread = self._terminals.get(self._waiting)
        if thread is not None:
            thread.device.cancel()

    def _forget(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = self._taken = None

    def _possible(self) -> bool:
        return bool(self._terminals) and self._accept.acceptance is not None
