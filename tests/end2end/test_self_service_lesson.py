"""A citizen prepares everything alone, the clerk accepts it: one signature, the applicant's own words, sent."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtWidgets import QApplication
from stage import played

from app.demo.scenario import load_scenario


def test_prepared_alone_accepted_by_the_clerk(tmp_path: Path, seed: Callable[[Path], Path], qapp: QApplication) -> None:
    out = tmp_path / "out"
    profile = seed(out / "profile")
    summary = played(load_scenario("self-service"), profile, out)
    assert summary["ok"], [step for step in summary["steps"] if not step["ok"]]
    sources = {entry["field"]: entry["source_label"] for entry in summary["filled"]}
    assert sources["applicant.phone"] == "本人自助填报"
    assert "窗口录入" not in sources.values(), "the clerk typed nothing"
    assert summary["fields"]["typed"] == 0
    with sqlite3.connect(f"file:{out}/profile/gateway.db?mode=ro", uri=True) as database:
        cases = [json.loads(row[0]) for row in database.execute("select document from cases")]
    signed = [m for case in cases for m in case["materials"] if m["id"] == "applicant_signature"]
    assert len(signed) == len(cases) == 3
