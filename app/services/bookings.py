"""Bookings 预约: found by the code on the phone or by the card that was read, and taken over with one key."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from app.domain.clock import Clock, shanghai
from app.domain.errors import BadInput, Refused
from app.domain.fact import SourceKind
from app.domain.item import Catalog
from app.domain.shared_data import BOOKING_PREFIX, Booking, BookingState
from app.forms.prefill import Stated
from app.licences.kinds import clean
from app.services.choose_items import ChooseItems
from app.services.duty import Duty
from app.services.fill_form import FillForm
from app.services.visit import Visit


class Line(Protocol):
    """The part of SharedDataClient that is needed."""

    def booking(self, code: str) -> Booking | None: ...
    def bookings_of(self, number: str, day: dt.date) -> tuple[Booking, ...]: ...


@dataclass(frozen=True, slots=True)
class TakenBooking:
    """A visit after a booking was taken over. items: codes put into the cart. filled: how many fields of the form it
    filled. open: names whose guide has still to be asked. gone: codes that the catalogue no longer has."""

    visit: Visit
    items: tuple[str, ...] = ()
    filled: int = 0
    open: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class Bookings:
    """`by_code` and `of_card` block on the network; `take` does not."""

    def __init__(
        self, line: Line, catalog: Catalog, choose: ChooseItems, fill: FillForm, clock: Clock, duty: Duty
    ) -> None:
        self._line = line
        self._catalog = catalog
        self._choose = choose
        self._fill = fill
        self._clock = clock
        self._duty = duty
        self._lock = Lock()

    def by_code(self, text: str) -> Booking:
        """The booking of a scanned code. Refused when it is unknown, cancelled or of another day.

        Unreachable, TryLater, Rejected: the platform did not answer, or would not.
        """
        with self._lock:
            booking = self._line.booking(clean(text).removeprefix(BOOKING_PREFIX))
        if booking is None:
            raise Refused("没有这个预约", "平台上查不到这个预约码", "请来访者核对预约，或者直接选事项办理。")
        if booking.state is BookingState.CANCELLED:
            raise Refused("预约已取消", self.words(booking), "可以不用预约，直接选事项办理。")
        if booking.day != self._today():
            raise Refused("预约不是今天的", self.words(booking), "可以不用预约，直接选事项办理。")
        return booking

    def of_card(self, number: str) -> Booking | None:
        """What the person whose card was read has booked for today, the earliest; None when nothing."""
        with self._lock:
            found = self._line.bookings_of(number, self._today())
        return next((booking for booking in found if booking.state is BookingState.BOOKED), None)

    def words(self, booking: Booking) -> str:
        """When and what for, e.g. 2026-11-22 09:30 我要开理发店."""
        return f"{booking.day.isoformat()} {booking.time} {self.titles(booking)}"

    def titles(self, booking: Booking) -> str:
        """What it is for, by name."""
        return "、".join(filter(None, map(self._name, booking.items)))

    def may_fill(self, visit: Visit, booking: Booking) -> bool | None:
        """Is it the booking of the person whose card was read? None while no card was."""
        if visit.card is None or not visit.card.number:
            return None
        return visit.card.number == booking.number

    def take(self, visit: Visit, booking: Booking) -> TakenBooking:
        """Put what was booked into the cart and fill in what was written then.

        Before the card is read only the cart: the code may be in anybody's hand. Refused for another person's booking.
        """
        if self.may_fill(visit, booking) is False:
            raise Refused(
                "预约人不是来访人", "预约登记的证件号码与读到的证件不一致", "请核对证件；代他人办理的请直接选事项。"
            )
        before = set(visit.form.kept())
        changed, taken, undecided, gone = visit, [], [], []
        for code in booking.items:
            if not self._name(code):
                gone.append(code)
                continue
            try:
                changed = self._choose.add(changed, code, booking.answers.get(code))
                taken.append(code)
            except BadInput:  # the guide has more to ask, or the items exclude each other
                undecided.append(self._name(code))
        if self.may_fill(visit, booking):
            label = f"预约（{booking.day.isoformat()} {booking.time}）"
            said = Stated(SourceKind.BOOKING, label, booking.code, booking.number, booking.fields, booking.made_at)
            changed = self._fill.from_stated(changed, said)
        asked = changed.form.asked()
        booked = sum(
            1
            for key in asked
            if key not in before
            and (fact := changed.form.state(key).fact) is not None
            and fact.source.kind is SourceKind.BOOKING
        )
        changed = changed.with_event(
            self._clock.now(), self._duty.clerk, "booking.taken", booking.code, items=taken, filled=booked
        )
        return TakenBooking(changed, tuple(taken), booked, tuple(undecided), tuple(gone))

    def _today(self) -> dt.date:
        return shanghai(self._clock.now()).date()

    def _name(self, code: str) -> str:
        for known in (self._catalog.bundles, self._catalog.mains, self._catalog.items):
            if code in known:
                return str(known[code].name)
        return ""
