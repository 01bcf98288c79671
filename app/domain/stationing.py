"""The roster 驻点排班: which specialist stands at which firm on which days, and what changes on single days.

A rule stands for weekdays between two dates; on days that are no working days nobody stands, whatever the rule says. A
weekend worked in exchange for a holiday 调休 is no weekday of any rule: who stands then has an extra day. Days and
hours are legal time; instants are UTC.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from types import MappingProxyType

from app.domain.clock import shanghai
from app.domain.errors import BadInput, Refused
from app.domain.person import mask_name

FRIDAY = 4
LONGEST_RULE = dt.timedelta(days=3 * 366)
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


class ChangeKind(StrEnum):
    """What is different on one day. Lower-case members are the wire's words."""

    ABSENT = "absent"
    """请假: a specialist stands nowhere that day."""
    SUBSTITUTE = "substitute"
    """替班: somebody else stands one shift."""
    SWAP = "swap"
    """调班: two specialists take each other's shift."""
    EXTRA = "extra"
    """加班: a shift of its own, on any day."""


class Why(StrEnum):
    """Why somebody stands, or why nobody does."""

    RULE = "rule"
    SUBSTITUTE = "substitute"
    SWAP = "swap"
    EXTRA = "extra"
    ABSENT = "absent"
    ENDED = "ended"
    """The firm's rule is over and no other follows."""


CHANGE_NAMES: Mapping[ChangeKind, str] = MappingProxyType(
    {ChangeKind.ABSENT: "请假", ChangeKind.SUBSTITUTE: "替班", ChangeKind.SWAP: "调班", ChangeKind.EXTRA: "加班"}
)
WHY_NAMES: Mapping[Why, str] = MappingProxyType(
    {
        Why.RULE: "驻点专员",
        Why.SUBSTITUTE: "替班专员",
        Why.SWAP: "调班专员",
        Why.EXTRA: "加班专员",
        Why.ABSENT: "请假，无人替班",
        Why.ENDED: "排班已到期",
    }
)
"""In words: of who stands, or why nobody does."""


@dataclass(frozen=True, slots=True)
class Specialist:
    """A mobile officer 流动专员. clerk: the staff number 工号. device: the laptop they carry, "" when not known."""

    clerk: str
    name: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """The firm where somebody stands. number: 统一社会信用代码. contact, phone: of its person; personal data."""

    number: str
    name: str
    address: str = ""
    contact: str = ""
    phone: str = ""

    def masked(self) -> Post:
        """For those who do not stand there."""
        phone = self.phone[:3] + "*" * max(len(self.phone) - 3, 0)
        return replace(self, contact=mask_name(self.contact), phone=phone)

    def means(self, number: str, name: str) -> bool:
        """Is this the firm? By number where both have one, else by name."""
        if number and self.number:
            return number == self.number
        return bool(name) and name == self.name


@dataclass(frozen=True, slots=True)
class Rule:
    """A specialist stands at a firm on these weekdays (0 is Monday), from start to end. until: its last day, None: for
    good."""

    rule_id: str
    specialist: Specialist
    post: Post
    weekdays: tuple[int, ...]
    start: dt.time
    end: dt.time
    since: dt.date
    until: dt.date | None = None

    def on(self, day: dt.date) -> bool:
        """Does it speak of this day?"""
        return day.weekday() in self.weekdays and self.in_force(day)

    def in_force(self, day: dt.date) -> bool:
        """Does it lie between its dates?"""
        return self.since <= day and (self.until is None or day <= self.until)

    def check(self) -> None:
        """BadInput unless it can stand."""
        _check_hours(self.start, self.end)
        if not self.weekdays or not all(0 <= day <= FRIDAY for day in self.weekdays):
            raise BadInput("排班有误", "没有选周一至周五中的哪几天。", "周末和节假日站点请登记为加班日。")
        if self.until is not None and not dt.timedelta() <= self.until - self.since <= LONGEST_RULE:
            raise BadInput("排班有误", "结束日期早于开始日期，或者超过三年。", "请核对起止日期。")
        _check_who(self.specialist, self.post)


