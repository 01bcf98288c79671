"""Corrections of cases 更正 at the gateway: by the window that accepted the case, or by the department that decides.

An amendment says on which revision it was made. It is taken when the content has not changed since; where it has, the
window gets the case as it is now and merges (app.forms.merge). That stages moved meanwhile does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from app.domain.clock import Clock, isoformat
from app.domain.fact import Source, SourceKind, Verdict, fact_of
from app.gateway.arrival import accepted_document
from app.gateway.cases import (
    CaseDesk,
    Decision,
    Result,
    Sender,
    Stage,
    content_rev,
    locked,
    recall,
    refusal,
    remember,
)
from app.gateway.database import Database
from app.gateway.problems import Problem
from app.gateway.tables import amendments, cases
from app.server import headers as h
from app.server.amendment_wire import amended_document, read_amendment
from app.server.checking import BadDocument, Flaw, JsonObject
from app.server.wire import fact_document

_KIND = "amend"
_TRAIL = 200
_NOTICE = "notice"


class AmendDesk:
    """Receives amendments, makes those of departments, and says how a case stands."""

    def __init__(self, database: Database, desk: CaseDesk, clock: Clock) -> None:
        self._database = database
        self._desk = desk
        self._clock = clock

    def amend(self, op_id: str, case_id: str, rev: int, document: JsonObject, sender: Sender) -> Result:
        """Take a window's amendment under its key. rev: what it was made on.

        Problem 404: no such case of this device. 409: in progress. 412: the content has changed since, with the case
        as it is now. 422: malformed, or the key stands for something else. A business refusal takes no effect.
        """
        amendment = read_amendment(document)
        if amendment.case_id != case_id:
            raise Problem(422, "other-case", "更正内容与办件不符", "case_id 与地址不一致")
        # What it was made on belongs to the request: the same words on another revision are another wish.
        request_hash = h.sha256_hex(h.canonical([rev, document]))
        with self._database.write(f"op:{op_id}", f"case:{case_id}") as connection:
            known = recall(connection, op_id, _KIND, sender.device_id, request_hash)
            if known:
                return known
            row = self._own(connection, case_id, sender.device_id)
            if not content_rev(connection, case_id) <= rev <= row.rev:
                raise Problem(
                    412,
                    "outdated",
                    "办件内容已有变化",
                    "平台上的办件在此期间改过，请合并后重报",
                    {"ETag": etag(row.rev)},
                    {"current": self._current(connection, row)},
                )
            if row.territory is not None:
                # The receive seal is over the case as it was received.
                return refusal([Flaw("", "这件属地办理，不能在收件地更正，请向办理地说明")])
            if row.stage == Stage.DECIDED:
                return refusal([Flaw("", "办件已办结，不能更正，请向办理部门申请变更")])
            try:
                changed = amended_document(json.loads(row.document), amendment.changes, amendment.facts)
            except BadDocument as error:
                return refusal(error.flaws)
            body = {"changes": dict(amendment.changes), "facts": document["facts"]}
            row = self._write(connection, row, changed, body, amendment.clerk, amendment.reason, op_id)
            result = Result(200, accepted_document(row._mapping))
            now = isoformat(self._clock.now())
            remember(connection, op_id, _KIND, sender.device_id, request_hash, result, now)
            return result

    def current(self, case_id: str, device_id: str) -> JsonObject:
        """The case as it is now. Problem 404: no such case of this device."""
        with self._database.read() as connection:
            query = select(cases).where(cases.c.case_id == case_id, cases.c.device_id == device_id)
            row = connection.execute(query).one_or_none()
            if row is None:
                raise _no_case()
            return self._current(connection, row)

    def correct(self, case_id: str, changes: Mapping[str, str], who: str, words: str) -> int:
        """The deciding department puts something right by itself, and the window hears of it. The new revision.

        who: the department. words: for the clerk, no personal data. KeyError: no such case. BadDocument: none is left.
        """
        at = self._clock.now()
        with self._database.write(f"case:{case_id}") as connection:
            row = locked(connection, case_id)
            if row.territory is not None:
                raise Problem(422, "decided-elsewhere", "不能在这里更正", "这件属地办理，由办理地的平台更正")
            source = Source(SourceKind.QUERY, who)
            facts = tuple(
                fact_of(key, value, source, Verdict.VERIFIED_ONLINE, at) for key, value in changes.items() if value
            )
            document = amended_document(json.loads(row.document), changes, facts)
            body = {"changes": dict(changes), "facts": [fact_document(fact) for fact in facts]}
            row = self._write(connection, row, document, body, who, words, None)
            self._desk.tell(connection, row, Decision(words), _NOTICE)
            return int(row.rev)

    def _own(self, connection: Connection, case_id: str, device_id: str) -> Row[Any]:
        try:
            row = locked(connection, case_id)
        except KeyError:
            raise _no_case() from None
        if row.device_id != device_id:
            raise _no_case()
        return row

    def _write(
        self,
        connection: Connection,
        row: Row[Any],
        document: JsonObject,
        body: JsonObject,
        who: str,
        reason: str,
        op_id: str | None,
    ) -> Row[Any]:
        rev = int(row.rev) + 1
        # document_hash stays: it is what the case arrived as, by which a late repetition of its arrival is known.
        values = {"document": h.canonical(document).decode(), "rev": rev}
        connection.execute(cases.update().where(cases.c.case_id == row.case_id).values(values))
        connection.execute(
            amendments.insert().values(
                case_id=row.case_id,
                rev=rev,
                op_id=op_id,
                who=who,
                reason=reason,
                body=h.canonical(body).decode(),
                at=isoformat(self._clock.now()),
            )
        )
        changed = locked(connection, row.case_id)
        self._desk.publish(connection, changed)
        return changed

    def _current(self, connection: Connection, row: Row[Any]) -> JsonObject:
        query = select(amendments).where(amendments.c.case_id == row.case_id).order_by(amendments.c.rev.desc())
        trail = [
            {"rev": one.rev, "at": one.at, "who": one.who, "keys": sorted(json.loads(one.body)["changes"])}
            for one in connection.execute(query.limit(_TRAIL))
        ]
        return {
            "case_id": row.case_id,
            "case_no": row.case_no,
            "rev": row.rev,
            "stage": row.stage,
            "document": json.loads(row.document),
            "trail": trail[::-1],
        }


def etag(rev: int) -> str:
    """The entity tag of a revision."""
    return f'"{rev}"'


def _no_case() -> Problem:
    return Problem(404, "no-case", "没有这个办件", "办件不存在，或者不属于本设备")
