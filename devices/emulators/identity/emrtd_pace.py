"""The chip's side of PACE (Doc 9303-11 §4.4), step by step: generic, integrated and chip authentication mapping, over
curves and numbers. Written apart from the reader's, as emrtd_keys is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from devices.emulators.identity.emrtd_issuer import tlv
from devices.emulators.identity.emrtd_keys import DES3, Agreement, Session, block_size, cbc, derive, mac, padded
from devices.emulators.identity.emrtd_numbers import Numbers, field_number

OK = b"\x90\x00"
GENERIC, INTEGRATED, CHIP = "gm", "im", "cam"


@dataclass(slots=True)
class Pace:
    """PACE under way. oid: as selected. chip_secret: the chip's own key, for chip authentication mapping. draw: its
    random bytes. session: once the reader has proved that it knows the password."""

    seed: bytes
    cipher: int
    oid: bytes
    on: Agreement | Numbers
    mapping: str
    chip_secret: int
    draw: Callable[[int], bytes]
    session: Session | None = None
    _nonce: bytes = b""
    _mapped: Agreement | Numbers | None = None
    _map_secret: int = 0
    _mine: bytes = b""
    _theirs: bytes = b""
    _next: Session | None = None

    def step(self, parts: dict[int, bytes], chained: bool) -> bytes:
        """One GENERAL AUTHENTICATE. KeyError, ValueError: not what comes next, or a wrong proof."""
        if chained and not parts:
            return self._encrypted_nonce()
        if not chained:
            return self._ends(parts[0x85])
        if 0x81 in parts:
            return self._maps(parts[0x81])
        if self._mapped is None:
            raise ValueError("no generator yet")
        secret = self._secret()
        self._theirs, self._mine = parts[0x83], self._mapped.public(secret)
        self._next = Session.of(self.cipher, self._mapped.shared(secret, self._theirs))
        return tlv(0x7C, tlv(0x84, self._mine)) + OK

    def _encrypted_nonce(self) -> bytes:
        long = self.mapping == INTEGRATED and self.cipher > 2
        self._nonce = self.draw(32 if long else 16)
        key = nonce_key(self.cipher, self.seed)
        sealed = cbc(self.cipher, key, self._nonce, bytes(block_size(self.cipher)), True)
        return tlv(0x7C, tlv(0x80, sealed)) + OK

    def _maps(self, given: bytes) -> bytes:
        if self.mapping == INTEGRATED:
            self._mapped = self.on.encoded(field_number(self.cipher, self._nonce, given, self.on.prime))
            return tlv(0x7C, tlv(0x82)) + OK
        self._map_secret = self._secret()
        self._mapped = self.on.mapped(self._nonce, self._map_secret, given)
        return tlv(0x7C, tlv(0x82, self.on.public(self._map_secret))) + OK

    def _secret(self) -> int:
        return 1 + int.from_bytes(self.draw(self.on.size + 8), "big") % (self.on.order - 1)

    def _ends(self, token: bytes) -> bytes:
        session = self._next
        if session is None or token != self._token(session, self._mine):
            raise ValueError("token")
        said = tlv(0x86, self._token(session, self._theirs))
        if self.mapping == CHIP:
            said += tlv(0x8A, self._own_word(session))
        self.session = session
        return tlv(0x7C, said) + OK

    def _own_word(self, session: Session) -> bytes:
        """CA = SK⁻¹ · SK_map, encrypted under the new keys (§4.4.3.5)."""
        order = self.on.order
        word = pow(self.chip_secret, -1, order) * self._map_secret % order
        text = padded(word.to_bytes((order.bit_length() + 7) // 8, "big"), 16)
        vector = cbc(self.cipher, session.enc, b"\xff" * 16, bytes(16), True)
        return cbc(self.cipher, session.enc, text, vector, True)

    def _token(self, session: Session, key: bytes) -> bytes:
        body = tlv(0x7F49, tlv(0x06, self.oid), tlv(self.on.key_tag, key))
        return mac(session.cipher, session.mac_key, padded(body, 8) if session.cipher == DES3 else body)


def nonce_key(cipher: int, seed: bytes) -> bytes:
    """What the nonce is encrypted with."""
    return derive(cipher, seed, 3)
