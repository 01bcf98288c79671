"""Every shipped lesson that is no row plays through on the real widgets, and ends as it says it must."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QApplication
from running import lines, yichuang
from stage import played

from app.demo.rows import played_rows
from app.demo.scenario import Scenario, list_scenarios

PLAYED_ELSEWHERE = {
    "open-a-barber-shop", "open-a-barber-shop-offline", "ask-shared-data", "interrupted-visit", "self-service",
    "citizen-signs-and-rates",
}  # fmt: skip
"""Each has a test of its own, which looks at far more than its goal; the rows are played by test_rows."""
ELSEWHERE = PLAYED_ELSEWHERE | {row.name for row in played_rows()}
NIGHTLY = os.environ.get("FAULTS") == "nightly"
LONG = {"trade-of-a-year"}
"""A table of 150,000 rows: minutes."""
LESSONS = [lesson for lesson in list_scenarios() if lesson.name not in ELSEWHERE | (set() if NIGHTLY else LONG)]


@pytest.mark.timeout(900 if NIGHTLY else 120)
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_it_plays_through(lesson: Scenario, tmp_path: Path, seed: Callable[[Path], Path], qapp: QApplication) -> None:
    out = tmp_path / "out"
    summary = played(lesson, seed(tmp_path / "profile"), out)
    assert [step for step in summary["steps"] if not step["ok"]] == []
    assert [step["id"] for step in summary["steps"]] == [step.id for step in lesson.steps]
    assert lesson.goal
    assert summary["goal"] == dict.fromkeys(lesson.goal, True)
    if lesson.name == "printer-jammed":
        receipts = sorted(path.name for path in (out / "receipts").iterdir())
        assert receipts == ["receipt-0001.png"]  # the jammed one never came out
    if lesson.name in ("gateway-down-in-mid-case", "out-of-office"):
        assert summary["outbox"] == {"waiting": 0, "parked": 0}
        assert all(case["case_no"] for case in summary["cases"])


def test_a_goal_that_is_missed_fails_the_play(tmp_path: Path, seed: Callable[[Path], Path]) -> None:
    """The very fault of the lesson, never mended: the play must not call that good."""
    profile = seed(tmp_path / "profile")
    own = profile / "lessons"
    own.mkdir()
    (own / "never-mended.yaml").write_text(
        """
name: never-mended
title: 一直掉线
world: {person: zhang-wei, licence: real-estate, page: floor-plan}
steps:
  - {id: start, title: 开窗, until: "device id_reader trouble"}
faults: [{id_reader: unplugged}]
goal: devices_ready
""",
        "utf-8",
    )
    out = tmp_path / "out"
    done = yichuang("--profile", profile, "demo", "--headless", "--scenario", "never-mended", "--out", out)
    assert done.returncode == 1, done.stderr
    assert lines(done)[-1]["ok"] is False
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert summary["goal"] == {"devices_ready": False}
    assert all(step["ok"] for step in summary["steps"])
