"""Header and payload variants that EU issuers use, side by side with an independent library, and mutated codes.

The vectors are our own: the published ones (dgc-testdata) are in no package of a registry.
"""

from __future__ import annotations

import datetime as dt
import zlib
from dataclasses import replace
from typing import Any

import base45
import cbor2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier
from cwt import COSE, COSEHeaders, COSEKey
from hypothesis import given, settings
from hypothesis import strategies as st
from licence_kit import NOW

from app.demo.issuers import EU_SAMPLE, make_certificate
from app.domain.fact import Verdict
from app.licences.claims import EU_CLAIM, EU_V1, EXP, IAT, ISS
from app.licences.cose import Algorithm, SigningKey, _sign, _to_be_signed, algorithm_of
from app.licences.keys import certificate_kid, read_keys
from app.licences.trust import TrustList
from app.licences.verify import EU_PREFIX, read_licence

ISSUED = NOW - dt.timedelta(days=10)
ENTRY = {"tg": "840539006", "dn": 2, "sd": 2, "dt": "2026-05-01", "co": "DE", "is": "X", "ci": "URN:UVCI:01DE/A/1#S"}
NAME = {"fn": "Müller", "gn": "Jörg", "fnt": "MUELLER", "gnt": "JOERG"}
KINDS = {"v": "eu_vaccination", "t": "eu_test", "r": "eu_recovery"}
KEYS = {alg: SigningKey.generate(alg) for alg in Algorithm}
CERTS = {alg: make_certificate(EU_SAMPLE, key, NOW) for alg, key in KEYS.items()}


def trust_of(*certificates: x509.Certificate) -> TrustList:
    keys = [key for cert in certificates for key in read_keys(cert.public_bytes(serialization.Encoding.PEM))]
    return TrustList(tuple(keys), dt.date(2026, 11, 20))


def claims(kind: str = "v", **times: Any) -> dict[Any, Any]:
    when = {"iat": int(ISSUED.timestamp()), "exp": int((NOW + dt.timedelta(days=100)).timestamp())} | times
    named = {IAT: when["iat"], EXP: when["exp"]}
    certificate = {"ver": "1.3.0", "nam": NAME, "dob": "1990-03-15", kind: [ENTRY]}
    stated = {claim: at for claim, at in named.items() if at is not None}
    return {ISS: "DE", **stated, EU_CLAIM: {EU_V1: certificate}}


def code(
    protected: dict[int, Any],
    unprotected: Any = None,
    body: bytes | None = None,
    *,
    alg: Algorithm = Algorithm.ES256,
    tags: tuple[int, ...] = (18,),
    key: SigningKey | None = None,
) -> str:
    head = cbor2.dumps(protected) if protected else b""
    body = cbor2.dumps(claims()) if body is None else body
    signature = _sign((key or KEYS[alg]).private_key, _to_be_signed(head, body))
    message: Any = [head, {} if unprotected is None else unprotected, body, signature]
    for tag in tags:
        message = cbor2.CBORTag(tag, message)
    return packed(cbor2.dumps(message))


def packed(message: bytes) -> str:
    return EU_PREFIX + base45.b45encode(zlib.compress(message)).decode()


def unpacked(text: str) -> bytes:
    return zlib.decompress(base45.b45decode(text.removeprefix(EU_PREFIX)))


def verdict_of(text: str, trust: TrustList) -> Verdict:
    return read_licence(text, trust, NOW).verdict


def kid_of(alg: Algorithm) -> bytes:
    return certificate_kid(CERTS[alg])


@pytest.mark.parametrize("alg", list(Algorithm), ids=lambda alg: alg.name)
@pytest.mark.parametrize("where", ["protected", "unprotected", "kid apart", "alg apart", "both"])
@pytest.mark.parametrize("tags", [(), (18,), (18, 61)], ids=["bare", "18", "61-18"])
def test_key_identifier_and_algorithm_wherever_they_stand(alg: Algorithm, where: str, tags: tuple[int, ...]) -> None:
    kid = {4: kid_of(alg)}
    named = {1: int(alg)}
    heads: dict[str, tuple[dict[int, Any], dict[int, Any]]] = {
        "protected": (named | kid, {}),
        "unprotected": ({}, named | kid),
        "kid apart": (named, kid),
        "alg apart": (kid, named),
        "both": (named | kid, {4: b"otherkey", 1: -257}),
    }
    protected, unprotected = heads[where]
    text = code(protected, unprotected, alg=alg, tags=tags)
    assert verdict_of(text, trust_of(CERTS[alg])) is Verdict.SIGNATURE_VALID


