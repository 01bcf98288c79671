"""The outbox: what the gateway has yet to be told.

An entry is pending → inflight (committed before sending) → done | retry(next_at) | parked. Entries of one case go out
in their order; cases are independent, so one poisoned case blocks nobody else. A parked entry stays with its reason
until a person sends it again or takes it back. Only the order and the states live here; when to try again is
app/sync/policy.py's business.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from app.domain.case import AuditEvent, CaseState, Operation, OperationKind, OutboxState
from app.domain.clock import isoformat, parse_iso
from app.domain.errors import Defect, Refused
from offline_db import audit, contents, feeds
from offline_db.part import StorePart
from offline_db.prepared import insert_into
from offline_db.rows import EMPTIED, FINISHED, has_unfinished, operation, to_json
from offline_db.schema import cases, keeping, open_entries, outbox

Row = sa.Row[Any]
LONGEST_WAIT = dt.timedelta(hours=2)
"""Nothing is ever told to wait longer (app/sync/policy.py). What seems to was told so by a clock that has been put back
since, and must not wait for the years to pass again."""
_INSERT = insert_into(outbox, without="local_seq")
_STICKY = (CaseState.WITHDRAWN.value, CaseState.DRAFT.value)


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """How the queue stands. waiting: will go out by itself (pending, inflight or retry); parked: needs a person;
    oldest: when the longest-waiting unfinished entry was accepted, UTC."""

    waiting: int
    parked: int
    oldest: dt.datetime | None = None


def enqueue(connection: sa.Connection, operations: Sequence[Operation], created_at: str) -> None:
    """Add entries in their order inside the caller's transaction; each gets the device's next local_seq."""
    rows = [
        {
            "op_id": entry.op_id,
            "case_id": entry.case_id,
            "kind": entry.kind.value,
            "body": to_json(entry.body),
            "state": entry.state.value,
            "attempts": entry.attempts,
            "next_at": isoformat(entry.next_at) if entry.next_at else None,
            "reason": entry.reason,
            "created_at": created_at,
        }
        for entry in operations
    ]
    _INSERT.run_all(connection, rows)


def entries_of(kind: OperationKind) -> sa.Select[Any]:
    """The entries of one kind in their order; not what was taken back, nor what was emptied."""
    return (
        sa.select(outbox.c.op_id, outbox.c.case_id, outbox.c.body, outbox.c.state, outbox.c.reason)
        .where(
            outbox.c.kind == kind.value,
            outbox.c.state != OutboxState.WITHDRAWN.value,
            outbox.c.body != EMPTIED,
        )
        .order_by(outbox.c.local_seq)
    )


def refresh_case(connection: sa.Connection, case_id: str) -> None:
    """Make the case's state say what its entries say. A durable case stays so only while all of them are finished."""
    states = {
        (row.kind, row.state)
        for row in connection.execute(sa.select(outbox.c.kind, outbox.c.state).where(outbox.c.case_id == case_id))
        # What became of a rating says nothing about the case.
        if row.kind != OperationKind.RATING
    }
    case_no = connection.scalar(sa.select(cases.c.case_no).where(cases.c.case_id == case_id))
    if any(state == OutboxState.PARKED for _, state in states):
        state = CaseState.NEEDS_ATTENTION
    elif (OperationKind.CASE, OutboxState.WITHDRAWN) in states:
        state = CaseState.WITHDRAWN
    elif case_no:
        state = _taken(connection, case_id, all(state in FINISHED for _, state in states))
    elif (OperationKind.CASE, OutboxState.INFLIGHT) in states:
        state = CaseState.SENDING
    else:
        state = CaseState.ACCEPTED_LOCAL
    connection.execute(
        sa.update(cases).where(cases.c.case_id == case_id, cases.c.state.not_in(_STICKY)).values(state=state.value)
    )


def _taken(connection: sa.Connection, case_id: str, finished: bool) -> CaseState:
    """What a case is that the gateway has: it may be durable already, or have been lost there since."""
    if connection.scalar(sa.select(keeping.c.lost_at).where(keeping.c.case_id == case_id)):
        return CaseState.NEEDS_ATTENTION
    now = connection.scalar(sa.select(cases.c.state).where(cases.c.case_id == case_id))
    return CaseState.DURABLE if finished and now == CaseState.DURABLE else CaseState.ACKED


