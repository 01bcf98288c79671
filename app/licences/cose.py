"""Signed claims as a short text: CWT in COSE_Sign1, zlib, Base45, a prefix; and signed files, COSE_Sign1 alone.

RFC 8392 (CWT), RFC 9052 and 9053 (COSE), RFC 9285 (Base45): the construction of the EU digital certificates, so that
one reader serves our own codes and theirs. Everything here works on text from strangers: nothing is unpacked, decoded
or verified before its size is known to be small.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import base45
import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

from app.domain.errors import BadInput
from app.licences.cbor_bounds import OutOfBounds, check_bounds

MAX_TEXT = 8192
"""Characters. The largest QR code holds 4,296 alphanumeric (7,089 numeric) characters."""
MAX_EXPANDED = 16 * 1024
"""Bytes after decompression. Real certificates need a few hundred; a kilobyte of zlib can hold a megabyte of zeros."""
MIN_RSA, MAX_RSA = 2048, 4096
"""Bits. Shorter can be forged; longer is slow, and no issuer uses it."""

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey

_HEADER_ALG, _HEADER_CRIT, _HEADER_KID = 1, 2, 4
_TAG_COSE_SIGN1, _TAG_CWT, _TAG_CBOR = 18, 61, 24
_PSS = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)


class CodeError(BadInput):
    """A signed text cannot be trusted. The three children say why."""


class MalformedCode(CodeError):
    """It is not a signed text at all, or a broken, oversized or unsupported one."""

    def __init__(self, what: str) -> None:
        super().__init__("码内容无法识别", what, "请对准二维码重新扫描；仍不成功请查验原件。")


class UnknownKey(CodeError):
    """Nobody we trust owns the key it names."""

    def __init__(self, kid: bytes) -> None:
        super().__init__("签发者不在信任名单", f"密钥标识 {kid.hex() or '（无）'}", "请更新信任名单，或查验原件。")
        self.kid = kid


class BadSignature(CodeError):
    """The key is known and the signature does not hold: altered, or forged."""

    def __init__(self, kid: bytes) -> None:
        super().__init__("签名不符", "内容与签名不一致，可能被篡改或伪造", "请勿采信，查验原件。")
        self.kid = kid


class Algorithm(IntEnum):
    """Signature algorithms by their COSE numbers (RFC 9053 §2, RFC 8230 §2)."""

    ES256 = -7
    EDDSA = -8
    PS256 = -37


def algorithm_of(key: PrivateKey | PublicKey) -> Algorithm:
    """The one algorithm a key may be used with. The key decides, never the message. ValueError: not supported."""
    if isinstance(key, ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return Algorithm.ES256
    if isinstance(key, rsa.RSAPrivateKey | rsa.RSAPublicKey) and MIN_RSA <= key.key_size <= MAX_RSA:
        return Algorithm.PS256
    if isinstance(key, ed25519.Ed25519PrivateKey | ed25519.Ed25519PublicKey):
        return Algorithm.EDDSA
    raise ValueError(f"unsupported key: {type(key).__name__}")


def public_key_kid(key: PublicKey) -> bytes:
    """The identifier of a bare public key: first 8 bytes of SHA-256 of its SubjectPublicKeyInfo."""
    spki = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(spki).digest()[:8]


class Verifier(Protocol):
    """Whatever the caller keeps beside a public key (issuer's name, scope …); `open_text` hands it back."""

    @property
    def public_key(self) -> PublicKey: ...


K = TypeVar("K", bound=Verifier)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its identifier; itself a `Verifier` of what it signed. repr never shows the key."""

    kid: bytes
    private_key: PrivateKey

    def __repr__(self) -> str:
        return f"SigningKey(kid={self.kid.hex()}, alg={self.alg.name})"

    @property
    def public_key(self) -> PublicKey:
        return self.private_key.public_key()

    @property
    def alg(self) -> Algorithm:
        return algorithm_of(self.private_key)

    @classmethod
    def generate(cls, alg: Algorithm = Algorithm.ES256, kid: bytes | None = None) -> SigningKey:
        """A new key. kid: `public_key_kid` unless given."""
        private: PrivateKey
        if alg is Algorithm.ES256:
            private = ec.generate_private_key(ec.SECP256R1())
        elif alg is Algorithm.EDDSA:
            private = ed25519.Ed25519PrivateKey.generate()
        else:
            private = rsa.generate_private_key(65537, 2048)
        return cls(kid or public_key_kid(private.public_key()), private)

    def to_pem(self, password: bytes | None = None) -> bytes:
        """PKCS #8 PEM, encrypted when a password is given. The kid is not in it."""
        how: serialization.KeySerializationEncryption = serialization.NoEncryption()
        if password:
            how = serialization.BestAvailableEncryption(password)
        return self.private_key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how)

    @classmethod
    def from_pem(cls, pem: bytes, kid: bytes | None = None, password: bytes | None = None) -> SigningKey:
        """Read `to_pem`'s output. ValueError or TypeError: not a key, wrong password, unsupported kind."""
        private = serialization.load_pem_private_key(pem, password)
        if not isinstance(private, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey):
            raise ValueError(f"unsupported key: {type(private).__name__}")
        algorithm_of(private)
        return cls(kid or public_key_kid(private.public_key()), private)

    def save(self, path: Path, password: bytes | None = None) -> None:
        """Write the PEM so that only its owner can read it."""
        path.touch(mode=0o600)
        path.chmod(0o600)
        path.write_bytes(self.to_pem(password))

    @classmethod
    def load(cls, path: Path, kid: bytes | None = None, password: bytes | None = None) -> SigningKey:
        """Read `save`'s file. OSError, ValueError, TypeError as for `from_pem`."""
        return cls.from_pem(path.read_bytes(), kid, password)


