"""What a travel document's zone puts on the form, and what it does not."""

from __future__ import annotations

import datetime as dt

from mrz_pictures import made

from app.domain.fact import SourceKind, Verdict
from app.identity.facts import zone_facts
from app.identity.mrz.layout import Format
from app.identity.mrz.parse import parse

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
