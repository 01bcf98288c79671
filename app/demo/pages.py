"""Papers as the document camera sees them: an A4 page on a dark desk, not quite straight, unevenly lit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from app.demo.fonts import font
from devices.emulators.imaging.drawn import face

Picture = npt.NDArray[np.uint8]

SIZE = (1600, 1200)
"""Of the camera's picture, in pixels."""
PAGE = (1240, 1754)
"""A4 upright at 150 dpi."""
_INK, _LIGHT = (34, 36, 40), (120, 124, 130)
_PAPER = (252, 252, 250)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose premises the papers are about."""

    business: str
    person: str
    address: str
    area: str
    date: str


def photographed(page: Image.Image, seed: int = 1) -> Picture:
    """The page as the camera sees it, BGR. The same seed lays it the same way."""
    rng = np.random.default_rng(seed)
    width, height = SIZE
    turn = np.deg2rad(rng.uniform(2.0, 4.5) * rng.choice([-1, 1]))
    half = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * np.array([PAGE[0], PAGE[1]]) / PAGE[1] * 530
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    corners = half @ spin.T
    # The camera's arm leans: what lies farther from its foot is seen smaller.
    corners *= (1 + corners[:, 1:] * 0.00006) * (1 + corners[:, :1] * 0.00002)
    corners += (width / 2 + rng.uniform(-25, 25), height / 2 + rng.uniform(-8, 8))
    sheet = cv2.cvtColor(np.asarray(page.convert("RGB")), cv2.COLOR_RGB2BGR)
    flat = np.array([[0, 0], [PAGE[0], 0], [PAGE[0], PAGE[1]], [0, PAGE[1]]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
    shown = cv2.warpPerspective(sheet, matrix, SIZE, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((PAGE[1], PAGE[0]), 255, np.uint8), matrix, SIZE, flags=cv2.INTER_LINEAR)
    share = mask.astype(np.float32)[:, :, None] / 255
    shadow = cv2.GaussianBlur(_shifted(mask, 7, 9), (0, 0), 9).astype(np.float32)[:, :, None] / 255
    scene = _desk(rng) * (1 - 0.55 * shadow) * (1 - share) + shown.astype(np.float32) * 0.93 * share
    scene *= _light(rng)[:, :, None] * np.array([0.965, 0.99, 1.0], np.float32)
    scene = cv2.GaussianBlur(scene, (0, 0), 0.7) + rng.normal(0, 1.8, (height, width, 1))
    return np.asarray(np.clip(scene, 0, 255), dtype=np.uint8)


def _shifted(mask: Any, right: int, down: int) -> Any:
    return cv2.warpAffine(mask, np.array([[1, 0, right], [0, 1, down]], np.float32), SIZE)


def _desk(rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """The black, faintly speckled rubber mat of a document camera, with its printed frame marks."""
    width, height = SIZE
    speckle = cv2.GaussianBlur(rng.normal(0, 1, (height, width)).astype(np.float32), (0, 0), 1.1)
    mat = np.array([47, 44, 42], np.float32) + (speckle * 9)[:, :, None]
    for x, dx in ((70, 1), (width - 70, -1)):
        for y, dy in ((60, 1), (height - 60, -1)):
            cv2.line(mat, (x, y), (x + 60 * dx, y), (96, 94, 92), 3, cv2.LINE_AA)
            cv2.line(mat, (x, y), (x, y + 60 * dy), (96, 94, 92), 3, cv2.LINE_AA)
    return np.asarray(mat, dtype=np.float32)


def _light(rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """One lamp at an upper corner and the lens's fall-off."""
    width, height = SIZE
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    lamp_x = width * rng.uniform(0.15, 0.35)
    near = 1.06 - 0.26 * np.hypot((xs - lamp_x) / width, (ys - 120) / height)
    edge = 1 - 0.16 * np.hypot((xs - width / 2) / width, (ys - height / 2) / height) ** 2
    return np.asarray(near * edge, dtype=np.float32)


