"""A place for a card in an emulated reader, and what can go wrong there, whichever way the reader is reached."""

from __future__ import annotations

import secrets
import threading
import time

from devices.emulators.faults import Faults
from devices.emulators.identity.cards import BLOCKED, Chip, Lifted

_WORDS = {f"sw-{word}": bytes.fromhex(word) for word in ("6281", "6581", "6700", "6982", "6985", "6a82", "6f00")}
FAULTS = frozenset(
    {
        "mute",  # the card does not answer to its reset: upside down, dirty
        "no-card",  # the card is not noticed
        "taken",  # the card is taken away when the next command comes
        "slow",  # each answer takes slow_seconds
        "hang",  # no answer until the reader is stopped
        "garbage",  # an answer of random bytes
        "half",  # an answer that is shorter than a status word
        "wrong-pin",  # whatever is typed is wrong
        "pin-blocked",  # the PIN was wrong too often
        *_WORDS,  # the card answers so to everything
    }
)


class CardSlot:
    """The slot. place, remove and the fault switches may be used from any thread at any time.

    The transport (CardService, VpcdCard) asks `present`, `reset` and `answer`.
    """

    def __init__(self, more_faults: frozenset[str] = frozenset()) -> None:
        self.faults = Faults(FAULTS | more_faults)
        self.slow_seconds = 0.5
        self.stopping = threading.Event()
        self._placed: tuple[Chip, float] | None = None
        self.changes = 0
        """Counts the cards that came and went."""

    def place(self, chip: Chip, after: float = 0.0) -> None:
        """Lay a card on the reader, after so many seconds."""
        self._placed = (chip, time.monotonic() + after)
        self.changes += 1

    def remove(self) -> None:
        """Take the card away."""
        self._placed = None
        self.changes += 1

    @property
    def chip(self) -> Chip | None:
        """The card that is noticed now."""
        placed = self._placed
        if placed is None or time.monotonic() < placed[1] or self.faults.on("no-card"):
            return None
        return placed[0]

    def reset(self) -> bytes | None:
        """The answer to a reset; None: no card, or a mute one."""
        chip = self.chip
        if chip is None or self.faults.on("mute"):
            return None
        chip.reset()
        return chip.atr

    def answer(self, command: bytes) -> bytes | None:
        """Data and status word; None: the card is gone."""
        if self.faults.on("taken"):
            self.remove()
        chip = self.chip
        if chip is None:
            return None
        if self.faults.on("slow"):
            self.stopping.wait(self.slow_seconds)
        if self.faults.on("hang"):
            self.stopping.wait()
            return None
        if self.faults.on("garbage"):
            return secrets.token_bytes(23)
        if self.faults.on("half"):
            return b"\x90"
        for name, word in _WORDS.items():
            if self.faults.on(name):
                return word
        if command[1:2] == b"\x20" and self.faults.on("pin-blocked"):
            return BLOCKED
        if command[1:2] == b"\x20" and self.faults.on("wrong-pin"):
            return chip.answer(command[:5] + bytes(command[4]))
        try:
            return chip.answer(command)
        except Lifted:
            self.remove()
            return None
