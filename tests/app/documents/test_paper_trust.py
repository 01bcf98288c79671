"""Whose papers count: certified by the platform, one's own, revoked, expired, replaced; each found out offline."""

from __future__ import annotations

import base64
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import cbor2
import pytest
from paper_samples import AT, ZHANG, fixed_key, paper

from app.documents.answer import Standing
from app.documents.fonts import PaperFonts
from app.documents.render import PaperRenderer
from app.documents.trust import FOLDER, LIST, PaperTrust, load_trust, own_certificate, read_list
from app.documents.verify import verify_paper
from app.domain.document import RenderedPaper
from app.licences.cose import SigningKey, sign_bytes
from app.licences.paper_certificate import BadCertificate, PaperCertificate, issue, read_certificate
from app.licences.snapshot import pin_of

ROOT, FOREIGN = fixed_key(40), fixed_key(41)
DAY = dt.timedelta(days=1)


def certificate(key: SigningKey, root: SigningKey = ROOT, days: int = 100, since: dt.datetime = AT - DAY) -> bytes:
    return issue(root, pin_of(key), "W03-01", "政务服务中心 3号综合窗口", since, since + days * DAY)


def opened(data: bytes) -> PaperCertificate:
    return read_certificate(data, [pin_of(ROOT)])


@pytest.fixture(scope="module")
def made(signer: SigningKey, fonts: PaperFonts) -> RenderedPaper:
    """A paper that brings its certificate along."""
    return PaperRenderer(signer, "大厅", fonts, certificate=lambda: certificate(signer)).render(paper(1, 1))


@pytest.fixture(scope="module")
def bare(signer: SigningKey, fonts: PaperFonts) -> RenderedPaper:
    return PaperRenderer(signer, "大厅", fonts).render(paper(1, 1))


def test_any_window_that_knows_the_root_verifies_what_another_printed(made: RenderedPaper) -> None:
    answer = verify_paper(made.pdf, PaperTrust(roots=(pin_of(ROOT),)))
    assert (answer.ours, answer.unaltered, answer.standing) == (True, True, Standing.CERTIFIED)
    assert "3号综合窗口（密钥经平台认证）" in answer.words


def test_a_code_alone_needs_the_kept_certificate(bare: RenderedPaper, signer: SigningKey) -> None:
    roots = (pin_of(ROOT),)
    assert not verify_paper(bare.qr_text, PaperTrust(roots=roots)).ours
    answer = verify_paper(bare.qr_text, PaperTrust(roots=roots, certificates=(opened(certificate(signer)),)))
    assert (answer.ours, answer.standing) == (True, Standing.CERTIFIED)
    assert "微缩文字为" in answer.words


def test_ones_own_key_counts_before_it_is_certified_and_says_so(bare: RenderedPaper, signer: SigningKey) -> None:
    answer = verify_paper(bare.pdf, PaperTrust(lambda _: [signer]))
    assert (answer.ours, answer.standing) == (True, Standing.OWN)
    assert "尚未经平台认证" in answer.words


def test_a_certificate_of_a_foreign_root_is_worth_nothing(signer: SigningKey, fonts: PaperFonts) -> None:
    forged = PaperRenderer(signer, "大厅", fonts, certificate=lambda: certificate(signer, FOREIGN)).render(paper(1, 1))
    answer = verify_paper(forged.pdf, PaperTrust(roots=(pin_of(ROOT),)))
    assert (answer.ours, answer.standing) == (False, Standing.UNKNOWN)
    assert "不在信任名单" in answer.words


def test_a_revoked_key_counts_for_nothing_whatever_the_date(made: RenderedPaper, signer: SigningKey) -> None:
    revoked = {signer.kid.hex(): AT + 30 * DAY}
    for trust in (
        PaperTrust(roots=(pin_of(ROOT),), revoked=revoked),
        PaperTrust(lambda _: [signer], (pin_of(ROOT),), revoked=revoked),
        PaperTrust(lambda _: [signer], revoked=revoked),
    ):
        for data in (made.pdf, made.qr_text):
            answer = verify_paper(data, trust)
            assert not answer.ours
            assert not answer.unaltered
            if answer.standing is not Standing.UNKNOWN:  # the code alone brings no certificate
                assert answer.standing is Standing.REVOKED
                assert "吊销" in answer.words
                assert answer.number == made.paper.number


