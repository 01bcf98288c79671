"""Each way in which a seal can be worth nothing is told apart, in Chinese; and what is worth something is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from gm_kit import make_identity
from ofd_kit import (
    FIRM_USCC,
    NOW,
    NS,
    SEALED,
    Files,
    SealPlan,
    business_licence,
    pack,
    sealed,
    with_signer,
    world,
    years,
)

from app.domain.fact import Verdict
from app.domain.licence import CodeKind
from app.licences.gm.der import BadDer
from app.licences.ofd.package import Package
from app.licences.ofd.read import OfdLicence, read_ofd
from app.licences.ofd.ses import read_signature
from app.licences.ofd.signatures import read_seals
from app.licences.ofd.verify import Finding, judge_seals
from app.licences.trust import TrustList

PAGE = "Doc_0/Pages/Page_0/Content.xml"
Read = Callable[..., OfdLicence]


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> TrustList:
    return TrustList.load(world().trust(tmp_path_factory.mktemp("trust")))


@pytest.fixture(scope="module")
def files() -> Files:
    return business_licence()


@pytest.fixture
def read(trust: TrustList) -> Read:
    def run(files: Files, at: dt.datetime = NOW, by: TrustList | None = None, **more: object) -> OfdLicence:
        return read_ofd(pack(files), by or trust, at, **{"picture": False} | more)  # type: ignore[arg-type]

    return run


def bad(found: OfdLicence, finding: Finding, words: str, verdict: Verdict = Verdict.INVALID) -> None:
    """Told apart by name and by words, and nothing of it may fill a form."""
    assert found.decisive.finding is finding, found.decisive.reason
    assert words in found.reading.reason
    assert found.reading.verdict is verdict
    if not verdict.usable:
        assert found.reading.claims == {}
        assert found.reading.holder == {}
        assert not found.reading.verdict.usable


def test_good_seal(files: Files, read: Read) -> None:
    found = read(sealed(files))
    assert found.decisive.finding is Finding.VALID
    reading = found.reading
    assert (reading.kind, reading.verdict) == (CodeKind.OFD_FILE, Verdict.SIGNATURE_VALID)
    assert "湖州市市场监督管理局证照专用章" in reading.reason
    assert "2024-05-06" in reading.reason
    assert "2026-11-20" in reading.reason  # the list's date stands beside every offline verdict
    assert reading.issuer == "湖州市市场监督管理局"
    assert reading.holder == {"name": "湖州𬭚㛃理发店", "uscc": FIRM_USCC}
    seal = found.seals[0]
    assert (seal.maker, seal.signed_at, seal.seal_id) == ("湖州演示制章有限公司", SEALED, "DEMOSEAL0001")


@pytest.mark.parametrize(
    "plan",
    [
        SealPlan(version=1),
        SealPlan(by_digest=True),
        SealPlan(plain_signature=True),
        SealPlan(extra=True),
        SealPlan(version=1, old_time=b"\x17\x0d240506023000Z"),
    ],
    ids=["GM/T 0031", "digests", "r||s", "time stamp", "UTCTime inside"],
)
def test_other_good_forms(plan: SealPlan, files: Files, read: Read) -> None:
    found = read(sealed(files, plan=plan))
    assert found.decisive.finding is Finding.VALID, found.decisive.reason
    assert found.reading.verdict is Verdict.SIGNATURE_VALID
    assert any("时间戳" in note for note in found.notes) == plan.extra


def test_not_signed(files: Files, read: Read) -> None:
    found = read(files)
    bad(found, Finding.NOT_SIGNED, "没有电子印章", Verdict.CAPTURED_UNVERIFIED)
    assert found.reading.issuer is None


CALLED = {
    "OFD.xml": "文档信息",
    "Doc_0/Document.xml": "文档信息",
    PAGE: "第 1 页",
    "Doc_0/Res/emblem.jpg": "图片",
    "Doc_0/Res/latin.ttf": "字体",
    "Doc_0/Tags/Tag_0.xml": "标引数据",
}


@pytest.mark.parametrize("name", sorted(business_licence()))
def test_each_file_altered_is_named(name: str, files: Files, trust: TrustList) -> None:
    """One byte of white space in any file that is protected."""
    broken = sealed(files)
    at = broken[name].find(b">") + 1
    broken[name] = broken[name][:at] + b"\n" + broken[name][at:] if name.endswith(".xml") else broken[name] + b"\n"
    found = read_ofd(pack(broken), trust, NOW, picture=False)
    bad(found, Finding.FILE_ALTERED, CALLED.get(name, name.rpartition("/")[2]))
    assert found.decisive.files == (name,)


def test_text_exchanged(files: Files, read: Read) -> None:
    broken = sealed(files)
    broken[PAGE] = broken[PAGE].replace("张㛃𠮷䶮".encode(), "李四大牛".encode())
    bad(read(broken), Finding.FILE_ALTERED, "盖章后文件被改动")


def test_protected_file_taken_away(files: Files, read: Read) -> None:
    broken = sealed(files)
    del broken["Doc_0/Res/emblem.jpg"]
    bad(read(broken), Finding.FILE_ALTERED, "图片")


def test_digest_altered_with_the_file(files: Files, read: Read) -> None:
    """Who changes a page and its digest changes the list that was signed."""
    whole = sealed(files)
    changed = dict(files)
    changed[PAGE] = changed[PAGE].replace("张㛃𠮷䶮".encode(), "李四大牛".encode())
    forged = sealed(changed)
    forged["Doc_0/Signs/Sign_0/SignedValue.dat"] = whole["Doc_0/Signs/Sign_0/SignedValue.dat"]
    bad(read(forged), Finding.LIST_ALTERED, "保护清单被改动")


def test_page_added_behind_the_seal(files: Files, read: Read) -> None:
    """Annotations that the document names but the seal does not cover."""
    named = dict(files)
    named["Doc_0/Document.xml"] = named["Doc_0/Document.xml"].replace(
        b"</ofd:Document>", b"<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>"
    )
    whole = sealed(named)
    assert read(whole).decisive.finding is Finding.VALID
    note = (
        '<ofd:Annot ID="1" Type="Watermark"><ofd:Appearance Boundary="0 0 100 100">'
        '<ofd:TextObject ID="77" Boundary="0 0 100 20" Font="1" Size="10"><ofd:TextCode X="0" Y="10">假</ofd:TextCode>'
        "</ofd:TextObject></ofd:Appearance></ofd:Annot>"
    )
    whole["Doc_0/Annots/Annotations.xml"] = (
        f'<ofd:Annotations {NS}><ofd:Page PageID="1"><ofd:FileLoc>p1.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    ).encode()
    whole["Doc_0/Annots/p1.xml"] = f"<ofd:PageAnnot {NS}>{note}</ofd:PageAnnot>".encode()
    found = read(whole)
    bad(found, Finding.UNCOVERED, "没有保护文件的全部内容")
    assert found.decisive.files == ("Doc_0/Annots/Annotations.xml", "Doc_0/Annots/p1.xml")


@pytest.mark.parametrize("name", ["OFD.xml", PAGE, "Doc_0/PublicRes.xml"])
def test_seal_that_leaves_something_out(name: str, files: Files, read: Read) -> None:
    found = read(sealed(files, plan=SealPlan(exclude=frozenset({name}))))
    bad(found, Finding.UNCOVERED, CALLED.get(name, name.rpartition("/")[2]))
    assert found.decisive.files == (name,)


def test_unused_file_may_lie_beside(files: Files, read: Read) -> None:
    whole = sealed(files)
    whole["Doc_0/readme.txt"] = b"nobody reads this"
    assert read(whole).decisive.finding is Finding.VALID


def test_signature_of_another_key(files: Files, read: Read) -> None:
    other = make_identity("冒名者", "x", SEALED - years(1), SEALED + years(1), world().ca)
    mixed = replace(world(), signer=replace(world().signer, signer=other.signer))
    bad(read(sealed(files, mixed)), Finding.SIGNATURE_WRONG, "签章的签名不符")


def test_every_byte_of_the_signed_value_counts(files: Files, trust: TrustList) -> None:
    """Wherever a byte is turned, the seal is no longer good (a sample of places; the picture's bytes among them)."""
    whole = sealed(files, plan=SealPlan(picture=b"not much of a picture" * 9))
    value = whole["Doc_0/Signs/Sign_0/SignedValue.dat"]
    package = Package(pack(whole))
    (part,) = read_seals(package, "Doc_0/Signs/Signatures.xml")
    seen = set()
    for place in sorted({*range(12), *range(12, len(value) - 12, 61), *range(len(value) - 12, len(value))}):
        try:
            turned = read_signature(value[:place] + bytes((value[place] ^ 1,)) + value[place + 1 :])
        except BadDer:
            continue
        (found,) = judge_seals(package, (replace(part, value=turned),), trust.seals, NOW, dt.timedelta())
        assert found.finding is not Finding.VALID, place
        seen.add(found.finding)
    assert {Finding.UNREADABLE, Finding.SIGNATURE_WRONG, Finding.UNSUPPORTED} <= seen


def test_seal_that_its_maker_did_not_sign(files: Files, read: Read) -> None:
    other = make_identity("x", "x", SEALED - years(1), SEALED + years(1))
    forged = replace(world(), maker=replace(world().maker, signer=other.signer))
    bad(read(sealed(files, forged)), Finding.SEAL_FORGED, "印章可能是伪造的")


def test_seal_of_an_unknown_maker(files: Files, read: Read) -> None:
    stranger = make_identity("路边刻章店", "x", SEALED - years(1), SEALED + years(5))
    bad(read(sealed(files, replace(world(), maker=stranger))), Finding.MAKER_UNTRUSTED, "路边刻章店")


def test_signer_of_an_unknown_ca(files: Files, read: Read) -> None:
    bad(read(sealed(files, with_signer(issuer=None))), Finding.SIGNER_UNTRUSTED, "不是信任名单内的机构签发的")


def test_roots_vouch_only_in_their_part(files: Files, read: Read) -> None:
    """The CA of signers vouches for no maker of seals, and the other way round."""
    base = world()
    start, end = SEALED - years(1), SEALED + years(5)
    maker = make_identity("湖州演示制章有限公司", "x", start, end, base.ca)
    bad(read(sealed(files, replace(base, maker=maker))), Finding.MAKER_UNTRUSTED, "制章单位")
    bad(read(sealed(files, with_signer(issuer=base.maker_root))), Finding.SIGNER_UNTRUSTED, "签章人")


def test_signer_who_is_not_in_the_seal(files: Files, read: Read) -> None:
    plan = SealPlan(certificates=(world().maker.certificate,))
    bad(read(sealed(files, plan=plan)), Finding.NOT_IN_SEAL, "不在印章")
    bad(read(sealed(files, plan=replace(plan, by_digest=True))), Finding.NOT_IN_SEAL, "授权证书之列")


def test_certificate_that_may_not_sign(files: Files, read: Read) -> None:
    bad(read(sealed(files, with_signer(sign_usage=False))), Finding.SIGNER_UNTRUSTED, "用途不含签名")


def test_certificate_expired_when_it_signed(files: Files, read: Read) -> None:
    gone = with_signer(start=SEALED - years(3), end=SEALED - dt.timedelta(days=1))
    bad(read(sealed(files, gone)), Finding.CERTIFICATE_EXPIRED, "证书不在有效期内")
    early = with_signer(start=SEALED + dt.timedelta(days=1))
    bad(read(sealed(files, early)), Finding.CERTIFICATE_EXPIRED, "证书不在有效期内")


def test_certificate_expired_since_is_only_noted(files: Files, read: Read) -> None:
    found = read(sealed(files, with_signer(end=SEALED + years(1))))
    assert found.decisive.finding is Finding.VALID
    assert any("到期，签章时有效" in note for note in found.notes)


def test_maker_whose_certificate_had_ended(files: Files, read: Read) -> None:
    base = world()
    maker = make_identity("湖州演示制章有限公司", "x", SEALED - years(3), SEALED - years(1), base.maker_root)
    bad(read(sealed(files, replace(base, maker=maker))), Finding.CERTIFICATE_EXPIRED, "制章时")


def test_seal_outside_its_period(files: Files, read: Read) -> None:
    late = SealPlan(starts=SEALED - years(2), ends=SEALED - dt.timedelta(days=1))
    bad(read(sealed(files, plan=late)), Finding.SEAL_EXPIRED, "签章时印章不在有效期内")
    early = SealPlan(starts=SEALED + dt.timedelta(days=1))
    bad(read(sealed(files, plan=early)), Finding.SEAL_EXPIRED, "签章时印章不在有效期内")


def test_sealed_tomorrow(files: Files, read: Read) -> None:
    bad(read(sealed(files), at=SEALED - dt.timedelta(days=2)), Finding.FROM_THE_FUTURE, "晚于当前时间")


def test_time_that_nobody_can_read(files: Files, read: Read) -> None:
    plan = SealPlan(version=1, old_time=b"the other day")
    bad(read(sealed(files, plan=plan)), Finding.TIME_UNKNOWN, "签章时间")


def test_value_that_is_no_seal(files: Files, read: Read) -> None:
    bad(read(sealed(files, plan=SealPlan(change=lambda _: b"\x30\x00"))), Finding.UNREADABLE, "不能读取")
    bad(read(sealed(files, plan=SealPlan(change=lambda value: value[:-9]))), Finding.UNREADABLE, "不能读取")
    gone = sealed(files)
    del gone["Doc_0/Signs/Sign_0/SignedValue.dat"]
    bad(read(gone), Finding.UNREADABLE, "SignedValue.dat")


def test_other_algorithms_are_not_judged(files: Files, read: Read) -> None:
    rsa = SealPlan(algorithm="1.2.840.113549.1.1.11")
    bad(read(sealed(files, plan=rsa)), Finding.UNSUPPORTED, "不是国密", Verdict.CAPTURED_UNVERIFIED)
    sha = SealPlan(method="2.16.840.1.101.3.4.2.1")
    bad(read(sealed(files, plan=sha)), Finding.UNSUPPORTED, "不是国密", Verdict.CAPTURED_UNVERIFIED)
    plain = SealPlan(kind="Sign")
    bad(read(sealed(files, plan=plain)), Finding.UNSUPPORTED, "只有数字签名", Verdict.CAPTURED_UNVERIFIED)


# ------------------------------------------------------------------------------------------------ several seals


def test_two_good_seals(files: Files, read: Read) -> None:
    both = sealed(sealed(files), plan=SealPlan(id="SECOND", box="150 148 40 40"), number=1)
    found = read(both)
    assert found.decisive.finding is Finding.VALID
    assert len(found.seals) == 2
    assert any("2 个印章" in note for note in found.notes)


def test_one_bad_seal_spoils_a_good_one(files: Files, read: Read) -> None:
    stranger = make_identity("路边刻章店", "x", SEALED - years(1), SEALED + years(5))
    both = sealed(sealed(files), replace(world(), maker=stranger), SealPlan(box="150 148 40 40"), number=1)
    bad(read(both), Finding.MAKER_UNTRUSTED, "路边刻章店")


def test_change_between_two_seals(files: Files, read: Read) -> None:
    once = sealed(files)
    once[PAGE] = once[PAGE].replace("张㛃𠮷䶮".encode(), "李四大牛".encode())
    bad(read(sealed(once, number=1)), Finding.FILE_ALTERED, "第 1 页")
    assert read(sealed(files, with_signer(issuer=None))).reading.issuer is None  # nobody vouches for the name
