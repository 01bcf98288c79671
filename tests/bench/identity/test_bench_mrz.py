"""Machine-readable zones on generated pictures of a seed never used before, with PassportEye in the same run.

MRZ_TOOLS=DIR          folder of gen.py, which makes the pictures (recognition.md); without it the bench is skipped
MRZ_SEED=N             default: one of its own a day, so that no seed is tuned to
MRZ_COUNT=N            pictures a level, default 350 (1,050 in all)
MRZ_PICTURES=DIR       pictures made before (gt.json beside them), instead of making them
MRZ_FRAMES=N           hard documents of which three frames vote, default 100
MRZ_LOG=FILE           a JSON line a picture as soon as it is read
MRZ_PEER_PYTHON=FILE   a Python with PassportEye and Tesseract; without it that part is skipped
MRZ_PEER_COUNT=N       pictures a level for the peer, default 10
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from app.identity.mrz.live import ZoneWatch
from app.identity.mrz.net import line_net
from app.identity.mrz.read import ReadZone, Verdict, ZoneReader

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
        seed = _seed()
        command = [sys.executable, str(Path(tools) / "gen.py"), str(folder), "--seed", seed]
        subprocess.run([*command, "--n", os.environ.get("MRZ_COUNT", "350")], check=True)
        print(f"\nseed {seed}")
    return Set(folder, json.loads((folder / "gt.json").read_text(encoding="utf-8")))


def _seed() -> str:
    return os.environ.get("MRZ_SEED", str(time.time_ns() // 86_400_000_000_000))


def _gray(path: Path) -> Gray:
    return np.asarray(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), np.uint8)


@pytest.mark.timeout(7200)
def test_whole_zones_read_right_and_none_accepted_wrong(pictures: Set) -> None:
    cv2.setNumThreads(1)
    reader = ZoneReader(line_net())
    counts: Counter[tuple[str, str]] = Counter()
    cold: list[float] = []
    tracked: list[float] = []
    for entry in pictures.truth:
        level, lines = entry["level"], tuple(entry["lines"])
        gray = _gray(pictures.folder / entry["file"])
        began = time.process_time()
        zone = reader.read(gray, TODAY)
        cold.append(time.process_time() - began)
        said = _said(zone, lines)
        counts[level, "all"] += 1
        for what in said:
            counts[level, what] += 1
        if zone is not None and counts[level, "all"] % 5 == 0:
            began = time.process_time()
            reader.read(gray, TODAY, zone.place)
            tracked.append(time.process_time() - began)
        _noted({"file": entry["file"], "said": said, "cpu": cold[-1]})
    for level in LEVELS:
        row = {what: counts[level, what] for what in ("all", "right", "accepted", "wrong", "none", "unmarked")}
        print(f"\n{level}: {row}", end="")
    print(f"\nCPU ms a frame: cold {_spread(cold)}, tracking {_spread(tracked)}")
    total = sum(counts[level, "all"] for level in LEVELS)
    assert sum(counts[level, "wrong"] for level in LEVELS) <= 0.001 * total
    assert sum(counts[level, "unmarked"] for level in LEVELS) == 0
    for level in LEVELS:
        assert counts[level, "right"] >= WANTED[level] * counts[level, "all"], level


def _said(zone: ReadZone | None, lines: tuple[str, ...]) -> list[str]:
    """What is counted of one picture. unmarked: a wrong character of a reading for review is not among the doubtful."""
    if zone is None:
        return ["none"]
    right, accepted = zone.mrz.lines == lines, zone.verdict is Verdict.ACCEPTED
    wrong = {
        (k, at)
        for k, (said, true) in enumerate(zip(zone.mrz.lines, lines, strict=False))
        for at in range(min(len(said), len(true)))
        if said[at] != true[at]
    }
    what = {"right": right, "accepted": accepted, "wrong": accepted and not right}
    what["unmarked"] = not accepted and not wrong <= set(zone.doubtful)
    return [name for name, so in what.items() if so]


def _noted(row: dict[str, Any]) -> None:
    """A long run may be cut off: each picture is written down at once."""
    if os.environ.get("MRZ_LOG"):
        with Path(os.environ["MRZ_LOG"]).open("a", encoding="utf-8") as log:
            log.write(json.dumps(row) + "\n")


def _spread(seconds: list[float]) -> str:
    return f"median {np.median(seconds) * 1000:.0f}, p95 {np.percentile(seconds, 95) * 1000:.0f}"


@pytest.mark.timeout(7200)
def test_three_frames_of_hard_documents_agree() -> None:
    """Three exposures of one hard document: its place, light, blur and noise drawn anew for each."""
    tools = os.environ.get("MRZ_TOOLS")
    if not tools:
        pytest.skip("MRZ_TOOLS names no folder with gen.py")
    sys.path.insert(0, tools)
    generator = importlib.import_module("gen")
    reader = ZoneReader(line_net())
    seed, many = _seed(), int(os.environ.get("MRZ_FRAMES", "100"))
    rng = random.Random(seed)
    kinds = [rng.choice(generator.TYPES) for _ in range(many)]
    codes = rng.sample(generator.ALL * (many // len(generator.ALL) + 1), many)
    votes: Counter[str] = Counter()
    for number, (kind, code) in enumerate(zip(kinds, codes, strict=True)):
        made = random.Random(f"{seed}/frames/{number}")
        about = generator.make_doc(made, kind, code)
        flat = generator.render_doc(made, about, "hard", list(generator.FONTS))
        frames = [_exposed(generator, f"{seed}/frames/{number}/{k}", flat, about) for k in range(3)]
        vote = _vote(reader, frames, tuple(about["lines"]))
        votes[vote] += 1
        _noted({"frames": number, "vote": vote})
    print(f"\nthree frames of a hard document, seed {seed}: {dict(votes)} of {many}")
    assert votes["wrong"] == 0
    assert votes["right"] >= 0.98 * many


def _exposed(generator: Any, seed: str, flat: tuple[Any, ...], about: dict[str, Any]) -> Gray:
    page, mask, corners = flat
    colours, quality = generator.degrade(random.Random(seed), page.copy(), mask, corners, dict(about), "hard")
    _, data = cv2.imencode(".jpg", cv2.cvtColor(colours, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def _vote(reader: ZoneReader, frames: Iterable[Gray], lines: tuple[str, ...]) -> str:
    watch = ZoneWatch(reader, lambda: TODAY)
    agreed = None
    for gray in frames:
        agreed = watch.look(gray).agreed or agreed
    return "none" if agreed is None else "right" if agreed.lines == lines else "wrong"


@pytest.mark.timeout(7200)
def test_one_hard_picture_three_times_agrees_on_nothing_wrong(pictures: Set) -> None:
    """New noise and a small move only: what glare and blur took stays lost, so that errors repeat."""
    rng = np.random.default_rng(5)
    reader = ZoneReader(line_net())
    votes: Counter[str] = Counter()
    for path, lines in list(pictures.level("hard"))[: int(os.environ.get("MRZ_FRAMES", "100"))]:
        gray = _gray(path)
        frames = []
        for _ in range(3):
            move = np.array([[1, 0, rng.uniform(-3, 3)], [0, 1, rng.uniform(-3, 3)]], np.float32)
            moved = cv2.warpAffine(gray, move, gray.shape[::-1], borderMode=cv2.BORDER_REPLICATE)
            frames.append(np.clip(moved + rng.normal(0, 4, moved.shape), 0, 255).astype(np.uint8))
        vote = _vote(reader, frames, lines)
        votes[vote] += 1
        _noted({"thrice": path.name, "vote": vote})
    print(f"\none hard picture three times: {dict(votes)}")
    assert votes["wrong"] == 0


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
