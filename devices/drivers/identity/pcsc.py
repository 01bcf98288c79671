"""Smart-card readers on PC/SC, contact and contactless: `pcsc:`, `pcsc:0`, `pcsc:ACS%20ACR39U?exclusive=1`."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from devices.base import DeviceKind
from devices.discovery import Found
from devices.drivers.identity.pcsc_api import SCOPE_USER, Winscard, checked, system_api
from devices.drivers.identity.pcsc_chip import PcscChip
from devices.drivers.links.guarded import GuardedDevice
from devices.failure import Failure
from devices.kinds.identity import Answer, ChipReader, SmartCardReader
from devices.outcome import Reply
from devices.uri import DeviceUri, bad_uri


class PcscCalls(GuardedDevice, ChipReader):
    """A ChipReader's calls on a PcscChip. A reader or service that is lost closes the driver until `open` succeeds.

    What it gives: see PcscChip. A transmit that takes longer than its time is left alone and the card with it.
    """

    def __init__(self, uri: str, which: str, exclusive: bool = False, api: Callable[[], Winscard] = system_api) -> None:
        super().__init__(uri)
        self._chip = PcscChip(which, self._cancelled, exclusive, api)

    def open(self) -> Reply[str]:
        """The value is the reader's name."""
        return self._call(self._chip.open)

    def close(self) -> None:
        self._chip.close()

    def probe(self) -> Reply[str]:
        return self._call(self._chip.probe)

    def connect_card(self, timeout: float = 5.0) -> Reply[bytes]:
        return self._call(lambda: self._chip.connect(timeout))

    def transmit(self, command: bytes, timeout: float = 5.0) -> Reply[Answer]:
        """As ChipReader. ValueError when the bytes are no command: that is a defect of the caller."""
        return self._call(lambda: self._chip.transmit(command, timeout))

    def release_card(self) -> None:
        self._chip.release()


class PcscSmartCard(PcscCalls, SmartCardReader):
    """A reader of social-security cards, PSAM and whatever else speaks ISO 7816-4."""


def parse(uri: str) -> tuple[str, bool]:
    """The reader wanted and whether alone. BadInput when the URI is malformed. Options: exclusive."""
    parsed = DeviceUri.parse(uri, ["exclusive"])
    if parsed.port is not None:
        raise bad_uri(uri, "不应有端口号")
    which = (parsed.host + parsed.path).strip("/")
    if len(which) > 200:
        raise bad_uri(uri, "的读卡器名称过长")
    return which, parsed.flag("exclusive")


def discover(kind: DeviceKind, api: Callable[[], Winscard] = system_api) -> list[Found]:
    """The readers that PC/SC knows now; none where its service does not run."""
    if kind is not DeviceKind.SMART_CARD:
        return []
    try:
        service = api()
        (context,) = checked(service.SCardEstablishContext(SCOPE_USER))
        try:
            (readers,) = checked(service.SCardListReaders(context, []))
        finally:
            service.SCardReleaseContext(context)
    except Failure:
        return []
    return [Found(f"pcsc:{quote(name)}", name) for name in readers]


def open_driver(uri: str) -> PcscSmartCard:
    """The driver of a `pcsc:` URI. BadInput when it is malformed."""
    return PcscSmartCard(uri, *parse(uri))
