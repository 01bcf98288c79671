"""Pictures of made-up cards: drawn flat after the printed layouts, laid on a desk, turned, lit and blurred by a seed.

Own drawing, nothing of a real card; people are made up, their check digits hold. The positions are set here anew,
with a jitter, not taken from resources/identity/cards.yaml.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont
from stdnum.iso7064 import mod_11_2

from app.demo.fonts import font
from app.identity.codes import NATION_CODES
from app.identity.mrz.build import Document, build
from app.identity.mrz.layout import Format

Picture = npt.NDArray[np.uint8]

FLAT = (1284, 810)
_MM = 15
_BLUE, _INK = (58, 112, 160), (28, 27, 31)
_OCRB = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")
"""Debian's fonts-ocr-b; where it lacks, numbers are drawn in the common font."""

RARE = ("王𠮷祥", "赵㛃", "沈𬭚玥", "周䶮")
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_TWO = ("欧阳", "上官", "司马", "诸葛", "尉迟", "皇甫")
_GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂香文辉玲鑫宇浩凯欣怡佳琪梓涵雨泽晨轩思远嘉宁子墨若曦"
    "志国建华春梅海燕晓东瑞雪婷颖慧琳峰旭斌鹏飞永康立新德才淑珍玉莲翠花俊杰雅芝景行知微"
)
_PLACES = (
    ("330502", "浙江省湖州市吴兴区"),
    ("330503", "浙江省湖州市南浔区"),
    ("320505", "江苏省苏州市虎丘区"),
    ("110105", "北京市朝阳区"),
    ("440305", "广东省深圳市南山区"),
    ("510107", "四川省成都市武侯区"),
    ("650102", "新疆维吾尔自治区乌鲁木齐市天山区"),
    ("522601", "贵州省凯里市"),
    ("450405", "广西壮族自治区梧州市长洲区"),
)
_STREETS = (
    "衣裳街",
    "南街",
    "红旗路",
    "青铜路",
    "民族路",
    "苕溪西路",
    "环城北路",
    "出生岭村",
    "龙泉街道紫云社区",
    "高新技术产业园科创大道",
)
_STATES = (("加拿大", "CAN"), ("德国", "DEU"), ("韩国", "KOR"), ("法国", "FRA"), ("日本", "JPN"))
_LATIN = (("MUELLER", "ANNA"), ("KIM", "SEOJUN"), ("MARTIN", "LUC JEAN"), ("SMITH", "JOHN"), ("TANAKA", "YUKI"))


@dataclass(frozen=True, slots=True)
class Level:
    """width: pixels of the card's long side on the frame, from – to. turn: degrees about a multiple of 90 if quarter.
    skew: how far corners wander, of the card's width. blur, noise: sigmas. glare: chance of a bright spot."""

    name: str
    width: tuple[int, int]
    turn: float
    quarter: bool
    skew: float
    blur: float
    noise: float
    jpeg: int
    glare: float


EASY = Level("easy", (820, 1100), 8, False, 0.01, 0.5, 3, 92, 0.0)
MEDIUM = Level("medium", (640, 900), 12, True, 0.03, 0.9, 7, 80, 0.3)
HARD = Level("hard", (480, 660), 25, True, 0.05, 1.5, 12, 55, 0.7)


@dataclass(frozen=True, slots=True)
class DrawnCard:
    """face: of app.identity.cards. truth: field -> value as the reader should give it."""

    kind: str
    face: str
    truth: Mapping[str, str]
    flat: Picture = field(repr=False)


def eighteen(area: str, birth: dt.date, order: int) -> str:
    """A number whose check digit holds. order: 0–999; odd for men."""
    body = f"{area}{birth:%Y%m%d}{order:03d}"
    return body + str(mod_11_2.calc_check_digit(body))


def name_of(dice: random.Random) -> str:
    surname = dice.choice(_TWO) if dice.random() < 0.05 else dice.choice(_SURNAMES)
    return surname + "".join(dice.sample(_GIVEN, dice.choice((1, 2, 2, 2))))


