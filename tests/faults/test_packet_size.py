"""A large packet for a stick: bounded memory, whatever its size; a medium that fills up leaves nothing by half.

Measured as resident memory of a process of its own. FAULTS=nightly carries 400 MB of scans, 20 MB a page.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NIGHTLY = os.environ.get("FAULTS") == "nightly"
PAGES, SIZE = (20, 20_000_000) if NIGHTLY else (10, 4_000_000)
BOUND = 150_000_000 if NIGHTLY else 30_000_000
"""Bytes: a page is in memory as a whole, read, opened and framed; the packet is not."""


def carried(folder: Path, mode: str) -> dict[str, dict[str, Any]]:
    command = [sys.executable, "-m", "tests.faults.packet_worker", str(folder), str(PAGES), str(SIZE), mode]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests" / "kits"))),
        # glibc would keep what was given back, and the measure would be the allocator's.
        "MALLOC_MMAP_THRESHOLD_": "131072",
        "MALLOC_TRIM_THRESHOLD_": "131072",
    }
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {said["what"]: said for said in map(json.loads, done.stdout.splitlines())}


@pytest.mark.timeout(1800 if NIGHTLY else 300)
def test_a_large_packet_streams_and_a_full_disk_leaves_nothing_by_half(tmp_path: Path) -> None:
    said = carried(tmp_path, "whole")
    print({what: {k: v for k, v in facts.items() if k != "what"} for what, facts in said.items()})
    assert said["stick full"] == {"what": "stick full", "title": "文件太大，目标盘放不下", "left": []}
    assert said["exported"]["bytes"] > PAGES * SIZE
    assert said["exported"]["memory"] < BOUND
    assert said["exported"]["told"] == 2 * PAGES
    assert said["exported"]["rising"]
    # Only the packet itself is there: no answer that would settle what the gateway could not keep.
    assert said["gateway full"] == {"what": "gateway full", "title": "数据包没有读完", "left": ["a.ycpacket"]}
    assert said["taken in"]["memory"] < BOUND
    counted = {name: said["taken in"][name] for name in ("arrived", "refused", "waiting")}
    assert counted == {"arrived": 2 * PAGES, "refused": 0, "waiting": 0}


@pytest.mark.timeout(1800 if NIGHTLY else 300)
def test_the_measure_sees_a_packet_that_is_held_in_memory(tmp_path: Path) -> None:
    assert carried(tmp_path, "hoards")["exported"]["memory"] > BOUND
