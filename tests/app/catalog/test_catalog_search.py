"""What people type finds what they mean."""

from __future__ import annotations

import pytest

import resources
from app.catalog.load import load_catalog
from app.catalog.search import SearchIndex, search
from app.domain.item import Catalog

BARBER = "open-a-barber-shop"
SIGNBOARD = "11330500MB1Y05824Y333101700800001"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(resources.path("catalog"))


@pytest.fixture(scope="module")
def index(catalog: Catalog) -> SearchIndex:
    return SearchIndex(catalog)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("我要开理发店", BARBER),
        ("开理发店", BARBER),
        ("我想开个理发店要办什么手续", BARBER),
        ("剪头发", BARBER),
        ("想开理发的店面", BARBER),
        ("lfd", BARBER),
        ("LFD", BARBER),
        ("ｌｆｄ", BARBER),
        ("kailifadian", BARBER),
        ("barber", BARBER),
        ("open-a-barber-shop", BARBER),
        ("招牌", SIGNBOARD),
        ("门头", SIGNBOARD),
        (SIGNBOARD, SIGNBOARD),
        ("signboard", SIGNBOARD),
        ("换驾照", "11330500002601176Q300010901500001"),
        ("hjz", "11330500002601176Q300010901500001"),
        ("孩子上户口", "have-a-baby"),
        ("居住证", "settle-in-town"),
        ("营业 执照", "11330500MB1Y023162300013100400001"),
    ],
)
def test_the_first_hit_is_what_was_meant(index: SearchIndex, words: str, first: str) -> None:
    hits = index.find(words)
    assert hits, words
    assert hits[0].code == first, [(h.name, h.score) for h in hits]


def test_nothing_is_found_for_nothing_and_for_the_unknown(index: SearchIndex) -> None:
    assert index.find("") == []
    assert index.find("  ") == []
    assert index.find("火星移民") == []
    assert index.find("理发店 火星") == []
    assert index.find("zzzz") == []


def test_a_bundle_stands_before_its_items_and_names_all_departments(index: SearchIndex) -> None:
    hits = index.find("新生儿")
    kinds = [hit.kind for hit in hits]
    assert kinds[0] == "bundle"
    assert "item" in kinds
    own = next(hit for hit in hits if hit.code == "have-a-baby")
    assert own.department == "湖州市卫生健康委员会、湖州市公安局、湖州市医疗保障局"


def test_departments_are_found_but_count_little(index: SearchIndex) -> None:
    hits = index.find("公安局", limit=500)
    assert hits
    assert all("公安局" in h.department for h in hits if h.kind == "item")
    assert max(h.score for h in hits) < 50


def test_scores_fall_and_the_limit_holds(index: SearchIndex) -> None:
    hits = index.find("登记")
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len(index.find("登记", limit=2)) == 2


def test_one_shot_search_finds_the_same(catalog: Catalog, index: SearchIndex) -> None:
    assert search(catalog, "理发") == index.find("理发")
