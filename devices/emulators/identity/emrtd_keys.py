"""The chip's side of Doc 9303-11: keys, checksums, points. Written apart from the reader's (app.identity.chip), which
emulators may not import and which should not be tested against itself; the standard's worked examples hold both."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import ecdsa.curves
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC
from ecdsa.ellipticcurve import PointJacobi

from devices.emulators.identity.emrtd_issuer import tlv

DES3, AES128, AES192, AES256 = 1, 2, 3, 4
"""The last arc of the protocols' object identifiers."""
_KEY_BYTES = {DES3: 16, AES128: 16, AES192: 24, AES256: 32}
CURVES = {
    "secp192r1": (8, ecdsa.curves.NIST192p),
    "secp224r1": (10, ecdsa.curves.NIST224p),
    "brainpoolP224r1": (11, ecdsa.curves.BRAINPOOLP224r1),
    "secp256r1": (12, ecdsa.curves.NIST256p),
    "brainpoolP256r1": (13, ecdsa.curves.BRAINPOOLP256r1),
    "brainpoolP320r1": (14, ecdsa.curves.BRAINPOOLP320r1),
    "secp384r1": (15, ecdsa.curves.NIST384p),
    "brainpoolP384r1": (16, ecdsa.curves.BRAINPOOLP384r1),
    "brainpoolP512r1": (17, ecdsa.curves.BRAINPOOLP512r1),
    "secp521r1": (18, ecdsa.curves.NIST521p),
}
"""Names and numbers of the standardised domain parameters."""


def derive(cipher: int, secret: bytes, counter: int) -> bytes:
    made = hashlib.new("sha1" if cipher in (DES3, AES128) else "sha256", secret + bytes((0, 0, 0, counter))).digest()
    key = made[: _KEY_BYTES[cipher]]
    if cipher != DES3:
        return key
    return bytes(b & 0xFE | (bin(b >> 1).count("1") + 1) % 2 for b in key)


def key_bytes(cipher: int) -> int:
    return _KEY_BYTES[cipher]


def block_size(cipher: int) -> int:
    return 8 if cipher == DES3 else 16


def cbc(cipher: int, key: bytes, data: bytes, iv: bytes, encrypt: bool) -> bytes:
    whole: Any = Cipher(TripleDES(key + key[:8]) if cipher == DES3 else AES(key), modes.CBC(iv))
    worker = whole.encryptor() if encrypt else whole.decryptor()
    return bytes(worker.update(data) + worker.finalize())


def padded(data: bytes, block: int) -> bytes:
    data += b"\x80"
    return data + bytes(-len(data) % block)


def mac(cipher: int, key: bytes, data: bytes) -> bytes:
    """Over whole blocks for 3DES, over anything for AES; eight bytes."""
    if cipher != DES3:
        worker = CMAC(AES(key))
        worker.update(data)
        return worker.finalize()[:8]
    state = bytes(8)
    for at in range(0, len(data), 8):
        state = _des(key[:8], bytes(a ^ b for a, b in zip(state, data[at : at + 8], strict=True)), True)
    return _des(key[:8], _des(key[8:], state, False), True)


def _des(key: bytes, block: bytes, encrypt: bool) -> bytes:
    whole = Cipher(TripleDES(key * 3), modes.ECB())  # noqa: S305  # one block, as the checksum is defined
    return (whole.encryptor() if encrypt else whole.decryptor()).update(block)


@dataclass(slots=True)
class Session:
    """Secure messaging as the chip does it. count: the send sequence counter."""

    cipher: int
    enc: bytes
    mac_key: bytes
    count: int = 0

    @classmethod
    def of(cls, cipher: int, secret: bytes, count: int = 0) -> Session:
        return cls(cipher, derive(cipher, secret, 1), derive(cipher, secret, 2), count)

    def next(self) -> None:
        self.count += 1

    def iv(self) -> bytes:
        if self.cipher == DES3:
            return bytes(8)
        return cbc(self.cipher, self.enc, self.count.to_bytes(16, "big"), bytes(16), True)

    def tag(self, data: bytes) -> bytes:
        block = block_size(self.cipher)
        return mac(self.cipher, self.mac_key, padded(self.count.to_bytes(block, "big") + data, block))

    def tag_of_head(self, head: bytes, objects: bytes) -> bytes:
        block = block_size(self.cipher)
        body = self.count.to_bytes(block, "big") + padded(head, block)
        return mac(self.cipher, self.mac_key, padded(body + objects, block) if objects else body)

    def seal(self, data: bytes, odd: bool, status: int) -> bytes:
        """An answer: data, status, checksum."""
        self.next()
        objects = b""
        if data:
            sealed = cbc(self.cipher, self.enc, padded(data, block_size(self.cipher)), self.iv(), True)
            objects = tlv(0x85, sealed) if odd else tlv(0x87, b"\x01", sealed)
        objects += tlv(0x99, status.to_bytes(2, "big"))
        return objects + tlv(0x8E, self.tag(objects))


@dataclass(frozen=True, slots=True)
class Agreement:
    """A key agreement on a curve, with a generator of its own after a mapping."""

    curve: Any
    generator: Any
    key_tag: int = 0x86

    @property
    def prime(self) -> int:
        return int(self.curve.curve.p())

    @property
    def order(self) -> int:
        return int(self.curve.order)

    @classmethod
    def on(cls, name: str) -> Agreement:
        curve = CURVES[name][1]
        return cls(curve, curve.generator)

    @property
    def size(self) -> int:
        return (int(self.curve.curve.p()).bit_length() + 7) // 8

    def public(self, secret: int) -> bytes:
        return self.text(self.generator * secret)

    def text(self, point: Any) -> bytes:
        return b"\x04" + int(point.x()).to_bytes(self.size, "big") + int(point.y()).to_bytes(self.size, "big")

    def point(self, text: bytes) -> Any:
        """ValueError when the bytes are no point."""
        return PointJacobi.from_bytes(self.curve.curve, text, valid_encodings=("uncompressed",), order=self.curve.order)

    def shared(self, secret: int, theirs: bytes) -> bytes:
        return int((self.point(theirs) * secret).x()).to_bytes(self.size, "big")

    def mapped(self, nonce: bytes, secret: int, theirs: bytes) -> Agreement:
        made = self.curve.generator * int.from_bytes(nonce, "big") + self.point(theirs) * secret
        return Agreement(self.curve, PointJacobi.from_affine(made.to_affine()))

    def encoded(self, number: int) -> Agreement:
        """Integrated mapping: the point that a number of the field leads to (appendix B.1 of Doc 9303-11)."""
        p, a, b = self.prime, int(self.curve.curve.a()), int(self.curve.curve.b())
        t2 = pow(number, 2, p)
        quotient = pow(t2 * t2 - t2, -1, p)
        one = -b * pow(a, -1, p) * (1 + quotient) % p
        for x, times in ((one, 1), (-t2 * one % p, pow(number, 3, p))):
            square = (one * one * one + a * one + b) % p
            y = times * square * pow(square, p - 1 - (p + 1) // 4, p) % p
            if (y * y - x * x * x - a * x - b) % p == 0:
                return Agreement(self.curve, PointJacobi(self.curve.curve, x, y, 1, self.order))
        raise ValueError("no point")
