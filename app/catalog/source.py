"""Reading the catalogue's YAML so that every mistake can be named by file and line.

A file is read to plain values first, which is what using it needs. Only when a mistake is reported is the file looked
through again for the line. A reader says what it expects; what it finds instead is reported, and a neutral value
stands in, so that one run sees all mistakes of a file and not only the first.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.catalog.yaml_text import Finding, Loader, PlainReader, Report

__all__ = ["FOLDERS", "Entry", "Finding", "MemorySource", "Record", "Report", "Source"]

FOLDERS = {"elements": "数据元", "materials": "申请材料", "items": "事项", "bundles": "一件事"}
"""The folders whose files together are one dictionary; without those before bundles there is no catalogue."""

Path_ = tuple[str | int, ...]


class Source:
    """The files of one catalogue folder. Mistakes go to report."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.folder = folder
        self.report = report
        self._nodes: dict[str, yaml.Node | None] = {}

    def files(self, part: str) -> list[str]:
        """The YAML files of a folder in a stable order, relative to the catalogue's own."""
        return [path.relative_to(self.folder).as_posix() for path in sorted((self.folder / part).rglob("*.yaml"))]

    def read(self, name: str) -> Entry | None:
        """One file of the catalogue; None, with a report, when it is absent, empty or no YAML."""
        node = self._compose(name, self.report)
        if node is None:
            return None
        return Entry(self, name, (), PlainReader(name, self.report).value(node))

    def optional(self, name: str) -> Entry | None:
        """A file that need not be there."""
        return self.read(name) if (self.folder / name).exists() else None

    def quiet(self, name: str) -> Entry | None:
        """A file that has been read before: what was wrong with it is not told again."""
        node = self._node(name)
        return Entry(self, name, (), PlainReader(name, lambda _: None).value(node)) if node else None

    def line(self, name: str, path: Path_) -> int:
        """The line (from 1) of a value, or of the name before it."""
        node = self._node(name)
        line = int(node.start_mark.line) + 1 if node else 0
        for step in path:
            if isinstance(node, yaml.MappingNode):
                # The last of two equal names is the one in force.
                found = [pair for pair in node.value if pair[0].value == step]
                if not found:
                    break
                key, node = found[-1]
                line = int(key.start_mark.line) + 1
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = int(node.start_mark.line) + 1
            else:
                break
        return line

    def _node(self, name: str) -> yaml.Node | None:
        if name not in self._nodes:
            self._nodes[name] = self._compose(name, lambda _: None)
        return self._nodes[name]

    def _compose(self, name: str, report: Report) -> yaml.Node | None:
        try:
            node: yaml.Node | None = yaml.compose((self.folder / name).read_text(encoding="utf-8"), Loader=Loader)
        except FileNotFoundError:
            report(Finding(name, 0, "文件不存在", "从安装包恢复此文件"))
        except (OSError, UnicodeDecodeError) as error:
            reason = "不是 UTF-8 编码" if isinstance(error, UnicodeDecodeError) else error.strerror
            report(Finding(name, 0, f"文件读不出来：{reason}", "检查文件权限，并以 UTF-8 编码保存"))
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            report(Finding(name, line, f"YAML 格式有误：{error.problem}", "检查这一行及上一行的缩进、冒号和引号"))
        except yaml.YAMLError as error:
            report(Finding(name, 0, f"YAML 格式有误：{error}", "以 UTF-8 编码保存，删去不可见字符"))
        else:
            if node is not None:
                return node
            report(Finding(name, 1, "文件是空的", "填写内容，或者删去此文件"))
        return None


class MemorySource(Source):
    """Files that are not on a disk: plain values by file name. Its findings have no lines."""

    def __init__(self, values: Mapping[str, Any], report: Report) -> None:
        super().__init__(Path(), report)
        self._values = values

    def files(self, part: str) -> list[str]:
        return [name for name in self._values if name.startswith(f"{part}/")]

    def read(self, name: str) -> Entry | None:
        if name in self._values:
            return Entry(self, name, (), self._values[name])
        self.report(Finding(name, 0, "文件不存在", "补上此文件"))
        return None

    def optional(self, name: str) -> Entry | None:
        return self.read(name) if name in self._values else None

    def line(self, name: str, path: Path_) -> int:
        return 0


