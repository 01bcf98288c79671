"""SM2 signatures (GB/T 32918.2, .5) and the SM3 digest (GB/T 32905): verification only.

Written out because no library that we may ship verifies SM2: `cryptography` has SM3 but not the curve, and tongsuopy
(docs/adr/0026-ofd.md) would bring a second OpenSSL. Only public values pass through here, so nothing can leak by how
long it takes; there is no signing and no key.
"""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes

from app.licences.gm import der

SM2_WITH_SM3 = "1.2.156.10197.1.501"
SM3_OID = "1.2.156.10197.1.401"
SM2_CURVE = "1.2.156.10197.1.301"
DEFAULT_ID = b"1234567812345678"
"""The signer's identity that GB/T 35276 prescribes when none was agreed upon."""

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)

Affine = tuple[int, int]
_Jacobian = tuple[int, int, int]
_NOWHERE: _Jacobian = (1, 1, 0)


def sm3(*parts: bytes) -> bytes:
    """The digest of the parts one after the other, 32 bytes."""
    digest = hashes.Hash(hashes.SM3())
    for part in parts:
        digest.update(part)
    return digest.finalize()


@dataclass(frozen=True, slots=True)
class Sm2Key:
    """A public key: a point of the curve, checked when it is read."""

    x: int
    y: int

    @classmethod
    def read(cls, point: bytes) -> Sm2Key:
        """From an uncompressed point (04 x y). ValueError when it is none of the curve."""
        if len(point) != 65 or point[0] != 4:
            raise ValueError("SM2 公钥格式有误")
        x, y = int.from_bytes(point[1:33], "big"), int.from_bytes(point[33:], "big")
        if x >= P or y >= P or (y * y - (x * x * x + A * x + B)) % P:
            raise ValueError("SM2 公钥不在曲线上")
        return cls(x, y)

    @property
    def point(self) -> bytes:
        """04 x y."""
        return b"\x04" + self.x.to_bytes(32, "big") + self.y.to_bytes(32, "big")

    def verify(self, signature: bytes, message: bytes, identity: bytes = DEFAULT_ID) -> bool:
        """Does the signature (DER of r and s, or both plainly, 64 bytes) belong to the message? About 4 ms."""
        pair = _pair(signature)
        if pair is None:
            return False
        r, s = pair
        t = (r + s) % N
        if not (0 < r < N and 0 < s < N and t):
            return False
        e = int.from_bytes(sm3(prefix_digest(self, identity), message), "big")
        point = affine(two_times(s, t, (self.x, self.y)))
        return point is not None and (e + point[0]) % N == r


def prefix_digest(key: Sm2Key, identity: bytes = DEFAULT_ID) -> bytes:
    """Z of GB/T 32918.2 §5.5: binds a signature to the signer's name and key."""
    numbers = b"".join(value.to_bytes(32, "big") for value in (A, B, *G, key.x, key.y))
    return sm3((len(identity) * 8).to_bytes(2, "big"), identity, numbers)


def _pair(signature: bytes) -> Affine | None:
    if len(signature) == 64:
        return int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        numbers = [item.integer() for item in der.read(signature).items()]
    except der.BadDer:
        return None
    return (numbers[0], numbers[1]) if len(numbers) == 2 else None


def two_times(s: int, t: int, other: Affine) -> _Jacobian:
    """s·G + t·other, bit by bit of both at once (Shamir's way)."""
    g, q = (*G, 1), (*other, 1)
    table = (_NOWHERE, g, q, _add(g, q))
    total = _NOWHERE
    for bit in range(max(s.bit_length(), t.bit_length()) - 1, -1, -1):
        total = _double(total)
        which = (s >> bit & 1) | (t >> bit & 1) << 1
        if which:
            total = _add(total, table[which])
    return total


def affine(point: _Jacobian) -> Affine | None:
    """None: the point at infinity."""
    x, y, z = point
    if not z:
        return None
    inverse = pow(z, -1, P)
    square = inverse * inverse % P
    return x * square % P, y * square * inverse % P


def _double(point: _Jacobian) -> _Jacobian:
    x, y, z = point
    if not z or not y:
        return _NOWHERE
    yy = y * y % P
    four = 4 * x * yy % P
    zz = z * z % P
    slope = 3 * (x - zz) * (x + zz) % P  # a = -3
    new_x = (slope * slope - 2 * four) % P
    return new_x, (slope * (four - new_x) - 8 * yy * yy) % P, 2 * y * z % P


def _add(one: _Jacobian, two: _Jacobian) -> _Jacobian:
    x1, y1, z1 = one
    x2, y2, z2 = two
    if not z1:
        return two
    if not z2:
        return one
    z1z1, z2z2 = z1 * z1 % P, z2 * z2 % P
    u1, u2 = x1 * z2z2 % P, x2 * z1z1 % P
    s1, s2 = y1 * z2 * z2z2 % P, y2 * z1 * z1z1 % P
    h, r = (u2 - u1) % P, (s2 - s1) % P
    if not h:
        return _NOWHERE if r else _double(one)
    hh = h * h % P
    hhh = h * hh % P
    v = u1 * hh % P
    x3 = (r * r - hhh - 2 * v) % P
    return x3, (r * (v - x3) - s1 * hhh) % P, z1 * z2 * h % P
