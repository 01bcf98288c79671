"""A receipt with a region's electronic receive seal: drawn, verified, and refused when it is not the region's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.demo.papers import sample_paper
from app.documents.layout import Ring
from app.documents.render import PaperRenderer
from app.documents.seal_gist import seal_gist
from app.documents.sealed import check_seals
from app.documents.trust import PaperTrust
from app.documents.verify import verify_paper
from app.domain.document import Paper, PaperKind
from app.domain.territory import ReceiveSeal, Territory
from app.licences.cose import Algorithm, SigningKey, Verifier
from app.licences.region_seal import make_seal, seal_number
from app.licences.snapshot import pin_of

HERE, THERE = Territory("330503", "湖州市南浔区"), Territory("310118", "上海市青浦区")
WINDOW, REGION, STRANGER = (SigningKey.generate(Algorithm.EDDSA) for _ in range(3))


def own(kid: bytes) -> Sequence[Verifier]:
    return [WINDOW] if kid == WINDOW.kid else []


TRUST = PaperTrust(own, regions=((HERE.code, pin_of(REGION)),))


def sealed(paper: Paper, key: SigningKey = REGION, about: str = "") -> Paper:
    case = paper.cases[0]
    text = make_seal(
        key, HERE, THERE, case_id=case.case_id, case_no="1150", provisional_no=about or case.provisional_no,
        item_code=case.item_code, digest="ab" * 32, received_at=dt.datetime(2026, 11, 23, 1, 2, tzinfo=dt.UTC),
    )  # fmt: skip
    return replace(paper, seals=(ReceiveSeal(HERE.name, THERE.name, case.provisional_no, seal_number(text), text),))


@pytest.fixture(scope="module")
def receipt() -> Paper:
    from desk_parts import shipped

    return sample_paper(PaperKind.MATERIAL_RECEIPT, shipped()[0], "zh")


@pytest.fixture(scope="module")
def renderer() -> PaperRenderer:
    return PaperRenderer(WINDOW, "示范区政务服务中心")


def test_a_seal_stands_on_the_paper_and_is_verified(receipt: Paper, renderer: PaperRenderer) -> None:
    paper = sealed(receipt)
    made = renderer.render(paper)
    check = verify_paper(made.pdf, TRUST)
    assert check.unaltered
    assert check.seals == 1
    assert "电子收件专用章有效：湖州市南浔区收件" in check.words
    assert paper.seals[0].number in check.words
    # Scanned from paper, the code says that there is one, and which.
    assert f"章号 {paper.seals[0].number}" in verify_paper(made.qr_text, TRUST).words


def test_without_a_seal_nothing_is_said_of_one(receipt: Paper, renderer: PaperRenderer) -> None:
    check = verify_paper(renderer.render(receipt).pdf, TRUST)
    assert check.unaltered
    assert check.seals == 0
    assert "收件专用章" not in check.words


def test_a_strangers_seal_is_refused(receipt: Paper, renderer: PaperRenderer) -> None:
    check = verify_paper(renderer.render(sealed(receipt, STRANGER)).pdf, TRUST)
    assert not check.unaltered
    assert any("无效" in what for what in check.differences)


def test_a_seal_of_another_case_is_refused(receipt: Paper, renderer: PaperRenderer) -> None:
    check = verify_paper(renderer.render(sealed(receipt, about="Y0120261123999X")).pdf, TRUST)
    assert not check.unaltered
    assert any("不是盖在这份文书上" in what for what in check.differences)


def test_a_seal_that_was_taken_off_is_missed(receipt: Paper, renderer: PaperRenderer) -> None:
    paper = sealed(receipt)
    code = verify_paper(renderer.render(paper).pdf, TRUST).code
    assert code is not None
    assert code.gist == seal_gist([paper.seals[0].number])
    assert check_seals([paper.seals[0].text], code, TRUST.regions)[1] == []
    assert "缺少" in check_seals([], code, TRUST.regions)[1][0]
    # One that the paper does not name was put there afterwards.
    assert check_seals([paper.seals[0].text], replace(code, gist=""), TRUST.regions)[1]


def test_it_is_drawn_as_a_seal(receipt: Paper, renderer: PaperRenderer) -> None:
    from app.documents.compose import compose
    from app.documents.content import body_of
    from app.documents.fonts import load_fonts
    from app.documents.format import Format

    fonts = load_fonts()
    rings = [
        [mark.sealed for page in compose(body_of(paper), Format.A4, fonts.on(Format.A4)) for mark in page.marks
         if isinstance(mark, Ring)]
        for paper in (receipt, sealed(receipt))
    ]  # fmt: skip
    assert rings == [[False], [True]]
