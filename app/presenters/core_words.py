"""The core's messages in English. The core speaks Chinese only; what it says is matched here, at the edge.

resources/i18n/core_en.yaml lists the messages as templates. What stands in a template's places is looked up as well:
another message, a name of the catalogue, or somebody's data, which stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from PyQt6.QtCore import QCoreApplication, QObject, QTranslator

import resources
from app.domain.errors import EnvironmentProblem
from app.domain.item import Catalog
from app.server.query_policy import load_policy, shipped_policy_folder
from widgets.i18n import CORE

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_PUNCTUATION = re.compile(r"[\u3001-\u303f\uff01-\uff60]")

_PLACE = re.compile(r"\{\d*\}")
_SEPARATORS = {"；": "; ", "、": ", "}
_REMEMBERED = 4096
_DEEPEST = 6
"""Messages within messages: 材料未交：… and the like nest thrice. A text made to nest without end is cut off here."""


@dataclass(frozen=True, slots=True)
class _Template:
    pattern: re.Pattern[str]
    literals: tuple[str, ...]
    english: str

    @property
    def weight(self) -> int:
        """How much of the text the template itself says: of two that fit, the heavier one is meant."""
        return sum(map(len, self.literals))


def _template(chinese: str, english: str) -> _Template:
    literals = _PLACE.split(chinese)
    pattern = re.compile("(.*?)".join(map(re.escape, literals)), re.DOTALL)
    return _Template(pattern, tuple(part for part in literals if part), english)


_NONE = (0, 0)


def _chinese(text: str) -> tuple[int, int]:
    """How much Chinese a text holds. Punctuation counts only where all else is English."""
    ideographs = len(_IDEOGRAPH.findall(text))
    return ideographs, 0 if ideographs else len(_PUNCTUATION.findall(text))


class CoreWords:
    """Finds the English of a message. templates: Chinese -> English, both with {0} …; names: Chinese -> English."""

    def __init__(self, templates: Mapping[str, str], names: Mapping[str, str]) -> None:
        plain = {chinese: english for chinese, english in templates.items() if not _PLACE.search(chinese)}
        self._exact = {**plain, **names}
        # Longest first: 经营场所使用证明 begins with 经营场所.
        self._names = sorted(names, key=len, reverse=True)
        made = [_template(chinese, english) for chinese, english in templates.items() if _PLACE.search(chinese)]
        self._templates = sorted(made, key=lambda template: -template.weight)
        self._remembered = lru_cache(_REMEMBERED)(self._say)

    def say(self, text: str) -> str:
        """The English as far as there is any: of several readings the one that leaves the least Chinese."""
        return self._remembered(text, 0)

    def _say(self, text: str, depth: int) -> str:
        best, left = text, _chinese(text)
        if left == _NONE or depth > _DEEPEST:
            return text
        for reading in self._readings(text, lambda part: self._remembered(part, depth + 1)):
            chinese = _chinese(reading)
            if chinese < left:
                best, left = reading, chinese
            if left == _NONE:
                break
        return best

    def _readings(self, text: str, say: Callable[[str], str]) -> Iterator[str]:
        if text in self._exact:
            yield self._exact[text]
        # Before the templates: the place at the end of 材料未交：{0} would take in every message that follows.
        yield from _parts(text, say, all)
        for template in self._templates:
            if all(part in text for part in template.literals) and (found := template.pattern.fullmatch(text)):
                yield template.english.format(*map(say, found.groups()))
        # The form's messages begin with the field's title: 经营面积不能小于 10 平方米.
        for name in self._names:
            rest = text[len(name) :].lstrip("：")
            if text.startswith(name) and rest and rest[0] not in _SEPARATORS and (english := say(rest)) != rest:
                yield f"{self._exact[name]}: {english}"
        yield from _parts(text, say, any)


def _parts(text: str, say: Callable[[str], str], enough: Callable[[Iterable[bool]], bool]) -> Iterator[str]:
    """The text part by part, if all (or any) of its parts can be said in English."""
    for separator, english in _SEPARATORS.items():
        parts = [part for part in text.split(separator) if part]
        if len(parts) > 1 and enough([_chinese(part) == _NONE or say(part) != part for part in parts]):
            yield english.join(map(say, parts))


def catalogue_names(catalog: Catalog) -> dict[str, str]:
    """Every name of the catalogue that has an English one. A name used twice keeps its first English."""
    items, elements = catalog.items.values(), catalog.elements
    pairs = [
        *((item.name, item.name_en) for item in items),
        *((bundle.name, bundle.name_en) for bundle in catalog.bundles.values()),
        *((main.name, main.name_en) for main in catalog.mains.values()),
        *((department.name, department.name_en) for department in catalog.departments.values()),
        *((use.name, use.name_en) for item in items for use in item.materials),
        *((element.title, element.title_en) for element in elements.values()),
        *((role.title, role.title_en) for role in catalog.roles.values()),
        # An item's own wording has no English of its own; the form shows the element's.
        *((use.title, elements[use.element].title_en) for item in items for use in item.fields),
    ]
    names: dict[str, str] = {}
    for chinese, english in pairs:
        if chinese and english:
            names.setdefault(chinese, english)
    return names


def source_names() -> dict[str, str]:
    """The shipped names of shared data. A city's own have English where the screen names them itself."""
    return {source.name: source.name_en for source in load_policy(shipped_policy_folder()).sources.values()}


def load_templates() -> dict[str, str]:
    """The table as shipped. EnvironmentProblem when it is missing or broken."""
    file = resources.path("i18n/core_en.yaml")
    try:
        table = yaml.load(file.read_text(encoding="utf-8"), _LOADER)  # noqa: S506 - a safe loader
        if not isinstance(table, dict):
            raise ValueError("no mapping")
        return {str(chinese): str(english) for chinese, english in table.items()}
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise EnvironmentProblem(
            "界面译文读不出", f"文件 {file.name}：{error}", "请重新安装本程序；在此之前可用中文界面。"
        ) from error


class CoreTranslator(QTranslator):
    """Answers Qt for the context of the core's messages; widgets.i18n.core_words asks under it."""

    def __init__(self, words: CoreWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words

    def isEmpty(self) -> bool:
        return False

    def translate(  # type: ignore[override]  # the stubs forget that Qt wants a null for "none"
        self,
        context: str | None,
        sourceText: str | None,  # noqa: N803 (Qt's own name)
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        """The message in English; None for everything else, which other translators then answer."""
        return self._words.say(sourceText or "") if context == CORE else None


def install_core_words(app: QCoreApplication, catalog: Catalog) -> CoreTranslator:
    """Let the core's messages and this catalogue's names appear in English. For a window set to English only.

    Gives what was installed, for QCoreApplication.removeTranslator.
    """
    translator = CoreTranslator(CoreWords(load_templates(), {**source_names(), **catalogue_names(catalog)}), app)
    app.installTranslator(translator)
    return translator
