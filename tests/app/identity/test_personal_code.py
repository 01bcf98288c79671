"""The personal code: read offline; hostile, foreign, altered, expired and misused ones told apart."""

from __future__ import annotations

import datetime as dt
import zlib

import base45
import cbor2
import pytest

from app.domain.errors import BadInput
from app.identity.lists import DocumentList, make_list
from app.identity.personal_code import (
    PREFIX,
    Expired,
    Forged,
    NotYet,
    Tampered,
    Unreadable,
    make_code,
    read_code,
)
from app.licences.cose import Algorithm, SigningKey, sign_text
from app.licences.snapshot import pin_of

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
KEY = SigningKey.generate(Algorithm.EDDSA)
ROOTS = (pin_of(KEY),)
DAY = dt.timedelta(days=1)
GOOD = make_code(bytes(range(16)), KEY, NOW - DAY, NOW + 300 * DAY)


def altered(text: str) -> str:
    """The same code with its end moved on by a year, the signature left as it was."""
    message = cbor2.loads(zlib.decompress(base45.b45decode(text.removeprefix(PREFIX))))
    protected, unprotected, body, signature = message.value
    claims = cbor2.loads(body)
    claims[4] += 365 * 86400
    again = cbor2.dumps(cbor2.CBORTag(18, [protected, unprotected, cbor2.dumps(claims), signature]))
    return PREFIX + base45.b45encode(zlib.compress(again)).decode()


def test_a_code_says_its_number_and_its_times_and_nothing_of_a_person() -> None:
    code = read_code(GOOD, ROOTS, NOW)
    assert code.code_id == bytes(range(16)).hex()
    assert (code.made_at, code.until) == (NOW - DAY, NOW + 300 * DAY)
    assert len(GOOD) < 300
    assert set(GOOD) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"), "stays in a QR code's alphanumeric mode"


FOREIGN = make_code(b"x" * 16, SigningKey.generate(Algorithm.EDDSA), NOW - DAY, NOW + DAY)
OVER = make_code(b"x" * 16, KEY, NOW - 9 * DAY, NOW - DAY)
TOMORROW = make_code(b"x" * 16, KEY, NOW + 3 * DAY, NOW + 9 * DAY)
OTHER_USE = sign_text({4: int((NOW + DAY).timestamp()), 6: 0, 7: b"x" * 16, "t": "yichuang.other"}, KEY, PREFIX)
BOMB = PREFIX + base45.b45encode(zlib.compress(b"0" * 1_000_000)).decode()


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (altered(GOOD), Tampered), (FOREIGN, Forged), (OTHER_USE, Forged), (OVER, Expired), (TOMORROW, NotYet),
        (GOOD[:-4], Unreadable), (PREFIX, Unreadable), ("YC1:" + GOOD[5:], Unreadable), (BOMB, Unreadable),
        (GOOD + "A" * 600, Unreadable),
    ],
    ids=["altered", "foreign", "other-use", "over", "tomorrow", "cut", "empty", "other-prefix", "bomb", "long"],
)  # fmt: skip
def test_each_bad_code_is_told_apart(text: str, error: type[BadInput]) -> None:
    with pytest.raises(error) as caught:
        read_code(text, ROOTS, NOW)
    assert type(caught.value) is error
    assert caught.value.title
    assert caught.value.todo


def test_codes_that_would_never_hold_are_not_signed() -> None:
    for key, until in ((SigningKey.generate(Algorithm.ES256), NOW + DAY), (KEY, NOW)):
        with pytest.raises(ValueError, match="cannot be signed"):
            make_code(b"x" * 16, key, NOW, until)


def test_a_list_of_documents_is_no_code() -> None:
    listed = make_list(DocumentList(1, 0, NOW, NOW + DAY, b"s" * 16, b""), KEY)
    text = PREFIX + base45.b45encode(zlib.compress(listed)).decode()
    with pytest.raises(BadInput):
        read_code(text, ROOTS, NOW)
