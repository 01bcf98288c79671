"""The workstations' audit trails as the gateway keeps them: hash chains that only grow."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from app.domain.clock import Clock, isoformat
from app.gateway.database import Database, settle
from app.gateway.problems import Problem
from app.gateway.tables import audit
from app.server import headers as h
from app.server.checking import JsonObject
from app.server.wire import audit_hash

_GENESIS = "0" * 64


class TrailDesk:
    """Receives audit entries."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def append(self, device_id: str, chain: str, entries: list[JsonObject]) -> int:
        """Continue a chain; entries already here are passed over. Gives the last number held.

        Problem 409: entries before these are lacking. 422: an entry was altered, or does not follow the one before.
        """
        now = isoformat(self._clock.now())
        with self._database.write(f"audit:{device_id}:{chain}") as connection:
            through, last = self._end(connection, device_id, chain)
            for entry in entries:
                if entry["hash"] != audit_hash(entry):
                    raise _broken(entry["seq"], "内容与校验值不符")
                if entry["seq"] <= through:
                    self._check_known(connection, device_id, chain, entry)
                    continue
                if entry["seq"] != through + 1:
                    raise Problem(409, "audit-gap", "审计记录不连续", f"平台现有到第 {through} 条")
                if entry["previous"] != last:
                    raise _broken(entry["seq"], "与上一条不相接")
                connection.execute(
                    audit.insert().values(
                        device_id=device_id,
                        chain=chain,
                        seq=entry["seq"],
                        hash=entry["hash"],
                        entry=h.canonical(entry).decode(),
                        received_at=now,
                    )
                )
                through, last = entry["seq"], entry["hash"]
            settle(connection)
        return through

    def through(self, device_id: str, chain: str) -> int:
        """The last number held of a chain, 0 when none."""
        with self._database.read() as connection:
            return self._end(connection, device_id, chain)[0]

    def _end(self, connection: Connection, device_id: str, chain: str) -> tuple[int, str]:
        mine = (audit.c.device_id == device_id, audit.c.chain == chain)
        last = select(func.max(audit.c.seq)).where(*mine).scalar_subquery()
        row = connection.execute(select(audit.c.seq, audit.c.hash).where(*mine, audit.c.seq == last)).one_or_none()
        return (0, _GENESIS) if row is None else (row.seq, row.hash)

    def _check_known(self, connection: Connection, device_id: str, chain: str, entry: JsonObject) -> None:
        known = connection.scalar(
            select(audit.c.hash).where(
                audit.c.device_id == device_id, audit.c.chain == chain, audit.c.seq == entry["seq"]
            )
        )
        if known != entry["hash"]:
            raise _broken(entry["seq"], "与平台已存的记录不同")


def _broken(seq: int, why: str) -> Problem:
    return Problem(422, "audit-broken", "审计链不完整", f"第 {seq} 条{why}")