@dataclass(frozen=True, slots=True)
class DayChange:
    """What is different on one day.

    specialist: who is away, or who stands. shift: of SUBSTITUTE and SWAP, the rule's id or that of the extra day.
    other, other_day: of SWAP, the rule whose specialist comes, and the day on which this one's goes there. post, start,
    end: of EXTRA. by: who said so. at: when, UTC; the newer of two counts.
    """

    change_id: str
    kind: ChangeKind
    day: dt.date
    by: str
    at: dt.datetime
    specialist: Specialist | None = None
    shift: str = ""
    other: str = ""
    other_day: dt.date | None = None
    post: Post | None = None
    start: dt.time = dt.time(9)
    end: dt.time = dt.time(17)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """One firm on one day. standing: who is there, None when nobody is; regular: who should be. shift_id: the rule's id
    or the extra day's. reason: what was said of the absence."""

    day: dt.date
    start: dt.time
    end: dt.time
    post: Post
    regular: Specialist
    standing: Specialist | None
    why: Why
    shift_id: str
    reason: str = ""

    def covers(self, at: dt.datetime) -> bool:
        """Does this instant lie in it? The end does not count."""
        local = shanghai(at)
        return local.date() == self.day and self.start <= local.time().replace(tzinfo=None) < self.end


Works = Callable[[dt.date], bool]
"""Is this a working day of the calendar?"""


