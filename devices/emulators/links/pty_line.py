"""What the emulators that answer on a serial line share: faults of the line (POSIX only)."""

from __future__ import annotations

import abc

from devices.emulators.links.pseudo_terminal import PseudoTerminal

LINE_FAULTS = frozenset(
    {
        "slow",  # each answer comes late_seconds late
        "split",  # answers come in small pieces
        "half",  # an answer stops in the middle
        "garbage",  # noise instead of an answer
        "noise",  # noise around a good answer
        "mute",  # no answer
        "unplug",  # the line dies in the middle of the next answer
    }
)
_GARBAGE = bytes(range(0xA0, 0xC0)) + b"\x5a\xa5\x02\x02"


class LineEmulator(PseudoTerminal, abc.ABC):
    """A device that answers on a serial line, as the line's faults have it."""

    late_seconds = 0.3

    def __init__(self, faults: frozenset[str] = LINE_FAULTS) -> None:
        super().__init__(faults)

    @abc.abstractmethod
    def feed(self, data: bytes) -> None:
        """Bytes from the driver. Answers go out by `answer`."""

    def tick(self) -> None:
        """About 50 times a second: what the device does by itself."""

    def hear(self, data: bytes) -> None:
        self.feed(data)
        self.tick()

    def idle(self) -> None:
        self.tick()

    def answer(self, data: bytes) -> None:
        """Send, as the faults have it."""
        if self.faults.on("mute"):
            return
        if self.faults.on("slow") and self._stop.wait(self.late_seconds):
            return
        if self.faults.on("unplug"):
            self.send(data[: len(data) // 2])
            self.unplug()
            return
        if self.faults.on("garbage"):
            data = _GARBAGE
        elif self.faults.on("half"):
            data = data[: len(data) // 2]
        elif self.faults.on("noise"):
            data = _GARBAGE + data + _GARBAGE[:7]
        if self.faults.on("split"):
            self.send(data, 0.002, 2)
        else:
            self.send(data)