class _Pen:
    """Draws in millimetres on the flat card, everything moved by one small jitter."""

    def __init__(self, dice: random.Random, tint: tuple[int, int, int]) -> None:
        self.image = Image.new("RGB", FLAT, tint)
        self.draw = ImageDraw.Draw(self.image)
        self._off = dice.uniform(-0.8, 0.8), dice.uniform(-0.8, 0.8)
        for k in range(26):
            phase, lift = dice.uniform(0, 6), FLAT[1] * k / 26
            line = [(x, lift + 26 * np.sin(x / 150 + phase)) for x in range(0, FLAT[0] + 20, 20)]
            self.draw.line(line, fill=tuple(max(c - 14, 0) for c in tint), width=1)

    def words(self, x: float, y: float, words: str, size: float = 2.5, ink: tuple[int, int, int] = _BLUE) -> None:
        self._text(x, y, words, font(round(size * _MM)), ink)

    def value(self, x: float, y: float, words: str, size: float = 3.1) -> None:
        self._text(x, y, words, font(round(size * _MM)), _INK)

    def number(self, x: float, y: float, words: str, size: float = 3.4) -> None:
        face = ImageFont.truetype(str(_OCRB), round(size * _MM)) if _OCRB.exists() else font(round(size * _MM))
        at = x
        for sign in words:
            self._text(at, y, sign, face, _INK)
            at += size * 0.74

    def portrait(self, left: float, top: float, right: float, bottom: float) -> None:
        box = [side * _MM for side in (left, top, right, bottom)]
        self.draw.rectangle(box, fill=(214, 222, 230))
        middle = (left + right) / 2 * _MM
        self.draw.ellipse((middle - 110, box[1] + 60, middle + 110, box[1] + 330), fill=(222, 190, 168))
        self.draw.pieslice((middle - 112, box[1] + 40, middle + 112, box[1] + 300), 180, 360, fill=(38, 34, 34))
        self.draw.rectangle((box[0] + 15, box[1] + 330, box[2] - 15, box[3]), fill=(52, 60, 84))

    def _text(self, x: float, y: float, words: str, face: ImageFont.FreeTypeFont, ink: tuple[int, int, int]) -> None:
        at = (x + self._off[0]) * _MM, (y + self._off[1]) * _MM
        self.draw.text(at, words, font=face, fill=ink, anchor="lm")

    @property
    def picture(self) -> Picture:
        return np.ascontiguousarray(np.array(self.image)[:, :, ::-1])


def _birth(dice: random.Random) -> dt.date:
    return dt.date(dice.randint(1945, 2008), dice.randint(1, 12), dice.randint(1, 28))


def resident_front(seed: int, name: str = "", hmt: str = "") -> DrawnCard:
    """A resident card; hmt: area code 810000 … of a residence permit instead, which shows no nation."""
    dice = random.Random(seed)
    area, place = dice.choice(_PLACES)
    birth, order = _birth(dice), dice.randint(1, 999)
    number = eighteen(hmt or area, birth, order)
    sex = "男" if order % 2 else "女"
    nation = "汉" if dice.random() < 0.4 else dice.choice([n for n in NATION_CODES if len(n) < 5 and n != "其他"])
    name = name or name_of(dice)
    house = f"{dice.randint(1, 980)}号{dice.randint(1, 32)}幢{dice.randint(1, 3)}单元"
    address = place + dice.choice(_STREETS) + house + f"{dice.randint(1, 28)}0{dice.randint(1, 6)}室"
    pen = _Pen(dice, (224, 234, 238))
    pen.portrait(56, 8, 80, 40)
    pen.words(6, 8.8, "姓 名")
    pen.value(15.5, 8.6, name, 3.7)
    pen.words(6, 15.4, "性 别")
    pen.value(15.5, 15.4, sex)
    if not hmt:
        pen.words(26.5, 15.4, "民 族")
        pen.value(36, 15.4, nation)
    pen.words(6, 21.8, "出 生")
    x = 15.5
    for part, unit in ((str(birth.year), "年"), (str(birth.month), "月"), (str(birth.day), "日")):
        pen.value(x, 21.8, part)
        x += 1.8 * len(part) + 1.2
        pen.words(x, 21.8, unit)
        x += 4.4
    pen.words(6, 28.4, "住 址")
    for row, at in enumerate(range(0, len(address), 11)):
        pen.value(15.5, 28.2 + 4.3 * row, address[at : at + 11])
    pen.words(6, 47.6, "公民身份号码", 2.5)
    pen.number(27, 47.4, number)
    truth = {"name": name, "sex": sex, "nation": nation, "birth": str(birth), "address": address, "number": number}
    if hmt:
        del truth["nation"]
    return DrawnCard("hmt" if hmt else "resident", "resident_front", truth, pen.picture)


