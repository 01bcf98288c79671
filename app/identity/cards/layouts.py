"""The faces of the cards: what is printed where, from resources/identity/cards.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import yaml

import resources
from app.identity.numbers import NumberKind

WIDTH, HEIGHT = 85.6, 54.0
"""Millimetres: ID-1 of ISO/IEC 7810, the size of all of them."""


class CardKind(StrEnum):
    """The cards that are read; the values of the first four are those of `CardType`."""

    RESIDENT = "resident"
    HMT = "hmt"
    FOREIGNER_2017 = "foreigner2017"
    FOREIGNER_2023 = "foreigner2023"
    HOME_RETURN = "home_return"
    """港澳居民来往内地通行证（回乡证）"""
    TAIWAN = "taiwan"
    """台湾居民来往大陆通行证（台胞证）"""

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def number_kind(self) -> NumberKind:
        return NumberKind(str(self))

    @property
    def travel(self) -> bool:
        """Is it a travel document, which forms ask for apart from identity cards?"""
        return self in (CardKind.HOME_RETURN, CardKind.TAIWAN)


_LABELS = {
    CardKind.RESIDENT: "居民身份证",
    CardKind.HMT: "港澳台居民居住证",
    CardKind.FOREIGNER_2017: "外国人永久居留身份证（2017版）",
    CardKind.FOREIGNER_2023: "外国人永久居留身份证（2023版）",
    CardKind.HOME_RETURN: "港澳居民来往内地通行证",
    CardKind.TAIWAN: "台湾居民来往大陆通行证",
}


class Face(StrEnum):
    """One printed side."""

    RESIDENT_FRONT = "resident_front"
    """Also the front of the residence permit for Hong Kong, Macau and Taiwan: its number tells them apart."""
    RESIDENT_BACK = "resident_back"
    HMT_BACK = "hmt_back"
    FOREIGNER_FRONT = "foreigner_front"
    HOME_RETURN_FRONT = "home_return_front"
    TAIWAN_FRONT = "taiwan_front"

    @property
    def front(self) -> bool:
        return self.value.endswith("_front")


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a face. labels: printed words, without spaces. at: their left end's middle, millimetres."""

    labels: tuple[str, ...]
    at: tuple[float, float]
    rows: int = 1
    below: bool = False


@dataclass(frozen=True, slots=True)
class CardLayout:
    """fields: in reading order. slack: millimetres that a label may lie from where it is expected."""

    fields: Mapping[str, Place]
    slack: float
    marks: tuple[str, ...] = ()
    portrait: tuple[float, float, float, float] | None = None
    """Left, top, right, bottom in millimetres: what is read there is no value."""


@cache
def layouts() -> Mapping[Face, CardLayout]:
    """Every face that is known."""
    return {
        Face(face): CardLayout(
            {
                name: Place(
                    tuple(plain(label) for label in one["labels"]),
                    (float(one["at"][0]), float(one["at"][1])),
                    one.get("rows", 1),
                    one.get("below", False),
                )
                for name, one in said["fields"].items()
            },
            float(said["slack"]),
            tuple(plain(mark) for mark in said.get("marks", ())),
            _four(said["portrait"]) if "portrait" in said else None,
        )
        for face, said in _written()["faces"].items()
    }


@cache
def variants() -> Mapping[int, str]:
    """Characters that no nation's name is printed with, but that engines give for those that are; for str.translate."""
    said: dict[str, str] = _written()["variants"]
    return str.maketrans(said)


@cache
def _written() -> Any:
    return yaml.safe_load(resources.path("identity/cards.yaml").read_text("utf-8"))


def _four(sides: Sequence[float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = (float(side) for side in sides)
    return left, top, right, bottom


def plain(words: str) -> str:
    """Words as they are compared: half width, upper case, without spaces, dots and strokes between languages."""
    half = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in words)
    return "".join(c for c in half.upper() if not c.isspace() and c not in ":/.")
