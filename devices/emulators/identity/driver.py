"""`emulated://…` for what reads cards and documents.

emulated://id-reader?person=zhang-wei&after=0.5&fault=split,bad-checksum:1
emulated://id-reader-usb?person=zhang-wei&after=0.5&fault=stall:1
emulated://smart-card?person=wang-ji&card=psam&after=0.5&vpcd=35963&fault=slow
emulated://passport-reader?person=li-na&after=0.5&vpcd=35963&wire=wedge&fault=split

`vpcd` is the port of a running vpcd that carries the card through the system's pcscd; without it a service in this
process stands in for pcscd (card_reader).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from app.domain.person import IdCard
from devices.base import Device
from devices.drivers.identity import sdt
from devices.drivers.identity.passport import SerialPassportReader, TextPassportReader
from devices.drivers.identity.passport_wedge import GrabbedPassportReader
from devices.drivers.identity.pcsc import PcscSmartCard
from devices.drivers.identity.sdt import SdtReader
from devices.drivers.identity.sdt_usb import UsbConnection
from devices.emulators.emulated import EmulatedDevice, Kinds, not_open
from devices.emulators.faults import Faults
from devices.emulators.identity import mrz_emulator
from devices.emulators.identity.card_photo import photo_of
from devices.emulators.identity.card_reader import CardReaderEmulator
from devices.emulators.identity.cards import Chip, Psam, SocialCard
from devices.emulators.identity.mrz_emulator import MrzEmulator, passport_zone
from devices.emulators.identity.mrz_keys import MrzKeysEmulator
from devices.emulators.identity.sam import SamEmulator
from devices.emulators.people import DemoPerson, demo_people
from devices.kinds.identity import (
    Answer,
    CardReading,
    ChipReader,
    IdReader,
    MrzReading,
    PassportReader,
    SmartCardReader,
)
from devices.outcome import Reply
from devices.uri import DeviceUri, bad_uri

if TYPE_CHECKING:
    from devices.emulators.identity.sam_usb import UsbSamEmulator


S = TypeVar("S", bound="SamEmulator | UsbSamEmulator")


class EmulatedIdReader(EmulatedDevice[S, IdReader], IdReader):
    """emulator.place(card) and emulator.remove() move cards while it runs."""

    def __init__(
        self,
        uri: str,
        emulator: S,
        driver: Callable[[S], IdReader],
        card: IdCard | None = None,
        after: float = 0.0,
        photo: bytes | None = None,
    ) -> None:
        """driver: as EmulatedDevice. card: laid on the reader `after` seconds after each open. photo: in its chip."""
        super().__init__(uri, emulator, driver)
        self._card = card
        self._after = after
        self._photo = photo

    def open(self) -> Reply[str]:
        if self._card and not self._driver:
            self.emulator.place(self._card, self._photo, self._after)
        return super().open()

    def lay(self, card: IdCard) -> None:
        """Another card instead of the one on the reader, now and after each open. From any thread."""
        self._card = card
        self.emulator.place(card, self._photo, self._after)

    def read_card(self, timeout: float = 5.0) -> Reply[CardReading]:
        return self._driver.read_card(timeout) if self._driver else not_open()


class _EmulatedChips(EmulatedDevice[Any, Any], ChipReader):
    """The calls of a chip reader, passed to the real driver."""

    def connect_card(self, timeout: float = 5.0) -> Reply[bytes]:
        return self._driver.connect_card(timeout) if self._driver else not_open()

    def transmit(self, command: bytes, timeout: float = 5.0) -> Reply[Answer]:
        return self._driver.transmit(command, timeout) if self._driver else not_open()

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


def _on_serial(faults: Faults) -> MrzEmulator:
    return MrzEmulator(faults=faults)


def typed(faults: Faults) -> MrzEmulator:
    """Zones as key events, for PassportEmulator."""
    return MrzKeysEmulator(faults=faults)


class PassportEmulator:
    """A document reader with both halves: zones over a serial line or typed, the chip on a PC/SC reader."""

    def __init__(self, vpcd: int | None = None, zones: Callable[[Faults], MrzEmulator] = _on_serial) -> None:
        # Here, so that a missing library of the chips costs this device alone.
        from devices.emulators.identity.emrtd_chip import FAULTS

        self.chips = CardReaderEmulator(vpcd, mrz_emulator.FAULTS | FAULTS)
        self.faults = self.chips.faults
        self.zones = zones(self.faults)

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
        self.place_chip(person, after)
        self.zones.lay(passport_zone(person), after)

    def place_chip(self, person: DemoPerson, after: float = 0.0) -> None:
        """Lay the chip alone."""
        from devices.emulators.identity.emrtd_people import passport_chip

        self.chips.place(passport_chip(person, self.faults), after)

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
            self.emulator.place_chip(self._person, self._after)
        return super().open()

    def lay(self, person: DemoPerson) -> None:
        """Another passport instead of this one, from the next question on. From any thread."""
        self._person = person
        if self._driver:
            self.emulator.place_chip(person, self._after)

    def read_zone(self, timeout: float = 10.0) -> Reply[MrzReading]:
        if not self._driver:
            return not_open()
        if self._person:
            # As a person does it: the document is laid down when it is asked for.
            self.emulator.zones.lay(passport_zone(self._person), max(self._after, 0.1))
        reply: Reply[MrzReading] = self._driver.read_zone(timeout)
        return reply


def _passport_driver(uri: str) -> Callable[[PassportEmulator], TextPassportReader]:
    def driver(started: PassportEmulator) -> TextPassportReader:
        path, chip, api = started.zones.path, started.chips.which, started.chips.api
        if isinstance(started.zones, MrzKeysEmulator):
            return GrabbedPassportReader(uri, path, chip, grab=False, api=api)
        return SerialPassportReader(uri, path, chip=chip, api=api)

    return driver


def _id_reader(parsed: DeviceUri) -> Device:
    return _with_card(parsed, SamEmulator(), lambda started: sdt.open_driver(f"sdt://{started.path}"))


def _id_reader_usb(parsed: DeviceUri) -> Device:
    # Here, so that a missing pyusb costs this device alone.
    from devices.emulators.identity.sam_usb import UsbSamEmulator

    return _with_card(
        parsed, UsbSamEmulator(), lambda started: SdtReader(parsed.text, UsbConnection(backend=started.backend))
    )


def _with_card(parsed: DeviceUri, emulator: S, driver: Callable[[S], IdReader]) -> Device:
    emulator.faults.set_all(parsed.options.get("fault", ""))
    person = _person(parsed)
    photo = photo_of(parsed.integer("face", 0, 0, 2)) if "face" in parsed.options else None
    return EmulatedIdReader(parsed.text, emulator, driver, person.card if person else None, _after(parsed), photo)


def _smart_card(parsed: DeviceUri) -> Device:
    kind, person = parsed.options.get("card", "social"), _person(parsed)
    if kind not in ("social", "psam"):
        raise bad_uri(parsed.text, "中的卡不存在", "可用：social、psam。")
    chip: Chip | None = Psam() if kind == "psam" else SocialCard(person.card) if person else None
    emulator = CardReaderEmulator(_vpcd(parsed))
    emulator.faults.set_all(parsed.options.get("fault", ""))
    return EmulatedSmartCard(parsed.text, emulator, chip, _after(parsed))


def _passport_reader(parsed: DeviceUri) -> Device:
    wire = parsed.options.get("wire", "serial")
    if wire not in ("serial", "wedge"):
        raise bad_uri(parsed.text, "的参数 wire 不正确", "可用：serial、wedge。")
    emulator = PassportEmulator(_vpcd(parsed), typed if wire == "wedge" else _on_serial)
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


KINDS: Kinds = {
    "id-reader": (("person", "after", "face", "fault"), _id_reader),
    "id-reader-usb": (("person", "after", "face", "fault"), _id_reader_usb),
    "smart-card": (("person", "card", "after", "vpcd", "fault"), _smart_card),
    "passport-reader": (("person", "after", "vpcd", "wire", "fault"), _passport_reader),
}
