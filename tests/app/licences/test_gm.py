"""SM2, DER, certificates and chains: against the standard's own example, against another maker's code, and trips."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from gm_kit import Signer, bits, integer, make_crl, make_identity, octets, oid, sequence, tlv, utf8, when
from hypothesis import given, settings
from hypothesis import strategies as st
from ofd_kit import NOW, world, years

from app.licences.gm import der
from app.licences.gm.certificates import MAX_CERTIFICATE, chain, read_certificate
from app.licences.gm.sm2 import N, P, Sm2Key, sm3
from app.licences.seal_trust import read_anchors, read_crl

# GB/T 32918.5-2017, annex A: the key and the signature of "message digest" on the recommended curve.
KEY = Sm2Key(
    0x09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020,
    0xCCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13,
)
R = "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
S = "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
MESSAGE = b"message digest"


def test_standard_example() -> None:
    assert sm3(b"abc").hex().startswith("66c7f0f462eeedd9d1f2d46bdc10e4e2")
    assert KEY.verify(bytes.fromhex(R + S), MESSAGE)
    assert KEY.verify(sequence(integer(int(R, 16)), integer(int(S, 16))), MESSAGE)
    assert not KEY.verify(bytes.fromhex(R + S), MESSAGE + b".")
    assert not KEY.verify(bytes.fromhex(R + S), MESSAGE, b"somebody else")


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        bytes(64),
        N.to_bytes(32, "big") + bytes.fromhex(S),
        bytes.fromhex(R) + N.to_bytes(32, "big"),
        bytes.fromhex(R) + (N - int(R, 16)).to_bytes(32, "big"),  # r + s = n
        sequence(integer(1)),
        sequence(integer(-1 & 0xFF), integer(1), integer(1)),
        b"\x30\x80\x00\x00",
    ],
)
def test_signature_out_of_range_is_none(signature: bytes) -> None:
    assert not KEY.verify(signature, MESSAGE)


def test_point_off_the_curve_is_no_key() -> None:
    with pytest.raises(ValueError, match="曲线"):
        Sm2Key.read(b"\x04" + bytes(31) + b"\x01" + bytes(31) + b"\x01")
    with pytest.raises(ValueError, match="曲线"):
        Sm2Key.read(b"\x04" + P.to_bytes(32, "big") + bytes(32))
    with pytest.raises(ValueError, match="格式"):
        Sm2Key.read(KEY.point[:-1])


def test_another_maker_agrees() -> None:
    """Tongsuo signs and we verify; we (the tests' signer) sign and Tongsuo verifies."""
    ec = pytest.importorskip("tongsuopy.crypto.asymciphers.ec")
    hashes = pytest.importorskip("tongsuopy.crypto.hashes")
    theirs = ec.generate_private_key(ec.SM2())
    numbers = theirs.public_key().public_numbers()
    for message in (b"", b"abc", bytes(range(256)) * 50):
        assert Sm2Key(numbers.x, numbers.y).verify(theirs.sign(message, ec.ECDSA(hashes.SM3())), message)
    ours = Signer.make()
    public = ec.EllipticCurvePublicNumbers(ours.key.x, ours.key.y, ec.SM2()).public_key()
    public.verify(ours.sign(b"abc"), b"abc", ec.ECDSA(hashes.SM3()))


@given(st.binary(max_size=80))
@settings(max_examples=300, deadline=None)
def test_der_never_breaks(data: bytes) -> None:
    try:
        node = der.read(data)
        for item in node.items():
            item.text()
    except der.BadDer:
        pass


def test_der_values() -> None:
    node = der.read(sequence(integer(300), oid("1.2.156.10197.1.501"), utf8("章"), bits(b"x"), octets(b"y"), when(NOW)))
    number, name, text, flags, data, at = node.items()
    assert (number.integer(), name.oid(), text.text(), flags.bits(), data.octets(), at.time()) == (
        300, "1.2.156.10197.1.501", "章", b"x", b"y", NOW,
    )  # fmt: skip
    assert (data.bits(), flags.octets()) == (b"y", b"x")


@pytest.mark.parametrize("data", [b"", b"\x30", b"\x30\x80", b"\x30\x05\x02", b"\x02\x01\x01\x00", b"\x1f\x81\x01\x00"])
def test_der_torn(data: bytes) -> None:
    with pytest.raises(der.BadDer):
        der.read(data)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("20240506023000Z", 2),
        ("240506023000Z", 2),
        ("20240506103000+0800", 2),
        ("20240506103000", 2),
        ("2024-05-06 10:30:00", 2),
        ("2024-05-06T10:30:00", 2),
        ("20240506023000.123Z", 2),
    ],
)
def test_times_as_makers_write_them(text: str, hour: int) -> None:
    assert der.read_time(text) == dt.datetime(2024, 5, 6, hour, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize("text", ["", "soon", "20241306023000Z", "20240506", "99999999999999+9999"])
def test_no_time(text: str) -> None:
    with pytest.raises(der.BadDer):
        der.read_time(text)


def test_certificate_tells_who() -> None:
    signer = read_certificate(world().signer.certificate)
    assert (signer.name, signer.uscc) == ("湖州市市场监督管理局", "11330500MB1C202664")
    assert signer.may_sign
    assert not signer.is_ca
    assert read_certificate(world().ca.certificate).may_certify


def test_certificate_broken_or_of_another_kind() -> None:
    good = world().signer.certificate
    with pytest.raises(ValueError, match=r".+"):
        read_certificate(good[:-3])
    with pytest.raises(ValueError, match="过大"):
        read_certificate(bytes(MAX_CERTIFICATE + 1))
    with pytest.raises(ValueError, match=r".+"):
        read_certificate(good.replace(bytes.fromhex("2a811ccf5501822d"), bytes.fromhex("2a811ccf5501822e")))


def test_chain_needs_every_link() -> None:
    made = world()
    root, ca, signer = (read_certificate(one.certificate) for one in (made.root, made.ca, made.signer))
    assert chain(signer, [ca]) == [signer, ca]
    assert chain(signer, [root], [ca]) == [signer, ca, root]
    assert chain(signer, [signer]) == [signer]
    assert chain(signer, [root]) == []
    assert chain(signer, [read_certificate(made.maker_root.certificate)], [ca]) == []


def test_only_a_ca_certifies() -> None:
    made = world()
    start, end = NOW - years(1), NOW + years(1)
    below = make_identity("冒名单位", "x", start, end, made.signer)
    assert chain(read_certificate(below.certificate), [read_certificate(made.signer.certificate)]) == []


def test_chain_of_the_right_name_and_the_wrong_key() -> None:
    made = world()
    start, end = NOW - years(1), NOW + years(1)
    twin = make_identity("浙江演示政务证书中心", "Demo Gov CA", start, end, ca=True)
    assert twin.name == made.ca.name
    assert chain(read_certificate(made.signer.certificate), [read_certificate(twin.certificate)]) == []


def test_endless_chain_ends() -> None:
    start, end = NOW - years(1), NOW + years(1)
    links = [make_identity("中心0", "c", start, end, ca=True)]
    for number in range(1, 8):
        links.append(make_identity(f"中心{number}", "c", start, end, links[-1], ca=True))
    found = [read_certificate(link.certificate) for link in links]
    assert chain(found[-1], found[:1], found[1:-1]) == []
    assert len(chain(found[4], found[:1], found[1:4])) == 5


def test_crl_only_of_a_listed_ca() -> None:
    made = world()
    anchors = read_anchors(made.ca.pem)
    serial = read_certificate(made.signer.certificate).serial
    good = make_crl(made.ca, NOW, [(serial, NOW)])
    assert read_crl(good, anchors) == {(made.ca.name, serial): NOW.replace(microsecond=0)}
    forged = make_crl(replace(made.ca, signer=Signer.make()), NOW, [(serial, NOW)])
    with pytest.raises(ValueError, match="名单内"):
        read_crl(forged, anchors)
    with pytest.raises(ValueError, match="不能读取"):
        read_crl(tlv(0x30, b"\x00"), anchors)
