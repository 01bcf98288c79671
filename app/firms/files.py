"""Data files of services to firms, read with the lines that a finding names.

The shipped ones lie in resources/; a site's own, of the same names, in its profile's folder, where they take
the shipped ones' place. A file is taken whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml

T = TypeVar("T")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a file. line: counted from 1."""

    file: str
    line: int
    what: str


class Wrong(Exception):
    """One thing that is wrong with an entry, in words."""


class Entry:
    """A mapping of a file with its place; every question of it is answered or is a Wrong."""

    def __init__(self, value: Any, line: int, places: Mapping[int, int]) -> None:
        if not isinstance(value, dict):
            raise Wrong("应为“名称: 值”")
        self.value: dict[str, Any] = value
        self.line = line
        self._places = places

    def only(self, *names: str) -> None:
        """No names but these."""
        if unknown := [str(name) for name in self.value if name not in names]:
            raise Wrong(f"不认识 {'、'.join(unknown)}")

    def text(self, name: str, default: str | None = None) -> str:
        """A text that is not empty; without a default it must be there."""
        found = self.value.get(name, default)
        if found is None:
            raise Wrong(f"缺少 {name}")
        if not isinstance(found, str) or (not found and default is None) or len(found) > _LONGEST:
            raise Wrong(f"{name} 应为文字")
        return found

    def id(self, name: str = "id") -> str:
        """A short name of our own: small letters, digits, - and _."""
        found = self.text(name)
        if not ID.fullmatch(found):
            raise Wrong(f"{name} 只能用小写字母、数字、-、_：{found}")
        return found

    def number(self, name: str, least: int, most: int, default: int | None = None) -> int:
        """A whole number within bounds."""
        found = self.value.get(name, default)
        if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
            raise Wrong(f"{name} 应为 {least} 到 {most} 的整数")
        return found

    def flag(self, name: str) -> bool:
        """yes or no; no when it is not there."""
        found = self.value.get(name, False)
        if not isinstance(found, bool):
            raise Wrong(f"{name} 应为 true 或者 false")
        return found

    def texts(self, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        found = self.value.get(name, default)
        if found is None:
            raise Wrong(f"缺少 {name}")
        if not isinstance(found, list | tuple) or not all(isinstance(one, str) and one for one in found):
            raise Wrong(f"{name} 应为文字的列表")
        return tuple(found)

    def entry(self, name: str) -> Entry:
        """A mapping inside."""
        if name not in self.value:
            raise Wrong(f"缺少 {name}")
        return Entry(self.value[name], self._places.get(id(self.value[name]), self.line), self._places)

    def values(self, name: str) -> list[Any]:
        """A list of anything."""
        found = self.value.get(name)
        if not isinstance(found, list) or not found:
            raise Wrong(f"{name} 应为列表")
        return found

    def place(self, value: Any) -> int:
        """The line of a part of this entry."""
        return self._places.get(id(value), self.line)

    def entries(self, name: str) -> list[tuple[int, Any]]:
        """A list's parts with their lines."""
        return [(self.place(one), one) for one in self.values(name)]

    def inner(self, value: Any, line: int) -> Entry:
        """A part of a list as an entry."""
        return Entry(value, line, self._places)


class Reader:
    """One file being read: what is wrong is gathered, so that one look names all of it."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.findings: list[Finding] = []
        self.root: Entry | None = None
        try:
            places: dict[int, int] = {}
            document = _constructed(path.read_text("utf-8"), places)
            self.root = Entry(document, 1, places)
        except yaml.MarkedYAMLError as error:
            self.wrong(error.problem_mark.line + 1 if error.problem_mark else 1, "无法读取，不是 YAML 格式")
        except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError):
            self.wrong(1, "无法读取")
        except Wrong as error:
            self.wrong(1, str(error))

    def wrong(self, line: int, what: str) -> None:
        self.findings.append(Finding(self.file, line, what))

    def each(self, entry: Entry, name: str, read: Callable[[Entry], T]) -> tuple[T, ...]:
        """A list's entries, those that can be read; what is wrong with the others is noted with its line."""
        found = []
        try:
            parts = entry.entries(name)
        except Wrong as error:
            self.wrong(entry.line, str(error))
            return ()
        for line, value in parts:
            try:
                found.append(read(entry.inner(value, line)))
            except Wrong as error:
                self.wrong(line, str(error))
        return tuple(found)

    def unique(self, what: str, named: Iterable[tuple[int, str]]) -> None:
        """No id twice."""
        seen: set[str] = set()
        for line, name in named:
            if name in seen:
                self.wrong(line, f"{what} {name} 重复")
            seen.add(name)


def _constructed(text: str, places: dict[int, int]) -> Any:
    """The document; places: id of each mapping and list -> its line."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        document = loader.construct_document(node)
        _note(node, document, places)
        return document
    finally:
        loader.dispose()


def _note(node: Any, value: Any, places: dict[int, int]) -> None:
    if isinstance(value, dict | list):
        places[id(value)] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode) and isinstance(value, dict):
        for key, inner in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in value:
                _note(inner, value[key.value], places)
    elif isinstance(node, yaml.SequenceNode) and isinstance(value, list):
        for inner, one in zip(node.value, value, strict=False):
            _note(inner, one, places)
