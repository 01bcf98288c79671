"""Clock, masking, facts, device replies."""

import datetime as dt

import pytest

from app.domain.clock import FixedClock, isoformat, parse_iso, shanghai
from app.domain.fact import Verdict
from app.domain.person import mask, mask_name
from devices.outcome import Outcome, Reply

AT = dt.datetime(2026, 11, 21, 17, 0, 0, 5000, tzinfo=dt.UTC)


def test_iso_round_trip_and_zone_demanded() -> None:
    assert isoformat(AT) == "2026-11-21T17:00:00.005Z"
    assert parse_iso(isoformat(AT)) == AT
    with pytest.raises(ValueError, match="zone"):
        parse_iso("2026-11-21T17:00:00")


def test_fixed_clock_moves_only_when_told_and_wants_a_zone() -> None:
    clock = FixedClock(AT)
    assert clock.now() == clock.now()
    clock.advance(dt.timedelta(hours=1))
    assert shanghai(clock.now()).hour == 2
    with pytest.raises(ValueError, match="aware"):
        FixedClock(AT.replace(tzinfo=None))


def test_masks_hide_the_middle() -> None:
    assert mask("330502199001011234") == "3305**********1234"
    assert mask("12345678") == "********"
    assert mask("E12345678") == "E1*****78"
    assert mask("13857200011") == "138****0011"
    assert mask("H12345678012") == "H12******012"
    assert mask_name("王𠮷祥") == "王**"


def test_bad_verdicts_are_not_usable() -> None:
    assert [v for v in Verdict if not v.usable] == [Verdict.EXPIRED, Verdict.REVOKED, Verdict.INVALID]


def test_a_reply_without_ok_has_no_value() -> None:
    assert Reply(Outcome.OK, 3).unwrap() == 3
    with pytest.raises(ValueError, match="TIMEOUT"):
        Reply(Outcome.TIMEOUT, 3).unwrap()
