"""Conditions, formulas and the files of services to firms: what holds, fails, or cannot be told, and each mistake."""

from __future__ import annotations

import datetime as dt
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

import resources
from app.catalog.load import load_catalog
from app.domain.firm import Fit
from app.firms.profile import load_firm_rules, read_firm_rules, scene_findings, shipped_firm_rules
from app.firms.rules import Facts, formula_problem, plain

TODAY = dt.date(2026, 11, 23)
RULES = shipped_firm_rules()


def facts(**values: str) -> Facts:
    return RULES.facts(values, TODAY)


def tag(name: str, **values: str) -> Fit:
    return next(one.fit for one in RULES.judge_tags(facts(**values)) if one.id == name)


def test_the_shipped_files_hold_what_the_rows_say() -> None:
    assert (len(RULES.dimensions), len(RULES.tags), len(RULES.scenes)) == (5, 23, 16)
    assert scene_findings(RULES, load_catalog(resources.path("catalog"))) == []
    assert all("演示" in policy.name for policy in RULES.policies), "made-up policies say that they are"


@pytest.mark.parametrize(
    ("name", "values", "fit"),
    [
        ("young", {"founded": "2023-11-23"}, Fit.YES),
        ("young", {"founded": "2022-11-23"}, Fit.NO),
        ("young", {}, Fit.UNKNOWN),
        ("young", {"founded": "soon"}, Fit.UNKNOWN),
        ("growing", {"revenue": "120", "revenue_last": "100"}, Fit.YES),
        ("growing", {"revenue": "119", "revenue_last": "100"}, Fit.NO),
        ("growing", {"revenue": "120", "revenue_last": "0"}, Fit.UNKNOWN),
        ("honest", {"dishonest": "no"}, Fit.UNKNOWN),
        ("honest", {"dishonest": "yes"}, Fit.NO),
        ("honest", {"dishonest": "no", "penalties": "0"}, Fit.YES),
    ],
    ids=lambda value: str(value),
)
def test_a_tag_follows_from_the_facts(name: str, values: dict[str, str], fit: Fit) -> None:
    assert tag(name, **values) is fit


def test_what_nobody_said_is_unknown_and_never_no() -> None:
    assert {one.fit for one in RULES.judge_tags(facts())} == {Fit.UNKNOWN}
    policies = RULES.judge_policies(facts(), RULES.judge_tags(facts()))
    assert {one.fit for one in policies} == {Fit.UNKNOWN}
    assert all("没有数据" in reason.words or "不知道" in reason.words for one in policies for reason in one.reasons)


def test_a_policy_says_which_condition_holds_and_how_its_amount_comes_out() -> None:
    known = facts(insured="86", layoff_rate="1.2", unemployment_paid="41280", dishonest="no", size="small")
    found = {one.id: one for one in RULES.judge_policies(known, RULES.judge_tags(known))}
    steady = found["steady-jobs"]
    assert (steady.fit, steady.amount) == (Fit.YES, Decimal("24768.00"))
    assert steady.working[-1] == "上年缴纳失业保险费 41,280元 × 60% = 24,768 元"
    large = facts(insured="86", layoff_rate="1.2", unemployment_paid="41280", dishonest="no", size="large")
    by_id = {one.id: one for one in RULES.judge_policies(large, RULES.judge_tags(large))}
    assert by_id["steady-jobs"].amount == Decimal("12384.00")
    assert by_id["graduates"].fit is Fit.NO
    assert by_id["graduates"].amount is None


def test_an_amount_that_lacks_a_fact_says_which() -> None:
    known = facts(insured="86", layoff_rate="1.2", dishonest="no", size="small")
    steady = next(p for p in RULES.judge_policies(known, RULES.judge_tags(known)) if p.id == "steady-jobs")
    assert (steady.fit, steady.amount) == (Fit.YES, None)
    assert steady.working == ("算不出：上年缴纳失业保险费 ? × 60%",)


@pytest.mark.parametrize(
    ("formula", "wrong"),
    [
        ("insured * 2", ""), ("min(insured, 3%)", ""), ("__import__('os')", "只能用"), ("insured ** 9", "只能用"),
        ("other * 2", "没有定义：other"), ("insured *", "读不懂"), ("insured.real", "只能用"), ("9" * 300, "太长"),
    ],
    ids=lambda value: str(value)[:16],
)  # fmt: skip
def test_a_formula_is_arithmetic_and_nothing_else(formula: str, wrong: str) -> None:
    said = formula_problem(formula, {"insured"})
    assert (wrong in said) if wrong else said == ""


def test_numbers_for_people() -> None:
    assert [plain(Decimal(n)) for n in ("0", "1200", "0.5", "100.00", "41280.126")] == [
        "0", "1,200", "0.5", "100", "41,280.13"
    ]  # fmt: skip


MISTAKES = [
    ("profile.yaml", "fact: age,", "fact: agge,", "没有数据 agge"),
    ("profile.yaml", "id: mature,", "id: young,", "标签 young 重复"),
    ("profile.yaml", "formula: insured - insured_last", "formula: insured - hired", "互相引用"),
    ("profile.yaml", "years_since: founded", "years_since: capital", "应是一个日期"),
    ("profile.yaml", "is: manufacturing", "is: baking", "没有这个代码：baking"),
    ("policies.yaml", "{tag: steady}", "{tag: stedy}", "没有标签 stedy"),
    ("policies.yaml", "unemployment_paid * 60%", "unemployment * 60%", "没有定义：unemployment"),
    ("policies.yaml", 'op: ">="', 'op: "=>"', "op 应是"),
    ("scenes.yaml", "{matter: demand}", "{matter: wish}", "没有企业事项 wish"),
    ("scenes.yaml", "start: {page: policies}", "start: {page: policies, item: x}", "应写一样"),
]


@pytest.mark.parametrize(("file", "was", "becomes", "said"), MISTAKES, ids=lambda text: text[:20])
def test_a_mistake_is_named(file: str, was: str, becomes: str, said: str, tmp_path: Path) -> None:
    own = tmp_path / "firms"
    shutil.copytree(resources.path("firms"), own)
    text = (own / file).read_text("utf-8")
    (own / file).write_text(text.replace(was, becomes, 1), "utf-8")
    rules, findings = read_firm_rules(resources.path("firms"), own)
    assert rules is None
    assert [one.file for one in findings if said in one.what][:1] == [file]
    assert load_firm_rules(own)[0] is RULES, "the shipped ones count then"
