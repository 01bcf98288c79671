"""The layout of a paper: title, facts beside the code, tables, notes, place of the seal."""

from __future__ import annotations

import math

from app.documents.content import PaperContent
from app.documents.fonts import PaperFonts
from app.documents.layout import (
    BODY_TOP,
    BOTTOM,
    LEFT,
    MM,
    RIGHT,
    TOP,
    Column,
    Flow,
    Ink,
    Line,
    Page,
    Para,
    Pen,
    QrArea,
    Ring,
    Style,
    Text,
)
from app.documents.wording import load_wording, wording_of
from app.domain.document import PaperKind
from app.domain.signature import Signature

TITLE = Style(25, 33, bold=True, spacing=9)
HALL = Style(12, 17, spacing=2)
SMALL = Style(9, 14)
SMALL_STRONG = Style(9.5, 15, bold=True)
FINE = Style(8, 12, grey=0.35)
SEAL = Style(9.5, 16, grey=0.45)
LABEL = Style(10.5, 17, grey=0.35)
VALUE = Style(10.5, 17)
BODY = Style(11, 18.5)
STRONG = Style(11, 18.5, bold=True)
HEADING = Style(11.5, 19, bold=True)
HEAD_CELL = Style(9.5, 14, bold=True)
CELL = Style(10, 15)
CELL_STRONG = Style(10.5, 16, bold=True)
CELL_FINE = Style(9, 14, grey=0.3)
NOTE = Style(9, 14)

QR_SIZE = 34 * MM
_WIDTH = RIGHT - LEFT
_CLOSING_HEIGHT = 37 * MM


