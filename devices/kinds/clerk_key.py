"""H. What the clerk carries: the hardware key (UKey, 数字证书钥匙) that proves who is working."""

from __future__ import annotations

import abc
from dataclasses import dataclass
from enum import StrEnum

from devices.base import Device, DeviceKind
from devices.outcome import Reply


class Tries(StrEnum):
    """What a key says of the PIN tries left. PKCS#11 has no number for them, only these flags."""

    FINE = "fine"
    LOW = "low"
    """Wrong at least once since it was last right."""
    LAST = "last"
    """The next wrong one locks it."""
    LOCKED = "locked"
    """Only its issuer can unlock it."""


class PinAnswer(StrEnum):
    """What a key says to a PIN."""

    RIGHT = "right"
    WRONG = "wrong"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class KeyToken:
    """The key that is plugged in. serial: the token's own number, which tells two keys apart."""

    label: str
    serial: str
    model: str
    tries: Tries


@dataclass(frozen=True, slots=True)
class KeyCertificate:
    """A certificate on the key: id joins it to its private key (CKA_ID; empty for a CA's), der is X.509."""

    id: bytes
    der: bytes


@dataclass(frozen=True, slots=True)
class Entered:
    """A PIN was tried. tries: what the key says after it."""

    answer: PinAnswer
    tries: Tries


class ClerkKey(Device):
    """Kind 20. A token with one clerk's private key, which never leaves it.

    `open` is OK where keys can be plugged in, whether one is or not; `probe` says NOT_PRESENT while none is, and at
    least once when one was changed for another since the PIN was entered: it is asked twice a second.
    """

    kind = DeviceKind.CLERK_KEY
    probe_seconds = 0.5

    @abc.abstractmethod
    def token(self) -> Reply[KeyToken]:
        """What is plugged in. NOT_PRESENT: nothing. Needs no PIN."""

    @abc.abstractmethod
    def certificates(self) -> Reply[tuple[KeyCertificate, ...]]:
        """All certificates on the key, in its own order; may be none. Needs no PIN. NOT_PRESENT: no key."""

    @abc.abstractmethod
    def enter(self, pin: str) -> Reply[Entered]:
        """Try the PIN; the key counts. RIGHT opens the private key until `leave`, or until the key is pulled out. The
        PIN never reaches a log or a detail. NOT_PRESENT: no key."""

    @abc.abstractmethod
    def sign(self, certificate: bytes, data: bytes) -> Reply[bytes]:
        """Sign data with the private key of the certificate of this id: ECDSA with SHA-256 (DER, as X9.62), or RSA
        PKCS#1 v1.5 with SHA-256. NOT_PRESENT: no key, or not the one whose PIN was entered. DENIED_BY_USER: no PIN was
        entered. UNREADABLE: the key holds no such private key, or one of an algorithm that is not known here."""

    @abc.abstractmethod
    def leave(self) -> Reply[bool]:
        """The PIN is asked for again before the next signature. OK without a key too."""
