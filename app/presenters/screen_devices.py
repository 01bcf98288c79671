"""The devices of one counter, as its settings name them."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QObject

from app.settings import Settings
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import CameraThread, FrameAnalyser
from devices.base import AbsentDevice, Device, DeviceKind
from devices.registry import open_device

_KINDS = {
    "id_reader": DeviceKind.ID_READER,
    "camera": DeviceKind.CAMERA,
    "document_camera": DeviceKind.CAMERA,
    "receipt_printer": DeviceKind.RECEIPT_PRINTER,
    "printer": DeviceKind.PRINTER,
}


def device_of(settings: Settings, slot: str) -> Device:
    """The device of this place; one that says that it is absent where the settings name none."""
    uri = settings.devices.get(slot)
    return open_device(uri) if uri else AbsentDevice(_KINDS[slot])


def source_of(cameras: Mapping[str, CameraThread], slot: str, analyser: FrameAnalyser, parent: QObject) -> CameraSource:
    """A counter with one camera uses it for both; one that is not there is not offered."""
    there = {name: camera for name, camera in cameras.items() if not isinstance(camera.camera, AbsentDevice)}
    there = there or {slot: cameras[slot]}
    return CameraSource(there, slot if slot in there else next(iter(there)), analyser, parent)
