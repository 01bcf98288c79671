"""One stream of keys, several devices that type: a code scanner and a passport reader at one window.

Each is told the keys as if it were alone; when the burst is over, the first that knows it as its own has it. Those who
know theirs by what it says (a machine-readable zone) come before those who take whatever was typed so fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from devices.drivers.entry.wedge_timing import Ended, WedgeRules, WedgeTiming


class Typed(Protocol):
    """A device whose keys come to the window. All but `listening` is for the event loop."""

    rules: WedgeRules
    timing: WedgeTiming

    @property
    def listening(self) -> bool:
        """Is it open? Keys are nobody's but the window's before."""

    def press(self, char: str, at: float, raw: bytes = b"") -> bool:
        """A key came. Is it held? See WedgeTiming.press."""

    def end(self) -> Ended:
        """The burst is over. TYPED: not this device's."""


class WedgeShare:
    """devices: the one that is asked first stands first."""

    def __init__(self, devices: Sequence[Typed]) -> None:
        self._devices = tuple(devices)

    @property
    def listening(self) -> bool:
        return any(device.listening for device in self._devices)

    @property
    def alt(self) -> str:
        """What the Alt codes of these devices mean (us_keys.alt_bytes): only scanners send any."""
        return self._devices[-1].rules.alt

    @property
    def holding(self) -> bool:
        return bool(self._holding)

    @property
    def certain(self) -> bool:
        """Can no hand have typed this?"""
        return any(device.timing.certain for device in self._holding)

    @property
    def patience(self) -> float:
        """Seconds of silence that end the burst."""
        return max(device.timing.patience for device in self._holding)

    def over(self, at: float) -> bool:
        """Is a key of this time not of the burst any more?"""
        holding = self._holding
        return bool(holding) and all(device.timing.over(at) for device in holding)

    def press(self, char: str, at: float, raw: bytes = b"") -> bool:
        """A key. Is it held? Only who held the first one of a burst hears the rest of it."""
        listeners = self._holding or [device for device in self._devices if device.listening]
        held = False
        for device in listeners:
            held = device.press(char, at, raw) or held
        return held

    def end(self) -> Ended:
        """The burst is over: whoever takes it has it."""
        taken = Ended.TYPED
        for device in self._holding:
            if taken is Ended.TYPED:
                taken = device.end()
            else:
                device.timing.end()
        return taken

    @property
    def _holding(self) -> list[Typed]:
        return [device for device in self._devices if device.timing.holding]
