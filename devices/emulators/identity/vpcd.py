"""A card on the virtual reader vpcd (vsmartcard), so that the real `pcsc` driver reaches it through the real pcscd.

vpcd listens on a TCP port; the card connects. Messages are a length (2 bytes, big-endian) and so many bytes; one byte
alone is a control: 0 power off, 1 power on, 2 reset, 4 asks for the ATR. Only the ATR and commands are answered.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading

from devices.emulators.identity.card_slot import CardSlot

PORT = 35963
"""Where Debian's vsmartcard-vpcd listens; its second slot is the next port."""

_POWER_OFF, _POWER_ON, _RESET, _ATR = 0, 1, 2, 4
_RETRY = 0.05
_AWAY = 0.7
"""Seconds between one card and the next: pcscd looks every 0.4 s and must have seen the reader empty, or it takes the
next card for the one that died. Hands are slower than that."""


class VpcdCard:
    """Carries a slot's card to vpcd between start and stop. A slot without a card is a closed connection."""

    def __init__(self, slot: CardSlot, port: int = PORT, host: str = "127.0.0.1") -> None:
        self.slot = slot
        self.faults = slot.faults
        self._address = (host, port)
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """OSError when no vpcd listens there. Starting twice is harmless."""
        if self._thread:
            return
        socket.create_connection(self._address, 3.0).close()
        self.slot.stopping.clear()
        self._thread = threading.Thread(target=self._serve, name="vpcd-card", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take the card away. Stopping twice is harmless; the card stays placed in the slot."""
        thread, self._thread = self._thread, None
        if thread:
            self.slot.stopping.set()
            thread.join()

    def _serve(self) -> None:
        while not self.slot.stopping.wait(_AWAY):
            while self.slot.chip is None:
                if self.slot.stopping.wait(_RETRY):
                    return
            # vpcd may be away for a moment, when pcscd is started again.
            with contextlib.suppress(OSError), socket.create_connection(self._address, 3.0) as line:
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                line.settimeout(_RETRY)
                self._talk(line)

    def _talk(self, line: socket.socket) -> None:
        changes = self.slot.changes
        while (message := self._receive(line, changes)) is not None:
            answer: bytes | None = b""
            if len(message) == 1:
                if message[0] in (_POWER_ON, _RESET):
                    self.slot.reset()
                if message[0] != _ATR:
                    continue
                chip = self.slot.chip
                # A mute card is there and gives an ATR of nothing.
                answer = chip.atr if chip is not None and not self.faults.on("mute") else b""
            else:
                answer = self.slot.answer(message)
            if answer is None:
                return
            line.sendall(struct.pack(">H", len(answer)) + answer)

    def _receive(self, line: socket.socket, changes: int) -> bytes | None:
        """The next message; None when the card has left, or vpcd."""
        data = b""
        while len(data) < 2 or len(data) < 2 + int.from_bytes(data[:2], "big"):
            if self.slot.stopping.is_set() or self.slot.changes != changes or self.slot.chip is None:
                return None
            try:
                part = line.recv(1 if len(data) < 2 else 2 + int.from_bytes(data[:2], "big") - len(data))
            except TimeoutError:
                continue
            if not part:
                return None
            data += part
        return data[2:]
