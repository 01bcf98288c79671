"""The roster: who stands where, on which days; nobody on holidays; nobody at two firms at once; gaps are seen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.errors import BadInput, Refused
from app.domain.stationing import ChangeKind, DayChange, Post, Roster, Rule, Specialist, Why
from app.materials.workdays import is_working_day

WANG, LI, SUN = Specialist("8001", "王㛃", "m1"), Specialist("8002", "李𠮷"), Specialist("8003", "孙𬭚")
FACTORY = Post("91330902MA2DHAA018", "定海䶮记船舶配件厂", "港口路 8 号", "赵䶮", "13905800001")
YARD = Post("", "定海𠮷祥船厂", "船厂路 1 号")
MONDAY = dt.date(2026, 11, 23)
SEEN = dt.datetime(2026, 11, 20, 1, tzinfo=dt.UTC)
MORNING = (dt.time(9), dt.time(12))
AT_FACTORY = Rule("r1", WANG, FACTORY, (0, 2), *MORNING, MONDAY)
AT_YARD = Rule("r2", LI, YARD, (0, 1), *MORNING, MONDAY, dt.date(2026, 12, 1))


def day(ahead: int) -> dt.date:
    return MONDAY + dt.timedelta(days=ahead)


def change(kind: ChangeKind, on: dt.date, **more: object) -> DayChange:
    return replace(DayChange(f"c-{kind}-{on}", kind, on, "主管", SEEN), **more)  # type: ignore[arg-type]


def roster(*changes: DayChange, rules: tuple[Rule, ...] = (AT_FACTORY, AT_YARD)) -> Roster:
    return Roster(rules, changes, is_working_day)


def at(on: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A legal time as an instant."""
    return dt.datetime(on.year, on.month, on.day, hour, minute, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def test_who_stands_there_at_an_instant_in_legal_time() -> None:
    made = roster()
    shift = made.standing_at(FACTORY.number, "", at(MONDAY, 9).astimezone(dt.UTC))
    assert shift is not None
    assert (shift.standing, shift.why) == (WANG, Why.RULE)
    assert made.standing_at(FACTORY.number, "", at(MONDAY, 8, 59)) is None
    assert made.standing_at(FACTORY.number, "", at(MONDAY, 12)) is None, "the end does not count"
    assert made.standing_at(FACTORY.number, "", at(day(1), 10)) is None
    # 01:00 UTC is nine o'clock; 17:00 UTC of the day before is one in the night of the same legal day.
    assert made.standing_at(FACTORY.number, "", dt.datetime(2026, 11, 23, 1, tzinfo=dt.UTC)) is not None
    assert made.standing_at(FACTORY.number, "", dt.datetime(2026, 11, 22, 17, tzinfo=dt.UTC)) is None
    night = replace(AT_FACTORY, start=dt.time(0), end=dt.time(6))
    assert roster(rules=(night,)).standing_at(FACTORY.number, "", dt.datetime(2026, 11, 22, 17, tzinfo=dt.UTC))


def test_a_firm_is_known_by_its_number_and_by_its_name_where_one_has_none() -> None:
    made = roster()
    assert made.standing_at("", FACTORY.name, at(MONDAY, 10)) is not None
    assert made.standing_at("91330902MA2DHBB028", YARD.name, at(MONDAY, 10)) is not None
    assert made.standing_at("91330902MA2DHBB028", FACTORY.name, at(MONDAY, 10)) is None, "another firm of that name"
    assert made.standing_at("", "", at(MONDAY, 10)) is None


def test_where_somebody_stands_this_week() -> None:
    assert [(s.day, s.post) for s in roster().of("8001", MONDAY, 7)] == [(MONDAY, FACTORY), (day(2), FACTORY)]
    assert roster().of("8003", MONDAY, 7) == []


@pytest.mark.parametrize(
    ("on", "why"),
    [(dt.date(2026, 10, 1), "National Day, a Thursday"), (dt.date(2026, 10, 10), "a Saturday worked in exchange")],
    ids=["holiday", "exchanged"],
)
def test_nobody_stands_on_a_holiday_nor_on_a_saturday_that_is_worked_for_one(on: dt.date, why: str) -> None:
    every = Rule("r1", WANG, FACTORY, (0, 1, 2, 3, 4), *MORNING, dt.date(2026, 9, 1))
    made = roster(rules=(every,))
    assert made.standing_at(FACTORY.number, "", at(on, 10)) is None, why
    assert made.shifts(on) == ()
    assert made.gaps(on, 1) == [], "nobody is missed on such a day"
    extra = change(ChangeKind.EXTRA, on, specialist=LI, post=FACTORY, start=dt.time(9), end=dt.time(11))
    shift = roster(extra, rules=(every,)).standing_at(FACTORY.number, "", at(on, 10))
    assert shift is not None
    assert (shift.standing, shift.why) == (LI, Why.EXTRA)


def test_a_rule_ends_with_its_last_day_and_then_the_firm_is_missed_until_another_follows() -> None:
    made = roster()
    last, after = dt.date(2026, 12, 1), dt.date(2026, 12, 7)
    assert made.standing_at("", YARD.name, at(last, 10)) is not None
    assert made.standing_at("", YARD.name, at(after, 10)) is None
    assert [(gap.day, gap.post, gap.why) for gap in made.gaps(dt.date(2026, 12, 2), 7)] == [
        (after, YARD, Why.ENDED), (after + dt.timedelta(days=1), YARD, Why.ENDED)
    ]  # fmt: skip
    follows = Rule("r3", SUN, YARD, (4,), *MORNING, dt.date(2026, 12, 2))
    assert roster(rules=(AT_FACTORY, AT_YARD, follows)).gaps(dt.date(2026, 12, 2), 7) == []


def test_leave_leaves_a_gap_and_a_substitute_closes_it() -> None:
    leave = change(ChangeKind.ABSENT, MONDAY, specialist=WANG, reason="看病")
    away = roster(leave)
    (gap,) = away.gaps(MONDAY, 5)
    assert (gap.post, gap.regular, gap.why, gap.reason) == (FACTORY, WANG, Why.ABSENT, "看病")
    assert away.standing_at(FACTORY.number, "", at(MONDAY, 10)) is None
    for_her = change(ChangeKind.SUBSTITUTE, MONDAY, shift="r1", specialist=SUN)
    away.check_change(for_her)
    helped = roster(leave, for_her)
    assert helped.gaps(MONDAY, 5) == []
    shift = helped.standing_at(FACTORY.number, "", at(MONDAY, 10))
    assert shift is not None
    assert (shift.standing, shift.regular, shift.why) == (SUN, WANG, Why.SUBSTITUTE)
    assert [s.day for s in helped.of("8001", MONDAY, 5)] == [day(2)]
    assert [s.day for s in helped.concerning("8001", MONDAY, 5)] == [MONDAY, day(2)]
    # The substitute falls ill as well: a gap again, until a newer one is named.
    ill = replace(change(ChangeKind.ABSENT, MONDAY, specialist=SUN), change_id="c-ill")
    assert len(roster(leave, for_her, ill).gaps(MONDAY, 1)) == 1


def test_two_swap_their_days() -> None:
    swap = change(ChangeKind.SWAP, day(2), shift="r1", other="r2", other_day=day(1))
    roster().check_change(swap)
    made = roster(swap)
    made.check(MONDAY)
    assert [(s.post, s.standing, s.why) for s in made.shifts(day(1))] == [(YARD, WANG, Why.SWAP)]
    assert [(s.post, s.standing) for s in made.shifts(day(2))] == [(FACTORY, LI)]
    assert [s.standing for s in made.shifts(day(7))] == [WANG, LI], "the next week is as ever"


def test_a_swap_that_puts_one_person_at_two_firms_is_refused() -> None:
    # Li stands at the yard on Monday already; by the swap she would also stand at the factory then.
    with pytest.raises(Refused, match="李𠮷（8002）11-23"):
        roster(change(ChangeKind.SWAP, MONDAY, shift="r1", other="r2", other_day=day(1))).check(MONDAY)


def test_nobody_is_booked_at_two_firms_at_once() -> None:
    both = replace(AT_YARD, rule_id="r9", specialist=WANG, start=dt.time(11), end=dt.time(15))
    with pytest.raises(Refused) as refused:
        roster(rules=(AT_FACTORY, both)).check(MONDAY)
    assert refused.value.title == "一人不能同时在两处驻点"
    assert "王㛃（8001）每周周一" in refused.value.what
    assert FACTORY.name in refused.value.what
    assert YARD.name in refused.value.what
    after = replace(both, start=dt.time(12))
    roster(rules=(AT_FACTORY, after)).check(MONDAY)
    other_days = replace(both, weekdays=(1, 3))
    roster(rules=(AT_FACTORY, other_days)).check(MONDAY)
    # Two rules that meet for a few days alone, none of which is a weekday of both.
    brief = replace(both, since=day(3), until=day(6))
    roster(rules=(AT_FACTORY, brief)).check(MONDAY)


def test_a_substitute_or_an_extra_day_cannot_double_book_either() -> None:
    for_her = change(ChangeKind.SUBSTITUTE, MONDAY, shift="r1", specialist=LI)
    with pytest.raises(Refused, match="11-23"):
        roster(for_her).check(MONDAY)
    extra = change(ChangeKind.EXTRA, MONDAY, specialist=WANG, post=YARD, start=dt.time(11), end=dt.time(13))
    with pytest.raises(Refused, match="重叠"):
        roster(extra).check(MONDAY)
    roster(extra).check(day(1))  # what is past is not judged again


@pytest.mark.parametrize(
    ("wrong", "title"),
    [
        (change(ChangeKind.SUBSTITUTE, day(1), shift="r1", specialist=SUN), "那天没有这个驻点"),
        (change(ChangeKind.SUBSTITUTE, MONDAY, shift="r1", specialist=WANG), "不能替自己"),
        (change(ChangeKind.ABSENT, MONDAY, specialist=Specialist("9999", "陌生人")), "不能登记请假"),
        (change(ChangeKind.EXTRA, MONDAY, specialist=SUN, post=YARD, start=dt.time(9), end=dt.time(9)), "时间有误"),
        (change(ChangeKind.EXTRA, MONDAY, specialist=SUN, post=replace(YARD, name=" ")), "企业没有写全"),
        (change(ChangeKind.SWAP, MONDAY, shift="r1", other="r2", other_day=day(2)), "那天没有这个驻点"),
    ],
    ids=["no-shift", "herself", "stranger", "no-hours", "no-firm", "swap-no-shift"],
)
def test_a_change_that_says_nothing_true_is_refused(wrong: DayChange, title: str) -> None:
    with pytest.raises((Refused, BadInput)) as refused:
        roster().check_change(wrong)
    assert refused.value.title == title


def test_who_is_on_leave_does_not_substitute() -> None:
    ill = change(ChangeKind.ABSENT, MONDAY, specialist=LI)
    with pytest.raises(Refused, match="李𠮷11-23 请假"):
        roster(ill).check_change(change(ChangeKind.SUBSTITUTE, MONDAY, shift="r1", specialist=LI))


@pytest.mark.parametrize(
    "wrong",
    [
        replace(AT_FACTORY, weekdays=()),
        replace(AT_FACTORY, weekdays=(5,)),
        replace(AT_FACTORY, end=dt.time(9)),
        replace(AT_FACTORY, until=day(-1)),
        replace(AT_FACTORY, specialist=Specialist("工号", "王㛃")),
    ],
    ids=["no-day", "saturday", "no-hours", "ends-before", "number"],
)
def test_a_rule_that_cannot_stand_is_refused(wrong: Rule) -> None:
    with pytest.raises(BadInput):
        wrong.check()


def test_others_see_a_contact_masked() -> None:
    shown = FACTORY.masked()
    assert (shown.contact, shown.phone) == ("赵*", "139********")
    assert YARD.masked() == YARD
