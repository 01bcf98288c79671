"""Builds the one window with its threads and presenters, and takes it down again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PyQt6.QtCore import QObject

from app.domain.case import Case
from app.domain.licence import ScannedCode
from app.licences.decode import decode
from app.materials.page import FoundPage, find_page
from app.presenters.accept import AcceptPresenter
from app.presenters.around import Around
from app.presenters.batch import BatchPresenter
from app.presenters.codes import CodePresenter
from app.presenters.complete_later import CompleteLaterPresenter
from app.presenters.customer import CustomerPresenter, screen_for
from app.presenters.desk import Desk
from app.presenters.form import FormPresenter
from app.presenters.items import ItemsPresenter
from app.presenters.main import MainPresenter
from app.presenters.materials import MaterialsPresenter
from app.presenters.station import Workstation
from app.presenters.status import StatusPresenter
from app.presenters.who import WhoPresenter
from app.workers.camera_thread import CameraThread, FrameAnalyser
from app.workers.device_thread import DeviceThread
from app.workers.sync_thread import SyncThread
from app.workers.tasks import TaskRunner
from devices.base import AbsentDevice, Camera, Device, DeviceKind, Picture
from devices.registry import open_device
from widgets.customer.screen import CustomerScreen
from widgets.window import MainWindow

EARLIER_CASES = 50
"""How many of a person's newest cases are looked at for what they knew."""

_KINDS = {
    "id_reader": DeviceKind.ID_READER,
    "camera": DeviceKind.CAMERA,
    "document_camera": DeviceKind.CAMERA,
    "receipt_printer": DeviceKind.RECEIPT_PRINTER,
    "printer": DeviceKind.PRINTER,
}


class Screen(QObject):
    """The window of one workstation. `start` once shown; `close` before the workstation is closed."""

    def __init__(self, station: Workstation) -> None:
        super().__init__()
        self.station = station
        services = station.services
        settings = station.settings
        self.window = MainWindow()
        self.window.header.set_place(settings.window.hall, settings.window.name, settings.clerk)
        self.window.set_demo(station.demo)
        self.tasks = TaskRunner(self)
        self.desk = Desk(station.clock, self.tasks, self.window.notice)
        self.sync_thread = SyncThread(station.sync, self)
        self.code_analyser = FrameAnalyser(_decode, self)
        self.page_analyser = FrameAnalyser(_find_page, self)
        reader = DeviceThread(self._device("id_reader"), self)
        camera = CameraThread(cast(Camera, self._device("camera")), self.code_analyser, self)
        document_camera = CameraThread(cast(Camera, self._device("document_camera")), self.page_analyser, self)
        printers = {
            slot: DeviceThread(self._device(slot), self)
            for slot in ("printer", "receipt_printer")
            if slot in settings.devices
        }
        self.devices: dict[str, DeviceThread | CameraThread] = {
            "id_reader": reader,
            "camera": camera,
            "document_camera": document_camera,
            **printers,
        }
        self.status = StatusPresenter(
            self.window, self.desk, station.store, self.sync_thread, self.devices, settings.clerk
        )
        self.accept = AcceptPresenter(
            self.window,
            self.desk,
            services.accept,
            services.papers,
            station.store,
            printers,
            {d.id: d.name for d in station.catalog.departments.values()},
            services.notice,
        )
        self.who = WhoPresenter(self.window.who, self.desk, services.identify, reader)
        self.codes = CodePresenter(self.window.preview, self.desk, services.scan, camera, self.code_analyser)
        self.items = ItemsPresenter(self.window, self.desk, services.choose)
        self.form = FormPresenter(self.window.form, self.desk, services.fill, services.accept.titles)
        self.materials = MaterialsPresenter(
            self.window.materials,
            self.window.preview,
            self.desk,
            services.capture,
            document_camera,
            self.page_analyser,
            services.reuse,
        )
        self.later = CompleteLaterPresenter(
            self.window.materials, self.desk, services.later, services.capture, document_camera, self.page_analyser
        )
        self.main = MainPresenter(
            self.window,
            self.desk,
            who=self.who,
            codes=self.codes,
            items=self.items,
            form=self.form,
            materials=self.materials,
            accept=self.accept,
            status=self.status,
        )
        self.around = Around(
            self.window,
            self.desk,
            station,
            self.main,
            accept=self.accept,
            items=self.items,
            status=self.status,
            devices=self.devices,
        )
        self.batch = BatchPresenter(self.window, self.desk, services.batch, station.clock)
        self.customer = self._customer_screen()
        self.status.synced.connect(self._synced)
        self.who.read.connect(self._recall)
        self.accept.was_accepted.connect(lambda _: self.sync_thread.kick())
        self.later.completed.connect(self.sync_thread.kick)
        self.later.completed.connect(self.around.refresh)
        self.desk.begin()

    def start(self) -> None:
        """Start every thread: lights come on, syncing begins."""
        for thread in self._threads():
            thread.start()
        if self.customer is not None:
            self.customer.screen.place(screen_for(self.station.settings.customer_screen))
            self.window.activateWindow()

    def close(self) -> None:
        """End every thread and wait for running work; what was accepted is already safe."""
        self.tasks.wait()
        for thread in self._threads():
            thread.stop()
        if self.customer is not None:
            self.customer.close()
        self.window.close()
        # What the threads' last words set off, e.g. a look at what falls due, must end before the store does.
        self.tasks.close()

    def _customer_screen(self) -> CustomerPresenter | None:
        """The citizen's screen, where the settings have one."""
        settings, services = self.station.settings, self.station.services
        if not settings.customer_screen:
            none = self.tr("没有接群众屏")
            for action in ("customer", "pause_service"):
                self.main.add(action, lambda: None, lambda: False, none)
            return None
        screen = CustomerScreen(settings.window.hall, settings.window.name)
        customer = CustomerPresenter(
            self.window,
            self.desk,
            screen,
            services.confirm,
            services.rate,
            self.accept,
            services.accept,
            settings.clerk,
        )
        customer.stored.connect(self.sync_thread.kick)
        self.main.add("customer", customer.ask, customer.may_ask)
        busy = self.tr("正在接待来访者")
        self.main.add("pause_service", customer.toggle_pause, customer.may_pause, busy)
        return customer

    def _threads(self) -> list[DeviceThread | CameraThread | FrameAnalyser | SyncThread]:
        return [self.code_analyser, self.page_analyser, *self.devices.values(), self.sync_thread]

    def _device(self, slot: str) -> Device:
        uri = self.station.settings.devices.get(slot)
        return open_device(uri) if uri else AbsentDevice(_KINDS[slot])

    def _recall(self) -> None:
        """A card was read: offer what this person's earlier cases at this window knew."""
        visit = self.desk.visit
        number = visit.card.number if visit.card is not None else None
        if not number:
            return

        def offer(cases: Sequence[Case]) -> None:
            if self.desk.still(visit.visit_id):
                self.desk.change(self.station.services.fill.from_earlier(self.desk.visit, cases))

        self.tasks.run(lambda: self.station.store.find(number, EARLIER_CASES), offer)

    def _synced(self) -> None:
        self.accept.online = self.status.online
        self.accept.platform_answered()


def _decode(picture: Picture) -> Sequence[ScannedCode]:
    return decode(picture)


def _find_page(picture: Picture) -> FoundPage | None:
    return find_page(picture)
