"""Visits and packs in words for the list."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence

from PyQt6.QtCore import QCoreApplication

from app.domain.clock import Clock, shanghai
from app.domain.person import mask
from app.domain.visit_pack import PackState, VisitPack, VisitState
from app.services.outing_check import Ready
from app.services.visit_packs import Outing, PackOnHand
from app.settings import VisitRules
from widgets.i18n import core_words
from widgets.views import Tone
from widgets.views_outing import OutingRow, ReadyRow

_DAY = 24 * 60
"""Minutes."""


def left_words(left: dt.timedelta) -> str:
    """How long a pack still holds."""
    translate = QCoreApplication.translate
    if left <= dt.timedelta():
        return translate("Outing", "已到期")
    # A minute that has begun counts: what was just checked out for 7 days holds 7 days.
    whole = math.ceil(left / dt.timedelta(minutes=1))
    days, hours, minutes = whole // _DAY, whole % _DAY // 60, whole % 60
    if days:
        return translate("Outing", "还剩 {0} 天 {1} 小时").format(days, hours)
    if hours:
        return translate("Outing", "还剩 {0} 小时 {1} 分").format(hours, minutes)
    return translate("Outing", "还剩 {0} 分钟").format(minutes)


def left_tone(left: dt.timedelta, rules: VisitRules) -> Tone:
    """How urgent that is."""
    if left <= dt.timedelta(hours=rules.red_hours):
        return Tone.ERROR
    return Tone.WARNING if left <= dt.timedelta(hours=rules.amber_hours) else Tone.SUCCESS


def outing_row(line: Outing, name_of: Callable[[str], str], clock: Clock, rules: VisitRules) -> OutingRow:
    """A line of the list."""
    translate = QCoreApplication.translate
    on_hand = line.on_hand
    items = core_words("、".join(name_of(code) or code for code in line.items))
    if on_hand is not None:
        state, tone, can, warning = _pack_state(on_hand, rules)
    elif line.state is VisitState.OPEN:
        state, tone, can, warning = translate("Outing", "可领取"), Tone.NEUTRAL, {"check_out"}, ""
    else:
        state = translate("Outing", "{0}已领取").format(line.holder)
        until = f"{shanghai(line.until):%m-%d %H:%M}" if line.until is not None else ""
        # One that has expired may be taken over.
        over = line.until is not None and line.until <= clock.now()
        warning = "" if over else translate("Outing", "到 {0} 为止由{1}办理。").format(until, line.holder)
        tone, can = Tone.NEUTRAL, {"check_out"} if over else set[str]()
    return OutingRow(
        id=line.visit_id,
        when=_when(line, clock),
        title=line.title,
        items=items,
        state=state,
        tone=tone,
        facts=_facts(line, items, on_hand),
        can=frozenset(can),
        held=on_hand is not None,
        cases=len(on_hand.work.cases) if on_hand is not None else 0,
        warning=warning,
    )


def ready_rows(found: Sequence[Ready]) -> tuple[ReadyRow, ...]:
    """The list of what is needed."""
    tones = {True: Tone.SUCCESS, None: Tone.WARNING, False: Tone.ERROR}
    return tuple(
        ReadyRow(core_words(one.name), core_words(one.detail), tones[one.ok], core_words(one.todo)) for one in found
    )


def _pack_state(on_hand: PackOnHand, rules: VisitRules) -> tuple[str, Tone, set[str], str]:
    translate = QCoreApplication.translate
    if on_hand.state is PackState.RETURNING:
        warning = translate("Outing", "联网后自动交回，不用再操作。")
        return translate("Outing", "正在交回"), Tone.INFO, {"give_back"}, warning
    words, tone = left_words(on_hand.left), left_tone(on_hand.left, rules)
    if not on_hand.left:
        warning = translate("Outing", "不能再用它受理；草稿和已受理的办件都在，会照常上报。联网后可以延期或交回。")
        return words, tone, {"extend", "give_back"}, warning
    warning = translate("Outing", "快到期了，联网时可以延期。") if tone is not Tone.SUCCESS else ""
    return words, tone, {"begin", "extend", "give_back"}, warning


def _when(line: Outing, clock: Clock) -> str:
    days = (line.day - shanghai(clock.now()).date()).days
    translate = QCoreApplication.translate
    near = {0: translate("Outing", "今天"), 1: translate("Outing", "明天")}.get(days, f"{line.day:%m-%d}")
    return f"{near} {line.time}"


def _facts(line: Outing, items: str, on_hand: PackOnHand | None) -> tuple[tuple[str, str], ...]:
    translate = QCoreApplication.translate
    found = [(translate("Outing", "时间"), f"{line.day.isoformat()} {line.time}"), (translate("Outing", "事项"), items)]
    if on_hand is None:
        return (*found, (translate("Outing", "地点"), line.area))
    pack = on_hand.pack
    found.append((translate("Outing", "地点"), pack.place or pack.area))
    found += [(translate("Outing", "联系"), words) for words in _contacts(pack)]
    found += [
        (translate("Outing", "相关人"), " ".join(part for part in (p.name, core_words(p.role), mask(p.number)) if part))
        for p in pack.people
    ]
    if pack.note:
        found.append((translate("Outing", "备注"), pack.note))
    work = translate("Outing", "已受理 {0} 件").format(len(on_hand.work.cases))
    if on_hand.work.unsent:
        work += translate("Outing", "，{0} 条待传").format(on_hand.work.unsent)
    if on_hand.work.drafts:
        work += translate("Outing", "，{0} 份没办完").format(len(on_hand.work.drafts))
    until = f"{shanghai(pack.expires_at):%m-%d %H:%M}"
    found.append((translate("Outing", "任务包"), translate("Outing", "{0}；{1} 到期").format(work, until)))
    return tuple(found)


def _contacts(pack: VisitPack) -> list[str]:
    return [
        " ".join(part for part in (c.name, core_words(c.role), c.phone) if part)
        for c in (pack.firm.contacts if pack.firm is not None else ())
    ]
