"""What a rig is: a driver brought to life on what it drives. The rigs of a category stand in rigs_CATEGORY.py.

Such a module has RIGS (name -> scheme that it covers, builder), FAULTS (name -> the faults to try), NEEDS_HARDWARE
(scheme -> the URI of something that is not there), NEVER_WAITS (names whose work cannot be made to wait).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from devices.base import Device
from devices.emulators.faults import Faults


@dataclass
class Rig:
    """A driver on its device. faults: None when nothing can be broken. slow: the fault that makes `work` wait."""

    device: Device
    faults: Faults | None = None
    slow: str = ""


Build = Callable[[ExitStack, Path], Rig]
