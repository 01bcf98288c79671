"""Pictures of papers as a page finder hands them on: drawn, tilted, blurred, noisy; with the truth."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw
from stdnum.cn import uscc

from app.demo.fonts import font

INK = (32, 30, 34)


@dataclass(frozen=True, slots=True)
class Level:
    """How bad a picture is. tilt: degrees; blur: sigma in pixels; noise: sigma in grey values; jpeg: quality."""

    name: str
    tilt: float
    blur: float
    noise: float
    jpeg: int
    width: int


EASY = Level("easy", 0.3, 0.0, 3, 92, 1654)
MEDIUM = Level("medium", 1.5, 0.9, 9, 75, 1400)
HARD = Level("hard", 3.0, 1.6, 16, 50, 1100)


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A paper. rows: printed words and value lines. truth: field -> what should be read."""

    material: str
    title: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    truth: dict[str, str]
    loose: tuple[str, ...] = ()
    """Lines without printed words, under the title."""


def draw(paper: PrintedPaper, level: Level, seed: int) -> npt.NDArray[np.uint8]:
    """The picture, BGR."""
    dice = random.Random(seed)
    width, scale = 1654, 1
    image = Image.new("RGB", (width, 2339), (250, 249, 246))
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 60, width - 60, 2279), outline=(150, 60, 60), width=4)
    pen.text((width / 2, 220), paper.title, font=font(76), fill=INK, anchor="mm")
    y = 330
    for line in paper.loose:
        pen.text((width / 2, y), line, font=font(38), fill=INK, anchor="mm")
        y += 80
    y += 60
    for words, values in paper.rows:
        pen.text((170, y), words, font=font(36), fill=INK)
        for value in values:
            pen.text((560, y), value, font=font(38), fill=INK)
            y += 58
        y += 44
    pen.text((width - 620, 2080), "（印章处）", font=font(34), fill=(150, 60, 60))
    array = np.array(image)[:, :, ::-1] * scale
    angle = level.tilt * dice.choice((-1, 1)) * dice.uniform(0.6, 1)
    height = array.shape[0]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    array = cv2.warpAffine(array.astype(np.uint8), turn, (width, height), borderValue=(120, 130, 135))
    array = cv2.resize(array, None, fx=level.width / width, fy=level.width / width, interpolation=cv2.INTER_AREA)
    if level.blur:
        array = cv2.GaussianBlur(array, (0, 0), level.blur)
    light = np.linspace(dice.uniform(0.82, 1), dice.uniform(0.82, 1), array.shape[1])[None, :, None]
    noise = np.random.default_rng(seed).normal(0, level.noise, array.shape)
    array = np.clip(array * light + noise, 0, 255).astype(np.uint8)
    data = cv2.imencode(".jpg", array, [cv2.IMWRITE_JPEG_QUALITY, level.jpeg])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


_NAMES = ("王𠮷祥", "李明霞", "赵㛃", "欧阳建国", "沈𬭚", "陈晓东", "周䶮", "吴海燕")
_STREETS = ("衣裳街", "南街", "红旗路", "青铜路", "凤凰路", "苕溪西路", "环城北路")


def _uscc(dice: random.Random) -> str:
    body = "92330502MA" + "".join(dice.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(7))
    return body + uscc.calc_check_digit(body)


def _day(dice: random.Random, year: int) -> tuple[str, str]:
    month, day = dice.randint(1, 12), dice.randint(1, 28)
    return f"{year}年{month:02d}月{day:02d}日", f"{year}-{month:02d}-{day:02d}"


