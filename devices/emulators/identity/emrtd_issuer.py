"""A made-up state that issues passports: its certificates, and chips' contents signed with them (Doc 9303-10, -12).

Everything follows from names, nothing from chance: the same person has the same chip in every run. Keys made so protect
nothing, and nothing real is signed with them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from asn1crypto import algos, cms, core
from asn1crypto import x509 as structures
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

SigningKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

_TAGS = (0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70)
_SECURITY_OBJECT, _MASTER_LIST = "2.23.136.1.1.1", "2.23.136.1.1.2"
_BEGAN = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_ISSUED = dt.datetime(2023, 6, 1, tzinfo=dt.UTC)


def tlv(tag: int, *parts: bytes) -> bytes:
    """One data object."""
    value = b"".join(parts)
    size = len(value)
    extra = (size.bit_length() + 7) // 8
    length = bytes((size,)) if size < 0x80 else bytes((0x80 | extra,)) + size.to_bytes(extra, "big")
    return tag.to_bytes((tag.bit_length() + 7) // 8, "big") + length + value


def ec_key(name: str, curve: ec.EllipticCurve) -> ec.EllipticCurvePrivateKey:
    """The private key of a name: always the same."""
    number = int.from_bytes(hashlib.sha512(name.encode()).digest(), "big")
    return ec.derive_private_key(1 + number % (1 << (curve.key_size - 1)), curve)


@dataclass(frozen=True, slots=True)
class Authority:
    """Somebody with a key and a certificate."""

    key: SigningKey
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


@dataclass(frozen=True, slots=True)
class State:
    """A made-up state: csca signs document signers, signer signs passports."""

    csca: Authority
    signer: Authority
    pss: bool = False

    @classmethod
    def made_up(
        cls,
        country: str = "UT",
        name: str = "Utopia CSCA",
        csca_key: SigningKey | None = None,
        signer_key: SigningKey | None = None,
        signer_days: tuple[int, int] = (0, 4200),
        pss: bool = False,
    ) -> State:
        """signer_days: from when until when the signer's certificate holds, in days after the state began. pss: what is
        signed by RSA is signed with PSS."""
        root_key = csca_key or ec_key(f"{country} {name}", ec.BrainpoolP384R1())
        root = _certificate(country, name, root_key, country, name, root_key, (0, 5500), ca=True, pss=pss)
        own = signer_key or ec_key(f"{country} {name} signer", ec.BrainpoolP256R1())
        made = _certificate(country, f"{name} DS 1", own, country, name, root_key, signer_days, ca=False, pss=pss)
        return cls(Authority(root_key, root), Authority(own, made), pss)

    def again(self, csca_key: SigningKey, signer_days: tuple[int, int] = (0, 4200)) -> State:
        """A state of the same names with this key."""
        names = self.csca.certificate.subject
        country, name = (
            str(names.get_attributes_for_oid(oid)[0].value) for oid in (NameOID.COUNTRY_NAME, NameOID.COMMON_NAME)
        )
        return State.made_up(country, name, csca_key, signer_days=signer_days)

    def sign(self, kind: str, content: bytes) -> bytes:
        """A CMS SignedData by the signer."""
        return signed_data(self.signer, kind, content, self.pss)

    def master_list(self, certificates: Iterable[bytes]) -> bytes:
        """A master list of these certificates (DER), signed; the state's own root comes with the signature."""
        own = [structures.Certificate.load(one) for one in certificates]
        body = tlv(0x30, tlv(0x02, b"\0"), tlv(0x31, b"".join(sorted(one.dump() for one in own))))
        return signed_data(self.signer, _MASTER_LIST, body, self.pss, (self.csca.der,))


@cache
def utopia() -> State:
    """The state of the demo."""
    return State.made_up()


def _certificate(
    country: str, name: str, key: SigningKey, by_country: str, by: str, by_key: SigningKey, days: tuple[int, int],
    ca: bool, pss: bool,
) -> x509.Certificate:  # fmt: skip
    serial = int.from_bytes(hashlib.sha256(f"{country} {name}".encode()).digest()[:8], "big") >> 1
    made = (
        x509.CertificateBuilder()
        .subject_name(_name(country, name))
        .issuer_name(_name(by_country, by))
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(_BEGAN + dt.timedelta(days[0]))
        .not_valid_after(_BEGAN + dt.timedelta(days[1]))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by_key.public_key()), critical=False)
    )
    if pss and isinstance(by_key, rsa.RSAPrivateKey):
        return made.sign(by_key, hashes.SHA256(), rsa_padding=padding.PSS(padding.MGF1(hashes.SHA256()), 32))
    if isinstance(by_key, ec.EllipticCurvePrivateKey):
        return made.sign(by_key, hashes.SHA384(), ecdsa_deterministic=True)
    return made.sign(by_key, hashes.SHA256())


