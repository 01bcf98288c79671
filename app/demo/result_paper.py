"""A learner's result as a PDF for the trainer's file."""

from __future__ import annotations

from app.demo.results import results_csv
from app.demo.score import POINTS, SHOWN_POINTS, Result
from app.documents.blocks import Block, Column, Fields, Heading, Listing, PaperBody, Paragraph
from app.documents.compose import compose
from app.documents.fonts import load_fonts
from app.documents.format import Format
from app.documents.paint import PdfInfo, paint
from app.domain.clock import shanghai

_COLUMNS = (
    Column("步骤", 20, about="失误"),
    Column("发生了什么", 38, about="失误"),
    Column("正确做法", 32, about="失误"),
    Column("扣分", 10, "c", about="失误"),
)


def result_pdf(result: Result) -> bytes:
    """One page, or more when much went wrong. BadInput when a name has a character that no font can draw."""
    fonts = load_fonts()
    rows = [(mistake.step, mistake.what, mistake.right, f"−{POINTS[mistake.kind]}") for mistake in result.mistakes]
    rows += [(step, "看了演示", "", f"−{SHOWN_POINTS}") for step in result.shown]
    faults: Block = Listing(_COLUMNS, tuple(rows)) if rows else Paragraph("没有失误。", "失误")
    body = PaperBody(
        title="练习成绩单",
        number="",
        head=Fields(tuple(_facts(result))),
        blocks=(Heading("失误与正确做法"), faults, Paragraph("演示数据上的练习，不是办件记录。", "说明", small=True)),
        running=result.title,
        page="第 {x} 页 / 共 {y} 页",
    )
    info = PdfInfo(
        title=f"练习成绩单 {result.title}",
        author="一窗",
        subject="练习成绩单",
        keywords="",
        made=shanghai(result.at),
        attachment=("result.csv", results_csv([result])),
    )
    return paint(compose(body, Format.A4, fonts, code=False), fonts, (), info)


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
