"""What came out of an emulated printer, looked at as a person would: by its words."""

from __future__ import annotations

from pathlib import Path

from app.documents.locks import PDFIUM


def newest_says(folder: Path, words: str) -> bool:
    """Does the newest sheet in a printer's folder say this? Blanks do not count."""
    import pypdfium2 as pdfium  # a play that prints nothing does not need it

    sheets = sorted(folder.glob("*.pdf"))
    if not sheets:
        return False
    try:
        with PDFIUM, pdfium.PdfDocument(sheets[-1].read_bytes()) as document:
            text = "".join(page.get_textpage().get_text_bounded() for page in document)
    except pdfium.PdfiumError:
        return False  # it is just being written
    return words in "".join(text.split())
