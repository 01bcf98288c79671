"""A sync round in which nothing happens writes nothing: each commit is a sync of a disk that serves for years."""

from __future__ import annotations

import traceback
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.bootstrap_demo import open_demo
from app.demo.scenario import load_scenario
from offline_db.engine import Database

WHOLE = Database.write


@pytest.fixture
def writers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Who began a write transaction of a window's store: file and function, one a transaction."""
    found: list[str] = []

    def write(database: Database) -> AbstractContextManager[sa.Connection]:
        asked, caller = traceback.extract_stack(limit=3)[:2]
        found.append(f"{Path(asked.filename).name} {asked.name} → {caller.name}")
        return WHOLE(database)

    monkeypatch.setattr(Database, "write", write)
    return found


def test_a_round_in_which_nothing_happens_writes_nothing(tmp_path: Path, writers: list[str]) -> None:
    lesson = load_scenario("open-a-barber-shop")
    with open_demo(tmp_path / "profile", lesson, fresh=True, out=tmp_path / "out") as station:
        station.sync.run_once()
        station.sync.run_once()
        assert writers, "the first round brings the feeds, the keys and the lists"
        writers.clear()
        for _ in range(3):
            report = station.sync.run_once()
            assert report.online
        assert writers == []
