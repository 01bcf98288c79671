"""ESC/POS over USB: the printer class's bulk endpoints and its port status (USB Printer Class 1.1), by pyusb."""

from __future__ import annotations

import contextlib
import errno
import re
import threading
import time
from dataclasses import dataclass
from typing import Any

from devices.drivers.links.tcp import Lost
from devices.drivers.output.escpos_wire import Status
from devices.failure import Failure, cancelled
from devices.outcome import Outcome
from devices.uri import DeviceUri, bad_uri

_PRINTER_CLASS = 7
_GET_PORT_STATUS = 1
_PAPER_EMPTY, _NO_ERROR = 0x20, 0x08
_CHUNK = 4096
_SLICE = 200
"""Milliseconds that a transfer may take before a cancel is looked for."""


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """Which device. vendor, product: None for any printer. serial: "" for any."""

    vendor: int | None = None
    product: int | None = None
    serial: str = ""

    @classmethod
    def parse(cls, uri: DeviceUri) -> UsbAddress:
        """Of `escpos+usb:04b8:0e15?serial=…`. BadInput when it is malformed."""
        serial = uri.options.get("serial", "")
        text = uri.path.strip("/")
        if not text and not uri.host:
            return cls(serial=serial)
        match = re.fullmatch(r"([0-9a-fA-F]{4}):([0-9a-fA-F]{4})", text)
        if match is None or uri.host:
            raise bad_uri(uri.text, "的 USB 编号不正确", "写作 escpos+usb:04b8:0e15（厂商号:产品号）。")
        return cls(int(match[1], 16), int(match[2], 16), serial)

    def __str__(self) -> str:
        return "" if self.vendor is None else f"{self.vendor:04x}:{self.product:04x}"


