"""Until when a case must be done: half days by sessions, whole days by days, as the item and the form say."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from desk_parts import shipped

from app.catalog.cells import BadCell, decode, encode
from app.domain.clock import SHANGHAI
from app.domain.hours import Sessions
from app.domain.urgency import URGENCY, URGENT, days_words, halves_of
from app.services.time_limits import TimeLimit, limit_of

SEAL = "11330500002601176Q300100905000001"
MORNING = dt.datetime(2026, 11, 23, 1, 15, tzinfo=dt.UTC)  # a Monday, 9:15


def test_the_filing_of_seals_takes_half_a_day() -> None:
    item = shipped()[0].items[SEAL]
    assert days_words(item.promised_days) == "0.5"
    found = limit_of(item, {}, MORNING, Sessions())
    assert found == TimeLimit(dt.date(2026, 11, 23), 1, dt.datetime(2026, 11, 23, 17, 30, tzinfo=SHANGHAI))


@pytest.mark.parametrize(("days", "halves"), [(0, 0), (0.5, 1), (1, 0), (1.5, 3), (2, 0)])
def test_whole_days_run_by_days_as_ever(days: float, halves: int) -> None:
    item = dataclasses.replace(shipped()[0].items[SEAL], promised_days=days)
    assert halves_of(item, {}) == halves
    found = limit_of(item, {}, MORNING, Sessions())
    assert (found.at is None) == (halves == 0)
    if not halves:
        assert found == TimeLimit(dt.date(2026, 11, 23) + dt.timedelta(days=int(days)))


def test_half_a_day_may_be_the_hurried_limit() -> None:
    item = dataclasses.replace(shipped()[0].items[SEAL], promised_days=3, urgent_days=0.5)
    assert halves_of(item, {}) == 0
    assert halves_of(item, {URGENCY: URGENT}) == 1


@pytest.mark.parametrize("days", [0, 0.5, 1, 7.5, 20])
def test_a_cell_of_the_workbook_holds_them(days: float) -> None:
    written = encode("half_days", days)
    assert decode("half_days", written) == days
    assert decode("half_days", f"{days:g}") == days
    assert isinstance(decode("half_days", float(days)), int) == (days == int(days))


@pytest.mark.parametrize("written", ["half", "0.3", 0.25, -1, True, None, "nan", "inf"])
def test_a_cell_with_anything_else_is_refused(written: object) -> None:
    with pytest.raises(BadCell, match="最小半天"):
        decode("half_days", written)
