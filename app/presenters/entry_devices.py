"""The devices at one counter by which something is entered, and those that look at the person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from PyQt6.QtCore import QObject

from app.presenters.desk import Desk
from app.presenters.face import SLOTS as FACE_SLOTS
from app.presenters.face import FacePresenter
from app.presenters.id_photo import IdPhotoPresenter
from app.presenters.main import MainPresenter
from app.presenters.pin_pad import PinPadPresenter
from app.presenters.station import Workstation
from app.services.compare_face import CompareFace
from app.services.social_card import UseSocialCard
from app.workers.camera_thread import CameraThread
from app.workers.device_owner import DeviceOwner
from app.workers.device_thread import DeviceThread
from app.workers.surface_pad import SurfacePad
from app.workers.wedge_keys import WedgeKeys
from devices.drivers.entry.scanner_wedge import WedgeScanner
from devices.drivers.identity.passport_wedge import WedgePassportReader
from widgets.window import MainWindow


class Pads:
    """What people sign on: the pad at its place; while that is empty the screen itself, which needs no light."""

    def __init__(self, place: DeviceThread, parent: QObject) -> None:
        self.place = place
        self.surface = SurfacePad()
        self.screen = DeviceThread(self.surface, parent)

    def now(self) -> DeviceThread:
        """The owner to ask."""
        return self.screen if self.place.absent else self.place


def add_person_devices(
    devices: Mapping[str, object], window: MainWindow, desk: Desk, station: Workstation, main: MainPresenter
) -> tuple[FacePresenter, PinPadPresenter, IdPhotoPresenter]:
    """What looks at the person and what the person types on, answering their actions."""
    duty, services = station.duty, station.services
    cameras = {slot: cast(CameraThread, devices[slot]) for slot in FACE_SLOTS}
    comparing = CompareFace(services.capture, station.clock, duty)
    face = FacePresenter(window.who.face, desk, cameras, comparing, lambda: main.open_now)
    pad = PinPadPresenter(
        window.form,
        window.who,
        desk,
        services.fill,
        UseSocialCard(station.clock, duty),
        cast(DeviceThread, devices["pin_pad"]),
        cast(DeviceThread, devices["smart_card"]),
        lambda: main.open_now,
    )
    photos = IdPhotoPresenter(window, desk, cameras, services.photos, lambda: main.open_now)
    main.add("compare_face", face.toggle, face.possible)
    main.add("id_photo", photos.open, photos.possible)
    main.add("ask_phone", pad.ask_phone, pad.may_ask_phone)
    main.add("social_card", pad.read_card, pad.may_read_card)
    window.escaped.connect(pad.stop)
    return face, pad, photos


class TypedKeys(QObject):
    """Listens to the keys for whichever devices type into the window: those of now, as places get others.

    Lives on the event loop. `stop`: keys are the window's alone again.
    """

    def __init__(self, owners: Iterable[DeviceOwner], parent: QObject) -> None:
        super().__init__(parent)
        self._owners = tuple(owners)
        self._keys: WedgeKeys | None = None
        self._heard: tuple[WedgePassportReader | WedgeScanner, ...] = ()
        for owner in self._owners:
            owner.light.connect(self._look)

    def stop(self) -> None:
        for owner in self._owners:
            owner.light.disconnect(self._look)
        self._listen(())

    def _look(self) -> None:
        here = [owner.device for owner in self._owners]
        # A zone is known by what it says; a scanner takes whatever came so fast.
        readers = tuple(device for device in here if isinstance(device, WedgePassportReader))
        scanners = tuple(device for device in here if isinstance(device, WedgeScanner))
        if (*readers, *scanners) != self._heard:
            self._listen((*readers, *scanners))

    def _listen(self, devices: tuple[WedgePassportReader | WedgeScanner, ...]) -> None:
        self._heard = devices
        if self._keys is not None:
            self._keys.close()
            self._keys.deleteLater()
        # A filter costs every event a little: none without a device that needs it.
        self._keys = WedgeKeys(devices, self) if devices else None
