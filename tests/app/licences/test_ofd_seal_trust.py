"""What the trust list says of seals: roots and their parts, what was revoked, who may sign what, how old it is."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from gm_kit import make_crl, make_identity
from ofd_kit import (
    NOW,
    SEALED,
    Files,
    SealWorld,
    business_licence,
    pack,
    sealed,
    with_signer,
    world,
    years,
)

from app.demo.issuers import NATURAL_RESOURCES, certificate_pem, make_certificate
from app.domain.fact import Verdict
from app.licences.cose import Algorithm, SigningKey
from app.licences.gm.certificates import read_certificate
from app.licences.ofd.read import OfdLicence, read_ofd
from app.licences.ofd.verify import Finding
from app.licences.snapshot import make_snapshot, pin_of, read_snapshot
from app.licences.trust import AgePolicy, TrustList
from app.licences.verify import CLOCK_WARNING

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


# -------------------------------------------------------------------------------------- the trust list's own say


def listed(tmp_path: Path, **more: object) -> TrustList:
    return TrustList.load(world().trust(tmp_path / "list", **more))  # type: ignore[arg-type]


def roots(**signer: object) -> list[dict[str, object]]:
    return [
        {"file": "gov-ca.pem", "seal": ["signer"]} | signer,
        {"file": "seal-root.pem", "seal": ["maker"]},
    ]


def hex_kid(identity: object) -> str:
    return read_certificate(identity.certificate).kid.hex()  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", ["signer", "ca", "maker", "maker_root"])
def test_revoked_certificates(who: str, files: Files, read: Read, tmp_path: Path) -> None:
    gone = [{"kid": hex_kid(getattr(world(), who)), "from": "2024-01-01T00:00:00Z"}]
    bad(read(sealed(files), by=listed(tmp_path, revoked=gone)), Finding.REVOKED, "已吊销", Verdict.REVOKED)


def test_revoked_after_the_seal_was_set(files: Files, read: Read, tmp_path: Path) -> None:
    gone = [{"kid": hex_kid(world().signer), "from": "2025-01-01T00:00:00Z"}]
    assert read(sealed(files), by=listed(tmp_path, revoked=gone)).decisive.finding is Finding.VALID


def test_revoked_by_the_list_of_its_ca(files: Files, read: Read, tmp_path: Path) -> None:
    folder = world().trust(tmp_path / "list")
    serial = read_certificate(world().signer.certificate).serial
    (folder / "gov-ca.crl").write_bytes(make_crl(world().ca, NOW, [(serial, SEALED - years(0.5))]))
    trust = TrustList.load(folder)
    assert trust.skipped == ()
    bad(read(sealed(files), by=trust), Finding.REVOKED, "已吊销", Verdict.REVOKED)


def test_crl_of_a_stranger_is_left_out(files: Files, read: Read, tmp_path: Path) -> None:
    folder = world().trust(tmp_path / "list")
    stranger = make_identity("别处", "x", SEALED - years(1), NOW + years(1), ca=True)
    serial = read_certificate(world().signer.certificate).serial
    (folder / "x.crl").write_bytes(make_crl(stranger, NOW, [(serial, SEALED - years(0.5))]))
    trust = TrustList.load(folder)
    assert "名单内" in trust.skipped[0]
    assert read(sealed(files), by=trust).decisive.finding is Finding.VALID


def test_revoked_seal(files: Files, read: Read, tmp_path: Path) -> None:
    gone = [{"seal": "DEMOSEAL0001"}]
    bad(read(sealed(files), by=listed(tmp_path, revoked=gone)), Finding.REVOKED, "已注销", Verdict.REVOKED)


def test_only_named_signers_count(files: Files, read: Read, tmp_path: Path) -> None:
    named = listed(tmp_path, issuers=roots(signers=["湖州市自然资源和规划局"]))
    bad(read(sealed(files), by=named), Finding.SIGNER_UNTRUSTED, "不在信任名单认可的盖章单位之列")
    by_code = listed(tmp_path / "b", issuers=roots(signers=["11330500MB1C202664"]))
    assert read(sealed(files), by=by_code).decisive.finding is Finding.VALID


def test_scope_of_types(files: Files, read: Read, tmp_path: Path) -> None:
    found = read(sealed(files), by=listed(tmp_path, issuers=roots(types=["real_estate_certificate"])))
    assert found.decisive.finding is Finding.VALID
    assert found.reading.verdict is Verdict.INVALID
    assert "无权签发" in found.reading.reason
    assert found.reading.claims == {}


def test_root_whose_own_time_is_over(files: Files, read: Read, tmp_path: Path) -> None:
    narrowed = listed(tmp_path, issuers=roots(not_after="2023-01-01T00:00:00Z"))
    bad(read(sealed(files), by=narrowed), Finding.CERTIFICATE_EXPIRED, "签发机构")


def test_issuer_in_the_identifier_is_another(files: Files, read: Read) -> None:
    other = with_signer(organisation="湖州市交通运输局", uscc="11330500MB1D20267R")
    found = read(sealed(files, other))
    assert found.reading.verdict is Verdict.INVALID
    assert "不是同一单位" in found.reading.reason


def test_list_that_is_too_old_proves_nothing(files: Files, read: Read) -> None:
    found = read(sealed(files), at=NOW + dt.timedelta(days=60), policy=AgePolicy())
    assert found.reading.verdict is Verdict.CAPTURED_UNVERIFIED
    assert "信任名单" in found.reading.reason


def test_doubtful_clock_is_said(files: Files, read: Read) -> None:
    assert CLOCK_WARNING in read(sealed(files), clock_suspect=True).reading.reason


def test_seal_without_any_trusted_root(files: Files, read: Read) -> None:
    empty = TrustList((), dt.date(2026, 11, 20))
    bad(read(sealed(files), by=empty), Finding.SIGNER_UNTRUSTED, "信任名单")


def test_folder_of_seal_roots_alone_is_a_list(tmp_path: Path) -> None:
    folder = world().trust(tmp_path / "list")
    trust = TrustList.load(folder)
    assert (len(trust.keys), len(trust.seals.anchors)) == (0, 2)
    (folder / "trust.json").write_text(json.dumps({"date": "2026-11-20", "issuers": roots(seal=["cook"])}), "utf-8")
    with pytest.raises(Exception, match="seal"):
        TrustList.load(folder)


def test_make_a_world_of_ones_own() -> None:
    """Another world's seals are nobody's here."""
    assert SealWorld.make().root.certificate != world().root.certificate


def test_roots_travel_in_a_signed_snapshot(files: Files, read: Read, tmp_path: Path) -> None:
    """What `yichuang trust pack` signs and `yichuang trust import` takes in: roots, what is said of them, CRLs."""
    folder = world().trust(tmp_path / "list", issuers=roots(signers=["湖州市市场监督管理局"]))
    publisher = SigningKey.generate(Algorithm.EDDSA)
    trust = read_snapshot(make_snapshot(folder, 3, publisher), (pin_of(publisher),)).trust
    assert [anchor.name for anchor in trust.seals.anchors] == ["浙江演示政务证书中心", "演示印章管理中心"]
    assert [anchor.roles for anchor in trust.seals.anchors] == [{"signer"}, {"maker"}]
    assert read(sealed(files), by=trust).decisive.finding is Finding.VALID
    serial = read_certificate(world().signer.certificate).serial
    (folder / "gov-ca.crl").write_bytes(make_crl(world().ca, NOW, [(serial, SEALED - years(0.5))]))
    trust = read_snapshot(make_snapshot(folder, 4, publisher), (pin_of(publisher),)).trust
    assert read(sealed(files), by=trust).decisive.finding is Finding.REVOKED


def test_sm2_certificates_judge_no_codes(tmp_path: Path) -> None:
    """They stand beside the keys for codes in one folder, and neither stands in for the other."""
    folder = world().trust(tmp_path / "list")
    key = SigningKey.generate()
    certificate = make_certificate(NATURAL_RESOURCES, key, NOW)
    (folder / "codes.pem").write_bytes(certificate_pem(certificate) + world().root.pem)
    trust = TrustList.load(folder)
    assert len(trust.keys) == 1
    assert len(trust.seals.anchors) == 3
    assert trust.skipped == ()