def resident_back(seed: int, hmt: str = "") -> DrawnCard:
    """The side with issuer and period. hmt: 港澳 or 台湾 for the residence permit."""
    dice = random.Random(seed)
    _, place = dice.choice(_PLACES)
    issuer = place.split("省")[-1].split("自治区")[-1].replace("区", "").replace("市", "市公安局", 1)
    issuer = issuer + ("分局" if not issuer.endswith("公安局") else "")
    start = dt.date(dice.randint(2008, 2025), dice.randint(1, 12), dice.randint(1, 28))
    years = 5 if hmt else dice.choice((5, 10, 20, 0))
    end = str(start.replace(year=start.year + years)) if years else "长期"
    pen = _Pen(dice, (228, 236, 236))
    pen.draw.ellipse((5 * _MM, 6 * _MM, 20 * _MM, 21 * _MM), fill=(196, 90, 80))
    pen.words(27, 9.5, "中华人民共和国", 5.0, _INK)
    pen.words(27, 19, f"{hmt}居民居住证" if hmt else "居民身份证", 7.0, _INK)
    truth = {"issuer": issuer, "valid_from": str(start), "valid_to": end}
    shown = f"{start:%Y.%m.%d}-{end.replace('-', '.')}"
    low = 36 if hmt else 41
    pen.words(22, low, "签发机关")
    pen.value(34, low, issuer, 2.9)
    pen.words(22, low + 6, "有效期限")
    pen.value(34, low + 6, shown, 2.9)
    if hmt:
        truth["pass_number"] = (
            f"{dice.randint(0, 99999999):08d}" if hmt == "台湾" else f"H{dice.randint(0, 99999999):08d}"
        )
        truth["issue_count"] = f"{dice.randint(1, 3):02d}"
        pen.words(6, 49, "通行证号码")
        pen.value(20, 49, truth["pass_number"], 2.9)
        pen.words(56, 49, "签发次数")
        pen.value(68, 49, truth["issue_count"], 2.9)
    return DrawnCard("hmt" if hmt else "resident", "hmt_back" if hmt else "resident_back", truth, pen.picture)


def foreigner_front(seed: int, edition: int = 2023) -> DrawnCard:
    """A foreigner's permanent residence card, of 2017 or 2023."""
    dice = random.Random(seed)
    birth, order = _birth(dice), dice.randint(1, 999)
    country, code = dice.choice(_STATES)
    surname, given = dice.choice(_LATIN)
    sex = "男" if order % 2 else "女"
    if edition == 2023:
        number = eighteen(f"9{dice.randint(10000, 99999)}", birth, order)
    else:
        body = f"{code}{dice.choice((1100, 3305, 3100))}{birth:%y%m%d}{dice.randint(1, 9)}"
        number = body + _icao(body)
    start = dt.date(dice.randint(2018, 2025), dice.randint(1, 12), dice.randint(1, 28))
    end = start.replace(year=start.year + dice.choice((5, 10)))
    pen = _Pen(dice, (232, 226, 214))
    pen.words(6, 5, "中华人民共和国外国人永久居留身份证", 3.1, _INK)
    pen.words(6, 8.6, "FOREIGN PERMANENT RESIDENT ID CARD", 2.2, _INK)
    pen.portrait(60, 11, 82, 41)
    truth = {"name_en": f"{surname} {given}", "sex": sex, "birth": str(birth), "nationality": code, "number": number,
             "valid_from": str(start), "valid_to": str(end)}  # fmt: skip
    pen.words(6, 12.4, "姓名 / Name", 1.9)
    pen.value(6, 15.6, f"{surname}, {given}", 2.7)
    pen.words(6, 19.6, "性别 / Sex", 1.9)
    pen.value(6, 22.8, f"{sex} / {'M' if sex == '男' else 'F'}", 2.7)
    pen.words(24, 19.6, "出生日期 / Date of Birth", 1.9)
    pen.value(24, 22.8, f"{birth:%Y.%m.%d}", 2.7)
    pen.words(6, 26.6, "国籍 / Nationality", 1.9)
    pen.value(6, 29.8, f"{country} / {code}", 2.7)
    pen.words(6, 33.6, "有效期限 / Period of Validity", 1.9)
    pen.value(6, 36.8, f"{start:%Y.%m.%d} - {end:%Y.%m.%d}", 2.7)
    pen.words(6, 40.6, "签发机关 / Issuing Authority", 1.9)
    pen.value(6, 43.6, "中华人民共和国国家移民管理局", 2.5)
    pen.words(6, 47.4, "证件号码 / ID No.", 1.9)
    pen.number(6, 50.6, number, 2.9)
    return DrawnCard(f"foreigner{edition}", "foreigner_front", truth, pen.picture)


