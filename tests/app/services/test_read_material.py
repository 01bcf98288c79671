"""What a page says beside the form: suggested where nothing stands, told where it differs, taken at a word."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from desk_parts import Parts

from app.domain.fact import SourceKind, Verdict
from app.domain.material import Page
from app.materials.text_reader import NoTextReader, Picture, TextLine
from app.services.read_material import Reading, ReadMaterial
from app.services.visit import Visit

ITEM = "open-a-barber-shop"
MATERIAL = "premises_use_proof"
ADDRESS = "浙江省湖州市吴兴区红旗路5号"


def line(text: str, x: float, y: float) -> TextLine:
    width = 48.0 * len(text)
    return TextLine(((x, y), (x + width, y), (x + width, y + 48), (x, y + 48)), text, 0.99)


class Paper:
    """A reader that reads the same lines from every picture."""

    present = True

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.lines = tuple(part for n, (words, value) in enumerate(pairs)
                           for part in (line(words, 100, 200 * n), line(value, 600, 200 * n)))  # fmt: skip

    def read(self, picture: Picture) -> tuple[TextLine, ...]:
        return self.lines

    def close(self) -> None:
        self.lines = ()


@pytest.fixture
def visit(parts: Parts) -> Visit:
    chosen = parts.choose.add(parts.begin(), ITEM)
    return replace(chosen, checklist=chosen.checklist.capture(MATERIAL, Page("ab" * 32, "image/jpeg", 9, 10, 10)))


def reading(service: ReadMaterial) -> Reading:
    return service.read(MATERIAL, "ab" * 32, np.zeros((10, 10, 3), np.uint8))


def test_an_empty_field_gets_a_suggestion_and_stays_empty(parts: Parts, visit: Visit) -> None:
    service = ReadMaterial(Paper(("坐落", ADDRESS), ("建筑面积", "88.60平方米")), parts.clock)
    assert service.wanted(visit, MATERIAL)
    told = service.suggestions(visit, [reading(service)])
    assert {key: s.fact.value for key, s in told.items()} == {"premises.address": ADDRESS, "premises.area": "88.6"}
    fact = told["premises.address"].fact
    assert (fact.source.kind, fact.verdict) == (SourceKind.CAPTURE, Verdict.CAPTURED_UNVERIFIED)
    assert (fact.source.label, fact.source.ref) == ("经营场所使用证明·图片识别", "99%")
    assert visit.form.values() == parts.choose.add(parts.begin(), ITEM).form.values()


def test_it_is_taken_at_the_clerks_word_and_says_where_it_comes_from(parts: Parts, visit: Visit) -> None:
    service = ReadMaterial(Paper(("坐落", ADDRESS)), parts.clock)
    pages = [reading(service)]
    fact = service.suggestions(visit, pages)["premises.address"].fact
    after = service.take(visit, fact)
    assert after.form.in_force()["premises.address"] == fact
    assert service.suggestions(after, pages) == {}
    assert service.differences(after, pages) == ()


def test_no_source_is_ever_spoken_over_and_a_difference_is_told(parts: Parts, visit: Visit) -> None:
    service = ReadMaterial(Paper(("坐落", ADDRESS), ("建筑面积", "88.60平方米")), parts.clock)
    pages = [reading(service)]
    typed = parts.fill.type(parts.fill.type(visit, "premises.address", "湖州市南街1号"), "premises.area", "88.60")
    assert service.suggestions(typed, pages) == {}
    differences = service.differences(typed, pages)
    assert [d.material for d in differences] == [MATERIAL], "88.60 and 88.6 are the same"
    assert differences[0].value == "", "an address is personal: only its name is told"
    wrong = parts.fill.type(typed, "premises.area", "66")
    assert "88.6" in [d.value for d in service.differences(wrong, pages)]


def test_a_page_that_is_gone_says_nothing_more(parts: Parts, visit: Visit) -> None:
    service = ReadMaterial(Paper(("坐落", ADDRESS)), parts.clock)
    pages = [reading(service)]
    gone = replace(visit, checklist=visit.checklist.drop_page(MATERIAL, 0))
    assert service.suggestions(gone, pages) == {}


def test_nothing_is_read_without_a_reader_or_a_use_for_it(parts: Parts, visit: Visit) -> None:
    assert not ReadMaterial(NoTextReader(), parts.clock).wanted(visit, MATERIAL)
    assert not ReadMaterial(Paper(), parts.clock).wanted(visit, "floor_plan")
    assert not ReadMaterial(Paper(), parts.clock).wanted(parts.begin(), MATERIAL)


def test_a_name_one_character_off_is_no_difference(parts: Parts, visit: Visit) -> None:
    from app.services.read_material import _near_name

    assert _near_name("applicant.name", "王𠮷祥", "王吉祥")
    assert not _near_name("applicant.name", "王𠮷祥", "李吉人")
    assert not _near_name("premises.area", "88", "89")
