"""Ctrl+Shift+J: the fee of what was just accepted, by card or payer's code; what stands open is asked for first."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QObject, pyqtSignal

from app.domain.case import Case, Window
from app.domain.clock import parse_iso, shanghai
from app.domain.errors import YichuangError
from app.domain.fen import yuan_of
from app.presenters.accept import AcceptPresenter
from app.presenters.desk import Desk, error_line
from app.presenters.main import MainPresenter
from app.presenters.payer_code import CodeLook
from app.presenters.print_desk import PrintDesk
from app.services.print_papers import as_result
from app.services.take_payment import SLIP, Standing, Taken, TakePayment, fees_of
from app.workers.device_owner import Call
from app.workers.device_thread import DeviceThread
from devices.kinds.payment import Payment
from devices.outcome import Outcome, Reply
from widgets.dialogs.paid import PaidDialog
from widgets.dialogs.payment import PaymentDialog
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_talk import FeeView, PaidView, PaymentView
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
        printing: PrintDesk | None = None,
        place: Window | None = None,
        codes: CodeLook | None = None,
    ) -> None:
        """terminals: slot of WAYS -> its device, absent or not. printing, place: for the slip. codes: the camera that
        reads a payer's code."""
        super().__init__()
        self._window, self._desk, self._accept, self._service = window, desk, accept, service
        self._terminals = terminals
        self._printing, self._place, self._codes = printing, place, codes
        self._dialog: PaymentDialog | None = None
        self._paid: PaidDialog | None = None
        self._cases: tuple[Case, ...] = ()
        self._taken: Taken | None = None
        self._waiting = ""
        self._call: Call | None = None
        self._slips = 0
        self._settling: set[str] = set()
        main.add("take_payment", self.open, self._possible)
        for thread in terminals.values():
            # A terminal that comes back may know what became of a payment.
            thread.light.connect(self._light)

    def open(self) -> None:
        """The dialog for the cases just accepted."""
        acceptance = self._accept.acceptance
        if acceptance is None or self._dialog is not None or self._paid is not None:
            return
        cases = self._cases = tuple(acceptance.cases)

        def found(known: tuple[Taken | None, tuple[Taken, ...]]) -> None:
            paid, standing = known
            if paid is not None and paid.standing is not Standing.REFUNDED:
                self._show_paid(paid)
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
        there = {slot: thread for slot, thread in self._terminals.items() if not thread.absent}
        ways = tuple((slot, self.tr(WAYS[slot])) for slot in there)
        with_code = {slot for slot, thread in there.items() if getattr(thread.device, "takes_code", False)}
        subject = "、".join(core_words(case.item_name) for case in self._cases)
        camera = self._codes is not None and self._codes.possible
        dialog = PaymentDialog(PaymentView(subject, views, ways, frozenset(with_code), camera), self._window)
        dialog.camera_wanted.connect(self._look)
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
            self._call = self._terminals[slot].call(
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
        self._call = self._query_from(thread, taken)

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
            self._print_slip(taken)
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

    def _query_from(self, thread: DeviceThread, taken: Taken) -> Call:
        return thread.call(lambda device: device.query(taken.order), lambda reply: self._queried(taken, reply))

    def _light(self, reply: Reply[str]) -> None:
        if reply.outcome is Outcome.OK:
            self.settle()

    def _stop(self) -> None:
        if self._waiting and self._call is not None:
            self._call.cancel()

    def take_code(self, text: str) -> bool:
        """A scanner read something: is it the payer's code that is waited for? False: nobody waits for one."""
        return self._dialog is not None and self._dialog.take_code(text)

    def _look(self) -> None:
        """The payer's code by the camera."""
        if self._codes is not None and self._dialog is not None:
            self._codes.toggle(self._dialog.preview, self.take_code)

    def _show_paid(self, paid: Taken) -> None:
        thread = self._terminals.get(paid.slot)
        at = f"{shanghai(parse_iso(paid.at)):%Y-%m-%d %H:%M}"
        facts = self.tr("{0}　{1}　凭证号 {2}　经办 {3}").format(at, self._way(paid), paid.reference, paid.clerk)
        may = thread is not None and not thread.absent
        subject = "、".join(core_words(case.item_name) for case in self._cases)
        view = PaidView(subject, paid.amount, facts, may, paid.standing is Standing.REFUNDING)
        dialog = self._paid = PaidDialog(view, self._window)
        self._taken = paid
        dialog.slip_wanted.connect(lambda: self._print_slip(paid, again=True))
        dialog.refund_wanted.connect(self._refund)
        dialog.settled.connect(self._settle_refund)
        dialog.finished.connect(self._forget_paid)
        dialog.open()

    def _way(self, taken: Taken) -> str:
        return self.tr(WAYS[taken.slot])

    def _refund(self, reason: str) -> None:
        taken = self._taken
        thread = self._terminals.get(taken.slot) if taken is not None else None
        if taken is None or thread is None or self._paid is None:
            return

        def begun(asked: Taken | YichuangError) -> None:
            if isinstance(asked, YichuangError):
                self._tell_refund(error_line(asked), Tone.WARNING)
                return
            self._taken = asked
            thread.call(
                lambda device: device.refund(asked.order, asked.amount), lambda reply: self._gave_back(asked, reply)
            )

        self._paid.set_under_way(self.tr("正在原路退款，请看终端…"))
        self._desk.tasks.run(as_result(lambda: self._service.begin_refund(taken, reason)), begun)

    def _gave_back(self, taken: Taken, reply: Reply[Payment]) -> None:
        detail = core_words(reply.detail)
        self._desk.tasks.run(lambda: self._service.refunded(taken, reply), lambda now: self._show_refund(now, detail))

    def _settle_refund(self, given: bool) -> None:
        taken = self._taken
        if taken is not None:
            self._desk.tasks.run(
                lambda: self._service.settle_refund(taken, given), lambda now: self._show_refund(now, "")
            )

    def _show_refund(self, taken: Taken, detail: str) -> None:
        self._taken = taken
        yuan = yuan_of(taken.amount)
        if taken.standing is Standing.REFUNDED:
            self._tell_refund(self.tr("已退款 {0} 元，原路退回。").format(yuan), Tone.SUCCESS, over=True)
        elif taken.standing is Standing.REFUNDING:
            self._tell_refund("", Tone.ERROR, in_doubt=True)
        else:
            self._tell_refund(self.tr("没有退款。{0}").format(detail), Tone.WARNING)

    def _tell_refund(self, words: str, tone: Tone, *, in_doubt: bool = False, over: bool = False) -> None:
        if self._paid is not None:
            self._paid.set_state(words, tone, in_doubt=in_doubt, over=over)
        elif words:  # the visitor may have gone meanwhile
            self._desk.tell(tone, words, "")

    def _print_slip(self, taken: Taken, *, again: bool = False) -> None:
        """The payer's slip, on the sheet printer; by itself once, then by key."""
        printing, place = self._printing, self._place
        if printing is None or place is None:
            return
        self._slips += 1
        job = f"payment-{taken.order}" + (f"-again-{self._slips}" if again else "")

        def made(pdf: bytes) -> None:
            if not printing.print_pdf(job, SLIP, taken.order, pdf) and again:
                self._tell_refund(self.tr("没有可用的页式打印机，凭条没有打印。"), Tone.WARNING)
            elif again:
                self._tell_refund(self.tr("凭条已送打印。"), Tone.SUCCESS)

        self._desk.tasks.run(lambda: _slip(place, taken, self._way(taken)), made)

    def _forget_paid(self) -> None:
        if self._paid is not None:
            self._paid.deleteLater()
        self._paid = self._taken = None

    def _forget(self) -> None:
        if self._codes is not None:
            self._codes.stop()
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = self._taken = None

    def _possible(self) -> bool:
        return any(not thread.absent for thread in self._terminals.values()) and self._accept.acceptance is not None


def _slip(place: Window, taken: Taken, way: str) -> bytes:
    from app.documents.payment_slip import payment_slip  # no window needs it to start

    return payment_slip(
        place,
        fen=taken.amount,
        cases=taken.numbers,
        way=way,
        reference=taken.reference,
        trace=taken.trace,
        order=taken.order,
        at=taken.at,
        clerk=taken.clerk,
    )
