"""A page that tries a printer out."""

from __future__ import annotations

import datetime as dt

from app.documents.fonts import PaperFonts, load_fonts
from app.documents.report import Report, report_pdf
from app.documents.wording import load_wording


def trial_page(at: dt.datetime, fonts: PaperFonts | None = None) -> bytes:
    """A PDF of one page with ordinary and rare characters. at: legal time, printed on it."""
    words = load_wording("test_print")
    lines = words.texts("lines")
    facts = ((words.text("made"), f"{at:%Y-%m-%d %H:%M:%S}"), *(("", line) for line in lines))
    return report_pdf(Report(words.text("title"), words.text("subtitle"), facts, (), at), fonts or load_fonts())
