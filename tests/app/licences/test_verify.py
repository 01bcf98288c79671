"""Every verdict, and that tampering with any part of a code makes it INVALID."""

from __future__ import annotations

import datetime as dt
import time
import zlib
from pathlib import Path
from typing import Any

import base45
import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from licence_kit import IDENTIFIER, ISSUER, NOW, MakeText, write_list

from app.demo.issuers import EU_SAMPLE, make_eu_certificate
from app.demo.people import load_people
from app.domain.fact import Verdict
from app.domain.licence import CodeKind, LicenceReading
from app.licences.claims import EXP, IAT, LICENCE_CLAIM
from app.licences.cose import SigningKey, sign_text
from app.licences.identifier import build_identifier
from app.licences.issue import issue_eu_certificate
from app.licences.trust import TrustList
from app.licences.verify import CLOCK_TOLERANCE, read_licence

DAY = dt.timedelta(days=1)
Certified = tuple[SigningKey, bytes]


def empty(reading: LicenceReading) -> bool:
    return not (reading.holder or reading.licence or reading.claims or reading.expires)


def test_a_good_licence_is_valid_and_says_as_of_when(make_text: MakeText, trust: TrustList) -> None:
    reading = read_licence(make_text(), trust, NOW)
    assert (reading.kind, reading.verdict) == (CodeKind.SIGNED_LICENCE, Verdict.SIGNATURE_VALID)
    assert "2026-11-20" in reading.reason
    assert (reading.issuer, reading.trust_date) == (ISSUER.name, dt.date(2026, 11, 20))
    assert reading.holder == {"name": "王𠮷", "id_number": "330503195809230421"}
    assert reading.licence == {
        "type": "real_estate_certificate",
        "title": "不动产权证书",
        "identifier": str(IDENTIFIER),
    }
    assert reading.claims["premises.address"] == "㛃䶮镇𬭚桥村6号"
    assert reading.expires == NOW + dt.timedelta(days=365)


def test_a_licence_without_an_end_does_not_expire(make_text: MakeText, trust: TrustList) -> None:
    reading = read_licence(make_text(expires=None), trust, NOW + 365 * DAY)
    assert (reading.verdict, reading.expires) == (Verdict.SIGNATURE_VALID, None)


@pytest.mark.parametrize(
    ("late", "verdict"),
    [(CLOCK_TOLERANCE - dt.timedelta(seconds=1), Verdict.SIGNATURE_VALID), (CLOCK_TOLERANCE, Verdict.EXPIRED)],
)
def test_expiry_to_the_second(make_text: MakeText, trust: TrustList, late: dt.timedelta, verdict: Verdict) -> None:
    reading = read_licence(make_text(expires=NOW), trust, NOW + late)
    assert reading.verdict is verdict
    assert reading.holder["name"] == "王𠮷"
    if verdict is Verdict.EXPIRED:
        assert reading.reason == "证照已于 2026-11-21 到期"
    assert read_licence(make_text(expires=NOW), trust, NOW, tolerance=dt.timedelta()).verdict is Verdict.EXPIRED


def test_a_revoked_licence_is_revoked_even_when_also_expired(make_text: MakeText, folder: Path) -> None:
    write_list(folder, revoked=[str(IDENTIFIER)])
    trust = TrustList.load(folder)
    for expires in (NOW + DAY, NOW - DAY):
        reading = read_licence(make_text(expires=expires), trust, NOW)
        assert reading.verdict is Verdict.REVOKED
        assert "注销" in reading.reason


@pytest.mark.parametrize("change", ["starts", "issued"])
def test_not_yet_valid(make_text: MakeText, trust: TrustList, change: str) -> None:
    soon = NOW + CLOCK_TOLERANCE + dt.timedelta(seconds=1)
    reading = read_licence(make_text(**{change: soon}), trust, NOW)
    assert reading.verdict is Verdict.INVALID
    assert "尚未生效" in reading.reason
    assert empty(reading)
    within = make_text(**{change: NOW + CLOCK_TOLERANCE})
    assert read_licence(within, trust, NOW).verdict is Verdict.SIGNATURE_VALID


