"""What is still to come to a case that was accepted: tolerated materials 容缺, checks of promises 告知承诺.

Materials are add-only: completing adds pages and says so; nothing that was there is taken away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sa

from app.domain.case import AuditEvent, Case, CaseState, Operation
from app.domain.errors import Defect, Refused
from app.domain.material import MaterialStatus, Page
from offline_db import audit, outbox, rows, schema
from offline_db.part import StorePart

_OPEN = (MaterialStatus.TOLERATED.value, MaterialStatus.PROMISED.value)


class PapersDuePart(StorePart):
    """The store's cases with something outstanding."""

    def cases_outstanding(self, limit: int = 500) -> list[Case]:
        """Cases with a tolerated or promised material, the earliest due day first; withdrawn cases are left out."""
        materials, cases = schema.materials, schema.cases
        soonest = sa.func.coalesce(sa.func.min(materials.c.due), "9999")
        query = (
            sa.select(cases.c.case_id)
            .join(materials, materials.c.case_id == cases.c.case_id)
            .where(materials.c.status.in_(_OPEN), cases.c.state != CaseState.WITHDRAWN.value)
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
            audit.append(connection, self._keys.audit, event)
