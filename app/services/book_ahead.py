"""Booking the next visit 约下次来的时间: what is free, a place for the visitor in hand, and the slip to take along."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Protocol, TypeVar

from app.domain.case import AuditEvent
from app.domain.clock import shanghai
from app.domain.document import RenderedPaper
from app.domain.errors import BadInput, Refused
from app.domain.fact import SourceKind, Verdict
from app.domain.material import Material, MaterialStatus
from app.domain.paper_booking import BookingSlip, Bring
from app.domain.person import mask, mask_name
from app.domain.shared_data import Booking, BookingDay, BookingState
from app.server.errors import Rejected
from app.services.counter import Counter
from app.services.issue_paper import IssuePaper
from app.services.one_time_notice import what_to_bring
from app.services.visit import Visit, chosen_names

PHONE = "applicant.phone"
AHEAD = 60
"""Days ahead in which a visitor's bookings are looked for."""
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without what is misread on paper: 0 O, 1 I L."""
_PHONE = re.compile(r"\+?\d{7,15}")
_KEPT_FROM = frozenset({SourceKind.CLERK, SourceKind.BOOKING, SourceKind.PACK})
_MOST_TEXT = 4000
_T = TypeVar("_T")


class Line(Protocol):
    """The part of SharedDataClient that is needed."""

    def booking_days(self, first: dt.date) -> tuple[BookingDay, ...]: ...
    def bookings_of(self, number: str, day: dt.date, until: dt.date | None = None) -> tuple[Booking, ...]: ...
    def book(self, booking: Booking) -> Booking: ...
    def cancel_booking(self, code: str, number: str) -> Booking: ...


@dataclass(frozen=True, slots=True)
class Ahead:
    """days: two weeks of what can be booked. mine: what the visitor has booked for today and later, earliest first."""

    days: tuple[BookingDay, ...]
    mine: tuple[Booking, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place that the clerk chose. code: made before the platform is asked, so that asking again books nothing twice.
    moved: the visitor's booking that goes there."""

    code: str
    day: dt.date
    time: str
    phone: str
    moved: Booking | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """What was asked of the platform: a booking made, moved from where it stood, or cancelled (by its state)."""

    booking: Booking
    moved: Booking | None = None


