"""YAML as the catalogue's files have it: texts stay texts, and nothing but plain values comes out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

_TAG = "tag:yaml.org,2002:"
_TEXT, _MAP, _SEQ = _TAG + "str", _TAG + "map", _TAG + "seq"
_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


RESOLVERS: tuple[tuple[str, re.Pattern[str], list[str]], ...] = (
    (_TAG + "bool", re.compile(r"(?:true|false)\Z"), list("tf")),
    (_TAG + "int", re.compile(r"[-+]?[0-9]+\Z"), list("-+0123456789")),
    (
        _TAG + "float",
        re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z"),
        list("-+.0123456789"),
    ),
    (_TAG + "null", re.compile(r"(?:~|null|)\Z"), ["~", "n", ""]),
)
"""How a plain scalar is told from a text: tag, pattern, first characters."""


def _by_first() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    table: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for tag, pattern, firsts in RESOLVERS:
        for first in firsts:
            table.setdefault(first, []).append((tag, pattern))
    return table


_BY_FIRST = _by_first()


class Loader(_BASE):  # type: ignore[misc]
    """YAML 1.2's core schema: no, on and 12:30 are texts, only true and false are truth values."""

    def descend_resolver(self, *_: Any) -> None:
        """Tags do not depend on the place here, and keeping count of it is a fifth of the whole time."""

    ascend_resolver = descend_resolver

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        """The tag of a node that does not name one itself."""
        if kind is yaml.ScalarNode:
            if implicit[0]:
                for tag, pattern in _BY_FIRST.get(value[:1], ()):
                    if pattern.match(value):
                        return tag
            return _TEXT
        return _MAP if kind is yaml.MappingNode else _SEQ


_SCALARS: dict[str, Callable[[str], Any]] = {
    _TEXT: str,
    _TAG + "bool": lambda text: {"true": True, "false": False}[text],
    _TAG + "int": int,
    _TAG + "float": float,
    _TAG + "null": lambda _: None,
}

_MOST_VALUES = 1_000_000
"""Groups of values that one file may hold; a city's main items have some hundred each."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake in the catalogue. file: relative to its folder. line: from 1; 0 for the file itself.

    soft: worth a reviewer's look, but the catalogue can be used.
    """

    file: str
    line: int
    message: str
    todo: str
    soft: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.message}"


Report = Callable[[Finding], None]


class PlainReader:
    """From YAML's nodes to plain values: text, numbers, truth values, lists and dicts, and nothing else."""

    def __init__(self, file: str, report: Report) -> None:
        self._file = file
        self._report = report
        self._open: set[int] = set()
        self._left = _MOST_VALUES

    def value(self, node: yaml.Node) -> Any:
        """What a node says; mistakes are reported."""
        if isinstance(node, yaml.ScalarNode):
            return node.value if node.tag == _TEXT else self._scalar(node)
        # Aliases are allowed, but they could make a small file endless.
        self._left -= 1
        if id(node) in self._open or self._left < 0:
            self._problem(node, "YAML 的别名（*）没完没了", "把内容写全")
            return None
        self._open.add(id(node))
        value = self._group(node)
        self._open.discard(id(node))
        return value

    def _group(self, node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode) and node.tag == _MAP:
            return self._mapping(node)
        if isinstance(node, yaml.SequenceNode) and node.tag == _SEQ:
            return [self.value(part) for part in node.value]
        self._problem(node, f"这里的值读不懂：{node.tag}", "改成普通的文字、数字或者列表")
        return None

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key_node.tag != _TEXT:
                written = key if isinstance(key_node, yaml.ScalarNode) else "一组值"
                self._problem(key_node, f"这里应为文字，却是 {written}", "给它加上引号，或者改成文字")
            if key in found:
                self._problem(key_node, f"“{key}”重复出现", "只保留一处")
            found[key] = self.value(value_node)
        return found

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        try:
            return _SCALARS[node.tag](node.value)
        except (KeyError, ValueError):
            pass
        self._problem(node, f"这里的值读不懂：{node.value or node.tag}", "改成普通的文字或者数字；日期等加上引号")
        return None

    def _problem(self, node: yaml.Node, message: str, todo: str) -> None:
        self._report(Finding(self._file, int(node.start_mark.line) + 1, message, todo))