def floor_plan(subject: Subject) -> Image.Image:
    """公共场所平面布局图: the plan of a small barber's shop, drawn to scale with its title block."""
    page, draw = _sheet("公共场所平面布局图", subject)
    scale, left, top = 118, 128, 410  # 118 pixels a metre: 1:50 on this page
    wide, deep = 8.0, 7.2

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * scale, top + y * scale

    def wall(*points: tuple[float, float]) -> None:
        draw.line([at(*p) for p in points], fill=_INK, width=12, joint="curve")

    wall((2.9, deep), (0, deep), (0, 0), (wide, 0), (wide, deep), (4.1, deep))
    wall((5.6, 0), (5.6, 1.1))
    wall((5.6, 2.0), (5.6, 2.6), (wide, 2.6))
    wall((5.6, 2.6), (5.6, 3.4))
    wall((5.6, 4.3), (5.6, 4.8), (wide, 4.8))
    for hinge, radius, start, end in (
        ((2.9, deep), 1.2, 270, 360),
        ((5.6, 1.1), 0.9, 90, 180),
        ((5.6, 3.4), 0.9, 90, 180),
    ):
        x, y = at(*hinge)
        reach = radius * scale
        draw.arc((x - reach, y - reach, x + reach, y + reach), start, end, fill=_LIGHT, width=3)
    for y in (0.9, 2.2, 3.5):
        _box(draw, at(0.06, y), at(0.5, y + 0.9), "镜台", vertical=True)
        x0, y0 = at(1.1, y + 0.1)
        draw.rounded_rectangle((x0, y0, x0 + 82, y0 + 82), 20, outline=_INK, width=4)
        draw.text((x0 + 8, y0 + 26), "理发椅", font=font(22), fill=_INK)
    for x in (1.9, 3.3):
        _box(draw, at(x, 0.06), at(x + 1.1, 0.75), "洗头椅")
    _box(draw, at(6.2, 4.2), at(7.6, 4.7), "工具消毒柜")
    _box(draw, at(0.1, 5.6), at(2.2, 6.3), "等候座椅")
    _box(draw, at(4.3, 5.5), at(5.4, 6.7), "收银台")
    _box(draw, at(5.75, 2.75), at(6.9, 3.3), "毛巾柜")
    for name, where in (
        ("理发区", (2.4, 2.3)),
        ("洗头区", (3.2, 1.1)),
        ("消毒间", (6.4, 3.5)),
        ("卫生间", (6.3, 1.2)),
        ("更衣室", (6.3, 5.7)),
    ):
        draw.text(at(*where), name, font=font(32, bold=True), fill=_INK)
    draw.text(at(3.05, deep + 0.12), "主出入口", font=font(24), fill=_INK)
    _measure(draw, at(0, -0.3), at(wide, -0.3), f"{wide * 1000:.0f}")
    _measure(draw, at(wide + 0.38, 0), at(wide + 0.38, deep), f"{deep * 1000:.0f}")
    x, y = at(7.4, 8.1)
    draw.polygon([(x, y - 60), (x - 18, y + 10), (x, y - 6), (x + 18, y + 10)], fill=_INK)
    draw.text((x - 12, y + 16), "北", font=font(28), fill=_INK)
    draw.text((150, 1370), "说明：", font=font(26, bold=True), fill=_INK)
    notes = (
        "1. 图中尺寸以毫米计，比例 1:50；消毒间为独立间，设工具消毒柜和毛巾柜。",
        "2. 理发区设理发椅 3 张、洗头椅 2 张；机械通风口设于洗头区和卫生间吊顶。",
        "3. 公共用品用具分类存放：清洁毛巾、待洗毛巾分柜，标识清楚。",
    )
    for row, note in enumerate(notes):
        draw.text((150, 1410 + 38 * row), note, font=font(24), fill=_INK)
    _title_block(draw, subject)
    return page


