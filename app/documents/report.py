"""A report: title, a few facts, tables. Signed by nobody and bearing no code: it proves nothing to anybody outside."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.documents.blocks import Block, Column, Fields, Heading, Listing, PaperBody, Paragraph
from app.documents.compose import compose
from app.documents.fonts import PaperFonts
from app.documents.format import Format
from app.documents.paint import PdfInfo, paint
from app.documents.wording import load_wording


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table with its heading. widths: shares of the line, summing to 1; each row as many cells."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says. made: legal time."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[ReportTable, ...]
    made: dt.datetime
    note: str = ""


def report_pdf(report: Report, fonts: PaperFonts) -> bytes:
    """The report as PDF/A-2b, A4 portrait; the same report, the same bytes. BadInput: a character without a glyph."""
    info = PdfInfo(report.title, report.subtitle, "", "", report.made)
    return paint(compose(_body(report), Format.A4, fonts, code=False), fonts, (), info)


def _body(report: Report) -> PaperBody:
    blocks: list[Block] = []
    for table in report.tables:
        blocks += [Heading(table.title), _listing(table)]
    if report.note:
        blocks.append(Paragraph(report.note, "说明", small=True))
    return PaperBody(
        title=report.title,
        number="",
        number_line=report.subtitle,
        head=Fields(report.facts),
        blocks=tuple(blocks),
        running=report.title,
        footer=report.subtitle,
        page=load_wording("day_report").text("page", x="{x}", y="{y}"),
    )


def _listing(table: ReportTable) -> Listing:
    columns = tuple(
        # Words stand left, figures in the middle.
        Column(title, share, "c" if all(row[n].isdigit() for row in table.rows) else "l", about=table.title)
        for n, (title, share) in enumerate(zip(table.columns, table.widths, strict=True))
    )
    return Listing(columns, table.rows, about="")
