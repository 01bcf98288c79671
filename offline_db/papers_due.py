"""What is still to come to a case that was accepted: tolerated materials 容缺, checks of promises 告知承诺.

Materials are add-only: completing adds pages and says so; nothing that was there is taken away.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sa

from app.domain.case import AuditEvent, Case, CaseState, Operation
from app.domain.errors import Defect, Refused
from app.domain.material import MaterialStatus, Page
from offline_db import audit, outbox, rows, schema
from offline_db.part import StorePart


def _settled(materials: sa.Table, key: str) -> sa.ColumnElement[str]:
    return sa.func.json_extract(materials.c.use, f"$.{rows.SETTLED}.{key}")


def outstanding() -> sa.ColumnElement[bool]:
    """Rows of `materials` that are still to come, or whose promise is still to be checked."""
    materials = schema.materials
    to_check = sa.and_(
        materials.c.status == MaterialStatus.PROMISED.value,
        _settled(materials, "check_due").is_not(None),
        sa.func.coalesce(_settled(materials, "checked"), "") == "",
    )
    return sa.or_(materials.c.status == MaterialStatus.TOLERATED.value, to_check)


class PapersDuePart(StorePart):
    """The store's cases with something outstanding."""

    def cases_outstanding(self, limit: int = 500) -> list[Case]:
        """Cases with a tolerated material or a promise to be checked, the earliest day first. No withdrawn ones."""
        materials, cases = schema.materials, schema.cases
        check_due = _settled(materials, "check_due")
        soonest = sa.func.min(sa.func.coalesce(materials.c.due, check_due, "9999"))
        query = (
            sa.select(cases.c.case_id)
            .join(materials, materials.c.case_id == cases.c.case_id)
            .where(outstanding())
            .where(cases.c.state != CaseState.WITHDRAWN.value)
            .group_by(cases.c.case_id)
            .order_by(soonest, cases.c.seq)
            .limit(limit)
        )
        with self._db.read() as connection:
            return rows.load_cases(connection, list(connection.scalars(query)))

    def add_pages(
        self,
        case_id: str,
        material_id: str,
        pages: Sequence[Page],
        reason: str,
        operations: Sequence[Operation],
        event: AuditEvent,
    ) -> None:
        """Hand in a tolerated material later: its pages, what the outbox must send and the audit line as ONE commit.

        It is captured from then on, with its due day kept; more pages may follow. Refused: the case was
        withdrawn, or the material was not tolerated. Defect: no such case or material, or no page.
        """
        if not pages:
            raise Defect("材料没有保存好", "补交的材料一页也没有。")
        table = schema.materials
        with self._db.write() as connection:
            state = connection.scalar(sa.select(schema.cases.c.state).where(schema.cases.c.case_id == case_id))
            where = sa.and_(table.c.case_id == case_id, table.c.material_id == material_id)
            row = connection.execute(sa.select(table).where(where)).first()
            if state is None or row is None:
                raise Defect("补交材料出错", "本机没有这个办件，或者办件里没有这份材料。")
            if state == CaseState.WITHDRAWN.value:
                raise Refused("办件已撤回", "撤回的办件不再收材料。", "请重新受理。")
            if row.status != MaterialStatus.TOLERATED.value and not (
                row.status == MaterialStatus.CAPTURED.value and row.due
            ):
                raise Refused("不用补交这份材料", "这份材料在受理时没有按容缺处理。", "请核对补交清单。")
            held = connection.execute(
                sa.select(schema.pages.c.sha256, schema.pages.c.position).where(
                    schema.pages.c.case_id == case_id, schema.pages.c.material == row.position
                )
            ).all()
            known, first = {page.sha256 for page in held}, max((page.position for page in held), default=-1) + 1
            new = [page for page in dict.fromkeys(pages) if page.sha256 not in known]
            if not new:
                raise Refused("这一页已经补交过", "同一页没有重复保存。", "请换下一页。")
            connection.execute(
                sa.insert(schema.pages),
                [
                    {"case_id": case_id, "material": row.position, "position": first + n, **asdict(page)}
                    for n, page in enumerate(new)
                ],
            )
            values = {"status": MaterialStatus.CAPTURED.value, "reason": reason}
            connection.execute(sa.update(table).where(where).values(values))
            outbox.enqueue(connection, operations, self._now())
            # Its new page stands nowhere but here.
            outbox.refresh_case(connection, case_id)
            audit.append(connection, self._keys.audit, event)

    def note_check(self, case_id: str, material_id: str, words: str, event: AuditEvent) -> None:
        """Write down what the check of a promise found, with its audit line. Refused when it was checked already or
        there is nothing to check."""
        table = schema.materials
        where = sa.and_(table.c.case_id == case_id, table.c.material_id == material_id)
        with self._db.write() as connection:
            row = connection.execute(sa.select(table).where(where)).first()
            use = json.loads(row.use) if row is not None else {}
            settled = use.get(rows.SETTLED, {})
            if not settled.get("check_due") or settled.get("checked"):
                raise Refused("没有待核查的承诺", "这份承诺已经核查过，或者不需要核查。", "请刷新清单。")
            use[rows.SETTLED] = {**settled, "checked": words}
            connection.execute(sa.update(table).where(where).values(use=rows.to_json(use)))
            audit.append(connection, self._keys.audit, event)
