"""`emulated://…` for what takes money.

emulated://payment-terminal?fault=…
emulated://payment-code?fault=…
"""

from __future__ import annotations

from typing import Any

from devices.base import Device
from devices.drivers.payment import pay_http, pos_serial
from devices.emulators.emulated import EmulatedDevice, Kinds, not_open
from devices.emulators.payment.pay_service import PayServiceEmulator
from devices.emulators.payment.pos_emulator import PosEmulator
from devices.kinds.payment import Payment, PaymentTerminal
from devices.outcome import Reply
from devices.uri import DeviceUri


class EmulatedTerminal(EmulatedDevice[Any, PaymentTerminal], PaymentTerminal):
    def pay(self, amount: int, order: str, code: str = "", timeout: float = 120.0) -> Reply[Payment]:
        return self._driver.pay(amount, order, code, timeout) if self._driver else not_open()

    def query(self, order: str) -> Reply[Payment]:
        return self._driver.query(order) if self._driver else not_open()

    def refund(self, order: str, amount: int) -> Reply[Payment]:
        return self._driver.refund(order, amount) if self._driver else not_open()


def _terminal(parsed: DeviceUri) -> Device:
    emulator = PosEmulator()
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedTerminal(
        parsed.text, emulator, lambda started: pos_serial.open_driver(f"pos+serial://{started.path}")
    )


def _code_payment(parsed: DeviceUri) -> Device:
    emulator = PayServiceEmulator()
    emulator.faults.set_all(parsed.options.get("fault", ""))
    device = EmulatedTerminal(parsed.text, emulator, lambda started: pay_http.open_driver(started.url))
    device.takes_code = True
    return device


KINDS: Kinds = {
    "payment-terminal": (("fault",), _terminal),
    "payment-code": (("fault",), _code_payment),
}
