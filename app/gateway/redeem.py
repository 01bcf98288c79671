"""Dynamic codes of e-licences at the gateway: redeemed once, in time, within the grants; every attempt written down."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from app.domain.clock import Clock, isoformat
from app.domain.person import mask, mask_name
from app.domain.redemption import IssuedCode, RedeemOutcome, RedeemRequest
from app.domain.shared_data import QueryPolicy
from app.gateway.cases import Result, recall, remember
from app.gateway.database import Database
from app.gateway.feeds import Feeds
from app.gateway.problems import Problem
from app.gateway.tables import licence_codes, redeem_log
from app.server import headers as h
from app.server.checking import JsonObject
from app.server.query_policy import FEED, POLICY_ID, read_policy
from app.server.shared_wire import licence_document, redeem_document

_KIND = "redeem"
_EMPTY = QueryPolicy({}, {}, ())


class RedeemDesk:
    """Keeps the codes that issuers hand over, and redeems them."""

    def __init__(self, database: Database, feeds: Feeds, clock: Clock) -> None:
        self._database = database
        self._feeds = feeds
        self._clock = clock

    def load(self, codes: Iterable[IssuedCode]) -> int:
        """Take codes in, each fresh and in the place of an older one of the same text. Gives how many."""
        count = 0
        with self._database.write() as connection:
            for issued in codes:
                values = {
                    "licence_type": issued.licence.type,
                    "licence": h.canonical(licence_document(issued.licence)).decode(),
                    "expires_at": isoformat(issued.expires_at),
                    "revoked": issued.revoked,
                    "used_by": None,
                    "used_at": None,
                }
                statement: Any = self._database.insert(licence_codes).values(key=_key(issued.code), **values)
                connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))
                count += 1
        return count

    def redeem(self, request: RedeemRequest, device_id: str) -> Result:
        """Redeem one code under its operation. A repetition gets the first answer, however late it comes.

        Problem 403: no grant, the code stays unused. 409: the operation or the code is being worked on. 422: the key
        stands for something else. Only a redemption takes effect and is remembered; the other outcomes may change.
        """
        policy = self._policy()
        key = _key(request.code)
        request_hash = h.sha256_hex(h.canonical(redeem_document(request)))
        with self._database.write(f"op:{request.op_id}", f"code:{key}") as connection:
            known = recall(connection, request.op_id, _KIND, device_id, request_hash)
            if known:
                return known
            row = connection.execute(
                select(licence_codes).where(licence_codes.c.key == key).with_for_update()
            ).one_or_none()
            kind = row.licence_type if row is not None else ""
            reason = policy.redeem_refusal(request.scenario, request.purpose, request.items, kind)
            outcome = self._outcome(row)
            reference = self._write_down(connection, request, device_id, key, row, outcome, reason)
            if not reason:
                return self._answer(connection, request, device_id, request_hash, outcome, reference, row)
        # Raised only now, so that the refusal stays in the log.
        raise Problem(403, "redeem-not-granted", "没有核验这种证照的授权", reason)

    def _answer(
        self,
        connection: Connection,
        request: RedeemRequest,
        device_id: str,
        request_hash: str,
        outcome: RedeemOutcome,
        reference: str,
        row: Row[Any] | None,
    ) -> Result:
        now = isoformat(self._clock.now())
        document: JsonObject = {"outcome": str(outcome), "reference": reference, "at": now, "licence": None}
        if outcome is not RedeemOutcome.REDEEMED or row is None:
            return Result(200, document)
        document["licence"] = json.loads(row.licence)
        connection.execute(
            update(licence_codes).where(licence_codes.c.key == row.key).values(used_by=request.op_id, used_at=now)
        )
        result = Result(200, document)
        remember(connection, request.op_id, _KIND, device_id, request_hash, result, now)
        return result

    def log(self, limit: int = 100) -> list[dict[str, Any]]:
        """The newest attempts, for whoever supervises; neither codes nor unmasked numbers are in it."""
        newest = select(redeem_log).order_by(redeem_log.c.asked_at.desc(), redeem_log.c.reference).limit(limit)
        with self._database.read() as connection:
            return [{**row, "items": json.loads(row["items"])} for row in connection.execute(newest).mappings()]

    def forget(self, before: dt.datetime) -> None:
        """Forget codes that ended before this. The log stays."""
        with self._database.write() as connection:
            connection.execute(delete(licence_codes).where(licence_codes.c.expires_at < isoformat(before)))

    def _outcome(self, row: Row[Any] | None) -> RedeemOutcome:
        """The gravest reason first: a revoked licence stays revoked whatever became of its code."""
        if row is None:
            return RedeemOutcome.UNKNOWN
        if row.revoked:
            return RedeemOutcome.REVOKED
        if row.used_by is not None:
            return RedeemOutcome.USED
        if row.expires_at <= isoformat(self._clock.now()):
            return RedeemOutcome.EXPIRED
        return RedeemOutcome.REDEEMED

    def _policy(self) -> QueryPolicy:
        document = self._feeds.current(FEED, POLICY_ID)
        return _EMPTY if document is None else read_policy(document)

    def _write_down(
        self,
        connection: Connection,
        request: RedeemRequest,
        device_id: str,
        key: str,
        row: Row[Any] | None,
        outcome: RedeemOutcome,
        reason: str,
    ) -> str:
        """In the transaction of the effect: what cannot be written down does not happen."""
        holder = json.loads(row.licence)["holder"] if row is not None else {}
        number = holder.get("id_number") or holder.get("uscc", "")
        now = self._clock.now()
        reference = f"R{now:%Y%m%d}{uuid.uuid4().hex[:12].upper()}"
        connection.execute(
            redeem_log.insert().values(
                reference=reference,
                asked_at=isoformat(now),
                op_id=request.op_id,
                device_id=device_id,
                clerk=request.clerk,
                scenario=request.scenario,
                purpose=request.purpose,
                items=json.dumps(list(request.items)),
                code_key=key,
                licence_type=row.licence_type if row is not None else "",
                holder=f"{mask_name(holder.get('name', ''))} {mask(number)}".strip(),
                outcome="refused" if reason else str(outcome),
                reason=reason,
            )
        )
        return reference


def _key(code: str) -> str:
    return h.sha256_hex(code.encode())