@pytest.mark.parametrize(("since", "days"), [(AT - 400 * DAY, 365), (AT + DAY, 365)])
def test_a_paper_dated_outside_the_certificate(
    signer: SigningKey, fonts: PaperFonts, since: dt.datetime, days: int
) -> None:
    data = certificate(signer, days=days, since=since)
    answer = verify_paper(
        PaperRenderer(signer, "x", fonts, certificate=lambda: data).render(paper(1, 1)).pdf,
        PaperTrust(roots=(pin_of(ROOT),)),
    )
    assert (answer.ours, answer.standing) == (False, Standing.EXPIRED)
    assert "有效期" in answer.words


def test_papers_stay_good_after_their_certificate_ended(made: RenderedPaper, signer: SigningKey) -> None:
    """It is the day of issue that counts; and a key replaced by another was good until then."""
    roots = (pin_of(ROOT),)
    assert verify_paper(made.pdf, PaperTrust(roots=roots, ended={signer.kid.hex(): AT + DAY})).ours
    answer = verify_paper(made.pdf, PaperTrust(roots=roots, ended={signer.kid.hex(): AT - DAY}))
    assert (answer.ours, answer.standing) == (False, Standing.EXPIRED)


def test_the_certificate_is_the_root_s_word_alone(signer: SigningKey) -> None:
    good = certificate(signer)
    assert opened(good).kid == signer.kid
    assert opened(good).window == "政务服务中心 3号综合窗口"
    for place in range(0, len(good), 7):
        broken = bytearray(good)
        broken[place] ^= 1
        with pytest.raises(BadCertificate):
            opened(bytes(broken))
    for body in ({"t": "yichuang.trust"}, {}, [1], {"t": "yichuang.paper-key", 8: {1: {1: 2, -1: 6, -2: b"x"}}}):
        with pytest.raises(BadCertificate):
            opened(sign_bytes(cbor2.dumps(body), ROOT))
    with pytest.raises(BadCertificate):
        opened(b"x" * 3000)
    with pytest.raises(ValueError, match="certified"):
        issue(ROOT, pin_of(signer), "d", "w", AT, AT)


def kept(folder: Path, signer: SigningKey, **changes: object) -> None:
    document = {
        "roots": [pin_of(ROOT).text],
        "certificates": {signer.kid.hex(): base64.b64encode(certificate(signer)).decode()},
        "revoked": {},
        "ended": {},
        **changes,
    }
    (folder / FOLDER).mkdir(exist_ok=True)
    (folder / FOLDER / LIST).write_text(json.dumps(document), "utf-8")


def test_what_a_profile_keeps_is_enough_offline(tmp_path: Path, signer: SigningKey, bare: RenderedPaper) -> None:
    kept(tmp_path, signer)
    trust = load_trust(tmp_path, lambda _: [])
    assert verify_paper(bare.pdf, trust).standing is Standing.CERTIFIED
    assert own_certificate(tmp_path, signer.kid) == certificate(signer)
    assert own_certificate(tmp_path, b"another") == b""
    kept(tmp_path, signer, revoked={signer.kid.hex(): "2026-11-22T00:00:00.000Z"})
    assert verify_paper(bare.pdf, load_trust(tmp_path, lambda _: [])).standing is Standing.REVOKED


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"roots": 1}', '{"roots": [], "certificates": {}, "revoked": {"a": "x"}}']
)
def test_a_damaged_list_trusts_less_never_more(
    tmp_path: Path, signer: SigningKey, made: RenderedPaper, text: str
) -> None:
    kept(tmp_path, signer)
    (tmp_path / FOLDER / LIST).write_text(text)
    assert read_list(tmp_path) == {"roots": [], "certificates": {}, "revoked": {}, "ended": {}, "regions": {}}
    assert not verify_paper(made.pdf, load_trust(tmp_path, lambda _: [])).ours


def test_a_certificate_in_the_file_does_not_excuse_alterations(made: RenderedPaper, bare: RenderedPaper) -> None:
    """The record is signed: another certificate in it is another record."""
    assert made.qr_text != bare.qr_text
    other = replace(made.paper, cases=paper(1, 1, ("李四", ZHANG[1])).cases)
    assert other != made.paper
