"""What the pages on a visitor's phone look like. Everything shown goes through `_text`, which escapes it."""

from __future__ import annotations

import urllib.parse
from collections.abc import Mapping

from app.documents.rating_points import points
from app.domain.clock import shanghai
from app.domain.rating import Grade
from app.gateway.markup import text
from app.gateway.rate_codes import LONGEST_WORDS, Looked, Worth

GRADES = (
    (Grade.VERY_GOOD, "非常满意"),
    (Grade.GOOD, "满意"),
    (Grade.FAIR, "基本满意"),
    (Grade.BAD, "不满意"),
    (Grade.VERY_BAD, "非常不满意"),
)
# Five grades of one look and none chosen before: nothing prompts an answer. What may be ticked follows the grade by a
# selector alone, so that the page needs no script.
STYLE = """
*{box-sizing:border-box}
body{font:17px/1.6 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;margin:0;background:#f2f5f8;
color:#1b2733}
main{max-width:560px;margin:0 auto;padding:16px}
h1{font-size:22px;margin:8px 0}dl{display:grid;grid-template-columns:auto 1fr;gap:2px 14px;margin:10px 0}
dt{color:#50616f}dd{margin:0;overflow-wrap:anywhere}
fieldset{border:0;padding:0;margin:14px 0}legend{font-weight:600;padding:0;margin-bottom:6px}
input[type=radio]{position:absolute;opacity:0}
label.grade{display:block;background:#fff;border:1px solid #8697a8;border-radius:8px;padding:11px 16px;margin:8px 0}
input[type=radio]:focus-visible+label{outline:3px solid #1f5c96;outline-offset:2px}
input[type=radio]:checked+label{background:#1f5c96;border-color:#1f5c96;color:#fff}
.ticks{display:none;margin:0 0 4px 14px}
label.tick{display:block;padding:7px 0}label.tick input{width:20px;height:20px;vertical-align:-4px;margin-right:10px}
textarea,input[type=text],input[type=tel]{font:inherit;width:100%;padding:10px;border:1px solid #8697a8;
border-radius:8px;background:#fff;color:inherit}
textarea{min-height:96px}
button{font:inherit;font-weight:600;width:100%;padding:13px;border:0;border-radius:8px;background:#1f5c96;color:#fff;
margin:12px 0}
.soft{color:#50616f;font-size:15px}.wrong{background:#fdecea;color:#8c1d18;border-radius:8px;padding:10px 14px}
a{color:#1f5c96}
""" + "".join(f"#g{int(grade)}:checked~.t{int(grade)}{{display:block}}\n" for grade, _ in GRADES)


def rate_page(code: str, looked: Looked, wrong: str) -> str:
    """The question. wrong: what was wrong with the last try."""
    case, ticks, grades = looked.cases[0], [], []
    for grade, words in GRADES:
        number = int(grade)
        grades.append(
            f'<input type="radio" name="grade" id="g{number}" value="{number}">'
            f'<label class="grade" for="g{number}">{text(words)}</label>'
        )
        boxes = "".join(
            f'<label class="tick"><input type="checkbox" name="tick-{text(ident)}">{text(said)}</label>'
            for ident, said in points(grade)
        )
        ticks.append(f'<div class="ticks t{number}"><b>可以再选几条（可不选）</b>{boxes}</div>')
    rows = (
        ("办理人", looked.code.person if looked.code else ""),
        ("事项", "、".join(dict.fromkeys(one.item_name for one in looked.cases))),
        ("窗口", f"{case.window.hall} {case.window.name}"),
        ("工作人员", case.clerk),
        ("办理时间", f"{shanghai(case.accepted_at):%Y-%m-%d %H:%M}"),
    )
    return _whole(
        "评价本次服务",
        f"<h1>请您评价本次服务</h1>{_wrong(wrong)}{_rows(rows)}"
        f'<form method="post"><fieldset><legend>您满意吗？</legend>{"".join(grades)}{"".join(ticks)}</fieldset>'
        f'<label for="words">还想说的（可不填）</label><textarea id="words" name="words" maxlength="{LONGEST_WORDS}">'
        "</textarea><button>提交评价</button></form>"
        '<p class="soft">只能评一次，提交后不能修改。办理窗口看不到您评了几分。</p>' + _fault_line(code),
    )