@dataclass(frozen=True, slots=True)
class Opened(Generic[K]):
    """A text whose signature holds. payload: the claims, keys as in the CBOR (numbers for registered claims)."""

    payload: dict[Any, Any]
    kid: bytes
    alg: Algorithm
    key: K


def sign_text(payload: dict[Any, Any], key: SigningKey, prefix: str) -> str:
    """The signed text of a claims map. The same payload gives the same bytes to sign (deterministic CBOR)."""
    message = sign_bytes(cbor2.dumps(payload, canonical=True), key)
    if len(message) > MAX_EXPANDED:
        raise ValueError("payload too large for a code")
    packed: bytes = base45.b45encode(zlib.compress(message, 9))
    return prefix + packed.decode("ascii")


def sign_bytes(body: bytes, key: SigningKey) -> bytes:
    """A COSE_Sign1 message over a body of any form."""
    protected = cbor2.dumps({_HEADER_ALG: int(key.alg), _HEADER_KID: key.kid}, canonical=True)
    signature = _sign(key.private_key, _to_be_signed(protected, body))
    message: bytes = cbor2.dumps(cbor2.CBORTag(_TAG_COSE_SIGN1, [protected, {}, body, signature]))
    return message


def sign_raw(data: bytes, key: SigningKey) -> bytes:
    """The bare signature of some bytes: a proof that the key is held."""
    return _sign(key.private_key, data)


def open_text(text: str, prefix: str, find_key: Callable[[bytes], Sequence[K]]) -> Opened[K]:
    """Check a signed text and give its claims.

    find_key: all keys to try for a key identifier (8 bytes can collide; b"" when the text names none).
    Raises MalformedCode, UnknownKey or BadSignature. Dates and claims are the caller's to judge.
    """
    opened = _open(_inflate(text, prefix), find_key)
    payload = _claims(opened.payload)
    return Opened(payload, opened.kid, opened.alg, opened.key)


def open_bytes(message: bytes, find_key: Callable[[bytes], Sequence[K]]) -> bytes:
    """Check a signed message and give its body. The caller bounds its size. Raises as `open_text` does."""
    return _open(message, find_key).payload


@dataclass(frozen=True, slots=True)
class _Body(Generic[K]):
    payload: bytes
    kid: bytes
    alg: Algorithm
    key: K


