"""Wrong PINs are counted beside the key file, and a restart does not forgive them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.domain.clerk import FREE_TRIES, Tries
from app.domain.clock import FixedClock
from app.domain.errors import EnvironmentProblem
from offline_db import tries as module
from offline_db.tries import FILE, TriesFile


def test_counts_survive_a_restart_and_are_kept_apart(tmp_path: Path, clock: FixedClock) -> None:
    file = TriesFile(tmp_path, clock)
    file.keep("0231", Tries().missed(clock.now()).missed(clock.now()))
    again = TriesFile(tmp_path, clock)
    assert again.of("0231") == Tries(2, clock.now())
    assert again.of("0232") == Tries()
    again.keep("0231", Tries())
    assert TriesFile(tmp_path, clock).of("0231") == Tries()
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"0231": 3}', '{"0231": {"failures": 1, "tried_at": "now"}}'])
def test_a_damaged_file_counts_as_wrong_tries_made_now(tmp_path: Path, clock: FixedClock, text: str) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")
    file = TriesFile(tmp_path, clock)
    assert file.of("0231") == Tries(FREE_TRIES, clock.now())
    assert file.of("0231").wait(clock.now()) > dt.timedelta()
    file.keep("0231", Tries())
    assert file.of("0231") == Tries()


def test_a_full_disk_is_said(tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_whole", full)
    with pytest.raises(EnvironmentProblem, match="磁盘已满"):
        TriesFile(tmp_path, clock).keep("0231", Tries(1, clock.now()))
