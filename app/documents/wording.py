"""The papers' wording, kept apart from layout in resources/documents/*.yaml."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

import yaml

import resources
from app.documents.blocks import Both, Words
from app.domain.clock import shanghai
from app.domain.document import Language, PaperKind
from app.domain.errors import Defect

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads what ships with the program; ten times as fast where libyaml is there. The first paper waits for it."""

_EN = "en."
"""Before a key: the same text in English, in the same file."""


class Wording:
    """One file of texts. Keys are dotted: "cases.title". A key or placeholder that is not there is a Defect."""

    def __init__(self, name: str, texts: dict[str, Any]) -> None:
        self._name = name
        self._texts = texts

    def _find(self, key: str) -> Any:
        value: Any = self._texts
        for part in key.split("."):
            if not isinstance(value, dict) or part not in value:
                return None
            value = value[part]
        return value

    def _get(self, key: str) -> Any:
        value = self._find(key)
        if value is None:
            raise Defect("文书用语缺失", f"{self._name}: {key}")
        return value

    def has(self, key: str) -> bool:
        """Is there such a text, or list of texts?"""
        return self._find(key) is not None

    def text(self, key: str, **values: object) -> str:
        """The text with its placeholders filled."""
        try:
            return str(self._get(key)).format(**values)
        except (KeyError, IndexError) as error:
            raise Defect("文书用语有误", f"{self._name}: {key}: {error}") from error

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(str(entry) for entry in self._get(key))

    def pairs(self, key: str) -> dict[str, tuple[str, ...]]:
        """Lists of texts by their names, in their order."""
        return {str(name): tuple(map(str, texts)) for name, texts in self._get(key).items()}


@functools.cache
def load_wording(name: str) -> Wording:
    """The wording of resources/documents/NAME.yaml."""
    path = resources.path(f"documents/{name}.yaml")
    return Wording(name, yaml.load(path.read_text(encoding="utf-8"), LOADER))  # noqa: S506 - a safe loader


def wording_of(kind: PaperKind) -> Wording:
    """What is particular to one kind of paper: the file of its name."""
    return load_wording(kind.name.lower())


def kind_of_code(code: str) -> PaperKind | None:
    """The kind of paper behind the one-letter code in an anti-forgery code."""
    return next((kind for kind in PaperKind if wording_of(kind).text("code") == code), None)


class Speech:
    """A kind's wording in the languages of one paper. The kind's own file goes before the common one, text by text; a
    text that the paper's language lacks is a Defect."""

    def __init__(self, kind: PaperKind, language: Language) -> None:
        self.bilingual = language == "zh-en"
        self._own = wording_of(kind)
        self._common = load_wording("common")

    def _file(self, key: str) -> Wording:
        return self._own if self._own.has(key) else self._common

    def has(self, key: str) -> bool:
        """Does this kind say this at all?"""
        return self._file(key).has(key)

    def say(self, key: str, **values: object) -> Words:
        """The text with its placeholders filled, each in its own language. An empty text stays empty in both."""
        file = self._file(key)
        zh = file.text(key, **{name: chinese(value) for name, value in values.items()})
        if not self.bilingual or not zh:
            return zh
        return Both(zh, file.text(_EN + key, **{name: english(value) for name, value in values.items()}))

    def plain(self, key: str, **values: object) -> str:
        """The Chinese alone: where a text names a part of the paper to a clerk."""
        return self._file(key).text(key, **{name: chinese(value) for name, value in values.items()})

    def all(self, key: str) -> tuple[Words, ...]:
        """A list of texts. Defect when the languages have not as many."""
        file = self._file(key)
        zh = file.texts(key)
        if not self.bilingual:
            return zh
        en = file.texts(_EN + key)
        if len(en) != len(zh):
            raise Defect("文书用语缺失", f"{_EN}{key}")
        return tuple(map(Both, zh, en))

    def knows(self, key: str, zh: str) -> bool:
        """Is it one of a list of texts?"""
        return zh in self._file(key).texts(key)

    def english_of(self, key: str, zh: str) -> str:
        """The English of one of a list of texts (en.KEY beside KEY); "" for another text."""
        pairs = dict(zip(self._file(key).texts(key), self._file(key).texts(_EN + key), strict=True))
        return pairs.get(zh, "")

    def own_matter(self, zh: str) -> str:
        """The English of what this kind of paper is about by itself (station.title), where that is what is said; "" for
        the name of an item, which the catalogue translates."""
        known = self._own.has("station.title") and self._own.text("station.title") == zh
        return self._own.text(_EN + "station.title") if known else ""

    def both(self, zh: str, en: str) -> Words:
        """Data that have a name in English as well (an item, a department); "" where none is known."""
        return Both(zh, en or zh) if self.bilingual else zh

    def date(self, day: dt.date) -> Words:
        """2026年11月21日; 21 November 2026."""
        return self.both(say_date(day), _english_date(day))

    def time(self, at: dt.datetime) -> Words:
        """2026年11月21日 11:04; 21 November 2026, 11:04. Legal time."""
        local = shanghai(at)
        return self.both(say_time(at), f"{_english_date(local.date())}, {local:%H:%M}")

    def join(self, parts: tuple[Words, ...] | list[Words], zh: str, en: str) -> Words:
        """The parts with the language's own mark between them."""
        joined = zh.join(chinese(part) for part in parts)
        return self.both(joined, en.join(english(part) for part in parts))


def chinese(value: object) -> str:
    """The Chinese of a text, or a plain value as it stands."""
    return value.zh if isinstance(value, Both) else str(value)


def english(value: object) -> str:
    """The English of a text, its Chinese where there is none; a plain value as it stands."""
    return (value.en or value.zh) if isinstance(value, Both) else str(value)


def say_date(at: dt.date) -> str:
    """2026年11月21日."""
    return load_wording("common").text("date", y=at.year, m=at.month, d=at.day)


def say_time(at: dt.datetime) -> str:
    """2026年11月21日 11:04, in legal time."""
    local = shanghai(at)
    return load_wording("common").text("time", y=local.year, m=local.month, d=local.day, clock=f"{local:%H:%M}")


def _english_date(day: dt.date) -> str:
    words = load_wording("common")
    return words.text("en.date", d=day.day, month=words.texts("en.months")[day.month - 1], y=day.year)
