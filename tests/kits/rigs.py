"""What a rig is: a driver brought to life on what it drives. The rigs of a category stand in rigs_CATEGORY.py.

Such a module has RIGS (name -> scheme that it covers, builder), FAULTS (name -> the faults to try), NEEDS_HARDWARE
(scheme -> the URI of something that is not there), NEVER_WAITS (names whose work cannot be made to wait).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from devices.base import Device
from devices.emulators.emulated import Emulator
from devices.emulators.faults import Faults
from devices.registry import open_device


@dataclass
class Rig:
    """A driver on its device. faults: None when nothing can be broken. slow: the fault that makes `work` wait."""

    device: Device
    faults: Faults | None = None
    slow: str = ""


Build = Callable[[ExitStack, Path], Rig]
D = TypeVar("D", bound=Device)
E = TypeVar("E", bound=Emulator)


@contextmanager
def opened(emulator: E, kind: type[D], uri: Callable[[E], str]) -> Iterator[tuple[D, E]]:
    """The driver that `uri` names for the running emulator, open. Both are closed behind."""
    emulator.start()
    device = open_device(uri(emulator))
    assert isinstance(device, kind)
    device.open().unwrap()
    yield device, emulator
    device.close()
    emulator.stop()
