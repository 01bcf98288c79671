"""Made-up SM2 people for the tests: keys, certificates, lists of revoked ones, and DER to write them in.

Signs with plain integers, for what it signs is made up; the product only verifies.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from app.licences.gm.sm2 import SM2_CURVE, SM2_WITH_SM3, G, N, Sm2Key, affine, prefix_digest, sm3, two_times


def tlv(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes((tag, len(body))) + body
    size = (len(body).bit_length() + 7) // 8
    return bytes((tag, 0x80 | size)) + len(body).to_bytes(size, "big") + body


def sequence(*parts: bytes) -> bytes:
    return tlv(0x30, *parts)


def integer(value: int) -> bytes:
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def octets(data: bytes) -> bytes:
    return tlv(0x04, data)


def bits(data: bytes) -> bytes:
    return tlv(0x03, b"\0", data)


def utf8(text: str) -> bytes:
    return tlv(0x0C, text.encode())


def ia5(text: str) -> bytes:
    return tlv(0x16, text.encode("ascii"))


def when(at: dt.datetime) -> bytes:
    return tlv(0x18, at.astimezone(dt.UTC).strftime("%Y%m%d%H%M%SZ").encode())


def utc(at: dt.datetime) -> bytes:
    return tlv(0x17, at.astimezone(dt.UTC).strftime("%y%m%d%H%M%SZ").encode())


def oid(dotted: str) -> bytes:
    first, second, *rest = map(int, dotted.split("."))
    out = bytearray()
    for number in (first * 40 + second, *rest):
        septets = [number & 0x7F]
        while number := number >> 7:
            septets.append(number & 0x7F | 0x80)
        out += bytes(reversed(septets))
    return tlv(0x06, bytes(out))


@dataclass(frozen=True)
class Signer:
    """A private key."""

    d: int
    key: Sm2Key

    @classmethod
    def make(cls) -> Signer:
        d = secrets.randbelow(N - 2) + 1
        point = affine(two_times(d, 0, G))
        assert point is not None
        return cls(d, Sm2Key(*point))

    def sign(self, message: bytes) -> bytes:
        """GB/T 32918.2 §6.1, as DER."""
        e = int.from_bytes(sm3(prefix_digest(self.key), message), "big")
        while True:
            k = secrets.randbelow(N - 1) + 1
            point = affine(two_times(k, 0, G))
            assert point is not None
            r = (e + point[0]) % N
            s = pow(1 + self.d, -1, N) * (k - r * self.d) % N
            if r and r + k != N and s:
                return sequence(integer(r), integer(s))


@dataclass(frozen=True)
class Identity:
    """A certificate and its key."""

    signer: Signer
    certificate: bytes
    name: bytes

    @property
    def pem(self) -> bytes:
        from base64 import encodebytes

        return b"-----BEGIN CERTIFICATE-----\n" + encodebytes(self.certificate) + b"-----END CERTIFICATE-----\n"


_ALGORITHM = sequence(oid(SM2_WITH_SM3), tlv(0x05))


def name_of(organisation: str, common: str, uscc: str = "") -> bytes:
    parts = [("2.5.4.6", tlv(0x13, b"CN")), ("2.5.4.10", utf8(organisation)), ("2.5.4.3", utf8(common))]
    if uscc:
        parts.append(("2.5.4.97", utf8(uscc)))
    return sequence(*(tlv(0x31, sequence(oid(key), value)) for key, value in parts))


def make_identity(
    organisation: str,
    common: str,
    start: dt.datetime,
    end: dt.datetime,
    issuer: Identity | None = None,
    *,
    ca: bool = False,
    uscc: str = "",
    serial: int | None = None,
    sign_usage: bool = True,
) -> Identity:
    """A certificate, self-signed without an issuer."""
    signer = Signer.make()
    name = name_of(organisation, common, uscc)
    spki = sequence(sequence(oid("1.2.840.10045.2.1"), oid(SM2_CURVE)), bits(signer.key.point))
    usage = (b"\x01\x06" if ca else b"\x06\xc0") if sign_usage else b"\x03\x08"
    extensions = sequence(
        sequence(oid("2.5.29.19"), tlv(0x01, b"\xff"), octets(sequence(tlv(0x01, b"\xff")) if ca else sequence())),
        sequence(oid("2.5.29.15"), tlv(0x01, b"\xff"), octets(tlv(0x03, usage))),
        sequence(oid("2.5.29.14"), octets(octets(sm3(signer.key.point)[:20]))),
    )
    far = utc if end.year < 2050 else when
    tbs = sequence(
        tlv(0xA0, integer(2)),
        integer(serial or secrets.randbits(64) | 1 << 60),
        _ALGORITHM,
        issuer.name if issuer else name,
        sequence(utc(start), far(end)),
        name,
        spki,
        tlv(0xA3, extensions),
    )
    by = issuer.signer if issuer else signer
    return Identity(signer, sequence(tbs, _ALGORITHM, bits(by.sign(tbs))), name)


def make_crl(issuer: Identity, at: dt.datetime, revoked: Sequence[tuple[int, dt.datetime]]) -> bytes:
    """A list of revoked certificates, DER."""
    entries = sequence(*(sequence(integer(serial), utc(since)) for serial, since in revoked))
    tbs = sequence(integer(1), _ALGORITHM, issuer.name, utc(at), utc(at + dt.timedelta(days=30)), entries)
    return sequence(tbs, _ALGORITHM, bits(issuer.signer.sign(tbs)))
