"""The PIN pad protocol of docs/devices.md ("YPP/1"): frames, and the session that keeps a PIN off the wire.

Frame: 02 | length (2, big-endian) | body | CRC-16/CCITT-FALSE (2) over length and body.
Body: command, sequence, then data; an answer has command | 80 and, before its data, a state.
Session: each `HELLO` makes a fresh X25519 key on both sides; HKDF-SHA-256 over both shared secrets (with the pad's
passing key and with its lasting one) gives an AES-256-GCM key. Who only listens learns neither digits nor their
number; a line that changes bytes is noticed. The lasting key is what `pad=` in the URI pins.
"""

from __future__ import annotations

import hashlib
import os
import struct
from binascii import crc_hqx
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = 1
STX = 0x02
ANSWER = 0x80
_MOST_BODY = 512
_BLOCK = 16
"""Bytes of a PIN block: every PIN is as long as every other on the wire."""
KEY = 32
_NONCE = 12
_PROOF = b"YPP/1 pad"


class Command(IntEnum):
    STATUS = 0x01
    """Is it there? Answer data: the pad's name, UTF-8."""
    HELLO = 0x02
    """Data: version, host's passing key. Answer data: pad's passing key, pad's lasting key, proof."""
    ASK = 0x10
    """Data, sealed: shortest, longest, seconds, prompt. Answered twice: TAKEN at once, then how it ended."""
    KEY = 0x11
    """From the pad, unasked: one key was pressed. Data: how many digits stand there now."""
    CANCEL = 0x12
    AGAIN = 0x13
    """Say how the last ASK ended once more: its answer came damaged."""


class State(IntEnum):
    DONE = 0x00
    TAKEN = 0x01
    CANCELLED = 0x02
    """The person pressed cancel."""
    TIMED_OUT = 0x03
    BUSY = 0x04
    REFUSED = 0x05
    """Not understood, or no session."""
    BROKEN = 0x06
    """The pad says that it has been opened, or does not work."""


@dataclass(frozen=True, slots=True)
class Message:
    """A frame's body."""

    command: int
    sequence: int
    data: bytes = b""

    def encode(self) -> bytes:
        body = bytes((self.command, self.sequence)) + self.data
        checked = struct.pack(">H", len(body)) + body
        return bytes((STX,)) + checked + struct.pack(">H", crc_hqx(checked, 0xFFFF))

    @property
    def state(self) -> int:
        """Of an answer."""
        return self.data[0] if self.data else State.REFUSED

    @property
    def content(self) -> bytes:
        """Of an answer: what follows its state."""
        return self.data[1:]


class Decoder:
    """Finds frames in a stream that splits and damages them. `damaged`: something was there and was no frame."""

    def __init__(self) -> None:
        self._heard = bytearray()
        self.damaged = False

    @property
    def pending(self) -> bool:
        """Has something begun that is not whole yet?"""
        return bool(self._heard)

    def reset(self) -> None:
        self._heard.clear()
        self.damaged = False

    def feed(self, data: bytes) -> Iterator[Message]:
        self._heard += data
        while self._heard:
            begin = self._heard.find(STX)
            if begin != 0:
                self.damaged = True
                del self._heard[: begin if begin > 0 else len(self._heard)]
                continue
            if len(self._heard) < 3:
                return
            length = int.from_bytes(self._heard[1:3], "big")
            if not 2 <= length <= _MOST_BODY:
                self._skip()
                continue
            if len(self._heard) < length + 5:
                return
            checked, check = bytes(self._heard[1 : length + 3]), self._heard[length + 3 : length + 5]
            if crc_hqx(checked, 0xFFFF) != int.from_bytes(check, "big"):
                # The length itself may be what was damaged: the next frame may begin inside this one.
                self._skip()
                continue
            del self._heard[: length + 5]
            yield Message(checked[2], checked[3], checked[4:])

    def give_up(self) -> Iterator[Message]:
        """What has begun will not be finished: look for a frame behind its first byte."""
        if self._heard:
            self._skip()
        yield from self.feed(b"")

    def _skip(self) -> None:
        self.damaged = True
        del self._heard[0]


class Forged(Exception):
    """What came was not sealed by this session, or the pad is not the one that was pinned."""


class Session:
    """One conversation's key. `sequence` and direction are bound into every seal: nothing can be said twice."""

    def __init__(self, key: bytes) -> None:
        self._seal = AESGCM(key)

    def seal(self, sender: bytes, sequence: int, plain: bytes) -> bytes:
        """sender: b"H" the host, b"P" the pad."""
        nonce = os.urandom(_NONCE)
        return nonce + self._seal.encrypt(nonce, plain, sender + bytes((sequence,)))

    def open(self, sender: bytes, sequence: int, sealed: bytes) -> bytes:
        """Forged: damaged, of another session, another sequence or another sender."""
        try:
            return self._seal.decrypt(sealed[:_NONCE], sealed[_NONCE:], sender + bytes((sequence,)))
        except (InvalidTag, ValueError) as error:
            raise Forged from error


def fingerprint(lasting: bytes) -> str:
    """A pad's lasting public key as the URI pins it: 16 hex digits."""
    return hashlib.sha256(lasting).hexdigest()[:16]


def public(key: X25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def host_session(own: X25519PrivateKey, answer: bytes, sequence: int) -> tuple[Session, bytes]:
    """The host's side of HELLO: the session and the pad's lasting key. Forged: the pad proves nothing."""
    passing, lasting, proof = answer[:KEY], answer[KEY : 2 * KEY], answer[2 * KEY :]
    try:
        secrets = (own.exchange(X25519PublicKey.from_public_bytes(key)) for key in (passing, lasting))
        session = Session(_derive(b"".join(secrets), public(own), passing, lasting))
    except ValueError as error:
        raise Forged from error
    if session.open(b"P", sequence, proof) != _PROOF:
        raise Forged
    return session, lasting


def pad_session(lasting: X25519PrivateKey, host: bytes, sequence: int) -> tuple[Session, bytes]:
    """The pad's side of HELLO: the session, and the answer's data. Forged: that is no key."""
    passing = X25519PrivateKey.generate()
    try:
        peer = X25519PublicKey.from_public_bytes(host)
        secrets = passing.exchange(peer) + lasting.exchange(peer)
    except ValueError as error:
        raise Forged from error
    session = Session(_derive(secrets, host, public(passing), public(lasting)))
    return session, public(passing) + public(lasting) + session.seal(b"P", sequence, _PROOF)


def _derive(secrets: bytes, host: bytes, passing: bytes, lasting: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=host + passing + lasting, info=b"YPP/1 session").derive(secrets)


def pin_block(digits: str) -> bytes:
    """Length, digits, padding: always as long. ValueError: more than fits."""
    if len(digits) >= _BLOCK:
        raise ValueError("too long")
    return bytes((len(digits),)) + digits.encode("ascii") + bytes(_BLOCK - 1 - len(digits))


def digits_of(block: bytes) -> str:
    """ValueError: no PIN block."""
    if len(block) != _BLOCK or block[0] >= _BLOCK or any(block[1 + block[0] :]):
        raise ValueError("no PIN block")
    digits = block[1 : 1 + block[0]].decode("ascii")
    if not digits.isdecimal():
        raise ValueError("no PIN block")
    return digits
