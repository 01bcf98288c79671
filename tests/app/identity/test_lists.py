"""A list of lost documents as a file: it says what it was told and no numbers, and nothing else passes for one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import cbor2
import pytest

from app.identity.lists import (
    KIND,
    BadList,
    DocumentList,
    InForce,
    ListedDocument,
    Why,
    difference,
    make_list,
    pack,
    read_list,
)
from app.licences.cose import Algorithm, SigningKey, sign_bytes
from app.licences.snapshot import pin_of

NOW = dt.datetime(2026, 11, 21, 1, 0, tzinfo=dt.UTC)
KEY = SigningKey.generate(Algorithm.EDDSA)
ROOTS = [pin_of(KEY)]
SALT = bytes(range(16))
LOST = ListedDocument("CHN", "330502198507200128", "2036-05-10")
PASSPORT = ListedDocument("UTO", "L898902C3")
EARLIER = [(ListedDocument("CHN", f"3305021985083{n:05}"), Why.LOST) for n in range(200)]


def listed(documents: list[tuple[ListedDocument, Why]], version: int = 1) -> DocumentList:
    return DocumentList(version, 0, NOW, NOW + dt.timedelta(days=7), SALT, pack(documents, SALT))


def test_it_is_read_as_it_was_signed_and_holds_no_number() -> None:
    data = make_list(listed([(LOST, Why.LOST), (PASSPORT, Why.REVOKED), *EARLIER]), KEY)
    found = InForce(read_list(data, ROOTS))
    assert (found.look(LOST), found.look(PASSPORT)) == (Why.LOST, Why.REVOKED)
    assert all(found.look(document) is why for document, why in EARLIER)
    assert found.look(ListedDocument("CHN", "110101190001010014", "2036-05-10")) is None
    for secret in (LOST.number.encode(), PASSPORT.number.encode(), b"330502"):
        assert secret not in data


def test_one_card_of_a_number_or_all_of_them() -> None:
    found = InForce(listed([(LOST, Why.LOST)]))
    assert found.look(replace(LOST, valid_to="2046-05-10")) is None
    assert found.look(replace(LOST, valid_to="")) is None
    assert found.look(replace(LOST, number=" 330502198507200128 ")) is Why.LOST
    whole = InForce(listed([(replace(LOST, valid_to=""), Why.REVOKED)]))
    assert whole.look(LOST) is Why.REVOKED


def test_a_change_adds_takes_out_and_alters() -> None:
    before = listed([(LOST, Why.LOST), (PASSPORT, Why.LOST), *EARLIER])
    now = [(PASSPORT, Why.REVOKED), (ListedDocument("GBR", "123456789"), Why.LOST), *EARLIER]
    other, out = difference(before, pack(now, SALT))
    assert (len(other), len(out)) == (2 * 17, 16)
    change = replace(before, version=2, base=1, entries=other, removed=out)
    found = InForce(before, read_list(make_list(change, KEY), ROOTS))
    assert found.look(LOST) is None
    assert found.look(PASSPORT) is Why.REVOKED
    assert found.look(ListedDocument("GBR", "123456789")) is Why.LOST
    assert all(found.look(document) is why for document, why in EARLIER)


def test_another_key_and_any_altered_byte_are_told() -> None:
    data = make_list(listed([(LOST, Why.LOST)]), KEY)
    with pytest.raises(BadList, match="登记的平台密钥"):
        read_list(data, [pin_of(SigningKey.generate(Algorithm.EDDSA))])
    with pytest.raises(BadList):
        read_list(data, [])
    for at in range(len(data)):
        with pytest.raises(BadList):
            read_list(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :], ROOTS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"t": "yichuang.trust"},
        {"s": b"short"},
        {"e": b"x" * 16},
        {"e": b"z" * 16 + b"L" + b"a" * 16 + b"L"},
        {"e": b"a" * 16 + b"?"},
        {"r": b"x"},
        {"r": b"b" * 16 + b"a" * 16},
        {"b": 1},
        {"v": "1"},
        {"m": 1 << 80},
    ],
    ids=["kind", "salt", "length", "order", "letter", "removed", "removed-order", "base", "version", "time"],
)
def test_what_the_platform_signed_by_mistake_is_refused(wrong: dict[str, object]) -> None:
    until = int(NOW.timestamp()) + 60
    good = {"t": KIND, "v": 1, "b": 0, "m": int(NOW.timestamp()), "u": until, "s": SALT, "e": b"", "r": b""}
    assert read_list(sign_bytes(cbor2.dumps(good), KEY), ROOTS).version == 1
    with pytest.raises(BadList, match="格式"):
        read_list(sign_bytes(cbor2.dumps(good | wrong), KEY), ROOTS)


def test_a_list_that_would_never_hold_is_not_signed() -> None:
    for made in (replace(listed([]), salt=b""), replace(listed([]), until=NOW), replace(listed([]), base=1)):
        with pytest.raises(ValueError, match="cannot be signed"):
            make_list(made, KEY)