def standing_page(code: str, looked: Looked) -> str:
    """Why this code cannot be used now, and what can be done."""
    until = f"{shanghai(looked.code.until):%Y年%m月%d日 %H:%M}" if looked.code else ""
    title, below = {
        Worth.RATED: ("已经评价过了", "这个码已经用过，每次办理只评一次。谢谢您。"),
        Worth.RATED_THERE: ("已经评价过了", "这次服务在窗口已经评价，每次办理只评一次。谢谢您。"),
        Worth.EXPIRED: ("评价码已过期", f"这个码用到 {until}。想说的话，可以在“我要找茬”里写。"),
        Worth.FORGED: ("不是有效的评价码", "码不完整、被改动过，或者不是政务服务窗口打印的。请重新扫描凭证上的码。"),
        Worth.STOPPED: ("这个码已停用", "打印它的窗口设备已停用。想说的话，可以在“我要找茬”里写。"),
        Worth.OTHER: ("码与办件不符", "码上的人、事、窗口与办件对不上，不能评价。请拿凭证到窗口核对。"),
        Worth.NOT_YET: ("窗口还没有上报", "您的办件还没有传到平台，请过一会儿再扫一次。"),
    }[looked.worth]
    # A forged code says nothing of a window: what is found fault with under it would be laid at a stranger's door.
    return said_page(title, below, _fault_line("" if looked.worth is Worth.FORGED else code))


def fault_page(code: str, once: str, wrong: str, form: Mapping[str, str]) -> str:
    """我要找茬. once: so that a form sent twice is one. form: what was typed before."""

    def typed(name: str) -> str:
        return text(form.get(name, ""))

    return _whole(
        "我要找茬",
        f"<h1>我要找茬</h1><p>哪里不好办、等得久、跑多次、要求不合理，请直说。</p>{_wrong(wrong)}"
        '<form method="post" action="/rate/fault">'
        f'<input type="hidden" name="once" value="{text(once)}">'
        f'<input type="hidden" name="code" value="{text(code)}">'
        '<label for="words">哪里不好</label>'
        f'<textarea id="words" name="words" maxlength="2000" required>{typed("words")}</textarea>'
        '<label for="name">怎么称呼您（可不留）</label>'
        f'<input type="text" id="name" name="name" maxlength="40" autocomplete="name" value="{typed("name")}">'
        '<label for="phone">回访电话（可不留）</label>'
        f'<input type="tel" id="phone" name="phone" maxlength="20" autocomplete="tel" value="{typed("phone")}">'
        "<button>提交</button></form>"
        '<p class="soft">姓名和电话只用于回访。</p>',
    )


def said_page(title: str, below: str, more: str = "") -> str:
    """A few words."""
    return _whole(title, f'<h1 role="status">{text(title)}</h1><p>{text(below)}</p>{more}')


def _fault_line(code: str) -> str:
    address = "/rate/fault" + (f"?code={urllib.parse.quote(code, safe='')}" if code else "")
    return f'<p><a href="{text(address)}">我要找茬：哪里不好，直接说</a></p>'


def _rows(rows: tuple[tuple[str, str], ...]) -> str:
    return "<dl>" + "".join(f"<dt>{text(label)}</dt><dd>{text(words)}</dd>" for label, words in rows) + "</dl>"


def _wrong(words: str) -> str:
    return f'<p class="wrong" role="alert">{text(words)}</p>' if words else ""


def _whole(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{text(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/rate/style.css"></head>'
        f"<body><main>{body}</main></body></html>"
    )
