"""The supervisors' part of the back office's page: all windows with lights and figures, and refused data calls."""

from __future__ import annotations

from app.domain.clock import shanghai
from app.gateway.board import refused_calls, signed_calls, window_days
from app.gateway.core import Gateway
from app.gateway.markup import text

STYLE = """
table{border-collapse:collapse;width:100%;background:#fff;border:1px solid #d6dee6}
th,td{text-align:left;padding:6px 10px;border-bottom:1px solid #e3e9ef;vertical-align:top}
th{font-weight:600;color:#50616f}td.n{text-align:right}
.light{display:inline-block;width:12px;height:12px;border-radius:6px;margin-right:8px}
.light.red{background:#a3241c}.light.yellow{background:#c98a00}.light.green{background:#2f7d4f}
"""
_WORDS = {"red": "红灯", "yellow": "黄灯", "green": "绿灯"}
_HEADS = (
    "窗口",
    "今日收件",
    "其中延时",
    "帮办",
    "在办",
    "补正中",
    "评价",
    "差评工单",
    "今日查询",
    "被拒绝",
    "企业事项",
    "最近上报",
    "说明",
)


def board(gateway: Gateway) -> str:
    """Both tables as HTML."""
    days, refused = window_days(gateway), refused_calls(gateway)
    heads = "".join(f'<th scope="col">{name}</th>' for name in _HEADS)
    rows = "".join(
        f'<tr id="w-{text(one.device_id)}"><td><span class="light {one.light}" role="img" '
        f'aria-label="{_WORDS[one.light]}"></span>{text(one.device_id)}</td>'
        + "".join(
            f'<td class="n">{text(value)}</td>'
            for value in (
                one.today,
                one.extended,
                one.assisted,
                one.in_hand,
                one.correcting,
                f"{one.mean:.2f}（{one.ratings}）" if one.mean is not None else "—",
                f"{one.orders_open}（逾期 {one.orders_late}）" if one.orders_open else "0",
                one.queries,
                one.refused,
                f"{one.matters}（超时 {one.matters_late}）" if one.matters else "0",
                f"{shanghai(one.heard):%m-%d %H:%M}" if one.heard else "—",
            )
        )
        + f'<td class="{one.light}">{text("；".join(one.why) or "正常")}</td></tr>'
        for one in days
    )
    calls = "".join(
        f"<tr><td>{shanghai(one.at):%m-%d %H:%M}</td><td>{text(one.device_id)}</td><td>{text(one.clerk)}</td>"
        f"<td>{text(one.source)}</td><td>{text(one.subject)}</td><td>{text(one.reason)}</td></tr>"
        for one in refused
    )
    below = (
        f'<h2>被拒绝的数据查询（{len(refused)}）</h2><table id="refused"><thead><tr><th>时间</th><th>窗口</th>'
        f"<th>人员</th><th>数据</th><th>查谁</th><th>原因</th></tr></thead><tbody>{calls}</tbody></table>"
        if refused
        else ""
    ) + _signed(gateway)
    return (
        f'<h2>窗口总览（{len(days)}）</h2><table id="windows"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{below}"
    )


def _signed(gateway: Gateway) -> str:
    """The newest calls that a clerk's hardware key signed."""
    calls = signed_calls(gateway)
    if not calls:
        return ""
    rows = "".join(
        f"<tr><td>{shanghai(one.at):%m-%d %H:%M}</td><td>{text(one.device_id)}</td>"
        f"<td>{text(one.clerk)}（{text(one.number)}）</td><td>{text(one.source)}</td><td>{text(one.subject)}</td>"
        f"<td>{text(one.serial)}</td><td>{text(one.issuer)}</td></tr>"
        for one in calls
    )
    return (
        f'<h2>钥匙签名的数据查询（{len(calls)}）</h2><table id="signed"><thead><tr><th>时间</th><th>窗口</th>'
        f"<th>人员</th><th>数据</th><th>查谁</th><th>证书编号</th><th>发证机构</th></tr></thead><tbody>{rows}</tbody></table>"
    )
