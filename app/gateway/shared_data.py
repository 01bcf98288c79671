"""Shared data at the gateway: who may ask what, the records themselves, and the log of every call."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select

from app.domain.clock import Clock, isoformat
from app.domain.person import mask, mask_name
from app.domain.shared_data import KeyProof, QueryPolicy, QueryReply, QueryRequest, SharedRecord, Subject
from app.gateway.clerk_keys import REPLAYED, ClerkKeyDesk
from app.gateway.database import Database
from app.gateway.feeds import Feeds
from app.gateway.problems import Problem
from app.gateway.tables import query_log, shared_records
from app.server import headers as h
from app.server.checking import JsonObject
from app.server.query_policy import FEED, POLICY_ID, read_policy

_EMPTY = QueryPolicy({}, {}, ())


class SharedDataDesk:
    """Answers queries, each authorised by its scenario and each written down, the refused ones too."""

    def __init__(
        self,
        database: Database,
        feeds: Feeds,
        clock: Clock,
        own: Callable[[str, Subject], SharedRecord | None] = lambda source, subject: None,
        keys: ClerkKeyDesk | None = None,
    ) -> None:
        """own: what the platform itself knows of a subject under a source that the policy marks so. keys: judges the
        signatures of clerks' keys."""
        self._keys = keys or ClerkKeyDesk(database, feeds, clock)
        self._database = database
        self._feeds = feeds
        self._clock = clock
        self._own = own

    def publish_policy(self, document: JsonObject) -> None:
        """Put a grant table in force; the windows read it from the feed `policies`. BadInput when it is none."""
        read_policy(document)
        if self._feeds.current(FEED, POLICY_ID) != document:
            self._feeds.publish(FEED, POLICY_ID, document)

    def load(self, records: Iterable[SharedRecord]) -> int:
        """Take records in, each in the place of an older one of the same source and subject. Gives how many."""
        now = isoformat(self._clock.now())
        count = 0
        with self._database.write() as connection:
            for record in records:
                values = {
                    "name": record.subject.name,
                    "facts": h.canonical(dict(record.facts)).decode(),
                    "proves": record.proves,
                    "note": record.note,
                    "valid_until": record.valid_until.isoformat() if record.valid_until else None,
                    "loaded_at": now,
                }
                key = {"source": record.source, "kind": record.subject.kind, "number": record.subject.number}
                statement: Any = self._database.insert(shared_records).values(**key, **values)
                connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))
                count += 1
        return count

    def query(self, request: QueryRequest, device_id: str, proof: KeyProof | None = None) -> QueryReply:
        """Answer one call. Problem 403 with the reason when no grant allows it; that is written down as well."""
        policy = self._policy()
        reason = policy.refusal(request.scenario, request.source, request.purpose, request.items)
        if not reason and policy.sources[request.source].about != request.subject.kind:
            reason = "查询对象不对，这种数据不能按它查询"
        unsigned = "" if reason else self._keys.refusal(request, proof, device_id)
        reference = f"Q{self._clock.now():%Y%m%d}{uuid.uuid4().hex[:12].upper()}"
        if reason:
            self._write_down(request, device_id, reference, "refused", reason)
            raise Problem(403, "query-not-granted", "没有查询这项数据的授权", reason)
        if unsigned:
            self._write_down(request, device_id, reference, "refused", unsigned)
            raise Problem(403, "query-not-signed", "钥匙签名不能用", unsigned)
        record = self._find(request)
        if record is None and policy.sources[request.source].own:
            record = self._own(request.source, request.subject)
        if not self._write_down(request, device_id, reference, "found" if record else "none", "", proof):
            self._write_down(request, device_id, reference, "refused", REPLAYED)
            raise Problem(403, "query-not-signed", "钥匙签名不能用", REPLAYED)
        if record is None:
            return QueryReply(request.source, False, self._clock.now(), reference)
        return QueryReply(
            source=request.source,
            found=True,
            asked_at=self._clock.now(),
            reference=reference,
            facts=record.facts,
            proves=record.proves,
            note=record.note,
            valid_until=record.valid_until,
        )

    def ungrant(self, source: str) -> None:
        """Take a source out of every grant, for all windows; what hangs on nothing else is no grant any more."""
        document = self._feeds.current(FEED, POLICY_ID)
        if document is None:
            return
        grants = [
            {**grant, "sources": [one for one in grant["sources"] if one != source]} for grant in document["grants"]
        ]
        kept = [grant for grant in grants if grant["sources"] or grant.get("licences")]
        self.publish_policy({**document, "grants": kept})

    def log(self, limit: int = 100) -> list[dict[str, Any]]:
        """The newest calls, for whoever supervises: who asked what about whom (masked), when, with what outcome, and
        by which key (None: by none)."""
        newest = select(query_log).order_by(query_log.c.asked_at.desc(), query_log.c.reference).limit(limit)
        signed = self._keys.calls(limit)
        with self._database.read() as connection:
            rows = connection.execute(newest).mappings().all()
        return [{**row, "items": json.loads(row["items"]), "key": signed.get(row["reference"])} for row in rows]

    def _policy(self) -> QueryPolicy:
        document = self._feeds.current(FEED, POLICY_ID)
        return _EMPTY if document is None else read_policy(document)

    def _find(self, request: QueryRequest) -> SharedRecord | None:
        """The record of this number, if the name that was given is its name too."""
        subject = request.subject
        with self._database.read() as connection:
            row = connection.execute(
                select(shared_records).where(
                    shared_records.c.source == request.source,
                    shared_records.c.kind == subject.kind,
                    shared_records.c.number == subject.number,
                )
            ).one_or_none()
        if row is None or (subject.name and row.name and subject.name != row.name):
            return None
        facts = json.loads(row.facts)
        until = dt.date.fromisoformat(row.valid_until) if row.valid_until else None
        return SharedRecord(request.source, subject, facts, row.proves, row.note, until)

    def _write_down(
        self,
        request: QueryRequest,
        device_id: str,
        reference: str,
        outcome: str,
        reason: str,
        proof: KeyProof | None = None,
    ) -> bool:
        """Before anything is answered: a call that cannot be written down is not answered. False, and nothing written:
        its signature was used before."""
        person = f"{mask_name(request.subject.name)} {mask(request.subject.number)}".strip()
        with self._database.write() as connection:
            if proof and not self._keys.keep(connection, reference, request, proof, device_id):
                return False
            connection.execute(
                query_log.insert().values(
                    reference=reference,
                    asked_at=isoformat(self._clock.now()),
                    device_id=device_id,
                    clerk=request.clerk,
                    source=request.source,
                    scenario=request.scenario,
                    purpose=request.purpose,
                    items=json.dumps(list(request.items)),
                    subject=person,
                    outcome=outcome,
                    reason=reason,
                )
            )
        return True
