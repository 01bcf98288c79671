"""Signed texts: what we sign opens, and nothing else does, cheaply."""

from __future__ import annotations

import time
import zlib
from pathlib import Path
from typing import Any

import base45
import cbor2
import cwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given, settings
from hypothesis import strategies as st

from app.licences.cose import (
    MAX_EXPANDED,
    MAX_TEXT,
    Algorithm,
    BadSignature,
    CodeError,
    MalformedCode,
    SigningKey,
    UnknownKey,
    _sign,
    _to_be_signed,
    algorithm_of,
    open_text,
    sign_text,
)

PREFIX = "YC1:"
PAYLOAD = {1: "湖州市自然资源和规划局", 4: 1_800_000_000, -70001: {"holder": {"name": "㛃𠮷䶮𬭚"}}}


@pytest.fixture(scope="module", params=list(Algorithm), ids=lambda alg: alg.name)
def key(request: pytest.FixtureRequest) -> SigningKey:
    return SigningKey.generate(request.param)


@pytest.fixture(scope="module")
def es_key() -> SigningKey:
    return SigningKey.generate()


def finder(*keys: SigningKey):  # type: ignore[no-untyped-def]
    return lambda kid: [k for k in keys if k.kid == kid]


def pack(message: Any, raw: bytes | None = None) -> str:
    body = cbor2.dumps(message) if raw is None else raw
    return PREFIX + base45.b45encode(zlib.compress(body, 9)).decode()


def message_of(text: str) -> list[Any]:
    return list(cbor2.loads(zlib.decompress(base45.b45decode(text[len(PREFIX) :]))).value)


def test_round_trip_with_every_algorithm(key: SigningKey) -> None:
    opened = open_text(sign_text(PAYLOAD, key, PREFIX), PREFIX, finder(key))
    assert opened.payload == PAYLOAD
    assert (opened.kid, opened.alg, opened.key) == (key.kid, key.alg, key)


def test_an_independent_library_accepts_our_signature(key: SigningKey) -> None:
    pem = key.public_key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    cose_key = cwt.COSEKey.from_pem(pem.decode(), alg=key.alg.name.replace("EDDSA", "EdDSA"), kid=key.kid)
    message = zlib.decompress(base45.b45decode(sign_text(PAYLOAD, key, PREFIX)[len(PREFIX) :]))
    assert cwt.decode(message, cose_key)[1] == PAYLOAD[1]


def test_we_accept_a_signature_of_an_independent_library(key: SigningKey) -> None:
    pem = key.to_pem().decode()
    cose_key = cwt.COSEKey.from_pem(pem, alg=key.alg.name.replace("EDDSA", "EdDSA"), kid=key.kid)
    message = cwt.encode({1: "发证机关", 4: 1_900_000_000}, cose_key, tagged=True)
    opened = open_text(pack(None, message), PREFIX, finder(key))
    assert opened.payload[1] == "发证机关"


def test_kid_may_stand_in_either_header_and_the_protected_one_wins(es_key: SigningKey) -> None:
    other = SigningKey.generate()

    def text(protected: dict[int, Any], unprotected: dict[int, Any]) -> str:
        head, body = cbor2.dumps(protected), cbor2.dumps(PAYLOAD)
        return pack([head, unprotected, body, _sign(es_key.private_key, _to_be_signed(head, body))])

    keys = finder(es_key, other)
    assert open_text(text({1: -7}, {4: es_key.kid}), PREFIX, keys).kid == es_key.kid
    assert open_text(text({1: -7, 4: es_key.kid}, {4: other.kid}), PREFIX, keys).kid == es_key.kid
    with pytest.raises(BadSignature):
        open_text(text({1: -7, 4: other.kid}, {4: es_key.kid}), PREFIX, keys)
    with pytest.raises(UnknownKey):
        open_text(text({1: -7}, {}), PREFIX, keys)
    with pytest.raises(MalformedCode):
        open_text(text({1: -7, 4: "text kid"}, {}), PREFIX, keys)
    with pytest.raises(MalformedCode):
        open_text(text({1: -7, 4: es_key.kid, 2: [99], 99: 1}, {}), PREFIX, keys)
    for alg in (-35, 5, None, True, "ES256", [-7]):
        with pytest.raises(MalformedCode):
            open_text(text({1: alg, 4: es_key.kid}, {}), PREFIX, keys)


