"""Secure messaging (Doc 9303-11 §9.8): commands and answers encrypted and checked under agreed keys."""

from __future__ import annotations

from dataclasses import dataclass

from app.identity.chip import tlv
from app.identity.chip.ciphers import ENC, MAC, Suite, pad, same, unpad
from app.identity.chip.transport import WHOLE, Apdu, BadAnswer, Response, SecurityLost, Transport

_SECURED = 0x0C


@dataclass(frozen=True, slots=True)
class SessionKeys:
    """What PACE, BAC or chip authentication agreed on. counter: the send sequence counter to begin with."""

    suite: Suite
    enc: bytes
    mac: bytes
    counter: int = 0

    @classmethod
    def derived(cls, suite: Suite, secret: bytes, counter: int = 0) -> SessionKeys:
        """Both keys from a shared secret."""
        return cls(suite, suite.derive(secret, ENC), suite.derive(secret, MAC), counter)


class SecureChannel:
    """A channel under session keys. After SecurityLost nothing more can be sent: the chip has forgotten the keys."""

    def __init__(self, transport: Transport, keys: SessionKeys) -> None:
        self._transport = transport
        self._keys = keys
        self._count = keys.counter

    def send(self, command: Apdu) -> Response:
        """As Channel. SecurityLost: the chip answers in the open, or what it says was altered on the way."""
        answer = self._transport.transmit(self.protect(command))
        return self.unprotect(answer)

    def protect(self, command: Apdu) -> bytes:
        """The command as it goes over the wire."""
        suite, keys = self._keys.suite, self._keys
        self._advance()
        objects = b""
        if command.data:
            sealed = suite.encrypt(keys.enc, pad(command.data, suite.block), suite.vector(keys.enc, self._count))
            # An odd instruction says by itself that its data are data objects: no indicator of padding.
            objects = tlv.tlv(0x85, sealed) if command.ins & 1 else tlv.tlv(0x87, b"\x01" + sealed)
        if command.le:
            size = 1 if command.le <= WHOLE else 2
            objects += tlv.tlv(0x97, (command.le & (0xFF if size == 1 else 0xFFFF)).to_bytes(size, "big"))
        head = bytes((command.cla | _SECURED, command.ins, command.p1, command.p2))
        objects += tlv.tlv(0x8E, self._checksum(pad(head, suite.block) + objects, bool(objects)))
        wide = command.le > WHOLE or len(objects) > 0xFF
        return Apdu(
            command.ins, command.p1, command.p2, objects, 0x10000 if wide else WHOLE, command.cla | _SECURED
        ).wire()

    def unprotect(self, answer: Response) -> Response:
        """The answer in the clear."""
        suite, keys = self._keys.suite, self._keys
        self._advance()
        try:
            parts = dict(tlv.walk(answer.data))
        except BadAnswer:
            parts = {}
        if 0x8E not in parts or 0x99 not in parts:
            raise SecurityLost(answer.status)
        checked = b"".join(tlv.tlv(tag, parts[tag]) for tag in (0x87, 0x85, 0x99) if tag in parts)
        if not same(self._checksum(checked, True), parts[0x8E]):
            raise SecurityLost
        sealed = parts[0x87][1:] if 0x87 in parts else parts.get(0x85, b"")
        try:
            data = unpad(suite.decrypt(keys.enc, sealed, suite.vector(keys.enc, self._count))) if sealed else b""
        except ValueError:
            raise SecurityLost from None
        return Response(data, int.from_bytes(parts[0x99], "big"))

    def _advance(self) -> None:
        self._count = (self._count + 1) % (1 << 8 * self._keys.suite.block)

    def _checksum(self, data: bytes, more: bool) -> bytes:
        """Over the counter and data. more: data objects follow the head, which is a block of its own already."""
        suite = self._keys.suite
        data = self._count.to_bytes(suite.block, "big") + data
        return suite.checksum(self._keys.mac, pad(data, suite.block) if more else data, padded=True)
