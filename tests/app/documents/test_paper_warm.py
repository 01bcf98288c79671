"""What the first paper would wait for is done ahead, and leaves nothing that could pass for a paper."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from paper_samples import paper
from PIL import Image

from app.documents import fonts, press, wording
from app.documents.format import Format
from app.documents.preview import pages_as_pictures, pages_as_png
from app.documents.render import PaperRenderer
from app.domain.document import PaperKind
from app.licences.cose import SigningKey

HALL = "湖州市吴兴区政务服务中心"


def test_a_warmed_press_loads_nothing_more_for_papers_with_boxes(signer: SigningKey) -> None:
    cold = PaperRenderer(signer, HALL)
    fonts._embedded.cache_clear()
    wording.load_wording.cache_clear()
    cold.warm()
    loaded, read = fonts._embedded.cache_info().misses, wording.load_wording.cache_info().misses
    assert loaded
    assert read > len(PaperKind), "the common file too"
    for shape in (Format.A4, Format.STRIP_80):
        cold.render(paper(3, 5), shape)
        chain = cold._loaded().fonts.on(shape).regular
        assert all(chain.index_of(box) is not None for box in "☑☐")
    assert fonts._embedded.cache_info().misses == loaded
    assert wording.load_wording.cache_info().misses == read


def test_what_warms_the_press_carries_no_code(
    signer: SigningKey, renderer: PaperRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bytes] = []
    monkeypatch.setattr(press, "pages_as_pictures", made.append)
    PaperRenderer(signer, HALL).warm()
    codes = [pdfium.PdfDocument(pdf).get_metadata_value("Keywords") for pdf in made]
    assert codes == ["", ""], "where the signed code of a paper stands"
    assert pdfium.PdfDocument(renderer.render(paper(1, 1)).pdf).get_metadata_value("Keywords")


def test_the_preview_shows_the_same_as_picture_and_as_png(renderer: PaperRenderer) -> None:
    for shape in (Format.A4, Format.STRIP_58):
        pdf = renderer.render(paper(1, 2), shape).pdf
        pictures = pages_as_pictures(pdf, 50)
        again = [np.array(Image.open(io.BytesIO(png)).convert("RGB")) for png in pages_as_png(pdf, 50)]
        assert len(pictures) == len(again)
        for picture, png in zip(pictures, again, strict=True):
            assert picture.shape[2] == 3
            assert np.array_equal(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), png)
