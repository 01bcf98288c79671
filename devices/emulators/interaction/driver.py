"""`emulated://…` for what the person at the counter sees, hears and answers on.

emulated://rating-device?grade=5&after=2&fault=…        grade: pressed so many seconds after each question
emulated://customer-display?lines=2&columns=20
emulated://queue-caller?numbers=A001,A002&fault=…       numbers: who waits; without, numbers go on by themselves
emulated://number-display?fault=…
"""

from __future__ import annotations

from typing import Any

from devices.base import Device, Picture
from devices.drivers.interaction import caller_serial, caller_tcp, display_serial, rating_serial
from devices.emulators.emulated import EmulatedDevice, Kinds, not_open
from devices.emulators.interaction.counter_emulators import CallerEmulator, RatingEmulator
from devices.emulators.interaction.display_emulator import DisplayEmulator
from devices.emulators.interaction.queue_service import QueueServiceEmulator
from devices.kinds.interaction import CustomerScreen, QueueCaller, RatingDevice
from devices.outcome import Reply
from devices.uri import DeviceUri


class EmulatedRatingDevice(EmulatedDevice[RatingEmulator, RatingDevice], RatingDevice):
    """emulator.press(grade) is the person's hand."""

    def ask_rating(self, clerk: str, item: str, timeout: float = 60.0) -> Reply[int]:
        return self._driver.ask_rating(clerk, item, timeout) if self._driver else not_open()

    def greet(self, clerk: str, number: str) -> Reply[str]:
        return self._driver.greet(clerk, number) if self._driver else not_open()


class EmulatedDisplay(EmulatedDevice[DisplayEmulator, CustomerScreen], CustomerScreen):
    def show_picture(self, picture: Picture) -> Reply[str]:
        return self._driver.show_picture(picture) if self._driver else not_open()

    def show_lines(self, lines: tuple[str, ...]) -> Reply[str]:
        return self._driver.show_lines(lines) if self._driver else not_open()


class EmulatedCaller(EmulatedDevice[Any, QueueCaller], QueueCaller):
    def call_number(self, number: str, counter: str, again: bool = False) -> Reply[str]:
        return self._driver.call_number(number, counter, again) if self._driver else not_open()

    def next_number(self, counter: str, timeout: float = 5.0) -> Reply[str]:
        return self._driver.next_number(counter, timeout) if self._driver else not_open()

    def miss_number(self, number: str, counter: str) -> Reply[str]:
        return self._driver.miss_number(number, counter) if self._driver else not_open()


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


KINDS: Kinds = {
    "rating-device": (("grade", "after", "fault"), _rating),
    "customer-display": (("lines", "columns", "fault"), _display),
    "queue-caller": (("numbers", "fault"), _queue),
    "number-display": (("fault",), _number_display),
}
