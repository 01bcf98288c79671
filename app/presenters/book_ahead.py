"""Ctrl+F12: a place for the visitor's next visit, booked at the platform, and a slip to take along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from PyQt6.QtCore import QObject, pyqtSignal

from app.domain.document import RenderedPaper
from app.domain.errors import YichuangError
from app.domain.person import mask_name
from app.domain.printing import PrintTarget
from app.domain.shared_data import Booking, BookingSlot, BookingState
from app.presenters.accept import AcceptPresenter
from app.presenters.booking_words import day_view, day_words, mine_view
from app.presenters.desk import Desk, error_line
from app.presenters.main import MainPresenter
from app.presenters.paper_preview import PaperPreview
from app.presenters.print_desk import PrintDesk, Wish
from app.presenters.status import StatusPresenter
from app.server.errors import TryLater, Unreachable
from app.services.book_ahead import AHEAD, Ahead, BookAhead, Deed, Wanted, new_code
from app.services.visit import Visit
from widgets.dialogs.book_ahead import BookAheadDialog
from widgets.dialogs.confirm import ask
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.window import MainWindow

_TURN = dt.timedelta(days=14)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Next:
    """The code that this visitor's next booking has; a wish sent again, its answer lost, is the same booking."""

    visit_id: str
    code: str


