"""来访人服务码: the small paper that a registered person takes along, half a sheet with the code on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.documents.blocks import Fields, PaperBody, Points
from app.documents.code import modules
from app.documents.compose import compose
from app.documents.fonts import PaperFonts, load_fonts
from app.documents.format import Format
from app.documents.layout import Micro, Page
from app.documents.paint import PdfInfo, paint
from app.documents.wording import load_wording
from app.domain.case import Window
from app.domain.clock import shanghai
from app.domain.person import mask, mask_name
from app.domain.resident import Registration, ResidentPerson


def resident_card(
    window: Window, person: ResidentPerson, made: Registration, fonts: PaperFonts | None = None, *, demo: bool = False
) -> bytes:
    """A PDF of one A5 page, the same for the same registration. Name and number are masked: a paper gets lost."""
    words, fonts = load_wording("resident_code"), fonts or load_fonts()
    registered = shanghai(made.registered_at)
    said = (
        ("name", mask_name(person.name)),
        ("number", mask(person.facts["travel_document_number"])),
        ("until", f"{shanghai(made.until):%Y-%m-%d}"),
        ("made", f"{registered:%Y-%m-%d}　{window.name}"),
        ("code", made.code_id[:8].upper()),
    )
    title = words.text("title")
    body = PaperBody(
        title=title,
        number="",
        number_line=words.text("subtitle"),
        head=Fields(tuple((words.text(f"facts.{name}"), value) for name, value in said)),
        blocks=(Points(words.texts("how"), "说明"),),
        running=title,
        issuer=window.hall,
        footer=f"{window.hall}　{window.name}",
        page=load_wording("day_report").text("page", x="{x}", y="{y}"),
        notices=(load_wording("common").text("demo_tag"),) if demo else (),
        code_caption=words.text("caption"),
    )
    pages = [without_micro(page) for page in compose(body, Format.A5, fonts.on(Format.A5))]
    info = PdfInfo(title, window.hall, "", "", registered.astimezone(dt.UTC))
    return paint(pages, fonts.on(Format.A5), modules(made.text), info)


def without_micro(page: Page) -> Page:
    """A page without lines of micro-text: who signed the code did not sign this sheet."""
    return replace(page, marks=[mark for mark in page.marks if not isinstance(mark, Micro)])
