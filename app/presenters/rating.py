"""Every grade takes this way into the store, whichever device it was given on: one a service, unseen by the clerk."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PyQt6.QtCore import QObject, pyqtSignal

from app.domain.case import Case
from app.domain.rating import Channel, Grade
from app.presenters.accept import AcceptPresenter
from app.presenters.desk import Desk
from app.services.accept_case import Acceptance, AcceptCase
from app.services.duty import Duty
from app.services.rate import Rate
from app.workers.device_owner import Call
from app.workers.device_thread import DeviceThread
from devices.outcome import Outcome, Reply

ASK_SECONDS = 60.0


class RatingDesk(QObject):
    """After each acceptance a configured rating device 评价器 asks by itself; the citizen's screen asks beside it. The
    first answer counts, and the other falls silent. Nothing here can be started by the clerk.

    stored(): a rating waits to be sent. answered(): the question has its answer. Lives on the event loop.
    """

    stored = pyqtSignal()
    answered = pyqtSignal()

    def __init__(
        self,
        desk: Desk,
        rate: Rate,
        accept: AcceptPresenter,
        service: AcceptCase,
        device: DeviceThread | None = None,
        seconds: float = ASK_SECONDS,
    ) -> None:
        super().__init__()
        self._desk, self._rate, self._service, self._device = desk, rate, service, device
        self._seconds = seconds
        self._cases: Sequence[Case] = ()
        self._count = itertools.count(1)
        self._asking = 0
        self._call: Call | None = None
        accept.was_accepted.connect(self._accepted)
        desk.changed.connect(self._changed)
        self._accept = accept

    def give(self, grade: int, details: tuple[str, ...] = (), channel: Channel | None = None) -> bool:
        """A grade for the service that was just accepted. False: it is rated, or over. channel: None, the window's."""
        cases, self._cases = self._cases, ()
        if not cases:
            return False
        self._stop()
        self.answered.emit()
        self._desk.tasks.run(
            lambda: self._rate.give(cases, Grade(grade), details, channel), lambda _: self.stored.emit()
        )
        return True

    def forget(self) -> None:
        """The question is over: nobody answered, or the next visitor is being served."""
        self._cases = ()
        self._stop()

    def greet(self, duty: Duty) -> None:
        """Show on the device who serves here."""
        holder = duty.holder
        if self._device is not None and not self._device.absent and holder is not None:
            name, number = holder.name, holder.number
            self._device.call(lambda device: device.greet(name, number), lambda _: None)

    def _accepted(self, acceptance: Acceptance) -> None:
        self._stop()
        self._cases = acceptance.cases
        if self._device is None or self._device.absent:
            return
        mine = self._asking = next(self._count)
        clerk, item = acceptance.cases[0].clerk, "、".join(self._service.titles(self._desk.visit))

        def ask(device: object) -> Reply[int]:
            # Over before its turn came: nobody is there to answer.
            if self._asking != mine:
                return Reply(Outcome.CANCELLED)
            reply: Reply[int] = device.ask_rating(clerk, item, self._seconds)  # type: ignore[attr-defined]
            return reply

        def answered(reply: Reply[int]) -> None:
            if self._asking != mine:
                return
            self._asking = 0
            if reply.ok:
                self.give(reply.unwrap(), (), Channel.HALL_TABLET)

        self._call = self._device.call(ask, answered)

    def _changed(self) -> None:
        if not self._desk.visit.empty and not self._accept.accepted and not self._desk.accepting:
            self.forget()

    def _stop(self) -> None:
        asking, self._asking = self._asking, 0
        if asking and self._call is not None:
            self._call.cancel()
