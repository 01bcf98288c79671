"""收款凭条: a page for the payer that says what was paid."""

from __future__ import annotations

from app.documents.fonts import PaperFonts, load_fonts
from app.documents.report import Report, report_pdf
from app.documents.wording import load_wording
from app.domain.case import Window
from app.domain.clock import parse_iso, shanghai
from app.domain.fen import yuan_of


def payment_slip(
    window: Window,
    *,
    fen: int,
    cases: tuple[str, ...],
    way: str,
    reference: str,
    trace: str,
    order: str,
    at: str,
    clerk: str,
    fonts: PaperFonts | None = None,
) -> bytes:
    """A PDF of one page, the same for the same payment. at: ISO 8601; cases: their numbers; way: in words."""
    words = load_wording("payment_slip")
    made = shanghai(parse_iso(at))
    said = (
        ("sum", words.text("facts.yuan", yuan=yuan_of(fen))),
        ("cases", "、".join(cases)),
        ("way", way),
        ("reference", reference),
        ("trace", trace),
        ("order", order),
        ("at", f"{made:%Y-%m-%d %H:%M:%S}"),
        ("clerk", clerk),
    )
    facts = tuple((words.text(f"facts.{name}"), value) for name, value in said if value)
    subtitle = words.text("subtitle", hall=window.hall, window=window.name)
    note = words.text("note")
    return report_pdf(Report(words.text("title"), subtitle, facts, (), made, note), fonts or load_fonts())
