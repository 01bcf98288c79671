"""The citizen's screen in the main job: signs on the second window, rates after the next visitor was called."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtWidgets import QApplication
from running import lines, yichuang
from stage import played

from app.demo.scenario import load_scenario


def test_signed_printed_sent_and_rated(tmp_path: Path, seed: Callable[[Path], Path], qapp: QApplication) -> None:
    out = tmp_path / "out"
    profile = seed(out / "profile")
    summary = played(load_scenario("citizen-signs-and-rates"), profile, out)
    assert summary["ok"]
    assert summary["outbox"] == {"waiting": 0, "parked": 0}
    (notice,) = (out / "documents").glob("*.pdf")
    checked = yichuang("--profile", out / "profile", "document", "verify", notice)
    assert checked.returncode == 0, checked.stderr
    assert lines(checked)[0]["unaltered"]
    with sqlite3.connect(f"file:{out}/profile/gateway.db?mode=ro", uri=True) as database:
        ratings = database.execute("select satisfaction, document from ratings").fetchall()
        cases = [json.loads(row[0]) for row in database.execute("select document from cases")]
        (unsealed,) = database.execute("select count(*) from pages where sealed_at is null").fetchone()
    assert [grade for grade, _ in ratings] == [4] * len(cases) == [4, 4, 4]
    assert {json.loads(text)["handleUserName"] for _, text in ratings} == {"演示员"}
    assert unsealed == 0
    signed = [m for case in cases for m in case["materials"] if m["id"] == "applicant_signature"]
    assert len(signed) == len(cases)
    assert len({page["sha256"] for m in signed for page in m["pages"]}) == 1, "one signature for one visit"
