"""Limits of half days in the store: kept, compared by the minute, and moved by the platform alone."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

from alembic import command
from alembic.config import Config

from app.domain.case import Case
from app.server.wire import case_document, read_case
from offline_db import migrate
from offline_db.case_list import CaseFilter
from offline_db.due import Bounds
from offline_db.engine import Database
from offline_db.keys import DemoKeys, keyset
from offline_db.profile import Profile
from offline_db.statistics import Lights
from offline_db.store import Store
from tests.offline_db.made_up_cases import made_case, made_event, made_operation

NOW = dt.datetime(2026, 11, 23, 6, tzinfo=dt.UTC)  # 14:00
TODAY = dt.date(2026, 11, 23)
MINUTE = dt.timedelta(minutes=1)
NEAR = 2 * 60 * MINUTE


def half_day(minutes: int, **changes: object) -> Case:
    """A case whose limit ends so many minutes from now."""
    at = NOW + minutes * MINUTE
    return made_case(due=(at + 8 * 60 * MINUTE).date(), halves=1, due_at=at, **changes)


def bounds(now: dt.datetime = NOW) -> Bounds:
    return Bounds(TODAY, TODAY + dt.timedelta(days=2), now, now + NEAR)


def found(store: Store, wanted: CaseFilter) -> list[str]:
    return [line.case_id for line in store.case_lines(store.list_cases(wanted))]


def test_they_come_back_and_travel_with_the_case(store: Store) -> None:
    half, plain = half_day(210), made_case()
    store.accept([half, plain], [], [made_event()])
    assert store.cases() == [plain, half]
    assert case_document(half)["limit"] == {"halves": 1, "due_at": "2026-11-23T09:30:00.000Z"}
    assert "limit" not in case_document(plain)
    again = read_case(case_document(half))
    assert (again.halves, again.due_at) == (1, half.due_at)
    lines = store.case_lines(store.list_cases(CaseFilter()))
    assert [line.due_at for line in lines] == [None, half.due_at]


def test_they_are_late_by_the_minute_and_the_most_urgent_stand_first(store: Store) -> None:
    over, now, soon, later = half_day(-1), half_day(0), half_day(119), half_day(121)
    today, yesterday = made_case(due=TODAY), made_case(due=TODAY - dt.timedelta(days=1))
    store.accept([later, soon, today, now, over, yesterday], [], [made_event()])
    assert found(store, CaseFilter(late=bounds())) == [case.case_id for case in (yesterday, over, now)]
    assert found(store, CaseFilter(near=bounds())) == [case.case_id for case in (soon, today)]
    before, after = NOW - dt.timedelta(days=9), NOW + dt.timedelta(days=9)
    assert store.day_figures(before, after, bounds(), TODAY).lights == Lights(late=3, near=2, calm=1, refused=0)
    # A minute later one more is over, though no day has passed.
    assert store.day_figures(before, after, bounds(NOW + 120 * MINUTE), TODAY).lights.late == 4


def test_the_next_light_to_turn(store: Store) -> None:
    assert store.next_limit(2, NOW) is None
    store.accept([half_day(210), half_day(240), made_case(due=TODAY)], [], [made_event()])
    assert store.next_limit(2, NOW) == NOW + 90 * MINUTE
    assert store.next_limit(2, NOW + 100 * MINUTE) == NOW + 120 * MINUTE
    assert store.next_limit(2, NOW + 120 * MINUTE) == NOW + 210 * MINUTE
    assert store.next_limit(2, NOW + 240 * MINUTE) is None


def test_the_platforms_word_holds_and_an_old_one_does_not(store: Store) -> None:
    half, plain = half_day(210), made_case(due=TODAY)
    store.accept([half, plain], [made_operation(half)], [made_event()])
    told = {"case_id": half.case_id, "rev": 2, "stage": 2, "due_at": "2026-11-24T04:00:00.000Z"}
    store.apply_feed("cases", [told, {**told, "case_id": plain.case_id}], [], "c1")
    case = store.case(half.case_id)
    assert case is not None
    assert case.due_at == half.due_at  # what is unfinished here goes first
    other = half_day(210)
    store.accept([other], [], [made_event()])
    store.apply_feed("cases", [{**told, "case_id": other.case_id}], [], "c2")
    store.apply_feed(
        "cases", [{**told, "case_id": other.case_id, "rev": 1, "due_at": "2026-11-30T04:00:00Z"}], [], "c3"
    )
    store.apply_feed("cases", [{**told, "case_id": other.case_id, "rev": 3, "due_at": "soon"}], [], "c4")
    moved = store.case(other.case_id)
    assert moved is not None
    assert (moved.due_at, moved.due) == (dt.datetime(2026, 11, 24, 4, tzinfo=dt.UTC), dt.date(2026, 11, 24))
    # One whose limit ends with its day gets no moment by the way.
    kept = store.case(plain.case_id)
    assert kept is not None
    assert (kept.due_at, kept.due) == (None, TODAY)


def test_the_migration_goes_both_ways_with_cases_in_it(open_store: Callable[[], Store], profile: Profile) -> None:
    first = open_store()
    half, plain = half_day(210), made_case()
    first.accept([half, plain], [], [made_event()])
    first.close()
    keys = keyset(profile, DemoKeys(profile.folder))
    database = Database(profile.database, keys.database)
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    with database.exclusive() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0012")
    database.close()
    again = open_store()
    # An older program knows the day; the moment is gone with it.
    assert again.cases() == [plain, dataclasses.replace(half, halves=0, due_at=None)]