def new_code() -> str:
    """A booking's code: nobody guesses another's (31^8), and it is read out without mistakes."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(8))
    return f"YW-{signs[:4]}-{signs[4:]}"


class BookAhead:
    """`look`, `book` and `cancel` block on the network and raise what it does (Unreachable and TryLater of
    app.server.errors); what the platform refuses is Refused in its own words. `slip` blocks on the store. None is for
    the event loop."""

    def __init__(self, line: Line, counter: Counter, issue: IssuePaper) -> None:
        self._line = line
        self._counter = counter
        self._issue = issue
        self._lock = Lock()

    def today(self) -> dt.date:
        """The legal day."""
        return shanghai(self._counter.clock.now()).date()

    def look(self, number: str, first: dt.date) -> Ahead:
        """What is free from a day on, and what this person has booked."""
        today = self.today()
        days = self._asked(lambda: self._line.booking_days(first))
        found = self._asked(lambda: self._line.bookings_of(number, today, today + dt.timedelta(days=AHEAD)))
        return Ahead(days, tuple(one for one in found if one.state is BookingState.BOOKED))

    def phone(self, visit: Visit) -> str:
        """What the form knows already; "" when nothing."""
        return visit.form.state(PHONE).value

    def titles(self, booking: Booking) -> str:
        """What it is for, by name; what the catalogue no longer has is left out."""
        return "、".join(chosen_names(self._counter.catalog, booking.items))

    def draft(self, visit: Visit, wanted: Wanted, *, accepted: bool) -> Booking:
        """The booking as it is sent. The cart and what the visitor said for it go along; what a card, a licence or a
        query told is read anew then, and nothing of it is sent. accepted: the cart's cases are in, so it is not booked
        once more. BadInput: no telephone number that could be called; nobody's document was read.
        """
        phone = wanted.phone.replace(" ", "").replace("-", "")
        if not _PHONE.fullmatch(phone):
            raise BadInput("电话号码不对", "没有填联系电话，或者位数不对。", "填上能联系到来访者的号码。")
        if not visit.known_number:
            raise BadInput("还不知道是谁预约", "没有读到来访者的证件。", "按 F2 读证件后再预约。")
        if wanted.moved is not None:
            fields = {**wanted.moved.fields, PHONE: phone}
            return replace(wanted.moved, day=wanted.day, time=wanted.time, fields=fields)
        said, answers = ({}, {}) if accepted else (_said(visit), visit.answers)
        return Booking(
            code=wanted.code,
            name=_name(visit),
            number=visit.known_number,
            day=wanted.day,
            time=wanted.time,
            items=() if accepted else visit.codes,
            made_at=self._counter.clock.now().replace(microsecond=0),
            answers={code: dict(answers[code]) for code in visit.codes if code in answers},
            fields={**said, PHONE: phone},
        )

    def book(self, booking: Booking, moved: Booking | None = None) -> Booking:
        """Take the place, and write it down. moved: where it stood before. Sent again, it is the same booking."""
        made = self._asked(lambda: self._line.book(booking))
        self._note(Deed(made, moved))
        return made

    def cancel(self, booking: Booking) -> None:
        """Give the place back, and write it down."""
        gone = self._asked(lambda: self._line.cancel_booking(booking.code, booking.number))
        self._note(Deed(gone))

    def heard(self, deed: Deed, ahead: Ahead) -> bool:
        """Of a deed whose answer never came: was it done, as the platform tells its bookings now? Then it is written
        down like the others."""
        found = next((one for one in ahead.mine if one.code == deed.booking.code), None)
        wanted = deed.booking
        if wanted.state is BookingState.CANCELLED:
            done = found is None
        else:
            done = found is not None and (found.day, found.time) == (wanted.day, wanted.time)
        if done:
            self._note(deed)
        return done

    def slip(
        self, visit: Visit, booking: Booking, *, until: str = "", extended: bool = False, accepted: bool = False
    ) -> RenderedPaper:
        """The 预约单; asked twice for the same, the same paper. BadInput: a character that no font draws."""
        names = tuple(chosen_names(self._counter.catalog, booking.items))
        chosen = "、".join(chosen_names(self._counter.catalog, visit.codes))
        lacks: tuple[Material, ...] = ()
        if accepted:
            lacks = tuple(m for m in visit.checklist.materials if m.status is MaterialStatus.TOLERATED)
        elif set(booking.items) == set(visit.codes):  # of another booking nobody knows here what it lacks
            lacks = tuple(visit.checklist.unsettled())
        purpose = "、".join(names[:3]) or "到窗口办理"
        if not names and chosen:
            purpose = f"{chosen}（补交材料）" if lacks else f"{chosen}（后续办理）"
        data = BookingSlip(
            code=booking.code,
            name=mask_name(booking.name),
            day=booking.day,
            time=booking.time,
            until=until,
            hall=self._counter.window.hall,
            purpose=purpose,
            items=names,
            bring=tuple(Bring(one.use.name, what_to_bring(one.use)) for one in lacks),
            phone=mask(booking.fields.get(PHONE, "")),
            extended=extended,
        )
        return self._issue.issue_sheet(data, f"booking.{booking.code}", purpose)

    def printed_again(self, paper: RenderedPaper) -> RenderedPaper:
        """The same slip marked as one more print."""
        return self._issue.reprint(paper)

    def _asked(self, ask: Callable[[], _T]) -> _T:
        """The line belongs to one thread at a time. A refusal says what to do here: choose another time."""
        with self._lock:
            try:
                return ask()
            except Rejected as refusal:
                if refusal.about_the_device:
                    raise
                none = refusal.title == "没有开放预约"
                todo = "请来访者在开放时间到大厅来。" if none else "号源已重新读取，请另选一个时间。"
                raise Refused(refusal.title, f"{refusal.detail}。" if refusal.detail else "", todo) from refusal

    def _note(self, deed: Deed) -> None:
        booking, moved = deed.booking, deed.moved
        details: dict[str, object] = {
            "day": booking.day.isoformat(),
            "time": booking.time,
            "items": list(booking.items),
        }
        action = "booking.made"
        if booking.state is BookingState.CANCELLED:
            action = "booking.cancelled"
        elif moved is not None:
            action = "booking.moved"
            details["from"] = f"{moved.day.isoformat()} {moved.time}"
        at, clerk = self._counter.clock.now(), self._counter.duty.clerk
        self._counter.store.append_audit(AuditEvent(at, clerk, action, booking.code, details))


def _name(visit: Visit) -> str:
    card = visit.card
    known = (card.name or card.name_en) if card is not None else ""
    return known or visit.form.state("applicant.name").value or "来访者"


def _said(visit: Visit) -> dict[str, str]:
    """What the visitor said for the form, typed or stated before: the only thing that nobody else could say again."""
    return {
        key: fact.value
        for key, fact in visit.form.in_force().items()
        if fact.verdict is Verdict.STATED and fact.source.kind in _KEPT_FROM and len(fact.value) <= _MOST_TEXT
    }