def _name(country: str, name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, country),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Made-up passports"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def signed_data(signer: Authority, kind: str, content: bytes, pss: bool = False, more: Iterable[bytes] = ()) -> bytes:
    """CMS SignedData (RFC 5652) of SHA-256, with signed attributes. more: certificates that come along (DER)."""
    own = structures.Certificate.load(signer.der)
    attributes = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": [kind]}),
            cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(content).digest()]}),
            cms.CMSAttribute({"type": "signing_time", "values": [cms.Time({"utc_time": _ISSUED})]}),
        ]
    )
    method, signature = _sign(signer.key, attributes.dump(), pss)
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {"issuer_and_serial_number": {"issuer": own.issuer, "serial_number": own.serial_number}}
            ),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": method,
            "signature": signature,
        }
    )
    body = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": kind, "content": core.ParsableOctetString(content)},
            "certificates": [own, *(structures.Certificate.load(one) for one in more)],
            "signer_infos": [info],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": body}).dump())


def _sign(key: SigningKey, body: bytes, pss: bool) -> tuple[dict[str, Any], bytes]:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        signature = key.sign(body, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        return {"algorithm": "sha256_ecdsa"}, signature
    if not pss:
        return {"algorithm": "sha256_rsa"}, key.sign(body, padding.PKCS1v15(), hashes.SHA256())
    parameters = algos.RSASSAPSSParams(
        {
            "hash_algorithm": {"algorithm": "sha256"},
            "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": "sha256"}},
            "salt_length": 32,
        }
    )
    signature = key.sign(body, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    return {"algorithm": "rsassa_pss", "parameters": parameters}, signature


# Contents of the chip


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose passport: the lines of the zone, the portrait (an encoded picture), names in the holder's own characters
    and what else DG11 may say."""

    zone: tuple[str, ...]
    portrait: bytes = b""
    full_name: str = ""
    birth_place: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """groups: data groups by number, as files. common: EF.COM. sod: EF.SOD."""

    groups: Mapping[int, bytes]
    common: bytes
    sod: bytes

    def without(self, *numbers: int) -> Contents:
        """What a copier leaves out: groups that would ask for a private key, and their names in EF.COM."""
        kept = {number: file for number, file in self.groups.items() if number not in numbers}
        return replace(self, groups=kept, common=common_file(kept))


def contents(
    holder: Holder,
    state: State,
    chip_infos: bytes = b"",
    active_key: SigningKey | None = None,
    hash_name: str = "sha256",
) -> Contents:
    """A passport's contents, signed. chip_infos: the SecurityInfos of DG14; active_key: for DG15."""
    groups = {1: zone_file(holder.zone)}
    if holder.portrait:
        groups[2] = portrait_file(holder.portrait)
    if holder.full_name or holder.birth_place:
        groups[11] = details_file(holder)
    if chip_infos:
        groups[14] = tlv(0x6E, chip_infos)
    if active_key is not None:
        groups[15] = tlv(0x6F, public_bytes(active_key))
    return Contents(groups, common_file(groups), security_object(groups, state, hash_name))


def public_bytes(key: SigningKey) -> bytes:
    """SubjectPublicKeyInfo."""
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def common_file(groups: Iterable[int]) -> bytes:
    """EF.COM."""
    tags = bytes(_TAGS[number - 1] for number in sorted(groups))
    return tlv(0x60, tlv(0x5F01, b"0107"), tlv(0x5F36, b"040000"), tlv(0x5C, tags))


def zone_file(zone: tuple[str, ...]) -> bytes:
    """DG1."""
    return tlv(0x61, tlv(0x5F1F, "".join(zone).encode("ascii")))


def portrait_file(picture: bytes) -> bytes:
    """DG2: one face as ISO 19794-5 writes it."""
    jpeg_2000 = not picture.startswith(b"\xff\xd8")
    about = bytes(2) + b"\0\0\0" + bytes(3) + bytes(2) + bytes(6)  # no features, nothing said of sex, eyes and pose
    image = bytes((1, jpeg_2000)) + bytes(4) + b"\x01\x02" + bytes(4)
    face = (4 + len(about) + len(image) + len(picture)).to_bytes(4, "big") + about + image + picture
    record = b"FAC\x00010\x00" + (14 + len(face)).to_bytes(4, "big") + b"\0\x01" + face
    head = tlv(0xA1, tlv(0x80, b"\x01\x01"), tlv(0x81, b"\x02"), tlv(0x87, b"\x01\x01"), tlv(0x88, b"\0\x08"))
    return tlv(0x75, tlv(0x7F61, tlv(0x02, b"\x01"), tlv(0x7F60, head, tlv(0x5F2E, record))))


def details_file(holder: Holder) -> bytes:
    """DG11."""
    values = [(0x5F0E, holder.full_name), (0x5F11, holder.birth_place)]
    there = [(tag, text.encode()) for tag, text in values if text]
    tags = b"".join(tag.to_bytes(2, "big") for tag, _ in there)
    return tlv(0x6B, tlv(0x5C, tags), *(tlv(tag, text) for tag, text in there))


def security_object(groups: Mapping[int, bytes], state: State, hash_name: str = "sha256") -> bytes:
    """EF.SOD."""
    rows = [
        tlv(0x30, tlv(0x02, bytes((number,))), tlv(0x04, hashlib.new(hash_name, file).digest()))
        for number, file in sorted(groups.items())
    ]
    method = algos.DigestAlgorithm({"algorithm": hash_name}).dump()
    body = tlv(0x30, tlv(0x02, b"\0"), method, tlv(0x30, *rows))
    return tlv(0x77, state.sign(_SECURITY_OBJECT, body))
