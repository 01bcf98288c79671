"""The cipher behind an interface, so that a certified site can use SM4 where others use AES."""

from __future__ import annotations

from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class Tampered(Exception):
    """The bytes are not those that were encrypted under this key, nonce and context."""


class CryptoProvider(Protocol):
    """An authenticated cipher with 12-byte nonces. number: written into every file, 1–255, never used for another."""

    @property
    def number(self) -> int: ...

    @property
    def key_bytes(self) -> int: ...

    @property
    def overhead(self) -> int:
        """How many bytes longer the cipher text is."""
        ...

    def encrypt(self, key: bytes, nonce: bytes, data: bytes, context: bytes) -> bytes: ...

    def decrypt(self, key: bytes, nonce: bytes, data: bytes, context: bytes) -> bytes:
        """Raises Tampered."""
        ...


class AesGcm:
    """AES-256-GCM (NIST SP 800-38D)."""

    number = 1
    key_bytes = 32
    overhead = 16

    def encrypt(self, key: bytes, nonce: bytes, data: bytes, context: bytes) -> bytes:
        return AESGCM(key).encrypt(nonce, data, context)

    def decrypt(self, key: bytes, nonce: bytes, data: bytes, context: bytes) -> bytes:
        try:
            return AESGCM(key).decrypt(nonce, data, context)
        except InvalidTag:
            raise Tampered from None
