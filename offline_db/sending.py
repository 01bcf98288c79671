"""The outbox as the sync engine drains it: many entries a transaction, and no query that grows with what waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.domain.case import Operation, OperationKind, OutboxState
from app.domain.clock import isoformat, parse_iso
from app.domain.errors import Defect
from app.domain.sending import Acked, Again, Arrived, Backlog, Noted, Outcome, Refusal, Unsent, Waiting
from offline_db.outbox import LONGEST_WAIT, OutboxPart, Row
from offline_db.rows import FINISHED, operation
from offline_db.schema import cases, open_entries, outbox

_GOING = (OutboxState.PENDING.value, OutboxState.RETRY.value, OutboxState.INFLIGHT.value)
_ON_THE_LINE = (OperationKind.AMEND.value, OperationKind.PHOTO.value)
_AT_ONCE = 500
"""Keys of one query: SQLite takes 32,766, and a shorter list keeps the writer free for the clerk in between."""


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What a list says of a case; names are not masked."""

    provisional_no: str
    item_name: str
    applicant_name: str


class SendingPart(OutboxPart):
    """What is sent in bulk. Order and states are those of offline_db.outbox."""

    def due(self, now: dt.datetime, limit: int = 50, kinds: Collection[OperationKind] | None = None) -> list[Operation]:
        """Entries that may be sent now, in the order of local_seq, at most one a case. kinds: only these.

        Only a case's first unfinished entry can be due: pending, or retry whose next_at has come (or lies further
        ahead than anything waits, see LONGEST_WAIT).
        """
        earlier = outbox.alias("earlier")
        first = ~sa.exists().where(
            earlier.c.case_id == outbox.c.case_id,
            earlier.c.local_seq < outbox.c.local_seq,
            earlier.c.state.not_in(FINISHED),
            # A rating waits for its case; nothing waits for a rating. Amendments wait for each other and for their
            # case: one that a person must decide on holds back no page, and a page that cannot be read no amendment.
            earlier.c.kind != OperationKind.RATING.value,
            sa.or_(
                earlier.c.kind == OperationKind.CASE.value,
                (earlier.c.kind == OperationKind.AMEND.value) == (outbox.c.kind == OperationKind.AMEND.value),
            ),
        )
        ready = sa.or_(
            outbox.c.state == OutboxState.PENDING.value,
            sa.and_(
                outbox.c.state == OutboxState.RETRY.value,
                sa.or_(outbox.c.next_at <= isoformat(now), outbox.c.next_at > isoformat(now + LONGEST_WAIT)),
            ),
        )
        # Kind by kind, each in its index's own order: with all of them at once SQLite would sort everything that
        # waits to hand out the first few.
        found: list[Operation] = []
        with self._db.read() as connection:
            for kind in kinds or tuple(OperationKind):
                query = sa.select(outbox).where(open_entries(outbox), outbox.c.kind == kind.value, ready, first)
                rows = connection.execute(query.order_by(outbox.c.local_seq).limit(limit)).mappings()
                found += [operation(row) for row in rows]
        return sorted(found, key=lambda entry: entry.local_seq)[:limit]

    def soonest_retry(self, after: dt.datetime) -> dt.datetime | None:
        """When the first of the entries that wait for their time comes due, if that is later than `after`."""
        query = sa.select(sa.func.min(outbox.c.next_at)).where(
            open_entries(outbox), outbox.c.state == OutboxState.RETRY.value, outbox.c.next_at > isoformat(after)
        )
        with self._db.read() as connection:
            soonest = connection.scalar(query)
        return parse_iso(soonest) if soonest else None

    def newest_seq(self) -> int:
        """The number of the entry that was written last; it changes when something new waits."""
        with self._db.read() as connection:
            return connection.scalar(sa.select(sa.func.max(outbox.c.local_seq))) or 0

    def backlog(self) -> Backlog:
        """How much waits to go out by itself; what a person must settle, and what waits behind it, counts as well as
        `counts` does: not the parked ones themselves."""
        is_file = outbox.c.kind == OperationKind.FILE.value
        size = sa.case((is_file, sa.func.coalesce(sa.func.json_extract(outbox.c.body, "$.size"), 0)), else_=0)
        query = sa.select(
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(sa.case((is_file, 1), else_=0)), 0),
            sa.func.coalesce(sa.func.sum(size), 0),
        ).where(open_entries(outbox), outbox.c.state.in_(_GOING))
        with self._db.read() as connection:
            every, files, total = connection.execute(query).one()
        return Backlog(records=every - files, files=files, bytes=int(total))

    def may_leave(self) -> list[Waiting]:
        """Every entry that could go out now or once those before it have, in order: not what was parked, nor what
        waits behind it; no amendments, which must meet what the platform has by then; and no photographs of people,
        which go from machine to machine over the line alone."""
        is_file = outbox.c.kind == OperationKind.FILE.value
        length = sa.func.length(sa.cast(outbox.c.body, sa.LargeBinary))
        size = sa.case((is_file, sa.func.coalesce(sa.func.json_extract(outbox.c.body, "$.size"), 0)), else_=length)
        query = sa.select(outbox.c.op_id, outbox.c.case_id, outbox.c.kind, outbox.c.state, size.label("bytes"))
        with self._db.read() as connection:
            query = query.where(open_entries(outbox), outbox.c.kind.not_in(_ON_THE_LINE))
            rows = connection.execute(query.order_by(outbox.c.local_seq)).all()
        blocked: set[str] = set()
        found: list[Waiting] = []
        for row in rows:
            if row.state == OutboxState.PARKED.value and row.kind != OperationKind.RATING.value:
                blocked.add(row.case_id)
            if row.state != OutboxState.PARKED.value and row.case_id not in blocked:
                found.append(Waiting(row.op_id, row.case_id, row.kind == OperationKind.FILE.value, int(row.bytes)))
        return found

    def open_ids(self, after: int = 0, limit: int = 500, *, done: bool = False) -> list[tuple[int, str]]:
        """(local_seq, op_id) of entries above `after`, in order: those not finished, or the finished that were sent."""
        wanted = outbox.c.state == OutboxState.DONE.value if done else open_entries(outbox)
        query = sa.select(outbox.c.local_seq, outbox.c.op_id).where(wanted, outbox.c.local_seq > after)
        with self._db.read() as connection:
            return [(row[0], row[1]) for row in connection.execute(query.order_by(outbox.c.local_seq).limit(limit))]

    def operations(self, op_ids: Collection[str]) -> list[Operation]:
        """These entries in the order of local_seq; unknown ones are left out."""
        found: list[Operation] = []
        wanted = list(op_ids)
        with self._db.read() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                query = sa.select(outbox).where(outbox.c.op_id.in_(wanted[start : start + _AT_ONCE]))
                found += [operation(row) for row in connection.execute(query).mappings()]
        return sorted(found, key=lambda entry: entry.local_seq)

    def waiting_list(self, limit: int) -> list[Operation]:
        """The open entries as a person wants to see them, at most limit: those that need a person, those under way,
        those that failed, then the others as they will go."""
        order = {OutboxState.PARKED: 0, OutboxState.INFLIGHT: 1, OutboxState.RETRY: 2, OutboxState.PENDING: 3}
        found: list[Operation] = []
        with self._db.read() as connection:
            for state in order:
                query = sa.select(outbox).where(open_entries(outbox), outbox.c.state == state.value)
                # A record goes before the files (app.sync.policy).
                is_file = outbox.c.kind == OperationKind.FILE.value
                rows = connection.execute(query.order_by(is_file, outbox.c.local_seq).limit(limit - len(found)))
                found += [operation(row) for row in rows.mappings()]
        return found

    def case_heads(self, case_ids: Collection[str]) -> dict[str, CaseHead]:
        """case_id -> what a list says of it; unknown ones are left out."""
        query = sa.select(cases.c.case_id, cases.c.provisional_no, cases.c.item_name, cases.c.applicant_name)
        with self._db.read() as connection:
            rows = connection.execute(query.where(cases.c.case_id.in_(list(case_ids)))).all()
        return {row.case_id: CaseHead(row.provisional_no, row.item_name, row.applicant_name) for row in rows}

    def mark_inflight_many(self, op_ids: Sequence[str]) -> None:
        """They are about to be sent; on the disk when this returns. Defect unless each is pending or retry."""
        with self._db.write() as connection:
            rows = self._rows(connection, op_ids)
            for op_id in op_ids:
                row = rows.get(op_id)
                if row is None or row.state not in (OutboxState.PENDING, OutboxState.RETRY):
                    raise Defect("上传顺序出错", "有条目不在待传状态，不能发送。")
                self._move(connection, row, OutboxState.INFLIGHT, attempts=row.attempts + 1)

    def record(self, outcomes: Iterable[Outcome], *, late: bool = False) -> frozenset[str]:
        """Write down what became of entries, all in one transaction; the keys of those that were changed.

        late: the news may be old (it came on a stick): what is finished already is passed over. Otherwise a refusal
        of a finished entry, or the arrival of one that was taken back, is a Defect.
        """
        news = [outcome for outcome in outcomes if not isinstance(outcome, Noted)]
        changed: set[str] = set()
        with self._db.write() as connection:
            rows = self._rows(connection, [outcome.op_id for outcome in news])
            for outcome in news:
                row = rows.get(outcome.op_id)
                if late and (row is None or row.state in FINISHED):
                    continue
                if row is None:
                    raise Defect("上传顺序出错", "待传清单里没有这一条。")
                self._settle_outcome(connection, row, outcome)
                changed.add(outcome.op_id)
        return frozenset(changed)

    def _settle_outcome(self, connection: sa.Connection, row: Row, outcome: Outcome) -> None:
        if isinstance(outcome, Acked):
            values = {"case_no": outcome.case_no, "rev": outcome.rev}
            updated = connection.execute(sa.update(cases).where(cases.c.case_id == outcome.case_id).values(**values))
            if updated.rowcount != 1 or row.case_id != outcome.case_id:
                raise Defect("上传顺序出错", "平台确认了一个本机没有的办件。")
            self._finish(connection, row)
        elif isinstance(outcome, Arrived):
            self._finish(connection, row)
        elif row.state in FINISHED and isinstance(outcome, Again | Unsent):
            pass  # other news of it (an answer on a stick) was faster
        elif row.state in FINISHED:
            raise Defect("上传顺序出错", f"条目状态为 {row.state}，不能再改。")
        elif isinstance(outcome, Again):
            next_at = isoformat(outcome.next_at)
            self._move(connection, row, OutboxState.RETRY, next_at=next_at, reason=outcome.reason)
        elif isinstance(outcome, Refusal):
            self._move(connection, row, OutboxState.PARKED, reason=outcome.reason)
        else:
            self._move(connection, row, OutboxState.PENDING, attempts=max(row.attempts - 1, 0))

    @staticmethod
    def _rows(connection: sa.Connection, op_ids: Sequence[str]) -> dict[str, Row]:
        columns = (outbox.c.op_id, outbox.c.case_id, outbox.c.kind, outbox.c.state, outbox.c.attempts)
        found: dict[str, Any] = {}
        for start in range(0, len(op_ids), _AT_ONCE):
            wanted = op_ids[start : start + _AT_ONCE]
            for row in connection.execute(sa.select(*columns).where(outbox.c.op_id.in_(wanted))):
                found[row.op_id] = row
        return found