def test_a_list_too_long_to_be_tried_goes_by_the_protected_identifier() -> None:
    """RFC 9052 §3: where a parameter stands in both, the protected one counts."""
    crowd = trust_of(
        *(make_certificate(EU_SAMPLE, SigningKey.generate(), NOW) for _ in range(33)), CERTS[Algorithm.ES256]
    )
    good, other = kid_of(Algorithm.ES256), b"otherkey"
    assert verdict_of(code({1: -7, 4: good}, {4: other}), crowd) is Verdict.SIGNATURE_VALID
    reading = read_licence(code({1: -7, 4: other}, {4: good}), crowd, NOW)
    assert reading.verdict is Verdict.INVALID
    assert "不在信任名单" in reading.reason


def test_two_keys_under_one_identifier_are_both_tried() -> None:
    twin = SigningKey.generate()
    keys = list(trust_of(CERTS[Algorithm.ES256], make_certificate(EU_SAMPLE, twin, NOW)).keys)
    trust = TrustList(tuple(replace(key, kids=(b"shared",)) for key in keys), dt.date(2026, 11, 20))
    for key in (KEYS[Algorithm.ES256], twin):
        assert verdict_of(code({1: -7, 4: b"shared"}, key=key), trust) is Verdict.SIGNATURE_VALID
    assert verdict_of(code({1: -7, 4: b"shared"}, key=SigningKey.generate()), trust) is Verdict.INVALID


INNER = cbor2.dumps(claims())


@pytest.mark.parametrize(
    "body",
    [cbor2.dumps(INNER), cbor2.dumps(cbor2.CBORTag(61, claims())), cbor2.dumps(cbor2.CBORTag(24, INNER))],
    ids=["byte string in byte string", "tagged as CWT", "tagged as encoded CBOR"],
)
def test_a_payload_wrapped_once_more_is_read(body: bytes) -> None:
    trust = trust_of(CERTS[Algorithm.ES256])
    reading = read_licence(code({1: -7, 4: kid_of(Algorithm.ES256)}, body=body), trust, NOW)
    assert (reading.verdict, reading.holder["name"]) == (Verdict.SIGNATURE_VALID, "Jörg Müller")
    twice = code({1: -7, 4: kid_of(Algorithm.ES256)}, body=cbor2.dumps(cbor2.dumps(INNER)))
    assert verdict_of(twice, trust) is Verdict.INVALID


@pytest.mark.parametrize(
    ("times", "verdict"),
    [
        ({"exp": (NOW + dt.timedelta(days=1)).timestamp() + 0.5}, Verdict.SIGNATURE_VALID),
        ({"exp": cbor2.CBORTag(1, int((NOW + dt.timedelta(days=1)).timestamp()))}, Verdict.SIGNATURE_VALID),
        ({"exp": (NOW - dt.timedelta(days=1)).timestamp()}, Verdict.EXPIRED),
        ({"exp": None, "iat": None}, Verdict.SIGNATURE_VALID),
        ({"exp": "2030-01-01"}, Verdict.INVALID),
        ({"exp": True}, Verdict.INVALID),
        ({"exp": float("nan")}, Verdict.INVALID),
        ({"exp": float("inf")}, Verdict.INVALID),
        ({"exp": 2**63}, Verdict.INVALID),
        ({"exp": [1]}, Verdict.INVALID),
        ({"iat": b"now"}, Verdict.INVALID),
        ({"iat": (NOW + dt.timedelta(hours=1)).timestamp()}, Verdict.INVALID),
    ],
)
def test_times_of_every_type(times: dict[str, Any], verdict: Verdict) -> None:
    text = code({1: -7, 4: kid_of(Algorithm.ES256)}, body=cbor2.dumps(claims(**times)))
    assert verdict_of(text, trust_of(CERTS[Algorithm.ES256])) is verdict


@pytest.mark.parametrize("root", ["1.3.6.1.4.1.1847.2021.1", "1.3.6.1.4.1.0.1847.2021.1"])
@pytest.mark.parametrize(("number", "allowed"), [("1", "t"), ("2", "v"), ("3", "r")])
def test_extended_key_usages_bind_a_signer_to_its_kinds(root: str, number: str, allowed: str) -> None:
    uses = [ExtendedKeyUsageOID.CLIENT_AUTH, ObjectIdentifier(f"{root}.{number}")]
    certificate = with_extensions(KEYS[Algorithm.ES256], x509.ExtendedKeyUsage(uses))
    trust = trust_of(certificate)
    for kind in KINDS:
        text = code({1: -7, 4: certificate_kid(certificate)}, body=cbor2.dumps(claims(kind)))
        reading = read_licence(text, trust, NOW)
        assert (reading.verdict is Verdict.SIGNATURE_VALID) == (kind == allowed), reading
        if kind == allowed:
            assert reading.licence["type"] == KINDS[kind]


