"""Ctrl+Shift+H, 我的驻点: today's and this week's firms, a demand of one, the firm's page, leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PyQt6.QtCore import QObject

from app.domain.matter import MatterKind
from app.domain.stationing import DayChange
from app.presenters.desk import Desk, error_line
from app.presenters.firm import FirmPresenter
from app.presenters.main import MainPresenter
from app.presenters.matters import MattersPresenter
from app.presenters.roster_words import age_words, empty_words, station_row
from app.presenters.status import StatusPresenter
from app.services.matters import Asked
from app.services.roster import MyRoster, MyStations, Station
from widgets.dialogs.matter_new import MatterStepDialog
from widgets.dialogs.roster import RosterDialog
from widgets.views import Tone
from widgets.views_matter import ActView
from widgets.window import MainWindow


class RosterPresenter(QObject):
    """The roster comes with the feeds; without a line it is the one that was read last, and says how old it is."""

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        service: MyStations,
        main: MainPresenter,
        status: StatusPresenter,
        *,
        matters: MattersPresenter,
        firm: FirmPresenter,
        sync_now: Callable[[], None],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._service = service
        self._matters = matters
        self._firm = firm
        self._sync_now = sync_now
        self._stations: dict[str, Station] = {}
        self._leave: MatterStepDialog | None = None
        self.dialog = RosterDialog(window)
        self.dialog.new.connect(self._new)
        self.dialog.firm.connect(self._open_firm)
        self.dialog.leave.connect(self._ask_leave)
        main.add("stations", self.open)
        status.synced.connect(lambda _: self.refresh())

    @property
    def stations(self) -> tuple[Station, ...]:
        """As they were read last."""
        return tuple(self._stations.values())

    def open(self) -> None:
        """Show the week."""
        self.dialog.say("")
        self.dialog.open()
        self._sync_now()
        self.refresh()

    def refresh(self) -> None:
        """Read again what is on show."""
        if self.dialog.isVisible():
            self._try(self._service.mine, self._show, self._complain)

    def _show(self, mine: MyRoster) -> None:
        now = self._desk.clock.now()
        rows = [station_row(station, mine, now) for station in mine.stations]
        self._stations = {row.id: station for row, station in zip(rows, mine.stations, strict=True)}
        below, tone = age_words(mine.read_at, now)
        self.dialog.set_rows(rows, below, empty_words(mine), tone)

    def _new(self, station_id: str) -> None:
        """A demand of the firm, with what is known of it."""
        station = self._stations.get(station_id)
        if station is None:
            return
        post = station.shift.post
        contact = "" if "*" in post.contact else post.contact
        phone = "" if "*" in post.phone else post.phone
        known = Asked(MatterKind.DEMAND, post.name, "", "", firm_number=post.number, contact=contact, phone=phone)
        self.dialog.accept()
        self._matters.open()
        self._matters.register(known)

    def _open_firm(self, station_id: str) -> None:
        station = self._stations.get(station_id)
        if station is not None:
            self.dialog.accept()
            self._firm.open_number(station.shift.post.number)

    def _ask_leave(self, station_id: str) -> None:
        station = self._stations.get(station_id)
        if station is None:
            return
        day = station.shift.day
        asked = ActView("leave", self.tr("请假"), self.tr("请假的原因"))
        about = self.tr("{0} 全天，所有驻点；主管另派替班").format(f"{day:%Y-%m-%d}")
        self._leave = MatterStepDialog(asked, about, self.dialog)
        self._leave.given.connect(lambda words, _: self._take_leave(day, words))
        self._leave.open_once()

    def _take_leave(self, day: dt.date, reason: str) -> None:
        dialog = self._leave
        if dialog is None:
            return

        def done(_: DayChange) -> None:
            dialog.accept()
            self.dialog.say(self.tr("{0} 请假已记下，报给主管").format(f"{day:%m-%d}"), Tone.SUCCESS)
            self._sync_now()
            self.refresh()

        self._try(lambda: self._service.ask_leave(day, reason), done, dialog.complain)

    def _complain(self, why: str) -> None:
        self.dialog.say(why, Tone.ERROR)

    def _try(self, work: Callable[[], object], then: Callable[..., None], wrong: Callable[[str], None]) -> None:
        """What goes wrong is said where the clerk looks: the dialog lies over the window's own line."""
        self._desk.tasks.attempt(work, then, lambda error: wrong(error_line(error)), order="roster")
