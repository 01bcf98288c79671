"""What each driver finds plugged in, for the list of the device panel."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.base import DeviceKind
from devices.drivers import ipp, pcsc
from devices.drivers.ipp import Queue
from devices.emulators.card_service import CardService
from devices.emulators.card_slot import CardSlot
from devices.outcome import Outcome, Reply
from devices.registry import open_device


def test_card_readers_by_their_names_which_the_driver_takes() -> None:
    service = CardService(CardSlot(), "ACS ACR39U 00 00")
    (found,) = pcsc.discover(DeviceKind.SMART_CARD, lambda: service)
    assert (found.uri, found.name) == ("pcsc:ACS%20ACR39U%2000%2000", "ACS ACR39U 00 00")
    assert open_device(found.uri).kind is DeviceKind.SMART_CARD
    assert pcsc.discover(DeviceKind.PRINTER, lambda: service) == []


def test_no_service_is_no_reader() -> None:
    service = CardService(CardSlot(), "ACS ACR39U 00 00")
    service.plugged = False
    assert pcsc.discover(DeviceKind.SMART_CARD, lambda: service) == []


@pytest.mark.parametrize("reply", [Reply(Outcome.DISCONNECTED, detail="没有打印服务"), None])
def test_queues_of_cups(monkeypatch: pytest.MonkeyPatch, reply: Reply[tuple[Queue, ...]] | None) -> None:
    queue = Queue("办公室", "cups:%E5%8A%9E%E5%85%AC%E5%AE%A4", "二楼", True)
    monkeypatch.setattr(ipp, "list_queues", lambda: reply or Reply(Outcome.OK, (queue,)))
    found = ipp.discover(DeviceKind.PRINTER)
    assert [(one.uri, one.name, one.detail) for one in found] == ([] if reply else [(queue.uri, "办公室", "二楼")])
    assert ipp.discover(DeviceKind.SCANNER) == []


def test_scanners_of_sane(tmp_path: Path) -> None:
    from contextlib import ExitStack

    from sane_kit import sane_test_scanner

    from devices.drivers import sane_scanner

    with ExitStack() as stack:
        sane_test_scanner(stack, tmp_path)
        uris = [one.uri for one in sane_scanner.discover(DeviceKind.SCANNER)]
    assert "sane:test:0" in uris
