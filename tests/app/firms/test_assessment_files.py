"""Files of assessments: the shipped ones hold what the rows say, and each mistake in a site's own is named by line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import resources
from app.cli import main
from app.firms.assessments import load_assessments, read_assessment, shipped_assessments
from app.server.query_policy import load_policy, shipped_policy_folder

SHIPPED = resources.path("assessments") / "mass-event.yaml"


def test_the_shipped_forms_hold_what_the_rows_say() -> None:
    forms = {form.id: form for form in shipped_assessments()}
    event, checkup = forms["mass-event"], forms["firm-checkup"]
    assert {r.id: len(event.points(r.id)) for r in event.routes} == {"large": 112, "medium": 88, "small": 51}
    assert event.measures("large") == 336
    assert len(checkup.dimensions) == 5
    assert len(checkup.points("large")) == 105
    assert any(point.blocking for point in event.points("small"))


def test_each_form_may_ask_what_it_asks() -> None:
    policy = load_policy(shipped_policy_folder())
    for form in shipped_assessments():
        for source in filter(None, (form.source, form.listed)):
            assert policy.refusal(form.scenario, source, form.purpose, ()) == ""
            assert policy.sources[source].own


MISTAKES = [
    ("weight: 3, blocking", "weight: 30, blocking", "weight 应为"),
    ("{id: a02,", "{id: a01,", "编号 a01 重复"),
    ("routes: [large]", "routes: [huge]", "没有定义：huge"),
    ("kind: event", "kind: demand", "kind 应是"),
    ("least: 0,", "least: 10,", "最后一个是 0"),
    ("measures: [书面确定安全责任人, 责任人全程在场, 职责写入安全工作方案]", "measures: []", "measures 应有 1 到 8 条"),
    ("id: a03,", "id: A3,", "id 只能用小写字母"),
    ("again: true", "again: maybe", "again 应为 true"),
    ("again: true", "agian: true", "不认识 agian"),
    ("asks: [", "asks: [[", "不是 YAML"),
    ("  passed: 各项", "  passd: 各项", "不认识 passd"),
]


@pytest.mark.parametrize(("was", "becomes", "said"), MISTAKES, ids=lambda text: text[:24])
def test_a_mistake_is_named_with_its_line(was: str, becomes: str, said: str, tmp_path: Path) -> None:
    text = SHIPPED.read_text("utf-8")
    path = tmp_path / "own.yaml"
    path.write_text(text.replace(was, becomes, 1), "utf-8")
    form, findings = read_assessment(path)
    assert form is None
    assert said in findings[0].what
    assert findings[0].file == "own.yaml"
    line = text[: text.index(was)].count("\n") + 1
    if said.startswith(("weight", "编号", "没有", "measures", "id", "again", "不认识 agian")):
        assert findings[0].line == line


def test_a_sites_own_form_takes_the_shipped_ones_place_and_a_broken_one_counts_for_nothing(tmp_path: Path) -> None:
    document = yaml.safe_load(SHIPPED.read_text("utf-8"))
    document["version"] = "hall-1"
    (tmp_path / "event.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    (tmp_path / "zz.yaml").write_text("id: mass-event\n", "utf-8")
    forms, findings = load_assessments(tmp_path)
    assert {form.id: form.version for form in forms}["mass-event"] == "hall-1"
    assert {finding.file for finding in findings} == {"zz.yaml"}


def test_the_command_names_findings_and_says_no(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("id: X\n", "utf-8")
    assert main(["--profile", str(tmp_path), "firms", "lint"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["--profile", str(tmp_path), "firms", "lint", str(own)]) == 1
    assert '"file": "own.yaml", "line": 1' in capsys.readouterr().out
    assert main(["firms", "lint", str(tmp_path / "none.yaml")]) == 2