class BookAheadPresenter(QObject):
    """Signals: made(booking): the platform has it, newly made or moved. The rest is asked off the event loop."""

    made = pyqtSignal(object)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        service: BookAhead,
        accept: AcceptPresenter,
        printing: PrintDesk,
        main: MainPresenter,
        status: StatusPresenter,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._service = service
        self._accept = accept
        self._printing = printing
        self._status = status
        self._main = main
        self._next: _Next | None = None
        self._lost: Deed | None = None
        self._first = service.today()
        self._ahead: Ahead | None = None
        self._busy = False
        self._slips: dict[str, RenderedPaper] = {}
        self.booked: Booking | None = None
        dialog = self.dialog = BookAheadDialog(window)
        self.preview = PaperPreview(dialog, printing)
        dialog.booked.connect(self._book)
        dialog.cancelled.connect(self._ask_cancel)
        dialog.print_requested.connect(self._print)
        dialog.turned.connect(self._turn)
        dialog.reread.connect(lambda: self._read())
        main.add("book_ahead", self.open, self.possible)
        desk.replaced.connect(self._forget)
        status.synced.connect(lambda _: self._came_back())

    def possible(self) -> bool:
        """Whenever a card was read: when something lacks, and after acceptance, to come back with what is owed."""
        return bool(self._desk.visit.known_number) and not self._desk.accepting

    def state(self, what: str) -> bool:
        """For lessons. "read": what is free is on show; "made": the platform has a booking; "printed": a slip was
        handed to the printer; "closed": the dialog is shut."""
        idle = not self._busy
        states = {"read": idle and self._ahead is not None and self.dialog.isVisible(), "made": self.booked is not None}
        states |= {"printed": bool(self._slips), "closed": idle and not self.dialog.isVisible()}
        return states[what]

    def open(self) -> None:
        """The two weeks from today on; what is chosen is chosen anew."""
        visit = self._desk.visit
        if self._next is None or self._next.visit_id != visit.visit_id:
            self._next = _Next(visit.visit_id, new_code())
        self._first = self._service.today()
        self._ahead = None
        name = mask_name((visit.card.name or visit.card.name_en or "") if visit.card is not None else "")
        about = self.tr("、").join(core_words(item.name) for item in visit.items[:3])
        self.dialog.start("　".join(part for part in (name, about) if part), self._service.phone(visit))
        self.dialog.set_busy(self._busy)
        self.dialog.open()
        self._read()

    # ------------------------------------------------------------------------------------------------- what is free

    def _read(self, marked: str = "", *, said: bool = False) -> None:
        """Ask what is free. marked: the code of the booking to mark then. said: what stands there was just said, and
        stays."""
        visit, service, first = self._desk.visit, self._service, self._first
        if not self._status.online:
            self._offline()
            return
        if not said:
            self.dialog.say(self.tr("正在读取号源…"))

        lost = self._lost

        def look() -> tuple[Ahead, bool]:
            ahead = service.look(visit.known_number, first)
            return ahead, lost is not None and service.heard(lost, ahead)

        def show(found: tuple[Ahead, bool]) -> None:
            ahead, heard = found
            self._ahead = ahead
            today = service.today()
            more = first + _TURN <= today + dt.timedelta(days=AHEAD)
            views = [day_view(day, today) for day in ahead.days]
            self.dialog.set_days(views, earlier=first > today, later=more)
            code = lost.booking.code if lost is not None and heard else marked
            self.dialog.set_mine([mine_view(one, service.titles(one)) for one in ahead.mine], code)
            if heard:
                self._answered(visit)
                self.dialog.say(self.tr("刚才要办的平台已经办成，右边是现在的预约。"), Tone.SUCCESS)
            elif not said:
                self.dialog.say("")

        def failed(error: YichuangError) -> None:
            if isinstance(error, Unreachable | TryLater):
                self._offline()
            else:
                self.dialog.say(error_line(error), Tone.WARNING)

        self._run(look, show, failed, visit)

    def _offline(self) -> None:
        """What was chosen stays; only its places are not known now."""
        words = self.tr("平台连不上：余下的号只有联网时才知道。已选的都留着，连上后自动读取；也可以按 Alt+R。")
        self._ahead = None
        self.dialog.say(words, Tone.WARNING)

    def _came_back(self) -> None:
        if self.dialog.isVisible() and self._status.online and self._ahead is None and not self._busy:
            self._read()

    def _turn(self, way: int) -> None:
        today = self._service.today()
        first = max(today, self._first + way * _TURN)
        if first <= today + dt.timedelta(days=AHEAD) and not self._busy:
            self._first = first
            self._read()

    # ------------------------------------------------------------------------------------------------------ booking

    def _book(self, day: str, time: str, phone: str, moving: str) -> None:
        visit, service = self._desk.visit, self._service
        moved = self._mine(moving) if moving else None
        if self._busy or self._next is None or (moving and moved is None):
            return
        wanted = Wanted(self._next.code, dt.date.fromisoformat(day), time, phone, moved)
        try:
            draft = service.draft(visit, wanted, accepted=self._accept.accepted)
        except YichuangError as error:
            self.dialog.say(error_line(error), Tone.WARNING)
            self.dialog.phone.setFocus()
            return
        self.dialog.say(self.tr("正在预约…"))

        def show(made: Booking) -> None:
            self.booked = made
            self._answered(visit)
            title = self.tr("已改期") if moved is not None else self.tr("已约好")
            when = self.tr("{0} {1}").format(day_words(made.day, service.today()), made.time)
            words = self.tr("{0}：{1}。Alt+P 打印预约单，Esc 关闭。").format(title, when)
            self.dialog.say(words, Tone.SUCCESS)
            self._desk.tell(Tone.SUCCESS, title, when, self.tr("按 Ctrl+F12 打印预约单、改期或取消。"))
            self._read(made.code, said=True)
            self.made.emit(made)

        self._lost = Deed(draft, moved)
        self._run(lambda: service.book(draft, moved), show, self._failed, visit)

    def _ask_cancel(self, code: str) -> None:
        visit, booking = self._desk.visit, self._mine(code)
        if booking is None or self._busy:
            return
        when = self.tr("{0} {1}").format(day_words(booking.day, self._service.today()), booking.time)

        def cancel() -> None:
            if not self._desk.still(visit.visit_id) or self._busy:
                return

            def show(_: None) -> None:
                self._lost = None
                words = self.tr("已取消：{0}。").format(when)
                self.dialog.say(words, Tone.SUCCESS)
                self._read(said=True)

            self._lost = Deed(replace(booking, state=BookingState.CANCELLED))
            self._run(lambda: self._service.cancel(booking), show, self._failed, visit)

        what = self.tr("{0} 的号会让给别人，取消后不能恢复，要来请重新预约。").format(when)
        ask(self.dialog, self.tr("取消这个预约？"), what, self.tr("取消预约"), self.tr("不取消"), cancel, danger=True)

    def _answered(self, visit: Visit) -> None:
        """What was asked is done: the next wish is another booking."""
        self._lost = None
        self._next = _Next(visit.visit_id, new_code())

    def _failed(self, error: YichuangError) -> None:
        """Refused: the reason, and what is free now. No answer: nobody knows, and asking again does no harm."""
        if isinstance(error, Unreachable | TryLater):
            words = self.tr("没有等到平台的答复，不知道办成没有。再按一次即可：同一个预约不会约成两个。")
            self.dialog.say(words, Tone.WARNING)
            return
        self._lost = None
        self.dialog.say(error_line(error), Tone.WARNING)
        self._read(said=True)

    # ------------------------------------------------------------------------------------------------------ the slip

    def _print(self, code: str) -> None:
        visit, booking = self._desk.visit, self._mine(code)
        if booking is None or self._busy:
            return
        slot = self._slot(booking)
        accepted = self._accept.accepted

        def work() -> RenderedPaper:
            until, extended = (slot.until, slot.extended) if slot is not None else ("", False)
            paper = self._service.slip(visit, booking, until=until, extended=extended, accepted=accepted)
            printed = self._slips.get(paper.paper.number)
            return self._service.printed_again(printed) if printed is not None else paper

        def show(paper: RenderedPaper) -> None:
            title = f"{core_words(str(paper.paper.kind))} {paper.paper.number}"
            below = self.tr("还没有打印，看过按 Enter 打印") if not paper.paper.reprint else self.tr("补打，纸上已标明")

            def go(targets: tuple[PrintTarget, ...]) -> None:
                self.preview.dialog.accept()
                if not targets:
                    self.dialog.say(self.tr("预约单没有打印：本窗口没有配备打印机。"), Tone.WARNING)
                    return
                self._slips[paper.paper.number] = paper
                self.dialog.say(self.tr("预约单 {0} 已送打印").format(paper.paper.number), Tone.SUCCESS)
                self._printing.queue(Wish(paper), targets)

            self.preview.show(lambda: self.preview.draw(paper), str(paper.paper.kind), title, below, go, paper)

        self._run(work, show, lambda error: self.dialog.say(error_line(error), Tone.ERROR), visit)

    # -------------------------------------------------------------------------------------------------------- inside

    def _run(
        self, work: Callable[[], _T], then: Callable[[_T], None], failed: Callable[[YichuangError], None], visit: Visit
    ) -> None:
        """One thing at a time, and only for this visitor: what comes after the next was called is dropped."""
        self._busy = True
        self.dialog.set_busy(True)

        def attempt() -> _T | YichuangError:
            try:
                return work()
            except YichuangError as error:
                return error

        def done(found: _T | YichuangError) -> None:
            self._busy = False
            self.dialog.set_busy(False)
            if not self._desk.still(visit.visit_id):
                return
            if isinstance(found, YichuangError):
                failed(found)
            else:
                then(found)

        self._desk.tasks.run(attempt, done, order="book_ahead")

    def _mine(self, code: str) -> Booking | None:
        found = self._ahead.mine if self._ahead is not None else ()
        return next((one for one in found if one.code == code), None)

    def _slot(self, booking: Booking) -> BookingSlot | None:
        days = self._ahead.days if self._ahead is not None else ()
        slots = next((day.slots for day in days if day.day == booking.day), ())
        return next((slot for slot in slots if slot.time <= booking.time < slot.until), None)

    def _forget(self) -> None:
        """The next visitor: nothing of the last one's stays."""
        self._next = self._lost = self._ahead = self.booked = None
        self._slips.clear()
        if self.dialog.isVisible():
            self.dialog.reject()
        self.dialog.start("", "")
