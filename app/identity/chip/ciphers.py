"""3DES and AES as Doc 9303-11 §9.8 uses them: CBC, checksums of 8 bytes, keys derived from shared secrets."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from enum import Enum

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, CipherAlgorithm, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

ENC, MAC, PACE = 1, 2, 3
"""Counters of the key derivation (§9.7.1)."""
TAG_BYTES = 8


@dataclass(frozen=True, slots=True)
class _Kind:
    key: int
    block: int
    digest: str


class Suite(Enum):
    """A cipher with its checksum. key and block are bytes; digest: the hash that derives its keys."""

    TDES = _Kind(16, 8, "sha1")
    AES128 = _Kind(16, 16, "sha1")
    AES192 = _Kind(24, 16, "sha256")
    AES256 = _Kind(32, 16, "sha256")

    @property
    def block(self) -> int:
        return self.value.block

    def derive(self, secret: bytes, counter: int) -> bytes:
        """A key from a shared secret (§9.7.1)."""
        digest = hashlib.new(self.value.digest, secret + counter.to_bytes(4, "big")).digest()
        key = digest[: self.value.key]
        return _odd(key) if self is Suite.TDES else key

    def encrypt(self, key: bytes, data: bytes, iv: bytes | None = None) -> bytes:
        """CBC without padding. iv: zeros when not given."""
        worker = Cipher(self._algorithm(key), modes.CBC(iv or bytes(self.block))).encryptor()
        return worker.update(data) + worker.finalize()

    def decrypt(self, key: bytes, data: bytes, iv: bytes | None = None) -> bytes:
        """CBC without padding. ValueError when the length is no multiple of the block."""
        worker = Cipher(self._algorithm(key), modes.CBC(iv or bytes(self.block))).decryptor()
        return worker.update(data) + worker.finalize()

    def checksum(self, key: bytes, data: bytes, padded: bool = False) -> bytes:
        """Eight bytes over data. padded: it already fills its blocks (secure messaging); else a retail MAC pads it,
        and CMAC does as it always does."""
        if self is Suite.TDES:
            return _retail_mac(key, data if padded else pad(data, 8))
        made = CMAC(AES(key))
        made.update(data)
        return made.finalize()[:TAG_BYTES]

    def vector(self, key: bytes, counter: int) -> bytes:
        """The initial vector of secure messaging at this count (§9.8.6.1): zeros, or the count encrypted."""
        return bytes(8) if self is Suite.TDES else self.encrypt(key, counter.to_bytes(16, "big"))

    def _algorithm(self, key: bytes) -> CipherAlgorithm:
        return TripleDES(key + key[:8]) if self is Suite.TDES else AES(key)


def pad(data: bytes, block: int) -> bytes:
    """ISO 9797-1 method 2: 80, then zeros."""
    return data + b"\x80" + bytes(-(len(data) + 1) % block)


def unpad(data: bytes) -> bytes:
    """What was padded so. ValueError when it was not."""
    bare = data.rstrip(b"\0")
    if not bare.endswith(b"\x80"):
        raise ValueError("padding")
    return bare[:-1]


def same(one: bytes, other: bytes) -> bool:
    """Are two checksums the same? In constant time."""
    return hmac.compare_digest(one, other)


def _odd(key: bytes) -> bytes:
    """Each byte with an odd number of bits, as DES keys are written."""
    return bytes(byte ^ (1 ^ byte.bit_count() & 1) for byte in key)


def _retail_mac(key: bytes, data: bytes) -> bytes:
    """ISO 9797-1 algorithm 3: DES in CBC with the first half, the last block through the second half and back."""
    left, right = key[:8], key[8:]
    chained = Cipher(TripleDES(left * 3), modes.CBC(bytes(8))).encryptor().update(data)[-8:]
    undone = Cipher(TripleDES(right * 3), modes.ECB()).decryptor().update(chained)  # noqa: S305  # one block, as defined
    return Cipher(TripleDES(left * 3), modes.ECB()).encryptor().update(undone)  # noqa: S305  # the same
