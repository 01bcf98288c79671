"""A bus for pyusb with one ESC/POS printer on it: the driver's transfers reach the emulator that draws receipts."""

from __future__ import annotations

import array
import contextlib
import errno
import select
import socket
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core

from devices.emulators.output.escpos_printer import EscposPrinterEmulator

VENDOR, PRODUCT, SERIAL = 0x04B8, 0x0E15, "YC0001"
_OUT, _IN = 0x02, 0x81
_LANGUAGE = 0x0409


class UsbBus(usb.backend.IBackend):  # type: ignore[misc]
    """Give it to `usb.core.find(backend=…)`. While the emulator is stopped the bus is empty.

    kernel: a kernel driver holds the interface until it is detached. taken: another program does. two_way: the
    interface has an endpoint back.
    """

    def __init__(
        self, printer: EscposPrinterEmulator, *, kernel: bool = False, taken: bool = False, two_way: bool = True
    ) -> None:
        super().__init__()
        self.printer = printer
        self.kernel = kernel
        self.taken = taken
        self.two_way = two_way
        self.released = 0

    def enumerate_devices(self) -> Iterator[object]:
        if self.printer.running:
            yield "printer"

    def get_device_descriptor(self, dev: object) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x0200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x0100, iManufacturer=0, iProduct=0,
            iSerialNumber=1, bNumConfigurations=1, address=1, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: object, config: int) -> Any:
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: object, intf: int, alt: int, config: int) -> Any:
        if intf or alt:
            raise IndexError("one interface")
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=1 + self.two_way,
            bInterfaceClass=7, bInterfaceSubClass=1, bInterfaceProtocol=1 + self.two_way, iInterface=0,
            extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: object, ep: int, intf: int, alt: int, config: int) -> Any:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(_OUT, _IN)[ep], bmAttributes=2, wMaxPacketSize=64,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: object) -> dict[str, Any]:
        return {}

    def close_device(self, dev_handle: dict[str, Any]) -> None:
        self.release_interface(dev_handle, 0)

    def get_configuration(self, dev_handle: dict[str, Any]) -> int:
        return 1

    def set_configuration(self, dev_handle: dict[str, Any], config_value: int) -> None:
        return

    def claim_interface(self, dev_handle: dict[str, Any], intf: int) -> None:
        if self.taken or self.kernel:
            raise usb.core.USBError("Resource busy", -6, errno.EBUSY)
        try:
            dev_handle["wire"] = socket.create_connection(self.printer.address, 2)
        except OSError as error:
            raise _gone() from error

    def release_interface(self, dev_handle: dict[str, Any], intf: int) -> None:
        wire = dev_handle.pop("wire", None)
        if wire is not None:
            self.released += 1
            with contextlib.suppress(OSError):
                wire.shutdown(socket.SHUT_WR)
            wire.close()

    def is_kernel_driver_active(self, dev_handle: dict[str, Any], intf: int) -> bool:
        return self.kernel

    def detach_kernel_driver(self, dev_handle: dict[str, Any], intf: int) -> None:
        self.kernel = False

    def attach_kernel_driver(self, dev_handle: dict[str, Any], intf: int) -> None:
        self.kernel = True

    def bulk_write(self, dev_handle: dict[str, Any], ep: int, intf: int, data: Any, timeout: int) -> int:
        wire = dev_handle["wire"]
        try:
            readable, writable, _ = select.select([wire], [wire], [], timeout / 1000)
            if readable and not wire.recv(1, socket.MSG_PEEK):
                raise _gone()
            if not writable:
                raise usb.core.USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
            wire.setblocking(False)
            return int(wire.send(data.tobytes()))
        except BlockingIOError as error:
            raise usb.core.USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT) from error
        except OSError as error:
            raise error if isinstance(error, usb.core.USBError) else _gone() from error

    def bulk_read(self, dev_handle: dict[str, Any], ep: int, intf: int, buff: Any, timeout: int) -> int:
        wire = dev_handle["wire"]
        try:
            if not select.select([wire], [], [], timeout / 1000)[0]:
                raise usb.core.USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
            data = wire.recv(len(buff))
        except OSError as error:
            raise error if isinstance(error, usb.core.USBError) else _gone() from error
        if not data:
            raise _gone()
        buff[: len(data)] = array.array("B", data)
        return len(data)

    def ctrl_transfer(
        self,
        dev_handle: dict[str, Any],
        request_type: int,
        request: int,
        value: int,
        index: int,
        data: Any,
        timeout: int,
    ) -> int:
        if (request_type, request) == (0xA1, 1):  # GET_PORT_STATUS
            faults = self.printer.faults
            empty, broken = faults.on("paper-out"), faults.on("error") or faults.on("cover-open")
            answer = bytes((0x10 | (0x20 if empty else 0) | (0 if broken or empty else 0x08),))
        elif (request_type, request, value >> 8) == (0x80, 6, 3):  # GET_DESCRIPTOR of a string
            text = SERIAL.encode("utf-16-le") if value & 0xFF else _LANGUAGE.to_bytes(2, "little")
            answer = bytes((len(text) + 2, 3)) + text
        else:
            raise usb.core.USBError("Pipe error", -9, errno.EPIPE)
        answer = answer[: len(data)]
        data[: len(answer)] = array.array("B", answer)
        return len(answer)


def _gone() -> usb.core.USBError:
    return usb.core.USBError("No such device (it may have been disconnected)", -4, errno.ENODEV)