def test_an_unknown_issuer_is_not_believed(make_text: MakeText, trust: TrustList) -> None:
    reading = read_licence(make_text(key=SigningKey.generate()), trust, NOW)
    assert reading.verdict is Verdict.INVALID
    assert "签发者不在信任名单" in reading.reason
    assert empty(reading)


def test_a_forged_signature_under_a_known_name_is_not_believed(
    make_text: MakeText, trust: TrustList, certified: Certified
) -> None:
    forger = SigningKey.generate(kid=certified[0].kid)
    reading = read_licence(make_text(key=forger), trust, NOW)
    assert reading.verdict is Verdict.INVALID
    assert "签名不符" in reading.reason
    assert empty(reading)


@pytest.mark.parametrize(
    "scope",
    [
        {"types": ["business_licence"]},
        {"types": []},
        {"regions": ["3301", "32"]},
        {"uscc": "11330500MB1C202664"},
    ],
)
def test_an_issuer_outside_its_scope_is_not_believed(make_text: MakeText, folder: Path, scope: dict[str, Any]) -> None:
    write_list(folder, **scope)
    reading = read_licence(make_text(), TrustList.load(folder), NOW)
    assert (reading.verdict, reading.reason) == (Verdict.INVALID, "签发者无权签发此类证照")
    assert empty(reading)


@pytest.mark.parametrize("scope", [{"types": ["11100000MB0D20265R001"]}, {"regions": ["33"]}])
def test_an_issuer_within_its_scope_is_believed(make_text: MakeText, folder: Path, scope: dict[str, Any]) -> None:
    write_list(folder, **scope)
    assert read_licence(make_text(), TrustList.load(folder), NOW).verdict is Verdict.SIGNATURE_VALID


def test_the_certificate_must_have_been_valid_when_it_signed_and_still_be(make_text: MakeText, folder: Path) -> None:
    write_list(folder, not_before="2026-11-01T00:00:00Z")
    assert "不在有效期内" in read_licence(make_text(), TrustList.load(folder), NOW).reason
    write_list(folder, not_after="2026-11-20T00:00:00Z")
    expired = read_licence(make_text(), TrustList.load(folder), NOW)
    assert (expired.verdict, "证书已于 2026-11-20 到期" in expired.reason) == (Verdict.EXPIRED, True)
    late = read_licence(make_text(issued=NOW - dt.timedelta(hours=1)), TrustList.load(folder), NOW)
    assert (late.verdict, empty(late)) == (Verdict.INVALID, True)


@pytest.mark.parametrize("part", [0, 1, 2, 3], ids=["protected", "unprotected", "payload", "signature"])
def test_tampering_with_any_region_is_invalid(make_text: MakeText, trust: TrustList, part: int) -> None:
    text = make_text()
    message = cbor2.loads(zlib.decompress(base45.b45decode(text[4:]))).value
    region = message[part] if part != 1 else None
    changes: list[Any] = (
        [region[:at] + bytes([region[at] ^ 1 << at % 8]) + region[at + 1 :] for at in range(0, len(region), 3)]
        if region is not None
        else [{2: [1]}, {4: 5}, [], None]
    )
    verdicts = set()
    for change in changes:
        bad = [*message[:part], change, *message[part + 1 :]]
        body = cbor2.dumps(cbor2.CBORTag(18, bad))
        reading = read_licence("YC1:" + base45.b45encode(zlib.compress(body)).decode(), trust, NOW)
        verdicts.add(reading.verdict)
        assert reading.verdict is Verdict.SIGNATURE_VALID or empty(reading)
    # The unprotected header is not signed; what stands there must never matter once the protected one is complete.
    assert verdicts <= ({Verdict.INVALID} if part != 1 else {Verdict.INVALID, Verdict.SIGNATURE_VALID})
    assert Verdict.INVALID in verdicts


def test_tampering_with_the_text_is_invalid(make_text: MakeText, trust: TrustList) -> None:
    text = make_text()
    for at in range(4, len(text), 7):
        bad = text[:at] + ("Z" if text[at] != "Z" else "Y") + text[at + 1 :]
        assert read_licence(bad, trust, NOW).verdict is Verdict.INVALID
    assert read_licence(text[:-9], trust, NOW).verdict is Verdict.INVALID
    assert read_licence(text + "00", trust, NOW).verdict is Verdict.INVALID


