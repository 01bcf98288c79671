"""我的驻点 through a real gateway: known offline for days, leave asked for offline arrives once, demands come back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk_parts import Parts
from outing_kit import MOBILE, MobileWindow, mobile_window
from roster_kit import BY, FACTORY, YARD, change, rule

from app.domain.case import OutboxState
from app.domain.clock import NOTED_ANEW, isoformat, shanghai
from app.domain.errors import BadInput, Refused
from app.domain.matter import Act, MatterKind, MatterStage
from app.domain.stationing import ChangeKind, Specialist, Why
from app.presenters.roster_words import age_words
from app.services.matters import Asked, Matters
from app.services.roster import DAYS, READ_AT, MyStations
from widgets.views import Tone

EVERY = {"weekdays": (0, 1, 2, 3, 4), "start": dt.time(0), "end": dt.time(23, 59), "since": dt.date(2026, 1, 1)}


@pytest.fixture
def window(parts: Parts, tmp_path: Path) -> Iterator[MobileWindow]:
    with mobile_window(parts, tmp_path, feeds=("cases", "visits", "matters", "roster")) as made:
        yield made


@pytest.fixture
def matters(parts: Parts) -> Matters:
    return Matters(parts.counter, parts.issue_paper())


@pytest.fixture
def mine(window: MobileWindow, matters: Matters) -> MyStations:
    counter = window.parts.counter
    return MyStations(counter.store, counter.clock, counter.duty, matters.listed, window.packs.listed)


def me(window: MobileWindow) -> Specialist:
    holder = window.parts.counter.duty.holder
    assert holder is not None
    return Specialist(holder.number, holder.name, MOBILE)


def today(window: MobileWindow) -> dt.date:
    return shanghai(window.parts.clock.now()).date()


def stand(window: MobileWindow, mine: MyStations) -> None:
    """Stand at the factory all day today, and read it."""
    extra = {"specialist": me(window), "post": FACTORY, "start": dt.time(0), "end": dt.time(23, 59)}
    desk = window.gateway.gateway.roster
    for ahead in range(2):
        desk.change(change(ChangeKind.EXTRA, today(window) + dt.timedelta(days=ahead), **extra))
    read(window, mine)


def read(window: MobileWindow, mine: MyStations) -> None:
    assert window.engine.run_once().online
    mine.run()


def test_the_week_is_known_offline_for_days_and_says_how_old_it_is(window: MobileWindow, mine: MyStations) -> None:
    assert mine.mine().read_at is None
    assert age_words(None, window.parts.clock.now())[1] is Tone.WARNING
    stand(window, mine)
    window.gateway.stop()
    seen = mine.mine()
    (first, second) = seen.stations
    assert (first.shift.post, first.mine, first.shift.why) == (FACTORY, True, Why.EXTRA)
    assert (first.shift.post.contact, first.shift.post.phone) == ("赵䶮", "13905800001"), "who stands there may call"
    assert second.shift.day == seen.today + dt.timedelta(days=1)
    assert age_words(seen.read_at, window.parts.clock.now()) == (
        age_words(seen.read_at, window.parts.clock.now())[0],
        Tone.NEUTRAL,
    )
    window.parts.clock.advance(dt.timedelta(days=1))
    assert window.engine.run_once().online is False
    later = mine.mine()
    assert [station.shift.day for station in later.stations] == [second.shift.day]
    assert "1 天前" in age_words(later.read_at, window.parts.clock.now())[0]
    window.parts.clock.advance(dt.timedelta(days=2))
    words, tone = age_words(mine.mine().read_at, window.parts.clock.now())
    assert (tone, "请联网核对" in words) == (Tone.WARNING, True)


def test_leave_asked_for_offline_arrives_once_and_the_supervisor_sees_it(
    window: MobileWindow, mine: MyStations
) -> None:
    stand(window, mine)
    window.gateway.stop()
    mine.ask_leave(today(window), "看病")
    (station, _) = mine.mine().stations
    assert (station.mine, station.waiting, station.shift.why) == (False, True, Why.ABSENT)
    with pytest.raises(Refused, match="已登记请假"):
        mine.ask_leave(today(window), "再请一次")
    assert window.engine.run_once().waiting == 1

    window.gateway.start()
    read(window, mine)
    read(window, mine)
    desk = window.gateway.gateway.roster
    (absence,) = [one for one in desk.roster().changes if one.kind is ChangeKind.ABSENT]
    assert (absence.by, absence.reason) == (me(window).name, "看病")
    assert [one.deed for one in desk.log()].count(f"请假 {today(window)}") == 1
    assert desk.log()[0].device == MOBILE
    (station, _) = mine.mine().stations
    assert (station.mine, station.waiting) == (False, False)
    trail = [entry for entry in window.parts.store.audit_entries() if entry.action == "roster.absent"]
    assert len(trail) == 1
    assert "看病" not in trail[0].details

    # The reply was lost, or the gateway restored: the same entry again changes nothing.
    (entry,) = window.parts.store.absence_entries()
    assert entry.state is OutboxState.DONE
    window.client.submit_absence(entry.op_id, entry.body)
    assert len([one for one in desk.roster().changes if one.kind is ChangeKind.ABSENT]) == 1


def test_a_substitute_is_shown_to_who_is_away_and_the_demand_goes_to_them(
    window: MobileWindow, mine: MyStations, matters: Matters
) -> None:
    stand(window, mine)
    mine.ask_leave(today(window), "看病")
    read(window, mine)
    desk = window.gateway.gateway.roster
    (gap,) = desk.roster().gaps(today(window), 1)
    other = Specialist("8002", "李𠮷")
    desk.change(change(ChangeKind.SUBSTITUTE, today(window), shift=gap.shift_id, specialist=other))
    read(window, mine)
    (station, _) = mine.mine().stations
    assert station.shift.standing == other
    made = matters.open(Asked(MatterKind.DEMAND, FACTORY.name, "用电", "增容", firm_number=FACTORY.number))
    read(window, mine)
    read(window, mine)
    assert matters.one(made.matter_id).matter.stationed == "替班专员 李𠮷（8002）"


def test_a_demand_opened_offline_comes_back_given_and_is_handled_here(
    window: MobileWindow, mine: MyStations, matters: Matters
) -> None:
    stand(window, mine)
    window.gateway.stop()
    made = matters.open(Asked(MatterKind.DEMAND, FACTORY.name, "用电", "增容", firm_number=FACTORY.number))
    (station, _) = mine.mine().stations
    assert [line.matter.matter_id for line in station.matters] == [made.matter_id]
    window.gateway.start()
    read(window, mine)
    read(window, mine)
    line = matters.one(made.matter_id)
    assert (line.matter.stage, line.matter.stationed) == (
        MatterStage.ASSIGNED, f"加班专员 {me(window).name}（{me(window).clerk}）"
    )  # fmt: skip
    matters.step(made.matter_id, Act.HANDLE, "已增容")
    read(window, mine)
    assert window.gateway.gateway.matters.matter(made.matter_id).stage is MatterStage.HANDLED
    paper = matters.sheet(made.matter_id)
    assert "加班专员" in str(paper.paper)


def test_leave_that_the_platform_refuses_is_shown_with_its_reason(window: MobileWindow, mine: MyStations) -> None:
    stand(window, mine)
    window.gateway.stop()
    mine.ask_leave(today(window), "看病")
    window.gateway.start()
    for one in window.gateway.gateway.roster.roster().changes:
        window.gateway.gateway.roster.drop_change(one.change_id, BY)  # nobody knows me there any more
    assert window.engine.run_once().refused == 1
    window.gateway.gateway.roster.set_rule(rule(me(window), YARD, **EVERY), BY)
    read(window, mine)
    mine_today = [one for one in mine.mine().stations if one.shift.day == today(window)]
    assert all("不在驻点排班里" in one.refused for one in mine_today)
    assert all(one.mine for one in mine_today), "what was refused counts for nothing"


def test_leave_needs_a_reason_a_day_to_come_and_somebody_who_stands(window: MobileWindow, mine: MyStations) -> None:
    with pytest.raises(Refused, match="不在驻点排班里"):
        mine.ask_leave(today(window), "看病")
    stand(window, mine)
    with pytest.raises(BadInput, match="原因"):
        mine.ask_leave(today(window), "  ")
    with pytest.raises(Refused, match="已经过去"):
        mine.ask_leave(today(window) - dt.timedelta(days=1), "看病")
    assert window.parts.store.absence_entries() == []


def test_the_firms_pack_is_shown_taken_along_or_not(window: MobileWindow, mine: MyStations) -> None:
    firm = {"name": FACTORY.name, "uscc": FACTORY.number, "address": "", "contacts": []}
    window.plan(title=FACTORY.name, firm=firm)
    stand(window, mine)
    (station, _) = mine.mine().stations
    assert station.pack is not None
    assert station.pack.on_hand is None
    window.packs.check_out(station.pack.visit_id)
    (station, _) = mine.mine().stations
    assert station.pack is not None
    assert station.pack.on_hand is not None


def test_leave_that_is_over_is_forgotten_here(window: MobileWindow, mine: MyStations) -> None:
    stand(window, mine)
    mine.ask_leave(today(window), "看病")
    read(window, mine)
    window.parts.clock.advance(dt.timedelta(days=DAYS + 1))
    assert mine.run() is True
    assert window.parts.store.absence_entries() == []


def test_when_it_was_read_is_written_down_with_news_and_else_every_ten_minutes(
    window: MobileWindow, mine: MyStations
) -> None:
    store, clock = window.parts.store, window.parts.clock
    stand(window, mine)
    first = store.setting(READ_AT)
    clock.advance(NOTED_ANEW / 2)
    read(window, mine)
    assert store.setting(READ_AT) == first, "nothing was new"
    assert mine.mine().read_at == clock.now(), "the panel says when it was read all the same"
    stand(window, mine)
    second = store.setting(READ_AT)
    assert second == isoformat(clock.now()), "news"
    clock.advance(NOTED_ANEW)
    read(window, mine)
    assert store.setting(READ_AT) == isoformat(clock.now())


def test_only_ones_own_stations_are_shown_and_others_contacts_stay_masked(
    window: MobileWindow, mine: MyStations
) -> None:
    stand(window, mine)
    other = Specialist("8002", "李𠮷", "mobile-02")
    window.gateway.gateway.roster.set_rule(rule(other, YARD, **EVERY), BY)
    read(window, mine)
    assert {station.shift.post.name for station in mine.mine().stations} == {FACTORY.name}
    rows = [row for row in window.parts.store.feed_rows("roster") if row.get("post")]
    shown = {row["post"]["phone"] for row in rows if row["post"]["name"] == YARD.name}
    assert shown == {replace(YARD).masked().phone}
