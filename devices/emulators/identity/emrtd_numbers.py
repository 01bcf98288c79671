"""What PACE needs beside curves, on the chip's side: groups of numbers (RFC 5114), and the field number of integrated
mapping."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import resources
from devices.emulators.identity.emrtd_keys import block_size, cbc, key_bytes

_C0 = {
    128: 0xA668892A7C41E3CA739F40B057D85904,
    256: 0xD463D65234124EF7897054986DCA0A174E28DF758CBAA03F240616414D5A1676,
}
_C1 = {
    128: 0xA4E136AC725F738B01C1F60217C188AD,
    256: 0x54BD7255F0AAF831BEC3423FCF39D69B6CBF066677D0FAAE5AADD99DF8E53517,
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """A key agreement modulo a prime, with a generator of its own after a mapping."""

    prime: int
    order: int
    generator: int
    key_tag: int = 0x84

    @classmethod
    def on(cls, name: str) -> Numbers:
        """modp0, modp1, modp2: by the number of the standardised domain parameters."""
        return cls(*_groups()[name.removeprefix("modp")])

    @property
    def size(self) -> int:
        return (self.prime.bit_length() + 7) // 8

    def public(self, secret: int) -> bytes:
        return pow(self.generator, secret, self.prime).to_bytes(self.size, "big")

    def shared(self, secret: int, theirs: bytes) -> bytes:
        """ValueError when the other side's number is none of the group."""
        return pow(self._checked(theirs), secret, self.prime).to_bytes(self.size, "big")

    def mapped(self, nonce: bytes, secret: int, theirs: bytes) -> Numbers:
        once = pow(self.generator, int.from_bytes(nonce, "big"), self.prime)
        return replace(self, generator=once * pow(self._checked(theirs), secret, self.prime) % self.prime)

    def encoded(self, number: int) -> Numbers:
        return replace(self, generator=pow(number, (self.prime - 1) // self.order, self.prime))

    def _checked(self, theirs: bytes) -> int:
        value = int.from_bytes(theirs, "big")
        if not 1 < value < self.prime - 1 or pow(value, self.order, self.prime) != 1:
            raise ValueError("not of the group")
        return value


@cache
def _groups() -> dict[str, tuple[int, int, int]]:
    lines = resources.path("identity/modp.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {number: (int(prime, 16), int(order, 16), int(base, 16)) for number, _, prime, order, base in rows}


def field_number(cipher: int, s: bytes, t: bytes, prime: int) -> int:
    """R_p(s, t) of §4.4.3.3.2."""
    bits, keep, zeros = 8 * len(s), key_bytes(cipher), bytes(block_size(cipher))
    words = [constants[bits].to_bytes(len(s), "big") for constants in (_C0, _C1)]
    rounds = -(-(prime.bit_length() + 64) // bits)
    key, found = cbc(cipher, t, s, zeros, True)[:keep], b""
    for _ in range(rounds):
        found += cbc(cipher, key, words[1], zeros, True)
        key = cbc(cipher, key, words[0], zeros, True)[:keep]
    return int.from_bytes(found, "big") % prime
