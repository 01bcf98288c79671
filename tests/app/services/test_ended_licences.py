"""Word of ended licences counts when the platform signed it: a tampered feed changes nothing, and is told."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

import cbor2
import pytest

from app.domain.clock import isoformat
from app.domain.issuing import IssuedState
from app.licences.cose import Algorithm, SigningKey, sign_bytes
from app.licences.ended import COUNTS, SIGNS, EndStatement, read_end, sign_end
from app.licences.snapshot import Pin, pin_of
from app.server.issue_client import COUNTING, ENDED
from app.services.ended_licences import KEPT, EndedLicences

NOW = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
ONE, OTHER = "a" * 64, "b" * 64
PLATFORM, THIEF = (SigningKey.generate(Algorithm.EDDSA) for _ in range(2))
WITHDRAWN, CONVERTED = IssuedState.WITHDRAWN, IssuedState.CONVERTED

Row = dict[str, Any]


class Store:
    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.written = 0

    def setting(self, key: str) -> str | None:
        return self.kept.get(key)

    def set_setting(self, key: str, value: str) -> None:
        self.kept[key] = value
        self.written += 1


def row(digest: str, state: str, at: dt.datetime = NOW, key: SigningKey | None = PLATFORM) -> Row:
    """A row as the gateway publishes it. key: None: not signed."""
    name = (COUNTING if state == COUNTS else ENDED) + digest if digest else SIGNS
    said: Row = {"id": name, "hash": digest, "state": state, "title": "居住证", "at": isoformat(at)}
    return {**said, "signed": sign_end(EndStatement(digest, state, at), key)} if key is not None else said


MARK = row("", SIGNS)


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def ended(store: Store) -> EndedLicences:
    return EndedLicences(store, lambda: (pin_of(PLATFORM),))


def test_what_the_platform_signed_counts_and_is_written_once(ended: EndedLicences, store: Store) -> None:
    rows = [MARK, row(ONE, "withdrawn"), row(OTHER, "converted")]
    assert ended.look(rows) == {ONE: WITHDRAWN, OTHER: CONVERTED}
    assert ended.objection() is None
    written = store.written
    assert ended.look(rows) == {ONE: WITHDRAWN, OTHER: CONVERTED}
    assert store.written == written == 1


@pytest.mark.parametrize(
    "forged",
    [
        row(OTHER, "withdrawn", key=None),
        row(OTHER, "withdrawn", key=THIEF),
        {**row(ONE, "withdrawn"), "id": ENDED + OTHER, "hash": OTHER},
        {**row(OTHER, "withdrawn"), "signed": "AAAA"},
        {**row(OTHER, "withdrawn"), "signed": 5},
        {**row(OTHER, "withdrawn"), "signed": MARK["signed"]},
    ],
    ids=["unsigned", "another key", "another licence's", "no signature", "no text", "the mark's"],
)
def test_a_forged_end_ends_nothing_and_is_told(ended: EndedLicences, forged: Row) -> None:
    assert ended.look([MARK, row(ONE, "withdrawn"), forged]) == {ONE: WITHDRAWN}
    objection = ended.objection()
    assert objection is not None
    assert "1 条证照注销通知没有平台的签名" in objection.what
    ended.look([MARK, row(ONE, "withdrawn")])
    assert ended.objection() is None, "it is gone from the feed again"


def test_an_end_that_was_believed_is_kept_whatever_becomes_of_its_row(ended: EndedLicences, store: Store) -> None:
    ended.look([MARK, row(ONE, "withdrawn"), row(OTHER, "converted")])
    for tampered in ([MARK], [], [row(ONE, "withdrawn", key=None)], [row(ONE, COUNTS, NOW + HOUR, THIEF)]):
        assert ended.look(tampered) == {ONE: WITHDRAWN, OTHER: CONVERTED}
    # After a restart too.
    again = EndedLicences(store, lambda: (pin_of(PLATFORM),))
    assert again.look([]) == {ONE: WITHDRAWN, OTHER: CONVERTED}


def test_the_platform_may_say_that_it_counts_again_and_yesterdays_word_does_not_undo_it(ended: EndedLicences) -> None:
    assert ended.look([MARK, row(ONE, "converted")]) == {ONE: CONVERTED}
    counts = row(ONE, COUNTS, NOW + HOUR)
    assert ended.look([MARK, counts]) == {}
    assert ended.look([MARK, row(ONE, "converted")]) == {}, "an old statement, signed as it is"
    assert ended.look([MARK, counts, row(ONE, "converted", NOW + 2 * HOUR)]) == {ONE: CONVERTED}


def test_a_platform_from_before_there_were_signatures_is_believed_until_it_signs(ended: EndedLicences) -> None:
    old = row(ONE, "withdrawn", key=None)
    assert ended.look([old]) == {ONE: WITHDRAWN}
    assert ended.objection() is None
    assert ended.look([]) == {}, "as it always was"
    # It was updated: it signs what it said before, and what is bare from now on is nobody's word.
    assert ended.look([MARK, row(ONE, "withdrawn"), row(OTHER, "withdrawn", key=None)]) == {ONE: WITHDRAWN}
    assert ended.objection() is not None
    assert ended.look([row(OTHER, "withdrawn", key=None)]) == {ONE: WITHDRAWN}, "the mark itself cannot be taken away"


def test_a_window_that_knows_no_platform_key_goes_by_the_rows(store: Store) -> None:
    bare = EndedLicences(store, lambda: ())
    assert bare.look([MARK, row(ONE, "withdrawn")]) == {ONE: WITHDRAWN}
    assert KEPT not in store.kept


def test_no_other_thing_that_the_platform_signs_is_such_a_statement() -> None:
    other = cbor2.dumps({"t": "yichuang.document-list", "h": ONE, "s": "withdrawn", "a": isoformat(NOW)})
    assert read_end(base64.b64encode(sign_bytes(other, PLATFORM)).decode(), (pin_of(PLATFORM),)) is None
    pins: tuple[Pin, ...] = (pin_of(THIEF), pin_of(PLATFORM))
    assert read_end(MARK["signed"], pins) == EndStatement("", SIGNS, NOW)


def test_rows_are_verified_again_only_when_they_or_the_believed_keys_have_changed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sync looks every round, and each signature costs."""
    verified: list[object] = []
    roots = [pin_of(PLATFORM)]
    ended = EndedLicences(store, lambda: tuple(roots))

    def counted(signed: object, pins: tuple[Pin, ...]) -> EndStatement | None:
        verified.append(signed)
        return read_end(signed, pins)

    monkeypatch.setattr("app.services.ended_licences.read_end", counted)
    rows = [MARK, row(ONE, "withdrawn"), row(OTHER, "withdrawn", key=THIEF)]
    other = {"id": "sessions", "sessions": "08:30-12:00 13:30-17:30"}
    for _ in range(3):
        assert ended.look([*rows, other]) == {ONE: WITHDRAWN}
    assert len(verified) == 3
    assert ended.look([*rows, row("c" * 64, "converted")]) == {ONE: WITHDRAWN, "c" * 64: CONVERTED}
    assert len(verified) == 7
    roots.append(pin_of(THIEF))
    assert ended.look([*rows, row("c" * 64, "converted")])[OTHER] is WITHDRAWN
