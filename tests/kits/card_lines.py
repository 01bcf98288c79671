"""The lines that a text engine gives of a card set straight: for tests of what is made of them, without the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_MM = 15


@dataclass(frozen=True, slots=True)
class MadeLine:
    box: tuple[tuple[float, float], ...]
    text: str
    confidence: float = 0.99


def line(x: float, y: float, text: str, size: float = 3.0, confidence: float = 0.99) -> MadeLine:
    """x: left end; y: middle; size: height; all millimetres."""
    wide = sum(0.62 if sign.isascii() else 1.1 for sign in text) * size
    left, right, top, bottom = x * _MM, (x + wide) * _MM, (y - size / 2) * _MM, (y + size / 2) * _MM
    return MadeLine(((left, top), (right, top), (right, bottom), (left, bottom)), text, confidence)


def resident(
    name: str = "李明霞",
    sex: str = "女",
    nation: str = "汉",
    birth: str = "1990年1月1日",
    address: Sequence[str] = ("浙江省湖州市吴兴区民族路", "12号5幢1201室"),
    number: str = "330502199001010022",
    confidence: float = 0.99,
) -> list[MadeLine]:
    """The front of a resident card, some printed words read in one line with their values."""
    lines = [
        line(6, 9, f"姓名{name}", confidence=confidence),
        line(6, 15.5, f"性别{sex}", confidence=confidence),
        line(27, 15.5, "民族"),
        line(36, 15.5, nation, confidence=confidence),
        line(6, 21.5, "出生"),
        line(15.5, 21.5, birth, confidence=confidence),
        line(6, 28, f"住址{address[0]}", confidence=confidence),
        line(6, 47.5, "公民身份号码"),
        line(27, 47.5, number, 3.4, confidence=confidence),
    ]
    lines += [line(15.5, 28 + 4.4 * (at + 1), row, confidence=confidence) for at, row in enumerate(address[1:])]
    return lines


def resident_back(issuer: str = "湖州市公安局吴兴分局", period: str = "2016.03.04-2036.03.04") -> list[MadeLine]:
    """The other side."""
    return [
        line(27, 9, "中华人民共和国", 5),
        line(27, 19, "居民身份证", 7),
        line(22, 41, "签发机关"),
        line(34, 41, issuer),
        line(22, 47, "有效期限"),
        line(34, 47, period),
    ]


def permit(
    title: str = "港澳居民来往内地通行证", number: str = "H12345678", confidence: float = 0.99
) -> list[MadeLine]:
    """The front of a home-return permit, or of a Taiwan resident's by its title."""
    return [
        line(20, 5, title, 3.6),
        line(30, 11.5, "姓名/Name", 2),
        line(30, 14.6, "陈大文"),
        line(30, 18, "CHAN,TAI MAN", 2.5),
        line(30, 21.8, "出生日期/Date ofBirth", 2),
        line(30, 24.8, "1990.01.02"),
        line(62, 21.8, "性别/Sex", 2),
        line(62, 24.8, "男"),
        line(30, 28.6, "有效期限/Date of Expiry", 2),
        line(30, 31.6, "2019.06.01-2029.05.31"),
        line(6, 44.6, "证件号码/Document No.", 2),
        line(6, 48.4, number, 3.1, confidence),
    ]


def foreigner(number: str = "911124198108030024", birth: str = "1981.08.03", sex: str = "女/F") -> list[MadeLine]:
    """A permanent residence card of 2023, or of 2017 by its number."""
    return [
        line(6, 5, "中华人民共和国外国人永久居留身份证", 3.1),
        line(6, 12.4, "姓名/Name", 2),
        line(6, 15.6, "MUELLER,ANNA", 2.7),
        line(6, 19.6, "性别/Sex", 2),
        line(6, 22.8, sex, 2.7),
        line(24, 19.6, "出生日期/Date of Birth", 2),
        line(24, 22.8, birth, 2.7),
        line(6, 26.6, "国籍/Nationality", 2),
        line(6, 29.8, "加拿大/CAN", 2.7),
        line(6, 33.6, "有效期限/Period of Validity", 2),
        line(6, 36.8, "2021.01.31-2031.01.31", 2.7),
        line(6, 47.4, "证件号码/ID No.", 2),
        line(6, 50.6, number, 2.9),
    ]