def test_a_known_key_of_another_kind_is_refused(es_key: SigningKey) -> None:
    """The message may not choose the algorithm: its alg must be that of the key."""
    rsa_key = SigningKey.generate(Algorithm.PS256, kid=es_key.kid)
    with pytest.raises(BadSignature):
        open_text(sign_text(PAYLOAD, es_key, PREFIX), PREFIX, lambda kid: [rsa_key])


def test_keys_with_colliding_identifiers_are_all_tried(es_key: SigningKey) -> None:
    twin = SigningKey.generate(kid=es_key.kid)
    opened = open_text(sign_text(PAYLOAD, es_key, PREFIX), PREFIX, lambda kid: [twin, es_key])
    assert opened.key is es_key


def test_unknown_key_names_it(es_key: SigningKey) -> None:
    with pytest.raises(UnknownKey) as caught:
        open_text(sign_text(PAYLOAD, es_key, PREFIX), PREFIX, finder())
    assert caught.value.kid == es_key.kid
    assert es_key.kid.hex() in str(caught.value)


@pytest.mark.parametrize("part", [0, 2, 3], ids=["protected", "payload", "signature"])
def test_every_altered_byte_of_every_signed_region_is_noticed(es_key: SigningKey, part: int) -> None:
    good = message_of(sign_text(PAYLOAD, es_key, PREFIX))
    for at in range(len(good[part])):
        bad = list(good)
        bad[part] = good[part][:at] + bytes([good[part][at] ^ 0x01]) + good[part][at + 1 :]
        with pytest.raises(CodeError):
            open_text(pack(bad), PREFIX, lambda kid: [es_key])


def test_an_altered_character_of_the_text_is_noticed(es_key: SigningKey) -> None:
    text = sign_text(PAYLOAD, es_key, PREFIX)
    for at in range(len(text)):
        with pytest.raises(CodeError):
            open_text(text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :], PREFIX, lambda kid: [es_key])


def test_a_short_signature_is_refused(es_key: SigningKey) -> None:
    good = message_of(sign_text(PAYLOAD, es_key, PREFIX))
    for signature in (b"", good[3][:63], good[3] + b"\0", bytes(64)):
        with pytest.raises(BadSignature):
            open_text(pack([*good[:3], signature]), PREFIX, finder(es_key))


def hostile_texts() -> dict[str, str]:
    zeros = zlib.compress(bytes(3_000_000), 9)
    deep = b"\x81" * 5000 + b"\x01"
    return {
        "empty": "",
        "prefix only": PREFIX,
        "not base45": PREFIX + "张三" * 50,
        "bad base45": PREFIX + ":::",
        "overflowing base45": PREFIX + "GGW" * 1000,
        "not zlib": PREFIX + base45.b45encode(b"hello").decode(),
        "zlib bomb": PREFIX + base45.b45encode(zeros).decode(),
        "truncated zlib": PREFIX + base45.b45encode(zlib.compress(b"x" * 300)[:-3]).decode(),
        "trailing bytes": PREFIX + base45.b45encode(zlib.compress(b"\x80") + b"xx").decode(),
        "deep arrays": pack(None, deep),
        "deep tags": pack(None, b"\xd2" * 5000 + b"\x01"),
        "many items": pack(None, b"\x99\x3f\x00" + b"\x01" * 0x3F00),
        "huge announced array": pack(None, b"\x9b" + b"\xff" * 8),
        "huge announced text": pack(None, b"\x7b\x7f" + b"\xff" * 7),
        "regular expression": pack(None, b"\xd8\x23" + cbor2.dumps("(a+)+$")),
        "big number": pack(None, b"\xc2\x59\x30\x00" + b"\xff" * 0x3000),
        "shared reference": pack(None, b"\xd8\x1c\x81\xd8\x1d\x00"),
        "map with array key": pack(None, b"\xa1\x81\x01\x01"),
        "reserved header": pack(None, b"\x1c"),
        "stray break": pack(None, b"\xff"),
        "open-ended, never closed": pack(None, b"\x9f" * 3),
        "half a pair": pack(None, b"\xbf\x01\xff"),
        "number": pack(5),
        "three parts": pack([b"", {}, b""]),
        "text parts": pack(["a", {}, "b", "c"]),
        "protected is a list": pack([cbor2.dumps([1]), {}, b"", b""]),
        "unprotected is a list": pack([b"", [], b"", b""]),
        "bad utf-8": pack(None, b"\x62\xff\xff"),
        "too long": PREFIX + "0" * MAX_TEXT,
        "7 kB of digits": PREFIX + "0123456789" * 700,
        "wrong prefix": "HC1:6BF",
        "lower case": "yc1:6bf",
    }


