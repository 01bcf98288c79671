"""Rigs of what makes pictures: document cameras' service, face cameras, scanners."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import cv2
import numpy as np
from rigs import Rig
from sane_kit import sane_test_scanner

from devices.emulators.imaging.doccam_service import FAULTS as DOCCAM_FAULTS
from devices.emulators.imaging.doccam_service import DoccamEmulator
from devices.emulators.imaging.escl_scanner import FAULTS as ESCL_FAULTS
from devices.emulators.imaging.escl_scanner import EsclEmulator
from devices.registry import open_device


def clip(path: Path, shade: int = 60) -> Path:
    """A clip of grey pictures that become lighter."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 20.0, (64, 48))
    for step in range(40):
        writer.write(np.full((48, 64, 3), shade + step * 2, np.uint8))
    writer.release()
    return path


def face(stack: ExitStack, folder: Path) -> Rig:
    colour, infrared = clip(folder / "c.avi"), clip(folder / "ir.avi", 20)
    uri = f"face:?colour=file:{colour}%3Floop%3D1&infrared=file:{infrared}%3Floop%3D1"
    return Rig(open_device(uri), None, "")


def emulated_face(stack: ExitStack, folder: Path) -> Rig:
    device = open_device("emulated://face-camera")
    return Rig(device, device.emulator.faults, "stall")  # type: ignore[attr-defined]


def doccam(stack: ExitStack, folder: Path) -> Rig:
    emulator = DoccamEmulator(size=(640, 480))
    emulator.start()
    stack.callback(emulator.stop)
    return Rig(open_device(emulator.url), emulator.faults, "stall")


def emulated_doccam(stack: ExitStack, folder: Path) -> Rig:
    device = open_device("emulated://document-camera?head=1")
    return Rig(device, device.emulator.faults, "stall")  # type: ignore[attr-defined]


def escl(stack: ExitStack, folder: Path) -> Rig:
    emulator = EsclEmulator(loaded=2, refill=True)
    emulator.start()
    stack.callback(emulator.stop)
    return Rig(open_device(emulator.url), emulator.faults, "mute")


def emulated_scanner(stack: ExitStack, folder: Path) -> Rig:
    device = open_device("emulated://scanner?pages=2")
    return Rig(device, device.emulator.faults, "mute")  # type: ignore[attr-defined]


def sane(stack: ExitStack, folder: Path) -> Rig:
    sane_test_scanner(stack, folder)
    return Rig(open_device("sane:test:0"), None, "")


RIGS = {
    "face": ("face", face),
    "emulated-face-camera": ("emulated", emulated_face),
    "doccam+http": ("doccam+http", doccam),
    "emulated-document-camera": ("emulated", emulated_doccam),
    "escl": ("escl", escl),
    "emulated-scanner": ("emulated", emulated_scanner),
    "sane": ("sane", sane),
}
FAULTS = {"doccam+http": DOCCAM_FAULTS, "escl": ESCL_FAULTS}
NEEDS_HARDWARE: dict[str, str] = {}
NEVER_WAITS = {"face", "emulated-face-camera", "sane"}
"""SANE's own test of it stands in test_sane_scanner."""
