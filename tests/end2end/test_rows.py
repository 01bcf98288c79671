"""Every row's scenario plays through, all in this process on one drawn world, and ends as it says it must."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication
from stage import played

from app.demo.rows import played_rows, rows, table_of
from app.demo.scenario import Scenario, parse_scenario, without_line

NIGHTLY = os.environ.get("FAULTS") == "nightly"
ROWS = played_rows()
# One of each way that offline differs: identity, cart of several departments, licences of another city, self-service.
OFFLINE = ("huzhou-ejingtong", "zj-one-window", "shangyu-residents", "qingpu-self-service")
WITHOUT_LINE = [without_line(row) for row in ROWS if row.offline and (NIGHTLY or row.name in OFFLINE)]
SHORT = """
name: short
title: 短
world: {person: zhang-wei, licence: real-estate, page: floor-plan}
steps:
  - {id: start, title: 开窗, until: devices_ready}
  - {id: card, title: 读证, do: [{key: F2}], until: person_shown}
ends:
"""


@pytest.fixture(scope="module")
def profile(seed: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return seed(tmp_path_factory.mktemp("rows") / "profile")


@pytest.mark.parametrize("scenario", [*ROWS, *WITHOUT_LINE], ids=lambda scenario: scenario.name)
def test_the_row_works_at_the_counter(scenario: Scenario, profile: Path, tmp_path: Path, qapp: QApplication) -> None:
    assert scenario.ends, "a row says what must be true at the end"
    summary = played(scenario, profile, tmp_path)
    steps = summary["steps"]
    assert [step for step in steps if not step["ok"]] == []
    assert [check for check in summary["ends"] if not check["ok"]] == []
    assert summary["goal"] == dict.fromkeys(scenario.goal, True)
    assert summary["ok"]
    assert len(steps) == len(scenario.steps)


@pytest.mark.parametrize(
    "ends",
    [
        "cases: {个体工商户设立登记: 受理}",
        "papers: {受理通知书: 1}",
        "audit: [case.accepted]",
        "facts: {applicant.name: clerk}",
        "materials: {floor_plan: captured}",
        "archive: {受理通知书: 1}",
        "figures: {cases: 1}",
    ],
    ids=lambda text: text.split(":")[0],
)
def test_an_end_that_is_missed_fails_the_play(ends: str, profile: Path, tmp_path: Path, qapp: QApplication) -> None:
    summary = played(parse_scenario(f"{SHORT}  {ends}\n", "short"), profile, tmp_path)
    assert not summary["ok"]
    assert all(step["ok"] for step in summary["steps"])


def test_the_page_names_every_row_and_keeps_what_was_not_played() -> None:
    page = (Path(__file__).parents[2] / "docs" / "rows.md").read_text("utf-8")
    assert re.findall(r"^\| `([a-z0-9-]+)` \|", page, re.M) == [row.name for row in rows()]
    assert table_of(page, {}).count("| `") == len(rows())
