"""Emulated devices of category A besides the serial ID reader (driver):

emulated://id-reader-usb?person=zhang-wei&after=0.5&fault=stall:1
emulated://smart-card?person=wang-ji&card=psam&after=0.5&vpcd=35963&fault=slow
emulated://passport-reader?person=li-na&after=0.5&vpcd=35963&fault=split

`vpcd` is the port of a running vpcd that carries the card through the system's pcscd; without it a service in this
process stands in for pcscd (card_reader).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.domain.person import IdCard
from devices.base import Device
from devices.drivers.passport import SerialPassportReader
from devices.drivers.pcsc import PcscSmartCard
from devices.drivers.sdt import SdtReader
from devices.drivers.sdt_usb import UsbConnection
from devices.emulators import mrz_emulator
from devices.emulators.card_reader import CardReaderEmulator
from devices.emulators.cards import Chip, Psam, SocialCard, emrtd_of
from devices.emulators.driver import EmulatedDevice
from devices.emulators.mrz_emulator import MrzEmulator, passport_zone
from devices.emulators.people import DemoPerson, demo_people
from devices.emulators.sam_usb import UsbSamEmulator
from devices.failure import NOT_OPEN
from devices.kinds.identity import (
    Answer,
    CardReading,
    ChipReader,
    IdReader,
    MrzReading,
    PassportReader,
    SmartCardReader,
)
from devices.outcome import Outcome, Reply
from devices.uri import DeviceUri, bad_uri


class EmulatedUsbIdReader(EmulatedDevice[UsbSamEmulator, IdReader], IdReader):
    """emulator.place(card) and emulator.remove() move cards while it runs."""

    def __init__(self, uri: str, emulator: UsbSamEmulator, card: IdCard | None = None, after: float = 0.0) -> None:
        """card: laid on the reader `after` seconds after each open."""
        super().__init__(uri, emulator, lambda started: SdtReader(uri, UsbConnection(backend=started.backend)))
        self._card = card
        self._after = after

    def open(self) -> Reply[str]:
        if self._card and not self._driver:
            self.emulator.place(self._card, after=self._after)
        return super().open()

    def read_card(self, timeout: float = 5.0) -> Reply[CardReading]:
        return self._driver.read_card(timeout) if self._driver else _not_open()


class _EmulatedChips(EmulatedDevice[Any, Any], ChipReader):
    """The calls of a chip reader, passed to the real driver."""

    def connect_card(self, timeout: float = 5.0) -> Reply[bytes]:
        return self._driver.connect_card(timeout) if self._driver else _not_open()

    def transmit(self, command: bytes, timeout: float = 5.0) -> Reply[Answer]:
        return self._driver.transmit(command, timeout) if self._driver else _not_open()

    def release_card(self) -> None:
        if self._driver:
            self._driver.release_card()


class EmulatedSmartCard(_EmulatedChips, SmartCardReader):
    """emulator.place(chip) and emulator.remove() move cards while it runs."""

    def __init__(self, uri: str, emulator: CardReaderEmulator, chip: Chip | None = None, after: float = 0.0) -> None:
        """chip: laid on the reader `after` seconds after each open."""
        super().__init__(uri, emulator, lambda started: PcscSmartCard(uri, started.which, api=started.api))
        self._chip = chip
        self._after = after

    def open(self) -> Reply[str]:
        if self._chip and not self._driver:
            self.emulator.place(self._chip, self._after)
        return super().open()


class PassportEmulator:
    """A document reader with both halves: zones over a serial line, the chip on a PC/SC reader."""

    def __init__(self, vpcd: int | None = None) -> None:
        self.chips = CardReaderEmulator(vpcd, mrz_emulator.FAULTS)
        self.faults = self.chips.faults
        self.zones = MrzEmulator(faults=self.faults)

    def start(self) -> None:
        """OSError when there should be a vpcd and is none."""
        self.chips.start()
        self.zones.start()

    def stop(self) -> None:
        """Pull it out."""
        self.zones.stop()
        self.chips.stop()

    def lay(self, person: DemoPerson, after: float = 0.0) -> None:
        """Lay somebody's passport on it, after so many seconds; its chip stays until the next."""
        zone = passport_zone(person)
        self.chips.place(emrtd_of(zone), after)
        self.zones.lay(zone, after)

    def remove(self) -> None:
        """Take the passport away."""
        self.chips.remove()


class EmulatedPassportReader(_EmulatedChips, PassportReader):
    """emulator.lay(person) and emulator.remove() move passports while it runs."""

    def __init__(
        self, uri: str, emulator: PassportEmulator, person: DemoPerson | None = None, after: float = 0.0
    ) -> None:
        """person: whose passport is laid on the reader `after` seconds after each question for a zone."""
        super().__init__(uri, emulator, _passport_driver(uri))
        self._person = person
        self._after = after

    def open(self) -> Reply[str]:
        if self._person and not self._driver:
            self.emulator.chips.place(emrtd_of(passport_zone(self._person)), self._after)
        return super().open()

    def read_zone(self, timeout: float = 10.0) -> Reply[MrzReading]:
        if not self._driver:
            return _not_open()
        if self._person:
            # As a person does it: the document is laid down when it is asked for.
            self.emulator.zones.lay(passport_zone(self._person), max(self._after, 0.1))
        reply: Reply[MrzReading] = self._driver.read_zone(timeout)
        return reply


def _passport_driver(uri: str) -> Callable[[PassportEmulator], SerialPassportReader]:
    return lambda started: SerialPassportReader(
        uri, started.zones.path, chip=started.chips.which, api=started.chips.api
    )


def _id_reader_usb(parsed: DeviceUri) -> Device:
    emulator = UsbSamEmulator()
    emulator.faults.set_all(parsed.options.get("fault", ""))
    person = _person(parsed)
    return EmulatedUsbIdReader(parsed.text, emulator, person.card if person else None, _after(parsed))


def _smart_card(parsed: DeviceUri) -> Device:
    kind, person = parsed.options.get("card", "social"), _person(parsed)
    if kind not in ("social", "psam"):
        raise bad_uri(parsed.text, "中的卡不存在", "可用：social、psam。")
    chip: Chip | None = Psam() if kind == "psam" else SocialCard(person.card) if person else None
    emulator = CardReaderEmulator(_vpcd(parsed))
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedSmartCard(parsed.text, emulator, chip, _after(parsed))


def _passport_reader(parsed: DeviceUri) -> Device:
    emulator = PassportEmulator(_vpcd(parsed))
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedPassportReader(parsed.text, emulator, _person(parsed), _after(parsed))


def _person(parsed: DeviceUri) -> DemoPerson | None:
    name = parsed.options.get("person", "")
    if name and name not in demo_people():
        raise bad_uri(parsed.text, "中的人员不存在", "可用：" + "、".join(demo_people()) + "。")
    return demo_people().get(name)


def _after(parsed: DeviceUri) -> float:
    return parsed.number("after", 0.0, 0, 3600)


def _vpcd(parsed: DeviceUri) -> int | None:
    return parsed.integer("vpcd", 1, 1, 65535) if "vpcd" in parsed.options else None


def _not_open() -> Reply[Any]:
    return Reply(Outcome.DISCONNECTED, detail=NOT_OPEN)


KINDS: dict[str, tuple[tuple[str, ...], Callable[[DeviceUri], Device]]] = {
    "id-reader-usb": (("person", "after", "fault"), _id_reader_usb),
    "smart-card": (("person", "card", "after", "vpcd", "fault"), _smart_card),
    "passport-reader": (("person", "after", "vpcd", "fault"), _passport_reader),
}
