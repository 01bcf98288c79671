"""The parser of machine-readable zones: the standard's own examples, and what holds for every zone."""

from __future__ import annotations

import datetime as dt
import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.identity.mrz.build import Document, build
from app.identity.mrz.check import alike, check_digit
from app.identity.mrz.dates import birth_date, expiry_date
from app.identity.mrz.layout import LAYOUTS, Format
from app.identity.mrz.names import names_field, read_names, transliterate
from app.identity.mrz.parse import Oddity, clean, parse
from app.identity.mrz.states import StateKind, alpha3, state, states
from app.identity.mrz.strip import ALPHABET

TODAY = dt.date(2026, 11, 22)
PASSPORT = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
"""Doc 9303-4, appendix B."""
CARD = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
"""Doc 9303-5, appendix B."""
LONG = ("I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<")
"""A document number of twelve characters."""
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
VISA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<")
SMALL_VISA = ("V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<")


@pytest.mark.parametrize(
    ("lines", "kind", "number"),
    [
        (PASSPORT, Format.TD3, "L898902C3"),
        (CARD, Format.TD1, "D23145890"),
        (LONG, Format.TD1, "D23145890734"),
        (TD2, Format.TD2, "D23145890"),
        (VISA, Format.MRVA, "L8988901C"),
        (SMALL_VISA, Format.MRVB, "L8988901C"),
    ],
)
def test_the_standards_examples_are_read_whole(lines: tuple[str, ...], kind: Format, number: str) -> None:
    found = parse(lines, TODAY)
    assert (found.format, found.number, found.valid) == (kind, number, True)
    assert found.surname in ("ERIKSSON", "STEVENSON")
    assert found.oddities == (Oddity.SPECIMEN,)
    assert found.birth.text in ("1974-08-12", "1934-07-12", "1940-09-07")


def test_every_code_of_the_standard_is_known_as_issuer_and_nationality() -> None:
    assert len(states()) >= 276
    for code in states():
        found = parse(
            build(Document(Format.TD3, "P", code, "AB1234567", code, "LI", "NA", "900101", "F", "300101")), TODAY
        )
        assert found.valid
        assert Oddity.UNKNOWN_STATE not in found.oddities
        person = states()[code].kind is StateKind.PERSON
        assert (Oddity.PERSON_AS_ISSUER in found.oddities) is person


def test_germany_is_one_letter_and_becomes_three_on_forms() -> None:
    lines = build(Document(Format.TD3, "P", "D", "C01X00T47", "D", "MUELLER", "JUERGEN", "740812", "M", "310415"))
    found = parse(lines, TODAY)
    assert lines[0].startswith("P<D<<MUELLER")
    assert (found.issuer, found.nationality, alpha3("D<<"), alpha3("GBN"), alpha3("QQQ")) == (
        "D",
        "D",
        "DEU",
        "GBR",
        "",
    )
    known = state("D<<")
    assert known is not None
    assert known.name == "德国"


def test_an_unknown_code_is_flagged_and_kept_as_printed() -> None:
    found = parse(build(Document(Format.TD2, "I", "QQQ", "1", "QQQ", "LI", "", "900101", "F", "300101")), TODAY)
    assert found.issuer == "QQQ"
    assert Oddity.UNKNOWN_STATE in found.oddities
    assert not found.ordinary


@pytest.mark.parametrize(
    ("raw", "text", "possible"),
    [
        ("740812", "1974-08-12", True),
        ("261122", "2026-11-22", True),
        ("261123", "1926-11-23", True),
        ("74<<<<", "1974", True),
        ("7408<<", "1974-08", True),
        ("<<<<<<", "", True),
        ("74<<12", "", False),
        ("741301", "", False),
        ("740230", "", False),
        ("7A0101", "", False),
    ],
)
def test_birth_dates(raw: str, text: str, possible: bool) -> None:
    found = birth_date(raw, TODAY)
    assert (found.text, found.possible) == (text, possible)


