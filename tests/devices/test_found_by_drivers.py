"""What each driver finds plugged in, for the list of the device panel."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.base import DeviceKind
from devices.drivers.identity import pcsc
from devices.drivers.imaging import escl
from devices.drivers.links import mdns
from devices.drivers.links.mdns import Service
from devices.drivers.output import ipp
from devices.drivers.output.ipp import Queue
from devices.emulators.identity.card_service import CardService
from devices.emulators.identity.card_slot import CardSlot
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
    monkeypatch.setattr(mdns, "ask", lambda kinds: {kind: [] for kind in kinds})
    monkeypatch.setattr(ipp, "list_queues", lambda: reply or Reply(Outcome.OK, (queue,)))
    found = ipp.discover(DeviceKind.PRINTER)
    assert [(one.uri, one.name, one.detail) for one in found] == ([] if reply else [(queue.uri, "办公室", "二楼")])
    assert ipp.discover(DeviceKind.SCANNER) == []


def test_scanners_of_sane(tmp_path: Path) -> None:
    from contextlib import ExitStack

    from sane_kit import sane_test_scanner

    from devices.drivers.imaging import sane_scanner

    with ExitStack() as stack:
        sane_test_scanner(stack, tmp_path)
        uris = [one.uri for one in sane_scanner.discover(DeviceKind.SCANNER)]
    assert "sane:test:0" in uris


ON_THE_NET = {
    "_uscan._tcp": [Service("大厅扫描仪", "192.0.2.7", 80, {"rs": "eSCL", "ty": "Acme S1"})],
    "_uscans._tcp": [
        Service("大厅扫描仪", "192.0.2.7", 443, {"rs": "eSCL", "ty": "Acme S1"}),
        Service("Only TLS", "192.0.2.8", 443, {"rs": "/scan/eSCL"}),
    ],
    "_ipp._tcp": [
        Service("前台", "192.0.2.9", 631, {"rp": "ipp/print", "ty": "Acme P1", "pdl": "application/pdf,image/urf"}),
        Service("Old", "192.0.2.10", 631, {"rp": "ipp", "pdl": "application/postscript"}),
    ],
}


def test_scanners_and_printers_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mdns, "ask", lambda kinds: {kind: ON_THE_NET[kind] for kind in kinds})
    monkeypatch.setattr(ipp, "list_queues", lambda: Reply(Outcome.DISCONNECTED, detail="没有打印服务"))
    scanners = escl.discover(DeviceKind.SCANNER)
    assert [(one.uri, one.name, one.detail) for one in scanners] == [
        ("escl://192.0.2.7:80/eSCL", "Acme S1", "大厅扫描仪，192.0.2.7"),
        ("escl://192.0.2.8:443/scan/eSCL?tls=1", "Only TLS", "Only TLS，192.0.2.8"),
    ]
    printers = ipp.discover(DeviceKind.PRINTER)
    assert [(one.uri, one.name) for one in printers] == [("ipp://192.0.2.9:631/ipp/print", "Acme P1")]
    for one in (*scanners, *printers):
        assert open_device(one.uri).kind in (DeviceKind.SCANNER, DeviceKind.PRINTER)
    assert escl.discover(DeviceKind.PRINTER) == []


def test_printers_that_only_the_system_knows(monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    from app.workers import system_printer

    queue = Queue("办公室", "cups:x", "", True)
    monkeypatch.setattr(ipp, "list_queues", lambda: Reply(Outcome.OK, (queue,)))
    monkeypatch.setattr(system_printer, "system_printers", lambda: ("办公室", "HP 1020 二楼"))
    (found,) = system_printer.discover(DeviceKind.PRINTER)
    assert (found.name, open_device(found.uri).kind) == ("HP 1020 二楼", DeviceKind.PRINTER)
    assert open_device(found.uri).open().detail == "系统中没有打印机“HP 1020 二楼”，请在系统设置中添加"
    assert system_printer.discover(DeviceKind.SCANNER) == []
    monkeypatch.setattr(system_printer.QGuiApplication, "instance", lambda: None)
    assert system_printer.discover(DeviceKind.PRINTER) == [], "Qt is not asked without an application"
