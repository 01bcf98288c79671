"""The devices of one counter, as its settings name them: an owner for each place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QObject

from app.domain.clock import SystemClock, shanghai
from app.domain.errors import BadInput
from app.settings import Settings
from app.workers.camera_thread import CameraThread
from app.workers.device_owner import DeviceOwner
from app.workers.device_thread import DeviceThread
from app.workers.zone_camera import ZoneCamera
from devices.absent import AbsentDevice
from devices.base import Device, DeviceKind
from devices.kinds.imaging import Camera
from devices.registry import BrokenDevice, open_device
from devices.slots import SLOTS

Owner = DeviceThread | CameraThread
CAMERAS = frozenset({DeviceKind.CAMERA, DeviceKind.FACE_CAMERA})
ALWAYS_SHOWN = ("id_reader", "camera", "document_camera")
"""Every counter has them: one that is missing has a lamp all the same."""

SLOT_NAMES = {
    "id_reader": QT_TRANSLATE_NOOP("StatusPresenter", "读卡器"),
    "passport_reader": QT_TRANSLATE_NOOP("StatusPresenter", "护照阅读机"),
    "smart_card": QT_TRANSLATE_NOOP("StatusPresenter", "社保卡读卡器"),
    "psam": QT_TRANSLATE_NOOP("StatusPresenter", "PSAM 卡"),
    "fingerprint": QT_TRANSLATE_NOOP("StatusPresenter", "指纹仪"),
    "portrait_camera": QT_TRANSLATE_NOOP("StatusPresenter", "人像摄像头"),
    "face_camera": QT_TRANSLATE_NOOP("StatusPresenter", "人脸摄像头"),
    "document_camera": QT_TRANSLATE_NOOP("StatusPresenter", "高拍仪"),
    "document_camera_side": QT_TRANSLATE_NOOP("StatusPresenter", "高拍仪副头"),
    "scanner": QT_TRANSLATE_NOOP("StatusPresenter", "扫描仪"),
    "signature_pad": QT_TRANSLATE_NOOP("StatusPresenter", "签字板"),
    "camera": QT_TRANSLATE_NOOP("StatusPresenter", "扫码摄像头"),
    "code_scanner": QT_TRANSLATE_NOOP("StatusPresenter", "扫码枪"),
    "pin_pad": QT_TRANSLATE_NOOP("StatusPresenter", "密码键盘"),
    "receipt_printer": QT_TRANSLATE_NOOP("StatusPresenter", "凭条打印机"),
    "receipt_printer_2": QT_TRANSLATE_NOOP("StatusPresenter", "备用凭条打印机"),
    "printer": QT_TRANSLATE_NOOP("StatusPresenter", "打印机"),
    "printer_2": QT_TRANSLATE_NOOP("StatusPresenter", "备用打印机"),
    "card_printer": QT_TRANSLATE_NOOP("StatusPresenter", "证卡打印机"),
    "rating_device": QT_TRANSLATE_NOOP("StatusPresenter", "评价器"),
    "customer_screen": QT_TRANSLATE_NOOP("StatusPresenter", "客显屏"),
    "queue_caller": QT_TRANSLATE_NOOP("StatusPresenter", "叫号器"),
    "payment_terminal": QT_TRANSLATE_NOOP("StatusPresenter", "POS 机"),
    "payment_code": QT_TRANSLATE_NOOP("StatusPresenter", "扫码收款机"),
    "clerk_key": QT_TRANSLATE_NOOP("StatusPresenter", "人员钥匙"),
}
GROUP_NAMES = {
    "A": QT_TRANSLATE_NOOP("StatusPresenter", "证件识读"),
    "B": QT_TRANSLATE_NOOP("StatusPresenter", "生物识别"),
    "C": QT_TRANSLATE_NOOP("StatusPresenter", "影像采集"),
    "D": QT_TRANSLATE_NOOP("StatusPresenter", "录入签字"),
    "E": QT_TRANSLATE_NOOP("StatusPresenter", "打印输出"),
    "F": QT_TRANSLATE_NOOP("StatusPresenter", "互动评价"),
    "G": QT_TRANSLATE_NOOP("StatusPresenter", "缴费"),
    "H": QT_TRANSLATE_NOOP("StatusPresenter", "窗口人员"),
}
"""The categories of devices.slots."""


def device_at(uri: str, slot: str, *, real: bool) -> Device:
    """The driver of a URI for a place; what cannot be used there says so on its own light. real: no emulators."""
    kind = SLOTS[slot].kind
    if not uri:
        return AbsentDevice(kind)
    try:
        device = open_device(uri, kind, real=real)
    except BadInput as error:
        return BrokenDevice(uri, kind, f"{error.what}{error.todo}")
    if uri.startswith("mrz+camera:"):
        cast(Any, device).attach(ZoneCamera(lambda: shanghai(SystemClock().now()).date()))
    return device


def owners_of(settings: Settings, parent: QObject, *, real: bool) -> dict[str, Owner]:
    """An owner for each place of a counter, in the order of the categories. One without a device has no thread."""
    made: dict[str, Owner] = {}
    for slot, place in SLOTS.items():
        fresh = fresh_at(settings.devices.get(slot, ""), slot, real=real)
        if place.kind in CAMERAS:
            made[slot] = CameraThread(cast(Camera, fresh()), None, parent, fresh)
        else:
            made[slot] = DeviceThread(fresh(), parent, fresh)
    return made


def fresh_at(uri: str, slot: str, *, real: bool) -> Callable[[], Device]:
    """Makes the driver of a place anew."""
    return partial(device_at, uri, slot, real=real)


def nudge(owners: Iterable[DeviceOwner], names: frozenset[str]) -> None:
    """Something was plugged in or out: every device looks. A good camera is left alone unless cameras changed: its
    lamp would blink."""
    cameras = any("video" in name or "usb-" in name for name in names)
    for owner in owners:
        if cameras or not isinstance(owner, CameraThread):
            owner.nudge()
