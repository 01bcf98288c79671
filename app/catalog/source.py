"""Reading the catalogue's YAML so that every mistake can be named by file and line.

The files are composed to nodes, which keep their place, and not straight to dicts, which do not. A reader says what
it expects; what it finds instead is reported, and a neutral value stands in, so that a lint run sees all mistakes of
a file and not only the first.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import ConstructorError, SafeConstructor

_TAG = "tag:yaml.org,2002:"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake in the catalogue. file: relative to its folder. line: from 1; 0 for the file itself."""

    file: str
    line: int
    message: str
    todo: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.message}"


Report = Callable[[Finding], None]


class Entry:
    """A place in a file and what stands there."""

    __slots__ = ("file", "node", "report")

    def __init__(self, file: str, node: yaml.Node, report: Report) -> None:
        self.file = file
        self.node = node
        self.report = report

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    def problem(self, message: str, todo: str) -> None:
        """Report a mistake at this place."""
        self.report(Finding(self.file, self.line, message, todo))

    def text(self) -> str:
        """A text. Numbers and truth values are refused: YAML reads 01, no and 1e3 as something else than is written."""
        if isinstance(self.node, yaml.ScalarNode) and self.node.tag == _TAG + "str":
            return str(self.node.value)
        written = self.node.value if isinstance(self.node, yaml.ScalarNode) else "一组值"
        self.problem(f"这里应为文字，却是 {written}", "给它加上引号，或者改成文字")
        return ""

    def count(self) -> int:
        """A whole number of 0 or more."""
        value = self.plain()
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.problem("这里应为不小于 0 的整数", "填整数，不加引号")
        return 0

    def flag(self) -> bool:
        """true or false."""
        value = self.plain()
        if isinstance(value, bool):
            return value
        self.problem("这里应为 true 或者 false", "填 true 或者 false，不加引号")
        return False

    def plain(self) -> Any:
        """Whatever stands here as plain Python values."""
        try:
            return SafeConstructor().construct_document(self.node)
        except ConstructorError as error:
            self.problem(f"这里的值读不懂：{error.problem}", "改成普通的文字、数字或者列表")
            return None

    def mapping(self) -> dict[str, Entry]:
        """The named entries of this place; an empty one when it holds none."""
        if not isinstance(self.node, yaml.MappingNode):
            self.problem("这里应为“名称: 值”的形式", "检查缩进和冒号")
            return {}
        found: dict[str, Entry] = {}
        for key_node, value_node in self.node.value:
            key = Entry(self.file, key_node, self.report).text()
            if key in found:
                Entry(self.file, key_node, self.report).problem(f"“{key}”重复出现", "只保留一处")
            found[key] = Entry(self.file, value_node, self.report)
        return found

    def sequence(self) -> list[Entry]:
        """The entries of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self.problem("这里应为列表", "每行以“- ”开头，或者写成 [甲, 乙]")
            return []
        return [Entry(self.file, node, self.report) for node in self.node.value]

    @property
    def is_text(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode)

    def record(self, known: Iterable[str], required: Iterable[str] = ()) -> Record:
        """A mapping of which the names are known beforehand; others and missing ones are reported."""
        entries, names = self.mapping(), tuple(known)
        for name in entries.keys() - set(names):
            near = difflib.get_close_matches(name, names, 1)
            entries[name].problem(
                f"不认识的名称“{name}”", f"是不是“{near[0]}”？" if near else f"可用：{'、'.join(names)}"
            )
        for name in required:
            if name not in entries:
                self.problem(f"缺少“{name}”", f"补上“{name}: …”")
        return Record(self, entries)


@dataclass(frozen=True, slots=True)
class Record:
    """The named values of one mapping, each read by its kind; what is absent gets its default."""

    entry: Entry
    entries: dict[str, Entry]

    def text(self, name: str, default: str = "") -> str:
        return self.entries[name].text() if name in self.entries else default

    def count(self, name: str, default: int = 0) -> int:
        return self.entries[name].count() if name in self.entries else default

    def flag(self, name: str, default: bool) -> bool:
        return self.entries[name].flag() if name in self.entries else default

    def texts(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        return tuple(e.text() for e in self.entries[name].sequence()) if name in self.entries else default

    def text_map(self, name: str) -> dict[str, str]:
        return {k: e.text() for k, e in self.entries[name].mapping().items()} if name in self.entries else {}

    def schema(self, name: str = "schema") -> dict[str, Any]:
        if name not in self.entries:
            return {}
        value = self.entries[name].plain()
        if isinstance(value, dict):
            return value
        self.entries[name].problem("这里应为 JSON Schema 关键字", "写成 {minimum: 1} 的形式")
        return {}

    def at(self, name: str) -> Entry:
        """The place of a named value, or of the whole when it is absent."""
        return self.entries.get(name, self.entry)


def read_yaml(folder: Path, name: str, report: Report) -> Entry | None:
    """Compose one file of the catalogue; None, with a report, when it is absent, empty or no YAML."""
    try:
        text = (folder / name).read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=_LOADER)
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
            return Entry(name, node, report)
        report(Finding(name, 1, "文件是空的", "从安装包恢复此文件"))
    return None


def item_files(folder: Path) -> Iterator[str]:
    """The item files in a stable order, relative to the folder."""
    for path in sorted((folder / "items").rglob("*.yaml")):
        yield path.relative_to(folder).as_posix()