@dataclass(frozen=True, slots=True)
class Roster:
    """All rules and changes, and what follows from them for a day. works: the calendar."""

    rules: tuple[Rule, ...]
    changes: tuple[DayChange, ...]
    works: Works

    def shifts(self, day: dt.date) -> tuple[Shift, ...]:
        """Every shift of a day, the earliest first; also those at which nobody stands."""
        today = [change for change in self.changes if day in (change.day, change.other_day)]
        today.sort(key=lambda change: (change.at, change.change_id))
        found = [
            _shift(day, rule.rule_id, rule.specialist, rule.post, (rule.start, rule.end), Why.RULE)
            for rule in self.rules
            if rule.on(day) and day.weekday() <= FRIDAY and self.works(day)
        ]
        found += [
            _shift(day, one.change_id, one.specialist, one.post, (one.start, one.end), Why.EXTRA)
            for one in today
            if one.kind is ChangeKind.EXTRA and one.specialist is not None and one.post is not None
        ]
        absent = {c.specialist.clerk: c.reason for c in today if c.kind is ChangeKind.ABSENT and c.specialist}
        made = [self._stood(shift, today, absent) for shift in found]
        return tuple(sorted(made, key=lambda shift: (shift.start, shift.post.name, shift.shift_id)))

    def between(self, first: dt.date, days: int) -> Iterator[Shift]:
        """The shifts of so many days from the first on."""
        for ahead in range(days):
            yield from self.shifts(first + dt.timedelta(days=ahead))

    def standing_at(self, number: str, name: str, at: dt.datetime) -> Shift | None:
        """Who stands at this firm at this instant; None: nobody does."""
        for shift in self.shifts(shanghai(at).date()):
            if shift.standing is not None and shift.post.means(number, name) and shift.covers(at):
                return shift
        return None

    def knows(self, number: str, name: str) -> bool:
        """Is the firm on the roster at all?"""
        posts = [rule.post for rule in self.rules] + [one.post for one in self.changes if one.post is not None]
        return any(post.means(number, name) for post in posts)

    def of(self, clerk: str, first: dt.date, days: int) -> list[Shift]:
        """Where a specialist stands on these days."""
        return [s for s in self.between(first, days) if s.standing is not None and s.standing.clerk == clerk]

    def concerning(self, clerk: str, first: dt.date, days: int) -> list[Shift]:
        """Where a specialist stands, and where they would stand had nothing changed: leave, a substitute, a swap."""
        found = self.between(first, days)
        return [s for s in found if clerk in (s.regular.clerk, s.standing.clerk if s.standing else "")]

    def gaps(self, first: dt.date, days: int) -> list[Shift]:
        """Firm-days on which somebody should stand and nobody does: leave without a substitute, or a rule that is over
        and that none follows."""
        found = [shift for shift in self.between(first, days) if shift.standing is None]
        for ahead in range(days):
            day = first + dt.timedelta(days=ahead)
            if not self.works(day) or day.weekday() > FRIDAY:
                continue
            there = [shift.post for shift in self.shifts(day)]
            for rule in self.rules:
                over = rule.until is not None and rule.until < day and day.weekday() in rule.weekdays
                if over and not self._followed(rule, day) and rule.post not in there:
                    hours = (rule.start, rule.end)
                    made = _shift(day, rule.rule_id, rule.specialist, rule.post, hours, Why.ENDED)
                    found.append(replace(made, standing=None))
                    there.append(rule.post)
        return sorted(found, key=lambda shift: (shift.day, shift.start, shift.post.name))

    def check(self, since: dt.date) -> None:
        """Refused when somebody would stand at two firms at once, from this day on."""
        for one, two in combinations(self.rules, 2):
            if _meet(one, two, since):
                raise _twice(one.specialist, one.post, two.post, "每周" + "、".join(_common(one, two)))
        days = {day for change in self.changes for day in (change.day, change.other_day) if day and day >= since}
        for day in sorted(days):
            for first, second in combinations(self.shifts(day), 2):
                who = first.standing
                same = who is not None and second.standing is not None and who.clerk == second.standing.clerk
                apart = not first.post.means(second.post.number, second.post.name)
                if (
                    who is not None
                    and same
                    and apart
                    and _overlap((first.start, first.end), (second.start, second.end))
                ):
                    raise _twice(who, first.post, second.post, f"{day:%m-%d}")

    def check_change(self, change: DayChange) -> None:
        """BadInput or Refused when it says nothing that could be true: no such shift that day, who comes is away."""
        if change.kind is ChangeKind.EXTRA:
            _check_hours(change.start, change.end)
            _check_who(change.specialist, change.post)
        elif change.kind is ChangeKind.ABSENT:
            if change.specialist is None or not self.names(change.specialist.clerk):
                raise Refused("不能登记请假", "这个工号不在驻点排班里。", "请核对工号。")
        else:
            self._planned(change.shift, change.day)
            if change.kind is ChangeKind.SWAP:
                self._planned(change.other, change.other_day or change.day)
            elif change.specialist is not None:
                self._check_substitute(change, change.specialist)

    def names(self, clerk: str) -> Specialist | None:
        """The specialist of this staff number, where the roster knows one."""
        for rule in self.rules:
            if rule.specialist.clerk == clerk:
                return rule.specialist
        return next((c.specialist for c in self.changes if c.specialist and c.specialist.clerk == clerk), None)

    def leave(self, clerk: str, day: dt.date) -> DayChange | None:
        """The leave of this staff number on a day; None: they have none."""
        for one in self.changes:
            if one.kind is ChangeKind.ABSENT and one.day == day and one.specialist and one.specialist.clerk == clerk:
                return one
        return None

    def _stood(self, shift: Shift, today: list[DayChange], absent: Mapping[str, str]) -> Shift:
        who, why = shift.regular, shift.why
        for change in today:
            if change.kind is ChangeKind.SWAP and (come := self._swapped(change, shift)) is not None:
                who, why = come, Why.SWAP
        for change in today:
            mine = change.kind is ChangeKind.SUBSTITUTE and change.shift == shift.shift_id
            if mine and change.day == shift.day and change.specialist is not None:
                who, why = change.specialist, Why.SUBSTITUTE
        if who.clerk in absent:
            return replace(shift, standing=None, why=Why.ABSENT, reason=absent[who.clerk])
        return replace(shift, standing=who, why=why)

    def _swapped(self, change: DayChange, shift: Shift) -> Specialist | None:
        """Who comes to this shift by a swap; None: it is not one of the two."""
        if (change.shift, change.day) == (shift.shift_id, shift.day):
            return self._regular(change.other)
        if (change.other, change.other_day or change.day) == (shift.shift_id, shift.day):
            return self._regular(change.shift)
        return None

    def _regular(self, rule_id: str) -> Specialist | None:
        return next((rule.specialist for rule in self.rules if rule.rule_id == rule_id), None)

    def _followed(self, rule: Rule, day: dt.date) -> bool:
        return any(other.in_force(day) and other.post.means(rule.post.number, rule.post.name) for other in self.rules)

    def _planned(self, shift_id: str, day: dt.date) -> Shift:
        for shift in self.shifts(day):
            if shift.shift_id == shift_id:
                return shift
        raise Refused("那天没有这个驻点", f"{day:%m-%d} 这家企业没有排班。", "节假日、周末或排班以外的日子不用替。")

    def _check_substitute(self, change: DayChange, who: Specialist) -> None:
        _check_person(who)
        if self._planned(change.shift, change.day).regular.clerk == who.clerk:
            raise Refused("不能替自己", f"{who.name}就是这家企业的专员。", "请另选一位。")
        if self.leave(who.clerk, change.day) is not None:
            raise Refused("替班的人也请了假", f"{who.name}{change.day:%m-%d} 请假。", "请另选一位。")