def hygiene_report(subject: Subject) -> Image.Image:
    """公共场所卫生检测报告: a table of measurements with limits."""
    page, draw = _sheet("公共场所卫生检测报告", subject)
    rows = (
        ("检测项目", "单位", "标准限值", "检测结果", "判定"),
        ("室内空气 二氧化碳", "%", "≤0.10", "0.062", "符合"),
        ("室内空气 甲醛", "mg/m³", "≤0.10", "0.03", "符合"),
        ("室内空气 可吸入颗粒物", "mg/m³", "≤0.15", "0.058", "符合"),
        ("噪声", "dB(A)", "≤70", "56", "符合"),
        ("理发工具 菌落总数", "CFU/25cm²", "≤200", "12", "符合"),
        ("毛巾 大肠菌群", "—", "不得检出", "未检出", "符合"),
        ("毛巾 金黄色葡萄球菌", "—", "不得检出", "未检出", "符合"),
        ("洗头水 温度", "℃", "38～42", "40", "符合"),
    )
    edges = (130, 500, 680, 860, 1010, 1110)
    for row, cells in enumerate(rows):
        y = 420 + 74 * row
        for column, cell in enumerate(cells):
            draw.rectangle((edges[column], y, edges[column + 1], y + 74), outline=_INK, width=2)
            draw.text((edges[column] + 16, y + 20), cell, font=font(26, bold=row == 0), fill=_INK)
    draw.text((130, 1130), "结论：所检项目均符合 GB 37488《公共场所卫生指标及限值要求》。", font=font(28), fill=_INK)
    draw.text((130, 1200), f"检测日期：{subject.date}", font=font(28), fill=_INK)
    _title_block(draw, subject)
    return page


def subsidy_form(subject: Subject) -> Image.Image:
    """残疾人两项补贴申请审批表: the form that the applicant signed."""
    return _form(
        "残疾人两项补贴申请审批表",
        ("申请人", subject.person),
        ("家庭住址", subject.address),
        ("补贴类别", "☑ 困难残疾人生活补贴　☑ 重度残疾人护理补贴"),
        ("申请理由", "肢体残疾，享受最低生活保障，需要长期照护。"),
        ("村（居）意见", "情况属实。"),
        ("申请人签名", subject.person),
        ("日期", subject.date),
    )


def record_form(subject: Subject) -> Image.Image:
    """开具无犯罪记录证明申请表: the form that the applicant signed."""
    return _form(
        "开具无犯罪记录证明申请表",
        ("申请人", subject.person),
        ("住址", subject.address),
        ("查询用途", "就业"),
        ("申请人签名", subject.person),
        ("日期", subject.date),
    )


def seal_form(subject: Subject) -> Image.Image:
    """印章刻制备案登记表: the form that the firm's legal person signed."""
    return _form(
        "印章刻制备案登记表",
        ("单位名称", subject.business),
        ("单位住所", subject.address),
        ("刻制印章", "法定名称章 1 枚　财务专用章 1 枚"),
        ("负责人签名", subject.person),
        ("日期", subject.date),
    )


def passport_page(subject: Subject) -> Image.Image:
    """护照资料页复印件: a data page copied onto A4, with the drawn face that the demo's chips hold."""
    page = _form(
        "护照资料页复印件",
        ("持证人", subject.person),
        ("与原件核对", "一致"),
        ("核对日期", subject.date),
    )
    portrait = cv2.cvtColor(face(0.0)[:, 80:440], cv2.COLOR_BGR2RGB)
    page.paste(Image.fromarray(cv2.resize(portrait, (420, 560), interpolation=cv2.INTER_CUBIC)), (130, 830))
    return page


