"""Elliptic curves for the protocols: the numbered domain parameters of Doc 9303-11 §9.5.1, and those a key spells out.

Points come from `ecdsa` rather than `cryptography`: PACE maps the nonce to a new generator, which needs the sum of two
points, and many states write their curve's parameters out, which `cryptography` refuses.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, ClassVar

import ecdsa.curves
from ecdsa.ecdsa import Public_key, Signature
from ecdsa.ellipticcurve import INFINITY, AbstractPoint, CurveFp, PointJacobi
from ecdsa.util import string_to_number

from app.identity.chip.transport import BadAnswer

_NUMBERED = {
    8: "NIST192p", 9: "BRAINPOOLP192r1", 10: "NIST224p", 11: "BRAINPOOLP224r1", 12: "NIST256p", 13: "BRAINPOOLP256r1",
    14: "BRAINPOOLP320r1", 15: "NIST384p", 16: "BRAINPOOLP384r1", 17: "BRAINPOOLP512r1", 18: "NIST521p",
}  # fmt: skip
_OBJECT_IDS = {curve.oid: curve for curve in ecdsa.curves.curves if curve.oid}
_MOST_BITS = 640
"""No field in use is larger; a chip must not make the counter reckon for minutes."""


@dataclass(frozen=True, slots=True)
class Group:
    """A curve with a generator of prime order. name: for support; "" for parameters spelt out."""

    curve: Any
    generator: Any
    order: int
    name: str = ""

    key_tag: ClassVar[int] = 0x86
    """Of a public key in an authentication token: a point (Doc 9303-11 §9.4)."""

    @property
    def prime(self) -> int:
        """Of the field."""
        return int(self.curve.p())

    @property
    def encodable(self) -> bool:
        """Does integrated mapping know a way onto this curve? Not onto secp224r1."""
        return self.prime % 4 == 3

    @property
    def size(self) -> int:
        """Bytes of a coordinate."""
        return (int(self.curve.p()).bit_length() + 7) // 8

    def point(self, text: bytes) -> Any:
        """A point written uncompressed (04 X Y). BadAnswer when it is none of this curve, or no use as a key."""
        if len(text) != 1 + 2 * self.size or text[0] != 4:
            raise BadAnswer("a point is not written as expected")
        x, y = (int.from_bytes(text[at : at + self.size], "big") for at in (1, 1 + self.size))
        if max(x, y) >= self.curve.p() or not self.curve.contains_point(x, y):
            raise BadAnswer("a point is not on its curve")
        return PointJacobi(self.curve, x, y, 1, self.order)

    def written(self, point: Any) -> bytes:
        """The point, uncompressed."""
        return b"\x04" + self.x(point) + int(point.y()).to_bytes(self.size, "big")

    def x(self, point: Any) -> bytes:
        """The first coordinate: what a key agreement shares."""
        if point == INFINITY:
            raise BadAnswer("a key agreement without a result")
        return int(point.x()).to_bytes(self.size, "big")

    def power(self, element: Any, secret: int) -> Any:
        """The point, so many times."""
        return element * secret

    def element(self, text: bytes) -> Any:
        """As point."""
        return self.point(text)

    def shared(self, element: Any) -> bytes:
        """As x."""
        return self.x(element)

    def secret(self, draw: bytes) -> int:
        """A private key from at least 8 more random bytes than a coordinate has."""
        return 1 + int.from_bytes(draw, "big") % (self.order - 1)

    def mapped(self, nonce: bytes, shared: Any) -> Group:
        """Generic mapping (§4.4.3.3.1): the same curve with the generator nonce·G + shared. BadAnswer for infinity."""
        made = self.generator * int.from_bytes(nonce, "big") + shared
        if made == INFINITY:
            raise BadAnswer("the mapping ends at infinity")
        affine = made.to_affine() if hasattr(made, "to_affine") else made
        return self._with(affine.x(), affine.y())

    def encoded(self, number: int) -> Group:
        """Integrated mapping (§4.4.3.3.2, appendix B): the same curve with the point that a number of the field leads
        to as generator. BadAnswer for the few numbers that lead nowhere."""
        p, a, b = self.prime, int(self.curve.a()), int(self.curve.b())
        alpha = -number * number % p
        try:
            x2 = -b * pow(a, -1, p) * (1 + pow(alpha + alpha * alpha, -1, p)) % p
        except ValueError:
            raise BadAnswer("the mapping leads nowhere") from None
        h2 = (x2**3 + a * x2 + b) % p
        root = pow(h2, p - 1 - (p + 1) // 4, p)
        if root * root * h2 % p == 1:
            return self._with(x2, root * h2 % p)
        return self._with(alpha * x2 % p, root * number**3 * h2 % p)

    def _with(self, x: int, y: int) -> Group:
        return Group(self.curve, PointJacobi(self.curve, x, y, 1, self.order, generator=True), self.order, self.name)


def numbered(number: int) -> Group | None:
    """The group of a number in a PACEInfo; None for those that are no curves or not known."""
    name = _NUMBERED.get(number)
    return _named(getattr(ecdsa.curves, name)) if name else None


def group_of(parameters: Any) -> Group:
    """The group that a key's parameters (asn1crypto ECDomainParameters) name or spell out. BadAnswer for others."""
    if parameters.name == "named":
        oid = tuple(int(part) for part in parameters.chosen.dotted.split("."))
        if oid not in _OBJECT_IDS:
            raise BadAnswer(f"unknown curve {parameters.chosen.dotted}")
        return _named(_OBJECT_IDS[oid])
    if parameters.name != "specified":
        raise BadAnswer("a key without its curve")
    return _spelt_out(parameters.chosen)


def _named(curve: Any) -> Group:
    return Group(curve.curve, curve.generator, int(curve.order), curve.name)


def _spelt_out(given: Any) -> Group:
    try:
        if given["field_id"]["field_type"].native != "prime_field":
            raise BadAnswer("a curve over no prime field")
        p, order = int(given["field_id"]["parameters"].native), int(given["order"].native)
        if p.bit_length() > _MOST_BITS or order.bit_length() > _MOST_BITS:
            raise BadAnswer("a curve of monstrous size")
        a, b = (string_to_number(bytes(given["curve"][name])) for name in ("a", "b"))
        base = bytes(given["base"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadAnswer("a curve that cannot be read") from error
    for known in _OBJECT_IDS.values():
        fitting = known.curve
        if isinstance(fitting, CurveFp) and (fitting.p(), fitting.a() % p, fitting.b()) == (p, a % p, b):
            group = _named(known)
            if base == group.written(group.generator) and order == group.order:
                return group
    raise BadAnswer("a curve of its own making")


def verifies(group: Group, key: Any, digest: bytes, r: int, s: int) -> bool:
    """Does (r, s) sign this digest (FIPS 186-4 §6.4)?"""
    if not (0 < r < group.order and 0 < s < group.order):
        return False
    number = int.from_bytes(digest, "big") >> max(0, 8 * len(digest) - group.order.bit_length())
    return bool(Public_key(group.generator, key, verify=False).verifies(number, Signature(r, s)))


def shared_x(group: Group, secret: int, key: AbstractPoint) -> bytes:
    """What a key agreement gives both sides."""
    return group.x(key * secret)


def digest(name: str, data: bytes) -> bytes:
    """A hash by its name. BadAnswer for one that no document uses."""
    if name not in ("sha1", "sha224", "sha256", "sha384", "sha512"):
        raise BadAnswer(f"unknown hash {name}")
    return hashlib.new(name, data).digest()
