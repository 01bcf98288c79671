"""A learner's result as a PDF for the trainer's file."""

from __future__ import annotations

from app.demo.results import results_csv
from app.demo.score import POINTS, SHOWN_POINTS, Result
from app.documents.fonts import load_fonts
from app.documents.layout import BODY_TOP, LEFT, MM, RIGHT, TOP, Column, Flow, Page, Para, Pen, Style
from app.documents.paint import PdfInfo, paint
from app.domain.clock import shanghai

_TITLE = Style(18, 28, bold=True)
_HEAD = Style(12, 20, bold=True)
_BODY = Style(10.5, 17)
_CELL = Style(9.5, 14)
_SOFT = Style(9, 13, grey=0.35)


def result_pdf(result: Result) -> bytes:
    """One page, or more when much went wrong. BadInput when a name has a character that no font can draw."""
    fonts = load_fonts()
    pen = Pen(fonts)

    def furnish(page: Page, index: int) -> float:
        if index == 0:
            return TOP
        pen.put(page, pen.lines(Para(f"{result.title}　第 {index + 1} 页", _SOFT, "页眉"), RIGHT - LEFT)[0], LEFT, TOP)
        return BODY_TOP

    flow = Flow(pen, furnish)
    flow.line(Para("练习成绩单", _TITLE, "标题"), "c")
    flow.space(4 * MM)
    for label, words in _facts(result):
        flow.paragraph(Para(words, _BODY, label), left=LEFT + 28 * MM, label=Para(label, _BODY, label))
    flow.space(4 * MM)
    flow.line(Para("失误与正确做法", _HEAD, "小标题"))
    flow.space(1.5 * MM)
    rows = [
        [
            [Para(text, _CELL, "失误")]
            for text in (mistake.step, mistake.what, mistake.right, f"−{POINTS[mistake.kind]}")
        ]
        for mistake in result.mistakes
    ]
    rows += [
        [[Para(text, _CELL, "演示")] for text in (step, "看了演示", "", f"−{SHOWN_POINTS}")] for step in result.shown
    ]
    if rows:
        width = RIGHT - LEFT
        columns = [
            Column("步骤", width * 0.2),
            Column("发生了什么", width * 0.38),
            Column("正确做法", width * 0.32),
            Column("扣分", width * 0.1, "c"),
        ]
        flow.table(columns, Style(9.5, 14, bold=True), rows)
    else:
        flow.line(Para("没有失误。", _BODY, "失误"))
    flow.space(6 * MM)
    flow.line(Para("演示数据上的练习，不是办件记录。", _SOFT, "说明"))
    info = PdfInfo(
        title=f"练习成绩单 {result.title}",
        author="一窗",
        subject="练习成绩单",
        keywords="",
        made=shanghai(result.at),
        attachment=("result.csv", results_csv([result])),
    )
    return paint(flow.pages, fonts, (), info)


def _facts(result: Result) -> list[tuple[str, str]]:
    seconds = round(result.seconds)
    target = f"，目标 {result.minutes:g} 分钟" if result.minutes else ""
    overtime = f"（超时扣 {result.overtime_points} 分）" if result.overtime_points else ""
    return [
        ("学员", result.learner or "未填"),
        ("课程", result.title),
        ("时间", f"{shanghai(result.at):%Y-%m-%d %H:%M}"),
        ("方式", "有提示练习" if result.hints else "考核（不带提示）"),
        ("完成", f"{result.done}/{result.steps} 步"),
        ("得分", f"{result.percent} 分　{'★' * result.stars}{'☆' * (5 - result.stars)}"),
        ("用时", f"{seconds // 60} 分 {seconds % 60} 秒{target}{overtime}"),
    ]
