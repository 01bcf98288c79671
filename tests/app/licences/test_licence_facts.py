"""Facts out of licences, and the comparison of their holder with a card."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.demo.people import load_people
from app.domain.fact import SourceKind, Verdict
from app.domain.licence import CodeKind, LicenceReading
from app.domain.person import CardType, IdCard
from app.licences.facts import Match, holder_matches, licence_facts

AT = dt.datetime(2026, 11, 21, 3, 0, tzinfo=dt.UTC)
CARD = load_people()["zhang-wei"].card
READING = LicenceReading(
    CodeKind.SIGNED_LICENCE,
    Verdict.SIGNATURE_VALID,
    holder={"name": "张伟", "id_number": "330502199003150512"},
    licence={"type": "real_estate_certificate", "title": "不动产权证书", "identifier": "1.2.3"},
    claims={"premises.address": "㛃䶮镇", "premises.area": "68.50", "applicant.name": "张伟", "dn": 2, "x.y": 5},
)


def test_claims_become_facts_with_source_and_verdict() -> None:
    facts = licence_facts(READING, AT)
    assert {fact.key: fact.value for fact in facts} == {"premises.address": "㛃䶮镇", "premises.area": "68.50"}
    for fact in facts:
        assert (fact.source.kind, fact.source.label, fact.source.ref) == (SourceKind.LICENCE, "不动产权证书", "1.2.3")
        assert (fact.verdict, fact.at) == (Verdict.SIGNATURE_VALID, AT)


def test_an_expired_licence_gives_facts_that_may_not_fill() -> None:
    facts = licence_facts(replace(READING, verdict=Verdict.EXPIRED), AT)
    assert facts
    assert not any(fact.verdict.usable for fact in facts)


def test_a_firm_code_gives_its_code_as_captured() -> None:
    reading = LicenceReading(
        CodeKind.FIRM_CODE, Verdict.CAPTURED_UNVERIFIED, claims={"business.uscc": "11330500MB1A20264Q"}
    )
    (fact,) = licence_facts(reading, AT)
    assert (fact.key, fact.source.label, fact.verdict) == ("business.uscc", "企业码", Verdict.CAPTURED_UNVERIFIED)


@pytest.mark.parametrize(
    ("holder", "card", "match"),
    [
        ({"name": "张伟", "id_number": "330502199003150512"}, CARD, Match.SAME),
        ({"name": "张 伟", "id_number": "３３０５０２199003150512"}, CARD, Match.SAME),
        ({"name": "张三", "id_number": "330502199003150512"}, CARD, Match.DIFFERENT),
        ({"name": "张伟", "id_number": "330503195809230421"}, CARD, Match.DIFFERENT),
        ({"name": "张伟"}, CARD, Match.NAME_ONLY),
        ({"name": "王㛃"}, CARD, Match.DIFFERENT),
        ({"name": "Zhang Wei"}, CARD, Match.UNKNOWN),
        ({"name": "张伟", "birth": "1990-03"}, replace(CARD, birth="1990-03-15"), Match.NAME_ONLY),
        ({"name": "张伟", "birth": "1991"}, replace(CARD, birth="1990-03-15"), Match.DIFFERENT),
        ({"name": "Jane Doe"}, IdCard(CardType.FOREIGNER_2017, name="杜珍", name_en="DOE, JANE"), Match.NAME_ONLY),
        ({"name": "Doe"}, IdCard(CardType.FOREIGNER_2017, name="杜珍", name_en="DOE, JANE"), Match.UNKNOWN),
        ({"name": "某店", "uscc": "11330500MB1A20264Q"}, CARD, Match.UNKNOWN),
        ({}, CARD, Match.UNKNOWN),
        ({"name": "张伟", "id_number": "330502199003150512"}, replace(CARD, number=None), Match.UNKNOWN),
        (
            {"name": "买买提•艾力", "id_number": "65010219900307721x"},
            IdCard(CardType.RESIDENT, name="买买提·艾力", number="65010219900307721X"),
            Match.SAME,
        ),
        (
            {"name": "doe, jane", "id_number": "GBR330081080328"},
            IdCard(CardType.FOREIGNER_2017, name="杜珍", name_en="DOE, JANE", number="GBR330081080328"),
            Match.SAME,
        ),
    ],
)
def test_holder_and_card_are_compared(holder: dict[str, str], card: IdCard, match: Match) -> None:
    result = holder_matches(replace(READING, holder=holder), card)
    assert result.match is match
    assert result.words
    assert "330503195809230421" not in result.words


@pytest.mark.parametrize("verdict", [Verdict.INVALID, Verdict.CAPTURED_UNVERIFIED])
def test_nothing_is_concluded_from_what_nobody_vouches_for(verdict: Verdict) -> None:
    assert holder_matches(replace(READING, verdict=verdict), CARD).match is Match.UNKNOWN


@pytest.mark.parametrize(
    ("claims", "match"),
    [
        ({}, Match.UNKNOWN),
        ({"legal_person.name": "张伟", "legal_person.id_number": "330502199003150512"}, Match.SAME),
        ({"legal_person.id_number": "330502199003150512"}, Match.SAME),
        ({"legal_person.name": "王㛃", "legal_person.id_number": "330502199003150512"}, Match.DIFFERENT),
        ({"legal_person.name": "张伟", "legal_person.id_number": "330503195809230421"}, Match.DIFFERENT),
        ({"legal_person.name": "张伟"}, Match.NAME_ONLY),
        ({"legal_person.name": "王㛃"}, Match.DIFFERENT),
    ],
)
def test_a_firms_licence_is_shown_by_its_representative_or_an_agent(claims: dict[str, str], match: Match) -> None:
    holder = {"name": "某店", "uscc": "11330500MB1A20264Q"}
    result = holder_matches(replace(READING, holder=holder, claims=claims), CARD)
    assert result.match is match
    assert ("授权" in result.words) == (match in (Match.DIFFERENT, Match.UNKNOWN))


def test_what_nobody_vouches_for_can_still_show_that_it_is_not_the_same() -> None:
    other = replace(READING, holder={"name": "张伟", "id_number": "330503195809230421"})
    captured = replace(other, verdict=Verdict.CAPTURED_UNVERIFIED)
    assert holder_matches(captured, CARD).match is Match.DIFFERENT
    assert holder_matches(replace(other, verdict=Verdict.INVALID), CARD).match is Match.UNKNOWN
