"""The contract of devices/base.py, run on every driver of each kind.

A rig brings a driver to life on what it drives: an emulator on the real wire, or a file. Whatever the registry
offers must have a rig here, or stand among the schemes that need hardware.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import rigs_vendor

from devices.absent import CONTRACTS, AbsentDevice
from devices.base import Device, DeviceKind
from devices.discovery import discover
from devices.emulators.escpos_printer import FAULTS as RECEIPT_FAULTS
from devices.emulators.escpos_printer import EscposPrinterEmulator
from devices.emulators.faults import Faults
from devices.emulators.mjpeg import FAULTS as STREAM_FAULTS
from devices.emulators.mjpeg import MjpegEmulator
from devices.emulators.page_printer import FAULTS as PAGE_FAULTS
from devices.emulators.page_printer import PagePrinterEmulator
from devices.emulators.people import demo_people
from devices.emulators.sam import FAULTS as SAM_FAULTS
from devices.emulators.sam import SamEmulator
from devices.emulators.serial_bridge import SerialBridge
from devices.kinds.identity import IdReader
from devices.kinds.imaging import Camera
from devices.kinds.output import Printer, ReceiptPrinter
from devices.outcome import Outcome, Reply
from devices.registry import BrokenDevice, drivers, open_device

NEEDS_HARDWARE = {"v4l2": "v4l2:///dev/video-none", "https": "https://127.0.0.1:1/mjpeg"}

CARD = demo_people()["wang-ji"].card


@dataclass
class Rig:
    """A driver on its device. faults: None when nothing can be broken. slow: the fault that makes `work` wait."""

    device: Device
    faults: Faults | None = None
    slow: str = ""


Build = Callable[[ExitStack, Path], Rig]


def _clip(folder: Path, fps: float = 20.0) -> Path:
    path = folder / "片段.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, (64, 48))
    for shade in range(0, 200, 5):
        writer.write(np.full((48, 64, 3), shade, np.uint8))
    writer.release()
    return path


def _sdt(stack: ExitStack, folder: Path) -> Rig:
    sam = SamEmulator()
    sam.start()
    stack.callback(sam.stop)
    sam.place(CARD)
    return Rig(open_device(f"sdt://{sam.path}"), sam.faults, "no-card")


def _emulated_id_reader(stack: ExitStack, folder: Path) -> Rig:
    device = open_device("emulated://id-reader?person=wang-ji")
    return Rig(device, device.emulator.faults, "no-card")  # type: ignore[attr-defined]


def _still(stack: ExitStack, folder: Path) -> Rig:
    (folder / "照片.png").write_bytes(cv2.imencode(".png", np.zeros((48, 64, 3), np.uint8))[1].tobytes())
    return Rig(open_device(f"file:{folder}/照片.png"))


def _file(stack: ExitStack, folder: Path) -> Rig:
    return Rig(open_device(f"file:{_clip(folder)}?loop=1"))


def _http(stack: ExitStack, folder: Path) -> Rig:
    emulator = MjpegEmulator(_clip(folder))
    emulator.start()
    stack.callback(emulator.stop)
    return Rig(open_device(emulator.url), emulator.faults, "stall")


def _emulated_camera(stack: ExitStack, folder: Path) -> Rig:
    device = open_device(f"emulated://camera?clip={_clip(folder)}")
    return Rig(device, device.emulator.faults, "stall")  # type: ignore[attr-defined]


def _escpos_tcp(stack: ExitStack, folder: Path) -> Rig:
    emulator = EscposPrinterEmulator(folder)
    emulator.start()
    stack.callback(emulator.stop)
    return Rig(open_device("escpos+tcp://{}:{}".format(*emulator.address)), emulator.faults, "mute")


def _escpos_serial(stack: ExitStack, folder: Path) -> Rig:
    emulator = EscposPrinterEmulator(folder)
    emulator.start()
    stack.callback(emulator.stop)
    bridge = SerialBridge(emulator.address)
    bridge.start()
    stack.callback(bridge.stop)
    return Rig(open_device(f"escpos+serial://{bridge.path}"), emulator.faults, "mute")


def _emulated_receipt_printer(stack: ExitStack, folder: Path) -> Rig:
    device = open_device(f"emulated://receipt-printer?out={folder}")
    return Rig(device, device.emulator.faults, "mute")  # type: ignore[attr-defined]


def _socket(stack: ExitStack, folder: Path) -> Rig:
    emulator = PagePrinterEmulator(folder)
    emulator.start()
    stack.callback(emulator.stop)
    return Rig(open_device("socket://{}:{}?wait=3".format(*emulator.address)), emulator.faults, "silent")


def _emulated_printer(stack: ExitStack, folder: Path) -> Rig:
    device = open_device(f"emulated://printer?out={folder}&wait=3")
    return Rig(device, device.emulator.faults, "silent")  # type: ignore[attr-defined]


def _vendor(stack: ExitStack, folder: Path) -> Rig:
    emulator = rigs_vendor.installed(stack).AcmeEmulator()
    emulator.start()
    stack.callback(emulator.stop)
    return Rig(open_device(f"acme://{emulator.address}"), emulator.faults, "no-card")


# Each by the scheme that it covers, the emulated ones once a kind.
RIGS: dict[str, tuple[str, Build]] = {
    "sdt": ("sdt", _sdt),
    "emulated-id-reader": ("emulated", _emulated_id_reader),
    "file-still": ("file", _still),
    "file-clip": ("file", _file),
    "http": ("http", _http),
    "emulated-camera": ("emulated", _emulated_camera),
    "escpos+tcp": ("escpos+tcp", _escpos_tcp),
    "escpos+serial": ("escpos+serial", _escpos_serial),
    "emulated-receipt-printer": ("emulated", _emulated_receipt_printer),
    "socket": ("socket", _socket),
    "emulated-printer": ("emulated", _emulated_printer),
    "vendor": ("acme", _vendor),
}
FAULTS = {
    "vendor": rigs_vendor.FAULTS,
    "sdt": SAM_FAULTS,
    "http": STREAM_FAULTS,
    "escpos+tcp": RECEIPT_FAULTS,
    "socket": PAGE_FAULTS,
}

_job = iter(range(1_000_000))


def work(device: Device, timeout: float = 5.0) -> Reply[Any]:
    """What a device of its kind is there for."""
    if isinstance(device, IdReader):
        return device.read_card(timeout)
    if isinstance(device, Camera):
        return device.read_frame(timeout)
    if isinstance(device, ReceiptPrinter):
        return device.print_picture(np.zeros((20, 80, 3), np.uint8), f"job-{next(_job)}")
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


@pytest.mark.parametrize("rig", ["file-still", "file-clip", "http", "emulated-camera"], indirect=True)
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


# A file's camera never waits for longer than a frame.
@pytest.mark.parametrize("rig", [name for name in RIGS if not name.startswith("file")], indirect=True)
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
    # A page printer has the job by then: nobody can know.
    assert reply.outcome is (Outcome.UNKNOWN if isinstance(rig.device, Printer) else Outcome.CANCELLED)
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
        # Only printing can leave one in the dark.
        assert reply.outcome is not Outcome.UNKNOWN or isinstance(rig.device, (ReceiptPrinter, Printer))
        begun = time.monotonic()
        _well_formed(rig.device.probe())
        assert time.monotonic() - begun < 4


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
        assert set(rigs_vendor.FAULTS) == emulator.FAULTS
        assert dict(drivers())["acme"] == "acme_yichuang.driver:open_driver"
        assert discover(DeviceKind.PRINTER, real=True) == ()
    assert "acme" not in dict(drivers())
