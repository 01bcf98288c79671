"""Builds self-service on the parts of the clerk's screen when it is first wanted: a window that starts needs none."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QGuiApplication, QScreen

from app.presenters.customer_place import screen_for
from app.presenters.desk import Desk
from app.presenters.drafts import DraftsPresenter
from app.presenters.duty import DutyPresenter
from app.presenters.print_desk import PrintDesk
from app.presenters.self_service import Leaving, SelfServicePresenter
from app.presenters.self_service_applicant import Applicant
from app.presenters.self_service_camera import SelfServiceCamera
from app.presenters.self_service_collect import SelfServiceCollect
from app.presenters.self_service_face import SelfServiceFace
from app.presenters.self_service_flow import Engine, SelfServiceFlow
from app.presenters.sounds import Sounds
from app.presenters.station import Workstation
from app.services.fill_form import EARLIER_CASES
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import CameraThread, FrameAnalyser
from app.workers.device_thread import DeviceThread
from app.workers.tasks import TaskRunner
from widgets.self_service.screen import SelfServiceScreen
from widgets.window import MainWindow


class SelfServiceRoom(QObject):
    """`presenter` is None until the mode was wanted once. Lives on the event loop."""

    def __init__(
        self,
        station: Workstation,
        window: MainWindow,
        desk: Desk,
        drafts: DraftsPresenter,
        duty: DutyPresenter,
        reader: DeviceThread,
        codes: tuple[CameraSource, FrameAnalyser],
        pages: tuple[CameraSource, FrameAnalyser],
        sounds: Sounds,
        printing: PrintDesk,
        faces: Mapping[str, CameraThread],
    ) -> None:
        """faces: the cameras that see people, by their places (app.presenters.face.SLOTS)."""
        super().__init__()
        self._faces = faces
        self._face: SelfServiceFace | None = None
        self._printing = printing
        self._station, self._window, self._desk = station, window, desk
        self._drafts, self._duty, self._reader = drafts, duty, reader
        self._codes, self._pages, self._sounds = codes, pages, sounds
        self.presenter: SelfServicePresenter | None = None

    @property
    def on(self) -> bool:
        """Is the screen turned over now?"""
        return self.presenter is not None and self.presenter.on

    def possible(self) -> bool:
        """Somebody is on duty, and nothing is being accepted."""
        return self._station.duty.holder is not None and not self._desk.accepting

    def enter(self) -> None:
        """Turn the screen over to citizens."""
        self._built().enter()

    def on_duty(self) -> None:
        """Somebody signed in. A restart in the mode comes back to its start page; else what a crash left is offered."""
        if self._station.services.self_service.on:
            self._built().resume()
        else:
            self._drafts.offer_left()

    def close(self) -> None:
        """The program ends; before the store is closed."""
        if self.presenter is not None:
            self.presenter.close()
        if self._face is not None:
            self._face.stop()
            self._face.analyser.stop()

    def _built(self) -> SelfServicePresenter:
        if self.presenter is None:
            self.presenter = self._build()
        return self.presenter

    def _build(self) -> SelfServicePresenter:
        station = self._station
        services, place = station.services, station.settings.window
        tasks = TaskRunner(self)
        engine = Engine(
            services.self_service,
            services.identify,
            services.scan,
            services.choose,
            services.fill,
            services.capture,
            services.confirm,
            services.accept.titles,
            lambda number: station.store.find(number, EARLIER_CASES),
        )
        camera = SelfServiceCamera(*self._codes, *self._pages)
        screen = SelfServiceScreen(place.hall, place.name)
        flow = SelfServiceFlow(
            screen,
            engine,
            tasks,
            self._reader,
            camera,
            place.name,
            lambda who: SelfServiceCollect(who, services.collect, self._printing, tasks, self._facing(who, tasks)),
        )
        return SelfServicePresenter(
            self._desk,
            flow,
            services.self_service,
            services.clerks,
            station.duty,
            tasks,
            self._sounds,
            Leaving(self._drafts.put_away, self._duty.hold_lock, self._drafts.refresh, self._place),
            station.pin_hint,
        )

    def _facing(self, who: Applicant, tasks: TaskRunner) -> SelfServiceFace | None:
        """What compares faces before results are given; None where the settings do not ask for it."""
        service = self._station.services.collect.face
        if service is not None:
            self._face = SelfServiceFace(who, service, self._faces, tasks)
            self._face.analyser.start()
        return self._face

    def _place(self) -> QScreen | None:
        """The citizen's own screen where there is one, else the clerk's; headless plays have none to fill."""
        if QGuiApplication.platformName() == "offscreen":
            return None
        return screen_for(self._station.settings.customer_screen) or self._window.screen()
