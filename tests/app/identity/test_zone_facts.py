"""What a travel document's zone puts on the form, and what it does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from mrz_pictures import made

from app.domain.fact import SourceKind, Verdict
from app.domain.person import CardType, IdCard
from app.identity.facts import of_holder, zone_facts
from app.identity.mrz.layout import Format
from app.identity.mrz.parse import parse
from app.identity.travel import TravelKind, document_of

FOREIGNER_2023 = "911124198108030024"
AT = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)


def _values(lines: tuple[str, ...]) -> dict[str, str]:
    return {fact.key: fact.value for fact in zone_facts(parse(lines, AT.date()), AT, "foreigner")}


def test_a_passport_fills_the_foreigners_fields() -> None:
    assert _values(made()) == {
        "foreigner.name_en": "MUELLER WEISS JUERGEN SOEREN",
        "foreigner.sex": "1",
        "foreigner.birth_date": "1974-08-12",
        "foreigner.nationality": "DEU",
        "foreigner.travel_document_type": "passport",
        "foreigner.travel_document_number": "C01X00T47",
        "foreigner.valid_to": "2031-04-15",
    }


def test_a_printed_zone_is_never_more_than_captured() -> None:
    facts = zone_facts(parse(made(), AT.date()), AT, device="v4l2:///dev/video0")
    assert {fact.verdict for fact in facts} == {Verdict.CAPTURED_UNVERIFIED}
    assert {fact.source.kind for fact in facts} == {SourceKind.CAPTURE}
    assert all("C01X00T47" not in fact.source.ref for fact in facts)


def test_what_is_not_known_whole_gives_nothing() -> None:
    values = _values(made(birth="7408<<", surname="W" * 50, sex="<"))
    assert set(values) & {"foreigner.birth_date", "foreigner.name_en", "foreigner.sex"} == set()


def test_a_stretch_whose_digit_fails_gives_nothing() -> None:
    first, second = made()
    wrong = (first, second[:9] + str((int(second[9]) + 1) % 10) + second[10:])
    assert "foreigner.travel_document_number" not in _values(wrong)
    assert _values(wrong)["foreigner.birth_date"] == "1974-08-12"


def test_official_passports_visas_and_people_without_a_state() -> None:
    assert _values(made(code="PD"))["foreigner.travel_document_type"] == "diplomatic"
    assert "foreigner.travel_document_number" not in _values(made(Format.MRVA))
    assert _values(made(nationality="GBN"))["foreigner.nationality"] == "GBR"
    assert "foreigner.nationality" not in _values(made(nationality="QQQ"))


def _card(number: str, nationality: str = "CHN", code: str = "C", **changes: object) -> tuple[str, ...]:
    return made(Format.TD1, code=code, issuer="CHN", nationality=nationality, number=number, **changes)


@pytest.mark.parametrize(
    ("number", "nationality", "kind"),
    [
        ("H12345678", "CHN", "hm_pass"),
        ("M1234567801", "CHN", "hm_pass"),
        ("HA1234567", "GBR", "hm_pass"),
        ("01234567", "CHN", "tw_pass"),
        ("0123456701", "CHN", "tw_pass"),
    ],
    ids=["hong-kong", "macau-1999", "not-chinese", "taiwan", "taiwan-ten-digits"],
)
def test_a_permit_says_its_kind_by_its_number(number: str, nationality: str, kind: str) -> None:
    for code in ("C", "CR"):
        said = _values(_card(number, nationality, code))
        assert (said["foreigner.travel_document_type"], said["foreigner.travel_document_number"]) == (kind, number)
        assert (said["foreigner.valid_to"], "foreigner.id_number" in said) == ("2031-04-15", False)


def test_a_permanent_residents_card_is_an_identity_card() -> None:
    said = _values(_card(FOREIGNER_2023, "CAN", birth="810803", sex="F"))
    assert (said["foreigner.id_type"], said["foreigner.id_number"]) == ("foreigner2023", FOREIGNER_2023)
    assert not [key for key in said if "travel_document" in key]
    said = _values(_card("CAN110081080310", "CAN", birth="810803"))
    assert (said["foreigner.id_type"], said["foreigner.id_number"]) == ("foreigner2017", "CAN110081080310")


@pytest.mark.parametrize(
    ("number", "changes", "fault"),
    [
        (FOREIGNER_2023, {"birth": "810804", "sex": "F"}, "出生日期"),
        (FOREIGNER_2023, {"birth": "810803", "sex": "M"}, "性别"),
        (FOREIGNER_2023[:-1] + "5", {"birth": "810803", "sex": "F"}, "校验码"),
        ("CAN110081080310", {"birth": "810804"}, "出生日期"),
        ("USA110081080310", {"birth": "810803"}, "国籍"),
    ],
    ids=["birth", "sex", "check-character", "birth-2017", "nationality-2017"],
)
def test_a_number_that_cannot_be_its_holders_fills_nothing(number: str, changes: dict[str, object], fault: str) -> None:
    lines = _card(number, "CAN", **changes)
    assert fault in document_of(parse(lines, AT.date()), AT.date()).fault
    assert not [key for key in _values(lines) if key.endswith(("_number", "_type", "valid_to"))]


def test_another_states_card_and_an_unknown_number_have_no_kind() -> None:
    for lines in (made(Format.TD1, number="H12345678"), _card("AB1234567")):
        said = _values(lines)
        assert "foreigner.travel_document_type" not in said
        assert said["foreigner.travel_document_number"] in ("H12345678", "AB1234567")
        assert document_of(parse(lines, AT.date()), AT.date()).kind is TravelKind.OTHER


def test_the_document_fills_whom_the_item_is_about_and_not_somebody_else() -> None:
    facts = zone_facts(parse(made(), AT.date()), AT)
    assert {fact.role for fact in of_holder(facts, None)} == {"applicant", "foreigner"}
    same = IdCard(CardType.FOREIGNER_2023, birth="1974-08-12", sex="男")
    assert {fact.role for fact in of_holder(facts, same)} == {"applicant", "foreigner"}
    for other in (replace(same, birth="1980-01-01"), replace(same, sex="女")):
        assert {fact.role for fact in of_holder(facts, other)} == {"foreigner"}, "an employer's card was read"
