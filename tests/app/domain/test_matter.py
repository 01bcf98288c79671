"""Firms' matters: who may take which step when, what a rating weighs, and when each clock ends."""

from __future__ import annotations

import datetime as dt

import pytest

from app.domain.clock import SHANGHAI
from app.domain.errors import Refused
from app.domain.matter import Act, Matter, MatterKind, MatterStage, Role, Scope, Side, Step
from app.materials.matter_clock import due_of, light_of

FRIDAY = dt.datetime(2026, 9, 4, 10, tzinfo=SHANGHAI).astimezone(dt.UTC)


def made(kind: MatterKind = MatterKind.DEMAND, scope: Scope = Scope.SIMPLE) -> Matter:
    due = due_of(kind, scope, FRIDAY)
    return Matter("m1", kind, "SQY0320260904000", FRIDAY, "李敏", "𠮷祥㛃食品厂", "", "用电", "要增容", scope, due=due)


def step(act: Act, side: Side = Side.OFFICE, role: Role | None = None, stars: int = 0) -> Step:
    return Step(f"{act}-{side}-{role}", act, side, "某人", FRIDAY, "说明", role, stars)


def test_a_slip_goes_all_its_way_and_its_clock_stops_at_the_answer() -> None:
    matter = made()
    office = [(act, Side.OFFICE) for act in (Act.ASSIGN, Act.HANDLE, Act.SUPERVISE)]
    way = [*office, (Act.ANSWER, Side.WINDOW)]
    seen = [matter.stage]
    for act, side in way:
        matter = matter.after(step(act, side))
        seen.append(matter.stage)
    stages = MatterStage
    assert seen == [stages.OPEN, stages.ASSIGNED, stages.HANDLED, stages.SUPERVISED, stages.ANSWERED]
    assert not matter.running
    assert light_of(matter, FRIDAY + dt.timedelta(days=365)) == ""
    assert matter.after(step(Act.CLOSE, Side.WINDOW)).stage is stages.CLOSED


def test_a_firm_that_is_not_content_sends_it_back() -> None:
    matter = made()
    for act in (Act.ASSIGN, Act.HANDLE, Act.SUPERVISE, Act.ANSWER):
        matter = matter.after(step(act))
    again = matter.after(step(Act.RETURN, Side.WINDOW))
    assert again.stage is MatterStage.ASSIGNED
    assert again.running


@pytest.mark.parametrize(
    ("act", "side"),
    [(Act.ASSIGN, Side.WINDOW), (Act.HANDLE, Side.OFFICE), (Act.CLOSE, Side.WINDOW), (Act.RATE, Side.WINDOW)],
    ids=["not-its-side", "too-early", "not-answered", "not-its-kind"],
)
def test_steps_out_of_turn_are_refused(act: Act, side: Side) -> None:
    with pytest.raises(Refused):
        made().after(step(act, side))


def test_the_same_step_twice_is_one() -> None:
    matter = made().after(step(Act.ASSIGN))
    assert matter.after(step(Act.ASSIGN)) is matter


def test_a_rating_weighs_owner_50_department_30_centre_20() -> None:
    matter = made(MatterKind.AGENCY).after(step(Act.HANDLE))
    assert Act.CLOSE not in matter.may(Side.OFFICE)
    for side, role, stars in (
        (Side.WINDOW, Role.OWNER, 5), (Side.OFFICE, Role.DEPARTMENT, 4), (Side.OFFICE, Role.CENTRE, 3),
    ):  # fmt: skip
        assert matter.rating is None
        matter = matter.after(step(Act.RATE, side, role, stars))
    assert matter.rating == 4.3
    assert Act.RATE not in matter.may(Side.OFFICE)
    assert Act.CLOSE in matter.may(Side.OFFICE)


@pytest.mark.parametrize(
    ("side", "role", "stars"),
    [(Side.WINDOW, Role.CENTRE, 5), (Side.WINDOW, Role.OWNER, 6), (Side.WINDOW, Role.OWNER, 0)],
    ids=["anothers-role", "six-stars", "no-stars"],
)
def test_a_rating_that_is_none_is_refused(side: Side, role: Role, stars: int) -> None:
    with pytest.raises(Refused):
        made(MatterKind.AGENCY).after(step(Act.HANDLE)).after(step(Act.RATE, side, role, stars))


@pytest.mark.parametrize(
    ("kind", "scope", "last"),
    [
        (MatterKind.DEMAND, Scope.SIMPLE, dt.date(2026, 9, 7)),
        (MatterKind.DEMAND, Scope.ONE, dt.date(2026, 9, 9)),
        (MatterKind.CONTACT, Scope.SEVERAL, dt.date(2026, 9, 11)),
        (MatterKind.REVIEW, Scope.SIMPLE, dt.date(2026, 9, 11)),
        (MatterKind.EVENT, Scope.SEVERAL, dt.date(2026, 9, 7)),
        (MatterKind.FAULT, Scope.SIMPLE, dt.date(2026, 9, 11)),
    ],
    ids=["simple-1", "one-3", "several-5", "review-5", "event-1", "fault-5"],
)
def test_clocks_count_working_days_after_the_day_itself(kind: MatterKind, scope: Scope, last: dt.date) -> None:
    end = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), SHANGHAI)
    assert due_of(kind, scope, FRIDAY) == end


def test_an_inspection_is_due_in_24_hours_weekend_or_not() -> None:
    assert due_of(MatterKind.INSPECTION, Scope.SIMPLE, FRIDAY) - FRIDAY == dt.timedelta(hours=24)


def test_the_light_turns_yellow_then_red() -> None:
    matter = made()
    assert matter.due is not None
    lights = [light_of(matter, matter.due - dt.timedelta(hours=hours)) for hours in (17, 16, 1, 0)]
    assert lights == ["green", "yellow", "yellow", "red"]
