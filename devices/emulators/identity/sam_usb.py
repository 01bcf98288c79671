"""The SAM emulator behind USB bulk endpoints: a pyusb back end, for the real `sdt+usb` driver to talk to (POSIX only).

The bytes are the SAM emulator's own, faults included; here they are cut into the bulk transfers of the real reader.
"""

from __future__ import annotations

import errno
import os
import select
import time
from types import SimpleNamespace
from typing import Any

import usb.backend
import usb.core

from app.domain.person import IdCard
from devices.drivers.identity.sdt_frames import MAX_LENGTH, PREAMBLE
from devices.drivers.identity.sdt_usb import HEAD, HEAD_IN, HEAD_OUT, PRODUCT, REST_IN, REST_OUT, VENDOR
from devices.emulators.faults import Faults
from devices.emulators.identity import sam

_PACKET = 64
_SHORT = 5

_USB_FAULTS = frozenset(
    {
        "claimed",  # another program holds the interface
        "denied",  # the system lets this user not open it
        "stall",  # an endpoint halts until it is told to go on; the answer is lost
        "short",  # an answer comes in transfers of a few bytes
        "refuse-writes",  # takes fewer bytes than were sent
    }
)
FAULTS = sam.FAULTS | _USB_FAULTS


class UsbSamEmulator:
    """A reader on the bus between start and stop. `backend` goes into UsbConnection. faults: see FAULTS."""

    def __init__(self) -> None:
        self._sam = sam.SamEmulator(_USB_FAULTS)
        self.faults: Faults = self._sam.faults
        self.backend = SamBackend(self.faults)

    def start(self) -> None:
        """Plug it in. Starting twice is harmless."""
        self._sam.start()
        self.backend.plug(self._sam.path)

    def stop(self) -> None:
        """Pull it out. Stopping twice is harmless; the card stays placed."""
        self.backend.unplug()
        self._sam.stop()

    def place(self, card: IdCard, photo: bytes | None = None, after: float = 0.0) -> None:
        """As SamEmulator.place."""
        self._sam.place(card, photo, after)

    def remove(self) -> None:
        """Take the card away."""
        self._sam.remove()

    def unplug(self) -> None:
        """Pull the cable in whatever goes on. It stays out until stop and start."""
        self.backend.unplug()


