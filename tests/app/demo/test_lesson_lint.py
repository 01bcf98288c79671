"""A trainer's mistakes are named by file and line; the shipped lessons have none."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.demo.conditions import CONDITIONS, condition_problem
from app.demo.lesson_lint import lint_lessons
from app.demo.scenario import shipped_folder

GOOD = """\
name: mine
title: 甲
world:
  person: zhang-wei
  licence: real-estate
  page: floor-plan
minutes: 2
steps:
  - id: one
    title: 一
    do: [{key: F2}]
    until: person_shown
  - id: two
    title: 二
    do:
      - click: {widget: results, item: 我要开理发店}
      - wait: material floor_plan captured
    until: [form_open, field applicant.name]
faults:
  - {at: one, device: id_reader, fault: unplugged, until: two}
  - {gateway: down}
goal: accepted
"""


def lint(folder: Path, text: str) -> list[tuple[int, str]]:
    (folder / "mine.yaml").write_text(text, "utf-8")
    return [(finding.line, finding.message) for finding in lint_lessons(folder)]


def test_the_shipped_ones_are_clean() -> None:
    assert len(list(shipped_folder().glob("*.yaml"))) >= 5
    assert lint_lessons(shipped_folder()) == []


def test_a_good_one_is_clean(tmp_path: Path) -> None:
    assert lint(tmp_path, GOOD) == []
    assert lint(tmp_path, GOOD.replace("{key: F2}", "{save: kept.zip}, {open: kept.zip}")) == []
    assert lint(tmp_path, f"{GOOD}offline: {{at: one, until: two}}\n") == []
    assert lint(tmp_path, f"{GOOD}offline: 联机才能办\n") == []


@pytest.mark.parametrize(("line", "words"), [("{at: three}", "three"), ("{at: two, until: one}", "早"), ('""', "空")])
def test_a_line_that_cannot_be_down_so(tmp_path: Path, line: str, words: str) -> None:
    ((at, said),) = lint(tmp_path, f"{GOOD}offline: {line}\n")
    assert at == GOOD.count("\n") + 1
    assert words in said


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("name: mine", "name: yours", 1, "文件名"),
        ("title: 甲", "titel: 甲", 2, "titel"),
        ("person: zhang-wei", "person: nobody", 4, "nobody"),
        ("minutes: 2", "minutes: -1", 7, "太小"),
        ("key: F2", "key: F22", 11, "F22"),
        ("{key: F2}", "{open: kept.zip}, {save: kept.zip}", 11, "kept.zip"),
        ("key: F2", "shell: ls", 11, "shell"),
        ("person_shown", "person_show", 12, "person_show"),
        ("id: two", "id: one", 13, "重复"),
        ("captured", "painted", 17, "painted"),
        ("field applicant.name", "field", 18, "1 个词"),
        ("at: one", "at: three", 20, "three"),
        ("until: two}", "until: one}", 20, "结束"),
        ("fault: unplugged", "fault: on-fire", 20, "on-fire"),
        ("device: id_reader", "device: radio", 20, "radio"),
        ("gateway: down", "gateway: sideways", 21, "sideways"),
        ("goal: accepted", "goal: rejected", 22, "rejected"),
        ("steps:", "steps: [", 9, "YAML"),
    ],
)
def test_each_mistake_is_found_at_its_line(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    found = lint(tmp_path, GOOD.replace(old, new, 1))
    assert [message for at, message in found if at == line and words in message], found


def test_conditions_check_their_words() -> None:
    assert all(condition_problem(name) == "" for name, words in CONDITIONS.items() if not words)
    assert condition_problem("device id_reader ok") == ""
    assert "ok" in condition_problem("device id_reader sad")
    assert condition_problem("") != ""
