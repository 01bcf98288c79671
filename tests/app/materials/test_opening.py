"""A desk's hours on the calendar: working days, make-up days, legal holidays, single days."""

from __future__ import annotations

import datetime as dt

import pytest

from app.domain.clock import SHANGHAI
from app.domain.hours import OpenHours, Span, read_days, read_week
from app.materials.opening import Opening, groups

WEEK = read_week("1-5 09:00-12:00 13:30-17:00")
MORE = read_week("2,4 17:00-19:00; 6 09:00-12:00")
DESK = Opening(OpenHours(WEEK, MORE, read_days("2026-09-26 closed; 2026-10-04 10:00-11:00")))


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(dt.UTC)


def said(day: str) -> list[tuple[str, bool]]:
    return [(one.span.words, one.extended) for one in DESK.of_day(dt.date.fromisoformat(day))]


def test_working_days_evenings_and_saturdays() -> None:
    assert said("2026-11-23") == [("9:00–12:00", False), ("13:30–17:00", False)]  # Monday
    assert said("2026-11-24")[-1] == ("17:00–19:00", True)  # Tuesday
    assert said("2026-11-28") == [("9:00–12:00", True)]  # Saturday
    assert said("2026-11-29") == []  # Sunday


def test_the_published_calendar_counts() -> None:
    assert said("2026-10-01") == [], "a Thursday, and the National Day: no evening service either"
    assert said("2026-10-10")[0] == ("9:00–12:00", False), "a Saturday that is worked has Monday's hours"
    assert [span for span, _ in said("2026-10-10")] == ["9:00–12:00", "13:30–17:00"], "and no second morning"
    assert said("2026-10-04") == [("10:00–11:00", True)], "a day that is named is open, holiday or not"
    assert said("2026-09-26") == [], "and one that is named closed is not"
    assert said("2099-01-05") == [("9:00–12:00", False), ("13:30–17:00", False)], "beyond what is published: Monday"


def test_now_and_next() -> None:
    assert not DESK.extended_at(at("2026-11-24T16:59"))
    assert DESK.extended_at(at("2026-11-24T17:00"))
    assert not DESK.extended_at(at("2026-11-24T19:00")), "the end is not in it"
    assert DESK.at(at("2026-11-24T12:30")) is None
    found = DESK.next_from(at("2026-11-27T18:00"))
    assert found is not None
    assert found.words == "11月28日（星期六）9:00–12:00"
    pick_up = DESK.pick_up(dt.date(2026, 11, 25))
    assert pick_up is not None
    assert pick_up.words == "11月26日（星期四）17:00–19:00"
    assert Opening(OpenHours(WEEK)).pick_up(dt.date(2026, 11, 25)) is None
    assert Opening(OpenHours()).at(at("2026-11-24T10:00")) is None


def test_a_week_in_runs() -> None:
    assert [(first, last) for first, last, _ in groups(WEEK)] == [(1, 5)]
    assert [(first, last) for first, last, _ in groups(MORE)] == [(2, 2), (4, 4), (6, 6)]
    assert groups({}) == []


def test_hours_are_read_as_people_type_them() -> None:
    assert read_week("1-2,4 9:00-24:00；6 8：30–9:00") == {
        **dict.fromkeys((1, 2, 4), (Span(540, 1440),)), 6: (Span(510, 540),),
    }  # fmt: skip
    assert read_week(" ") == {}
    assert read_days("2026-12-26 09:00-12:00") == {dt.date(2026, 12, 26): (Span(540, 720),)}


@pytest.mark.parametrize(
    "text",
    ["1-5", "8 09:00-12:00", "5-1 09:00-12:00", "1 09:00-08:00", "1 09:00-12:00 11:00-13:00", "1 9-12", "1 25:00-26:00",
     "1 09:00-12:00; 1 13:00-14:00", "1 09:00-24:30"],
)  # fmt: skip
def test_hours_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_week(text)


@pytest.mark.parametrize("text", ["2026-02-30 closed", "2026-12-26", "x 09:00-12:00", "2026-12-26 open"])
def test_days_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_days(text)
