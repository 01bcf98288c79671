"""The code 评价码 on a notice: a phone reads it off sheet and strip; without an address there is none."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium
import pytest
import zxingcpp
from paper_samples import fixed_key, paper

from app.documents.fonts import PaperFonts
from app.documents.format import Format
from app.documents.offers import Offers
from app.documents.rate_link import RateLinks
from app.documents.render import PaperRenderer
from app.documents.verify import verify_paper
from app.domain.hours import OpenHours, Span
from app.licences.cose import SigningKey
from app.licences.rating_code import BadRatingCode, code_of, open_code, sign_code
from app.materials.opening import Opening

URL = "https://pj.example"


@pytest.fixture(scope="module")
def linked(signer: SigningKey, fonts: PaperFonts) -> PaperRenderer:
    return PaperRenderer(signer, "大厅", fonts, offers=Offers(RateLinks(signer, URL + "/")))


def codes_on(pdf: bytes, scale: float = 4.0) -> list[str]:
    with pdfium.PdfDocument(pdf) as document:
        pictures = [np.array(page.render(scale=scale, grayscale=True).to_numpy()).squeeze() for page in document]
    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture, formats=formats)]


@pytest.mark.parametrize("shape", [Format.A4, Format.A5, Format.STRIP_80, Format.STRIP_58], ids=str)
def test_a_phone_reads_it_beside_the_anti_forgery_code(
    linked: PaperRenderer, signer: SigningKey, shape: Format
) -> None:
    sample = paper(3, 5)
    made = linked.render(sample, shape)
    found = codes_on(made.pdf)
    assert sorted(found) == sorted([made.qr_text, linked.rate_link(sample)])
    link = linked.rate_link(sample)
    assert link.startswith(URL + "/rate/")
    assert open_code(link.rpartition("/")[2], lambda _: [signer]) == code_of(sample.cases[0])
    assert linked.render(sample, shape).pdf == made.pdf, "the same paper has the same bytes"
    answer = verify_paper(made.pdf, lambda _: [signer])
    assert (answer.ours, answer.unaltered) == (True, True)


def test_a_strips_picture_is_read_dot_by_dot(linked: PaperRenderer) -> None:
    for dots in (576, 384):
        picture = linked.receipt(paper(2, 3), dots)
        formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
        assert linked.rate_link(paper(2, 3)) in [code.text for code in zxingcpp.read_barcodes(picture, formats=formats)]


def test_without_an_address_nothing_is_printed(signer: SigningKey, fonts: PaperFonts) -> None:
    for links in (None, RateLinks(signer, "")):
        made = PaperRenderer(signer, "大厅", fonts, offers=Offers(links)).render(paper(1, 1))
        assert codes_on(made.pdf) == [made.qr_text]


def test_only_the_windows_own_signature_opens_it() -> None:
    key, other = fixed_key(7), fixed_key(9)
    code = code_of(paper(1, 1).cases[0])
    text = sign_code(code, key)
    assert open_code(text, lambda _: [key]) == code
    assert "张伟" not in code.person
    for broken in ("", "x", text[:-4], text + "A" * 800, text.replace(text[40], "A" if text[40] != "A" else "B")):
        with pytest.raises(BadRatingCode):
            open_code(broken, lambda _: [key])
    with pytest.raises(BadRatingCode):
        open_code(text, lambda _: [other])
    with pytest.raises(BadRatingCode):
        open_code(text, lambda _: [])


def test_the_notice_says_when_the_result_is_fetched_outside_working_hours(
    signer: SigningKey, fonts: PaperFonts
) -> None:
    opening = Opening(OpenHours(extended={6: (Span(540, 720),)}))
    sample = paper(2, 3)
    last = max(case.due for case in sample.cases if case.due is not None)
    found = opening.pick_up(last)
    assert found is not None
    for shape in (Format.A4, Format.STRIP_80):
        made = PaperRenderer(signer, "大厅", fonts, offers=Offers(opening=opening)).render(sample, shape)
        with pdfium.PdfDocument(made.pdf) as document:
            text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
        assert f"可在{found.words}延时服务时取件" in text
        plain = PaperRenderer(signer, "大厅", fonts, offers=Offers(opening=Opening(OpenHours()))).render(sample, shape)
        with pdfium.PdfDocument(plain.pdf) as document:
            assert "延时" not in document[0].get_textpage().get_text_bounded()
