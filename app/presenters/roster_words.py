"""Where the clerk stands, in words for the panel 我的驻点."""

from __future__ import annotations

import datetime as dt

from PyQt6.QtCore import QCoreApplication

from app.domain.clock import shanghai
from app.domain.matter import KIND_NAMES, STAGE_NAMES
from app.domain.stationing import WEEKDAYS, WHY_NAMES, Why
from app.domain.visit_pack import VisitState
from app.presenters.matter_words import due_words
from app.presenters.outing_words import left_words
from app.services.roster import MyRoster, Station
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_roster import StationRow

OLD = dt.timedelta(days=3)
"""A roster older than this is said to be old: the supervisor may have changed it."""


def station_row(station: Station, mine: MyRoster, now: dt.datetime) -> StationRow:
    """A line of the week."""
    shift = station.shift
    today = shift.day == mine.today
    leave = station.mine and not station.waiting
    return StationRow(
        id=f"{shift.shift_id}@{shift.day}",
        when=_day(shift.day, mine.today),
        hours=f"{shift.start:%H:%M}–{shift.end:%H:%M}",
        firm=shift.post.name,
        state=_state(station),
        tone=_tone(station),
        facts=_facts(station),
        matters=tuple(
            (
                f"{core_words(STAGE_NAMES[line.matter.stage])} {due_words(line.matter, now)}",
                f"{core_words(KIND_NAMES[line.matter.kind])} {line.matter.subject}",
            )
            for line in station.matters
        ),
        can=frozenset({"new", "firm"} | ({"leave"} if leave else set())),
        today=today,
        warning=_warning(station),
    )


def age_words(read_at: dt.datetime | None, now: dt.datetime) -> tuple[str, Tone]:
    """How old the roster on this machine is."""
    translate = QCoreApplication.translate
    if read_at is None:
        return translate("Roster", "还没有读到排班，联网后自动下载"), Tone.WARNING
    age = max(now - read_at, dt.timedelta())
    if age < dt.timedelta(minutes=2):
        since = translate("Roster", "刚刚")
    elif age < dt.timedelta(hours=1):
        since = translate("Roster", "{0} 分钟前").format(int(age.total_seconds() // 60))
    elif age < dt.timedelta(days=1):
        since = translate("Roster", "{0} 小时前").format(int(age.total_seconds() // 3600))
    else:
        since = translate("Roster", "{0} 天前").format(age.days)
    words = translate("Roster", "{0} 的排班（{1}）").format(f"{shanghai(read_at):%m-%d %H:%M}", since)
    if age >= OLD:
        return translate("Roster", "{0}，可能已有变动，请联网核对").format(words), Tone.WARNING
    return words, Tone.NEUTRAL


def empty_words(mine: MyRoster) -> str:
    """Why there is nothing to show."""
    translate = QCoreApplication.translate
    if mine.read_at is None:
        return translate("Roster", "这台电脑还没有读到排班。\n联网后自动下载，以后没有网络也能看。")
    if not mine.known:
        return translate("Roster", "驻点排班里没有工号 {0}。\n请主管在后台的“驻点排班”里登记。").format(
            mine.clerk.number
        )
    return translate("Roster", "今天起七天内没有你的驻点。")


def _day(day: dt.date, today: dt.date) -> str:
    translate = QCoreApplication.translate
    near = {0: translate("Roster", "今天"), 1: translate("Roster", "明天")}.get((day - today).days)
    return f"{near or core_words(WEEKDAYS[day.weekday()])} {day:%m-%d}"


def _state(station: Station) -> str:
    translate = QCoreApplication.translate
    shift = station.shift
    if station.refused:
        return translate("Roster", "请假未成")
    if station.mine:
        return core_words(WHY_NAMES[shift.why])
    if shift.standing is not None:
        return translate("Roster", "{0}替我").format(shift.standing.name)
    if station.waiting:
        return translate("Roster", "请假（待传）")
    return translate("Roster", "请假，等派替班")


def _tone(station: Station) -> Tone:
    if station.refused:
        return Tone.ERROR
    if station.mine:
        return Tone.SUCCESS if station.shift.why is Why.RULE else Tone.INFO
    return Tone.NEUTRAL if station.shift.standing is not None else Tone.WARNING


def _warning(station: Station) -> str:
    translate = QCoreApplication.translate
    if station.refused:
        return translate("Roster", "平台没有接受请假：{0}。请联系主管；在待传清单（F9）里处理。").format(
            station.refused
        )
    if station.waiting:
        return translate("Roster", "请假已记下，联网后报主管；要派替班，最好先打个电话。")
    return ""


def _facts(station: Station) -> tuple[tuple[str, str], ...]:
    translate = QCoreApplication.translate
    post, shift = station.shift.post, station.shift
    person = " ".join(part for part in (post.contact, post.phone) if part)
    regular = shift.regular.name if shift.standing != shift.regular else ""
    pairs = (
        (translate("Roster", "时间"), f"{shift.day} {shift.start:%H:%M}–{shift.end:%H:%M}"),
        (translate("Roster", "地址"), post.address),
        (translate("Roster", "联系"), person),
        (translate("Roster", "信用代码"), post.number),
        (translate("Roster", "原排专员"), regular),
        (translate("Roster", "任务包"), _pack(station)),
    )
    return tuple((label, words) for label, words in pairs if words)


def _pack(station: Station) -> str:
    translate = QCoreApplication.translate
    pack = station.pack
    if pack is None:
        return translate("Roster", "没有安排外出任务包")
    if pack.on_hand is not None:
        return translate("Roster", "已领取，{0}").format(left_words(pack.on_hand.left))
    if pack.state is VisitState.OPEN:
        return translate("Roster", "{0} 的任务包未领取（Ctrl+Shift+V 领取）").format(f"{pack.day:%m-%d}")
    return translate("Roster", "{0}已领取").format(pack.holder)
