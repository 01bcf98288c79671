"""Which licence an OFD is and where its data stand: rules kept as data (resources/licences/ofd.yaml, a site's own)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import resources
from app.domain.errors import EnvironmentProblem
from app.licences.kinds import CHECKS

SITE_FILE = "ofd.yaml"
"""In the profile's folder; its templates go before the shipped ones."""
_CLAIM = re.compile(r"[a-z][a-z0-9_]{0,31}\.[a-z][a-z0-9_]{0,31}", re.ASCII)
_HOLDER = frozenset({"name", "id_number", "uscc"})
_RULE_KEYS = frozenset({"labels", "data", "pattern", "check", "date", "lines", "codes"})
_TEMPLATE_KEYS = frozenset({"id", "title", "type", "match", "holder", "fields", "identifier", "expires", "about"})


@dataclass(frozen=True, slots=True)
class FieldRule:
    """labels: words before the value. data: names in tags and attachments. pattern: what of the words is the value
    (its first group, if it has one). check: a test by name. date: it is one. lines: how many at most. codes: word on
    the paper -> what the form holds."""

    labels: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    check: str = ""
    date: bool = False
    lines: int = 1
    codes: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of licence. match: words that its first page shows, all of them. fields: by the form's key."""

    id: str
    title: str
    type: str
    match: tuple[str, ...]
    holder: Mapping[str, FieldRule]
    fields: Mapping[str, FieldRule]
    identifier: FieldRule
    expires: FieldRule

    @property
    def labels(self) -> tuple[str, ...]:
        """All words that begin some value: where one ends."""
        rules = (*self.holder.values(), *self.fields.values(), self.identifier, self.expires)
        return tuple(label for rule in rules for label in rule.labels)


def templates(site: Path | None = None) -> tuple[Template, ...]:
    """A site's own first. EnvironmentProblem: its file is not as it should be."""
    own: tuple[Template, ...] = ()
    if site is not None and site.is_file():
        try:
            own = read_templates(site.read_text("utf-8"))
        except (OSError, ValueError, TypeError, KeyError, yaml.YAMLError) as error:
            raise EnvironmentProblem(
                "本地的 OFD 证照模板有误", f"{SITE_FILE}：{error}", "请联系管理员改正；改正前只用随程序提供的模板。"
            ) from error
    return (*own, *shipped())


@cache
def shipped() -> tuple[Template, ...]:
    return read_templates((resources.path("licences") / SITE_FILE).read_text("utf-8"))


def read_templates(text: str) -> tuple[Template, ...]:
    """ValueError (or what YAML says) for a file that is not as the shipped one describes."""
    loaded = yaml.safe_load(text)
    if not isinstance(loaded, dict) or not isinstance(loaded.get("templates"), list):
        raise ValueError("没有 templates 列表")
    return tuple(_template(entry) for entry in loaded["templates"])


def _template(entry: Any) -> Template:
    _only(entry, _TEMPLATE_KEYS)
    holder, fields = entry.get("holder", {}), entry.get("fields", {})
    _only(holder, _HOLDER)
    bad = [key for key in fields if not _CLAIM.fullmatch(key)]
    match = _words(entry, "match")
    if bad or not match:
        raise ValueError(f"{entry.get('id')}：{bad[0] if bad else 'match'} 有误")
    return Template(
        id=str(entry["id"]),
        title=str(entry["title"]),
        type=str(entry["type"]),
        match=match,
        holder={key: _rule(rule) for key, rule in holder.items()},
        fields={key: _rule(rule) for key, rule in fields.items()},
        identifier=_rule(entry.get("identifier", {})),
        expires=_rule(entry.get("expires", {})),
    )


def _rule(entry: Any) -> FieldRule:
    _only(entry, _RULE_KEYS)
    check, lines = entry.get("check", ""), entry.get("lines", 1)
    if check and check not in CHECKS:
        raise ValueError(f"没有名为 {check} 的校验")
    if not isinstance(lines, int) or not 1 <= lines <= 10:
        raise ValueError("lines 应为 1 到 10")
    return FieldRule(
        labels=_words(entry, "labels"),
        data=_words(entry, "data"),
        pattern=re.compile(entry["pattern"]) if "pattern" in entry else None,
        check=check,
        date=entry.get("date") is True,
        lines=lines,
        codes=entry.get("codes"),
    )


def _only(entry: Any, known: Iterable[str]) -> None:
    if not isinstance(entry, dict):
        raise TypeError("应为“名称: 值”")
    if unknown := set(entry) - set(known):
        raise ValueError(f"不认识 {'、'.join(sorted(map(str, unknown)))}")


def _words(entry: Mapping[str, Any], name: str) -> tuple[str, ...]:
    words = entry.get(name, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise TypeError(f"{name} 应为文字的列表")
    return tuple(words)
