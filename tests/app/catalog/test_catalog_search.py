"""What people type finds what they mean."""

from __future__ import annotations

import pytest
from desk_parts import shipped
from guide_cases import catalog as made
from guide_cases import situation
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.search import IndexAhead, SearchIndex, search
from app.domain.item import Catalog

BARBER = "open-a-barber-shop"
SIGNBOARD = "11330500MB1Y05824Y333101700800001"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return shipped()[0]


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
        ("营业 执照", "11330500MB1Y0231623000131004000"),
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
    assert hits[0].kind == "bundle"
    assert hits[0].department == "湖州市卫生健康委员会、湖州市公安局、湖州市医疗保障局"
    assert [(-h.score, h.kind) for h in hits] == sorted((-h.score, h.kind) for h in hits)
    assert "item" in {h.kind for h in hits}


def test_departments_are_found_but_count_little(index: SearchIndex) -> None:
    hits = index.find("公安局", limit=1000)
    assert {h.department for h in hits if h.kind == "item"} == {"湖州市公安局"}
    assert max(h.score for h in hits) < 50


def test_scores_fall_and_the_limit_holds(index: SearchIndex) -> None:
    hits = index.find("登记")
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert len(index.find("登记", limit=2)) == 2


def test_an_index_made_ahead_finds_the_same(catalog: Catalog, index: SearchIndex) -> None:
    ahead = IndexAhead(catalog)
    assert ahead.find("开理发店") == index.find("开理发店")
    assert ahead.ready
    assert index.ready


def test_one_index_serves_all_who_search_one_catalogue_and_no_other(catalog: Catalog) -> None:
    assert IndexAhead(catalog).find("开理发店")
    again = IndexAhead(catalog)
    again.begin()
    assert again.ready  # there already
    assert IndexAhead(made([])).find("开理发店") == []
    assert IndexAhead(catalog).find("开理发店")


def test_one_shot_search_finds_the_same(catalog: Catalog, index: SearchIndex) -> None:
    assert search(catalog, "理发") == index.find("理发")


CITY = made(
    [
        situation("1133050099-01", name="食品经营许可证核发（餐饮）", form=["meal"]),
        situation("1133050099-02", name="食品经营许可证核发（小卖部）", form=["shop"]),
        situation("1133050099-03", name="食品经营许可证注销"),
        situation("1133050077-01", name="机动车驾驶证换领"),
        situation("1133050088-01", name="往来港澳通行证"),
        situation("1133050066-01", name="护照"),
        situation("1133050055-01", name="沈㛃纪念馆参观预约"),
        situation("1133050044-01", name="银行开户证明"),
        situation("1133050033-01", name="房屋租赁备案"),
        situation("1133050022-01", name="流动人口居住登记"),
        situation("1133050011-01", name="餐饮证"),
    ],
    synonyms={"驾照": ("驾驶证",), "开饭店": ("食品经营",), "我想": (), "怎么办": ()},
)


@pytest.fixture(scope="module")
def city() -> SearchIndex:
    return SearchIndex(CITY)