def test_expiry_dates_lie_within_fifty_years() -> None:
    assert expiry_date("310415", TODAY).text == "2031-04-15"
    assert expiry_date("751231", TODAY).text == "2075-12-31"
    assert expiry_date("950712", TODAY).text == "1995-07-12"
    assert expiry_date("950712", dt.date(1999, 1, 1)).text == "1995-07-12"


def test_names_of_many_scripts() -> None:
    assert transliterate("Müller-Weiß") == "MUELLER<WEISS"
    assert transliterate("D'Artagnan") == "DARTAGNAN"
    assert transliterate("Þóra Ångström") == "THORA<AANGSTROEM"
    assert transliterate("Щербаков") == "SHCHERBAKOV"
    assert transliterate("Ґжицький Юлія", "UKR") == "GZHYTSKYI<IULIIA"
    assert transliterate("Їжак", "UKR") == "YIZHAK"
    assert transliterate("Đorđević") == "DORDEVIC"
    assert transliterate("ابو بكر محمد") == "ABW<BKR<MXHMD"
    assert transliterate("محمّد") == "MXHMMD"


def test_truncated_names_end_in_a_letter_and_show_both_parts() -> None:
    field = names_field("NILAVADHANANANDA", transliterate("Chayapa Dejthamrong Krasuang"), 39)
    assert len(field) == 39
    assert field[-1].isalpha()
    assert read_names(field).truncated
    assert read_names(field).surname == "NILAVADHANANANDA"
    tight = names_field("A" * 60, "BERTA", 31)
    assert read_names(tight).given == "B"


def test_irregular_names_are_given_as_printed() -> None:
    assert not read_names("<<ANNA<<<<").regular
    assert not read_names("A<<B<<C<<<").regular
    assert read_names("A<<B<<C<<<").given == "B C"
    assert not read_names("ALEKSEQ<<JURI4<").regular


def test_national_variants_are_named_and_never_corrected() -> None:
    french = ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6")
    found = parse(french, TODAY)
    assert "法国" in found.variant
    assert found.lines == french
    assert (found.number, found.checks, found.valid) == ("", (), False)
    card = build(Document(Format.TD1, "RC", "CAN", "PA0123456", "DEU", "LI", "NA", "900101", "F", "300101"))
    assert "加拿大" in parse(card, TODAY).variant
    assert Oddity.IRREGULAR_CODE in parse(card, TODAY).oddities


def test_what_begins_as_a_national_layout_but_keeps_every_digit_of_the_standard_is_read_by_it() -> None:
    lines = build(Document(Format.TD2, "ID", "FRA", "CS6303313", "SDN", "XHAKA", "LARS", "060514", "", "210224"))
    found = parse(lines, TODAY)
    assert (found.variant, found.number, found.nationality) == ("", "CS6303313", "SDN")
    assert found.valid
    assert Oddity.NATIONAL_VARIANT not in found.oddities
    assert parse((lines[0], lines[1][:-1] + "X"), TODAY).variant, "a digit that does not hold"


def test_a_filler_may_stand_for_the_digit_of_an_empty_optional_field_only() -> None:
    first, second = build(Document(Format.TD3, "P", "CHN", "E12345678", "CHN", "LI", "NA", "900101", "F", "300101"))
    body = second[:42] + "<"
    lines = (first, body + check_digit(body[:10] + body[13:20] + body[21:43]))
    assert parse(lines, TODAY).valid
    full = (first, second[:28] + "1" + second[29:42] + "<" + second[43])
    check = parse(full, TODAY).check("optional")
    assert check is not None
    assert not check.ok


def test_what_is_no_zone_is_refused_in_words() -> None:
    for lines in ([], ["P<UTO"], ["A" * 44], ["A" * 44, "B" * 43], ["A" * 30] * 2):
        with pytest.raises(BadInput):
            parse(lines, TODAY)
    with pytest.raises(BadInput):
        parse(["é" * 44] * 2, TODAY)
    with pytest.raises(BadInput):
        clean("P<UTO«")


