"""Amendments 更正 of accepted cases and the conflicts that a person has to decide.

An amendment is in force here from the commit that makes it, is sent by its entry of the outbox, and keeps the form on
which it was made, so that it can be merged with what the platform has by then (app.sync.amend).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from app.domain.amendment import (
    Amendment,
    Change,
    Conflict,
    Content,
    Contested,
    Place,
    Standing,
    amended_content,
    difference,
)
from app.domain.case import AuditEvent, CaseState, Operation, OperationKind, OutboxState
from app.domain.clock import isoformat, parse_iso
from app.domain.errors import Defect, Refused
from offline_db import audit, contents
from offline_db.contents import OPEN, StoredAmendment, facts_text, form_text, read_facts
from offline_db.outbox import OutboxPart, enqueue
from offline_db.rows import load_cases, to_json
from offline_db.schema import amendments, cases, conflicts, outbox
from offline_db.schema import contents as content_rows

_GONE = "该办件的更正已有变化"


class AmendPart(OutboxPart):
    """The store's amendments and conflicts; each is an entry of the queue as well."""

    def amend(self, amendment: Amendment, base: Mapping[str, str], operation: Operation, event: AuditEvent) -> None:
        """Correct a case: in force here, queued for the platform and noted in the trail by ONE commit.

        base: the form that the clerk saw. What came in since is merged when the amendment goes out. Refused: the case
        was taken back.
        """
        with self._db.write() as connection:
            found = load_cases(connection, [amendment.case_id])
            if not found or found[0].state is CaseState.WITHDRAWN:
                raise Refused("不能更正", "本机没有这个办件，或者办件已撤回。", "请到受理它的窗口查询。")
            before = contents.content(connection, amendment.case_id)
            assert before is not None  # noqa: S101 - the case is there
            connection.execute(
                sa.insert(amendments).values(
                    case_id=amendment.case_id,
                    op_id=operation.op_id,
                    made_at=isoformat(amendment.made_at),
                    clerk=amendment.clerk,
                    reason=amendment.reason,
                    base=form_text(base),
                    changes=to_json(dict(amendment.changes)),
                    facts=facts_text(amendment.facts),
                    standing=Standing.WAITING.value,
                )
            )
            contents.set_content(connection, amendment.case_id, before)
            # What stood safe at the platform has something unsent again.
            mine = sa.and_(cases.c.case_id == amendment.case_id, cases.c.state == CaseState.DURABLE.value)
            connection.execute(sa.update(cases).where(mine).values(state=CaseState.ACKED.value))
            enqueue(connection, [operation], self._now())
            audit.append(connection, self._keys.audit, event)

    def amendments(self, case_id: str) -> list[StoredAmendment]:
        """All amendments of a case, the first first."""
        query = sa.select(amendments).where(amendments.c.case_id == case_id).order_by(amendments.c.seq)
        with self._db.read() as connection:
            return [contents.read_amendment(row) for row in connection.execute(query)]

    def amendment_of(self, op_id: str) -> StoredAmendment | None:
        """What an operation of the outbox amends; None for an operation of another kind."""
        with self._db.read() as connection:
            return contents.of_operation(connection, op_id)

    def content(self, case_id: str) -> Content | None:
        """What the platform has of the case as far as this machine knows; None for an unknown case."""
        with self._db.read() as connection:
            return contents.content(connection, case_id)

    def wanted_contents(self, limit: int = 50) -> list[str]:
        """Cases whose content the platform has changed and that nothing here waits for."""
        waits = sa.exists().where(amendments.c.case_id == content_rows.c.case_id, amendments.c.standing.in_(OPEN))
        query = sa.select(content_rows.c.case_id).where(content_rows.c.wanted > content_rows.c.rev, ~waits)
        with self._db.read() as connection:
            return list(connection.scalars(query.limit(limit)))

    def refresh_content(self, case_id: str, now: Content) -> None:
        """Take over what the platform has; nothing when it is older, or an amendment of ours waits: that one merges."""
        with self._db.write() as connection:
            known = contents.content(connection, case_id)
            if known is None or contents.open_of(connection, case_id):
                return
            if now.rev >= known.rev:
                contents.set_content(connection, case_id, now)
            # Whatever the feed said: this is what there is.
            done = sa.update(content_rows).where(content_rows.c.case_id == case_id)
            connection.execute(done.values(wanted=now.rev))

    # ------------------------------------------------------------------------------------------- the sync's part

    def ready_amendment(self, op_id: str, body: Mapping[str, Any], base: Content, amendment: Amendment) -> None:
        """What is about to be sent for the first time under this op_id; on the disk when this returns."""
        with self._db.write() as connection:
            self._remake(connection, op_id, op_id, body, base.form, amendment)

    def rebase_amendment(
        self, op_id: str, new_op_id: str, body: Mapping[str, Any], base: Content, amendment: Amendment
    ) -> None:
        """The platform has base now, and the amendment fits on it: it goes again, in its place in the queue, under
        another op_id, because another body was sent under the first."""
        with self._db.write() as connection:
            self._remake(connection, op_id, new_op_id, body, base.form, amendment)
            row = self._entry(connection, new_op_id)
            self._move(connection, row, OutboxState.PENDING, reason="")
            contents.set_content(connection, row.case_id, base)

    def acknowledge_amendment(self, op_id: str, rev: int) -> None:
        """The platform took it; the case's content there is ours, at this revision."""
        with self._db.write() as connection:
            stored, known = self._stored(connection, op_id)
            if stored.standing is not Standing.DONE:
                made = stored.amendment
                form, facts = amended_content(known.form, known.facts, made.changes, made.facts)
                self._close(connection, op_id, Standing.DONE)
                contents.set_content(connection, made.case_id, Content(max(rev, known.rev), form, facts))
            connection.execute(
                sa.update(cases).where(cases.c.case_id == stored.amendment.case_id, cases.c.rev < rev).values(rev=rev)
            )
            self._finish(connection, self._entry(connection, op_id))

    def amendment_needless(self, op_id: str, base: Content) -> None:
        """The platform says what the amendment wanted already: nothing is left to send."""
        with self._db.write() as connection:
            stored, _ = self._stored(connection, op_id)
            self._close(connection, op_id, Standing.DONE)
            contents.set_content(connection, stored.amendment.case_id, base)
            self._finish(connection, self._entry(connection, op_id))

    def contest_amendment(
        self, op_id: str, theirs: Content, trail: Sequence[Change], contested: Sequence[Contested], reason: str
    ) -> None:
        """A person has to decide: both sides are kept whole, the entry is parked with the reason."""
        with self._db.write() as connection:
            stored, _ = self._stored(connection, op_id)
            undecided = sa.and_(conflicts.c.amendment == stored.seq, conflicts.c.choices.is_(None))
            connection.execute(sa.delete(conflicts).where(undecided))  # the same question, asked again
            form, _ = amended_content(stored.base, (), stored.amendment.changes, ())
            connection.execute(
                sa.insert(conflicts).values(
                    amendment=stored.seq,
                    found_at=self._now(),
                    base=form_text(stored.base),
                    mine=form_text(form),
                    mine_facts=facts_text(stored.amendment.facts),
                    rev=theirs.rev,
                    theirs=form_text(theirs.form),
                    theirs_facts=facts_text(theirs.facts),
                    trail=to_json([asdict(change) for change in trail]),
                    contested=to_json([asdict(one) for one in contested]),
                )
            )
            self._close(connection, op_id, Standing.CONFLICT)
            contents.set_content(connection, stored.amendment.case_id, theirs)
            self._move(connection, self._entry(connection, op_id), OutboxState.PARKED, reason=reason)

    # ------------------------------------------------------------------------------------------- a person's part

    def conflict_count(self) -> int:
        """How many amendments wait for a person's decision."""
        query = sa.select(sa.func.count()).where(amendments.c.standing == Standing.CONFLICT.value)
        with self._db.read() as connection:
            return connection.scalar(query) or 0

    def conflicts(self, case_id: str | None = None) -> list[Conflict]:
        """What waits for a decision, and what was decided and is not sent yet, the oldest first. case_id: instead all
        conflicts that this case ever had."""
        query = sa.select(conflicts).join(amendments, amendments.c.seq == conflicts.c.amendment)
        if case_id is not None:
            query = query.where(amendments.c.case_id == case_id)
        else:
            query = query.where(sa.or_(amendments.c.standing == Standing.CONFLICT.value, self._undoable()))
        with self._db.read() as connection:
            found = connection.execute(query.order_by(conflicts.c.conflict_id)).all()
            return [self._conflict(connection, row) for row in found if case_id or self._newest(connection, row)]

    def decide_conflict(
        self,
        conflict_id: int,
        choices: Mapping[Place, str],
        amendment: Amendment,
        operation: Operation,
        event: AuditEvent,
    ) -> None:
        """A person has decided: what now remains of the amendment goes out, in its place in the queue. No changes left:
        the platform's values stand and nothing is sent. Refused when it is no longer open."""
        with self._db.write() as connection:
            row, stored = self._open_conflict(connection, conflict_id)
            theirs = Content(row.rev, json.loads(row.theirs), read_facts(row.theirs_facts))
            self._remake(connection, stored.op_id, operation.op_id, operation.body, theirs.form, amendment)
            entry = self._entry(connection, operation.op_id)
            if amendment.changes:
                self._close(connection, operation.op_id, Standing.WAITING)
                self._move(connection, entry, OutboxState.PENDING, attempts=0, reason="")
            else:
                self._close(connection, operation.op_id, Standing.DROPPED)
                self._move(connection, entry, OutboxState.WITHDRAWN, attempts=0, reason="")
            decided = [{**asdict(place), "value": value} for place, value in choices.items()]
            connection.execute(
                sa.update(conflicts)
                .where(conflicts.c.conflict_id == conflict_id)
                .values(choices=to_json(decided), decided_by=event.clerk, decided_at=isoformat(event.at))
            )
            contents.rewrite(connection, stored.amendment.case_id)
            audit.append(connection, self._keys.audit, event)

    def undo_decision(self, conflict_id: int, event: AuditEvent) -> None:
        """Take a decision back. Refused once it was sent, or another amendment followed."""
        with self._db.write() as connection:
            mine = sa.and_(conflicts.c.conflict_id == conflict_id, conflicts.c.choices.is_not(None))
            query = sa.select(conflicts).join(amendments, amendments.c.seq == conflicts.c.amendment)
            row = connection.execute(query.where(mine, self._undoable())).first()
            if row is None or not self._newest(connection, row):
                raise Refused("不能撤销", "这项决定已经上报平台。", "如需再改，请在“我的办件”里重新更正。")
            op_id = connection.scalar(sa.select(amendments.c.op_id).where(amendments.c.seq == row.amendment)) or ""
            before, mine_form = json.loads(row.base), json.loads(row.mine)
            changes = difference(before, mine_form)
            values = {"base": row.base, "changes": to_json(changes), "facts": row.mine_facts}
            restored = sa.update(amendments).where(amendments.c.seq == row.amendment)
            connection.execute(restored.values(standing=Standing.CONFLICT.value, **values))
            again = sa.update(conflicts).where(conflicts.c.conflict_id == conflict_id)
            connection.execute(again.values(choices=None, decided_by="", decided_at=None))
            entry = self._entry(connection, op_id)
            body = {**json.loads(entry.body), "rev": None}
            connection.execute(sa.update(outbox).where(outbox.c.op_id == op_id).values(body=to_json(body)))
            self._move(connection, entry, OutboxState.PARKED, reason="更正与平台不一致，待核对")
            contents.rewrite(connection, entry.case_id)
            audit.append(connection, self._keys.audit, event)

    # ---------------------------------------------------------------------------------------------------- inside

    @staticmethod
    def _undoable() -> sa.ColumnElement[bool]:
        """Decided, and nothing of it has left this machine."""
        unsent = sa.or_(outbox.c.state == OutboxState.WITHDRAWN.value, outbox.c.state == OutboxState.PENDING.value)
        entry = sa.exists().where(outbox.c.op_id == amendments.c.op_id, unsent, outbox.c.attempts == 0)
        later = amendments.alias("later")
        followed = sa.exists().where(later.c.case_id == amendments.c.case_id, later.c.seq > amendments.c.seq)
        same = sa.exists().where(content_rows.c.case_id == amendments.c.case_id, content_rows.c.rev == conflicts.c.rev)
        return sa.and_(conflicts.c.choices.is_not(None), entry, ~followed, same)

    @staticmethod
    def _newest(connection: sa.Connection, row: sa.Row[Any]) -> bool:
        query = sa.select(sa.func.max(conflicts.c.conflict_id)).where(conflicts.c.amendment == row.amendment)
        return bool(connection.scalar(query) == row.conflict_id)

    def _conflict(self, connection: sa.Connection, row: sa.Row[Any]) -> Conflict:
        found = connection.execute(sa.select(amendments).where(amendments.c.seq == row.amendment)).one()
        stored = contents.read_amendment(found)
        chosen = None if row.choices is None else json.loads(row.choices)
        undoable = sa.select(conflicts.c.conflict_id).join(amendments, amendments.c.seq == conflicts.c.amendment)
        undoable = undoable.where(conflicts.c.conflict_id == row.conflict_id, self._undoable())
        return Conflict(
            conflict_id=row.conflict_id,
            amendment=stored.amendment,
            base=json.loads(row.base),
            mine=json.loads(row.mine),
            mine_facts=read_facts(row.mine_facts),
            theirs=Content(row.rev, json.loads(row.theirs), read_facts(row.theirs_facts)),
            trail=tuple(Change(c["rev"], c["at"], c["who"], tuple(c["keys"])) for c in json.loads(row.trail)),
            found_at=parse_iso(row.found_at),
            contested=tuple(Contested(**{**one, "place": Place(**one["place"])}) for one in json.loads(row.contested)),
            choices=None if chosen is None else {Place(c["key"], c["row"], c["column"]): c["value"] for c in chosen},
            decided_by=row.decided_by,
            decided_at=parse_iso(row.decided_at) if row.decided_at else None,
            undoable=chosen is not None and connection.scalar(undoable) is not None,
        )

    @staticmethod
    def _open_conflict(connection: sa.Connection, conflict_id: int) -> tuple[sa.Row[Any], StoredAmendment]:
        mine = sa.and_(conflicts.c.conflict_id == conflict_id, conflicts.c.choices.is_(None))
        row = connection.execute(sa.select(conflicts).where(mine)).first()
        found = row and connection.execute(sa.select(amendments).where(amendments.c.seq == row.amendment)).first()
        if row is None or found is None or found.standing != Standing.CONFLICT.value:
            raise Refused(_GONE, "这一项已经有人处理，或者平台又有新的内容。", "请重新打开清单。")
        return row, contents.read_amendment(found)

    def _stored(self, connection: sa.Connection, op_id: str) -> tuple[StoredAmendment, Content]:
        stored = contents.of_operation(connection, op_id)
        known = contents.content(connection, stored.amendment.case_id) if stored is not None else None
        if stored is None or known is None:
            raise Defect("更正记录出错", "待传清单里的更正没有对应的内容。")
        return stored, known

    @staticmethod
    def _close(connection: sa.Connection, op_id: str, standing: Standing) -> None:
        connection.execute(sa.update(amendments).where(amendments.c.op_id == op_id).values(standing=standing.value))

    @staticmethod
    def _remake(
        connection: sa.Connection,
        op_id: str,
        new_op_id: str,
        body: Mapping[str, Any],
        base: Mapping[str, str],
        amendment: Amendment,
    ) -> None:
        """The same amendment on another base; its entry keeps its place in the queue."""
        values = {
            "op_id": new_op_id,
            "made_at": isoformat(amendment.made_at),
            "clerk": amendment.clerk,
            "base": form_text(base),
            "changes": to_json(dict(amendment.changes)),
            "facts": facts_text(amendment.facts),
        }
        mine = sa.and_(amendments.c.op_id == op_id)
        connection.execute(sa.update(amendments).where(mine).values(standing=Standing.WAITING.value, **values))
        entry = sa.and_(outbox.c.op_id == op_id, outbox.c.kind == OperationKind.AMEND.value)
        changed = connection.execute(sa.update(outbox).where(entry).values(op_id=new_op_id, body=to_json(dict(body))))
        if changed.rowcount != 1:
            raise Defect("更正记录出错", "待传清单里没有这一条更正。")
