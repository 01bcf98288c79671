"""The trust folder: every format, every fault."""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ObjectIdentifier
from licence_kit import IDENTIFIER, ISSUER, NOW, write_list

from app.demo.issuers import make_certificate
from app.domain.errors import EnvironmentProblem
from app.licences.cose import Algorithm, SigningKey, open_text, public_key_kid, sign_text
from app.licences.keys import certificate_kid, kid_readings, read_keys
from app.licences.trust import TrustList

SPKI = serialization.PublicFormat.SubjectPublicKeyInfo


def b64(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()


def jwk(key: SigningKey, **more: Any) -> dict[str, Any]:
    public = key.public_key
    if isinstance(public, ec.EllipticCurvePublicKey):
        numbers = public.public_numbers()
        return {"kty": "EC", "crv": "P-256", "x": b64(numbers.x), "y": b64(numbers.y)} | more
    if isinstance(public, rsa.RSAPublicKey):
        return {"kty": "RSA", "n": b64(public.public_numbers().n), "e": b64(public.public_numbers().e)} | more
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return {"kty": "OKP", "crv": "Ed25519", "x": base64.urlsafe_b64encode(raw).rstrip(b"=").decode()} | more


@pytest.fixture(scope="module", params=list(Algorithm), ids=lambda a: a.name)
def key(request: pytest.FixtureRequest) -> SigningKey:
    return SigningKey.generate(request.param)


@pytest.mark.parametrize("form", ["cert.pem", "cert.der", "key.pem", "key.der", "key.jwk", "keys.json"])
def test_every_format_verifies_what_its_key_signed(key: SigningKey, form: str, tmp_path: Path) -> None:
    certificate = make_certificate(ISSUER, key, NOW)
    how = serialization.Encoding.DER if form.endswith("der") else serialization.Encoding.PEM
    if form.startswith("cert"):
        data = certificate.public_bytes(how)
    elif form == "key.jwk":
        data = json.dumps(jwk(key)).encode()
    elif form == "keys.json":
        data = json.dumps({"keys": [jwk(SigningKey.generate()), jwk(key, kid="湖州-1", use="sig")]}).encode()
    else:
        data = key.public_key.public_bytes(how, SPKI)
    (tmp_path / form).write_bytes(data)
    trust = TrustList.load(tmp_path)
    assert trust.skipped == ()
    for kid in (certificate_kid(certificate), public_key_kid(key.public_key), "湖州-1".encode(), b"anything"):
        text = sign_text({1: "x"}, SigningKey(kid, key.private_key), "YC1:")
        assert open_text(text, "YC1:", trust.find).payload == {1: "x"}


def test_a_certificate_is_named_by_the_eu_rule(folder: Path, certified: tuple[SigningKey, bytes]) -> None:
    import hashlib

    der = x509.load_pem_x509_certificate(certified[1]).public_bytes(serialization.Encoding.DER)
    kid = hashlib.sha256(der).digest()[:8]
    trust = TrustList.load(folder)
    assert trust.knows(kid)
    assert not trust.knows(b"12345678")
    (found,) = trust.find(kid)
    assert (found.name, found.uscc, found.kid) == (ISSUER.name, ISSUER.uscc, kid)


def test_a_large_list_is_not_tried_in_full(tmp_path: Path) -> None:
    keys = [jwk(SigningKey.generate(), kid=f"k{n}") for n in range(33)]
    (tmp_path / "many.jwks").write_text(json.dumps({"keys": keys}))
    trust = TrustList.load(tmp_path)
    assert trust.find(b"nobody") == ()
    assert len(trust.find(b"k7")) == 1


def test_what_trust_json_says_is_taken_over(folder: Path) -> None:
    write_list(
        folder,
        revoked=[str(IDENTIFIER), {"identifier": "URN:UVCI:1"}],
        types=["real_estate_certificate"],
        regions=["3305"],
        not_before="2026-01-01T00:00:00Z",
        not_after="2050-01-01T00:00:00Z",
    )
    trust = TrustList.load(folder)
    assert trust.date == dt.date(2026, 11, 20)
    assert trust.is_revoked(str(IDENTIFIER))
    assert trust.is_revoked("URN:UVCI:1")
    assert not trust.is_revoked("URN:UVCI:2")
    (key,) = trust.keys
    assert (key.types, key.regions) == (frozenset({"real_estate_certificate"}), ("3305",))
    assert key.not_before == dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert key.not_after is not None
    assert key.not_after.year == 2036  # the certificate's own end is earlier than the list's


def test_an_entry_may_name_its_key_by_kid(folder: Path, certified: tuple[SigningKey, bytes]) -> None:
    document = {"date": "2026-11-20", "issuers": [{"kid": certified[0].kid.hex(), "name": "甲"}]}
    (folder / "trust.json").write_text(json.dumps(document))
    assert TrustList.load(folder).keys[0].name == "甲"


def test_without_trust_json_the_newest_file_dates_the_list(folder: Path) -> None:
    (folder / "trust.json").unlink()
    os.utime(folder / "natural.pem", (0, dt.datetime(2026, 3, 1, 20, tzinfo=dt.UTC).timestamp()))
    trust = TrustList.load(folder)
    assert trust.date == dt.date(2026, 3, 2)  # in Shanghai it is the next day already
    assert trust.keys[0].name == ISSUER.name


def test_a_broken_file_is_skipped_and_named(folder: Path) -> None:
    (folder / "broken.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    (folder / "junk.der").write_bytes(b"\x30\x03abc")
    (folder / "own.pem").write_bytes(SigningKey.generate().to_pem())
    (folder / "secret.jwk").write_text(json.dumps(jwk(SigningKey.generate(), d="AAAA")))
    (folder / "half.jwk").write_text('{"kty": "EC", "crv": "P-256"}')
    (folder / "curve.jwk").write_text('{"kty": "EC", "crv": "P-521", "x": "AA", "y": "AA"}')
    (folder / "notes.txt").write_text("read me")
    trust = TrustList.load(folder)
    assert len(trust.keys) == 1
    assert {line.split("：")[0] for line in trust.skipped} == {
        "broken.pem", "junk.der", "own.pem", "secret.jwk", "half.jwk", "curve.jwk",
    }  # fmt: skip
    assert any(line == "own.pem：私钥不得放入信任目录" for line in trust.skipped)


def test_a_huge_file_is_not_read(folder: Path) -> None:
    with (folder / "huge.der").open("wb") as file:
        file.truncate(5_000_000)
    assert TrustList.load(folder).skipped == ("huge.der：文件过大",)


def test_missing_empty_and_hopeless_folders_are_clear_problems(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="信任名单无法读取"):
        TrustList.load(tmp_path / "none")
    with pytest.raises(EnvironmentProblem, match="信任名单为空"):
        TrustList.load(tmp_path)
    (tmp_path / "a.pem").write_text("hello")
    with pytest.raises(EnvironmentProblem, match=r"a\.pem") as caught:
        TrustList.load(tmp_path)
    assert caught.value.todo


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "[]",
        "{}",
        '{"date": "yesterday"}',
        '{"date": "2026-11-20", "issuers": [{"file": "natural.pem", "types": "all"}]}',
        '{"date": "2026-11-20", "issuers": [{"file": "natural.pem", "not_after": "2030-01-01T00:00:00"}]}',
        '{"date": "2026-11-20", "issuers": ["natural.pem"]}',
        '{"date": "2026-11-20", "revoked": [5]}',
    ],
)
def test_a_broken_trust_json_is_refused_not_ignored(folder: Path, text: str) -> None:
    """Ignoring it would lift scopes and revocations."""
    (folder / "trust.json").write_text(text)
    with pytest.raises(EnvironmentProblem, match=r"trust\.json"):
        TrustList.load(folder)


def test_eu_key_usages_limit_what_a_signer_may_certify() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW)
        .not_valid_after(NOW + dt.timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ObjectIdentifier("1.3.6.1.4.1.1847.2021.1.2")]), critical=False)
    )
    (read,) = read_keys(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER))
    assert read.types == frozenset({"eu_vaccination"})


def test_a_kid_in_json_may_be_hex_base64_or_text() -> None:
    raw = bytes(range(200, 208))
    assert raw in kid_readings(raw.hex())
    assert raw in kid_readings(base64.b64encode(raw).decode())
    assert raw in kid_readings(base64.urlsafe_b64encode(raw).rstrip(b"=").decode())
    assert "湖州".encode() in kid_readings("湖州")
    assert kid_readings(7) == []
