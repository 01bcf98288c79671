"""Limits of half working days: which session they end with."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.clock import SHANGHAI, shanghai
from app.domain.hours import Sessions, Span, instant, read_sessions
from app.materials.workdays import add_working_days, due_after_halves, due_after_sessions, halves_between

USUAL = Sessions()


def at(text: str) -> dt.datetime:
    """A legal time."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("accepted", "halves", "ends"),
    [
        ("2026-11-23T09:15", 1, "2026-11-23T17:30"),  # in the morning: with the afternoon
        ("2026-11-23T08:30", 1, "2026-11-23T17:30"),  # at its first moment as well
        ("2026-11-23T07:50", 1, "2026-11-23T12:00"),  # before opening: the morning is the first after it
        ("2026-11-23T12:00", 1, "2026-11-23T17:30"),  # over lunch
        ("2026-11-23T12:40", 1, "2026-11-23T17:30"),
        ("2026-11-23T13:29:59", 1, "2026-11-23T17:30"),
        ("2026-11-23T13:30", 1, "2026-11-24T12:00"),  # in the afternoon: noon of the next working day
        ("2026-11-23T17:30", 1, "2026-11-24T12:00"),  # after closing
        ("2026-11-23T23:59:59", 1, "2026-11-24T12:00"),
        ("2026-11-24T00:00", 1, "2026-11-24T12:00"),
        ("2026-11-20T16:00", 1, "2026-11-23T12:00"),  # a Friday afternoon
        ("2026-11-21T10:00", 1, "2026-11-23T12:00"),  # a Saturday
        ("2026-09-30T14:00", 1, "2026-10-08T12:00"),  # 国庆: the seven days of rest do not count
        ("2026-10-03T10:00", 1, "2026-10-08T12:00"),
        ("2026-10-09T15:00", 1, "2026-10-10T12:00"),  # 调休: that Saturday is worked
        ("2026-10-10T09:00", 1, "2026-10-10T17:30"),
        ("2026-09-19T10:00", 1, "2026-09-20T12:00"),  # 调休: that Sunday is worked
        ("2026-11-23T09:15", 3, "2026-11-25T12:00"),  # a day and a half: Tuesday, and Wednesday morning
        ("2026-11-23T07:50", 3, "2026-11-25T12:00"),
        ("2026-11-23T12:30", 3, "2026-11-25T12:00"),
        ("2026-11-23T09:15", 5, "2026-11-26T12:00"),
        ("2026-11-23T14:00", 3, "2026-11-25T12:00"),
        ("2026-11-20T14:00", 3, "2026-11-24T12:00"),
    ],
)
def test_the_session_of_acceptance_does_not_count(accepted: str, halves: int, ends: str) -> None:
    found = due_after_halves(at(accepted), halves, USUAL)
    assert shanghai(found.at).isoformat() == at(ends).astimezone(SHANGHAI).isoformat()
    assert found.exact
    assert found.note == ""
    assert found.day == at(ends).astimezone(SHANGHAI).date()


def test_an_unpublished_year_is_estimated_and_said() -> None:
    found = due_after_halves(at("2098-12-26T14:00"), 5, USUAL)
    assert not found.exact
    assert found.note == "2098 年放假安排尚未发布，暂按周一至周五推算"


def test_the_departments_own_hours_hold() -> None:
    summer = read_sessions("09:00-11:30 14:30-18:00")
    assert due_after_halves(at("2026-11-23T08:45"), 1, summer).at == at("2026-11-23T11:30")
    assert due_after_halves(at("2026-11-23T13:30"), 1, summer).at == at("2026-11-23T18:00")
    assert read_sessions(summer.text) == summer


@pytest.mark.parametrize(
    "text", ["", "08:30-12:00", "08:30-13:45 13:30-17:30", "13:30-12:00 14:00-17:00", "x", "1 2 3"]
)
def test_what_is_no_two_sessions_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text.split()[0] if text else "^$"):
        read_sessions(text)