class SamBackend(usb.backend.IBackend):  # type: ignore[misc]
    """One device on the bus, or none. Speaks to whatever answers on a pseudo-terminal."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._path = ""
        self._line = -1
        self._claimed = False
        self._halted: set[int] = set()
        self._request = b""
        self._waiting: dict[int, list[bytes]] = {}
        self._head = b""
        self._rest = 0
        self._forget()

    def plug(self, path: str) -> None:
        self._path = path

    def unplug(self) -> None:
        self._path = ""

    # What the bus says of the device (USB 2.0 §9.6).

    def enumerate_devices(self) -> list[str]:
        return ["sam"] if self._path else []

    def get_device_descriptor(self, dev: object) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x0200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=_PACKET, idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x0100, iManufacturer=0,
            iProduct=0, iSerialNumber=0, bNumConfigurations=1, address=1, bus=1, port_number=1, port_numbers=(1,),
            speed=2,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: object, config: int) -> SimpleNamespace:
        if config:
            raise IndexError("one configuration")
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=46, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0x80, bMaxPower=50, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: object, intf: int, alt: int, config: int) -> SimpleNamespace:
        if intf or alt:
            raise IndexError("one interface")
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=4,
            bInterfaceClass=0xFF, bInterfaceSubClass=0, bInterfaceProtocol=0, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: object, ep: int, intf: int, alt: int, config: int) -> SimpleNamespace:
        address = (HEAD_OUT, REST_OUT, HEAD_IN, REST_IN)[ep]
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=address, bmAttributes=2, wMaxPacketSize=_PACKET,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: object) -> str:
        self._alive()
        if self._faults.on("denied"):
            raise usb.core.USBError("Access denied (insufficient permissions)", None, errno.EACCES)
        return "handle"

    def close_device(self, dev_handle: object) -> None:
        self._let_go()

    def get_configuration(self, dev_handle: object) -> int:
        self._alive()
        return 1

    def set_configuration(self, dev_handle: object, config_value: int) -> None:
        self._alive()

    def is_kernel_driver_active(self, dev_handle: object, intf: int) -> bool:
        return False

    def claim_interface(self, dev_handle: object, intf: int) -> None:
        self._alive()
        if self._claimed or self._faults.on("claimed"):
            raise usb.core.USBError("Resource busy", None, errno.EBUSY)
        self._line = os.open(self._path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        self._claimed = True
        self._forget()

    def release_interface(self, dev_handle: object, intf: int) -> None:
        self._let_go()

    def clear_halt(self, dev_handle: object, ep: int) -> None:
        self._alive()
        self._halted.discard(ep)

    # Transfers.

    def bulk_write(self, dev_handle: object, ep: int, intf: int, data: Any, timeout: int) -> int:
        self._alive()
        self._check_halt(ep)
        part = bytes(data)
        if self._faults.on("refuse-writes"):
            return len(part) - 1
        if ep == HEAD_OUT:
            self._request = part
        else:
            self._forget()
            os.write(self._line, self._request + part)
        return len(part)

    def bulk_read(self, dev_handle: object, ep: int, intf: int, buff: Any, timeout: int) -> int:
        until = time.monotonic() + timeout / 1000
        while True:
            self._alive()
            self._check_halt(ep)
            transfers = self._waiting[ep]
            while len(transfers) > 1 and not transfers[0]:
                transfers.pop(0)
            left = 0.0 if transfers[0] else until - time.monotonic()
            self._receive(max(0.0, min(0.01, left)))
            if waiting := transfers[0]:
                if self._faults.on("stall"):
                    self._halted.add(ep)
                    self._waiting[ep] = [b""]
                    continue
                size = min(len(buff), len(waiting), _SHORT if self._faults.on("short") else len(waiting))
                buff[:size] = type(buff)("B", waiting[:size])
                transfers[0] = waiting[size:]
                return size
            if time.monotonic() >= until:
                raise usb.core.USBTimeoutError("Operation timed out", None, errno.ETIMEDOUT)

    def _receive(self, seconds: float) -> None:
        """Take what the SAM says, and put heads before one endpoint and all else before the other."""
        try:
            if not select.select([self._line], [], [], seconds)[0]:
                return
            data = os.read(self._line, 4096)
        except OSError:
            data = b""
        if not data:  # the SAM's end of the line has closed
            self.unplug()
            raise self._gone()
        while data:
            if self._rest:
                taken, data = data[: self._rest], data[self._rest :]
                self._rest -= len(taken)
                self._waiting[REST_IN][-1] += taken
                if not self._rest:
                    self._waiting[REST_IN].append(b"")
                continue
            taken, data = data[:1], data[1:]
            self._waiting[HEAD_IN][-1] += taken
            self._head = (self._head + taken)[-HEAD:]
            if len(self._head) == HEAD and self._head.startswith(PREAMBLE):
                length = int.from_bytes(self._head[len(PREAMBLE) :], "big")
                self._rest = length if length <= MAX_LENGTH else 0
                self._head = b""
                self._waiting[HEAD_IN].append(b"")  # a transfer ends here: what follows comes with the next

    def _forget(self) -> None:
        self._waiting = {HEAD_IN: [b""], REST_IN: [b""]}
        self._head, self._rest = b"", 0

    def _let_go(self) -> None:
        if self._line >= 0:
            os.close(self._line)
        self._line, self._claimed = -1, False

    def _check_halt(self, endpoint: int) -> None:
        if endpoint in self._halted:
            raise usb.core.USBError("Pipe error", None, errno.EPIPE)

    def _alive(self) -> None:
        if not self._path:
            raise self._gone()

    @staticmethod
    def _gone() -> usb.core.USBError:
        return usb.core.USBError("No such device (it may have been disconnected)", None, errno.ENODEV)
