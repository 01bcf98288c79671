"""A firm's profile, policies and scenes from their files (resources/firms), and what they come to for one firm."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import resources
from app.domain.errors import EnvironmentProblem
from app.domain.firm import Fit, PolicyMatch, Reason, Scene, Tag
from app.domain.item import Catalog
from app.domain.matter import MatterKind
from app.firms.assessments import shipped_assessments
from app.firms.files import Entry, Finding, Reader, Wrong
from app.firms.rules import (
    CHOICE,
    DATE,
    KINDS,
    NUMBER,
    OPERATORS,
    Condition,
    FactKind,
    Facts,
    as_number,
    formula_problem,
    plain,
)

FOLDER = "firms"
PROFILE, POLICIES, SCENES = "profile.yaml", "policies.yaml", "scenes.yaml"
_STARTS = ("item", "matter", "assessment", "page")
_PAGES = ("policies",)


@dataclass(frozen=True, slots=True)
class DimensionRule:
    """A dimension: its facts come from one shared-data source."""

    id: str
    name: str
    source: str
    facts: tuple[FactKind, ...]


@dataclass(frozen=True, slots=True)
class TagRule:
    """A tag is carried when all its conditions hold."""

    id: str
    name: str
    dimension: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A formula for those whom its conditions fit."""

    formula: str
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyRule:
    """A policy. amounts: the first that fits counts; none: nothing is reckoned."""

    id: str
    name: str
    department: str
    about: str
    item: str
    when: tuple[Condition, ...]
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class FirmRules:
    """All data of services to firms."""

    dimensions: tuple[DimensionRule, ...]
    tags: tuple[TagRule, ...]
    policies: tuple[PolicyRule, ...]
    scenes: tuple[Scene, ...]

    def facts(self, values: Mapping[str, str], today: dt.date) -> Facts:
        """A firm's facts. values: id -> text."""
        return Facts({fact.id: fact for one in self.dimensions for fact in one.facts}, values, today)

    def judge_tags(self, facts: Facts) -> tuple[Tag, ...]:
        """Each tag with its reasons."""
        names = {one.id: one.name for one in self.dimensions}
        made = []
        for tag in self.tags:
            reasons = tuple(facts.judge(condition, {}, {}) for condition in tag.when)
            made.append(Tag(tag.id, tag.name, names[tag.dimension], together(reasons), reasons))
        return tuple(made)

    def judge_policies(self, facts: Facts, tags: Sequence[Tag]) -> tuple[PolicyMatch, ...]:
        """Each policy with its reasons and what it comes to; those that fit first, the unknown next."""
        fits = {tag.id: tag.fit for tag in tags}
        names = {tag.id: tag.name for tag in tags}
        order = (Fit.YES, Fit.UNKNOWN, Fit.NO)
        made = []
        for policy in self.policies:
            reasons = tuple(facts.judge(condition, fits, names) for condition in policy.when)
            fit = together(reasons)
            amount, working = (None, ()) if fit is Fit.NO else _amount(policy, facts, fits, names)
            made.append(
                PolicyMatch(
                    policy.id, policy.name, policy.department, policy.about, fit, reasons, amount, working, policy.item
                )
            )
        return tuple(sorted(made, key=lambda one: (order.index(one.fit), -(one.amount or 0))))


def together(reasons: Sequence[Reason]) -> Fit:
    """One that fails decides; else one that is unknown."""
    fits = [reason.fit for reason in reasons]
    return Fit.NO if Fit.NO in fits else Fit.UNKNOWN if Fit.UNKNOWN in fits else Fit.YES


def _amount(
    policy: PolicyRule, facts: Facts, fits: Mapping[str, Fit], names: Mapping[str, str]
) -> tuple[Decimal | None, tuple[str, ...]]:
    for one in policy.amounts:
        reasons = [facts.judge(condition, fits, names) for condition in one.when]
        fit = together(reasons)
        if fit is Fit.NO:
            continue
        if fit is Fit.UNKNOWN:
            return None, tuple(f"算不出：{reason.words}" for reason in reasons if reason.fit is Fit.UNKNOWN)
        found = facts.reckon(one.formula)
        if found is None:
            return None, (f"算不出：{facts.working(one.formula)}",)
        amount = found.quantize(Decimal("0.01"))
        why = tuple(reason.words for reason in reasons)
        return amount, (*why, f"{facts.working(one.formula)} = {plain(amount)} 元")
    return None, ()


# ------------------------------------------------------------------------------------------------- the files


