"""`emulated://…` for what speaks with people and takes their money.

emulated://fingerprint?fault=…
emulated://rating-device?grade=5&after=2&fault=…        grade: pressed so many seconds after each question
emulated://customer-display?lines=2&columns=20
emulated://queue-caller?numbers=A001,A002&fault=…       numbers: who waits; without, numbers go on by themselves
emulated://number-display?fault=…
emulated://payment-terminal?fault=…
emulated://payment-code?fault=…
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from devices.base import Device, Picture
from devices.drivers import caller_serial, caller_tcp, display_serial, pay_http, pos_serial, rating_serial
from devices.drivers.fingerprint_host import HostedFingerprintReader
from devices.emulators.counter_emulators import CallerEmulator, RatingEmulator
from devices.emulators.display_emulator import DisplayEmulator
from devices.emulators.driver import EmulatedDevice
from devices.emulators.fingerprint_host import FingerprintEmulator
from devices.emulators.pay_service import PayServiceEmulator
from devices.emulators.pos_emulator import PosEmulator
from devices.emulators.queue_service import QueueServiceEmulator
from devices.failure import NOT_OPEN
from devices.kinds.biometric import Fingerprint, FingerprintReader
from devices.kinds.interaction import CustomerScreen, QueueCaller, RatingDevice
from devices.kinds.payment import Payment, PaymentTerminal
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri


class EmulatedFingerprintReader(EmulatedDevice[FingerprintEmulator, FingerprintReader], FingerprintReader):
    def capture(self, timeout: float = 10.0) -> Reply[Fingerprint]:
        return self._driver.capture(timeout) if self._driver else _not_open()

    def match(self, captured: Fingerprint, template: bytes) -> Reply[float]:
        return self._driver.match(captured, template) if self._driver else _not_open()


class EmulatedRatingDevice(EmulatedDevice[RatingEmulator, RatingDevice], RatingDevice):
    """emulator.press(grade) is the person's hand."""

    def ask_rating(self, clerk: str, item: str, timeout: float = 60.0) -> Reply[int]:
        return self._driver.ask_rating(clerk, item, timeout) if self._driver else _not_open()

    def greet(self, clerk: str, number: str) -> Reply[str]:
        return self._driver.greet(clerk, number) if self._driver else _not_open()


class EmulatedDisplay(EmulatedDevice[DisplayEmulator, CustomerScreen], CustomerScreen):
    def show_picture(self, picture: Picture) -> Reply[str]:
        return self._driver.show_picture(picture) if self._driver else _not_open()

    def show_lines(self, lines: tuple[str, ...]) -> Reply[str]:
        return self._driver.show_lines(lines) if self._driver else _not_open()


class EmulatedCaller(EmulatedDevice[Any, QueueCaller], QueueCaller):
    def call_number(self, number: str, counter: str, again: bool = False) -> Reply[str]:
        return self._driver.call_number(number, counter, again) if self._driver else _not_open()

    def next_number(self, counter: str, timeout: float = 5.0) -> Reply[str]:
        return self._driver.next_number(counter, timeout) if self._driver else _not_open()

    def miss_number(self, number: str, counter: str) -> Reply[str]:
        return self._driver.miss_number(number, counter) if self._driver else _not_open()


class EmulatedTerminal(EmulatedDevice[Any, PaymentTerminal], PaymentTerminal):
    def pay(self, amount: int, order: str, code: str = "", timeout: float = 120.0) -> Reply[Payment]:
        return self._driver.pay(amount, order, code, timeout) if self._driver else _not_open()

    def query(self, order: str) -> Reply[Payment]:
        return self._driver.query(order) if self._driver else _not_open()

    def refund(self, order: str, amount: int) -> Reply[Payment]:
        return self._driver.refund(order, amount) if self._driver else _not_open()


def _fingerprint(parsed: DeviceUri) -> Device:
    emulator = FingerprintEmulator()
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedFingerprintReader(
        parsed.text, emulator, lambda started: HostedFingerprintReader(parsed.text, started.command)
    )


def _rating(parsed: DeviceUri) -> Device:
    grade = parsed.integer("grade", 0, 0, 5) if "grade" in parsed.options else None
    emulator = RatingEmulator(grade, parsed.number("after", 0.0, 0, 3600))
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedRatingDevice(
        parsed.text, emulator, lambda started: rating_serial.open_driver(f"rating+serial://{started.path}")
    )


def _display(parsed: DeviceUri) -> Device:
    lines, columns = parsed.integer("lines", 2, 1, 8), parsed.integer("columns", 20, 8, 80)
    emulator = DisplayEmulator(lines)
    emulator.faults.set_all(parsed.options.get("fault", ""))
    options = f"lines={lines}&columns={columns}"
    return EmulatedDisplay(
        parsed.text, emulator, lambda started: display_serial.open_driver(f"display+serial://{started.path}?{options}")
    )


def _queue(parsed: DeviceUri) -> Device:
    numbers = [number for number in parsed.options.get("numbers", "").split(",") if number]
    emulator = QueueServiceEmulator(numbers, endless=not numbers)
    emulator.faults.set_all(parsed.options.get("fault", ""))
    device = EmulatedCaller(
        parsed.text, emulator, lambda started: caller_tcp.open_driver("caller+tcp://{}:{}".format(*started.address))
    )
    device.keeps_queue = True
    return device


def _number_display(parsed: DeviceUri) -> Device:
    emulator = CallerEmulator()
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedCaller(
        parsed.text, emulator, lambda started: caller_serial.open_driver(f"caller+serial://{started.path}")
    )


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


def _not_open() -> Reply[Any]:
    return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)


KINDS: dict[str, tuple[tuple[str, ...], Callable[[DeviceUri], Device]]] = {
    "fingerprint": (("fault",), _fingerprint),
    "rating-device": (("grade", "after", "fault"), _rating),
    "customer-display": (("lines", "columns", "fault"), _display),
    "queue-caller": (("numbers", "fault"), _queue),
    "number-display": (("fault",), _number_display),
    "payment-terminal": (("fault",), _terminal),
    "payment-code": (("fault",), _code_payment),
}
