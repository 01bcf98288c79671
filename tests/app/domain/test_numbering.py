"""Numbers that the window makes."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.numbering import is_provisional_number, mod_37_36, provisional_number, uuid7

AT = dt.datetime(2026, 11, 21, 17, 0, tzinfo=dt.UTC)


def test_check_character_reproduces_a_published_licence_identifier() -> None:
    # GB/T 36904 example of the domain facts: the parts after the root, without dots, give U.
    assert mod_37_36("11100000000013338W01111430000006122244L20230000403001") == "U"


def test_number_carries_the_legal_date_not_the_utc_date() -> None:
    assert provisional_number("W03", AT, 7).startswith("W03202611220007")


@given(st.integers(1, 9999), st.integers(0, 15), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_any_single_wrong_character_is_noticed(counter: int, place: int, wrong: str) -> None:
    number = provisional_number("W03", AT, counter)
    assert is_provisional_number(number)
    if number[place] != wrong:
        assert not is_provisional_number(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize("counter", [0, 10000])
def test_counter_outside_its_block_is_refused(counter: int) -> None:
    with pytest.raises(ValueError, match="block"):
        provisional_number("W03", AT, counter)


def test_uuid7_has_version_variant_and_time() -> None:
    import uuid

    value = uuid.UUID(uuid7(AT))
    assert value.version == 7
    assert value.variant == uuid.RFC_4122
    assert value.int >> 80 == int(AT.timestamp() * 1000)
    assert uuid7(AT) != uuid7(AT)