def test_sessions_may_not_overlap() -> None:
    with pytest.raises(ValueError, match="sessions"):
        Sessions(Span(600, 800), Span(700, 900))


@pytest.mark.parametrize(("moment", "halves"), [(at("2026-11-23T09:00"), 0), (dt.datetime(2026, 11, 23, 9), 1)])  # noqa: DTZ001
def test_no_limit_and_no_zone_are_refused(moment: dt.datetime, halves: int) -> None:
    with pytest.raises(ValueError, match="half days"):
        due_after_halves(moment, halves, USUAL)


@pytest.fixture(params=["America/Los_Angeles", "Pacific/Kiritimati", "UTC"])
def elsewhere(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    os.environ.pop("TZ", None)
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("elsewhere")
def test_the_machines_zone_says_nothing() -> None:
    # Given in another zone too: 18:15 of the day before in Los Angeles is 10:15 here.
    far = at("2026-11-23T10:15").astimezone(dt.timezone(-dt.timedelta(hours=8)))
    assert due_after_halves(far, 1, USUAL).at == at("2026-11-23T17:30")


MOMENTS = st.integers(0, 700 * 24 * 60).map(lambda minutes: at("2025-01-01T00:00") + dt.timedelta(minutes=minutes))


@settings(max_examples=150, deadline=None)
@given(MOMENTS, st.integers(1, 9))
def test_limits_end_with_sessions_and_only_grow(moment: dt.datetime, halves: int) -> None:
    due = due_after_halves(moment, halves, USUAL)
    local = shanghai(due.at)
    assert due.at > moment
    assert local.minute + 60 * local.hour in (12 * 60, 17 * 60 + 30)
    assert due_after_halves(moment, halves + 1, USUAL).at > due.at
    assert due_after_halves(moment + dt.timedelta(minutes=7), halves, USUAL).at >= due.at
    # All sessions of it end after the moment; those of the day of acceptance may come on top.
    assert halves_between(moment, due.at, USUAL) - halves in (0, 1, 2)
    # Never longer than the next whole number of days, which ends at midnight.
    whole = add_working_days(shanghai(moment).date(), (halves + 1) // 2)
    assert due.at <= instant(whole, 24 * 60) or shanghai(moment).time() >= dt.time(13, 30)


def test_what_is_left_of_a_limit() -> None:
    due = at("2026-11-24T12:00")
    assert halves_between(at("2026-11-23T09:00"), due, USUAL) == 3
    assert halves_between(at("2026-11-23T12:30"), due, USUAL) == 2
    assert halves_between(at("2026-11-23T20:00"), due, USUAL) == 1
    assert halves_between(due, due, USUAL) == 0
    assert halves_between(at("2026-10-01T09:00"), at("2026-10-08T12:00"), USUAL) == 1  # holidays hold none


@settings(max_examples=300, deadline=None)
@given(MOMENTS, st.integers(1, 12), st.integers(1, 12))
def test_a_longer_promise_never_ends_before_a_shorter_one(moment: dt.datetime, one: int, other: int) -> None:
    """Whole days and half days together, as items promise them; whole ones run to the midnight that ends their day."""

    def end(halves: int) -> dt.datetime:
        if halves % 2:
            return due_after_halves(moment, halves, USUAL).at
        last = add_working_days(shanghai(moment).date(), halves // 2)
        return dt.datetime.combine(last + dt.timedelta(days=1), dt.time(0), SHANGHAI)

    assert (end(one) < end(other)) is (one < other)
    assert (end(one) == end(other)) is (one == other)


def test_what_is_left_counts_on_by_sessions() -> None:
    assert due_after_sessions(at("2026-11-23T09:15"), 3, USUAL).at == at("2026-11-24T17:30")
    assert due_after_sessions(at("2026-11-23T13:30"), 2, USUAL).at == at("2026-11-24T17:30")
