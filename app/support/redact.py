"""Texts for support without personal data, even of those who forgot to mask.

The logs are masked as they are written (app.logs). What leaves the house goes through more: Chinese is kept only where
the program itself says it. A name, an address, anything else that came from a person is not among the program's words,
so it goes, whether or not anybody thought of it. What the store knows to be personal goes in any script.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import yaml

import resources
from app.logs import mask_text

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RUN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff〇·]+")
_ESCAPED = re.compile(r"(?:\\u[0-9a-fA-F]{4})+|\\U[0-9a-fA-F]{8}")
_SECRET = re.compile(r"(?i)(bearer\s+|token[\"']?\s*[:=]\s*[\"']?|://[^/\s:@]+:)([^\s\"'@]{4,})")
_LONG_DIGITS = re.compile(r"(?<![0-9A-Fa-f.])\d{7,}(?![0-9A-Fa-f])")
_SOURCES = ("app", "devices", "offline_db", "widgets")
_PEOPLE = ("app.demo", "devices.emulators")
"""Modules with made-up people in them: theirs are names as well."""


class Redactor:
    """known: what the store holds of people, each at least two characters long; hidden wherever it stands."""

    def __init__(self, known: Iterable[str] = (), home: Path | None = None) -> None:
        words = sorted({word.strip() for word in known if len(word.strip()) > 1}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, words)), re.IGNORECASE) if words else None
        self._home = str(home or Path.home())
        self._user = Path(self._home).name
        self._phrases = _program_words(_loaded())

    def __call__(self, text: str) -> str:
        """The text, harmless."""
        text = _ESCAPED.sub(_unescaped, text)
        if len(self._home) > 1:
            text = text.replace(self._home, "~")
        if len(self._user) > 2 and self._user != "root":
            text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(self._user)}(?![A-Za-z0-9])", "~user", text)
        if self._known is not None:
            text = self._known.sub(lambda match: f"〔{len(match[0])}〕", text)
        text = _SECRET.sub(lambda match: match[1] + "***", mask_text(text))
        # Whatever number of anything it is: an account, a phone, a case of somebody's.
        text = _LONG_DIGITS.sub(lambda match: match[0][:2] + "*" * (len(match[0]) - 2), text)
        return _RUN.sub(self._own, text)

    def _own(self, match: re.Match[str]) -> str:
        run = match[0]
        return run if len(run) == 1 or run in self._phrases else f"〔{len(run)} 字〕"


def _unescaped(match: re.Match[str]) -> str:
    """As JSON and Python write what is not ASCII; rare characters as two halves."""
    form = "utf-32-be" if match[0].startswith("\\U") else "utf-16-be"
    try:
        text = bytes.fromhex(re.sub(r"\\[uU]", "", match[0])).decode(form)
    except ValueError:
        return "?"
    return "".join(char if ord(char) > 0x2E7F else "?" for char in text)


def _loaded() -> tuple[str, ...]:
    names = [name for name in sys.modules if name.split(".")[0] in _SOURCES and not name.startswith(_PEOPLE)]
    return tuple(sorted(names))


@lru_cache(maxsize=2)
def _program_words(modules: tuple[str, ...]) -> str:
    """All that the program says, in one text: the core's messages, the screen's words, and constants in the code."""
    found: set[str] = set()
    core = yaml.load(resources.path("i18n/core_en.yaml").read_text("utf-8"), _LOADER)  # noqa: S506 - a safe loader
    found.update(_texts(core))
    screen = resources.path("i18n/yichuang_en.ts").read_text("utf-8")
    found.update(re.findall(r"<source>([^<]*)</source>", screen))
    for name in modules:
        module = sys.modules.get(name)
        if module is not None:
            found.update(_constants(module))
    return "\n".join(run for text in found for run in _RUN.findall(text) if len(run) > 1)


def _texts(document: object) -> Iterator[str]:
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict):
        for key, value in document.items():
            yield from _texts(key)
            yield from _texts(value)
    elif isinstance(document, list):
        for value in document:
            yield from _texts(value)


def _constants(module: ModuleType) -> Iterator[str]:
    for value in list(vars(module).values()):
        if isinstance(value, str):
            yield value
        code = getattr(value, "__code__", None)
        if isinstance(code, CodeType):
            yield from _of_code(code)
        elif isinstance(value, type) and value.__module__ == module.__name__:
            for member in list(vars(value).values()):
                inner = getattr(getattr(member, "__func__", getattr(member, "fget", member)), "__code__", None)
                if isinstance(inner, CodeType):
                    yield from _of_code(inner)


def _of_code(code: CodeType) -> Iterator[str]:
    for value in code.co_consts:
        if isinstance(value, str):
            yield value
        elif isinstance(value, CodeType):
            yield from _of_code(value)
        elif isinstance(value, tuple):
            yield from (one for one in value if isinstance(one, str))