@pytest.mark.parametrize(
    ("words", "first", "why"),
    [
        ("护照", "1133050066-01", ""),
        ("食品经营", "1133050099", ""),
        ("食品经营许可证注销", "1133050099-03", ""),  # the words name one situation
        ("小卖部", "1133050099-02", ""),
        ("spjyxkz", "1133050099", "拼音首字母"),
        ("shipinjingying", "1133050099", "拼音"),
        ("shi pin jing ying", "1133050099", "拼音"),
        ("sipinjinyin", "1133050099", "拼音"),  # sh/s, ing/in
        ("食品jy", "1133050099", "拼音"),
        ("fuzhao", "1133050066-01", "改正一处"),
        ("huzhoa", "1133050066-01", "改正一处"),
        ("hzhao", "1133050066-01", "拼音"),
        ("huuzhao", "1133050066-01", "改正一处"),
        ("实品经营", "1133050099", "同音字"),
        ("食品金营", "1133050099", "近音"),
        ("食品京营", "1133050099", "同音字"),
        ("食品营经", "1133050099", "改正一处"),
        ("食品的经营", "1133050099", "改正一处"),
        ("房租赁备案", "1133050033-01", "改正一处"),
        ("房屋租借备案", "1133050033-01", "改正一处"),
        ("huanjialing", None, ""),
        ("yinhang", "1133050044-01", "拼音"),  # 行 reads xing or hang
        ("驾照", "1133050077-01", "日常说法"),
        ("jiazhao", "1133050077-01", "日常说法"),
        ("我想换驾照怎么办", "1133050077-01", "日常说法"),
        ("补驾照", "1133050077-01", "日常说法"),
        ("开饭店", "1133050099", "日常说法"),
        ("㛃", "1133050055-01", ""),
        ("沈㛃", "1133050055-01", ""),
        ("1133050077-01", "1133050077-01", "编码"),
        ("1133050077", "1133050077-01", "编码"),
        ("7-01", "1133050077-01", "编码"),
        ("1133050099", "1133050099", "编码"),
        ("1133050099-02", "1133050099-02", "编码"),
        ("通行证 港澳", "1133050088-01", ""),
        ("登记我要办流动人口的居住", "1133050022-01", "意思相近"),
        ("烟证", None, ""),  # 烟 is read yin too, but nobody types 饮 by it
    ],
)
def test_ways_of_typing(city: SearchIndex, words: str, first: str | None, why: str) -> None:
    hits = city.find(words)
    if first is None:
        assert hits == []
        return
    assert hits, words
    assert (hits[0].code, hits[0].why) == (first, why), hits[:3]


def test_the_situations_of_a_main_item_are_one_hit(city: SearchIndex) -> None:
    hits = city.find("食品经营许可证")
    assert [hit.code for hit in hits] == ["1133050099"]
    assert hits[0].name == "主项1133050099"
    assert hits[0].situations == ("1133050099-01", "1133050099-02", "1133050099-03")
    assert city.find("护照")[0].situations == ()


@pytest.mark.parametrize(
    ("words", "matched", "spans"),
    [
        ("港澳", "往来港澳通行证", ((2, 4),)),
        ("gangao", "往来港澳通行证", ((2, 4),)),
        ("jzdj", "流动人口居住登记", ((4, 8),)),
        ("通行证 往来", "往来港澳通行证", ((0, 2), (4, 7))),
        ("tonxinzhen", "往来港澳通行证", ((4, 7),)),
        ("驾照", "驾照", ((0, 2),)),
        ("0077-01", "1133050077-01", ((6, 13),)),
        ("登记我要办流动人口的居住", "流动人口居住登记", ((0, 8),)),
    ],
)
def test_what_fitted_is_shown(city: SearchIndex, words: str, matched: str, spans: tuple[tuple[int, int], ...]) -> None:
    hit = city.find(words)[0]
    assert (hit.matched, hit.spans) == (matched, spans)


def test_a_right_word_is_not_buried_under_guesses(city: SearchIndex) -> None:
    assert {hit.why for hit in city.find("证")} == {""}
    assert [hit.code for hit in city.find("驾驶证换领")] == ["1133050077-01"]


def test_spans_that_meet_are_one(index: SearchIndex) -> None:
    assert index.find("li fa")[0].spans == ((0, 2),)


def test_an_empty_catalogue_and_a_very_long_question(city: SearchIndex) -> None:
    assert SearchIndex(made([])).find("护照") == []
    assert isinstance(city.find("护照" * 5000), list)
    assert isinstance(city.find("zhuang" * 500), list)
    assert isinstance(city.find(" ".join("abcdefg" * 20)), list)


@given(st.text(max_size=12))
def test_any_question_is_answered(city: SearchIndex, words: str) -> None:
    hits = city.find(words)
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    for hit in hits:
        assert 0 < hit.score <= 100
        assert all(0 <= start < end <= len(hit.matched) for start, end in hit.spans)


@given(st.sampled_from(sorted(CITY.items)), st.data())
def test_every_name_is_found_by_its_beginnings(city: SearchIndex, code: str, data: st.DataObject) -> None:
    item = CITY.items[code]
    part = item.name[: data.draw(st.integers(1, len(item.name)))]
    assert any(code == hit.code or code in hit.situations for hit in city.find(part)), part