def test_a_certificate_that_is_not_for_signing_is_not_taken() -> None:
    def usage(**on: bool) -> x509.KeyUsage:
        names = (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
            "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        )  # fmt: skip
        return x509.KeyUsage(**{name: on.get(name, False) for name in names})

    key = KEYS[Algorithm.ES256]
    for wrong in (usage(key_cert_sign=True, crl_sign=True), usage(key_agreement=True)):
        pem = with_extensions(key, wrong).public_bytes(serialization.Encoding.PEM)
        with pytest.raises(ValueError, match="用途"):
            read_keys(pem)
    for right in (usage(digital_signature=True), usage(content_commitment=True)):
        assert read_keys(with_extensions(key, right).public_bytes(serialization.Encoding.PEM))


def test_only_the_curve_and_the_sizes_that_are_in_use() -> None:
    for curve in (ec.SECP384R1(), ec.SECP521R1(), ec.SECP256K1()):
        with pytest.raises(ValueError, match="unsupported"):
            algorithm_of(ec.generate_private_key(curve))
    numbers = rsa.RSAPublicNumbers(65537, (1 << 8191) + 9)
    with pytest.raises(ValueError, match="unsupported"):
        algorithm_of(numbers.public_key())
    assert algorithm_of(rsa.RSAPublicNumbers(65537, (1 << 4095) + 9).public_key()) is Algorithm.PS256


def test_a_4096_bit_rsa_signer() -> None:
    key = SigningKey(b"", rsa.generate_private_key(65537, 4096))
    certificate = make_certificate(EU_SAMPLE, key, NOW)
    text = code({1: -37, 4: certificate_kid(certificate)}, key=key)
    assert verdict_of(text, trust_of(certificate)) is Verdict.SIGNATURE_VALID


@pytest.mark.parametrize("alg", list(Algorithm), ids=lambda alg: alg.name)
@pytest.mark.parametrize("apart", [False, True], ids=["kid protected", "kid unprotected"])
def test_what_an_independent_library_signs_is_read(alg: Algorithm, apart: bool) -> None:
    own = cose_key(alg, KEYS[alg].to_pem())
    kid = {COSEHeaders.KID: kid_of(alg)}
    protected = {COSEHeaders.ALG: int(alg)} | ({} if apart else kid)
    message = COSE.new().encode(cbor2.dumps(claims()), own, protected=protected, unprotected=kid if apart else {})
    assert verdict_of(packed(message), trust_of(CERTS[alg])) is Verdict.SIGNATURE_VALID


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(list(Algorithm)), st.integers(0, 10**6), st.integers(1, 255))
def test_no_flipped_byte_ever_verifies_unless_it_changes_nothing(alg: Algorithm, where: int, flip: int) -> None:
    """Flipped anywhere in the message, inside or outside what is signed: the signature holds only where an independent
    library agrees that it does (a flip in the unprotected kid, say), and the claims are then the same."""
    trust = trust_of(CERTS[alg])
    text = code({1: int(alg)}, {4: kid_of(alg)}, alg=alg)
    message = bytearray(unpacked(text))
    message[where % len(message)] ^= flip
    reading = read_licence(packed(bytes(message)), trust, NOW)
    if reading.verdict is not Verdict.INVALID:
        assert reading == read_licence(text, trust, NOW)
        spki = serialization.PublicFormat.SubjectPublicKeyInfo
        pem = KEYS[alg].public_key.public_bytes(serialization.Encoding.PEM, spki)
        protected, _, body, signature = cbor2.loads(bytes(message)).value
        again = cbor2.dumps(cbor2.CBORTag(18, [protected, {}, body, signature]))
        assert COSE.new().decode(again, cose_key(alg, pem)) == cbor2.dumps(claims())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))
def test_no_changed_character_ever_verifies(where: int, char: str) -> None:
    text = code({1: -7, 4: kid_of(Algorithm.ES256)})
    at = len(EU_PREFIX) + where % (len(text) - len(EU_PREFIX))
    changed = text[:at] + char + text[at + 1 :]
    if changed != text:
        assert verdict_of(changed, trust_of(CERTS[Algorithm.ES256])) is Verdict.INVALID


def cose_key(alg: Algorithm, pem: bytes) -> Any:
    name = alg.name.replace("EDDSA", "EdDSA")
    return COSEKey.from_pem(pem.decode(), alg=name, kid=kid_of(alg))


def with_extensions(key: SigningKey, *extensions: x509.ExtensionType) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "DSC")])
    builder = (
        x509.CertificateBuilder(subject, subject, key.public_key, 1)
        .not_valid_before(NOW - dt.timedelta(days=100))
        .not_valid_after(NOW + dt.timedelta(days=100))
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return builder.sign(key.private_key, hashes.SHA256())
