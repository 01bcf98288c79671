"""The devices of one counter, as its settings name them."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QObject

from app.settings import Settings
from app.workers.camera_source import CameraSource
from app.workers.camera_thread import CameraThread, FrameAnalyser
from devices.absent import AbsentDevice
from devices.base import Device
from devices.registry import open_device
from devices.slots import SLOTS


def device_of(settings: Settings, slot: str) -> Device:
    """The device of this place; one that says that it is absent where the settings name none."""
    uri = settings.devices.get(slot)
    return open_device(uri) if uri else AbsentDevice(SLOTS[slot].kind)


def source_of(cameras: Mapping[str, CameraThread], slot: str, analyser: FrameAnalyser, parent: QObject) -> CameraSource:
    """A counter with one camera uses it for both; one that is not there is not offered."""
    there = {name: camera for name, camera in cameras.items() if not isinstance(camera.camera, AbsentDevice)}
    there = there or {slot: cameras[slot]}
    return CameraSource(there, slot if slot in there else next(iter(there)), analyser, parent)
