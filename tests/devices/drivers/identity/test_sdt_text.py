"""The four text layouts: their offsets byte by byte, both ways, and what is refused."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.person import CardType, IdCard
from devices.drivers.identity.sdt_text import NATIONS, TextBlockError, build_text, parse_text
from devices.emulators.people import demo_people

ZHANG = demo_people()["zhang-wei"].card


def put(block: bytearray, at: int, text: str) -> None:
    raw = text.encode("utf-16-le")
    block[at : at + len(raw)] = raw


def blank() -> bytearray:
    return bytearray(" ".encode("utf-16-le") * 128)


def test_resident_layout() -> None:
    block = blank()
    for at, text in (
        (0, "王𠮷"),
        (30, "2"),
        (32, "15"),
        (36, "19580923"),
        (52, "浙江省湖州市㛃䶮镇𬭚桥村6号"),
        (122, "330503195809230421"),
        (158, "湖州市公安局"),
        (188, "20131105"),
        (204, "长期"),
    ):
        put(block, at, text)
    assert parse_text(bytes(block)) == IdCard(
        CardType.RESIDENT,
        name="王𠮷",
        sex="女",
        nation="土家",
        birth="1958-09-23",
        address="浙江省湖州市㛃䶮镇𬭚桥村6号",
        number="330503195809230421",
        issuer="湖州市公安局",
        valid_from="2013-11-05",
        valid_to="长期",
    )


def test_hmt_layout() -> None:
    block = blank()
    for at, text in (
        (0, "陈嘉敏"),
        (30, "2"),
        (36, "19880614"),
        (52, "浙江省湖州市"),
        (122, "810000198806140043"),
        (158, "湖州市公安局"),
        (188, "20230209"),
        (204, "20280209"),
        (220, "H01234567"),
        (238, "01"),
        (248, "J"),
    ):
        put(block, at, text)
    assert parse_text(bytes(block)) == IdCard(
        CardType.HMT,
        name="陈嘉敏",
        sex="女",
        birth="1988-06-14",
        address="浙江省湖州市",
        number="810000198806140043",
        issuer="湖州市公安局",
        valid_from="2023-02-09",
        valid_to="2028-02-09",
        pass_number="H01234567",
        issue_count="01",
    )


def test_foreigner_2017_layout() -> None:
    block = blank()
    for at, text in (
        (0, "BROWN, MARY ELIZABETH"),
        (120, "2"),
        (122, "GBR330081080328"),
        (152, "GBR"),
        (158, "布朗玛丽"),
        (188, "20190422"),
        (204, "20290421"),
        (220, "19810803"),
        (236, "01"),
        (240, "3300"),
        (248, "I"),
    ):
        put(block, at, text)
    assert parse_text(bytes(block)) == IdCard(
        CardType.FOREIGNER_2017,
        name="布朗玛丽",
        name_en="BROWN, MARY ELIZABETH",
        sex="女",
        birth="1981-08-03",
        number="GBR330081080328",
        issuer="3300",
        valid_from="2019-04-22",
        valid_to="2029-04-21",
        nationality="GBR",
    )


def test_foreigner_2023_layout_joins_the_english_name() -> None:
    block = blank()
    english = "ABCDEFGHIJ KLMNOPQRS TUVWXYZ ABCDEF GHIJKLMNOP"
    assert len(english) == 46
    for at, text in (
        (0, "穆约翰"),
        (30, "1"),
        (32, "00"),
        (36, "19791105"),
        (52, english[:35]),
        (122, "933276197911050019"),
        (188, "20240108"),
        (204, "20340107"),
        (220, english[35:]),
        (242, "DEU"),
        (248, "Y"),
        (250, "123"),
    ):
        put(block, at, text)
    assert parse_text(bytes(block)) == IdCard(
        CardType.FOREIGNER_2023,
        name="穆约翰",
        name_en=english,
        sex="男",
        birth="1979-11-05",
        number="933276197911050019",
        valid_from="2024-01-08",
        valid_to="2034-01-07",
        nationality="DEU",
        issue_count="00",
    )


def test_a_space_at_the_seam_of_the_english_name_is_kept() -> None:
    card = dataclasses.replace(demo_people()["johann-mueller"].card, name_en="A" * 34 + " " + "B" * 11)
    assert parse_text(build_text(card)) == card


@pytest.mark.parametrize("person", demo_people())
def test_demo_people_survive(person: str) -> None:
    card = demo_people()[person].card
    block = build_text(card)
    assert len(block) == 256
    assert parse_text(block) == card


def words(units: int) -> st.SearchStrategy[str]:
    """Text of at most so many UTF-16 units, rare characters and surrogate pairs among them, no blank at its ends."""
    letters = st.text(
        st.one_of(st.sampled_from("㛃𠮷䶮𬭚·张 a"), st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"))),
        min_size=1,
        max_size=units,
    )
    return letters.map(str.strip).filter(lambda t: bool(t) and len(t.encode("utf-16-le")) <= 2 * units)


dates = st.dates().map(lambda day: day.isoformat())
numbers = st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True)
common = {
    "name": words(15),
    "sex": st.sampled_from(["男", "女", "未知", "未说明"]),
    "birth": dates,
    "number": numbers,
    "valid_from": dates,
    "valid_to": st.one_of(dates, st.just("长期")),
}
alpha3 = st.from_regex(r"[A-Z]{3}", fullmatch=True)
home = {"address": words(35), "issuer": words(15)}
cards = st.one_of(
    st.builds(IdCard, type=st.just(CardType.RESIDENT), nation=st.sampled_from([*NATIONS.values()]), **common, **home),
    st.builds(IdCard, type=st.just(CardType.HMT), pass_number=words(9), issue_count=words(2), **common, **home),
    st.builds(
        IdCard,
        type=st.just(CardType.FOREIGNER_2017),
        name_en=words(60),
        nationality=alpha3,
        issuer=words(4),
        **common | {"number": st.from_regex(r"[A-Z]{3}[0-9]{12}", fullmatch=True)},
    ),
    st.builds(
        IdCard,
        type=st.just(CardType.FOREIGNER_2023),
        name_en=words(46),
        nationality=alpha3,
        issue_count=words(2),
        **common,
    ),
)


@given(cards)
def test_every_card_round_trips(card: IdCard) -> None:
    assert parse_text(build_text(card)) == card


@given(st.binary(min_size=256, max_size=256))
def test_garbage_is_refused_and_never_raises_anything_else(block: bytes) -> None:
    with pytest.raises(TextBlockError):
        parse_text(block)


def altered(at: int, text: str) -> bytes:
    block = bytearray(build_text(ZHANG))
    put(block, at, text)
    return bytes(block)


@pytest.mark.parametrize(
    ("at", "text", "field"),
    [
        (30, "7", "sex"),
        (36, "19900230", "birth"),
        (36, "1990 3 5", "birth"),
        (36, "长期      ", "birth"),
        (188, "20201301", "valid_from"),
        (188, "20210229", "valid_from"),
        (204, "2040061", "valid_to"),
        (122, "33050219900315051Y", "number"),
        (122, " " * 18, "number"),
        (248, "Z", "type"),
    ],
)
def test_impossible_fields_are_refused_without_repeating_them(at: int, text: str, field: str) -> None:
    with pytest.raises(TextBlockError, match=field) as caught:
        parse_text(altered(at, text + " " if field == "valid_to" else text))
    assert ZHANG.number is not None
    assert ZHANG.number not in str(caught.value)


def test_the_29_february_of_common_years_is_printed_on_real_cards() -> None:
    assert parse_text(altered(204, "20250229")).valid_to == "2025-02-29"


def test_an_unknown_nation_is_left_to_the_clerk() -> None:
    assert parse_text(altered(32, "99")).nation is None


def test_a_lone_surrogate_is_refused() -> None:
    block = bytearray(build_text(ZHANG))
    block[0:2] = b"\x42\xd8"
    with pytest.raises(TextBlockError, match="name"):
        parse_text(bytes(block))


def test_nul_padding_is_padding() -> None:
    block = bytearray(build_text(ZHANG))
    block[4:30] = bytes(26)
    assert parse_text(bytes(block)).name == "张伟"


@pytest.mark.parametrize("size", [0, 255, 257])
def test_wrong_sizes_are_refused(size: int) -> None:
    with pytest.raises(TextBlockError):
        parse_text(bytes(size))


@pytest.mark.parametrize(
    "change",
    [
        {"name": "𠮷" * 8},
        {"address": "路" * 36},
        {"nation": "外星"},
        {"sex": "?"},
        {"nationality": "DEU"},
        {"pass_number": "H01234567"},
    ],
)
def test_cards_that_do_not_fit_are_refused(change: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(change))):
        build_text(IdCard(**{**dataclasses.asdict(ZHANG), **change}))


def test_tables_are_the_standards() -> None:
    assert len(NATIONS) == 58
    assert (NATIONS["01"], NATIONS["56"], NATIONS["97"], NATIONS["98"]) == ("汉", "基诺", "其他", "外国血统中国籍")
    assert len(set(NATIONS.values())) == 58
