"""Numbers modulo a prime for PACE without curves: groups 0 to 2 of Doc 9303-11 §9.5.1, which are those of RFC 5114.

The faces of `Modular` and `app.identity.chip.curves.Group` are the same, so that PACE is written once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

import resources
from app.identity.chip.transport import BadAnswer


@dataclass(frozen=True, slots=True)
class Modular:
    """A subgroup of prime order. name: for support."""

    prime: int
    order: int
    generator: int
    name: str

    key_tag: ClassVar[int] = 0x84
    """Of a public key in an authentication token: an unsigned integer (§9.4)."""

    @property
    def size(self) -> int:
        """Bytes of an element."""
        return (self.prime.bit_length() + 7) // 8

    @property
    def encodable(self) -> bool:
        """Does integrated mapping know a way into this group?"""
        return True

    def secret(self, draw: bytes) -> int:
        """A private key from at least 8 more random bytes than the order has."""
        return 1 + int.from_bytes(draw, "big") % (self.order - 1)

    def power(self, element: int, secret: int) -> int:
        """The element, so many times."""
        return pow(element, secret, self.prime)

    def element(self, text: bytes) -> int:
        """An element as the chip writes it. BadAnswer when it is none of the subgroup (RFC 2631 §2.1.5): one of small
        order would tell the chip's secret, or be no secret at all."""
        value = int.from_bytes(text, "big")
        if len(text) > self.size or not 1 < value < self.prime - 1 or pow(value, self.order, self.prime) != 1:
            raise BadAnswer("a number is not of its group")
        return value

    def written(self, element: int) -> bytes:
        """The element as an unsigned integer of full length."""
        return element.to_bytes(self.size, "big")

    def shared(self, element: int) -> bytes:
        """What a key agreement gives both sides."""
        if element == 1:
            raise BadAnswer("a key agreement without a result")
        return self.written(element)

    def mapped(self, nonce: bytes, shared: int) -> Modular:
        """Generic mapping (§4.4.3.3.1): the generator is g^nonce · shared."""
        return self._with(pow(self.generator, int.from_bytes(nonce, "big"), self.prime) * shared % self.prime)

    def encoded(self, number: int) -> Modular:
        """Integrated mapping (§4.4.3.3.2): the generator is number^((p-1)/q)."""
        return self._with(pow(number, (self.prime - 1) // self.order, self.prime))

    def _with(self, generator: int) -> Modular:
        if generator <= 1:
            raise BadAnswer("the mapping ends at one")
        return Modular(self.prime, self.order, generator, self.name)


@cache
def modular(number: int) -> Modular | None:
    """The group of a number in a PACEInfo; None for those that are no such groups."""
    for line in resources.path("identity/modp.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{number}\t"):
            _, name, *values = line.split("\t")
            prime, order, generator = (int(value, 16) for value in values)
            return Modular(prime, order, generator, name)
    return None