def _form(title: str, *rows: tuple[str, str]) -> Image.Image:
    """A table of names and values under a title."""
    page = Image.new("RGB", PAGE, _PAPER)
    draw = ImageDraw.Draw(page)
    box = draw.textbbox((0, 0), title, font=font(56, bold=True))
    draw.text(((PAGE[0] - box[2]) / 2, 130), title, font=font(56, bold=True), fill=_INK)
    for row, (name, value) in enumerate(rows):
        y = 280 + 150 * row
        draw.rectangle((130, y, PAGE[0] - 130, y + 150), outline=_INK, width=3)
        draw.line((370, y, 370, y + 150), fill=_INK, width=2)
        draw.text((156, y + 56), name, font=font(30, bold=True), fill=_INK)
        draw.text((396, y + 56), value, font=font(28), fill=_INK)
    return page


def _sheet(title: str, subject: Subject) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    page = Image.new("RGB", PAGE, _PAPER)
    draw = ImageDraw.Draw(page)
    draw.rectangle((80, 80, PAGE[0] - 80, PAGE[1] - 80), outline=_INK, width=4)
    box = draw.textbbox((0, 0), title, font=font(60, bold=True))
    draw.text(((PAGE[0] - box[2]) / 2, 120), title, font=font(60, bold=True), fill=_INK)
    draw.text((130, 230), f"单位名称：{subject.business}", font=font(30), fill=_INK)
    draw.text((130, 280), f"地　　址：{subject.address}", font=font(30), fill=_INK)
    return page, draw


def _title_block(draw: ImageDraw.ImageDraw, subject: Subject) -> None:
    left, top, right, bottom = 130, 1550, PAGE[0] - 130, 1650
    draw.rectangle((left, top, right, bottom), outline=_INK, width=3)
    cells = (("经营者", subject.person), ("使用面积", f"{subject.area} m²"), ("制表日期", subject.date))
    step = (right - left) / len(cells)
    for at, (name, value) in enumerate(cells):
        x = left + at * step
        draw.line((x, top, x, bottom), fill=_INK, width=2)
        draw.text((x + 18, top + 12), name, font=font(22), fill=_LIGHT)
        draw.text((x + 18, top + 46), value, font=font(30), fill=_INK)


def _box(
    draw: ImageDraw.ImageDraw, start: tuple[float, float], end: tuple[float, float], name: str, vertical: bool = False
) -> None:
    draw.rectangle((*start, *end), outline=_INK, width=3)
    text = "\n".join(name) if vertical else name
    box = draw.multiline_textbbox((0, 0), text, font=font(22), spacing=2)
    x = (start[0] + end[0] - box[2] - box[0]) / 2
    y = (start[1] + end[1] - box[3] - box[1]) / 2
    draw.multiline_text((x, y), text, font=font(22), fill=_INK, spacing=2)


def _measure(draw: ImageDraw.ImageDraw, start: tuple[float, float], end: tuple[float, float], text: str) -> None:
    draw.line((*start, *end), fill=_LIGHT, width=2)
    for x, y in (start, end):
        draw.line((x - 9, y + 9, x + 9, y - 9), fill=_LIGHT, width=3)
    box = draw.textbbox((0, 0), text, font=font(20))
    middle = ((start[0] + end[0] - box[2]) / 2, (start[1] + end[1] - box[3]) / 2)
    draw.rectangle((middle[0] - 6, middle[1], middle[0] + box[2] + 6, middle[1] + box[3]), fill=_PAPER)
    draw.text(middle, text, font=font(20), fill=_LIGHT)


PAGES: dict[str, Callable[[Subject], Image.Image]] = {
    "floor-plan": floor_plan,
    "hygiene-report": hygiene_report,
    "subsidy-form": subsidy_form,
    "record-form": record_form,
    "seal-form": seal_form,
    "passport-page": passport_page,
}
"""The papers of the demo by name."""
OWNERS: Mapping[str, str] = {"subsidy-form": "wang-ji", "record-form": "chan-ka-man", "passport-page": "mary-brown"}
"""Whose they are, by person's id, at that person's own address; the others are zhang-wei's, of the shop."""