class OutboxPart(StorePart):
    """The store's queue."""

    def outbox(self, states: Collection[OutboxState] | None = None) -> list[Operation]:
        """Entries in the order of local_seq. states: only these; None: all, finished ones too."""
        query = sa.select(outbox).order_by(outbox.c.local_seq)
        if states is not None:
            query = query.where(outbox.c.state.in_([state.value for state in states]))
        with self._db.read() as connection:
            return [operation(row) for row in connection.execute(query).mappings()]

    def tell(self, operation: Operation, event: AuditEvent) -> None:
        """Queue one entry and note it in the trail, in one commit. Those of one case_id go out in their order."""
        with self._db.write() as connection:
            enqueue(connection, [operation], self._now())
            audit.append(connection, self._keys.audit, event)

    def mark_inflight(self, op_id: str) -> None:
        """It is about to be sent; on the disk when this returns. Defect unless it is pending or retry."""
        with self._db.write() as connection:
            row = self._entry(connection, op_id)
            if row.state not in (OutboxState.PENDING, OutboxState.RETRY):
                raise Defect("上传顺序出错", f"条目状态为 {row.state}，不能再次发送。")
            self._move(connection, row, OutboxState.INFLIGHT, attempts=row.attempts + 1)

    def settle(self, op_id: str, action: Literal["resend", "withdraw"], event: AuditEvent) -> None:
        """A person settles a parked entry: send it again under the same op_id, or take it back; event says who.

        Taking back a case takes back its other unfinished entries too: its files would belong to nothing.
        Refused when the entry is not parked (somebody was faster).
        """
        with self._db.write() as connection:
            row = self._entry(connection, op_id)
            if row.state != OutboxState.PARKED:
                raise Refused("该条已处理", "这一条已不在待处理状态。", "请刷新待传清单。")
            if action == "resend":
                self._move(connection, row, OutboxState.PENDING, reason="")
            elif action == "withdraw":
                self._withdraw(connection, row)
            else:
                raise ValueError(f"unknown action: {action}")
            audit.append(connection, self._keys.audit, event)

    def recover_inflight(self) -> int:
        """Entries that were being sent when the program died go back to retry, now, under the same op_id: the
        gateway answers a repeated key with the first answer. How many. `Store.open` does this, and each run of the
        sync engine before it sends anything: almost always there are none, and nothing is written."""
        query = sa.select(outbox).where(open_entries(outbox), outbox.c.state == OutboxState.INFLIGHT.value)
        with self._db.read() as connection:
            if connection.execute(query.limit(1)).first() is None:
                return 0
        with self._db.write() as connection:
            rows = connection.execute(query).all()
            for row in rows:
                self._move(connection, row, OutboxState.RETRY, next_at=self._now(), reason="上次发送时程序中断")
            return len(rows)

    def counts(self) -> OutboxCounts:
        """How many entries stand where."""
        # Of the open entries' index alone: almost every entry is done, and their bodies need not be read to count.
        query = sa.select(outbox.c.state, sa.func.count(), sa.func.min(outbox.c.created_at))
        query = query.where(open_entries(outbox)).group_by(outbox.c.state)
        with self._db.read() as connection:
            rows = connection.execute(query).all()
        count = {state: number for state, number, _ in rows}
        oldest = min((since for _, _, since in rows), default=None)
        parked = count.get(OutboxState.PARKED.value, 0)
        return OutboxCounts(
            waiting=sum(count.values()) - parked,
            parked=parked,
            oldest=parse_iso(oldest) if oldest else None,
        )

    @staticmethod
    def _entry(connection: sa.Connection, op_id: str) -> Row:
        row = connection.execute(sa.select(outbox).where(outbox.c.op_id == op_id)).first()
        if row is None:
            raise Defect("上传顺序出错", "待传清单里没有这一条。")
        return row

    @staticmethod
    def _move(
        connection: sa.Connection,
        row: Row,
        state: OutboxState,
        *,
        attempts: int | None = None,
        next_at: str | None = None,
        reason: str | None = None,
    ) -> None:
        values: dict[str, Any] = {"state": state.value, "next_at": next_at}
        if attempts is not None:
            values["attempts"] = attempts
        if reason is not None:
            values["reason"] = reason
        connection.execute(sa.update(outbox).where(outbox.c.op_id == row.op_id).values(values))
        refresh_case(connection, row.case_id)

    def _finish(self, connection: sa.Connection, row: Row) -> None:
        if row.state == OutboxState.WITHDRAWN:
            raise Defect("上传顺序出错", "平台确认了一条已撤回的记录。")
        self._move(connection, row, OutboxState.DONE, reason="")
        if not has_unfinished(connection, row.case_id):
            feeds.apply_waiting(connection, row.case_id)

    def _withdraw(self, connection: sa.Connection, row: Row) -> None:
        query = sa.select(outbox).where(outbox.c.case_id == row.case_id, outbox.c.state.not_in(FINISHED))
        # A step belongs to what came before it: of a matter all that still waits goes together.
        whole = row.kind in (OperationKind.CASE, OperationKind.MATTER)
        together = connection.execute(query).all() if whole else [row]
        for entry in together:
            self._move(connection, entry, OutboxState.WITHDRAWN)
            if entry.kind == OperationKind.AMEND:
                contents.drop(connection, entry.op_id)
