"""What a scanned text is, by rules kept as data (resources/licences/kinds.yaml).

Only looks at the text: nothing is opened, resolved or executed. Text that cannot be a code we know (too long, control
or direction-changing characters) is UNKNOWN before any rule is tried.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

import resources
from app.domain.errors import EnvironmentProblem
from app.domain.licence import CodeKind
from app.licences.cose import MAX_TEXT
from app.licences.identifier import is_identifier

_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
"""Control, format (direction marks, joiners) and lone surrogates. Not private use: rare names live there."""

CHECKS: dict[str, Callable[[str], bool]] = {
    "uscc": lambda text: bool(uscc.is_valid(text)),
    "resident_id": lambda text: bool(mod_11_2.is_valid(text.upper())),
    "licence_identifier": is_identifier,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the file; see its head for the fields."""

    kind: CodeKind
    prefix: str = ""
    hosts: tuple[str, ...] = ()
    path: re.Pattern[str] | None = None
    pattern: re.Pattern[str] | None = None
    check: str = ""

    def fits(self, text: str) -> bool:
        if self.prefix and not text.startswith(self.prefix):
            return False
        if self.hosts and not self._on_host(text):
            return False
        if self.pattern and not self.pattern.fullmatch(text):
            return False
        return not self.check or CHECKS[self.check](text)

    def _on_host(self, text: str) -> bool:
        try:
            address = urlsplit(text)
            host, user = address.hostname or "", address.username
        except ValueError:
            return False
        if address.scheme not in ("http", "https") or user is not None or not text.isascii() or " " in text:
            # A name before the host (http://gov.cn@evil.example) or look-alike letters are how people are misled.
            return False
        if not any(host == known or host.endswith("." + known) for known in self.hosts):
            return False
        return self.path is None or bool(self.path.search(f"{address.path}?{address.query}"))


def load_rules(path: Path) -> tuple[Rule, ...]:
    """Read a rules file. EnvironmentProblem names the rule that is wrong."""
    number = 0
    try:
        rules: list[Rule] = []
        for entry in yaml.safe_load(path.read_text("utf-8"))["rules"]:
            number += 1
            rules.append(_rule(entry))
        return tuple(rules)
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, re.error) as error:
        what = f"{path.name} 第 {number} 条规则有误" if number else f"{path.name} 无法读取"
        raise EnvironmentProblem("码类型规则有误", what, "请恢复该文件或重新安装。") from error


def _rule(entry: dict[str, object]) -> Rule:
    known = {"kind", "prefix", "hosts", "path", "pattern", "check", "about"}
    if unknown := set(entry) - known:
        raise ValueError(f"unknown fields {sorted(unknown)}")
    check = str(entry.get("check", ""))
    if check and check not in CHECKS:
        raise ValueError(f"unknown check {check}")
    hosts = entry.get("hosts", [])
    if not isinstance(hosts, list):
        raise ValueError("hosts is no list")
    rule = Rule(
        kind=CodeKind(str(entry["kind"])),
        prefix=str(entry.get("prefix", "")),
        hosts=tuple(str(host) for host in hosts),
        path=re.compile(str(entry["path"])) if "path" in entry else None,
        pattern=re.compile(str(entry["pattern"])) if "pattern" in entry else None,
        check=check,
    )
    if not (rule.prefix or rule.hosts or rule.pattern):
        raise ValueError("a rule that fits everything")
    return rule


@cache
def _shipped_rules() -> tuple[Rule, ...]:
    return load_rules(resources.path("licences/kinds.yaml"))


def _forbidden(char: str) -> bool:
    return char not in "\r\n\t" and unicodedata.category(char) in _FORBIDDEN_CATEGORIES


def clean(text: str) -> str:
    """A scanned text without the line ends that scanners add."""
    return text.strip("\r\n\t ")


def recognise(text: str, rules: tuple[Rule, ...] | None = None) -> CodeKind:
    """The kind of a scanned text; UNKNOWN when no rule fits. rules: those shipped, unless given."""
    text = clean(text)
    if not text or len(text) > MAX_TEXT or any(_forbidden(char) for char in text):
        return CodeKind.UNKNOWN
    for rule in _shipped_rules() if rules is None else rules:
        if rule.fits(text):
            return rule.kind
    return CodeKind.UNKNOWN
