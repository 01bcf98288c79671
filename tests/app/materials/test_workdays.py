"""Working days with China's public holidays, and an honest estimate beyond the published years."""

from __future__ import annotations

import datetime as dt

import pytest

from app.materials.workdays import add_working_days, due_after


@pytest.mark.parametrize(
    ("day", "days", "due"),
    [
        ("2026-11-21", 0, "2026-11-21"),
        ("2026-11-20", 1, "2026-11-23"),  # a Friday
        ("2026-11-21", 20, "2026-12-18"),
        ("2026-09-30", 1, "2026-10-08"),  # National Day, seven days off
        ("2026-09-18", 1, "2026-09-20"),  # a Sunday that is worked in place of a holiday
        ("2026-04-03", 1, "2026-04-07"),  # Qingming
    ],
)
def test_holidays_and_days_in_lieu_count(day: str, days: int, due: str) -> None:
    found = due_after(dt.date.fromisoformat(day), days)
    assert found.day.isoformat() == due
    assert found.exact
    assert found.note == ""


def test_an_unpublished_year_is_counted_by_weekdays_and_said_so() -> None:
    far = due_after(dt.date(2098, 12, 26), 5)
    assert far.day == dt.date(2099, 1, 2)
    assert not far.exact
    assert far.note == "2098、2099 年放假安排尚未发布，暂按周一至周五推算"


def test_a_negative_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        due_after(dt.date(2026, 1, 1), -1)


def test_the_short_form_agrees() -> None:
    assert add_working_days(dt.date(2026, 11, 21), 20) == dt.date(2026, 12, 18)
