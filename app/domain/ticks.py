"""What a machine knows of time beside its clock: a clock can be set, the time since the machine began cannot."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What speaks for or against the time that a case bears.

    offset_ms: platform minus this machine at the last contact, None before the first. monotonic_ms: since the boot
    boot_id, sleep included. suspect: the clock was far off, or had been put back; the case is accepted all the same.
    """

    offset_ms: int | None
    monotonic_ms: int
    boot_id: str
    suspect: bool


class Ticks(Protocol):
    """Time since the machine began."""

    @property
    def boot_id(self) -> str:
        """Which beginning; another one after each."""
        ...

    def elapsed(self) -> dt.timedelta:
        """Time since then, sleep included. Never goes back."""
        ...


class SystemTicks:
    """The machine's own."""

    def __init__(self) -> None:
        try:
            self._boot_id = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        except OSError:
            # Where the system names no boot, this run of the program takes its place: times of two runs do not compare.
            self._boot_id = f"run-{uuid.uuid4()}"
        # Python's monotonic clock stands still while a Linux machine sleeps.
        self._kind = getattr(time, "CLOCK_BOOTTIME", None)

    @property
    def boot_id(self) -> str:
        return self._boot_id

    def elapsed(self) -> dt.timedelta:
        seconds = time.monotonic() if self._kind is None else time.clock_gettime(self._kind)
        return dt.timedelta(seconds=seconds)
