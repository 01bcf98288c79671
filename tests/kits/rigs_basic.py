"""Rigs of what stood first: resident-ID reader, cameras, receipt printer, page printer on the raw port."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import cv2
import numpy as np
from rigs import Rig

from devices.emulators.identity.sam import FAULTS as SAM_FAULTS
from devices.emulators.identity.sam import SamEmulator
from devices.emulators.imaging.mjpeg import FAULTS as STREAM_FAULTS
from devices.emulators.imaging.mjpeg import MjpegEmulator
from devices.emulators.links.serial_bridge import SerialBridge
from devices.emulators.output.escpos_printer import FAULTS as RECEIPT_FAULTS
from devices.emulators.output.escpos_printer import EscposPrinterEmulator
from devices.emulators.output.page_printer import FAULTS as PAGE_FAULTS
from devices.emulators.output.page_printer import PagePrinterEmulator
from devices.emulators.people import demo_people
from devices.registry import open_device

CARD = demo_people()["wang-ji"].card


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


RIGS = {
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
}
FAULTS = {"sdt": SAM_FAULTS, "http": STREAM_FAULTS, "escpos+tcp": RECEIPT_FAULTS, "socket": PAGE_FAULTS}
NEEDS_HARDWARE = {"v4l2": "v4l2:///dev/video-none", "https": "https://127.0.0.1:1/mjpeg"}
NEVER_WAITS = {"file-still", "file-clip"}
"""A file's camera never waits for longer than a frame."""
