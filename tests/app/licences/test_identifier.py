"""The GB/T 36904 identifier: one published example, an independent check, every wrong character noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from app.domain.errors import BadInput
from app.licences.identifier import ROOT, build_identifier, is_identifier, parse_identifier

PUBLISHED = "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U"
ALNUM = st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def of_length(least: int, most: int | None = None) -> st.SearchStrategy[str]:
    return st.text(ALNUM, min_size=least, max_size=most or least)


def test_a_published_identifier_is_taken_apart() -> None:
    parts = parse_identifier(PUBLISHED)
    assert parts.type_code == "11100000000013338W011"
    assert parts.issuer == "11430000006122244L"
    assert (parts.serial, parts.version, parts.check) == ("20230000403", "001", "U")
    assert parts.region == "430000"
    assert str(parts) == PUBLISHED
    assert parse_identifier(PUBLISHED.removeprefix(ROOT + ".")) == parts


@given(of_length(21), of_length(18), of_length(9, 32), of_length(3))
def test_build_and_parse_agree_and_the_check_is_iso_7064(kind: str, issuer: str, serial: str, version: str) -> None:
    made = build_identifier(kind, issuer, serial, version)
    assert parse_identifier(str(made)) == made
    assert mod_37_36.is_valid(kind + issuer + serial + version + made.check)


def test_every_single_wrong_character_is_noticed() -> None:
    for at in range(len(ROOT) + 1, len(PUBLISHED)):
        if PUBLISHED[at] != ".":
            other = "1" if PUBLISHED[at] != "1" else "2"
            assert not is_identifier(PUBLISHED[:at] + other + PUBLISHED[at + 1 :]), at


@pytest.mark.parametrize(
    "text",
    [
        "",
        PUBLISHED.lower(),
        PUBLISHED + ".1",
        PUBLISHED.replace(".001.", "."),
        PUBLISHED.replace("20230000403", "12345678"),
        PUBLISHED.replace("20230000403", "1" * 33),
        "２" + PUBLISHED[1:],
        PUBLISHED + "\n",
    ],
)
def test_other_shapes_are_refused(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_identifier(text)
    assert caught.value.todo


def test_a_part_that_does_not_fit_is_not_built() -> None:
    for parts in (("A", "B", "C"), ("A" * 21, "B" * 18, "12345678"), ("a" * 21, "B" * 18, "1" * 9)):
        with pytest.raises(BadInput):
            build_identifier(*parts)