def _open(message: bytes, find_key: Callable[[bytes], Sequence[K]]) -> _Body[K]:
    protected_bytes, unprotected, body, signature = _parts(message)
    protected = _decode(protected_bytes) if protected_bytes else {}
    if not isinstance(protected, dict) or not isinstance(unprotected, dict):
        raise MalformedCode("签名头格式有误")
    if _HEADER_CRIT in protected:
        # RFC 9052 §3.1: who does not understand a critical header must refuse; we know of none.
        raise MalformedCode("含有不支持的关键签名头")
    # EU issuers put kid and alg in either header, some in both; RFC 9052 §3: then the protected one counts.
    kid = protected.get(_HEADER_KID, unprotected.get(_HEADER_KID, b""))
    stated = protected.get(_HEADER_ALG, unprotected.get(_HEADER_ALG))
    if not isinstance(kid, bytes) or isinstance(stated, bool) or stated not in list(Algorithm):
        raise MalformedCode("签名算法或密钥标识不受支持")
    alg = Algorithm(stated)
    keys = find_key(kid)
    if not keys:
        raise UnknownKey(kid)
    signed = _to_be_signed(protected_bytes, body)
    for key in keys:
        if algorithm_of(key.public_key) is alg and _verify(key.public_key, signature, signed):
            return _Body(body, kid, alg, key)
    raise BadSignature(kid)


def _claims(body: bytes) -> dict[Any, Any]:
    """The claims map. Met in the field: the map once more as a byte string, tagged as CWT or as encoded CBOR."""
    payload = _decode(body)
    if isinstance(payload, cbor2.CBORTag) and payload.tag in (_TAG_CWT, _TAG_CBOR):
        payload = payload.value
    if isinstance(payload, bytes):
        payload = _decode(payload)
    if not isinstance(payload, dict):
        raise MalformedCode("声明不是键值结构")
    return payload


def _inflate(text: str, prefix: str) -> bytes:
    if len(text) > MAX_TEXT:
        raise MalformedCode("内容过长")
    if not prefix or not text.startswith(prefix):
        raise MalformedCode("不是此类签名码")
    try:
        packed = base45.b45decode(text[len(prefix) :].rstrip("\r\n"))
        inflate = zlib.decompressobj()
        message = inflate.decompress(packed, MAX_EXPANDED)
    except (ValueError, zlib.error) as error:
        raise MalformedCode("编码或压缩有误") from error
    if inflate.unconsumed_tail or not inflate.eof:
        raise MalformedCode("压缩内容超出限制或不完整")
    if inflate.unused_data:
        raise MalformedCode("签名码后有多余内容")
    return message


def _parts(message: bytes) -> tuple[bytes, Any, bytes, bytes]:
    parts = _decode(message)
    for tag in (_TAG_CWT, _TAG_COSE_SIGN1):  # RFC 8392 §6: the CWT tag stands outside; both may be left out
        if isinstance(parts, cbor2.CBORTag) and parts.tag == tag:
            parts = parts.value
    if not isinstance(parts, list | tuple) or len(parts) != 4:
        raise MalformedCode("不是单签名结构")
    protected, unprotected, body, signature = parts
    if not all(isinstance(part, bytes) for part in (protected, body, signature)):
        raise MalformedCode("单签名结构有误")
    return protected, unprotected, body, signature


def _decode(data: bytes) -> Any:
    try:
        check_bounds(data)
        return cbor2.loads(data)
    except (OutOfBounds, cbor2.CBORError, ValueError, OverflowError, TypeError) as error:
        raise MalformedCode("数据结构有误") from error


def _to_be_signed(protected: bytes, body: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", body])  # RFC 9052 §4.4


def _sign(key: PrivateKey, data: bytes) -> bytes:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        r, s = utils.decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, _PSS, hashes.SHA256())
    return key.sign(data)


def _verify(key: PublicKey, signature: bytes, data: bytes) -> bool:
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            if len(signature) != 64:
                return False
            r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
            key.verify(utils.encode_dss_signature(r, s), data, ec.ECDSA(hashes.SHA256()))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, _PSS, hashes.SHA256())
        else:
            key.verify(signature, data)
    except InvalidSignature:
        return False
    return True
