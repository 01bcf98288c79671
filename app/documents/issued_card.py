"""电子证照凭条: the small paper that the holder of an issued e-licence takes along, half a sheet with its code."""

from __future__ import annotations

import datetime as dt

from app.documents.blocks import Fields, PaperBody, Points
from app.documents.code import modules
from app.documents.compose import compose
from app.documents.fonts import PaperFonts, load_fonts
from app.documents.format import Format
from app.documents.paint import PdfInfo, paint
from app.documents.resident_card import without_micro
from app.documents.wording import load_wording
from app.domain.case import Window
from app.domain.clock import shanghai
from app.domain.issuing import IssuedLicence
from app.domain.licence import LicenceReading
from app.domain.person import mask
from app.licences.identifier import parse_identifier


def issued_card(
    window: Window,
    licence: IssuedLicence,
    reading: LicenceReading,
    case_number: str,
    fonts: PaperFonts | None = None,
    *,
    demo: bool = False,
) -> bytes:
    """A PDF of one A5 page, the same for the same licence. reading: what the window read in its code. The number is
    masked: a paper gets lost, and who checks it reads the code."""
    words, fonts = load_wording("issued_card"), fonts or load_fonts()
    issued = shanghai(licence.issued_at)
    number = reading.holder.get("id_number") or reading.holder.get("uscc", "")
    said = (
        ("holder", reading.holder["name"]),
        ("number", mask(number)),
        ("issuer", reading.issuer or ""),
        ("serial", parse_identifier(reading.licence["identifier"]).serial),
        ("until", f"{shanghai(licence.expires):%Y-%m-%d}"),
        ("made", f"{issued:%Y-%m-%d}　{window.name}"),
        ("case", case_number),
    )
    title = licence.title
    body = PaperBody(
        title=title,
        number="",
        number_line=words.text("subtitle"),
        head=Fields(tuple((words.text(f"facts.{name}"), value) for name, value in said)),
        blocks=(Points(words.texts("how"), words.text("how_title")),),
        running=title,
        issuer=window.hall,
        footer=f"{window.hall}　{window.name}",
        page=load_wording("day_report").text("page", x="{x}", y="{y}"),
        notices=(load_wording("common").text("demo_tag"),) if demo else (),
        code_caption=words.text("caption"),
    )
    pages = [without_micro(page) for page in compose(body, Format.A5, fonts.on(Format.A5))]
    info = PdfInfo(title, window.hall, "", "", issued.astimezone(dt.UTC))
    return paint(pages, fonts.on(Format.A5), modules(licence.code), info)