def papers(seed: int) -> Sequence[PrintedPaper]:
    """One of each kind, with values of its own for each seed."""
    dice = random.Random(seed)
    name = dice.choice(_NAMES)
    house = f"{dice.randint(1, 320)}号{dice.randint(1, 12)}幢{dice.randint(1, 28)}0{dice.randint(1, 6)}室"
    address = f"浙江省湖州市吴兴区{dice.choice(_STREETS)}{house}"
    long = f"浙江省湖州市南浔区{dice.choice(_STREETS)}与{dice.choice(_STREETS)}交叉口东南侧商业综合体{house}"
    trade = dice.choice(("理发店", "小吃店", "百货店"))
    shop = f"湖州市吴兴区{dice.choice(('美丽', '顺发', '小满', '阿珍', '禾木'))}{trade}"
    number = _uscc(dice)
    area = f"{dice.randint(20, 180)}.{dice.randint(10, 99)}"
    certificate = f"浙（20{dice.randint(16, 25)}）湖州市不动产权第{dice.randint(1, 99999):07d}号"
    unit = f"330502{dice.randint(100000, 999999)}GB{dice.randint(10000, 99999)}F{dice.randint(10000000, 99999999)}"
    unit = (unit + "0" * 28)[:28]
    issued, _ = _day(dice, 2022)
    start, start_iso = _day(dice, 2026)
    end, end_iso = _day(dice, 2029)
    born, born_iso = _day(dice, 2025)
    rent = str(dice.randint(8, 90) * 100)
    plate = f"浙E·{dice.choice('ABCDFGHJKLM')}{dice.randint(1000, 9999)}"
    vin = "LSV" + "".join(dice.choice("0123456789ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(14))
    archive = f"3305{dice.randint(10000000, 99999999)}"
    birth = f"{dice.choice('TUVW')}{dice.randint(100000000, 999999999)}"
    return (
        PrintedPaper(
            "business_licence", "营业执照",
            (("统一社会信用代码", (number,)), ("名　　称", (shop,)), ("类　　型", ("个体工商户",)),
             ("经 营 者", (name,)),
             ("经营场所", (address,)), ("经营范围", ("一般项目：理发服务；日用百货销售。",)), ("注册日期", (issued,))),
            {"firm.name": shop, "firm.uscc": number, "premises.address": address},
        ),
        PrintedPaper(
            "property_certificate", "不动产权证书",
            (("权利人", (name,)), ("共有情况", ("单独所有",)), ("坐　落", (long[:22], long[22:])),
             ("不动产单元号", (unit,)),
             ("权利类型", ("国有建设用地使用权/房屋所有权",)), ("用　途", ("商业服务",)),
             ("面　积", (f"房屋建筑面积{area}平方米",)), ("使用期限", ("2065年06月30日止",))),
            {"property.certificate_number": certificate, "property.address": long, "property.property_unit": unit},
            (certificate,),
        ),
        PrintedPaper(
            "rental_contract", "房屋租赁合同",
            (("出租人：", (name,)), ("房屋地址：", (address,)), ("租赁面积：", (f"{area}平方米",)),
             ("租赁期限：", (f"{start}至{end}",)), ("月租金：", (f"人民币{rent}元",))),
            {"tenancy.name": name, "tenancy.address": address, "tenancy.area": area, "tenancy.monthly_rent": rent,
             "tenancy.date_from": start_iso, "tenancy.date_to": end_iso},
        ),
        PrintedPaper(
            "driving_licence", "机动车驾驶证",
            (("姓名", (name,)), ("住址", (address,)), ("准驾车型", ("C1",)),
             ("有效期限", (f"{start_iso} 至 {end_iso}",)),
             ("档案编号", (archive,))),
            {"applicant.name": name, "applicant.address": address, "driving.vehicle_class": "C1",
             "driving.expiry_date": end_iso, "driving.licence_number": archive},
        ),
        PrintedPaper(
            "vehicle_licence", "机动车行驶证",
            (("号牌号码", (plate,)), ("车辆类型", ("小型轿车",)), ("所有人", (name,)), ("住　址", (address,)),
             ("车辆识别代号", (vin,)), ("注册日期", (start_iso,))),
            {"vehicle.vin": vin},
        ),
        PrintedPaper(
            "birth_certificate", "出生医学证明",
            (("新生儿姓名", (name,)), ("性别", ("女",)), ("出生时间", (f"{born}08时30分",)), ("母亲姓名", ("许佳宁",)),
             ("母亲有效身份证件号码", ("330502199203071245",))),
            {"newborn.name": name, "newborn.birth_date": born_iso, "mother.name": "许佳宁",
             "newborn.birth_certificate_number": birth},
            (f"出生证编号 {birth}",),
        ),
    )  # fmt: skip
