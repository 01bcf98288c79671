"""The seal and its signature as ASN.1: SES_Signature of GB/T 38540-2020 (version 4) and of GM/T 0031-2014 (version 1).

Only the shapes; nothing is judged here. Signed parts are kept as the bytes that they came as.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.licences.gm import der
from app.licences.gm.der import BadDer, Node

MAX_SIGNED_VALUE = 8 * 1024 * 1024
_MAX_CERTIFICATES = 200


@dataclass(frozen=True, slots=True)
class Seal:
    """An electronic seal 电子印章. signed: what its maker 制章人 may have signed, with `signature`: what the seal is,
    alone or with the maker's certificate and the algorithm; the editions of the standard differ, and makers more.
    certificates: DER of those who may use it; digests: SM3 of theirs, when the seal names them so. picture_size:
    millimetres."""

    id: str
    name: str
    maker_org: str
    certificates: tuple[bytes, ...]
    digests: tuple[bytes, ...]
    created: dt.datetime
    starts: dt.datetime
    ends: dt.datetime
    picture_type: str
    picture: bytes
    picture_size: tuple[int, int]
    maker: bytes
    algorithm: str
    signed: tuple[bytes, ...]
    signature: bytes


@dataclass(frozen=True, slots=True)
class SealSignature:
    """A use of a seal 电子签章. signed: what the signer 签章人 may have signed. data_hash: SM3 of Signature.xml. at: by
    the signer's clock; None when the form carries none that we read."""

    version: int
    seal: Seal
    at: dt.datetime | None
    data_hash: bytes
    signer: bytes
    algorithm: str
    signed: tuple[bytes, ...]
    signature: bytes
    stamped: bool = False
    """Is there a time stamp of a third party? It is not judged."""


def read_signature(data: bytes) -> SealSignature:
    """BadDer: neither of the two forms."""
    if len(data) > MAX_SIGNED_VALUE:
        raise BadDer("too large")
    try:
        parts = der.read(data).items()
        to_sign = parts[0].items()
        version = to_sign[0].integer()
        seal = to_sign[1].items()
        # By shape: makers number the versions differently (4, 0x04…, 5), but the parts are as they are.
        if len(parts) == 2 and len(seal) == 2:
            return _old(version, parts, to_sign, seal)
        if len(parts) >= 4 and len(seal) >= 4:
            return _new(version, parts, to_sign, seal)
    except IndexError as error:
        raise BadDer("a part is missing") from error
    raise BadDer("no SES_Signature")


def _new(version: int, parts: list[Node], to_sign: list[Node], seal: list[Node]) -> SealSignature:
    return SealSignature(
        version=version,
        seal=_seal(seal[0], seal[1], seal[2], seal[3]),
        at=to_sign[2].time(),
        data_hash=to_sign[3].bits(),
        signer=parts[1].octets(),
        algorithm=parts[2].oid(),
        signed=(parts[0].raw, _sequence(parts[0].raw + parts[1].raw + parts[2].raw)),
        signature=parts[3].bits(),
        stamped=len(parts) > 4,
    )


def _old(version: int, parts: list[Node], to_sign: list[Node], seal: list[Node]) -> SealSignature:
    info = seal[1].items()
    return SealSignature(
        version=version,
        seal=_seal(seal[0], info[0], info[1], info[2]),
        at=_old_time(to_sign[2]),
        data_hash=to_sign[3].bits(),
        signer=to_sign[5].octets(),
        algorithm=to_sign[6].oid(),
        signed=(parts[0].raw,),
        signature=parts[1].bits(),
    )


def _seal(info: Node, maker: Node, algorithm: Node, signature: Node) -> Seal:
    header, identity, properties, picture = info.items()[:4]
    fields = properties.items()
    listed = fields[2]
    by_digest = False
    if listed.tag == der.INTEGER:  # certListType: version 4 says what the list holds
        by_digest = listed.integer() == 2
        fields = [*fields[:2], *fields[3:]]
        listed = fields[2]
    entries = listed.items()
    if len(entries) == 1 and entries[0].tag == der.SEQUENCE and entries[0].items()[0].tag == der.SEQUENCE:
        entries = entries[0].items()  # a list within the choice, as some makers write it
    if len(entries) > _MAX_CERTIFICATES:
        raise BadDer("too many certificates")
    shown = picture.items()
    return Seal(
        id=identity.text(),
        name=fields[1].text(),
        maker_org=header.items()[2].text(),
        certificates=() if by_digest else tuple(entry.octets() for entry in entries),
        digests=tuple(entry.items()[1].octets() for entry in entries) if by_digest else (),
        created=fields[3].time(),
        starts=fields[4].time(),
        ends=fields[5].time(),
        picture_type=shown[0].text().lower(),
        picture=shown[1].octets(),
        picture_size=(shown[2].integer(), shown[3].integer()),
        maker=maker.octets(),
        algorithm=algorithm.oid(),
        signed=(info.raw, _sequence(info.raw + maker.raw + algorithm.raw)),
        signature=signature.bits(),
    )


def _old_time(node: Node) -> dt.datetime | None:
    """Version 1 lets it be a time stamp or a time in any spelling."""
    if node.tag in (der.UTC_TIME, der.GENERALIZED_TIME):
        return node.time()
    try:
        body = node.bits()
        if body[:1] in (b"\x17", b"\x18"):
            return der.read(body).time()
        return der.read_time(body.decode("ascii"))
    except (BadDer, UnicodeDecodeError):
        return None


def _sequence(body: bytes) -> bytes:
    length = len(body)
    if length < 0x80:
        return bytes((der.SEQUENCE, length)) + body
    size = (length.bit_length() + 7) // 8
    return bytes((der.SEQUENCE, 0x80 | size)) + length.to_bytes(size, "big") + body
