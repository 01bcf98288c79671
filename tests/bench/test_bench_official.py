"""Filling official forms, measured against pypdf filling the same fields by itself in the same run.

The peer sets the same values with pypdf's own `update_page_form_field_values`, which draws them in Helvetica: Chinese
comes out as nothing. We measure texts, fit them, draw them with embedded fonts and fill in the appearances.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

from official_kit import MAIN, NAME, filling, form_file, pdf_with, shipped_forms, text_field, values_for
from pypdf import PdfReader, PdfWriter

from app.documents.fonts import load_fonts
from app.documents.official.fill import OfficialFiller
from app.documents.official.mapping import OfficialForm


def best(work: Callable[[], object], rounds: int = 5) -> float:
    """Processor milliseconds of the best round: others share this machine."""
    spent = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        spent.append((time.process_time() - begun) * 1000)
    return min(spent)


def bare(form: OfficialForm, texts: dict[str, str]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(form.blank.read_bytes())))
    for page in writer.pages:
        writer.update_page_form_field_values(page, texts, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def compare(name: str, form: OfficialForm, values: dict[str, str], item: str, most: float) -> None:
    filler = OfficialFiller(load_fonts())
    done = filler.fill(form, filling(values, item))
    # The peer's fonts have no Chinese: it gets as many Latin letters.
    texts = {box.name: "x" * len(box.text) for box in done.boxes if box.text and box.text != "✓"}
    ours = best(lambda: filler.fill(form, filling(values, item)))
    peer = best(lambda: bare(form, texts))
    print(f"{name}: {len(done.boxes)} boxes, ours {ours:.0f} ms, bare pypdf {peer:.0f} ms, {ours / peer:.2f}x")
    assert ours < most * peer


def test_a_shipped_form() -> None:
    from desk_parts import shipped

    form = shipped_forms().form("individual-registration")
    compare("two pages", form, values_for(form, shipped()[0]), f"{MAIN}03", 6.0)


def test_ten_pages_of_five_hundred_fields(tmp_path: Path) -> None:
    fields = [
        text_field(f"p{page}f{n}", (15 + 60 * (n % 3), 15 + 15 * (n // 3), 58, 9), page)
        for page in range(10)
        for n in range(50)
    ]
    text = "title: 大表\nkind: acroform\nblank: BLANK\nboxes:\n"
    text += "".join(f"  {field.name}: {{text: '{{applicant.name}}{field.name}'}}\n" for field in fields)
    form = form_file(tmp_path, text, pdf_with(fields, pages=10))
    compare("ten pages", form, {"applicant.name": NAME}, f"{MAIN}01", 3.0)