class Entry:
    """A place in a file and what stands there."""

    __slots__ = ("file", "path", "source", "value")

    def __init__(self, source: Source, file: str, path: Path_, value: Any) -> None:
        self.source = source
        self.file = file
        self.path = path
        self.value = value

    @property
    def line(self) -> int:
        return self.source.line(self.file, self.path)

    def problem(self, message: str, todo: str, soft: bool = False) -> None:
        """Report a mistake at this place."""
        self.source.report(Finding(self.file, self.line, message, todo, soft))

    def text(self) -> str:
        """A text. Numbers and truth values are refused: YAML reads 01, no and 1e3 as something else than is written."""
        if isinstance(self.value, str):
            return self.value
        written = "一组值" if isinstance(self.value, dict | list) else f" {_written(self.value)}"
        self.problem(f"这里应为文字，却是{written}", "给它加上引号，或者改成文字")
        return ""

    def count(self) -> int:
        """A whole number of 0 or more."""
        if isinstance(self.value, int) and not isinstance(self.value, bool) and self.value >= 0:
            return self.value
        self.problem("这里应为不小于 0 的整数", "填整数，不加引号")
        return 0

    def half_days(self) -> float:
        """A number of days, 0 or more, in steps of half a day; a whole one is an int."""
        value = self.value
        if not isinstance(value, bool) and isinstance(value, int | float) and 0 <= value < 10_000:
            if value == int(value):
                return int(value)
            if value * 2 == int(value * 2):
                return value
        self.problem("这里应为不小于 0 的天数，最小半天", "填整数，或者以 .5 结尾的数（0.5 是半个工作日），不加引号")
        return 0

    def flag(self) -> bool:
        """true or false."""
        if isinstance(self.value, bool):
            return self.value
        self.problem("这里应为 true 或者 false", "填 true 或者 false，不加引号")
        return False

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        if isinstance(self.value, list) and all(isinstance(part, str) for part in self.value):
            return tuple(self.value)
        return tuple(part.text() for part in self.sequence())

    def text_map(self) -> dict[str, str]:
        """Named texts."""
        if isinstance(self.value, dict) and all(isinstance(part, str) for part in self.value.values()):
            return dict(self.value)
        return {key: part.text() for key, part in self.mapping().items()}

    def mapping(self) -> dict[str, Entry]:
        """The named entries of this place; an empty one when it holds none."""
        if isinstance(self.value, dict):
            return {key: Entry(self.source, self.file, (*self.path, key), part) for key, part in self.value.items()}
        self.problem("这里应为“名称: 值”的形式", "检查缩进和冒号")
        return {}

    def sequence(self) -> list[Entry]:
        """The entries of a list."""
        if isinstance(self.value, list):
            return [Entry(self.source, self.file, (*self.path, i), part) for i, part in enumerate(self.value)]
        self.problem("这里应为列表", "每行以“- ”开头，或者写成 [甲, 乙]")
        return []

    def down(self, *steps: str | int) -> Entry:
        """The place that deep inside this one; where a step does not exist, as far as there is something."""
        value, path = self.value, self.path
        for step in steps:
            inside = isinstance(value, dict) and step in value
            if not inside and not (isinstance(value, list) and isinstance(step, int) and step < len(value)):
                break
            value, path = value[step], (*path, step)
        return Entry(self.source, self.file, path, value)

    def part(self, key: str, name: str) -> Entry:
        """The place in this list that names something, by itself or under a key; this place when none does."""
        for number, value in enumerate(self.value if isinstance(self.value, list) else ()):
            if value == name or (isinstance(value, dict) and value.get(key) == name):
                return self.down(number)
        return self

    @property
    def is_group(self) -> bool:
        return isinstance(self.value, dict)

    def record(self, known: Iterable[str], required: Iterable[str] = ()) -> Record:
        """A mapping of which the names are known beforehand; others and missing ones are reported."""
        entries, names = self.mapping(), tuple(known)
        for name in entries:
            if name not in names:
                near = difflib.get_close_matches(name, names, 1)
                entries[name].problem(
                    f"不认识的名称“{name}”", f"是不是“{near[0]}”？" if near else f"可用：{'、'.join(names)}"
                )
        record = Record(self, entries)
        record.require(required)
        return record


def _written(value: object) -> str:
    return "空值" if value is None else str(value).lower()


@dataclass(frozen=True, slots=True)
class Record:
    """The named values of one mapping, each read by its kind; what is absent gets its default."""

    entry: Entry
    entries: dict[str, Entry]

    def require(self, names: Iterable[str]) -> None:
        """Report those that are absent."""
        for name in names:
            if name not in self.entries and self.entry.is_group:
                self.entry.problem(f"缺少“{name}”", f"补上“{name}: …”")

    def text(self, name: str, default: str = "") -> str:
        return self.entries[name].text() if name in self.entries else default

    def count(self, name: str, default: int = 0) -> int:
        return self.entries[name].count() if name in self.entries else default

    def half_days(self, name: str) -> float:
        return self.entries[name].half_days()

    def flag(self, name: str, default: bool) -> bool:
        return self.entries[name].flag() if name in self.entries else default

    def texts(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        return self.entries[name].texts() if name in self.entries else default

    def text_map(self, name: str) -> dict[str, str]:
        return self.entries[name].text_map() if name in self.entries else {}

    def schema(self, name: str = "schema") -> dict[str, Any]:
        if name not in self.entries:
            return {}
        value = self.entries[name].value
        if isinstance(value, dict):
            return value
        self.entries[name].problem("这里应为 JSON Schema 关键字", "写成 {minimum: 1} 的形式")
        return {}

    def when(self) -> dict[str, tuple[str, ...]]:
        """The record's condition: each key with the values that satisfy it."""
        return self.lists("when")

    def lists(self, name: str) -> dict[str, tuple[str, ...]]:
        """A named group of lists of texts; empty when absent."""
        if name not in self.entries:
            return {}
        return {key: part.texts() for key, part in self.entries[name].mapping().items()}

    def at(self, name: str) -> Entry:
        """The place of a named value, or of the whole when it is absent."""
        return self.entries.get(name, self.entry)