class Composer:
    """Lays out one paper."""

    def __init__(self, content: PaperContent, fonts: PaperFonts) -> None:
        self._content = content
        self._words = load_wording("common")
        self._own = wording_of(content.paper.kind)
        self._headings = 0
        self._pen = Pen(fonts)
        self._flow = Flow(self._pen, self._furnish)

    def pages(self) -> list[Page]:
        """The finished pages."""
        content = self._content
        self._title()
        self._panel()
        self._opening()
        if content.paper.kind is PaperKind.ACCEPTANCE_NOTICE:
            self._cases()
        if content.paper.kind is PaperKind.ONE_TIME_NOTICE:
            self._items()
            self._lacks()
        else:
            self._materials()
        self._notes()
        self._closing()
        for index, page in enumerate(self._flow.pages):
            self._footer(page, index)
        return self._flow.pages

    # Page furniture

    def _furnish(self, page: Page, index: int) -> float:
        self._watermark(page)
        if index == 0:
            return TOP
        kind = self._words.text("continued", kind=self._content.paper.kind.value)
        self._pen.put(page, Line(kind, SMALL, "页眉"), LEFT, TOP)
        self._pen.put(page, Line(self._content.number, SMALL, "编号"), LEFT, TOP, _WIDTH, "r")
        self._pen.rule(page, TOP + 18, 0.5)
        return BODY_TOP

    def _watermark(self, page: Page) -> None:
        words, paper = self._words, self._content.paper
        plain = words.text("watermark", hall=self._content.hall, window=self._content.window)
        demo = words.text("watermark_demo")
        columns, rows, angle = 3, 5, 28.0
        step_x, step_y = _WIDTH / columns, (BOTTOM - TOP) / rows
        longest = (step_x - 14) / math.cos(math.radians(angle))
        for row in range(rows):
            for column in range(columns):
                loud = paper.demo and (row + column) % 2 == 0
                text, size = (demo, 24.0) if loud else (plain, 11.0)
                size = min(size, size * longest / self._pen.measure(Style(size, size))(text))
                style = Style(size, size, grey=0.89 if loud else 0.92)
                x, y = LEFT + column * step_x + 10, TOP + (row + 1) * step_y - 28
                page.marks.append(Text(x, y, text, style, "水印", angle))

    def _footer(self, page: Page, index: int) -> None:
        words, content = self._words, self._content
        top = BOTTOM - 14
        self._pen.rule(page, top - 5, 0.35, grey=0.6)
        left = words.text("footer", kind=content.paper.kind.value, number=content.number)
        if content.paper.reprint:
            left += "　" + words.text("reprint", n=content.paper.reprint)
        self._pen.put(page, Line(left, FINE, "页脚"), LEFT, top)
        right = words.text("page", x=index + 1, y=len(self._flow.pages))
        self._pen.put(page, Line(right, FINE, "页码"), LEFT, top, _WIDTH, "r")

    # Body, from the top down

    def _title(self) -> None:
        words, content, flow = self._words, self._content, self._flow
        flow.line(Para(content.hall, HALL, "受理大厅"), "c")
        flow.space(3)
        flow.line(Para(content.paper.kind.value, TITLE, "标题"), "c")
        flow.space(2)
        number = words.text("number", number=content.number)
        if content.paper.reprint:
            number += "　　" + words.text("reprint", n=content.paper.reprint)
        flow.line(Para(number, SMALL, "编号"), "c")
        if content.paper.demo:
            flow.line(Para(words.text("demo_tag"), SMALL_STRONG, "演示标记"), "c")
        flow.space(7)
        flow.rule(1.4)
        flow.space(2.5)
        flow.rule(0.4)
        flow.space(7)

    def _panel(self) -> None:
        """The facts at the left, the anti-forgery code at the right."""
        words, content, flow = self._words, self._content, self._flow
        top, page = flow.y, flow.page
        page.marks.append(QrArea(RIGHT - QR_SIZE, top, QR_SIZE))
        caption = Line(words.text("qr_caption"), FINE, "防伪码说明")
        self._pen.put(page, caption, RIGHT - QR_SIZE, top + QR_SIZE - 1, QR_SIZE, "c")
        values = {
            "applicant": content.applicant,
            "number": content.masked_number,
            "purpose": words.text("purpose", title=content.title, n=len(content.cases)),
            "window": words.text("window", hall=content.hall, window=content.window),
            "clerk": content.clerk,
            "time": content.time,
        }
        for key, value in values.items():
            label = (self._own if key in ("window", "time") else words).text(f"labels.{key}")
            flow.paragraph(
                Para(value, VALUE, label),
                left=LEFT + 64,
                right=RIGHT - QR_SIZE - 14,
                label=Para(label, LABEL, f"栏目“{label}”"),
            )
        if flow.page is page:
            flow.y = max(flow.y, top + QR_SIZE + FINE.leading)
        flow.space(6)
        flow.rule(0.4)
        flow.space(8)

    def _opening(self) -> None:
        words, content, flow = self._words, self._content, self._flow
        flow.paragraph(Para(words.text("salutation", name=content.applicant), STRONG, "申请人"))
        for text, style, about in (
            (content.opening, BODY, "正文"),
            (content.awaiting, STRONG, "平台确认状态"),
        ):
            if text:
                flow.paragraph(Para(text, style, about), indent=2 * style.size)
        flow.space(8)

    def _heading(self, title: str, room: float) -> None:
        """A numbered heading that keeps `room` points of what follows on its page."""
        numeral = self._words.texts("numerals")[self._headings]
        self._headings += 1
        self._flow.need(HEADING.leading + room)
        self._flow.line(Para(self._words.text("heading", numeral=numeral, title=title), HEADING, "标题"))
        self._flow.space(3)

    def _cases(self) -> None:
        words = self._words
        self._heading(words.text("cases.title"), 80)
        titles = words.texts("cases.columns")
        widths = (34.0, 168.0, 140.0)
        columns = [Column(titles[0], widths[0], "c"), Column(titles[1], widths[1]), Column(titles[2], widths[2])]
        columns.append(Column(titles[3], _WIDTH - sum(widths)))
        rows = []
        for case in self._content.cases:
            place = f"第{case.index}项"
            department = words.text("cases.department", department=case.department)
            first, *more = case.time_limit
            rows.append(
                [
                    [Para(str(case.index), CELL, f"{place}序号")],
                    [
                        Para(case.name, CELL_STRONG, f"{place}事项名称"),
                        Para(department, CELL_FINE, f"{place}受理部门"),
                    ],
                    [
                        Para(case.provisional_no, CELL, f"{place}受理流水号"),
                        Para(case.case_no, CELL_FINE, f"{place}办件编码"),
                    ],
                    [Para(first, CELL, f"{place}办理期限")]
                    + [Para(text, CELL_FINE, f"{place}办理期限") for text in more],
                ]
            )
        self._flow.table(columns, HEAD_CELL, rows)
        self._flow.space(9)

    def _items(self) -> None:
        """What was applied for: nothing is accepted yet, so there are no numbers and no time limits."""
        self._heading(self._own.text("items.title"), 60)
        titles = self._own.texts("items.columns")
        rows = [
            [
                [Para(str(case.index), CELL, f"第{case.index}项序号")],
                [Para(case.name, CELL, f"第{case.index}项事项名称")],
                [Para(case.department, CELL, f"第{case.index}项受理部门")],
            ]
            for case in self._content.cases
        ]
        self._flow.table(
            [Column(titles[0], 34, "c"), Column(titles[1], 250), Column(titles[2], _WIDTH - 284)], HEAD_CELL, rows
        )
        self._flow.space(9)

    def _lacks(self) -> None:
        words, lacks = self._own, self._content.lacks
        for key, columns, some in (
            ("lacks.materials", "lacks.columns", [lack for lack in lacks if lack.is_material]),
            ("lacks.fields", "lacks.field_columns", [lack for lack in lacks if not lack.is_material]),
        ):
            if not some:
                continue
            self._heading(words.text(key), 60)
            titles = words.texts(columns)
            rows = [
                [
                    [Para(str(number), CELL, f"补正{lack.index}序号")],
                    [Para(lack.name, CELL, f"补正{lack.index}名称")],
                    [Para(lack.what, CELL, f"补正{lack.index}要求")],
                ]
                for number, lack in enumerate(some, 1)
            ]
            self._flow.table(
                [Column(titles[0], 34, "c"), Column(titles[1], 170), Column(titles[2], _WIDTH - 204)], HEAD_CELL, rows
            )
            self._flow.space(9)
        materials = sum(lack.is_material for lack in lacks)
        summary = words.text("lacks.summary", materials=materials, fields=len(lacks) - materials)
        self._flow.paragraph(Para(summary, NOTE, "补正合计"))
        self._flow.space(7)

    def _materials(self) -> None:
        words, content = self._words, self._content
        self._heading(words.text("materials.title"), 60)
        if content.materials:
            titles = words.texts("materials.columns")
            widths = (34.0, 200.0, 50.0, 46.0)
            columns = [
                Column(titles[0], widths[0], "c"),
                Column(titles[1], widths[1]),
                Column(titles[2], widths[2], "c"),
                Column(titles[3], widths[3], "c"),
                Column(titles[4], _WIDTH - sum(widths)),
            ]
            rows = []
            for line in content.materials:
                place = f"材料{line.index}"
                cells = (str(line.index), line.name, line.form, line.copies, line.status)
                abouts = ("序号", "名称", "形式", "份数", "收取情况")
                rows.append([[Para(text, CELL, place + about)] for text, about in zip(cells, abouts, strict=True)])
            self._flow.table(columns, HEAD_CELL, rows)
            self._flow.space(5)
        for text, about in ((content.summary, "材料合计"), (content.sources, "信息来源")):
            self._flow.paragraph(Para(text, NOTE, about))
        self._flow.space(7)

    def _notes(self) -> None:
        left = LEFT + 16
        # The place of the seal must never stand on a page of its own, without a word of what is sealed.
        height = sum(len(self._pen.lines(Para(note, NOTE, ""), RIGHT - left)) for note in self._content.notes)
        self._heading(self._words.text("notes_title"), height * NOTE.leading + 12 + _CLOSING_HEIGHT)
        for index, note in enumerate(self._content.notes, 1):
            about = f"告知事项{index}"
            label = Para(f"{index}.", NOTE, about + "序号")
            self._flow.paragraph(Para(note, NOTE, about), left=left, label=label)
        self._flow.space(8)

    def _closing(self) -> None:
        """Signature of the applicant at the left, place of the seal at the right; never parted."""
        words, content, flow = self._words, self._content, self._flow
        flow.need(_CLOSING_HEIGHT)
        page, top = flow.page, flow.y
        left_width, seal_left, seal_width = 78 * MM, RIGHT - 74 * MM, 74 * MM
        radius = 18 * MM
        page.marks.append(Ring(seal_left + seal_width / 2, top + radius + 1, radius, 0.65))
        y = top + 18
        signed = content.paper.signature is not None
        dated = words.text("closing.signed_on", date=content.date) if signed else words.text("closing.signature_date")
        for words_ in (words.text("closing.signature"), dated):
            self._pen.put(page, Line(words_, BODY, "签收栏"), LEFT, y, left_width)
            y += 32
        if content.paper.signature is not None:
            label = words.text("closing.signature")
            box = (LEFT + self._pen.measure(BODY)(label) + 4, top - 6, 42 * MM, 30.0)
            page.marks.append(_ink(content.paper.signature, box))
        y = top + 18
        hall = Para(content.hall, BODY, "受理大厅")
        for line in self._pen.lines(hall, seal_width)[:2]:
            self._pen.put(page, line, seal_left, y, seal_width, "c")
            y += BODY.leading + 1
        for text, style, about in ((self._own.text("seal"), SEAL, "盖章处"), (content.date, BODY, "日期")):
            self._pen.put(page, Line(text, style, about), seal_left, y, seal_width, "c")
            y += style.leading + 1
        flow.y = top + _CLOSING_HEIGHT


def _ink(signature: Signature, box: tuple[float, float, float, float]) -> Ink:
    """The signature as large as the box (left, top, width, height) allows, its proportions kept."""
    left, top, width, height = box
    points = [point for stroke in signature.strokes for point in stroke]
    x0, y0 = min(p.x for p in points), min(p.y for p in points)
    wide, high = max(p.x for p in points) - x0, max(p.y for p in points) - y0
    scale = min(width / max(wide, 1.0), height / max(high, 1.0))
    rise = top + (height - high * scale) / 2
    strokes = tuple(
        tuple((left + (p.x - x0) * scale, rise + (p.y - y0) * scale) for p in stroke)
        for stroke in signature.strokes
        if stroke
    )
    return Ink(strokes, 1.1)
