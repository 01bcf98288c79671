"""Every field of every kind of paper, changed once: the change is caught and the field is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paper_samples import fixed_key

from app.demo.papers import sample_paper
from app.documents.compare import differences
from app.documents.compose import compose, fill_micro
from app.documents.content import body_of
from app.documents.fonts import PaperFonts
from app.documents.format import Format
from app.documents.layout import Page, Text
from app.documents.pdf_reading import ReadPage
from app.documents.record import MICRO_ABOUT, PaperRecord, normalised, record_of, text_digest
from app.documents.render import PaperRenderer
from app.documents.verify import verify_paper
from app.domain.document import PaperKind
from app.domain.item import Catalog


def pages_of(kind: PaperKind, catalog: Catalog, fonts: PaperFonts, shape: Format) -> list[Page]:
    chains = fonts.on(shape)
    return fill_micro(compose(body_of(sample_paper(kind, catalog), catalog), shape, chains), "NO.01234567 ", chains)


def read(pages: list[Page]) -> list[ReadPage]:
    """As a PDF of these pages extracts (test_paper_render holds the two against each other)."""
    return [ReadPage(page.plain, page.drawings, False, False) for page in record_of(pages).pages]


def digest(pages: list[Page]) -> bytes:
    return text_digest((page.plain, page.drawings) for page in read(pages))


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        *((kind, Format.A4) for kind in PaperKind),
        (PaperKind.ACCEPTANCE_NOTICE, Format.STRIP_58),
        (PaperKind.DELIVERY_PROOF, Format.STRIP_80.enlarged),
    ],
    ids=str,
)
def test_each_field_changed_once_is_caught_and_named(
    catalog: Catalog, fonts: PaperFonts, kind: PaperKind, shape: Format
) -> None:
    pages = pages_of(kind, catalog, fonts, shape)
    record = record_of(pages)
    fields = [
        (number, place, mark)
        for number, page in enumerate(pages)
        for place, mark in enumerate(page.marks)
        if isinstance(mark, Text) and normalised(mark.text)
    ]
    assert len(fields) > 20
    for number, place, mark in fields:
        text = mark.text
        middle = next(n for n in range(len(text) // 2, -1, -1) if not text[n].isspace())
        other = "8" if text[middle] != "8" else "9"
        marks = list(pages[number].marks)
        marks[place] = replace(mark, text=text[:middle] + other + text[middle + 1 :])
        altered = [*pages[:number], Page(pages[number].size, marks), *pages[number + 1 :]]
        assert digest(altered) != record.text_digest, mark
        said = differences(record, read(altered), len(altered))
        if mark.about == MICRO_ABOUT:
            assert said[0] == f"第 {number + 1} 页的微缩文字缺失或与签发时不同"
        else:
            assert any(mark.about in one for one in said), (mark, said)


def test_each_drawing_taken_out_is_caught(catalog: Catalog, fonts: PaperFonts) -> None:
    pages = pages_of(PaperKind.ACCEPTANCE_NOTICE, catalog, fonts, Format.A4)
    record = record_of(pages)
    for place, mark in enumerate(pages[0].marks):
        if not isinstance(mark, Text):
            marks = [other for n, other in enumerate(pages[0].marks) if n != place]
            altered = [Page(pages[0].size, marks), *pages[1:]]
            assert digest(altered) != record.text_digest
            assert any("图形" in one for one in differences(record, read(altered), len(altered)))


def test_another_paper_s_micro_text_is_told_apart(catalog: Catalog, fonts: PaperFonts) -> None:
    body = body_of(sample_paper(PaperKind.ACCEPTANCE_NOTICE, catalog), catalog)
    open_pages = compose(body, Format.A4, fonts)
    record: PaperRecord = record_of(fill_micro(open_pages, "WX0320261121N0021.01234567 ", fonts))
    other = fill_micro(open_pages, "WX0320261121N0021.01234568 ", fonts)
    said = differences(record, read(other), len(other))
    assert "第 1 页的微缩文字缺失或与签发时不同" in said
    without = [Page(p.size, [m for m in p.marks if getattr(m, "about", "") != MICRO_ABOUT]) for p in other]
    assert "第 1 页的微缩文字缺失或与签发时不同" in differences(record, read(without), len(without))


@pytest.mark.parametrize("kind", [PaperKind.REFUSAL_NOTICE, PaperKind.DELIVERY_PROOF, PaperKind.SHIFT_HANDOVER])
@pytest.mark.parametrize("shape", [Format.A5, Format.STRIP_80.enlarged], ids=lambda shape: shape.name)
def test_genuine_papers_of_all_sorts_verify(
    catalog: Catalog, fonts: PaperFonts, kind: PaperKind, shape: Format
) -> None:
    """The whole way: painted, extracted, compared."""
    key = fixed_key(3)
    made = PaperRenderer(key, "大厅", fonts, catalog).render(sample_paper(kind, catalog), shape)
    answer = verify_paper(made.pdf, lambda _: [key])
    assert answer.unaltered, answer.words
