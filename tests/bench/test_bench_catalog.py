"""How long loading takes, against reading the same bytes with PyYAML's own C loader in the same run.

Ratios of this process's own time: other work on the machine is not the catalogue's.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

import resources
from app.catalog.files import read_files
from app.catalog.load import load_catalog
from app.catalog.synthetic import write_synthetic


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one run; the collector rests, as in timeit: the process holds more than the catalogue."""
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        gc.enable()


def ratio(work: Callable[[], object], peer: Callable[[], object], times: int = 4) -> float:
    """The fastest run against the peer's fastest; they take turns, so that a busy machine slows both."""
    runs = [(seconds(work), seconds(peer)) for _ in range(times)]
    return min(ours for ours, _ in runs) / min(other for _, other in runs)


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
    found = ratio(lambda: load_catalog(folder), plainly(folder))
    record_property("ratio", found)
    assert found < 1.5


def test_a_town_loads_no_slower_than_its_yaml(town: Path) -> None:
    assert ratio(lambda: load_catalog(town), plainly(town)) < 1.5


def test_a_kept_copy_halves_the_time(town: Path, tmp_path: Path) -> None:
    load_catalog(town, tmp_path)
    assert ratio(lambda: load_catalog(town, tmp_path), lambda: load_catalog(town)) < 0.7


def test_time_grows_with_the_size_and_no_faster(town: Path, tmp_path: Path) -> None:
    write_synthetic(tmp_path / "village", situations=500)
    assert ratio(lambda: load_catalog(town), lambda: load_catalog(tmp_path / "village")) < 4 * 1.6
