"""From a device's URI to its driver.

The scheme picks the driver among the entry points of the group `yichuang.devices`, so that a vendor can ship one as a
package of its own. Drivers are loaded only when asked for: a missing vendor library costs one light, not the program.
"""

from __future__ import annotations

import functools
import importlib.metadata
import logging
import sys

from app.domain.errors import BadInput
from devices.absent import AbsentDevice
from devices.base import Device, DeviceKind
from devices.outcome import Outcome, Reply
from devices.uri import bad_uri, scheme_of

GROUP = "yichuang.devices"
EMULATED = "emulated"
"""The scheme of emulators: for demo mode and tests only."""

_KINDS = {
    "sdt": DeviceKind.ID_READER,
    "sdt+usb": DeviceKind.ID_READER,
    "pcsc": DeviceKind.SMART_CARD,
    "mrz+serial": DeviceKind.PASSPORT_READER,
    "mrz+camera": DeviceKind.PASSPORT_READER,
    "mrz+wedge": DeviceKind.PASSPORT_READER,
    "pcsc-passport": DeviceKind.PASSPORT_READER,
    "v4l2": DeviceKind.CAMERA,
    "file": DeviceKind.CAMERA,
    "http": DeviceKind.CAMERA,
    "https": DeviceKind.CAMERA,
    "face": DeviceKind.FACE_CAMERA,
    "doccam+http": DeviceKind.CAMERA,
    "escl": DeviceKind.SCANNER,
    "sane": DeviceKind.SCANNER,
    "escpos+tcp": DeviceKind.RECEIPT_PRINTER,
    "escpos+serial": DeviceKind.RECEIPT_PRINTER,
    "escpos+usb": DeviceKind.RECEIPT_PRINTER,
    "socket": DeviceKind.PRINTER,
    "signpad+ws": DeviceKind.SIGNATURE_PAD,
    "scanner+serial": DeviceKind.CODE_SCANNER,
    "wedge": DeviceKind.CODE_SCANNER,
    "pinpad+serial": DeviceKind.PIN_PAD,
    "ipp": DeviceKind.PRINTER,
    "ipps": DeviceKind.PRINTER,
    "cups": DeviceKind.PRINTER,
    "system": DeviceKind.PRINTER,
    "card+ipp": DeviceKind.CARD_PRINTER,
    "card+ipps": DeviceKind.CARD_PRINTER,
    "card+cups": DeviceKind.CARD_PRINTER,
    "fingerprint+host": DeviceKind.FINGERPRINT,
    "rating+serial": DeviceKind.RATING_DEVICE,
    "screen": DeviceKind.CUSTOMER_SCREEN,
    "display+serial": DeviceKind.CUSTOMER_SCREEN,
    "caller+serial": DeviceKind.QUEUE_CALLER,
    "caller+tcp": DeviceKind.QUEUE_CALLER,
    "speech": DeviceKind.QUEUE_CALLER,
    "pos+serial": DeviceKind.PAYMENT_TERMINAL,
    "pay+http": DeviceKind.PAYMENT_TERMINAL,
    "pay+https": DeviceKind.PAYMENT_TERMINAL,
    "pkcs11": DeviceKind.CLERK_KEY,
}

_log = logging.getLogger(__name__)


class BrokenDevice(AbsentDevice):
    """Stands where a driver could not be loaded: every call says FAULT and why."""

    def __init__(self, uri: str, kind: DeviceKind, detail: str) -> None:
        super().__init__(kind, detail)
        self.uri = uri
        self._reply = Reply(Outcome.FAULT, detail=detail)


def drivers() -> list[tuple[str, str]]:
    """Each scheme with its entry point's value, sorted by scheme. Nothing is loaded."""
    return sorted((point.name, point.value) for point in _entry_points().values())


def open_device(uri: str, kind: DeviceKind | None = None, *, real: bool = False) -> Device:
    """The driver of a URI; the hardware is not touched before `open`.

    kind: what the settings expect here; it only labels the light of a driver that cannot be loaded (without it, a
    scheme of ours is labelled by its own kind, a foreign one as ID_READER). real: where people are served, emulators
    are refused. BadInput: malformed URI, unknown scheme, an emulator where it must not be.
    """
    scheme = scheme_of(uri)
    if real:
        refuse_emulated(uri)
    point = _entry_points().get(scheme)
    if point is None:
        raise bad_uri(uri, f"的类型 {scheme} 没有对应的驱动", "请检查地址拼写，或安装设备厂商提供的驱动包。")
    try:
        device = point.load()(uri)
    except BadInput:
        raise
    # A vendor's module may fail in any way, SystemExit included; none may take the other devices down.
    except (Exception, SystemExit) as error:
        _log.exception("driver %s of scheme %s cannot be loaded", point.value, scheme)
        reason = f"{type(error).__name__}: {error}"
        return BrokenDevice(uri, kind or _KINDS.get(scheme, DeviceKind.ID_READER), _broken(point.value, reason))
    if not isinstance(device, Device):
        _log.error("driver %s of scheme %s gave %s", point.value, scheme, type(device).__name__)
        reason = f"返回了 {type(device).__name__}，而不是设备"
        return BrokenDevice(uri, kind or _KINDS.get(scheme, DeviceKind.ID_READER), _broken(point.value, reason))
    return device


def refuse_emulated(uri: str) -> None:
    """BadInput when a URI names an emulator: its cards and receipts are made up."""
    if scheme_of(uri) == EMULATED:
        raise bad_uri(uri, "是模拟设备，只能在演示模式使用", "请接上真实设备并填写它的地址；练习请用演示模式。")


def _broken(value: str, reason: str) -> str:
    return f"驱动 {value} 无法加载（{reason[:200]}）。请重新安装驱动或联系设备厂商。"


def _entry_points() -> dict[str, importlib.metadata.EntryPoint]:
    return _entry_points_on(tuple(sys.path))


@functools.lru_cache(maxsize=4)
def _entry_points_on(path: tuple[str, ...]) -> dict[str, importlib.metadata.EntryPoint]:
    """Read once for a search path: going through every installed package takes 20 ms, and a window has five devices."""
    found: dict[str, importlib.metadata.EntryPoint] = {}
    for point in importlib.metadata.entry_points(group=GROUP):
        # Two packages may claim one scheme; the first on the path wins, as with imports.
        if point.name not in found:
            found[point.name] = point
        elif found[point.name].value != point.value:
            _log.warning("scheme %s: %s is hidden by %s", point.name, point.value, found[point.name].value)
    return found