class UsbWire:
    """A printer on USB, with the face of TcpWire. A transfer that times out says how much of it went: none of a chunk,
    for a chunk is tried again whole only when none of it was taken."""

    def __init__(self, address: UsbAddress, cancelled: threading.Event, backend: object = None) -> None:
        """Claim the device. Failure: DISCONNECTED, BUSY, FAULT when pyusb or libusb is missing."""
        self.sent = 0
        self._cancelled = cancelled
        try:
            import usb.core
            import usb.util
        except ImportError as error:
            raise Failure(Outcome.FAULT, "缺少 USB 支持库 pyusb，请联系技术支持安装") from error
        self._usb = usb
        self._device = self._find(address, backend)
        self._kernel = False
        try:
            self._claim()
        except usb.core.USBError as error:
            self.close()
            raise _refusal(error) from error

    def send(self, data: bytes, stall: float = 10.0) -> None:
        """Send everything. Lost when the printer is unplugged or takes nothing for stall seconds."""
        moved = time.monotonic()
        at = 0
        while at < len(data):
            self._check_cancelled()
            try:
                count = self._device.write(self._out, data[at : at + _CHUNK], _SLICE)
            except self._usb.core.USBTimeoutError:
                count = 0
            except self._usb.core.USBError as error:
                raise Lost("打印机 USB 连接已断开") from error
            if count:
                moved = time.monotonic()
                at += count
                self.sent += count
            elif time.monotonic() - moved > stall:
                raise Lost("打印机停止接收数据")

    def receive(self, seconds: float) -> bytes:
        """What came, waiting up to so many seconds. A printer without a way back never says anything."""
        until = time.monotonic() + seconds
        while True:
            self._check_cancelled()
            left = until - time.monotonic()
            if self._in is None:
                if self._cancelled.wait(max(0.0, left)):
                    raise cancelled()
                return b""
            try:
                data = bytes(self._device.read(self._in, 64, max(1, min(_SLICE, int(left * 1000)))))
            except self._usb.core.USBTimeoutError:
                data = b""
            except self._usb.core.USBError as error:
                raise Lost("打印机 USB 连接已断开") from error
            if data or time.monotonic() >= until:
                return data

    def port_says(self) -> Status | None:
        """What the port itself says is wrong; None when it says nothing is. Many printers answer always alike here, so
        that "all is well" proves nothing."""
        try:
            answer = self._device.ctrl_transfer(0xA1, _GET_PORT_STATUS, 0, self._number, 1, 500)
        except self._usb.core.USBError:
            return None
        if not len(answer) or not (answer[0] & _PAPER_EMPTY or not answer[0] & _NO_ERROR):
            return None
        empty = bool(answer[0] & _PAPER_EMPTY)
        return Status(offline=True, paper_end=empty or None, paper_low=None, cover_open=None, error=not empty)

    def finish(self, seconds: float) -> bool:
        """USB has no end to wait for."""
        return True

    def close(self) -> None:
        with contextlib.suppress(self._usb.core.USBError):
            self._usb.util.dispose_resources(self._device)
        if self._kernel:
            with contextlib.suppress(self._usb.core.USBError, NotImplementedError):
                self._device.attach_kernel_driver(self._number)

    def _find(self, address: UsbAddress, backend: object) -> Any:
        wanted: dict[str, Any] = {"find_all": True, "backend": backend}
        if address.vendor is not None:
            wanted |= {"idVendor": address.vendor, "idProduct": address.product}
        else:
            wanted["custom_match"] = _is_printer
        try:
            found = [device for device in self._usb.core.find(**wanted) if self._serial_fits(device, address.serial)]
        except self._usb.core.NoBackendError as error:
            raise Failure(Outcome.FAULT, "缺少系统库 libusb，请联系技术支持安装") from error
        except self._usb.core.USBError as error:
            raise _refusal(error) from error
        if not found:
            raise Failure(Outcome.DISCONNECTED, f"没有找到 USB 凭条打印机 {address}，请检查数据线和电源")
        if len(found) > 1:
            raise Failure(Outcome.FAULT, "接有多台相同的 USB 打印机，请在设备地址中写明 serial=序列号")
        return found[0]

    def _serial_fits(self, device: Any, serial: str) -> bool:
        if not serial:
            return True
        try:
            return bool(device.serial_number == serial)
        except (self._usb.core.USBError, ValueError):
            return False  # it may not be asked: no permission, no languages

    def _claim(self) -> None:
        device = self._device
        with contextlib.suppress(NotImplementedError):
            if device.is_kernel_driver_active(0):
                device.detach_kernel_driver(0)
                self._kernel = True
        configuration = device.get_active_configuration()
        settings = list(configuration)
        chosen = next((one for one in settings if one.bInterfaceClass == _PRINTER_CLASS), settings[0])
        self._number = chosen.bInterfaceNumber
        self._usb.util.claim_interface(device, self._number)
        outward = [e for e in chosen if e.bmAttributes & 3 == 2 and not e.bEndpointAddress & 0x80]
        inward = [e for e in chosen if e.bmAttributes & 3 == 2 and e.bEndpointAddress & 0x80]
        if not outward:
            self.close()
            raise Failure(Outcome.FAULT, "这台 USB 设备不是打印机，请检查设备地址")
        self._out = outward[0].bEndpointAddress
        self._in = inward[0].bEndpointAddress if inward else None

    def _check_cancelled(self) -> None:
        if self._cancelled.is_set():
            raise cancelled()


def _is_printer(device: Any) -> bool:
    try:
        return any(interface.bInterfaceClass == _PRINTER_CLASS for one in device for interface in one)
    except Exception:  # a device that may not be asked is none of ours
        return False


def _refusal(error: Any) -> Failure:
    if error.errno in (errno.EACCES, errno.EPERM):
        words = "没有权限使用 USB 打印机，请管理员按设备说明添加 udev 规则"
        return Failure(Outcome.DISCONNECTED, words)
    if error.errno == errno.EBUSY:
        return Failure(Outcome.BUSY, "USB 打印机正被其他程序占用，请先关闭该程序")
    return Failure(Outcome.DISCONNECTED, "USB 打印机没有响应，请检查数据线和电源")
