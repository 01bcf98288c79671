"""A PC/SC service in this process with one reader: what the real `pcsc` driver calls instead of the system's.

It answers by the codes and states of the standard, as pcscd does before vpcd (tests hold one against the other), and
can do what vpcd cannot: lose the reader, lose the service, be held by another program.
"""

from __future__ import annotations

import itertools
import threading
import time
from typing import Any

from devices.drivers.identity import pcsc_api as pcsc
from devices.emulators.identity.card_slot import CardSlot

FAULTS = frozenset(
    {
        "claimed",  # another program has the card for itself
        "reader-gone",  # the reader was pulled out
        "no-service",  # pcscd does not run
    }
)

_TICK = 0.01


class CardService:
    """pyscard's calls on an emulated reader. faults of the slot: those of card_slot and FAULTS."""

    SCARD_PCI_T0, SCARD_PCI_T1 = "T0", "T1"

    def __init__(self, slot: CardSlot, reader: str) -> None:
        self.reader = reader
        self.slot = slot
        self.plugged = True
        self._handles = itertools.count(1)
        self._contexts: set[int] = set()
        self._cards: dict[int, tuple[int, int]] = {}
        self._owner = 0
        self._lock = threading.RLock()

    def SCardEstablishContext(self, scope: int) -> Any:
        if self.slot.faults.on("no-service"):
            return [pcsc.E_NO_SERVICE, 0]
        with self._lock:
            self._contexts.add(context := next(self._handles))
        return [pcsc.OK, context]

    def SCardReleaseContext(self, context: int) -> Any:
        with self._lock:
            self._contexts.discard(context)
        return pcsc.OK

    def SCardListReaders(self, context: int, groups: list[str]) -> Any:
        if code := self._trouble(context):
            return [code, []]
        return [pcsc.OK, [self.reader]] if self._there else [pcsc.E_NO_READERS_AVAILABLE, []]

    def SCardGetStatusChange(self, context: int, milliseconds: int, states: list[tuple[str, int]]) -> Any:
        if code := self._trouble(context):
            return [code, []]
        ((name, known),) = states
        until = time.monotonic() + milliseconds / 1000
        while True:
            if name != self.reader or not self._there:
                return [pcsc.E_UNKNOWN_READER, []] if not known else [pcsc.OK, [(name, pcsc.STATE_UNKNOWN | 2, [])]]
            state = self._state()
            if state != known & ~pcsc.STATE_CHANGED:
                return [pcsc.OK, [(name, state | pcsc.STATE_CHANGED, [])]]
            if time.monotonic() >= until:
                return [pcsc.E_TIMEOUT, []]
            time.sleep(_TICK)

    def SCardConnect(self, context: int, reader: str, share: int, protocols: int) -> Any:
        if code := self._trouble(context):
            return [code, 0, 0]
        if reader != self.reader or not self._there:
            return [pcsc.E_UNKNOWN_READER, 0, 0]
        if self.slot.chip is None:
            return [pcsc.E_NO_SMARTCARD, 0, 0]
        with self._lock:
            alone = any(mode == pcsc.SHARE_EXCLUSIVE for mode, _ in self._cards.values())
            if alone or self.slot.faults.on("claimed") or (self._cards and share == pcsc.SHARE_EXCLUSIVE):
                return [pcsc.E_SHARING_VIOLATION, 0, 0]
            if self.slot.reset() is None:
                return [pcsc.W_UNRESPONSIVE_CARD, 0, 0]
            self._cards[card := next(self._handles)] = (share, self.slot.changes)
        return [pcsc.OK, card, self._protocol()]

    def SCardReconnect(self, card: int, share: int, protocols: int, initialisation: int) -> Any:
        if code := self._card_trouble(card):
            return [code, 0]
        return [pcsc.OK, self._protocol()] if self.slot.reset() is not None else [pcsc.W_UNRESPONSIVE_CARD, 0]

    def SCardDisconnect(self, card: int, disposition: int) -> Any:
        with self._lock:
            known = self._cards.pop(card, None)
            if self._owner == card:
                self._owner = 0
        if known is None:
            return pcsc.E_INVALID_HANDLE
        if disposition == pcsc.RESET_CARD:
            self.slot.reset()
        return pcsc.OK

    def SCardBeginTransaction(self, card: int) -> Any:
        while True:
            if code := self._card_trouble(card):
                return code
            with self._lock:
                if self._owner in (0, card):
                    self._owner = card
                    return pcsc.OK
            time.sleep(_TICK)

    def SCardEndTransaction(self, card: int, disposition: int) -> Any:
        with self._lock:
            if self._owner == card:
                self._owner = 0
        return pcsc.OK

    def SCardStatus(self, card: int) -> Any:
        chip = self.slot.chip
        if (code := self._card_trouble(card)) or chip is None:
            return [code or pcsc.W_REMOVED_CARD, "", 0, 0, []]
        return [pcsc.OK, self.reader, pcsc.STATE_PRESENT, self._protocol(), list(chip.atr)]

    def SCardTransmit(self, card: int, pci: Any, command: list[int]) -> Any:
        if code := self._card_trouble(card):
            return [code, []]
        answer = self.slot.answer(bytes(command))
        if answer is None or (code := self._card_trouble(card)):
            return [code or pcsc.W_REMOVED_CARD, []]
        return [pcsc.OK, list(answer)]

    @property
    def _there(self) -> bool:
        return self.plugged and not self.slot.faults.on("reader-gone")

    def _protocol(self) -> int:
        """T=1 when the ATR's TD1 or TD2 offers it (ISO 7816-3 §8.2.3), as a reader without limits chooses."""
        chip = self.slot.chip
        atr = chip.atr if chip else b"\x3b\x00"
        at, mark, offered = 2, atr[1] >> 4, set()
        while mark & 8 and at < len(atr):
            at += bin(mark & 7).count("1")
            offered.add(atr[at] & 0x0F)
            mark = atr[at] >> 4
            at += 1
        return pcsc.PROTOCOL_T1 if 1 in offered else pcsc.PROTOCOL_T0

    def _state(self) -> int:
        count = (self.slot.changes & 0xFFFF) << 16
        if self.slot.chip is None:
            return count | pcsc.STATE_EMPTY
        mute = pcsc.STATE_MUTE if self.slot.faults.on("mute") else 0
        return count | pcsc.STATE_PRESENT | mute | (pcsc.STATE_INUSE if self._cards else 0)

    def _trouble(self, context: int) -> int:
        if self.slot.faults.on("no-service"):
            return pcsc.E_NO_SERVICE
        return pcsc.OK if context in self._contexts else pcsc.E_INVALID_HANDLE

    def _card_trouble(self, card: int) -> int:
        if self.slot.faults.on("no-service"):
            return pcsc.E_NO_SERVICE
        if not self._there:
            return pcsc.E_READER_UNAVAILABLE
        if card not in self._cards:
            return pcsc.E_INVALID_HANDLE
        gone = self.slot.chip is None or self._cards[card][1] != self.slot.changes
        return pcsc.W_REMOVED_CARD if gone else pcsc.OK
