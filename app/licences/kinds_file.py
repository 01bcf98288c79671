"""The files of rules (app.licences.kinds): read, checked with file and line, a site's own laid over the shipped one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import resources
from app.domain.errors import EnvironmentProblem
from app.domain.licence import CodeKind
from app.licences.kinds import CHECKS, Recognised, Rule, look_at

SITE_FILE = "kinds.yaml"
"""In the profile's folder."""
_TEXTS = ("id", "prefix", "path", "pattern", "check", "number", "number_check", "says", "todo", "says_en", "todo_en")
_LISTS = ("hosts", "formats", "samples")
_KNOWN = frozenset({"kind", "about", "lives", "skip", *_TEXTS, *_LISTS})
_SIGNED = ("YC1:", "HC1:", "YCP1:", "YCR1:")
"""What these begin is proved by a signature: no site's rule may make something else of it."""
_REPEATED_REPEAT = re.compile(r"\((?:[^()\\]|\\.)*[*+}](?:[^()\\]|\\.)*\)[*+{]")
"""(a+)+ and the like, on which a text of 30 characters can take hours."""

# libyaml where the wheel brings it, as it does everywhere we ship: the window waits for these rules at its start.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a file. line: counted from 1."""

    file: str
    line: int
    what: str


@dataclass(frozen=True, slots=True)
class RuleFile:
    """What a file holds: its good rules with their lines, the ids it switches off (id -> line), and what is wrong."""

    rules: tuple[Rule, ...] = ()
    off: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    lines: tuple[int, ...] = field(default=(), compare=False)


def read_rules(path: Path, *, site: bool = False) -> RuleFile:
    """Read a file as far as it can be read; never raises. site: it is a site's own, which may do less."""
    try:
        loader = _Loader(path.read_text("utf-8"))
        try:
            root = loader.get_single_node()
            entries = _entries(root)
            if entries is None:
                return RuleFile(findings=(Finding(path.name, 1, "没有 rules 列表"),))
            return _read(path.name, [(n.start_mark.line + 1, loader.construct_document(n)) for n in entries], site)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return RuleFile(findings=(Finding(path.name, line, "无法读取，不是 YAML 格式"),))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError):
        return RuleFile(findings=(Finding(path.name, 1, "无法读取"),))


def _entries(root: Any) -> list[Any] | None:
    if not isinstance(root, yaml.MappingNode):
        return None
    found = [value for key, value in root.value if key.value == "rules"]
    return found[0].value if len(found) == 1 and isinstance(found[0], yaml.SequenceNode) else None


def _read(name: str, entries: list[tuple[int, Any]], site: bool) -> RuleFile:
    rules: list[Rule] = []
    lines: list[int] = []
    off: dict[str, int] = {}
    findings: list[Finding] = []
    for number, (line, entry) in enumerate(entries, 1):
        try:
            if isinstance(entry, dict) and entry.get("skip") is True:
                if not site or set(entry) != {"id", "skip"}:
                    raise ValueError("skip 只能与 id 写在一起，而且只能用在本地的文件里")
                off[str(entry["id"])] = line
                continue
            rules.append(_rule(entry, site))
            lines.append(line)
        except (KeyError, TypeError, ValueError, re.error) as error:
            findings.append(Finding(name, line, f"第 {number} 条规则有误：{_why(error)}"))
    return RuleFile(tuple(rules), off, tuple(findings), tuple(lines))


def _why(error: Exception) -> str:
    return f"缺少 {error.args[0]}" if isinstance(error, KeyError) else str(error)


def _rule(entry: Any, site: bool) -> Rule:
    if not isinstance(entry, dict):
        raise TypeError("应为“名称: 值”")
    if unknown := set(entry) - _KNOWN:
        raise ValueError(f"不认识 {'、'.join(sorted(map(str, unknown)))}")
    for name in _TEXTS:
        if not isinstance(entry.get(name, ""), str):
            raise TypeError(f"{name} 应为文字")
    for name in _LISTS:
        if not isinstance(entry.get(name, []), list):
            raise TypeError(f"{name} 应为列表")
    for name in ("check", "number_check"):
        if entry.get(name) and entry[name] not in CHECKS:
            raise ValueError(f"没有名为 {entry[name]} 的校验，可用：{'、'.join(CHECKS)}")
    lives = entry.get("lives", 0)
    if not isinstance(lives, int) or isinstance(lives, bool) or not 0 <= lives <= 86400:
        raise ValueError("lives 应为 0 到 86400 秒")
    number = _regex(entry, "number")
    if number is not None and number.groups != 1:
        raise ValueError("number 应有且只有一对括号")
    lists = {name: tuple(map(str, entry.get(name, []))) for name in _LISTS}
    kind = CodeKind(entry["kind"])
    if kind is CodeKind.OFD_FILE:
        raise ValueError("ofd_file 是文件，不是码")
    rule = Rule(
        kind,
        id=entry.get("id", ""),
        prefix=entry.get("prefix", ""),
        hosts=lists["hosts"],
        path=_regex(entry, "path"),
        pattern=_regex(entry, "pattern"),
        formats=lists["formats"],
        check=entry.get("check", ""),
        number=number,
        number_check=entry.get("number_check", ""),
        lives=lives,
        says=entry.get("says", ""),
        todo=entry.get("todo", ""),
        says_en=entry.get("says_en", ""),
        todo_en=entry.get("todo_en", ""),
        samples=lists["samples"],
    )
    if not (rule.prefix or rule.hosts or rule.pattern):
        raise ValueError("这条规则没有条件，什么都符合")
    if kind is CodeKind.OTHER and not rule.says:
        raise ValueError("other 要用 says 写明这是什么")
    if site and any(rule.fits(text + "0A") or rule.prefix.startswith(text) for text in _SIGNED):
        raise ValueError(f"{'、'.join(_SIGNED)} 开头的码由签名决定，不能另作规定")
    return rule