def test_a_swipe_in_one_run_is_cut_into_lines() -> None:
    assert clean("".join(PASSPORT).lower()) == PASSPORT
    assert clean("\r\n".join(CARD) + "\r\n") == CARD
    assert clean("".join(TD2)) == TD2


_NAMES = st.lists(st.text(string.ascii_uppercase, min_size=1, max_size=9), min_size=1, max_size=3).map("<".join)
_DATES = st.dates(dt.date(1930, 1, 1), dt.date(2026, 1, 1)).map(lambda day: f"{day:%y%m%d}")
_ALNUM = string.ascii_uppercase + string.digits


@st.composite
def documents(draw: st.DrawFn) -> Document:
    kind = draw(st.sampled_from(Format))
    longest = 14 if kind is Format.TD1 else 12 if kind is Format.TD2 else 9
    number = draw(st.text(_ALNUM, min_size=1, max_size=longest))
    room = [end - first for _, first, end in LAYOUTS[kind].optional]
    room[0] -= max(len(number) - 9 + 2, 0) if len(number) > 9 else 0
    codes = sorted(states())
    birth = draw(_DATES)
    unknown = draw(st.sampled_from([0, 0, 0, 2, 4, 6]))
    return Document(
        kind,
        {Format.TD3: "P", Format.MRVA: "V", Format.MRVB: "V"}.get(kind, "I"),
        draw(st.sampled_from(codes)),
        number,
        draw(st.sampled_from(codes)),
        draw(_NAMES),
        draw(st.one_of(st.just(""), _NAMES)),
        birth[: 6 - unknown] + "<" * unknown,
        draw(st.sampled_from(["M", "F", "<"])),
        draw(_DATES),
        tuple(draw(st.text(_ALNUM, max_size=max(n, 0))) for n in room),
    )


@given(documents())
def test_what_was_built_is_parsed(document: Document) -> None:
    lines = build(document)
    found = parse(lines, TODAY)
    assert found.valid
    assert (found.format, found.issuer, found.nationality) == (document.format, document.issuer, document.nationality)
    assert found.number == document.number
    assert found.birth.raw == document.birth
    assert found.expiry.raw == document.expiry
    assert found.sex == document.sex.rstrip("<")
    assert tuple(found.optional[: len(document.optional)]) == document.optional
    if not found.oddities.count(Oddity.NAME_TRUNCATED):
        assert found.surname == document.surname.replace("<", " ")
        assert found.given_names == document.given_names.replace("<", " ")


@given(documents(), st.data())
def test_a_single_wrong_character_is_caught_unless_its_value_is_the_same(
    document: Document, data: st.DataObject
) -> None:
    """In every protected place; what escapes is exactly what is equal modulo 10 (0 A K U <, 1 B L V …)."""
    lines = build(document)
    found = parse(lines, TODAY)
    check = data.draw(st.sampled_from(found.checks))
    line, first, end = data.draw(st.sampled_from(check.covers))
    at = data.draw(st.integers(first, end - 1))
    right = lines[line][at]
    wrong = data.draw(st.sampled_from(ALPHABET.replace(right, "")))
    # A filler in or out of these two places changes the layout itself, not only a character.
    long_mark = LAYOUTS[document.format].number[2]
    assume(
        not (
            document.format in (Format.TD1, Format.TD2)
            and line == LAYOUTS[document.format].number[0]
            and at >= long_mark
        )
    )
    changed = (*lines[:line], lines[line][:at] + wrong + lines[line][at + 1 :], *lines[line + 1 :])
    caught = not parse(changed, TODAY).valid
    assert caught or wrong in alike(right)
    if wrong in alike(right) and (line, at) != (check.covers[-1][0], check.covers[-1][1]):
        assert not caught


def test_alike_are_the_characters_that_digits_cannot_tell() -> None:
    assert set(alike("<")) == set("0AKU")
    assert set(alike("6")) == set("GQ")
    assert set(alike("8")) == set("SI")
    assert set(alike("1")) == set("LBV")