def body_with(**changes: Any) -> dict[Any, Any]:
    licence = {
        "identifier": str(IDENTIFIER),
        "type": "real_estate_certificate",
        "title": "不动产权证书",
        "holder": {"name": "张伟"},
        "claims": {},
    }
    return {IAT: int((NOW - DAY).timestamp()), LICENCE_CLAIM: licence | changes}


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {LICENCE_CLAIM: "text"},
        body_with(identifier=str(IDENTIFIER)[:-1] + "0"),
        body_with(identifier=None),
        body_with(type="Real Estate"),
        body_with(title=""),
        body_with(title="字" * 1001),
        body_with(holder={}),
        body_with(holder={"name": 5}),
        body_with(holder={"name": "张伟", "phone": "1"}),
        body_with(claims={"premises.area": 68.5}),
        body_with(claims={"../x": "1"}),
        body_with(claims=[1]),
        body_with() | {EXP: "tomorrow"},
        body_with() | {EXP: 1e300},
        body_with() | {EXP: float("nan")},
        body_with() | {EXP: True},
    ],
)
def test_signed_nonsense_is_invalid(payload: dict[Any, Any], certified: Certified, trust: TrustList) -> None:
    """A signature does not make a shape right; an issuer's mistake must not reach the form."""
    reading = read_licence(sign_text(payload, certified[0], "YC1:"), trust, NOW)
    assert (reading.verdict, empty(reading)) == (Verdict.INVALID, True)
    assert reading.reason


def test_the_smallest_good_licence_is_valid(certified: Certified, trust: TrustList) -> None:
    assert read_licence(sign_text(body_with(), certified[0], "YC1:"), trust, NOW).verdict is Verdict.SIGNATURE_VALID


def test_an_eu_certificate_is_read_by_the_same_code(certified: Certified, folder: Path) -> None:
    (folder / "trust.json").unlink()
    trust = TrustList.load(folder)
    person = load_people()["johann-mueller"]
    reading = read_licence(make_eu_certificate(certified[0], person, NOW), trust, NOW)
    assert (reading.kind, reading.verdict) == (CodeKind.EU_CERTIFICATE, Verdict.SIGNATURE_VALID)
    assert reading.holder == {"name": "Johann Sebastian Mueller-Luedenscheidt", "birth": "1979-11-05"}
    assert reading.licence["type"] == "eu_vaccination"
    assert reading.claims["co"] == "DE"
    late = read_licence(make_eu_certificate(certified[0], person, NOW), trust, NOW + 400 * DAY)
    assert late.verdict is Verdict.EXPIRED


def test_an_eu_signer_limited_to_one_kind_may_not_sign_another(certified: Certified, folder: Path) -> None:
    write_list(folder, types=list(EU_SAMPLE.types))
    trust = TrustList.load(folder)
    good = {"nam": {"fnt": "MUELLER", "gnt": "JO<ANN"}, "dob": "1979-11-05"}
    for kind, verdict in (("v", Verdict.SIGNATURE_VALID), ("t", Verdict.INVALID), ("r", Verdict.INVALID)):
        text = issue_eu_certificate(
            certified[0],
            country="DE",
            certificate=good | {kind: [{"ci": "URN:UVCI:1", "sc": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}]},
            issued=NOW - DAY,
            expires=NOW + DAY,
        )
        reading = read_licence(text, trust, NOW)
        assert reading.verdict is verdict
        if verdict is Verdict.SIGNATURE_VALID:
            assert reading.holder["name"] == "JO ANN MUELLER"
            assert reading.claims["sc"].startswith("2026-01-01")


@pytest.mark.parametrize(
    "certificate",
    [{}, {"nam": {}}, {"nam": {"fn": "A"}}, {"nam": {"fn": "A"}, "v": [{}]}, {"nam": {"fn": "A"}, "v": [1]},
     {"nam": {"fn": "A"}, "v": [{"ci": "x"}], "t": [{"ci": "x"}]}, {"nam": {"gn": ""}, "v": [{"ci": "x"}]}],
)  # fmt: skip
def test_misshapen_eu_certificates_are_invalid(
    certificate: dict[str, Any], certified: Certified, trust: TrustList
) -> None:
    text = issue_eu_certificate(
        certified[0], country="DE", certificate=certificate, issued=NOW - DAY, expires=NOW + DAY
    )
    assert read_licence(text, trust, NOW).verdict is Verdict.INVALID