def permit_front(seed: int, taiwan: bool = False, name: str = "") -> DrawnCard:
    """A home-return permit, or a Taiwan resident's."""
    dice = random.Random(seed)
    birth = _birth(dice)
    name = name or name_of(dice)
    surname, given = dice.choice((("CHAN", "TAI MAN"), ("LEE", "SIU MING"), ("WU", "CHIA-HAO"), ("HO", "KA YAN")))
    sex = dice.choice("男女")
    number = f"{dice.randint(0, 99999999):08d}" if taiwan else f"{dice.choice('HM')}{dice.randint(0, 99999999):08d}"
    number += dice.choice(("", "", "", f"{dice.randint(0, 9):02d}"))  # the editions before 2013 and 2015 count renewals
    start = dt.date(dice.randint(2016, 2025), dice.randint(1, 12), dice.randint(2, 28))
    end = start.replace(year=start.year + dice.choice((5, 10))) - dt.timedelta(days=1)
    pen = _Pen(dice, (238, 228, 222) if taiwan else (226, 232, 240))
    title = "台湾居民来往大陆通行证" if taiwan else "港澳居民来往内地通行证"
    pen.words(20, 5, title, 3.6, _INK)
    pen.portrait(4, 10, 26, 40)
    truth = {"name": name, "name_en": f"{surname} {given}", "birth": str(birth), "sex": sex, "valid_from": str(start),
             "valid_to": str(end), "number": number}  # fmt: skip
    pen.words(30, 11.5, "姓名 / Name", 1.9)
    pen.value(30, 14.6, name, 3.0)
    pen.value(30, 18.0, f"{surname}, {given}", 2.5)
    pen.words(30, 21.8, "出生日期 / Date of Birth", 1.9)
    pen.value(30, 24.8, f"{birth:%Y.%m.%d}", 2.7)
    pen.words(62, 21.8, "性别 / Sex", 1.9)
    pen.value(62, 24.8, sex, 2.7)
    pen.words(30, 28.6, "有效期限 / Date of Expiry", 1.9)
    pen.value(30, 31.6, f"{start:%Y.%m.%d}-{end:%Y.%m.%d}", 2.7)
    pen.words(30, 35.4, "签发机关 / Issuing Authority", 1.9)
    pen.value(30, 38.4, "中华人民共和国出入境管理局", 2.5)
    pen.words(6, 44.6, "证件号码 / Document No.", 1.9)
    pen.number(6, 48.4, number, 3.1)
    pen.words(56, 44.6, "签发次数 / Issue No." if taiwan else "换证次数 / Issue No.", 1.9)
    pen.value(56, 48.4, "01", 2.7)
    face = "taiwan_front" if taiwan else "home_return_front"
    return DrawnCard("taiwan" if taiwan else "home_return", face, truth, pen.picture)


def permit_back(front: DrawnCard) -> tuple[Picture, tuple[str, ...]]:
    """The other side of a permit: its zone, three lines of 30, CHN, C (GA/T 704.14-2015); and the lines."""
    truth = front.truth
    surname, _, given = truth["name_en"].partition(" ")
    plain = given.replace("-", " ").replace(" ", "<")
    compact = {name: truth[name][2:].replace("-", "") for name in ("birth", "valid_to")}
    sex = {"男": "M", "女": "F"}[truth["sex"]]
    lines = build(
        Document(
            Format.TD1, "C", "CHN", truth["number"], "CHN", surname, plain, compact["birth"], sex, compact["valid_to"]
        )
    )
    pen = _Pen(random.Random(truth["number"]), (236, 232, 226))
    face = ImageFont.truetype(str(_OCRB), 10)
    face = ImageFont.truetype(str(_OCRB), round(10 * 2.54 * _MM / face.getlength("0")))
    for row, line in enumerate(lines):
        for at, sign in enumerate(line):
            pen._text(4.7 + 2.54 * at, 37.5 + 5 * row, sign, face, _INK)
    return pen.picture, lines