@pytest.mark.parametrize("name", hostile_texts())
def test_hostile_text_is_refused_quickly(name: str, es_key: SigningKey) -> None:
    text = hostile_texts()[name]
    start = time.process_time()
    with pytest.raises(MalformedCode) as caught:
        open_text(text, PREFIX, lambda kid: [es_key])
    assert time.process_time() - start < 0.5
    assert caught.value.what
    assert caught.value.todo


def test_expansion_stops_at_the_limit(es_key: SigningKey) -> None:
    """One byte under the limit passes the inflater (and fails later, by its shape); one over is cut off by it."""

    def reason(size: int) -> str:
        with pytest.raises(MalformedCode) as caught:
            open_text(pack(None, bytes(size)), PREFIX, lambda kid: [es_key])
        return caught.value.what

    assert reason(MAX_EXPANDED) == "数据结构有误"
    assert reason(MAX_EXPANDED + 1) == "压缩内容超出限制或不完整"


def test_a_payload_that_is_no_map_is_refused_although_signed(es_key: SigningKey) -> None:
    with pytest.raises(MalformedCode):
        open_text(sign_text([1, 2], es_key, PREFIX), PREFIX, finder(es_key))  # type: ignore[arg-type]


def test_too_large_a_payload_is_not_signed(es_key: SigningKey) -> None:
    with pytest.raises(ValueError, match="too large"):
        sign_text({1: "字" * MAX_EXPANDED}, es_key, PREFIX)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_never_escape_the_exception_family(data: bytes) -> None:
    with pytest.raises(CodeError):
        open_text(pack(None, data), PREFIX, lambda kid: [])


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_arbitrary_text_never_escapes_the_exception_family(text: str) -> None:
    for candidate in (text, PREFIX + text):
        with pytest.raises(CodeError):
            open_text(candidate, PREFIX, lambda kid: [])


JSONISH = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=20) | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
ONE_KEY = SigningKey.generate()


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.integers(-70000, 70000) | st.text(max_size=8), JSONISH, max_size=6))
def test_any_payload_round_trips(payload: dict[Any, Any]) -> None:
    assert open_text(sign_text(payload, ONE_KEY, PREFIX), PREFIX, finder(ONE_KEY)).payload == payload


def test_keys_are_kept_in_files_readable_by_the_owner_alone(key: SigningKey, tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    key.save(path, b"secret")
    assert path.stat().st_mode & 0o777 == 0o600
    again = SigningKey.load(path, key.kid, b"secret")
    assert open_text(sign_text(PAYLOAD, again, PREFIX), PREFIX, finder(key)).payload == PAYLOAD
    assert SigningKey.from_pem(key.to_pem()).kid == key.kid
    with pytest.raises(ValueError, match=r".+"):
        SigningKey.load(path, password=b"wrong")


def test_repr_never_shows_a_key(key: SigningKey) -> None:
    assert repr(key) == f"SigningKey(kid={key.kid.hex()}, alg={key.alg.name})"


def test_weak_and_foreign_keys_are_not_accepted() -> None:
    with pytest.raises(ValueError, match="unsupported"):
        algorithm_of(rsa.generate_private_key(65537, 1024))  # noqa: S505
    with pytest.raises(ValueError, match="unsupported"):
        algorithm_of(ec.generate_private_key(ec.SECP384R1()))


def test_open_ended_cbor_as_java_issuers_write_it_is_read(es_key: SigningKey) -> None:
    body = b"\xbf\x01\x62\x44\x45\x04\x1a\x6b\x49\xd2\x00\x20\x9f\x7f\x61\x61\x61\x62\xff\xff\xff"
    head = cbor2.dumps({1: -7, 4: es_key.kid})
    text = pack(
        cbor2.CBORTag(61, cbor2.CBORTag(18, [head, {}, body, _sign(es_key.private_key, _to_be_signed(head, body))]))
    )
    assert open_text(text, PREFIX, finder(es_key)).payload == {1: "DE", 4: 1_800_000_000, -1: ["ab"]}