@dataclass(frozen=True, slots=True)
class _Known:
    facts: Mapping[str, FactKind]
    tags: frozenset[str] = frozenset()


def read_firm_rules(folder: Path, own: Path | None = None) -> tuple[FirmRules | None, tuple[Finding, ...]]:
    """All three files; one of the same name in `own` goes first. None unless all of it is right. Never raises."""
    findings: list[Finding] = []

    def reader(name: str) -> Reader:
        path = own / name if own is not None and (own / name).is_file() else folder / name
        return Reader(path)

    profile, policies, scenes = reader(PROFILE), reader(POLICIES), reader(SCENES)
    rules: FirmRules | None = None
    if profile.root is not None and policies.root is not None and scenes.root is not None:
        try:
            dimensions, tags = _profile(profile, profile.root)
            known = _Known({f.id: f for one in dimensions for f in one.facts}, frozenset(tag.id for tag in tags))
            policies.root.only("policies")
            made = policies.each(policies.root, "policies", lambda entry: _policy(entry, known))
            scenes.root.only("scenes")
            rules = FirmRules(dimensions, tags, made, scenes.each(scenes.root, "scenes", _scene))
        except Wrong as error:
            profile.wrong(1, str(error))
    for one in (profile, policies, scenes):
        findings += one.findings
    return (None if findings else rules), tuple(findings)


@cache
def shipped_firm_rules() -> FirmRules:
    """Those that come with the program. EnvironmentProblem when one is broken."""
    rules, findings = read_firm_rules(resources.path(FOLDER))
    if rules is None:
        what = f"{findings[0].file} 第 {findings[0].line} 行：{findings[0].what}"
        raise EnvironmentProblem("企业服务的数据文件读不出", what, "请重新安装本程序。")
    return rules


def load_firm_rules(own: Path | None = None) -> tuple[FirmRules, tuple[Finding, ...]]:
    """The rules in force and what is wrong with the site's own; with a finding the shipped ones count."""
    if own is None or not own.is_dir():
        return shipped_firm_rules(), ()
    rules, findings = read_firm_rules(resources.path(FOLDER), own)
    return rules or shipped_firm_rules(), findings


def scene_findings(rules: FirmRules, catalog: Catalog) -> list[Finding]:
    """Scenes and policies that lead to nothing in this catalogue, or to an assessment that is not there."""
    codes = {*catalog.bundles, *catalog.mains, *catalog.items}
    forms = {form.id for form in shipped_assessments()}
    wanted = [(SCENES, scene.name, scene.start[1]) for scene in rules.scenes if scene.start[0] == "item"]
    wanted += [(POLICIES, policy.name, policy.item) for policy in rules.policies if policy.item]
    found = [Finding(file, 1, f"{name}：目录里没有 {code}") for file, name, code in wanted if code not in codes]
    found += [
        Finding(SCENES, 1, f"{scene.name}：没有自评表 {scene.start[1]}")
        for scene in rules.scenes
        if scene.start[0] == "assessment" and scene.start[1] not in forms
    ]
    return found


def _profile(reader: Reader, root: Entry) -> tuple[tuple[DimensionRule, ...], tuple[TagRule, ...]]:
    root.only("dimensions", "tags")
    places: list[tuple[int, str]] = []

    def dimension(entry: Entry) -> DimensionRule:
        entry.only("id", "name", "source", "facts")

        def fact(inner: Entry) -> FactKind:
            made = _fact(inner)
            places.append((inner.line, made.id))
            return made

        return DimensionRule(entry.id(), entry.text("name"), entry.id("source"), reader.each(entry, "facts", fact))

    dimensions = reader.each(root, "dimensions", dimension)
    reader.unique("数据", places)
    facts = {fact.id: fact for one in dimensions for fact in one.facts}
    for one in facts.values():
        line = next(line for line, name in places if name == one.id)
        if one.formula and (wrong := formula_problem(one.formula, facts)):
            reader.wrong(line, wrong)
        if one.years_since and (one.years_since not in facts or facts[one.years_since].kind != DATE):
            reader.wrong(line, f"years_since 应是一个日期：{one.years_since}")
    if not reader.findings and (circle := _circle(facts)):
        reader.wrong(1, f"算式互相引用：{circle}")
    known, ids = _Known(facts), {one.id for one in dimensions}
    named: list[tuple[int, str]] = []

    def tag(entry: Entry) -> TagRule:
        entry.only("id", "name", "dimension", "when")
        if entry.text("dimension") not in ids:
            raise Wrong(f"没有维度 {entry.text('dimension')}")
        named.append((entry.line, entry.id()))
        return TagRule(entry.id(), entry.text("name"), entry.text("dimension"), _conditions(entry, known))

    tags = reader.each(root, "tags", tag)
    reader.unique("标签", named)
    return dimensions, tags


