"""Numbers of postal items."""

from __future__ import annotations

import pytest

from app.domain.express import check_digit, is_mail_number


@pytest.mark.parametrize(
    "number",
    # The example of UPU S10; the others computed by hand: rests 1 and 0 by 11 give the digits 0 and 5.
    ["RA473124829GB", "EE000000015CN", "EY000000105CN"],
    ids=str,
)
def test_right_numbers(number: str) -> None:
    total = sum(int(char) * weight for char, weight in zip(number[2:10], (8, 6, 4, 2, 3, 5, 9, 7), strict=True))
    expected = {0: 5, 1: 0}.get(total % 11, 11 - total % 11)
    assert check_digit(number[2:10]) == expected
    assert is_mail_number(f"{number[:2]}{number[2:10]}{expected}{number[11:]}")
    assert not is_mail_number(f"{number[:2]}{number[2:10]}{(expected + 1) % 10}{number[11:]}")


def test_the_standards_own_example() -> None:
    assert check_digit("47312482") == 9
    assert is_mail_number("RA473124829GB")


@pytest.mark.parametrize(
    "text", ["", "RA473124828GB", "ra473124829gb", "RA47312482GB", "RA473124829GBX", "１２３"], ids=repr
)
def test_wrong_numbers(text: str) -> None:
    assert not is_mail_number(text)


def test_two_digits_swapped_are_noticed() -> None:
    assert not is_mail_number("RA437124829GB")


def test_eight_digits_and_nothing_else() -> None:
    for serial in ("1234567", "123456789", "1234567X", "１２３４５６７８"):
        with pytest.raises(ValueError, match="eight digits"):
            check_digit(serial)
