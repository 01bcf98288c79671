"""The search over a city of 20,000 situations, keystroke by keystroke, against a library that does less.

The peer is rapidfuzz (C++): `process.extract` with `partial_ratio` over the folded names of the same situations, for
the same keystrokes. It knows no pinyin, no everyday words, no groups. Run with -s to see the figures.
"""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc

import pytest
from rapidfuzz import fuzz, process

from app.catalog.search import SearchIndex
from app.catalog.synthetic import synthetic_catalog
from app.domain.item import Catalog
from app.forms.spelling import fold

TYPED = (
    "开理发店", "食品经营许可证", "药品零售变更", "危险化学品经营", "护士执业证延续", "公安局", "身份证 补办",
    "我想开个理发店要办什么", "klfd", "lifadian", "lifadain", "spjy", "shipinjingying", "zhuxiaodengji", "hushizhiye",
    "理法店", "危险化学平经营", "药品零受变更", "食品yjing", "11339900MB1Y01000A3", "01044", "火星移民",
)  # fmt: skip
"""What clerks type: whole words, sentences, pinyin, initials, mistakes, codes, and what there is not."""

KEYSTROKES = [words[:end] for words in TYPED for end in range(1, len(words) + 1)]


def percentile_95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


@pytest.fixture(scope="module")
def city() -> Catalog:
    return synthetic_catalog(20_000)


@pytest.fixture(scope="module")
def index(city: Catalog) -> SearchIndex:
    return SearchIndex(city)


def test_a_keystroke_takes_a_fraction_of_the_peers_time(city: Catalog, index: SearchIndex) -> None:
    names = [fold(item.name) for item in city.items.values()]
    assert len(names) == 20_000
    for words in KEYSTROKES[:20]:  # tables that are read on first use
        index.find(words)
    ours, peers = [], []
    gc.collect()
    # Side by side, so that whatever else the machine does burdens both.
    for words in KEYSTROKES:
        begun = time.perf_counter()
        index.find(words)
        between = time.perf_counter()
        process.extract(fold(words), names, scorer=fuzz.partial_ratio, limit=20)
        ours.append(between - begun)
        peers.append(time.perf_counter() - between)
    mine, peer = percentile_95(ours), percentile_95(peers)
    print(
        f"\nsearch p95 {mine * 1000:.1f} ms, median {statistics.median(ours) * 1000:.1f} ms; "
        f"rapidfuzz p95 {peer * 1000:.1f} ms; ratio {mine / peer:.2f} over {len(KEYSTROKES)} keystrokes"
    )
    assert mine / peer < 0.4


def test_the_index_is_built_in_the_time_of_a_few_peers_runs_and_fits_in_memory(city: Catalog) -> None:
    names = [fold(item.name) for item in city.items.values()]
    begun = time.perf_counter()
    SearchIndex(city)
    built = time.perf_counter() - begun
    begun = time.perf_counter()
    for words in KEYSTROKES[:40]:
        process.extract(fold(words), names, scorer=fuzz.partial_ratio, limit=20)
    peer = time.perf_counter() - begun
    tracemalloc.start()
    try:
        kept = SearchIndex(city)
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept.find("理发店")
    print(f"\nindex built in {built:.2f} s ({built / peer:.1f} × forty keystrokes of the peer); {size / 1e6:.0f} MB")
    assert built / peer < 8
    assert size < 100e6
