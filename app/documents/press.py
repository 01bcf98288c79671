"""The press: content, layout, record, signature and painting of one paper, in this order."""

from __future__ import annotations

import hashlib

from app.documents.code import modules, signed_code
from app.documents.compose import Composer
from app.documents.content import ContentBuilder
from app.documents.fonts import PaperFonts
from app.documents.paint import PdfInfo, paint
from app.documents.record import record_of
from app.documents.wording import wording_of
from app.domain.clock import shanghai
from app.domain.document import Paper, RenderedPaper
from app.domain.item import Catalog
from app.licences.cose import SigningKey


class Press:
    """Makes papers with fonts that are loaded. The arguments are those of PaperRenderer."""

    def __init__(self, signer: SigningKey, issuer: str, fonts: PaperFonts, catalog: Catalog | None) -> None:
        self._signer = signer
        self._issuer = issuer
        self._fonts = fonts
        self._content = ContentBuilder(fonts, catalog)

    def require(self, text: str, about: str) -> None:
        """See PaperRenderer.require."""
        self._fonts.regular.require(text, about)

    def render(self, paper: Paper) -> RenderedPaper:
        """See PaperRenderer.render."""
        content = self._content.build(paper)
        pages = Composer(content, self._fonts).pages()
        record = record_of(pages)
        code = signed_code(content, record, self._signer)
        info = PdfInfo(
            title=f"{paper.kind.value} {content.number}",
            author=self._issuer,
            subject=content.title,
            keywords=code,
            made=shanghai(paper.issued_at),
            record=record.to_bytes(),
        )
        pdf = paint(pages, self._fonts, modules(code), info)
        return RenderedPaper(
            paper=paper,
            pdf=pdf,
            qr_text=code,
            sha256=hashlib.sha256(pdf).hexdigest(),
            job_id=job_id(paper),
        )


def job_id(paper: Paper) -> str:
    """The printer's job name: the same for each try of one print, another for a reprint."""
    return f"{wording_of(paper.kind).text('code')}-{paper.number}-{paper.reprint}"
