"""How long a paper takes and how large it is, kind by kind, against a bare ReportLab page of the same text made in the
same run; and a batch of 300 receipts. Processor time of the one thread, which a loaded machine does not stretch.
Figures go to docs/papers-type.md; the bounds are ratios, for machines differ.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import pypdfium2 as pdfium
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

import resources
from app.catalog.load import load_catalog
from app.demo.papers import sample_paper
from app.documents.fonts import PaperFonts, load_fonts
from app.documents.format import Format
from app.documents.render import PaperRenderer
from app.domain.document import PaperKind
from app.domain.item import Catalog
from app.licences.cose import SigningKey, public_key_kid

_ROUNDS = 8
_RECEIPTS = 300
_MOST_TIME = 25.0
"""A paper may take so many times the bare page: breaking lines, records, signature, code and five fonts are in it."""
_MOST_SIZE = 5.0


@pytest.fixture(scope="module")
def fonts() -> PaperFonts:
    return load_fonts()


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(resources.path("catalog"))


@pytest.fixture(scope="module")
def renderer(fonts: PaperFonts, catalog: Catalog) -> PaperRenderer:
    private = ed25519.Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)
    return PaperRenderer(SigningKey(public_key_kid(private.public_key()), private), "大厅", fonts, catalog)


def p95(work: Callable[[], object]) -> float:
    """Milliseconds."""
    work()
    took = []
    for _ in range(_ROUNDS):
        begun = time.thread_time()
        work()
        took.append((time.thread_time() - begun) * 1000)
    return statistics.quantiles(took, n=20)[18]


def bare(text: str, fonts: PaperFonts) -> bytes:
    """The text on A4 in one font, line after line: the least that ReportLab can do."""
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1, invariant=1)
    name = next(iter(fonts.regular.runs("一")))[0]
    pdfmetrics.getFont(name)
    words = canvas.beginText(50, 800)
    words.setFont(name, 10)
    for line in text.splitlines():
        words.textLine(line)
    canvas.drawText(words)
    canvas.save()
    return out.getvalue()


@pytest.mark.timeout(1800)
def test_each_kind(renderer: PaperRenderer, fonts: PaperFonts, catalog: Catalog) -> None:
    print("\n| 文书 | A4 p95 ms | KB | × bare ms | × bare KB | 80 mm p95 ms | KB |\n|---|---|---|---|---|---|---|")
    for kind in PaperKind:
        paper = sample_paper(kind, catalog)
        made = renderer.render(paper)
        text = "\n".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(made.pdf))
        text = "".join(char for char in text if char == "\n" or fonts.regular.index_of(char) == 0)
        peer = p95(lambda text=text: bare(text, fonts))  # type: ignore[misc]
        peer_size = len(bare(text, fonts)) / 1024
        took = p95(lambda paper=paper: renderer.render(paper))  # type: ignore[misc]
        size = len(made.pdf) / 1024
        strip = p95(lambda paper=paper: renderer.render(paper, Format.STRIP_80))  # type: ignore[misc]
        strip_size = len(renderer.render(paper, Format.STRIP_80).pdf) / 1024
        print(
            f"| {kind.value} | {took:.0f} | {size:.0f} | {took / peer:.1f} | {size / peer_size:.1f} |"
            f" {strip:.0f} | {strip_size:.0f} |"
        )
        assert took < _MOST_TIME * peer
        assert size < _MOST_SIZE * peer_size


@pytest.mark.timeout(1800)
def test_a_batch_of_receipts(renderer: PaperRenderer, fonts: PaperFonts, catalog: Catalog) -> None:
    """As batch acceptance prints them: each its own number and name, rendered and made a picture for the head."""
    paper = sample_paper(PaperKind.MATERIAL_RECEIPT, catalog)
    made = renderer.render(paper)
    text = "\n".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(made.pdf))
    text = "".join(char for char in text if char == "\n" or fonts.regular.index_of(char) == 0)
    begun = time.thread_time()
    for _ in range(_RECEIPTS):
        bare(text, fonts)
    peer = time.thread_time() - begun
    begun = time.thread_time()
    codes = {renderer.render(replace(paper, number=f"WX0320261121R{n:04d}")).qr_text for n in range(_RECEIPTS)}
    sheets = time.thread_time() - begun
    begun = time.thread_time()
    for n in range(_RECEIPTS):
        renderer.receipt(replace(paper, number=f"WX0320261121R{n:04d}"), 576)
    strips = time.thread_time() - begun
    print(
        f"\n{_RECEIPTS} receipts: A4 {sheets:.1f} s ({_RECEIPTS / sheets:.0f}/s), strips as pictures {strips:.1f} s"
        f" ({_RECEIPTS / strips:.0f}/s), bare pages {peer:.1f} s"
    )
    assert len(codes) == _RECEIPTS
    assert sheets < _MOST_TIME * peer
    assert strips < 2 * _MOST_TIME * peer
