"""A signature given on the citizen's screen, on the notice."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pypdfium2.raw as raw
from paper_samples import paper
from pypdfium2 import PdfDocument

from app.documents.render import PaperRenderer
from app.documents.verify import verify_paper
from app.domain.signature import Point, Signature
from app.licences.cose import Algorithm, SigningKey

SIGNATURE = Signature(
    tuple(tuple(Point(20.0 + 4 * n, 30.0 + 25 * line + (n % 5), 0.5, 10 * n) for n in range(40)) for line in range(3)),
    640,
    200,
)


def test_a_signed_paper_is_genuine_and_one_with_the_signature_taken_out_is_not() -> None:
    key = SigningKey.generate(Algorithm.EDDSA)
    made = PaperRenderer(key, "演示大厅").render(replace(paper(2, 3), signature=SIGNATURE))
    assert verify_paper(made.pdf, lambda _: [key]).unaltered
    with PdfDocument(made.pdf) as document:
        last = document[len(document) - 1]
        # The code has more segments, but is filled; of what is drawn as lines the signature has the most.
        lines = [item for item in last.get_objects() if item.type == raw.FPDF_PAGEOBJ_PATH and _lines_only(item)]
        ink = max(lines, key=lambda item: raw.FPDFPath_CountSegments(item.raw))
        last.remove_obj(ink)
        last.gen_content()
        out = io.BytesIO()
        document.save(out)
    assert not verify_paper(out.getvalue(), lambda _: [key]).unaltered


def _lines_only(item: Any) -> bool:
    return not any(
        raw.FPDFPathSegment_GetClose(raw.FPDFPath_GetPathSegment(item.raw, n))
        for n in range(raw.FPDFPath_CountSegments(item.raw))
    )
