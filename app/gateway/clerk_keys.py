"""Clerks' hardware keys at the gateway: whose are known, and the check of every call that one signed."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from app.domain.clock import Clock, isoformat
from app.domain.shared_data import KeyProof, QueryRequest
from app.gateway.database import Database
from app.gateway.feeds import Feeds
from app.gateway.key_tables import query_signatures
from app.identity.clerk_key import FEED, RULES_ID, KeyRules, KeyVerdict, judge, read_rules, signed_by
from app.identity.clerk_key import statement as statement_of
from app.server import headers as h

FRESH = dt.timedelta(seconds=h.SKEW_LIMIT)
"""A signature older, or from further ahead, than this is not taken. Its nonce is kept for ever, with the call."""
REPLAYED = "这次签名已经用过，不能再用"
_REASONS = {
    KeyVerdict.FOREIGN: "钥匙不是本平台认可的机构发的",
    KeyVerdict.EXPIRED: "钥匙的证书已过期",
    KeyVerdict.NOT_YET: "钥匙的证书还没有生效",
    KeyVerdict.REVOKED: "钥匙的证书已吊销",
    KeyVerdict.UNFIT: "钥匙的证书不能用于签名",
    KeyVerdict.UNREADABLE: "钥匙的证书读不出",
}


class ClerkKeyDesk:
    """Publishes the authority of clerks' keys, and judges what keys signed."""

    def __init__(self, database: Database, feeds: Feeds, clock: Clock) -> None:
        self._database = database
        self._feeds = feeds
        self._clock = clock

    def publish(self, rules: KeyRules) -> None:
        """Put an authority and its list in force; the windows hear of it in the feed `policies`."""
        document = rules.document()
        if self._feeds.current(FEED, RULES_ID) != document:
            self._feeds.publish(FEED, RULES_ID, document)

    def require(self, on: bool) -> None:
        """Must every call be signed?"""
        self.publish(replace(self.rules(), required=on))

    def rules(self) -> KeyRules:
        """What is in force."""
        document = self._feeds.current(FEED, RULES_ID)
        return KeyRules() if document is None else read_rules(document)

    def refusal(self, request: QueryRequest, proof: KeyProof | None, device_id: str) -> str:
        """Why a call is not answered, in words; "" when its signature holds, or none is needed."""
        rules, now = self.rules(), self._clock.now()
        if proof is None:
            return "平台要求每次查询由窗口人员的钥匙签名，这次没有" if rules.required else ""
        verdict, holder = judge(proof.certificates, rules, now)
        if verdict is not KeyVerdict.GOOD or holder is None:
            return _REASONS.get(verdict, "钥匙的证书不能用")
        if holder.number != proof.number or holder.name != request.clerk:
            return "钥匙不是这位窗口人员本人的"
        if abs(now - proof.at) > FRESH:
            return "签名时间与平台时间相差太大，请校准本机时间后重查"
        data = h.canonical(statement_of(request, proof, device_id))
        if not signed_by(proof.certificates[0], data, proof.signature):
            return "钥匙的签名与查询内容不符"
        with self._database.read() as connection:
            known = select(query_signatures.c.nonce).where(query_signatures.c.nonce == proof.nonce)
            if connection.execute(known).first() is not None:
                return REPLAYED
        return ""

    def keep(
        self, connection: Connection, reference: str, request: QueryRequest, proof: KeyProof, device_id: str
    ) -> bool:
        """Write down who signed this call, with the call itself. False: this very signature was used before."""
        _, holder = judge(proof.certificates, self.rules(), self._clock.now())
        statement: Any = self._database.insert(query_signatures).values(
            nonce=proof.nonce,
            reference=reference,
            number=proof.number,
            serial=holder.serial if holder else "",
            issuer=holder.issuer if holder else "",
            statement=h.canonical(statement_of(request, proof, device_id)).decode(),
            certificate=proof.certificates[0].hex(),
            signature=proof.signature.hex(),
            kept_at=isoformat(self._clock.now()),
        )
        done = connection.execute(statement.on_conflict_do_nothing(index_elements=["nonce"]))
        return bool(done.rowcount)

    def calls(self, limit: int = 100) -> dict[str, dict[str, Any]]:
        """The newest signed calls by their reference: number, serial, issuer, statement."""
        newest = select(query_signatures).order_by(query_signatures.c.kept_at.desc()).limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(newest).mappings().all()
        return {row["reference"]: {**row, "statement": json.loads(row["statement"])} for row in rows}
