"""The citizen's screen of this counter: built with the first display at its place, moved to each later one."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PyQt6.QtCore import QObject

from app.presenters.accept import AcceptPresenter
from app.presenters.customer import CustomerPresenter
from app.presenters.customer_place import ScreenPlace
from app.presenters.desk import Desk
from app.presenters.duty import DutyPresenter
from app.presenters.hours_words import hours_lines
from app.presenters.main import MainPresenter
from app.presenters.rating import RatingDesk
from app.presenters.station import Workstation
from app.workers.device_owner import DeviceOwner
from app.workers.device_thread import DeviceThread
from devices.drivers.interaction.screen import SecondScreen
from widgets.customer.screen import CustomerScreen
from widgets.window import MainWindow


class CustomerRoom(QObject):
    """`customer` and `place` are None until the settings, or the device panel, name a second screen.

    display, finger: the owners of those places. Lives on the event loop; `start` once the window stands.
    """

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        station: Workstation,
        main: MainPresenter,
        accept: AcceptPresenter,
        duty: DutyPresenter,
        ratings: RatingDesk,
        display: DeviceOwner,
        finger: DeviceThread,
    ) -> None:
        super().__init__()
        self._window, self._desk, self._station = window, desk, station
        self._main, self._accept, self._duty = main, accept, duty
        self._ratings, self._display, self._finger = ratings, display, finger
        self._started = self._over = False
        self.customer: CustomerPresenter | None = None
        self.place: ScreenPlace | None = None
        main.add("customer", self._ask, lambda: self.customer is not None and self.customer.may_ask())
        self._host()
        if self.customer is None and station.settings.customer_screen:
            self._build(station.settings.customer_screen)
        display.light.connect(lambda _: self._host())

    @property
    def screen(self) -> CustomerScreen | None:
        """What the citizen sees, where there is a second screen."""
        return self.customer.screen if self.customer is not None else None

    def start(self) -> None:
        """Stand where the screen is."""
        self._started = True
        self._stand()

    def close(self) -> None:
        """The window closes."""
        self._over = True
        if self.place is not None:
            self.place.stop()
        if self.customer is not None:
            self.customer.close()

    def _host(self) -> None:
        """A driver that was made anew, or is the first at its place, needs who shows its pages."""
        second = self._display.device
        if self._over or not isinstance(second, SecondScreen) or second.hosted:
            return
        if self.place is None or self.place.wanted != second.wanted:
            self._build(second.wanted)
        second.attach(cast(ScreenPlace, self.place))
        if self._started:
            self._display.nudge()  # without a host it could only say that it is not there

    def _build(self, wanted: str) -> None:
        station = self._station
        if self.customer is None:
            window, services = station.settings.window, station.services
            screen = CustomerScreen(window.hall, window.name, hours_lines(station.settings.hours))
            self.customer = CustomerPresenter(
                self._window,
                self._desk,
                screen,
                services.confirm,
                self._ratings,
                self._accept,
                services.accept,
                finger=self._finger,
            )
            self._duty.served.connect(self.customer.set_serving)
        if self.place is not None:
            self.place.stop()
        self.place = ScreenPlace(self.customer.screen, wanted, self._desk, station.store)
        self._main.enable()
        if self._started:
            self._stand()

    def _stand(self) -> None:
        if self.place is not None:
            back: Callable[[], None] = self._window.activateWindow
            self.place.start(back)

    def _ask(self) -> None:
        if self.customer is not None:
            self.customer.ask()
