"""One writer a profile: a second program is refused, twenty times, and the harness notices when it is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRIES = 20

SECOND = """
import sys
from pathlib import Path
from app.domain.errors import Refused
from offline_db import profile as module
if sys.argv[2] == "no lock":
    class NoLock:
        held = True
        def __init__(self, path): pass
        def release(self): pass
    module.FileLock = NoLock
for line in sys.stdin:
    try:
        module.Profile(Path(sys.argv[1]), "work").close()
        print("in", flush=True)
    except Refused as error:
        print("refused", error.title, flush=True)
"""


def tried(folder: Path, mode: str) -> list[str]:
    """What a second program is told while the first has the profile."""
    from offline_db.profile import Profile

    answers = []
    with subprocess.Popen(
        [sys.executable, "-c", SECOND, str(folder), mode],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as other:
        assert other.stdin
        assert other.stdout
        for _ in range(TRIES):
            with Profile(folder, "work"):
                other.stdin.write("try\n")
                answers.append(other.stdout.readline().strip())
        other.stdin.write("try\n")
        answers.append(other.stdout.readline().strip())
        other.stdin.close()
    return answers


def test_a_second_program_is_refused_every_time_and_may_come_after(tmp_path: Path) -> None:
    assert tried(tmp_path / "p", "honest") == ["refused 程序已经打开"] * TRIES + ["in"]


def test_the_harness_catches_a_missing_lock(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        assert tried(tmp_path / "p", "no lock") == ["refused 程序已经打开"] * TRIES + ["in"]
