"""A report: title, a few facts, tables. Signed by nobody and bearing no code: it proves nothing to anybody outside."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass

from app.documents.fonts import PaperFonts
from app.documents.layout import BODY_TOP, BOTTOM, LEFT, RIGHT, TOP, Column, Flow, Line, Page, Para, Pen, Style
from app.documents.paint import PdfInfo, draw_mark, drawing
from app.documents.wording import load_wording

_TITLE = Style(20, 28, bold=True, spacing=4)
_SUB = Style(11, 17, grey=0.35)
_LABEL = Style(10.5, 18, grey=0.35)
_VALUE = Style(10.5, 18)
_HEADING = Style(11.5, 20, bold=True)
_HEAD_CELL = Style(9.5, 14, bold=True)
_CELL = Style(10, 15)
_NOTE = Style(9, 14, grey=0.35)
_LABEL_WIDTH = 90.0
_WIDTH = RIGHT - LEFT


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
    pages = _pages(report, fonts)
    out = io.BytesIO()
    with drawing(out, PdfInfo(report.title, report.subtitle, "", "", report.made)) as canvas:
        for page in pages:
            for mark in page.marks:
                draw_mark(canvas, mark, fonts)
            canvas.showPage()
    return out.getvalue()


def _pages(report: Report, fonts: PaperFonts) -> list[Page]:
    pen = Pen(fonts)
    flow = Flow(pen, lambda page, index: BODY_TOP if index else TOP + 12)
    flow.line(Para(report.title, _TITLE, "标题"), "c")
    flow.line(Para(report.subtitle, _SUB, "单位"), "c")
    flow.space(10)
    for label, value in report.facts:
        flow.paragraph(Para(value, _VALUE, label), left=LEFT + _LABEL_WIDTH, label=Para(label, _LABEL, label))
    for table in report.tables:
        flow.space(12)
        # A heading never stands alone at a page's foot.
        flow.need(_HEADING.leading + 3 * (_CELL.leading + 8))
        flow.line(Para(table.title, _HEADING, "标题"))
        flow.space(3)
        columns = [
            # Words stand left, figures in the middle.
            Column(title, share * _WIDTH, "c" if all(row[n].isdigit() for row in table.rows) else "l")
            for n, (title, share) in enumerate(zip(table.columns, table.widths, strict=True))
        ]
        rows = [[[Para(cell, _CELL, table.title)] for cell in row] for row in table.rows]
        flow.table(columns, _HEAD_CELL, rows)
    if report.note:
        flow.space(10)
        flow.paragraph(Para(report.note, _NOTE, "说明"))
    words = load_wording("day_report")
    for index, page in enumerate(flow.pages):
        said = words.text("page", x=index + 1, y=len(flow.pages))
        pen.put(page, Line(said, _NOTE, "页码"), LEFT, BOTTOM - 14, _WIDTH, "r")
    return flow.pages