def _shift(day: dt.date, shift_id: str, who: Specialist, post: Post, hours: tuple[dt.time, dt.time], why: Why) -> Shift:
    return Shift(day, hours[0], hours[1], post, who, who, why, shift_id)


def _overlap(one: tuple[dt.time, dt.time], two: tuple[dt.time, dt.time]) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def _meet(one: Rule, two: Rule, since: dt.date) -> bool:
    """Could both have the same person stand at the same time, on this day or later?"""
    same_place = one.post.means(two.post.number, two.post.name)
    if one.specialist.clerk != two.specialist.clerk or same_place:
        return False
    if not _overlap((one.start, one.end), (two.start, two.end)):
        return False
    first = max(one.since, two.since, since)
    last = min(one.until or dt.date.max, two.until or dt.date.max)
    # A common stretch of less than a week may miss every common weekday.
    common = set(one.weekdays) & set(two.weekdays)
    ahead = range(min((last - first).days + 1, 7)) if last >= first else range(0)
    return any((first + dt.timedelta(days=n)).weekday() in common for n in ahead)


def _common(one: Rule, two: Rule) -> list[str]:
    return [WEEKDAYS[day] for day in sorted(set(one.weekdays) & set(two.weekdays))]


def _twice(who: Specialist, one: Post, two: Post, when: str) -> Refused:
    return Refused(
        "一人不能同时在两处驻点",
        f"{who.name}（{who.clerk}）{when}已在“{one.name}”，时间与“{two.name}”重叠。",
        "请改时间、改日期，或者换一位专员。",
    )


def _check_hours(start: dt.time, end: dt.time) -> None:
    if start >= end:
        raise BadInput("时间有误", "结束时间不晚于开始时间。", "请核对起止时间。")


def _check_person(who: Specialist | None) -> None:
    if who is None or not who.clerk.isascii() or not who.clerk.isalnum() or not who.name.strip():
        raise BadInput("专员没有写全", "工号应为字母或数字，姓名不能空。", "请补全后再保存。")


def _check_who(who: Specialist | None, post: Post | None) -> None:
    _check_person(who)
    if post is None or not post.name.strip():
        raise BadInput("企业没有写全", "企业名称是空的。", "请补全后再保存。")
