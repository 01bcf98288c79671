"""How long loading takes, against reading the same bytes with PyYAML's own C loader in the same run.

Ratios of this process's own time: other work on the machine is not the catalogue's.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

import resources
from app.catalog.files import read_files
from app.catalog.load import load_catalog
from app.catalog.synthetic import write_synthetic


def least(work: Callable[[], object], times: int = 4) -> float:
    """Seconds of processor time of the fastest of several runs."""
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def plainly(folder: Path) -> Callable[[], object]:
    texts = [(folder / name).read_text(encoding="utf-8") for name in read_files(folder)[0]]
    return lambda: [yaml.load(text, yaml.CSafeLoader) for text in texts]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    write_synthetic(folder, situations=2000)
    return folder


def test_the_shipped_catalogue_loads_no_slower_than_its_yaml(record_property: Callable[[str, object], None]) -> None:
    folder = resources.path("catalog")
    ours, peer = least(lambda: load_catalog(folder)), least(plainly(folder))
    record_property("ratio", ours / peer)
    assert ours < 1.5 * peer


def test_a_town_loads_no_slower_than_its_yaml(town: Path) -> None:
    assert least(lambda: load_catalog(town), 3) < 1.5 * least(plainly(town), 3)


def test_a_kept_copy_halves_the_time(town: Path, tmp_path: Path) -> None:
    load_catalog(town, tmp_path)
    assert least(lambda: load_catalog(town, tmp_path)) < 0.7 * least(lambda: load_catalog(town), 2)


def test_time_grows_with_the_size_and_no_faster(town: Path, tmp_path: Path) -> None:
    write_synthetic(tmp_path / "village", situations=500)
    load_catalog(tmp_path / "village")
    assert least(lambda: load_catalog(town), 2) < 4 * 1.6 * least(lambda: load_catalog(tmp_path / "village"))
