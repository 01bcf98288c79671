from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.fonts import PaperFonts
from app.documents.official.fitting import LEADING, cells, fit

CHARS = st.sampled_from("湖州市吴兴区𠮷㛃䶮𬭚（），。0123456789ABCxyz ")


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(CHARS, max_size=120),
    width=st.floats(8, 400),
    height=st.floats(6, 120),
    size=st.floats(7, 16),
    several=st.booleans(),
)
def test_a_text_fits_whole_or_not_at_all(
    fonts: PaperFonts, text: str, width: float, height: float, size: float, several: bool
) -> None:
    chain, least = fonts.regular, min(6.5, size)
    found = fit(text, width, height, chain, size, least, several)
    if not found.whole:
        assert found.lines == ()
        assert 0 <= found.room <= len(text)
        return
    # Nothing but white space at the breaks is lost, nothing is larger than wished or smaller than allowed.
    assert "".join("".join(found.lines).split()) == "".join(text.split())
    assert least - 0.02 <= found.size <= size
    assert all(chain.width(line, found.size) <= width + 0.1 for line in found.lines)
    assert found.size + (len(found.lines) - 1) * found.size * LEADING <= height + 0.1
    assert several or len(found.lines) == 1


def test_letters_get_smaller_before_anything_is_given_up(fonts: PaperFonts) -> None:
    text = "浙江省湖州市吴兴区爱山街道红旗路158号"
    wide = fit(text, 400, 20, fonts.regular, 12, 7)
    narrow = fit(text, 160, 20, fonts.regular, 12, 7)
    assert wide.size == 12
    assert narrow.whole
    assert narrow.size < 12
    hopeless = fit(text, 60, 20, fonts.regular, 12, 7)
    assert not hopeless.whole
    assert 0 < hopeless.room < len(text)
    assert fit(text[: hopeless.room], 60, 20, fonts.regular, 12, 7).whole
    assert not fit(text[: hopeless.room + 1], 60, 20, fonts.regular, 12, 7).whole


def test_a_box_narrower_than_a_letter_holds_nothing(fonts: PaperFonts) -> None:
    assert not fit("湖州", 4, 200, fonts.regular, 10, 7, several=True).whole


@pytest.mark.parametrize(("text", "parts"), [("", []), ("𠮷X", ["𠮷", "X"]), ("é1", ["é", "1"])])
def test_a_mark_shares_the_cell_of_its_letter(text: str, parts: list[str]) -> None:
    assert cells(text) == parts
