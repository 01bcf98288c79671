"""An issued paper is printed once more from My cases, as it was and marked."""

from __future__ import annotations

import json

import pytest
from desk_parts import Parts

from app.domain.document import PaperKind
from app.services.issue_paper import IssuePaper

K = PaperKind
WITHDRAWN = {"reason": "withdrawn"}


@pytest.fixture
def issue(parts: Parts) -> IssuePaper:
    return parts.issue_paper()


def test_an_issued_paper_is_printed_again_as_it_was_with_the_mark(parts: Parts, issue: IssuePaper) -> None:
    """What was typed for it is not kept; the file is, and each page says that it is one more print."""
    import pypdfium2 as pdfium

    subject = issue.about_cases(parts.accept.accept(parts.ready()).cases)
    made = issue.issue(K.RETURN_NOTICE, subject, WITHDRAWN)
    service = parts.my_cases()
    for number in (1, 2):
        detail = service.detail(subject.cases[0].case_id)
        line = next(line for line in detail.papers if line.kind is K.RETURN_NOTICE)
        assert (line.prints, line.again) == (number, True)
        copy = service.copy(line, "当事人遗失")
        with pdfium.PdfDocument(copy) as document, pdfium.PdfDocument(made.pdf) as first:
            assert len(document) == len(first)
            for page, before in zip(document, first, strict=True):
                said = page.get_textpage().get_text_bounded()
                assert f"补打 第 {number} 次" in said
                assert parts.counter.duty.clerk in said
                assert made.paper.number in said
                assert page.get_size() == before.get_size()
    trail = parts.store.trail_of(made.paper.number, "paper.reprinted")
    assert [json.loads(entry.details) for entry in trail] == [
        {"reprint": number, "reason": "当事人遗失"} for number in (1, 2)
    ]


def test_an_issued_paper_whose_file_was_cleared_is_not_offered_again(parts: Parts, issue: IssuePaper) -> None:
    subject = issue.about_cases(parts.accept.accept(parts.ready()).cases)
    issue.issue(K.RETURN_NOTICE, subject, WITHDRAWN)
    service = parts.my_cases()
    line = service.detail(subject.cases[0].case_id).papers[-1]
    parts.vault.remove(line.sealed)
    assert not service.detail(subject.cases[0].case_id).papers[-1].again
