"""Limits of half working days at the gateway: worked out by its own rule, put right, stopped, shown."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from gateway_kit import DEVICE, Raw, make_case, new_key, workstation

from app.bootstrap_gateway import load_shared_data
from app.domain.case import Case
from app.domain.clock import SHANGHAI, FixedClock, isoformat
from app.domain.errors import BadInput
from app.domain.hours import Sessions, read_sessions
from app.domain.ticks import ClockReading
from app.gateway.board import window_days
from app.gateway.cases import Stage
from app.gateway.core import open_gateway
from app.gateway.office_html import office_page
from app.gateway.server import GatewayServer
from app.materials.workdays import due_after_halves
from app.server.wire import case_document
from app.services.time_limits import sessions_of

MORNING = dt.datetime(2026, 11, 23, 1, tzinfo=dt.UTC)  # a Monday, 9:00
NOON = "2026-11-24T04:00:00.000Z"
CLOSING = "2026-11-23T09:30:00.000Z"


@pytest.fixture(autouse=True)
def monday(clock: FixedClock) -> None:
    clock.advance(MORNING - clock.now())


def half_day(serial: int = 1, at: dt.datetime = MORNING, halves: int = 1, **changes: object) -> Case:
    due = due_after_halves(at, halves, Sessions())
    return dataclasses.replace(make_case(serial, at=at), halves=halves, due_at=due.at, due=due.day, **changes)  # type: ignore[arg-type]


def submit(raw: Raw, case: Case, key: str = "") -> None:
    answer = raw("POST", "/v1/cases", case_document(case), key=key or new_key())
    assert answer.status_code == 201, answer.text


def rows(raw: Raw, feed: str = "cases") -> list[dict[str, object]]:
    return list(raw("GET", f"/v1/feeds/{feed}").json()["items"])


def test_both_sides_work_out_the_same(server: GatewayServer, raw: Raw) -> None:
    half, plain = half_day(), make_case(2)
    submit(raw, half)
    submit(raw, plain)
    found = {row["case_id"]: row.get("due_at") for row in rows(raw)}
    assert found == {half.case_id: CLOSING, plain.case_id: None}
    assert rows(raw, "messages") == []


@pytest.mark.parametrize("forged", ["2026-11-23T04:00:00.000Z", "2026-12-31T04:00:00.000Z"], ids=["short", "long"])
def test_a_forged_end_is_put_right_and_the_window_told(server: GatewayServer, raw: Raw, forged: str) -> None:
    case = dataclasses.replace(half_day(), due_at=dt.datetime.fromisoformat(forged))
    key = new_key()
    submit(raw, case, key)
    submit(raw, case, key)  # a repetition changes nothing and tells nothing twice
    assert [row["due_at"] for row in rows(raw)] == [CLOSING]
    (told,) = rows(raw, "messages")
    assert told["kind"] == "notice"
    assert "2026-11-23 17:30 为准" in str(told["words"])


def test_a_limit_that_is_none_is_refused(server: GatewayServer, raw: Raw) -> None:
    for limit in (
        {"halves": 0, "due_at": NOON},
        {"halves": 1},
        {"halves": 1.5, "due_at": NOON},
        {"halves": 1, "due_at": "x"},
    ):
        answer = raw("POST", "/v1/cases", {**case_document(make_case(1)), "limit": limit}, key=new_key())
        assert answer.json().get("outcome") != "accepted", limit
    assert rows(raw) == []


@pytest.mark.parametrize("hours", [-30, 48], ids=["put-back", "ahead"])
def test_a_clock_that_is_wrong_moves_no_limit(server: GatewayServer, raw: Raw, hours: int) -> None:
    # The window says so itself, or the time lies ahead: half a day then runs from the arrival.
    at = MORNING + dt.timedelta(hours=hours)
    doubt = ClockReading(None, 1, "boot", True) if hours < 0 else None
    submit(raw, half_day(at=at, clock=doubt))
    assert [row["due_at"] for row in rows(raw)] == [CLOSING]
    assert len(rows(raw, "messages")) == 1


def test_one_that_was_offline_keeps_its_own_time(server: GatewayServer, raw: Raw, clock: FixedClock) -> None:
    case = half_day()
    clock.advance(dt.timedelta(days=3))
    submit(raw, case)
    assert [row["due_at"] for row in rows(raw)] == [CLOSING]
    assert server.gateway.limits.light(dt.datetime.fromisoformat(CLOSING)) == "red"


def test_the_departments_hours_hold_for_both_sides(
    server: GatewayServer, raw: Raw, clock: FixedClock, tmp_path: Path
) -> None:
    summer = read_sessions("09:30-11:30 15:00-18:00")
    server.gateway.limits.set_sessions(summer)
    submit(raw, half_day())  # by the usual hours: this window has not heard of them
    assert [row["due_at"] for row in rows(raw)] == ["2026-11-23T03:30:00.000Z"]
    assert len(rows(raw, "messages")) == 1
    with workstation(tmp_path, clock) as station:
        assert sessions_of(station.store) == Sessions()
        station.store.apply_feed("policies", rows(raw, "policies"), [], "p1")
        assert sessions_of(station.store) == summer == server.gateway.limits.sessions()
        broken = [{"id": "sessions", "sessions": "all day"}]
        station.store.apply_feed("policies", broken, [], "p2")
        assert sessions_of(station.store) == Sessions()


def test_they_are_taken_in_from_a_file(db_url: str, tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    file = folder / "working-hours.yaml"
    file.write_text("sessions: 09:00-12:00 14:00-18:00\n", encoding="utf-8")
    load_shared_data(db_url, tmp_path / "files", folder)
    gateway = open_gateway(db_url, tmp_path / "files", clock)
    assert gateway.limits.sessions() == read_sessions("09:00-12:00 14:00-18:00")
    gateway.close()
    for wrong in ("sessions: 09:00-12:00\n", "hours: 1\n", "[]\n", "sessions: 5\n"):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(BadInput, match="working-hours"):
            load_shared_data(db_url, tmp_path / "files", folder)


def test_time_stands_still_while_something_is_put_right(server: GatewayServer, raw: Raw, clock: FixedClock) -> None:
    case = half_day(halves=3)  # to Wednesday noon
    submit(raw, case)
    clock.advance(dt.timedelta(hours=6))  # Monday 15:00: this afternoon and three sessions are left
    server.advance(case.case_id, Stage.CORRECTION)
    clock.advance(dt.timedelta(hours=1))
    server.advance(case.case_id, Stage.SUSPENDED)  # still standing
    assert server.gateway.limits.ends() == {}
    clock.advance(dt.timedelta(days=4, hours=-1))  # Friday 15:00
    server.advance(case.case_id, Stage.UNDER_REVIEW)
    (row,) = rows(raw)
    assert row["due_at"] == isoformat(dt.datetime(2026, 12, 1, 17, 30, tzinfo=SHANGHAI))  # Monday and Tuesday
    server.advance(case.case_id, Stage.DECIDED)
    assert [row["due_at"] for row in rows(raw)] == [isoformat(dt.datetime(2026, 12, 1, 17, 30, tzinfo=SHANGHAI))]
    assert server.gateway.limits.ends() == {}


def test_what_was_late_before_it_stood_still_stays_late(server: GatewayServer, raw: Raw, clock: FixedClock) -> None:
    case = half_day()
    submit(raw, case)
    clock.advance(dt.timedelta(days=1))
    server.advance(case.case_id, Stage.CORRECTION)
    clock.advance(dt.timedelta(days=1))
    server.advance(case.case_id, Stage.UNDER_REVIEW)
    assert [row["due_at"] for row in rows(raw)] == [CLOSING]


def test_the_supervisors_see_it_turn_by_the_hour(server: GatewayServer, raw: Raw, clock: FixedClock) -> None:
    urgent = half_day(2)
    submit(raw, half_day(1, halves=3))
    submit(raw, urgent)

    def light() -> tuple[str, tuple[str, ...]]:
        day = next(one for one in window_days(server.gateway) if one.device_id == DEVICE)
        return day.light, day.why

    assert light() == ("green", ())
    clock.advance(dt.timedelta(hours=6, minutes=30))  # 15:30
    assert light() == ("yellow", ("半日件临近到期 1 件",))
    clock.advance(dt.timedelta(hours=2))  # 17:30
    assert (light()[0], light()[1][0]) == ("red", "半日件超时 1 件")
    page = office_page(server.gateway, "mark", "")
    first, second = page.index("11-23 17:30 前办结，已超时"), page.index("11-25 12:00 前办结")
    assert first < second  # the most urgent first, though it came last
    server.advance(urgent.case_id, Stage.DECIDED)
    assert not any("半日件" in why for why in light()[1])
