"""The press: words, layout, record, signature and painting of one paper, in this order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from app.documents.blocks import Fields, PaperBody, Ticks
from app.documents.code import micro_unit, modules, signed_code
from app.documents.compose import compose, fill_micro
from app.documents.content import body_of, facts_of
from app.documents.fonts import PaperFonts
from app.documents.format import Format
from app.documents.offers import NONE, Offers
from app.documents.paint import PdfInfo, paint
from app.documents.preview import pages_as_pictures
from app.documents.record import record_of
from app.documents.wording import load_wording, wording_of
from app.domain.clock import parse_iso, shanghai
from app.domain.document import Paper, PaperKind, RenderedPaper
from app.domain.item import Catalog
from app.licences.cose import SigningKey

_MICRO = 4
"""Bytes of the body's digest in the micro-text: eight characters that a person can compare under a lens."""


class Press:
    """Makes papers with fonts that are loaded. The arguments are those of PaperRenderer."""

    def __init__(
        self,
        signer: SigningKey,
        issuer: str,
        fonts: PaperFonts,
        catalog: Catalog | None,
        certificate: Callable[[], bytes],
        offers: Offers = NONE,
    ) -> None:
        self._signer = signer
        self._issuer = issuer
        self.fonts = fonts
        self._catalog = catalog
        self._certificate = certificate
        self._offers = offers

    def warm(self) -> None:
        """Do what the first paper would wait for: read the wording, draw a sheet and a strip that say nothing. Their
        boxes, ticked and not, need one more font on many machines. Errors as PaperRenderer.warm."""
        for kind in PaperKind:
            wording_of(kind)
        load_wording("common")
        title = load_wording("test_print").text("title")
        boxes = Ticks(((True, title), (False, title)), title)
        info = PdfInfo(title, "", "", "", parse_iso("2026-01-01T00:00:00Z"))
        for shape in (Format.A4, Format.STRIP_80):
            fonts, body = self.fonts.on(shape), PaperBody(title, "", Fields(()), (boxes,), "")
            # Without a code, and so without a signature: this could never pass for a paper.
            pages_as_pictures(paint(compose(body, shape, fonts, code=False), fonts, (), info))

    def require(self, text: str, about: str) -> None:
        """See PaperRenderer.require."""
        self.fonts.regular.require(text, about)

    def render(self, paper: Paper, shape: Format) -> RenderedPaper:
        """See PaperRenderer.render."""
        body, facts = body_of(paper, self._catalog, self._offers), facts_of(paper)
        fonts = self.fonts.on(shape)
        pages = compose(body, shape, fonts)
        micro = record_of(pages).digest[:_MICRO]
        pages = fill_micro(pages, micro_unit(facts.number, micro), fonts)
        record = record_of(pages, self._certificate(), tuple(seal.text for seal in paper.seals))
        code = signed_code(paper, facts, record, micro, self._signer)
        # A 58 mm strip cannot hold larger codes at four dots a module; bigger modules help more than more redundancy.
        symbol = modules(code, "L" if shape.strip and shape.dots < _WIDE and len(code) > _SMALL_CODE else "M")
        info = PdfInfo(
            title=f"{paper.kind.value} {facts.number}",
            author=self._issuer,
            subject=facts.title,
            keywords=code,
            made=shanghai(paper.issued_at),
            record=record.to_bytes(),
        )
        pdf = paint(pages, fonts, symbol, info)
        return RenderedPaper(
            paper=paper,
            pdf=pdf,
            qr_text=code,
            sha256=hashlib.sha256(pdf).hexdigest(),
            job_id=job_id(paper),
        )


_WIDE = 500
"""Dots of a head from which on the strip is no narrow one."""
_SMALL_CODE = 600
"""Characters that a symbol of level M holds at four dots a module on 384 dots."""


def job_id(paper: Paper) -> str:
    """The printer's job name: the same for each try of one print, another for a reprint."""
    return f"{wording_of(paper.kind).text('code')}-{paper.number}-{paper.reprint}"
