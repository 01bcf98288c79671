"""Signed snapshots at the gateway: kept as they were signed, handed out by version, named in their feed.

The gateway can neither make nor change one: it checks the publisher's signature and passes the bytes on, and the
windows check it again against the key that they were given when they were enrolled.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, select

from app.domain.clock import Clock, isoformat
from app.domain.errors import BadInput
from app.gateway.database import Database
from app.gateway.feeds import Feeds
from app.gateway.problems import Problem
from app.gateway.tables import meta, snapshots
from app.licences.snapshot import Pin, read_snapshot
from app.server.checking import JsonObject

TRUST = "trust"
ENTITY = "snapshot"
KEPT = 3
"""Versions kept: a window that began to fetch one goes on with it while the next is published."""
_PIN = "trust.pin"


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes of a snapshot from `start` on; total: of the whole. sha256: of the whole, hexadecimal."""

    data: bytes
    start: int
    total: int
    sha256: str


class SnapshotDesk:
    """Publishes trust lists and hands them out."""

    def __init__(self, database: Database, feeds: Feeds, clock: Clock) -> None:
        self._database = database
        self._feeds = feeds
        self._clock = clock

    def pins(self) -> tuple[str, ...]:
        """The publisher's public key as windows are given it at enrolment; empty before the first publication."""
        with self._database.read() as connection:
            pin = connection.scalar(select(meta.c.value).where(meta.c.key == _PIN))
        return (pin,) if pin else ()

    def publish_trust(self, data: bytes, pin: str) -> int:
        """Hand out a signed trust list from now on; its version. Publishing the newest again changes nothing.

        pin: the publisher's public key (app.licences.snapshot.Pin). BadInput: not signed by it, or not newer than what
        was published before.
        """
        snapshot = read_snapshot(data, (Pin.read(pin),))
        document: JsonObject = {
            "id": ENTITY,
            "version": snapshot.version,
            "date": snapshot.trust.date.isoformat(),
            "sha256": snapshot.sha256,
            "size": len(data),
        }
        with self._database.write(f"snapshot:{TRUST}") as connection:
            newest = connection.scalar(select(func.max(snapshots.c.version)).where(snapshots.c.feed == TRUST)) or 0
            mine = (snapshots.c.feed == TRUST, snapshots.c.version == snapshot.version)
            known = connection.scalar(select(snapshots.c.sha256).where(*mine))
            if snapshot.version < newest or known not in (None, snapshot.sha256):
                raise BadInput("信任名单没有发布", f"平台已有第 {newest} 版", "请用更大的版本号重新签发。")
            if known is None:
                connection.execute(
                    snapshots.insert().values(
                        feed=TRUST,
                        version=snapshot.version,
                        data=data,
                        sha256=snapshot.sha256,
                        published_at=isoformat(self._clock.now()),
                    )
                )
                old = (snapshots.c.feed == TRUST, snapshots.c.version <= snapshot.version)
                kept = select(snapshots.c.version).where(*old).order_by(snapshots.c.version.desc()).limit(KEPT)
                lowest = min(connection.scalars(kept))
                connection.execute(delete(snapshots).where(snapshots.c.feed == TRUST, snapshots.c.version < lowest))
                self._feeds.put(connection, TRUST, ENTITY, document)
            statement = self._database.insert(meta).values(key=_PIN, value=pin)
            connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": pin}))
        return snapshot.version

    def part(self, feed: str, version: str, start: int, end: int | None) -> Part:
        """Bytes start..end (inclusive; None: to its end). Problem 404: no such version. 416: begins behind its end."""
        if not version.isascii() or not version.isdigit() or len(version) > 15:
            raise _unknown()
        with self._database.read() as connection:
            row = connection.execute(
                select(snapshots.c.data, snapshots.c.sha256).where(
                    snapshots.c.feed == feed, snapshots.c.version == int(version)
                )
            ).one_or_none()
        if row is None:
            raise _unknown()
        data = bytes(row.data)
        if start >= len(data) or (end is not None and end < start):
            headers = {"Content-Range": f"bytes */{len(data)}"}
            raise Problem(416, "bad-range", "请求的范围不存在", headers=headers)
        wanted = data[start:] if end is None else data[start : end + 1]
        return Part(wanted, start, len(data), row.sha256)


def _unknown() -> Problem:
    return Problem(404, "no-snapshot", "没有这个版本的数据")
