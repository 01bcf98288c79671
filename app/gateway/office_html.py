"""What the back office's page looks like. Everything shown goes through `_text`, which escapes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from app.documents.rating_points import points
from app.domain.clock import DAY_ENDS, isoformat, shanghai
from app.domain.matter import ACT_NAMES, KIND_NAMES, ROLE_NAMES, STAGE_NAMES, Act, Matter, MatterStage, Side
from app.domain.rating import Grade
from app.domain.territory import HandoverState
from app.domain.urgency import wants_urgency
from app.gateway.cases import Stage
from app.gateway.core import Gateway
from app.gateway.markup import options, text
from app.gateway.office_board import STYLE as BOARD_STYLE
from app.gateway.office_board import board
from app.gateway.office_roster import STYLE as ROSTER_STYLE
from app.materials.matter_clock import light_of
from app.server.checking import JsonObject

STYLE = (
    """
body{font:15px/1.5 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:0;background:#f2f5f8;color:#1b2733}
header{background:#17324f;color:#fff;padding:10px 24px;display:flex;justify-content:space-between;align-items:center}
main{max-width:1180px;margin:0 auto;padding:16px 24px}
h1{font-size:18px;margin:0}h2{font-size:16px;margin:20px 0 8px}
article{background:#fff;border:1px solid #d6dee6;border-radius:6px;padding:12px 16px;margin:8px 0}
form{display:flex;gap:8px;flex-wrap:wrap;margin-top:8px}header form{margin:0}
input,select,button{font:inherit;padding:5px 10px;border:1px solid #8697a8;border-radius:4px;background:#fff;
color:inherit}
input[name=words]{flex:1;min-width:220px}
button{background:#1f5c96;border-color:#1f5c96;color:#fff}
.soft{color:#50616f}.red{color:#a3241c;font-weight:600}.yellow{color:#8a5a00;font-weight:600}
.helped{background:#e5f0fa;color:#17324f;border-radius:4px;padding:1px 8px;font-weight:600}
.said{background:#e5f0fa;border-radius:6px;padding:8px 16px}.login{max-width:360px;margin:80px auto}
"""
    + BOARD_STYLE
    + ROSTER_STYLE
)
_STANDING = (Stage.ACCEPTED, Stage.UNDER_REVIEW, Stage.CORRECTION, Stage.SUSPENDED)
_STAGES = {Stage.ACCEPTED: "受理", Stage.UNDER_REVIEW: "审核", Stage.CORRECTION: "补正", Stage.SUSPENDED: "挂起"}
_CASE_ACTS = (("review", "转审核"), ("grant", "准予"), ("refuse", "不予"), ("correct", "要求补正"))


def login_page(wrong: str) -> str:
    """The way in. wrong: what was wrong with the last try."""
    said = f'<p class="red">{text(wrong)}</p>' if wrong else ""
    return whole(
        "后台登录",
        f'<main class="login"><article><h1>部门后台</h1>{said}<form method="post" action="/office/login">'
        '<input type="password" name="password" aria-label="口令" autocomplete="current-password" autofocus required>'
        "<button>登录</button></form></article></main>",
    )


def office_page(gateway: Gateway, mark: str, said: str) -> str:
    """Everything that waits for a department. mark: goes into each form."""
    now = gateway.clock.now()
    told = f'<p class="said" role="status">{text(said)}</p>' if said else ""
    matters = gateway.matters.listed()
    alone = gateway.roster.unassigned(matter.matter_id for matter in matters if matter.stage is MatterStage.OPEN)
    standing = [(stage, key) for stage in _STANDING for key in gateway.cases.standing(stage, now)]
    cases = [(stage, key, gateway.cases.document(key)) for stage, key in standing]
    ends = gateway.limits.ends()
    cases.sort(key=lambda case: _turn(case, ends))
    orders = gateway.ratings.open_orders()
    parts = [
        '<header><h1>部门后台</h1><form method="post" action="/office/logout"><button>退出</button></form></header>',
        '<main><nav><a href="/office/roster">驻点排班</a></nav>',
        told,
        board(gateway),
        f"<h2>企业事项（{len(matters)}）</h2>",
        *(_matter(matter, light_of(matter, now), mark, alone.get(matter.matter_id, "")) for matter in matters),
        f"<h2>办件（{len(cases)}）</h2>",
        *(_case(document, stage, key, mark, _end(gateway, ends.get(key))) for stage, key, document in cases),
        _issued(gateway, mark),
        _handovers(gateway, mark),
        _outside(gateway),
        f"<h2>差评工单（{len(orders)}）</h2>",
        *(
            f'<article><b>{text(order["order_id"])}</b> <span class="soft">应于 {text(order["due"])} 前办结</span>'
            + _complaint(gateway.ratings.document(order["case_id"]))
            + _form(mark, "order", order["order_id"], (("close", "办结并回访"),))
            + "</article>"
            for order in orders
        ),
        "</main>",
    ]
    return whole("部门后台", "".join(parts))


def _turn(case: tuple[Stage, str, JsonObject], ends: Mapping[str, dt.datetime]) -> tuple[bool, str, bool]:
    """Urgent cases first, then by when they fall due, which is the end of a day but for ends; of one moment those of
    assisted visits 帮办 before the others. The order in which they came stands otherwise."""
    _, key, document = case
    due = document["due"] + DAY_ENDS if document["due"] else "9999"
    due = isoformat(ends[key]) if key in ends else due
    return not wants_urgency(document["form"]), due, not document.get("assisted", False)


def _outside(gateway: Gateway) -> str:
    """Bookings that lie outside the hours, for whoever calls these visitors; nothing when there are none."""
    found = gateway.bookings.outside()
    if not found:
        return ""
    rows = [
        f"<article><b>{text(one['day'])} {text(one['time'])}</b> {text(one['name'])} "
        f'<span class="soft">{text(one["code"])}</span> <span class="yellow">不在开放时间，请联系改期</span></article>'
        for one in found
    ]
    return f"<h2>预约不在开放时间（{len(found)}）</h2>{''.join(rows)}"


def _issued(gateway: Gateway, mark: str) -> str:
    """The e-licences that count, each with the way to take its decision back; nothing where none were issued."""
    found = gateway.issuing.standing()
    if not found:
        return ""
    rows = [
        f'<article id="l-{text(case_id)}"><b>{text(title)}</b> <span class="soft">{text(number)}</span>'
        + _form(mark, "case", case_id, (("withdraw", "撤回决定，注销证照"),))
        + "</article>"
        for case_id, number, title in found
    ]
    return f"<h2>已签发的电子证照（{len(found)}）</h2>{''.join(rows)}"


def _handovers(gateway: Gateway, mark: str) -> str:
    """待转办: cases for another region that are not there yet, with the reason."""
    waiting = gateway.handovers.waiting()
    if not waiting:
        return ""
    names = {one.region.code: one.region.name for one in gateway.regions.partners()}
    rows = "".join(
        f"<tr><td>{text(row.case_no)}</td><td>{text(names.get(row.region, row.region))}</td>"
        f"<td>{'退回' if row.state == HandoverState.REFUSED else '待转办'}</td>"
        f'<td class="n">{row.attempts}</td><td>{text(row.reason)}</td></tr>'
        for row in waiting
    )
    return (
        f'<h2>跨区域转办（{len(waiting)}）</h2><table id="handovers"><thead><tr><th>办件</th><th>办理地</th>'
        f"<th>状态</th><th>已试次数</th><th>原因</th></tr></thead><tbody>{rows}</tbody></table>"
        + _form(mark, "handover", "all", (("retry", "现在就转办"),))
    )


def _matter(matter: Matter, light: str, mark: str, alone: str) -> str:
    """alone: why the roster gave it to nobody; "" where it did, or was not asked."""
    due = f"{shanghai(matter.due):%m-%d %H:%M}" if matter.due else ""
    lines = "".join(
        f"<li>{shanghai(step.at):%m-%d %H:%M} {text(ACT_NAMES[step.act])} {text(step.by)} {text(step.words)}</li>"
        for step in matter.steps
    )
    acts = [(act.value, ACT_NAMES[act]) for act in matter.may(Side.OFFICE)]
    graded = ""
    if Act.RATE in matter.may(Side.OFFICE):
        roles = [(role.value, ROLE_NAMES[role]) for role in matter.unrated(Side.OFFICE)]
        graded = _select("role", "评价方", roles) + _select(
            "stars", "星级", [(str(n), f"{n} 星") for n in (5, 4, 3, 2, 1)]
        )
    roster = f' <span class="yellow">排班未派：{text(alone)}</span>' if alone else ""
    if matter.stationed:
        roster = f' <span class="soft">排班交办：{text(matter.stationed)}</span>'
    details = "".join(f"<br>{text(label)}：{text(words)}" for label, words in list(matter.told.items())[:12])
    return (
        f'<article id="m-{text(matter.matter_id)}"><b>{text(KIND_NAMES[matter.kind])} {text(matter.number)}</b> '
        f'{text(matter.firm)} · {text(matter.subject)} <span class="soft">{text(STAGE_NAMES[matter.stage])}</span> '
        f'<span class="{text(light)}">{text(due)}</span>{roster}'
        f"<div>{text(matter.words)}{details}</div><ol>{lines}</ol>"
        + (_form(mark, "matter", matter.matter_id, acts, graded, by=True) if acts else '<p class="soft">等窗口办理</p>')
        + "</article>"
    )


def _end(gateway: Gateway, due: dt.datetime | None) -> str:
    """When a limit of half days ends, with its light; "" for a case whose limit ends with a day."""
    if due is None:
        return ""
    light = gateway.limits.light(due)
    said = {"red": "，已超时", "yellow": "，将到期"}.get(light, "")
    return f' <span class="{light or "soft"}">{shanghai(due):%m-%d %H:%M} 前办结{said}</span>'


def _case(document: JsonObject, stage: Stage, case_id: str, mark: str, end: str) -> str:
    item, applicant = document["item"], document["applicant"]
    urgent = '<span class="red">加急</span> ' if wants_urgency(document["form"]) else ""
    helped = '<span class="helped">帮办</span> ' if document.get("assisted", False) else ""
    return (
        f'<article id="c-{text(case_id)}">{urgent}{helped}<b>{text(item["name"])}</b> {text(applicant["name"])} '
        f'<span class="soft">{text(document["provisional_no"])} · {_STAGES[stage]}</span>{end}'
        + _form(mark, "case", case_id, _CASE_ACTS)
        + "</article>"
    )


def _complaint(rating: JsonObject) -> str:
    """What the bad grade was about: item, window's clerk, what was ticked and written. Not who gave it: whoever puts
    it right asks by the case, for which there is a right to ask."""
    offered = dict(points(Grade(rating["satisfaction"])))
    ticked = "、".join(offered.get(ident, ident) for ident in rating["evalDetail"])
    said = "；".join(part for part in (ticked, rating["writingEvaluation"]) if part) or "没有写明"
    return f"<div>{text(rating['taskName'])} · {text(rating['handleUserName'])}：{text(said)}</div>"


def _form(mark: str, what: str, key: str, acts: Sequence[tuple[str, str]], more: str = "", *, by: bool = False) -> str:
    unit = '<input name="by" placeholder="办理单位" aria-label="办理单位" maxlength="100">' if by else ""
    return (
        '<form method="post" action="/office/act">'
        f'<input type="hidden" name="mark" value="{text(mark)}"><input type="hidden" name="what" value="{what}">'
        f'<input type="hidden" name="id" value="{text(key)}">{_select("act", "操作", acts)}{more}{unit}'
        '<input name="words" placeholder="意见、答复或承办单位" aria-label="意见" maxlength="1000">'
        "<button>办理</button></form>"
    )


def _select(name: str, label: str, choices: Sequence[tuple[str, str]]) -> str:
    return f'<select name="{name}" aria-label="{label}">{options(choices)}</select>'


def whole(title: str, body: str) -> str:
    """A page. body: HTML."""
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{text(title)}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/office/style.css"></head>'
        f"<body>{body}</body></html>"
    )
