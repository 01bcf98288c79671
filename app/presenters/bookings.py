"""Ctrl+R: what the visitor booked, offered when the card is read or the booking's code scanned."""

from __future__ import annotations

from PyQt6.QtCore import QObject

from app.domain.errors import YichuangError
from app.domain.shared_data import Booking
from app.presenters.desk import Desk
from app.presenters.main import MainPresenter
from app.presenters.status import StatusPresenter
from app.server.errors import Rejected, TryLater, Unreachable
from app.services.bookings import Bookings
from widgets.i18n import core_words
from widgets.views import KnownView, Tone
from widgets.window import MainWindow


class BookingPresenter(QObject):
    """A card only brings the offer; a booking found otherwise (its code scanned) is handed to `take_found`."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        bookings: Bookings,
        main: MainPresenter,
        status: StatusPresenter,
    ) -> None:
        super().__init__()
        self._window = window
        self._desk = desk
        self._bookings = bookings
        self._main = main
        self._status = status
        self._looked_up: tuple[str, str] = ("", "")
        self.offer: Booking | None = None
        self._waiting: Booking | None = None
        main.add("take_booking", self.take, self._possible)
        desk.changed.connect(self._look)
        desk.replaced.connect(self._forget)

    def take(self) -> None:
        """Put what was booked into the cart and the form."""
        if self.offer is not None:
            self._take(self.offer)

    def take_found(self, booking: Booking) -> None:
        """The same for a booking that was found by its code."""
        if self._main.open_now:
            self._take(booking)

    def _take(self, booking: Booking) -> None:
        try:
            taken = self._bookings.take(self._desk.visit, booking)
        except YichuangError as error:
            self._desk.show_error(error)
            return
        self.offer = None
        # Without a card only the cart is taken; the rest follows when the card shows that it is the same person.
        self._waiting = booking if self._desk.visit.card is None else None
        self._desk.change(taken.visit)
        self._show()
        if taken.visit.items:
            self._window.show_form()
        lacks = [self.tr("《{0}》还要问清情形").format(core_words(name)) for name in taken.open]
        lacks += [self.tr("{0} 已不在事项目录").format(code) for code in taken.gone]
        said = self.tr("事项 {0} 个，填入 {1} 项").format(len(taken.items), taken.filled)
        if lacks:
            what = self.tr("；").join([said, *lacks])
            self._desk.tell(Tone.WARNING, self.tr("预约已带入一部分"), what, self.tr("按 F3 选其余事项。"))
        elif booking.outside:
            what = self.tr("{0} {1} 不在开放时间；{2}").format(booking.day.isoformat(), booking.time, said)
            self._desk.tell(
                Tone.WARNING, self.tr("预约的时间窗口不开放"), what, self.tr("照常办理，请告诉来访者开放时间。")
            )
        elif self._waiting is not None:
            self._desk.tell(Tone.SUCCESS, self.tr("预约的事项已带入"), said, self.tr("读证件（F2）后带入所填内容。"))
        else:
            self._desk.tell(Tone.SUCCESS, self.tr("预约已带入"), said)

    def _look(self) -> None:
        """Somebody's card was read: has he booked for today? Asked once a person, and only while online."""
        visit = self._desk.visit
        number = visit.card.number if visit.card else ""
        person = (visit.visit_id, number or "")
        if not number or person == self._looked_up:
            self._show()
            return
        self._looked_up, self.offer = person, None
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._take(waiting)
            return

        def found(booking: Booking | None) -> None:
            if person == self._looked_up and booking is not None and self._main.open_now:
                self.offer = booking
                self._show()
                self._main.enable()

        if self._status.online:
            self._desk.tasks.run(lambda: self._found(number), found)
        self._show()

    def _found(self, number: str) -> Booking | None:
        """A booking is a convenience: a platform that does not answer just now is no message of its own."""
        try:
            return self._bookings.of_card(number)
        except (Unreachable, TryLater, Rejected):
            return None

    def _forget(self) -> None:
        self.offer = self._waiting = None
        self._looked_up = ("", "")
        self._show()

    def _possible(self) -> bool:
        return self.offer is not None and self._main.open_now

    def _show(self) -> None:
        booking = self.offer if self._main.open_now else None
        view = None
        if booking is not None:
            what = core_words(self._bookings.titles(booking)) or self.tr("没有选事项")
            if booking.outside:
                what = self.tr("不在开放时间：{0}").format(what)
            view = KnownView(self.tr("今天 {0} 有预约").format(booking.time), what)
        self._window.who.known.set_booking(view)
