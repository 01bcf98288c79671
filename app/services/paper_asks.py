"""What a clerk is asked before a paper is made, and how the answers are read."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

import resources
from app.documents.wording import LOADER
from app.domain.document import PaperKind
from app.domain.errors import BadInput
from app.domain.paper_sheets import MOST_FEN

Answers = Mapping[str, str]
"""Key of a question -> what was answered, as typed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose."""

    value: str
    words: str
    words_en: str


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. value: offered as the answer. lines: rows of its box. remembered: offered again next time."""

    key: str
    title: str
    title_en: str
    required: bool = False
    choices: tuple[Choice, ...] = ()
    lines: int = 1
    remembered: bool = False
    hint: str = ""
    hint_en: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class PaperOffer:
    """A paper that could be made now. blocked: why it cannot, in words; "" when it can."""

    kind: PaperKind
    hint: str
    hint_en: str
    asks: tuple[Ask, ...]
    blocked: str = ""


@functools.cache
def _document() -> dict[str, dict[str, Any]]:
    text = resources.path("documents/asks.yaml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, Any]] = yaml.load(text, LOADER)  # noqa: S506 - a safe loader
    return loaded


_REMEDIES = (PaperKind.REFUSAL_NOTICE, PaperKind.COMPLETION_NOTICE)


def asks_of(kind: PaperKind) -> tuple[Ask, ...]:
    """The questions of a kind, unanswered."""
    own = {key: entry for key, entry in _document()[kind.name].items() if key != "hint"}
    if kind in _REMEDIES:
        own |= _document()["SHARED"]
    if kind is PaperKind.COMPLETION_NOTICE:
        # Printed, and asked for by the paper itself (Remedies), only where something was not granted.
        own |= {key: own[key] | {"required": False} for key in _document()["SHARED"]}
    return tuple(_ask(key, entry) for key, entry in own.items())


def hint_of(kind: PaperKind) -> tuple[str, str]:
    """What the paper is for, in Chinese and in English."""
    zh, en = _document()[kind.name]["hint"]
    return str(zh), str(en)


def _ask(key: str, entry: dict[str, Any]) -> Ask:
    zh, en = entry["title"]
    hint, hint_en = entry.get("hint", ("", ""))
    choices = tuple(Choice(str(value), *map(str, words)) for value, words in entry.get("choices", {}).items())
    return Ask(
        key, zh, en, bool(entry.get("required")), choices, int(entry.get("lines", 1)),
        bool(entry.get("remembered")), hint, hint_en,
    )  # fmt: skip


def answered(asks: tuple[Ask, ...], values: Answers) -> tuple[Ask, ...]:
    """The questions with these answers offered; a choice that does not exist is not. Else the first choice."""
    filled = []
    for ask in asks:
        value = values.get(ask.key, "")
        if ask.choices and value not in (choice.value for choice in ask.choices):
            value = ask.choices[0].value
        filled.append(replace(ask, value=value))
    return tuple(filled)


def checked(asks: tuple[Ask, ...], answers: Answers) -> dict[str, str]:
    """The answers, trimmed; what is offered stands for a question that was not answered.

    BadInput: a required one is empty, a choice does not exist, or there is no such question.
    """
    unknown = set(answers) - {ask.key for ask in asks}
    if unknown:
        raise BadInput("文书内容有误", f"没有“{'、'.join(sorted(unknown))}”这一栏。", "更正后再出具。")
    given = {}
    for ask in asks:
        value = answers.get(ask.key, ask.value).strip()
        if ask.required and not value:
            raise BadInput("文书内容不全", f"“{ask.title}”没有填写。", "补齐后再出具。")
        if ask.choices and value not in (choice.value for choice in ask.choices):
            raise BadInput("文书内容有误", f"“{ask.title}”不在可选范围内。", "更正后再出具。")
        given[ask.key] = value
    return given


def rows(text: str) -> list[list[str]]:
    """Lines of a list, each in its parts; ，, and tabs part them. Empty lines are left out."""
    lines = (line.strip() for line in text.splitlines())
    return [
        [part.strip() for part in line.replace(",", "，").replace("\t", "，").split("，")] for line in lines if line
    ]


def part(row: list[str], place: int, default: str = "") -> str:
    """One part of a line."""
    return row[place] if place < len(row) and row[place] else default


def a_day(about: str, text: str) -> dt.date:
    """2026-11-21, 20261121 or 2026/11/21. BadInput otherwise."""
    try:
        return dt.date.fromisoformat(text.strip().replace("/", "-"))
    except ValueError as error:
        raise BadInput("文书内容有误", f"“{about}”应为日期，例如 2026-12-01。", "更正后再出具。") from error


def a_count(about: str, text: str) -> int:
    """A whole number. BadInput otherwise."""
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise BadInput("文书内容有误", f"“{about}”应为整数。", "更正后再出具。")
    return int(text)


def in_fen(about: str, yuan: str) -> int:
    """Yuan with at most two decimals, in fen. BadInput otherwise."""
    try:
        fen = Decimal(yuan.replace("元", "").strip()) * 100
        if fen.is_finite() and abs(fen) < MOST_FEN * 10 and fen == fen.to_integral_value():
            return int(fen)
    except (InvalidOperation, ValueError, OverflowError):
        pass
    raise BadInput("文书内容有误", f"“{about}”的金额应为元，最多两位小数。", "更正后再出具。")
