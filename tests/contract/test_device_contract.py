"""The contract of devices/kinds, run on every driver of each kind.

A rig brings a driver to life on what it drives: an emulator on the real wire, or a file. Whatever the registry
offers must have a rig, or stand among the schemes that need hardware.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rigs_basic
import rigs_entry
import rigs_identity
import rigs_imaging
import rigs_output
import rigs_talk
import rigs_vendor
from rigs import Build, Rig

from devices.absent import CONTRACTS, AbsentDevice
from devices.base import Device, DeviceKind
from devices.discovery import discover
from devices.kinds.identity import IdReader
from devices.kinds.imaging import Camera, Scanner, ScanSettings, ScanSource
from devices.kinds.interaction import QueueCaller
from devices.kinds.output import CardPrinter, Printer, ReceiptPrinter
from devices.kinds.payment import PaymentTerminal
from devices.outcome import Outcome, Reply
from devices.registry import BrokenDevice, drivers, open_device

CATEGORIES = (rigs_basic, rigs_identity, rigs_imaging, rigs_entry, rigs_output, rigs_talk, rigs_vendor)
RIGS: dict[str, tuple[str, Build]] = {name: rig for category in CATEGORIES for name, rig in category.RIGS.items()}
FAULTS = {name: faults for category in CATEGORIES for name, faults in category.FAULTS.items()}
CAMERAS = [name for name in RIGS if ("camera" in name and name != "mrz+camera") or name in ("http", "face")]
NEEDS_HARDWARE = {scheme: uri for category in CATEGORIES for scheme, uri in category.NEEDS_HARDWARE.items()}
NEVER_WAITS = {name for category in CATEGORIES for name in category.NEVER_WAITS}
LEAVES_IN_THE_DARK = (ReceiptPrinter, Printer, CardPrinter, PaymentTerminal, QueueCaller)
"""Only what prints, takes money or takes a number can leave one in the dark."""

_job = iter(range(1_000_000))


def work(device: Device, timeout: float = 5.0) -> Reply[Any]:
    """What a device of its kind is there for."""
    if isinstance(device, IdReader):
        return device.read_card(timeout)
    if isinstance(device, Camera):
        return device.read_frame(timeout)
    if isinstance(device, Scanner):
        source = ScanSource.GLASS if device.uri.startswith("sane:") else ScanSource.FEEDER
        return device.scan(ScanSettings(source, dpi=75), lambda _: None, timeout)
    if isinstance(device, ReceiptPrinter):
        return device.print_picture(np.zeros((20, 80, 3), np.uint8), f"job-{next(_job)}")
    if isinstance(device, CardPrinter):
        return device.print_card(np.zeros((20, 80, 3), np.uint8), None, f"job-{next(_job)}")
    for category in (rigs_identity, rigs_entry, rigs_talk):
        if (reply := category.work(device, timeout)) is not None:
            return reply
    assert isinstance(device, Printer)
    return device.print_pdf(b"%PDF-1.7 " + bytes(100_000), f"job-{next(_job)}", "受理通知书")


@pytest.fixture(params=RIGS)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    with ExitStack() as stack:
        rig = RIGS[request.param][1](stack, tmp_path)
        stack.callback(rig.device.close)
        yield rig


def test_every_scheme_is_under_contract() -> None:
    assert {scheme for scheme, _ in RIGS.values()} | set(NEEDS_HARDWARE) >= {
        scheme for scheme, value in drivers() if value.startswith("devices.")
    }


def test_before_open_and_after_close_every_call_says_disconnected(rig: Rig) -> None:
    assert rig.device.kind in DeviceKind
    for _ in range(2):
        assert rig.device.probe().outcome is Outcome.DISCONNECTED
        assert work(rig.device).outcome is Outcome.DISCONNECTED
        rig.device.cancel()
        rig.device.close()
        rig.device.close()
        assert rig.device.open().ok
        rig.device.close()


@pytest.mark.parametrize(
    "rig", ["file-still", "file-clip", "http", "emulated-camera", "face", "doccam+http"], indirect=True
)
def test_a_camera_is_asked_for_another_exposure_without_harm(rig: Rig) -> None:
    assert isinstance(rig.device, Camera)
    able = (Outcome.OK, Outcome.NOT_PRESENT)
    assert rig.device.set_exposure(-1).outcome in (Outcome.DISCONNECTED, Outcome.NOT_PRESENT)
    assert rig.device.open().ok
    assert rig.device.set_exposure(-1).outcome in able
    assert work(rig.device).ok
    assert rig.device.set_exposure(0).outcome in able


def test_opening_twice_is_harmless(rig: Rig) -> None:
    first, second = rig.device.open(), rig.device.open()
    assert first.unwrap() == second.unwrap()
    assert work(rig.device).ok


def test_it_works_again_after_closing_and_opening(rig: Rig) -> None:
    for _ in range(3):
        rig.device.open().unwrap()
        assert work(rig.device).ok
        assert rig.device.probe().unwrap()
        rig.device.close()


def test_probe_does_not_disturb_work(rig: Rig) -> None:
    rig.device.open().unwrap()
    for _ in range(3):
        begun = time.monotonic()
        assert rig.device.probe().ok
        assert time.monotonic() - begun < 4  # 2 by contract, and a busy machine
        assert work(rig.device).ok


@pytest.mark.parametrize("rig", [name for name in RIGS if name not in NEVER_WAITS], indirect=True)
def test_cancel_from_another_thread_ends_the_wait(rig: Rig) -> None:
    rig.device.open().unwrap()
    assert rig.faults is not None
    rig.faults.set(rig.slow)
    while isinstance(rig.device, Camera) and work(rig.device, 0.3).ok:
        pass
    timer = threading.Timer(0.3, rig.device.cancel)
    timer.start()
    begun = time.monotonic()
    reply = work(rig.device, 60)
    took = time.monotonic() - begun
    timer.join()
    # A page printer has the job by then, and on the raw port nobody can know. One that can be asked gives it back.
    raw = isinstance(rig.device, Printer) and "keeps-job" not in rig.faults.known
    assert reply.outcome is (Outcome.UNKNOWN if raw else Outcome.CANCELLED)
    assert took < 2.5
    rig.faults.clear()


def test_a_cancel_without_a_call_ends_none(rig: Rig) -> None:
    rig.device.open().unwrap()
    rig.device.cancel()
    assert work(rig.device).ok
    rig.device.cancel()
    assert rig.device.probe().ok


def _well_formed(reply: Reply[Any]) -> None:
    assert isinstance(reply.outcome, Outcome)
    assert (reply.value is not None) is reply.ok
    assert reply.ok or any("\u4e00" <= char <= "\u9fff" for char in reply.detail), reply


@pytest.mark.parametrize(
    ("name", "fault"), [(name, fault) for name, faults in FAULTS.items() for fault in sorted(faults)]
)
def test_no_fault_raises(name: str, fault: str, tmp_path: Path) -> None:
    with ExitStack() as stack:
        rig = RIGS[name][1](stack, tmp_path)
        stack.callback(rig.device.close)
        assert rig.faults is not None
        _well_formed(rig.device.open())
        rig.faults.set(fault)
        reply = work(rig.device, 0.3)
        _well_formed(reply)
        assert reply.outcome is not Outcome.UNKNOWN or isinstance(rig.device, LEAVES_IN_THE_DARK)
        begun = time.monotonic()
        _well_formed(rig.device.probe())
        assert time.monotonic() - begun < 4


@pytest.mark.parametrize("rig", CAMERAS, indirect=True)
def test_a_camera_answers_what_it_may_not_have(rig: Rig) -> None:
    """Modes, focus and stills are offered or refused; before open they are not there."""
    camera = rig.device
    assert isinstance(camera, Camera)
    assert camera.take_still(5).outcome is Outcome.DISCONNECTED
    camera.open().unwrap()
    for reply in (camera.modes(), camera.set_focus(0.5), camera.set_focus(None)):
        _well_formed(reply)
        assert reply.outcome in (Outcome.OK, Outcome.NOT_PRESENT)
    assert camera.take_still(10).unwrap().picture.ndim == 3


@pytest.mark.parametrize("uri", NEEDS_HARDWARE.values(), ids=NEEDS_HARDWARE)
def test_hardware_that_is_not_there(uri: str) -> None:
    device = open_device(uri)
    assert device.open().outcome is Outcome.DISCONNECTED
    for reply in (device.probe(), work(device)):
        _well_formed(reply)
        assert reply.outcome is Outcome.DISCONNECTED
    device.close()
    device.close()


@pytest.mark.parametrize("kind", DeviceKind)
def test_null_devices_answer_every_call(kind: DeviceKind) -> None:
    for device, outcome in (
        (AbsentDevice(kind), Outcome.DISCONNECTED),
        (BrokenDevice("x:", kind, "驱动无法加载"), Outcome.FAULT),
    ):
        assert device.kind is kind
        calls = [name for name in CONTRACTS[kind].__abstractmethods__ if name not in ("open", "close", "probe")]
        assert calls, "a kind that can do nothing"
        for reply in [device.open(), device.probe(), *(getattr(device, name)() for name in calls)]:
            _well_formed(reply)
            assert reply.outcome is outcome
        device.cancel()
        device.close()


def test_a_vendors_package_is_installed_and_found() -> None:
    with ExitStack() as stack:
        emulator = rigs_vendor.installed(stack)
        assert set(rigs_vendor.FAULTS["vendor"]) == emulator.FAULTS
        assert dict(drivers())["acme"] == "acme_yichuang.driver:open_driver"
        assert discover(DeviceKind.PRINTER, real=True) == ()
    assert "acme" not in dict(drivers())
