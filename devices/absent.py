"""What stands where no device is configured, or where its driver cannot be loaded: nobody has to check for None."""

from __future__ import annotations

from typing import Any

from devices.base import Device, DeviceKind
from devices.kinds.biometric import FaceCamera, FingerprintReader
from devices.kinds.clerk_key import ClerkKey
from devices.kinds.entry import CodeScanner, PinPad, SignaturePad
from devices.kinds.identity import IdReader, PassportReader, SmartCardReader
from devices.kinds.imaging import Camera, Scanner
from devices.kinds.interaction import CustomerScreen, QueueCaller, RatingDevice
from devices.kinds.output import CardPrinter, Printer, ReceiptPrinter
from devices.kinds.payment import PaymentTerminal
from devices.outcome import Outcome, Reply

CONTRACTS: dict[DeviceKind, type[Device]] = {
    contract.kind: contract
    for contract in (
        IdReader,
        PassportReader,
        SmartCardReader,
        FingerprintReader,
        Camera,
        FaceCamera,
        Scanner,
        SignaturePad,
        CodeScanner,
        PinPad,
        ReceiptPrinter,
        Printer,
        CardPrinter,
        RatingDevice,
        CustomerScreen,
        QueueCaller,
        PaymentTerminal,
        ClerkKey,
    )
}
"""The abstract class of each kind."""


EMPTY = "absent:"
"""The URI of a place where nothing is configured."""


class AbsentDevice(Device):
    """Every call of its kind says DISCONNECTED."""

    def __init__(self, kind: DeviceKind, detail: str = "未配置此设备") -> None:
        super().__init__(EMPTY)
        self.kind = kind
        self._reply: Reply[Any] = Reply(Outcome.DISCONNECTED, detail=detail)

    def open(self) -> Reply[str]:
        return self._reply

    def close(self) -> None:
        return

    def probe(self) -> Reply[str]:
        return self._reply

    def __getattr__(self, name: str) -> Any:
        """Whatever else its kind can be asked; the class's own values (width_dots) as they stand there."""
        if name.startswith("_") or not hasattr(CONTRACTS[self.kind], name):
            raise AttributeError(name)
        offered = getattr(CONTRACTS[self.kind], name)
        return (lambda *_, **__: self._reply) if callable(offered) else offered
