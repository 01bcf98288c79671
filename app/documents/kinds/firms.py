"""评估报告, 政策测算单: what a firm takes away from the counter."""

from __future__ import annotations

from app.documents.blocks import Column, Fields, Paragraph, Words
from app.documents.teller import Teller, clean
from app.domain.errors import Defect
from app.domain.paper_firms import AssessmentReport, PolicySheet


def assessment(t: Teller) -> str:
    """What was found at each point, what is still to be done, and what follows from it."""
    data = t.paper.data
    if not isinstance(data, AssessmentReport):
        raise Defect("文书数据有误", str(t.paper.kind))
    t.fields(
        [
            ("firm", clean(data.firm)),
            ("firm_number", clean(data.firm_number)),
            ("number", clean(data.number)),
        ]
    )
    t.add(Fields(tuple((clean(label), clean(words)) for label, words in data.about if words)))
    t.add(Paragraph(clean(data.opening), "正文"))
    t.heading("summary.title")
    t.paragraph(
        "summary.text", "自评合计", emphasis=True,
        points=len(data.points), measures=data.measures, score=data.score or t.speech.plain("summary.none"),
        grade=clean(data.grade), lacking=sum(bool(point.todo) for point in data.points),
    )  # fmt: skip
    t.add(Paragraph(clean(data.conclusion), "结论", emphasis=True))
    if data.listed:
        t.paragraph("summary.listed", "名单核查", text=clean(data.listed))
    t.heading("dimensions.title")
    columns: tuple[Column, ...] = (
        Column("", 40, about="维度", lead=True),
        Column("", 14, "c", "项数"),
        Column("", 14, "c", "得分"),
    )
    t.listing(
        "dimensions.columns", columns,
        [(clean(one.name), str(one.points), one.score or "—") for one in data.dimensions], "维度{n}",
    )  # fmt: skip
    todo = [point for point in data.points if point.todo]
    if todo:
        t.heading("todo.title", n=len(todo))
        columns = (Column("", 30, about="内容", lead=True), Column("", 50, about="措施"))
        t.listing(
            "todo.columns", columns,
            [(_named(t, one.text, one.blocking), clean("；".join(one.todo))) for one in todo], "整改{n}",
        )  # fmt: skip
    t.heading("points.title")
    columns = (
        Column("", 18, about="维度"),
        Column("", 44, about="内容", lead=True),
        Column("", 16, "c", "结果"),
    )
    rows: list[tuple[Words, ...]] = [
        (clean(one.dimension), _named(t, one.text, one.blocking), _result(t, one.result, one.kept))
        for one in data.points
    ]
    t.listing("points.columns", columns, rows, "自评{n}")
    if data.promise:
        t.heading("promise.title")
        t.paragraph("promise.text", "承诺", text=clean(data.promise))
    t.close(t.signs("assessed"), t.signs("witnessed", dated=False))
    return t.speech.plain("gist", title=clean(data.title), score=data.score or "—", grade=clean(data.grade))


def policies(t: Teller) -> str:
    """Which policies fit the firm, why, and what they come to."""
    data = t.paper.data
    if not isinstance(data, PolicySheet):
        raise Defect("文书数据有误", str(t.paper.kind))
    t.fields([("firm", clean(data.firm)), ("firm_number", clean(data.firm_number)), ("day", t.date(data.day))])
    t.paragraph("opening", "正文")
    columns: tuple[Column, ...]
    if data.tags:
        t.heading("tags.title", n=len(data.tags))
        columns = (
            Column("", 16, about="维度"),
            Column("", 24, about="标签", lead=True),
            Column("", 44, about="依据"),
        )
        t.listing(
            "tags.columns", columns, [(clean(o.dimension), clean(o.name), clean(o.reason)) for o in data.tags],
            "标签{n}",
        )  # fmt: skip
    t.heading("policies.title", n=len(data.policies))
    columns = (
        Column("", 28, about="政策", lead=True),
        Column("", 13, "c", "结论"),
        Column("", 36, about="条件和算法"),
        Column("", 18, "r", "金额"),
    )
    rows: list[tuple[Words, ...]] = [
        (
            t.lines(clean(one.name), clean(one.department)),
            clean(one.verdict),
            t.lines("；".join(map(clean, one.reasons)) or "—", *map(clean, one.working)),
            clean(one.amount) or "—",
        )
        for one in data.policies
    ]
    t.listing("policies.columns", columns, rows, "政策{n}")
    t.paragraph("total", "合计", emphasis=True, total=clean(data.total))
    t.paragraph("closing_note", "说明", small=True)
    t.close(t.signs("reckoned"), t.signs("received", dated=False))
    return t.speech.plain("gist", n=len(data.policies), total=clean(data.total))


def _named(t: Teller, text: str, blocking: bool) -> str:
    return t.speech.plain("blocking", text=clean(text)) if blocking else clean(text)


def _result(t: Teller, result: str, kept: bool) -> str:
    return t.speech.plain("kept", text=clean(result)) if kept else clean(result)
