"""From a paper's data to a signed PDF."""

from __future__ import annotations

import hashlib

from app.documents.code import modules, signed_code
from app.documents.compose import Composer
from app.documents.content import ContentBuilder
from app.documents.fonts import PaperFonts, load_fonts
from app.documents.paint import PdfInfo, paint
from app.documents.record import ATTACHMENT, record_of
from app.documents.wording import wording_of
from app.domain.clock import shanghai
from app.domain.document import Paper, RenderedPaper
from app.domain.item import Catalog
from app.licences.cose import Algorithm, SigningKey


class PaperRenderer:
    """Makes the papers of one window.

    signer: the window's key, EdDSA (its signatures are deterministic, so the same paper always has the same bytes).
    issuer: who hands the papers over, for the file's metadata. catalog: see ContentBuilder.
    """

    def __init__(
        self, signer: SigningKey, issuer: str, fonts: PaperFonts | None = None, catalog: Catalog | None = None
    ) -> None:
        """ValueError for a key of another kind; EnvironmentProblem when no Chinese font is installed."""
        if signer.alg is not Algorithm.EDDSA:
            raise ValueError("papers are signed with EdDSA: other signatures differ at each reprint of the same bytes")
        self._signer = signer
        self._issuer = issuer
        self._fonts = fonts or load_fonts()
        self._content = ContentBuilder(self._fonts, catalog)

    def render(self, paper: Paper) -> RenderedPaper:
        """The paper as PDF, A4 portrait. The same paper gives the same bytes.

        BadInput: a character that no font draws, with its place. Defect: no case, or cases of several applicants.
        """
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
            attachment=(ATTACHMENT, record.to_bytes()),
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
