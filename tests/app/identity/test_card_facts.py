"""Cards become facts about the applicant, in codes."""

from __future__ import annotations

import datetime as dt

from app.demo.people import load_people
from app.domain.fact import SourceKind, Verdict
from app.domain.person import CardType, IdCard
from app.identity.codes import NATION_CODES, nation_code
from app.identity.facts import card_facts

AT = dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)
PEOPLE = load_people()


def values(card: IdCard) -> dict[str, str]:
    return {fact.key: fact.value for fact in card_facts(card, AT)}


def test_a_resident_card_fills_every_element() -> None:
    assert values(PEOPLE["zhang-wei"].card) == {
        "applicant.name": "张伟",
        "applicant.sex": "1",
        "applicant.nation": "01",
        "applicant.birth_date": "1990-03-15",
        "applicant.id_type": "resident",
        "applicant.id_number": "330502199003150512",
        "applicant.address": "浙江省湖州市吴兴区月河街道红旗路12号3幢201室",
        "applicant.valid_to": "2040-06-18",
    }


def test_rare_characters_and_long_validity_survive() -> None:
    found = values(PEOPLE["wang-ji"].card)
    assert found["applicant.name"] == "王𠮷"
    assert "㛃䶮" in found["applicant.address"]
    assert "𬭚" in found["applicant.address"]
    assert (found["applicant.nation"], found["applicant.valid_to"]) == ("15", "长期")


def test_cards_without_nation_or_address_say_nothing_of_them() -> None:
    assert "applicant.nation" not in values(PEOPLE["chan-ka-man"].card)
    found = values(PEOPLE["johann-mueller"].card)
    assert found["applicant.name_en"].startswith("MUELLER")
    assert "applicant.address" not in found
    assert found["applicant.id_type"] == "foreigner2023"


def test_a_foreigner_without_a_chinese_name_is_named_in_latin() -> None:
    assert values(IdCard(CardType.FOREIGNER_2017, name_en="DOE, JANE"))["applicant.name"] == "DOE, JANE"


def test_the_source_is_the_card_with_a_masked_number() -> None:
    for fact in card_facts(PEOPLE["zhang-wei"].card, AT, device="SAM 05.01"):
        assert (fact.source.kind, fact.source.label) == (SourceKind.CARD, "居民身份证")
        assert fact.source.ref == "3305**********0512 SAM 05.01"
        assert (fact.verdict, fact.at) == (Verdict.CHIP_READ, AT)


def test_nations_are_those_of_the_standard() -> None:
    assert len(NATION_CODES) == 58
    assert (nation_code("汉"), nation_code("土家族"), nation_code("穿青人")) == ("01", "15", None)


def test_sex_not_told_is_kept_as_such() -> None:
    assert values(IdCard(CardType.RESIDENT, sex="未说明"))["applicant.sex"] == "9"