def _circle(facts: Mapping[str, FactKind]) -> str:
    """The name of a fact whose formula leads back to itself."""
    for start in facts:
        seen, todo = set(), [start]
        while todo:
            formula = facts[todo.pop()].formula
            for name in (name for name in facts if name in _names(formula)):
                if name == start:
                    return start
                if name not in seen:
                    seen.add(name)
                    todo.append(name)
    return ""


def _names(formula: str) -> set[str]:
    return set(re.findall(r"[a-z][a-z0-9_]*", formula))


def _fact(entry: Entry) -> FactKind:
    entry.only("id", "title", "kind", "unit", "choices", "formula", "years_since")
    kind = entry.text("kind", NUMBER)
    if kind not in KINDS:
        raise Wrong(f"kind 应是：{'、'.join(KINDS)}")
    name = entry.id()
    if "-" in name or name in ("min", "max"):
        raise Wrong(f"id 不能用 - ，也不能叫 min、max：{name}")
    choices: Any = entry.value.get("choices", {})
    if not isinstance(choices, dict) or not all(isinstance(x, str) for pair in choices.items() for x in pair):
        raise Wrong("choices 应为“代码: 文字”，数字代码要加引号")
    return FactKind(
        name, entry.text("title"), kind, entry.text("unit", ""), choices, entry.text("formula", ""),
        entry.text("years_since", ""),
    )  # fmt: skip


def _conditions(entry: Entry, known: _Known) -> tuple[Condition, ...]:
    return tuple(_condition(entry.inner(one, entry.line), known) for one in entry.values("when"))


def _condition(entry: Entry, known: _Known) -> Condition:
    if "tag" in entry.value:
        entry.only("tag")
        if entry.text("tag") not in known.tags:
            raise Wrong(f"没有标签 {entry.text('tag')}")
        return Condition("", "tag", (entry.text("tag"),))
    entry.only("fact", "op", "value", "in", "is")
    name = entry.text("fact")
    fact = known.facts.get(name)
    if fact is None:
        raise Wrong(f"没有数据 {name}")
    if "in" in entry.value or "is" in entry.value:
        values = entry.texts("in") if "in" in entry.value else (entry.text("is"),)
        if fact.kind == CHOICE and fact.choices and (odd := [v for v in values if v not in fact.choices]):
            raise Wrong(f"{name} 没有这个代码：{'、'.join(odd)}")
        return Condition(name, "in", values)
    if entry.text("op") not in OPERATORS:
        raise Wrong(f"op 应是：{'、'.join(OPERATORS)}")
    if fact.kind not in (NUMBER, DATE):
        raise Wrong(f"{name} 不能比大小")
    value = entry.text("value")
    if fact.kind == NUMBER and as_number(value) is None:
        raise Wrong(f"{name} 的 value 应是数：{value}")
    return Condition(name, entry.text("op"), (value,))


def _policy(entry: Entry, known: _Known) -> PolicyRule:
    entry.only("id", "name", "department", "about", "item", "when", "amounts")

    def amount(value: Any) -> Amount:
        inner = entry.inner(value, entry.line)
        inner.only("when", "formula")
        if wrong := formula_problem(inner.text("formula"), known.facts):
            raise Wrong(wrong)
        return Amount(inner.text("formula"), _conditions(inner, known) if "when" in inner.value else ())

    amounts = tuple(amount(one) for one in entry.values("amounts")) if "amounts" in entry.value else ()
    return PolicyRule(
        entry.id(), entry.text("name"), entry.text("department"), entry.text("about"), entry.text("item", ""),
        _conditions(entry, known), amounts,
    )  # fmt: skip


def _scene(entry: Entry) -> Scene:
    entry.only("id", "name", "about", "start")
    start = entry.entry("start")
    start.only(*_STARTS)
    if len(start.value) != 1:
        raise Wrong(f"start 应写一样：{'、'.join(_STARTS)}")
    ((kind, what),) = start.value.items()
    if not isinstance(what, str) or not what:
        raise Wrong(f"{kind} 应为文字")
    if kind == "matter" and what not in [str(one) for one in MatterKind]:
        raise Wrong(f"没有企业事项 {what}")
    if kind == "page" and what not in _PAGES:
        raise Wrong(f"page 应是：{'、'.join(_PAGES)}")
    return Scene(entry.id(), entry.text("name"), entry.text("about"), (kind, what))
