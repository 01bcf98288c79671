"""A full or broken disk: the accept is there, or it is visibly refused and nothing of it is there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from disk_calls import build

from app.domain.clock import SystemClock
from app.domain.errors import EnvironmentProblem
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store
from tests.offline_db.made_up_cases import made_case, made_event, made_operation

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.timeout(900)
POINTS = 100 if os.environ.get("FAULTS") == "nightly" else 13
"""For each of the eight kinds of writing."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("disk-calls"))


def run(library: Path, mode: str, folder: Path, points: int) -> dict[str, Any]:
    """Let the disk fail at so many calls of each kind of writing."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.disk_worker", mode, str(folder), str(points)],
        cwd=ROOT,
        env=os.environ
        | {"LD_PRELOAD": str(library), "POWER_ROOT": str(folder), "PYTHONPATH": str(ROOT / "tests" / "kits")},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    print({name: f"{result['refused'].get(name, 0)} of {tried} refused" for name, tried in result["tried"].items()})
    return result


def test_every_refused_write_is_visible_and_leaves_nothing(library: Path, tmp_path: Path) -> None:
    result = run(library, "honest", tmp_path, POINTS)
    assert result["wrong"] == []
    assert sum(result["tried"].values()) >= 100
    # A backup and a migration have fewer calls than a night has points.
    assert all(result["refused"][name] > min(POINTS, 60) // 3 for name in result["tried"])


def test_the_harness_catches_a_swallowed_error(library: Path, tmp_path: Path) -> None:
    wrong = run(library, "swallow", tmp_path, 4)["wrong"]
    for name in ("accept", "seal", "draft", "feed", "sync_marks", "migrate"):
        assert any(each.startswith(name) and "promised and not stored" in each for each in wrong), name


def test_a_full_database_is_said_in_words_and_work_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with Profile(tmp_path / "p", "demo") as profile:
        store = Store.open(profile, DemoKeys(profile.folder), SystemClock())
        with store._db.read() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            assert isinstance(pages, int)
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 8}")
        accepted = []

        def fill_up() -> None:
            while len(accepted) < 1000:
                case = made_case()
                store.accept([case], [made_operation(case)], [made_event()])
                accepted.append(case)

        with pytest.raises(EnvironmentProblem) as caught:
            fill_up()
        assert caught.value.title == "磁盘已满"
        assert "没有保存" in caught.value.what
        assert len(store.cases()) == len(store.outbox()) == len(store.verify_audit()) == len(accepted) > 0
        with store._db.read() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=100000")
        case = made_case()
        store.accept([case], [made_operation(case)], [made_event()])
        assert store.cases() == [case, *reversed(accepted)]
        store.close()


def test_a_database_that_cannot_be_read_is_said_in_words(tmp_path: Path) -> None:
    with Profile(tmp_path / "p", "demo") as profile:
        Store.open(profile, DemoKeys(profile.folder), SystemClock()).close()
        profile.database.unlink()
        profile.database.mkdir()
        with pytest.raises(EnvironmentProblem) as caught:
            Store.open(profile, DemoKeys(profile.folder), SystemClock())
        assert caught.value.todo