def _regex(entry: dict[str, Any], name: str) -> re.Pattern[str] | None:
    if name not in entry:
        return None
    if _REPEATED_REPEAT.search(entry[name]):
        raise ValueError(f"{name} 里重复之中又有重复，会拖慢窗口")
    return re.compile(entry[name])


def load_rules(path: Path) -> tuple[Rule, ...]:
    """A file's rules. EnvironmentProblem names file and line of the first thing that is wrong."""
    read = read_rules(path)
    if read.findings:
        raise _problem(read.findings[0])
    return read.rules


def _problem(finding: Finding) -> EnvironmentProblem:
    what = f"{finding.file} 第 {finding.line} 行：{finding.what}"
    return EnvironmentProblem("码类型规则有误", what, "请改正或恢复该文件；在此之前按随程序提供的规则识别。")


def merged(shipped: Sequence[Rule], own: RuleFile) -> tuple[Rule, ...]:
    """A site's rules before the shipped ones; one that has a shipped rule's id takes its place."""
    by_id = {rule.id: rule for rule in own.rules if rule.id}
    known = {rule.id for rule in shipped if rule.id}
    first = [rule for rule in own.rules if rule.id not in known]
    return (*first, *(by_id.get(rule.id, rule) if rule.id else rule for rule in shipped if rule.id not in own.off))


def lint_rules(path: Path) -> tuple[Finding, ...]:
    """Everything wrong with a site's file, as it would work over the shipped one: also a sample that another rule gets,
    and an id to switch off that does not exist."""
    read = read_rules(path, site=True)
    return (*read.findings, *_lint(path.name, read, merged(shipped_rules(), read)))


def lint_shipped(path: Path) -> tuple[Finding, ...]:
    """The same for a file that stands alone."""
    read = read_rules(path)
    return (*read.findings, *_lint(path.name, read, read.rules))


def _lint(name: str, read: RuleFile, rules: Sequence[Rule]) -> Iterator[Finding]:
    shipped = {rule.id for rule in shipped_rules()}
    for wrong, line in read.off.items():
        if wrong not in shipped:
            yield Finding(name, line, f"要停用的规则 {wrong} 不存在")
    seen: set[str] = set()
    for rule, line in zip(read.rules, read.lines, strict=True):
        if rule.id and rule.id in seen:
            yield Finding(name, line, f"规则编号 {rule.id} 重复")
        seen.add(rule.id)
        for sample in rule.samples:
            found = look_at(sample, rules, rule.formats[0] if rule.formats else "")
            if found.rule is not rule:
                taken = found.rule.id or str(found.kind) if found.rule else str(found.kind)
                yield Finding(name, line, f"样例“{sample[:40]}”被认作 {taken}")
            elif rule.number is not None and not found.number:
                yield Finding(name, line, f"样例“{sample[:40]}”里取不出号码")


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules that come with the program."""
    return load_rules(resources.path("licences/kinds.yaml"))


def recognise(text: str, rules: Sequence[Rule] | None = None) -> CodeKind:
    """The kind of a scanned text; UNKNOWN when no rule fits. rules: those shipped, unless given."""
    return look_at(text, shipped_rules() if rules is None else rules).kind


class CodeRules:
    """The rules in force at one window. trouble: what is wrong with the site's file, None when nothing is; the good
    rules of a file that is partly wrong are in force all the same."""

    def __init__(self, own: Path | None = None) -> None:
        read = read_rules(own, site=True) if own is not None and own.exists() else RuleFile()
        self.rules = merged(shipped_rules(), read)
        self.trouble: EnvironmentProblem | None = None
        if read.findings:
            problem = _problem(read.findings[0])
            self.trouble = EnvironmentProblem(problem.title, problem.what, "请管理员改正；在此之前按其余规则识别。")

    def look_at(self, text: str, symbology: str = "") -> Recognised:
        """What a scanned text is; never raises. symbology: as zxing-cpp names it."""
        return look_at(text, self.rules, symbology)
