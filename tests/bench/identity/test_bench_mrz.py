"""Machine-readable zones on generated pictures of a seed never used before, with PassportEye in the same run.

MRZ_TOOLS=DIR          folder of gen.py, which makes the pictures (recognition.md); without it the bench is skipped
MRZ_SEED=N             default: one of its own a day, so that no seed is tuned to
MRZ_COUNT=N            pictures a level, default 350 (1,050 in all)
MRZ_PICTURES=DIR       pictures made before (gt.json beside them), instead of the three above
MRZ_PEER_PYTHON=FILE   a Python with PassportEye and Tesseract; without it that part is skipped
MRZ_PEER_COUNT=N       pictures a level for the peer, default 10
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from app.identity.mrz.live import ZoneWatch
from app.identity.mrz.net import line_net
from app.identity.mrz.read import Verdict, ZoneReader

LEVELS = ("easy", "medium", "hard")
WANTED = {"easy": 0.995, "medium": 0.99, "hard": 0.95}
TODAY = dt.date(2026, 11, 22)
Gray = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Set:
    """folder: pictures. truth: what gen.py says of each."""

    folder: Path
    truth: list[dict[str, Any]]

    def level(self, name: str) -> Iterator[tuple[Path, tuple[str, ...]]]:
        for entry in self.truth:
            if entry["level"] == name:
                yield self.folder / entry["file"], tuple(entry["lines"])


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Set:
    folder = Path(os.environ.get("MRZ_PICTURES", ""))
    if not os.environ.get("MRZ_PICTURES"):
        tools = os.environ.get("MRZ_TOOLS")
        if not tools:
            pytest.skip("MRZ_TOOLS names no folder with gen.py")
        folder = tmp_path_factory.mktemp("mrz")
        seed = os.environ.get("MRZ_SEED", str(time.time_ns() // 86_400_000_000_000))
        command = [sys.executable, str(Path(tools) / "gen.py"), str(folder), "--seed", seed]
        subprocess.run([*command, "--n", os.environ.get("MRZ_COUNT", "350")], check=True)
        print(f"\nseed {seed}")
    return Set(folder, json.loads((folder / "gt.json").read_text(encoding="utf-8")))


def _gray(path: Path) -> Gray:
    return np.asarray(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), np.uint8)


@pytest.mark.timeout(7200)
def test_whole_zones_read_right_and_none_accepted_wrong(pictures: Set) -> None:
    cv2.setNumThreads(1)
    reader = ZoneReader(line_net())
    counts: Counter[tuple[str, str]] = Counter()
    cold: list[float] = []
    tracked: list[float] = []
    for level in LEVELS:
        for path, lines in pictures.level(level):
            gray = _gray(path)
            began = time.process_time()
            zone = reader.read(gray, TODAY)
            cold.append(time.process_time() - began)
            right = zone is not None and zone.mrz.lines == lines
            counts[level, "all"] += 1
            counts[level, "right"] += right
            if zone is None:
                counts[level, "none"] += 1
                continue
            accepted = zone.verdict is Verdict.ACCEPTED
            counts[level, "accepted"] += accepted
            counts[level, "wrong"] += accepted and not right
            if not right and not accepted:
                wrong = {
                    (k, at)
                    for k, (said, true) in enumerate(zip(zone.mrz.lines, lines, strict=False))
                    for at in range(min(len(said), len(true)))
                    if said[at] != true[at]
                }
                counts[level, "unmarked"] += not wrong <= set(zone.doubtful)
            if counts[level, "all"] % 5 == 0:
                began = time.process_time()
                reader.read(gray, TODAY, zone.place)
                tracked.append(time.process_time() - began)
    for level in LEVELS:
        row = {what: counts[level, what] for what in ("all", "right", "accepted", "wrong", "none", "unmarked")}
        print(f"\n{level}: {row}", end="")
    print(f"\nCPU ms a frame: cold {_spread(cold)}, tracking {_spread(tracked)}")
    total = sum(counts[level, "all"] for level in LEVELS)
    assert sum(counts[level, "wrong"] for level in LEVELS) <= 0.001 * total
    for level in LEVELS:
        assert counts[level, "right"] >= WANTED[level] * counts[level, "all"], level


def _spread(seconds: list[float]) -> str:
    return f"median {np.median(seconds) * 1000:.0f}, p95 {np.percentile(seconds, 95) * 1000:.0f}"


@pytest.mark.timeout(7200)
def test_three_frames_of_hard_documents_vote(pictures: Set) -> None:
    """The same picture with new noise and a small move stands for the next frame: what blur took stays lost."""
    rng = np.random.default_rng(5)
    reader = ZoneReader(line_net())
    right = wrong = every = 0
    for path, lines in list(pictures.level("hard"))[:100]:
        gray = _gray(path)
        watch = ZoneWatch(reader, lambda: TODAY)
        agreed = None
        for _ in range(3):
            move = np.array([[1, 0, rng.uniform(-3, 3)], [0, 1, rng.uniform(-3, 3)]], np.float32)
            moved = cv2.warpAffine(gray, move, gray.shape[::-1], borderMode=cv2.BORDER_REPLICATE)
            noisy = np.clip(moved + rng.normal(0, 4, moved.shape), 0, 255).astype(np.uint8)
            agreed = watch.look(noisy).agreed or agreed
        every += 1
        right += agreed is not None and agreed.lines == lines
        wrong += agreed is not None and agreed.lines != lines
    print(f"\nthree frames, hard: {right} of {every} agreed and right, {wrong} wrong")
    assert wrong == 0
    assert right >= 0.9 * every


@pytest.mark.timeout(7200)
def test_less_work_than_passporteye(pictures: Set) -> None:
    peer = os.environ.get("MRZ_PEER_PYTHON")
    if not peer:
        pytest.skip("MRZ_PEER_PYTHON names no Python with PassportEye")
    count = int(os.environ.get("MRZ_PEER_COUNT", "10"))
    chosen = [pair for level in LEVELS for pair in list(pictures.level(level))[:count]]
    script = Path(__file__).with_name("mrz_peer.py")
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    said = subprocess.run(
        [peer, str(script), *(str(path) for path, _ in chosen)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    ).stdout
    theirs = [json.loads(line) for line in said.splitlines()]
    reader = ZoneReader(line_net())
    cold, tracked = [], []
    mine = 0
    for path, lines in chosen:
        gray = _gray(path)
        began = time.process_time()
        zone = reader.read(gray, TODAY)
        cold.append(time.process_time() - began)
        mine += zone is not None and zone.mrz.lines == lines
        if zone is not None:
            began = time.process_time()
            reader.read(gray, TODAY, zone.place)
            tracked.append(time.process_time() - began)
    peer_cpu = float(np.median([row["cpu"] for row in theirs]))
    peer_right = sum(tuple(row["lines"]) == lines for row, (_, lines) in zip(theirs, chosen, strict=True))
    print(
        f"\n{len(chosen)} pictures: ours {mine} right, PassportEye {peer_right}; CPU ms median: PassportEye "
        f"{peer_cpu * 1000:.0f}, ours cold {np.median(cold) * 1000:.0f}, tracking {np.median(tracked) * 1000:.0f}"
    )
    assert np.median(cold) <= 0.5 * peer_cpu
    assert np.median(tracked) <= 0.15 * peer_cpu
