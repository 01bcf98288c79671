from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
import zxingcpp
from paper_samples import ZHANG, acknowledged, paper
from test_fonts_embedding import RARE

from app.documents.fonts import PaperFonts
from app.documents.receipt import DOTS_PER_MODULE, receipt_picture
from app.documents.render import PaperRenderer
from app.domain.document import PaperKind, RenderedPaper
from app.domain.errors import BadInput

WIDTHS = (576, 384)
PAPERS = {
    "short": paper(1, 0),
    "demo": replace(paper(3, 5, (RARE, ZHANG[1])), demo=True, reprint=1),
    "long": acknowledged(paper(14, 13, ("阿卜杜热合曼·" * 12, ZHANG[1]))),
    "materials": paper(2, 13, kind=PaperKind.MATERIAL_RECEIPT),
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAPERS)
def test_strip_is_black_and_white_and_its_code_is_readable(
    renderer: PaperRenderer, fonts: PaperFonts, name: str, width: int
) -> None:
    rendered = renderer.render(PAPERS[name])
    picture = receipt_picture(rendered, width, fonts)
    assert picture.dtype == np.uint8
    assert picture.shape[1:] == (width, 3)
    assert set(np.unique(picture)) == {0, 255}
    assert (picture[:, :4] == 255).all(), "ink at the left edge"
    assert (picture[:, -4:] == 255).all(), "ink at the right edge"
    codes = zxingcpp.read_barcodes(picture)
    assert [code.text for code in codes] == [rendered.qr_text]
    assert smallest_run(picture, codes[0].position) >= DOTS_PER_MODULE


def smallest_run(picture: npt.NDArray[np.uint8], place: zxingcpp.Position) -> int:
    """The narrowest dark or light run in the code's rows and columns, dots: one module."""
    top, bottom = place.top_left.y + 1, place.bottom_left.y - 1
    left, right = place.top_left.x + 1, place.top_right.x - 1
    dark = picture[top:bottom, left:right, 0] == 0
    runs = [np.diff(np.flatnonzero(line[1:] != line[:-1])) for line in (*dark, *dark.T)]
    return int(min(run.min() for run in runs if run.size))


def test_strip_is_the_same_each_time_and_follows_the_paper(renderer: PaperRenderer, fonts: PaperFonts) -> None:
    one = renderer.render(paper(1, 1))
    assert np.array_equal(receipt_picture(one, 576, fonts), receipt_picture(one, 576))
    other = renderer.render(paper(1, 1, ("李伟", ZHANG[1])))
    first, second = (receipt_picture(RenderedPaper(r.paper, b"", one.qr_text, "", "")) for r in (one, other))
    assert first.shape == second.shape
    assert not np.array_equal(first, second)


def test_rare_characters_are_drawn_each_as_itself(renderer: PaperRenderer, fonts: PaperFonts) -> None:
    """A missing-glyph box would make two names of rare characters look alike."""
    pictures = []
    for char in RARE:
        rendered = replace(renderer.render(paper(1, 0, (char, ZHANG[1]))), qr_text="YCP1:X")
        pictures.append(receipt_picture(rendered, 384, fonts))
    for index, one in enumerate(pictures):
        assert all(not np.array_equal(one, other) for other in pictures[index + 1 :])


def test_undrawable_name_and_narrow_strip_are_refused(renderer: PaperRenderer, fonts: PaperFonts) -> None:
    rendered = renderer.render(paper(1, 1))
    with pytest.raises(ValueError, match="384"):
        receipt_picture(rendered, 200, fonts)
    with pytest.raises(BadInput):
        receipt_picture(replace(rendered, paper=paper(1, 1, ("\U0002ebf0", ZHANG[1]))), 576, fonts)
