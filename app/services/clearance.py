"""信用核准: what a department's answer says about tolerance 容缺."""

from __future__ import annotations

import datetime as dt

from app.domain.shared_data import DataSource, QueryReply


def clearance_of(source: DataSource, department: str, reply: QueryReply, today: dt.date) -> tuple[bool, str]:
    """Is tolerance open by this answer, and in words why (not)? An old answer, like none, opens nothing."""
    if not reply.found:
        return False, f"{source.name}：没有记录（{department}，编号 {reply.reference}）"
    if reply.valid_until is not None and reply.valid_until < today:
        return False, f"{source.name}：已过有效期（{department}，编号 {reply.reference}）"
    good = reply.proves and all(reply.facts.get(element, "") in some for element, some in source.clears.items())
    note = reply.note or ("符合容缺条件" if good else "不符合容缺条件")
    return good, f"{source.name}：{note}（{department}，编号 {reply.reference}）"
