"""What speaks with the people at the counter: rating, number calls, displays, payment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from PyQt6.QtCore import QObject

from app.domain.fen import yuan_of
from app.presenters.accept import AcceptPresenter
from app.presenters.desk import Desk
from app.presenters.duty import DutyPresenter
from app.presenters.main import MainPresenter
from app.presenters.payer_code import CodeLook
from app.presenters.payment import WAYS, PaymentPresenter
from app.presenters.print_desk import PrintDesk
from app.presenters.queue import QueuePresenter
from app.presenters.rating import RatingDesk
from app.presenters.station import Workstation
from app.services.take_payment import TakePayment
from app.workers.device_thread import DeviceThread
from devices.drivers.interaction.screen import SecondScreen
from devices.outcome import Reply
from widgets.window import MainWindow

SLOTS = ("rating_device", "queue_caller", "customer_screen", *WAYS)


class Talk(QObject):
    """Joins those devices to what happens at the desk, whichever stand at their places then."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        station: Workstation,
        main: MainPresenter,
        accept: AcceptPresenter,
        devices: Mapping[str, object],
        printing: PrintDesk | None = None,
        codes: CodeLook | None = None,
    ) -> None:
        super().__init__()
        there = {slot: cast(DeviceThread, devices[slot]) for slot in SLOTS}
        self._desk, self._accept, self._duty = desk, accept, station.duty
        self._place = station.settings.window.name
        self.ratings = RatingDesk(desk, station.services.rate, accept, station.services.accept, there["rating_device"])
        self.queue = QueuePresenter(
            window, desk, main, there["queue_caller"], station.store, station.duty, station.settings.window
        )
        payments = TakePayment(station.store, station.clock, station.settings.window, station.duty)
        self.payment = PaymentPresenter(
            window,
            desk,
            main,
            accept,
            payments,
            {slot: there[slot] for slot in WAYS},
            printing,
            station.settings.window,
            codes,
        )
        self._display = there["customer_screen"]
        self._said: tuple[str, ...] = ()
        desk.changed.connect(self._tell)
        desk.replaced.connect(self._tell)
        accept.state_changed.connect(self._tell)
        self.payment.asking.connect(self._due)
        self.queue.shown.connect(self._called)
        self._display.light.connect(self._lit)
        there["rating_device"].light.connect(self._rating_lit)

    def join(self, duty: DutyPresenter) -> None:
        """Who serves is told to the rating device."""
        duty.began.connect(lambda: self.ratings.greet(self._duty))
        duty.served.connect(lambda _: self._tell())

    def _tell(self) -> None:
        if self._accept.accepted:
            self._say(self.tr("已受理"), self.tr("谢谢，请慢走"))
        elif self._desk.visit.empty:
            self._say(self.tr("欢迎光临") if self._duty.serving else self.tr("暂停服务"), self._place)
        else:
            self._say(self.tr("正在办理"), self.tr("请稍候"))

    def _due(self, fen: int) -> None:
        if fen:
            self._say(self.tr("应收"), self.tr("{0} 元").format(yuan_of(fen)))
        else:
            self._tell()

    def _called(self, number: str) -> None:
        if number:
            self._say(self.tr("请 {0} 号").format(number), self.tr("到 {0} 号窗口").format(self.queue.counter))
        else:
            self._tell()

    def _rating_lit(self, reply: Reply[str]) -> None:
        """A rating device that comes, or comes back, does not know who serves."""
        if reply.ok:
            self.ratings.greet(self._duty)

    def _lit(self, reply: Reply[str]) -> None:
        """A display that comes back is empty."""
        if reply.ok:
            said, self._said = self._said, ()
            self._say(*said) if said else self._tell()

    def _say(self, *lines: str) -> None:
        # The second screen has pages of its own; lines are for displays that have nothing else.
        if self._display.absent or isinstance(self._display.device, SecondScreen) or lines == self._said:
            return
        self._said = lines
        self._display.call(lambda device: device.show_lines(lines), lambda _: None)
