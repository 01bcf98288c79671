"""Is a paper ours and unaltered? Read afresh each time: what the platform certifies and revokes changes meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.documents.answer import PaperCheck
from app.documents.trust import PaperTrust
from app.domain.errors import BadInput
from app.services.sign_paper import CheckPaperSignature, PaperSignature, PaperSignatureState


class CheckPapers:
    """Blocks on files and cryptography. trust: whose papers count now. signatures: of this machine's papers."""

    def __init__(self, trust: Callable[[], PaperTrust], signatures: CheckPaperSignature) -> None:
        self._trust = trust
        self._signatures = signatures

    def signature(self, answer: PaperCheck, path: Path | None = None) -> PaperSignature:
        """How a signature that was given here on a pad stands under a checked paper. path: of the PDF; None where only
        its code is known: then what this machine holds."""
        code = answer.code
        if not answer.ours or code is None:
            return PaperSignature(PaperSignatureState.NONE)
        pdf = _read(path) if path is not None else None
        return self._signatures.check(code.number, pdf, reprint=bool(code.reprint) and answer.unaltered)

    def code(self, text: str) -> PaperCheck:
        """What a scanned code says."""
        from app.documents.verify import verify_paper  # the window starts without the libraries behind it

        return verify_paper(text, self._trust())

    def data(self, pdf: bytes) -> PaperCheck:
        """What a PDF's bytes are worth."""
        from app.documents.verify import verify_paper

        return verify_paper(pdf, self._trust())

    def file(self, path: Path) -> PaperCheck:
        """What a PDF is worth. BadInput: the file cannot be read."""
        from app.documents.verify import verify_paper

        return verify_paper(_read(path), self._trust())


def _read(path: Path) -> bytes:
    from app.documents.pdf_reading import MAX_PDF

    try:
        with path.open("rb") as file:
            return file.read(MAX_PDF + 1)
    except OSError as error:
        raise BadInput("文件打不开", f"{path.name}：{error.strerror}", "请检查文件后重新选择。") from error
