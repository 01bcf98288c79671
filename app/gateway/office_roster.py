"""The supervisors' page of the roster 驻点排班: a week of firms by days, gaps marked, and what may be changed."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.clock import shanghai
from app.domain.errors import BadInput
from app.domain.stationing import (
    CHANGE_NAMES,
    FRIDAY,
    WEEKDAYS,
    WHY_NAMES,
    ChangeKind,
    DayChange,
    Post,
    Roster,
    Rule,
    Shift,
    Specialist,
    Why,
)
from app.gateway.core import Gateway
from app.gateway.markup import options, text

STYLE = """
nav{display:flex;gap:16px;margin:12px 0}
table.week{table-layout:fixed}table.week th,table.week td{padding:6px 8px;overflow-wrap:anywhere}
table.week td.gap{background:#fbe9e7;color:#a3241c;font-weight:600}table.week td.off{background:#f2f5f8;color:#50616f}
table.week .why{display:block;font-size:13px}fieldset{border:1px solid #d6dee6;border-radius:6px;background:#fff;
margin:8px 0;padding:8px 16px 12px}legend{font-weight:600;padding:0 4px}fieldset label{display:flex;flex-direction:
column;font-size:13px;color:#50616f;gap:2px}fieldset .days{display:flex;gap:10px;align-items:center}
fieldset .days label{flex-direction:row;font-size:15px;color:inherit}form button{align-self:flex-end}
td form{margin:0 0 4px}td label,article.gap label{display:flex;align-items:center;gap:4px;font-size:13px;color:#50616f}
td label input,article.gap label input{width:112px}
"""
AHEAD = 14
"""Days ahead for which gaps are listed."""
_WEEK = 7
_SUPERVISORS, _CLERKS, _NAMES = "supervisors", "clerks", "names"
"""Lists of who is known, by their ids on the page."""


def roster_page(gateway: Gateway, mark: str, said: str, week: str) -> str:
    """The body of the page. mark: goes into each form. week: a day of the week to show, ISO; else the present one."""
    roster, today = gateway.roster.roster(), shanghai(gateway.clock.now()).date()
    monday = _monday(week, today)
    told = f'<p class="said" role="status">{text(said)}</p>' if said else ""
    shifts = list(roster.between(monday, _WEEK))
    coming = list(roster.between(today, AHEAD))
    gaps = roster.gaps(today, AHEAD)
    before, after = monday - dt.timedelta(days=_WEEK), monday + dt.timedelta(days=_WEEK)
    return "".join(
        [
            '<header><h1>驻点排班</h1><form method="post" action="/office/logout">',
            "<button>退出</button></form></header>",
            '<main><nav><a href="/office/">部门后台</a>',
            f'<a href="/office/roster?week={before}">上一周</a><a href="/office/roster">本周</a>',
            f'<a href="/office/roster?week={after}">下一周</a></nav>',
            told,
            f"<h2>{monday:%Y-%m-%d} 这一周</h2>",
            _grid(roster, shifts, monday, today),
            _gaps(gaps, mark, coming),
            "<h2>登记</h2>",
            _rule_form(mark),
            _leave_form(mark, roster),
            _substitute_form(mark, coming),
            _swap_form(mark, coming),
            _extra_form(mark),
            _rules(roster, mark, today),
            _changes(roster, mark, today),
            _log(gateway),
            _offers(gateway, roster),
            "</main>",
        ]
    )


def do(gateway: Gateway, form: Mapping[str, str]) -> str:
    """Do what a form of the page asks; what is said of it. BadInput, Refused: it cannot be. KeyError: it is gone."""
    act, key, by = form.get("act", ""), form.get("id", ""), form.get("by", "").strip()[:100]
    if not by:
        raise BadInput("没有写明是谁", "主管姓名是空的。", "写上姓名再保存，每次改动都有记录。")
    desk = gateway.roster
    if act == "rule":
        desk.set_rule(_read_rule(form), by)
    elif act == "end":
        desk.end_rule(key, _day(form.get("day", "")), by)
    elif act == "drop":
        desk.drop_rule(key, by)
    elif act == "revoke":
        desk.drop_change(key, by)
    elif act in {kind.value for kind in ChangeKind}:
        desk.change(_read_change(ChangeKind(act), form, by, gateway))
    else:
        raise BadInput("不认识的操作", act, "请刷新页面。")
    return "已保存。"


# ---------------------------------------------------------------------------------------------------- reading


def _read_rule(form: Mapping[str, str]) -> Rule:
    until = form.get("until", "")
    weekdays = tuple(day for day in range(FRIDAY + 1) if form.get(f"day{day}"))
    return Rule(
        str(uuid.uuid4()), _specialist(form), _post(form), weekdays, _hour(form.get("start", "")),
        _hour(form.get("end", "")), _day(form.get("since", "")), _day(until) if until else None,
    )  # fmt: skip


def _read_change(kind: ChangeKind, form: Mapping[str, str], by: str, gateway: Gateway) -> DayChange:
    shift, _, day = form.get("shift", "").partition("@")
    change = DayChange(str(uuid.uuid4()), kind, _day(day or form.get("day", "")), by, gateway.clock.now())
    reason = form.get("reason", "").strip()[:300]
    if kind is ChangeKind.SWAP:
        other, _, other_day = form.get("other", "").partition("@")
        return replace(change, shift=shift, other=other, other_day=_day(other_day), reason=reason)
    who = _specialist(form)
    if kind is ChangeKind.ABSENT:
        # The list knows the name; leave names who is away by number.
        return replace(change, specialist=gateway.roster.roster().names(who.clerk) or who, reason=reason)
    if kind is ChangeKind.SUBSTITUTE:
        return replace(change, specialist=who, shift=shift, reason=reason)
    start, end = _hour(form.get("start", "")), _hour(form.get("end", ""))
    return replace(change, specialist=who, post=_post(form), reason=reason, start=start, end=end)


def _specialist(form: Mapping[str, str]) -> Specialist:
    return Specialist(
        form.get("clerk", "").strip()[:20], form.get("name", "").strip()[:50], form.get("device", "").strip()[:64]
    )


def _post(form: Mapping[str, str]) -> Post:
    return Post(
        form.get("number", "").strip().upper()[:60], form.get("firm", "").strip()[:300],
        form.get("address", "").strip()[:300], form.get("contact", "").strip()[:100],
        form.get("phone", "").strip()[:60],
    )  # fmt: skip


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput("日期有误", text or "日期是空的。", "按 2026-11-23 的样子填写。") from None


def _hour(text: str) -> dt.time:
    try:
        return dt.time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise BadInput("时间有误", text or "时间是空的。", "按 09:00 的样子填写。") from None


def _monday(week: str, today: dt.date) -> dt.date:
    try:
        day = dt.date.fromisoformat(week) if week else today
        return day - dt.timedelta(days=day.weekday())
    except (ValueError, OverflowError):
        return today - dt.timedelta(days=today.weekday())


# ---------------------------------------------------------------------------------------------------- showing


def _grid(roster: Roster, shifts: Sequence[Shift], monday: dt.date, today: dt.date) -> str:
    days = [monday + dt.timedelta(days=ahead) for ahead in range(_WEEK)]
    planned = [*shifts, *(gap for gap in roster.gaps(monday, _WEEK) if gap.why is Why.ENDED)]
    posts = {(shift.post.number or shift.post.name): shift.post for shift in planned}
    if not posts:
        return '<p class="soft">这一周没有排班。</p>'
    heads = "".join(
        f'<th scope="col">{WEEKDAYS[day.weekday()]} {day:%m-%d}{"（今天）" if day == today else ""}</th>'
        for day in days
    )
    rows = []
    for key, post in sorted(posts.items(), key=lambda pair: pair[1].name):
        cells = []
        for day in days:
            here = [s for s in planned if s.day == day and (s.post.number or s.post.name) == key]
            if here:
                gap = any(shift.standing is None for shift in here)
                cells.append(f'<td class="{"gap" if gap else ""}">{"<br>".join(_cell(s) for s in here)}</td>')
            else:
                off = day.weekday() > FRIDAY or not roster.works(day)
                cells.append(f'<td class="off">{"休" if off else "—"}</td>')
        rows.append(f'<tr><th scope="row">{text(post.name)}</th>{"".join(cells)}</tr>')
    return (
        f'<table class="week" id="week"><thead><tr><th scope="col">企业</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _cell(shift: Shift) -> str:
    hours = f"{shift.start:%H:%M}–{shift.end:%H:%M}"
    if shift.standing is None:
        return f'{hours} 无人<span class="why">{text(shift.regular.name)} {text(WHY_NAMES[shift.why])}</span>'
    said = "" if shift.why is Why.RULE else f'<span class="why">{text(WHY_NAMES[shift.why])}</span>'
    return f"{hours} {text(shift.standing.name)}{said}"


def _gaps(gaps: Sequence[Shift], mark: str, coming: Sequence[Shift]) -> str:
    """Each gap with the way to close it."""
    if not gaps:
        return f'<p class="soft" id="gaps">以后 {AHEAD} 天没有缺人的驻点。</p>'
    planned = {(shift.shift_id, shift.day) for shift in coming}
    rows = []
    for gap in gaps:
        who = f"{gap.regular.name} {WHY_NAMES[gap.why]}" + (f"：{gap.reason}" if gap.reason else "")
        fix = ""
        if (gap.shift_id, gap.day) in planned:
            chosen = f'<input type="hidden" name="shift" value="{text(gap.shift_id)}@{gap.day}">'
            fix = _form(mark, "substitute", chosen + _people(), "派替班")
        rows.append(
            f'<article class="gap"><b>{gap.day:%m-%d} {WEEKDAYS[gap.day.weekday()]} {gap.start:%H:%M}–{gap.end:%H:%M}'
            f'</b> {text(gap.post.name)} <span class="red">{text(who)}</span>{fix}</article>'
        )
    return f'<h2 id="gaps">以后 {AHEAD} 天缺人（{len(gaps)}）</h2>{"".join(rows)}'


def _rule_form(mark: str) -> str:
    days = "".join(
        f'<label><input type="checkbox" name="day{day}" value="1">{WEEKDAYS[day]}</label>' for day in range(FRIDAY + 1)
    )
    inside = (
        _people() + _firm() + f'<span class="days">{days}</span>' + _hours()
        + _input("since", "从", "date", required=True) + _input("until", "到（可不填）", "date")
    )  # fmt: skip
    return _set("每周排班", _form(mark, "rule", inside, "保存排班"))


def _leave_form(mark: str, roster: Roster) -> str:
    known = {rule.specialist.clerk: rule.specialist.name for rule in roster.rules}
    who = _select("clerk", "专员", [(clerk, f"{name}（{clerk}）") for clerk, name in sorted(known.items())])
    inside = who + _input("day", "日期", "date", required=True) + _input("reason", "原因")
    return _set("请假", _form(mark, "absent", inside, "登记请假")) if known else ""


def _substitute_form(mark: str, coming: Sequence[Shift]) -> str:
    inside = _select("shift", "替哪一班", _choices(coming)) + _people() + _input("reason", "原因")
    return _set("替班", _form(mark, "substitute", inside, "登记替班")) if coming else ""


def _swap_form(mark: str, coming: Sequence[Shift]) -> str:
    choices = _choices([shift for shift in coming if shift.why is not Why.EXTRA])
    inside = _select("shift", "这一班", choices) + _select("other", "与这一班对调", choices) + _input("reason", "原因")
    return _set("调班", _form(mark, "swap", inside, "登记调班")) if len(choices) > 1 else ""


def _extra_form(mark: str) -> str:
    inside = _people() + _firm() + _input("day", "日期", "date", required=True) + _hours()
    return _set("加班日（周末、节假日和调休日）", _form(mark, "extra", inside, "登记加班日"))


def _rules(roster: Roster, mark: str, today: dt.date) -> str:
    rows = "".join(
        f"<tr><td>{text(rule.post.name)}<br><span class='soft'>{text(rule.post.address)}</span></td>"
        f"<td>{text(rule.specialist.name)}（{text(rule.specialist.clerk)}）</td>"
        f"<td>{'、'.join(WEEKDAYS[day] for day in rule.weekdays)} {rule.start:%H:%M}–{rule.end:%H:%M}</td>"
        f"<td>{rule.since} 至 {rule.until or '长期'}</td><td>"
        + _form(mark, "end", _key(rule.rule_id) + _input("day", "最后一天", "date", str(today)), "到期")
        + _form(mark, "drop", _key(rule.rule_id), "撤销")
        + "</td></tr>"
        for rule in sorted(roster.rules, key=lambda rule: (rule.post.name, rule.since))
    )
    return (
        f'<h2>每周排班（{len(roster.rules)}）</h2><table id="rules"><thead><tr><th>企业</th><th>专员</th><th>时间</th>'
        f"<th>起止</th><th>改动</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _changes(roster: Roster, mark: str, today: dt.date) -> str:
    coming = sorted((c for c in roster.changes if (c.other_day or c.day) >= today), key=lambda c: (c.day, c.at))
    rows = "".join(
        f"<tr><td>{change.day}</td><td>{CHANGE_NAMES[change.kind]}</td>"
        f"<td>{text(change.specialist.name if change.specialist else '')}</td><td>{text(change.reason)}</td>"
        f"<td>{text(change.by)} {shanghai(change.at):%m-%d %H:%M}</td><td>"
        + _form(mark, "revoke", _key(change.change_id), "撤销")
        + "</td></tr>"
        for change in coming
    )
    return (
        f'<h2>单日变动（{len(coming)}）</h2><table id="changes"><thead><tr><th>日期</th><th>变动</th><th>专员</th>'
        f"<th>原因</th><th>谁登记</th><th>改动</th></tr></thead><tbody>{rows}</tbody></table>"
        if coming
        else ""
    )


def _log(gateway: Gateway) -> str:
    rows = "".join(
        f"<tr><td>{shanghai(one.at):%m-%d %H:%M}</td><td>{text(one.by)}</td><td>{text(one.deed)}</td>"
        f"<td>{text(one.subject)}</td><td>{text(one.device or '后台')}</td></tr>"
        for one in gateway.roster.log()
    )
    return (
        '<h2>改动记录</h2><table id="log"><thead><tr><th>时间</th><th>谁</th><th>做了什么</th><th>专员、企业</th>'
        f"<th>从哪里</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _choices(shifts: Sequence[Shift]) -> list[tuple[str, str]]:
    return [
        (
            f"{s.shift_id}@{s.day}",
            f"{s.day:%m-%d} {WEEKDAYS[s.day.weekday()]} {s.start:%H:%M} {s.post.name} "
            + (s.standing.name if s.standing else f"无人（{s.regular.name}）"),
        )
        for s in shifts
    ]


def _people() -> str:
    return (
        _input("clerk", "工号", required=True, offers=_CLERKS)
        + _input("name", "姓名", required=True, offers=_NAMES)
        + _input("device", "笔记本编号（可不填）")
    )


def _firm() -> str:
    return (
        _input("firm", "企业名称", required=True)
        + _input("number", "统一社会信用代码")
        + _input("address", "地址")
        + _input("contact", "联系人")
        + _input("phone", "电话")
    )


def _hours() -> str:
    return _input("start", "开始", "time", "09:00", required=True) + _input(
        "end", "结束", "time", "17:00", required=True
    )


def _set(title: str, inside: str) -> str:
    return f"<fieldset><legend>{title}</legend>{inside}</fieldset>"


def _form(mark: str, act: str, inside: str, words: str) -> str:
    return (
        f'<form method="post" action="/office/act" class="{act}">'
        f'<input type="hidden" name="mark" value="{text(mark)}">'
        f'<input type="hidden" name="what" value="roster"><input type="hidden" name="act" value="{act}">{inside}'
        f"{_input('by', '主管姓名', required=True, offers=_SUPERVISORS)}<button>{words}</button></form>"
    )


def _key(ident: str) -> str:
    return f'<input type="hidden" name="id" value="{text(ident)}">'


def _offers(gateway: Gateway, roster: Roster) -> str:
    """Who is known, for the browser to offer while somebody types: a name typed twice is one person in the log."""
    known = sorted({(rule.specialist.clerk, rule.specialist.name) for rule in roster.rules})
    lists: dict[str, dict[str, str]] = {
        # What laptops report bears the clerk's name, not a supervisor's.
        _SUPERVISORS: dict.fromkeys((one.by for one in gateway.roster.log() if one.by and not one.device), ""),
        _CLERKS: dict(known),
        _NAMES: {name: clerk for clerk, name in known},
    }
    return "".join(
        f'<datalist id="{ident}">'
        + "".join(f'<option value="{text(value)}">{text(said)}</option>' for value, said in choices.items())
        + "</datalist>"
        for ident, choices in lists.items()
    )


def _input(
    name: str, label: str, kind: str = "text", value: str = "", *, required: bool = False, offers: str = ""
) -> str:
    """offers: id of the list (`_offers`) that the browser shows while somebody types."""
    more = (" required" if required else "") + (f' list="{offers}"' if offers else "")
    return f'<label>{label}<input type="{kind}" name="{name}" value="{text(value)}" maxlength="300"{more}></label>'


def _select(name: str, label: str, choices: Sequence[tuple[str, str]]) -> str:
    return f'<label>{label}<select name="{name}">{options(choices)}</select></label>'
