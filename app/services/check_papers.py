"""Is a paper ours and unaltered? Read afresh each time: what the platform certifies and revokes changes meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.documents.answer import PaperCheck
from app.documents.trust import PaperTrust
from app.domain.errors import BadInput


class CheckPapers:
    """Blocks on files and cryptography. trust: whose papers count now."""

    def __init__(self, trust: Callable[[], PaperTrust]) -> None:
        self._trust = trust

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
        from app.documents.pdf_reading import MAX_PDF
        from app.documents.verify import verify_paper

        try:
            with path.open("rb") as file:
                data = file.read(MAX_PDF + 1)
        except OSError as error:
            raise BadInput("文件打不开", f"{path.name}：{error.strerror}", "请检查文件后重新选择。") from error
        return verify_paper(data, self._trust())
