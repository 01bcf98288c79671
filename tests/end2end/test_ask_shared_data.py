"""A booked visitor whose papers are not asked for: the departments are, by grant, and every call leaves its trace."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import lines, play, yichuang

NUMBER = "330503195809230421"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shared") / "out"


@pytest.fixture(scope="module")
def summary(out: Path, seed: Callable[[Path], Path]) -> dict[str, Any]:
    seed(out / "profile")
    return play("ask-shared-data", out)


def rows(out: Path, query: str) -> list[dict[str, Any]]:
    with sqlite3.connect(f"file:{out}/profile/gateway.db?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(query)]


def test_nothing_is_typed_and_every_value_says_where_it_comes_from(summary: dict[str, Any]) -> None:
    assert summary["fields"]["typed"] == 0
    sources = {row["field"]: (row["source"], row["verdict"]) for row in summary["filled"]}
    assert sources["applicant.name"] == ("card", "CHIP_READ")
    assert sources["applicant.phone"] == ("booking", "STATED")
    assert sources["disability.disability_grade"] == ("query", "VERIFIED_ONLINE")
    # Booked with another account: the clerk settled it, nothing was overwritten.
    assert sources["account.bank_account"] == ("query", "VERIFIED_ONLINE")


def test_both_cases_reach_the_platform_with_three_papers_spared(summary: dict[str, Any], out: Path) -> None:
    assert [case["state"] for case in summary["cases"]] == ["acked", "acked"]
    calls = {row["reference"] for row in rows(out, "select reference from query_log where outcome = 'found'")}
    for row in rows(out, "select document from cases"):
        waived = [m for m in json.loads(row["document"])["materials"] if m["status"] == "waived"]
        by_query = [m for m in waived if "数据共享" in m["reason"]]
        assert len(by_query) >= 2
        assert all(any(call in m["reason"] for call in calls) for m in by_query)


def test_each_call_is_in_the_gateways_log_and_in_the_windows_trail(summary: dict[str, Any], out: Path) -> None:
    logged = rows(out, "select * from query_log")
    assert {row["source"] for row in logged} == {"disability", "low_income", "social_card"}
    assert all(row["outcome"] == "found" and row["scenario"] == "civil-welfare" for row in logged)
    assert all(row["purpose"] == "verify_material" and row["clerk"] == "演示员" for row in logged)
    trail = [json.loads(row["entry"]) for row in rows(out, "select entry from audit")]
    asked = [entry for entry in trail if entry["action"] == "data.queried"]
    assert {json.loads(entry["details"])["reference"] for entry in asked} == {row["reference"] for row in logged}
    assert any(entry["action"] == "booking.taken" for entry in trail)
    assert NUMBER not in json.dumps([logged, trail], ensure_ascii=False)
    checked = yichuang("--profile", out / "profile", "audit", "verify")
    assert checked.returncode == 0, checked.stderr
    assert all(entry["ok"] for entry in lines(checked))


def test_the_english_window_plays_it_too(out: Path, seed: Callable[[Path], Path], tmp_path: Path) -> None:
    seed(tmp_path / "out" / "profile")
    done = yichuang(
        "demo", "--headless", "--scenario", "ask-shared-data", "--out", tmp_path / "out", "--language", "en"
    )
    assert done.returncode == 0, done.stderr