@pytest.mark.parametrize(
    ("text", "kind", "verdict", "words"),
    [
        ("8f3a0c5d9e7b41268f3a0c5d9e7b4126", CodeKind.OPAQUE_LICENCE, Verdict.CAPTURED_UNVERIFIED, "联网"),
        (str(IDENTIFIER), CodeKind.OPAQUE_LICENCE, Verdict.CAPTURED_UNVERIFIED, "联网"),
        ("11330500MB1A20264Q", CodeKind.FIRM_CODE, Verdict.CAPTURED_UNVERIFIED, "企业"),
        ("https://www.gsxt.gov.cn/x", CodeKind.LICENCE_URL, Verdict.CAPTURED_UNVERIFIED, "不打开"),
        ("YCP1:6BFOXN", CodeKind.OWN_PAPER, Verdict.CAPTURED_UNVERIFIED, "文书"),
        ("hello", CodeKind.UNKNOWN, Verdict.INVALID, "不是"),
        ("javascript:alert(1)", CodeKind.OTHER, Verdict.INVALID, "不是"),
        ("", CodeKind.UNKNOWN, Verdict.INVALID, "不是"),
    ],
)
def test_unsigned_kinds_get_an_honest_verdict(
    text: str, kind: CodeKind, verdict: Verdict, words: str, trust: TrustList
) -> None:
    reading = read_licence(text, trust, NOW)
    assert (reading.kind, reading.verdict) == (kind, verdict)
    assert words in reading.reason
    assert not reading.holder
    assert reading.trust_date == trust.date


def test_what_unsigned_codes_say_is_kept(trust: TrustList) -> None:
    assert read_licence("11330500MB1A20264Q", trust, NOW).claims == {"business.uscc": "11330500MB1A20264Q"}
    assert read_licence(str(IDENTIFIER), trust, NOW).licence == {"identifier": str(IDENTIFIER)}


def test_a_naive_time_is_a_mistake_of_the_caller(make_text: MakeText, trust: TrustList) -> None:
    with pytest.raises(ValueError, match="time zone"):
        read_licence(make_text(), trust, NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    "text",
    [
        "YC1:" + base45.b45encode(zlib.compress(bytes(5_000_000), 9)).decode(),
        "YC1:" + "0123456789ABCDEF:$ " * 370,
        "HC1:" + base45.b45encode(zlib.compress(b"\x9f" * 15000, 9)).decode(),
        "A1b-" * 1790,
        "统一社会信用代码：" + "1" * 7000,
    ],
    ids=["bomb", "noise", "nesting", "opaque", "firm"],
)
def test_hostile_texts_cost_little(text: str, trust: TrustList) -> None:
    read_licence("x", trust, NOW)  # the rules are loaded once
    start = time.process_time()
    assert read_licence(text, trust, NOW).verdict is Verdict.INVALID
    assert time.process_time() - start < 0.5


@settings(max_examples=60, deadline=None)
@given(
    claims=st.dictionaries(
        st.from_regex(r"[a-z]{1,8}\.[a-z]{1,8}", fullmatch=True), st.text(min_size=1, max_size=40), max_size=6
    ),
    name=st.text(min_size=1, max_size=30),
    serial=st.from_regex(r"[0-9A-Z]{9,32}", fullmatch=True),
)
def test_whatever_is_issued_is_read_back(
    claims: dict[str, str], name: str, serial: str, make_text: MakeText, certified: Certified
) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "natural.pem").write_bytes(certified[1])
        trust = TrustList.load(Path(folder))
    identifier = build_identifier("11100000MB0D20265R001", ISSUER.uscc, serial)
    text = make_text(claims=claims, holder={"name": name}, identifier=identifier)
    reading = read_licence(text, trust, NOW)
    assert reading.verdict is Verdict.SIGNATURE_VALID
    assert (reading.claims, reading.holder) == (claims, {"name": name})
    assert reading.licence["identifier"] == str(identifier)
