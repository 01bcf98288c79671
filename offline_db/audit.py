"""The audit trail: a chain of hashes.

Each entry's hash is the SHA-256 of its canonical JSON, the previous hash included, so that a changed, removed or
reordered entry breaks the chain; this is what the gateway checks too. The chain's end is signed (HMAC-SHA256) with a
key that is not in the database: whoever can write SQL can neither cut the end off nor compute a new chain unseen.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.domain.case import AuditEvent
from app.domain.clock import isoformat
from offline_db.prepared import Prepared, Query, insert_into
from offline_db.rows import to_json
from offline_db.schema import audit, audit_head

_HEAD = Query(sa.select(audit_head))
_INSERT = insert_into(audit)
_MOVE_HEAD = Prepared(sa.update(audit_head), ["seq", "hash", "mac"])

GENESIS = "0" * 64
"""The `previous` of the first entry."""


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """What checking one entry gave. reason: Chinese, empty when ok."""

    seq: int
    ok: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One link of the chain as it is stored and sent."""

    seq: int
    at: str
    clerk: str
    action: str
    subject: str
    details: str
    previous: str
    hash: str


def entry_hash(seq: int, at: str, clerk: str, action: str, subject: str, details: str, previous: str) -> str:
    """The link's hash, hex. details is the stored text: even a change that leaves the same JSON value is seen."""
    link = [seq, at, clerk, action, subject, details, previous]
    return hashlib.sha256(to_json(link).encode()).hexdigest()


def _seal(key: bytes, seq: int, link: str) -> str:
    return hmac.new(key, f"{seq}:{link}".encode(), hashlib.sha256).hexdigest()


def begin(connection: sa.Connection, key: bytes) -> None:
    """Sign the empty chain of a new database, so that emptying it later is seen."""
    connection.execute(sa.insert(audit_head).values(id=1, seq=0, hash=GENESIS, mac=_seal(key, 0, GENESIS)))


def append(connection: sa.Connection, key: bytes, event: AuditEvent) -> int:
    """Add one entry inside the caller's transaction; its number.

    A tampered end does not stop the counter's work, but its evidence is kept: the new end stays unsigned for ever.
    """
    head = next(iter(_HEAD.rows(connection)), None)
    if head is None:
        last = connection.scalar(sa.select(sa.func.coalesce(sa.func.max(audit.c.seq), 0)))
        seq, previous, intact = int(last or 0) + 1, GENESIS, False
        connection.execute(sa.insert(audit_head).values(id=1, seq=0, hash=GENESIS, mac=""))
    else:
        seq, previous = int(head["seq"]) + 1, str(head["hash"])
        intact = hmac.compare_digest(head["mac"], _seal(key, head["seq"], head["hash"]))
    values: dict[str, Any] = {
        "seq": seq,
        "at": isoformat(event.at),
        "clerk": event.clerk,
        "action": event.action,
        "subject": event.subject,
        "details": to_json(event.details),
        "previous": previous,
    }
    link = entry_hash(**values)
    _INSERT.run(connection, {**values, "hash": link})
    mac = _seal(key, seq, link) if intact else ""
    _MOVE_HEAD.run(connection, {"seq": seq, "hash": link, "mac": mac})
    return seq


def verify(connection: sa.Connection, key: bytes) -> list[AuditCheck]:
    """Check every entry and the chain's end. A broken end adds a check, for the entry that should be last."""
    checks: list[AuditCheck] = []
    previous, expected = GENESIS, 1
    for row in connection.execute(sa.select(audit).order_by(audit.c.seq)):
        own = entry_hash(row.seq, row.at, row.clerk, row.action, row.subject, row.details, row.previous)
        if row.seq != expected:
            reason = f"第 {expected} 条缺失"
        elif row.hash != own:
            reason = "内容与校验值不符"
        elif row.previous != previous:
            reason = "与上一条不相接"
        else:
            reason = ""
        checks.append(AuditCheck(row.seq, not reason, reason))
        previous, expected = row.hash, row.seq + 1
    head = connection.execute(sa.select(audit_head)).first()
    if head is None:
        checks.append(AuditCheck(expected - 1, False, "末尾签名缺失"))
    elif not hmac.compare_digest(head.mac, _seal(key, head.seq, head.hash)):
        checks.append(AuditCheck(head.seq, False, "末尾签名不符"))
    elif (head.seq, head.hash) != (expected - 1, previous):
        checks.append(AuditCheck(head.seq, False, "末尾条目被删除或替换"))
    return checks
