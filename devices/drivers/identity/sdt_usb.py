"""Resident-ID readers whose SAM module sits on USB bulk: `sdt+usb:` (0400:C35A), `sdt+usb:VVVV:PPPP?number=2`.

A request's preamble and length go to endpoint 02 and its rest to 06; of an answer, preamble and length come from 81
and the rest from 85. Put together, both are the frames of the serial line (sdt_frames).
"""

from __future__ import annotations

import contextlib
import errno
import re
from typing import Any

from devices.drivers.identity.sdt import SdtReader
from devices.drivers.identity.sdt_frames import MAX_LENGTH, PREAMBLE
from devices.failure import Failure
from devices.outcome import Outcome
from devices.uri import DeviceUri, bad_uri

VENDOR, PRODUCT = 0x0400, 0xC35A
HEAD_OUT, REST_OUT, HEAD_IN, REST_IN = 0x02, 0x06, 0x81, 0x85
HEAD = len(PREAMBLE) + 2
"""Bytes of preamble and length."""

_INTERFACE = 0
_SLICE = 50
"""Milliseconds that a read waits, so that a wait can be cancelled."""
_WRITE = 2000
"""Milliseconds after which a reader that takes no bytes is given up."""
_ROOM = 4096
"""Bytes asked for: more than any answer. A read with less room than a packet holds ends in an overflow."""
_MOST_LEFTOVERS = 64

_NO_LIBUSB = "缺少 USB 支持库，请管理员安装 libusb（Debian、Ubuntu：libusb-1.0-0）后重试"
_NOT_FOUND = "没有找到 USB 身份证阅读机，请检查连接线和电源"
_REFUSALS = {
    errno.EACCES: (Outcome.DISCONNECTED, "没有权限使用 USB 身份证阅读机，请管理员添加设备规则（udev）后重新插拔"),
    errno.EPERM: (Outcome.DISCONNECTED, "没有权限使用 USB 身份证阅读机，请管理员添加设备规则（udev）后重新插拔"),
    errno.EBUSY: (Outcome.BUSY, "USB 身份证阅读机正被其他程序占用，请先关闭该程序"),
}


class UsbSamPort:
    """A SAM on USB. device: a usb.core.Device. Opening claims its interface for this program alone."""

    def __init__(self, device: Any) -> None:
        """OSError (USBError) when it cannot be claimed."""
        self._device = device
        self._tail = b""
        self._rest = 0
        self._detach()
        # Setting a configuration that is set resets some readers.
        if not self._configured():
            device.set_configuration()
        import usb.util

        usb.util.claim_interface(device, _INTERFACE)

    def drain(self) -> None:
        self._tail, self._rest = b"", 0
        for endpoint in (HEAD_IN, REST_IN):
            for _ in range(_MOST_LEFTOVERS):
                if not self._take(endpoint, 1):
                    break

    def read(self) -> bytes:
        data = self._take(REST_IN if self._rest else HEAD_IN, _SLICE)
        if self._rest:
            self._rest = max(0, self._rest - len(data))
        else:
            self._follow(data)
        return data

    def write(self, data: bytes) -> None:
        for endpoint, part in ((HEAD_OUT, data[:HEAD]), (REST_OUT, data[HEAD:])):
            try:
                sent = self._device.write(endpoint, part, _WRITE)
            except OSError as error:
                if error.errno != errno.EPIPE:
                    raise
                self._device.clear_halt(endpoint)
                raise TimeoutError("stalled") from error
            if sent != len(part):
                raise TimeoutError("short transfer")

    def close(self) -> None:
        import usb.util

        usb.util.dispose_resources(self._device)

    def _take(self, endpoint: int, timeout: int) -> bytes:
        import usb.core

        try:
            return bytes(self._device.read(endpoint, _ROOM, timeout))
        except usb.core.USBTimeoutError:
            return b""
        except OSError as error:
            if error.errno != errno.EPIPE:
                raise
        # A stalled endpoint stays so until it is told to go on; what it held is lost, and is asked for again.
        self._device.clear_halt(endpoint)
        return b""

    def _follow(self, data: bytes) -> None:
        """Does a frame's head end here? Then so many bytes come from the other endpoint."""
        self._tail += data
        while (start := self._tail.find(PREAMBLE)) >= 0 and len(self._tail) >= start + HEAD:
            length = int.from_bytes(self._tail[start + len(PREAMBLE) : start + HEAD], "big")
            # A length that no frame has is damage: the decoder will say so, and the search goes on behind it.
            if length <= MAX_LENGTH:
                self._rest = max(0, length - (len(self._tail) - start - HEAD))
                self._tail = b""
                return
            self._tail = self._tail[start + len(PREAMBLE) :]
        self._tail = self._tail[-_ROOM:]

    def _detach(self) -> None:
        # Not every system and driver knows the question; the claim then says what is wrong.
        with contextlib.suppress(NotImplementedError, OSError):
            if self._device.is_kernel_driver_active(_INTERFACE):
                self._device.detach_kernel_driver(_INTERFACE)

    def _configured(self) -> bool:
        try:
            self._device.get_active_configuration()
        except OSError:
            return False
        return True


class UsbConnection:
    """How to reach a SAM on USB. backend: pyusb's, None for the system's libusb. number: which of several, from 1."""

    def __init__(self, vendor: int = VENDOR, product: int = PRODUCT, number: int = 1, backend: Any = None) -> None:
        self._vendor = vendor
        self._product = product
        self._number = number
        self._backend = backend

    def __call__(self) -> UsbSamPort:
        """Claim it. Failure: DISCONNECTED, BUSY, FAULT."""
        try:
            import usb.core
        except ImportError as error:
            raise Failure(Outcome.FAULT, "缺少 USB 驱动程序（pyusb），请重新安装一窗") from error
        try:
            found = list(
                usb.core.find(find_all=True, idVendor=self._vendor, idProduct=self._product, backend=self._backend)
            )
        except usb.core.NoBackendError as error:
            raise Failure(Outcome.FAULT, _NO_LIBUSB) from error
        except OSError as error:
            raise _refusal(error) from error
        if len(found) < self._number:
            raise Failure(Outcome.DISCONNECTED, _NOT_FOUND)
        try:
            return UsbSamPort(found[self._number - 1])
        except OSError as error:
            raise _refusal(error) from error


def _refusal(error: OSError) -> Failure:
    return Failure(*_REFUSALS.get(error.errno or 0, (Outcome.DISCONNECTED, _NOT_FOUND)))


def open_driver(uri: str) -> SdtReader:
    """The driver of an `sdt+usb:` URI. BadInput when it is malformed. Options: number."""
    parsed = DeviceUri.parse(uri, ["number"])
    ids = parsed.path or f"{VENDOR:04x}:{PRODUCT:04x}"
    if parsed.host or not re.fullmatch(r"[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}", ids):
        raise bad_uri(uri, "不是有效的 USB 设备", "写作 sdt+usb: 或 sdt+usb:0400:C35A（厂商号:产品号）。")
    vendor, product = (int(part, 16) for part in ids.split(":"))
    return SdtReader(uri, UsbConnection(vendor, product, parsed.integer("number", 1, 1, 9)))