def _icao(text: str) -> str:
    return str(sum(int(sign, 36) * (7, 3, 1)[at % 3] for at, sign in enumerate(text)) % 10)


def on_desk(card: Picture, level: Level, seed: int, size: tuple[int, int] = (1920, 1080)) -> Picture:
    """The card under a camera: a frame of that size, BGR."""
    return laid(card, level, seed, size)[0]


def laid(
    card: Picture, level: Level, seed: int, size: tuple[int, int] = (1920, 1080)
) -> tuple[Picture, npt.NDArray[np.float64]]:
    """The frame, and where the card's own corners lie on it, clockwise from its upper left."""
    dice = random.Random(seed * 7 + 1)
    noise = np.random.default_rng(seed)
    wide, tall = FLAT
    scale = dice.uniform(*level.width) / wide
    turn = dice.uniform(-level.turn, level.turn) + (dice.choice((0, 90, 180, 270)) if level.quarter else 0)
    a = np.radians(turn)
    spin = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    corners = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float64)
    moved = (
        corners - corners.mean(0) + np.array([[dice.uniform(-1, 1) * level.skew * wide for _ in "xy"] for _ in "abcd"])
    )
    seen = moved * scale @ spin.T
    room = np.array(size) / 2 - np.abs(seen).max(0) - 4
    seen += np.array(size) / 2 + [dice.uniform(-max(r, 0), max(r, 0)) for r in room]
    desk = _desk(dice, noise, size)
    soft = cv2.GaussianBlur(card, (0, 0), max(0.4 / scale, 0.3))
    move = cv2.getPerspectiveTransform(corners.astype(np.float32), seen.astype(np.float32))
    mask = np.full((tall, wide), 255, np.uint8)
    _round_corners(mask, 3 * _MM)
    laid = cv2.warpPerspective(soft, move, size, flags=cv2.INTER_AREA)
    alpha = cv2.GaussianBlur(cv2.warpPerspective(mask, move, size), (0, 0), 0.7)[:, :, None] / 255.0
    shadow = cv2.GaussianBlur(np.roll(alpha[:, :, 0], (6, 5), (0, 1)), (0, 0), 6)[:, :, None]
    frame = desk * (1 - 0.35 * shadow) * (1 - alpha) + laid * alpha
    x = np.linspace(dice.uniform(0.8, 1), dice.uniform(0.8, 1), size[0])[None, :, None]
    frame = frame * x * dice.uniform(0.85, 1.05)
    if dice.random() < level.glare:
        at = seen.mean(0) + np.array([dice.uniform(-0.3, 0.3) * wide * scale, dice.uniform(-0.3, 0.3) * tall * scale])
        yy, xx = np.mgrid[0 : size[1], 0 : size[0]]
        spot = np.exp(-(((xx - at[0]) / 120) ** 2 + ((yy - at[1]) / 80) ** 2))
        frame = frame + spot[:, :, None] * (70 if level is MEDIUM else 130)
    frame = cv2.GaussianBlur(frame, (0, 0), level.blur) + noise.normal(0, level.noise, frame.shape)
    data = cv2.imencode(".jpg", np.clip(frame, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, level.jpeg])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8), seen


def _desk(dice: random.Random, noise: np.random.Generator, size: tuple[int, int]) -> npt.NDArray[np.float64]:
    base = dice.choice(((60, 64, 70), (96, 118, 140), (40, 44, 40), (150, 150, 148), (120, 96, 80), (205, 205, 203)))
    grain = cv2.resize(noise.normal(0, 6, (size[1] // 8, size[0] // 60, 1)), size, interpolation=cv2.INTER_LINEAR)
    return np.clip(np.array(base, np.float64) + grain.reshape(size[1], size[0], 1), 0, 255)


def _round_corners(mask: Picture, radius: int) -> None:
    tall, wide = mask.shape
    mask[:] = 0
    cv2.rectangle(mask, (radius, 0), (wide - radius, tall), 255, -1)
    cv2.rectangle(mask, (0, radius), (wide, tall - radius), 255, -1)
    for x in (radius, wide - 1 - radius):
        for y in (radius, tall - 1 - radius):
            cv2.circle(mask, (x, y), radius, 255, -1)
