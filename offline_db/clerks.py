"""The window's clerks."""

from __future__ import annotations

import sqlalchemy as sa

from app.domain.case import AuditEvent
from app.domain.clerk import Clerk, ClerkRecord
from app.domain.clock import isoformat, parse_iso
from app.domain.errors import Refused
from offline_db import audit
from offline_db.engine import REFUSED_ROW, is_duplicate
from offline_db.part import StorePart
from offline_db.schema import clerks


class ClerkPart(StorePart):
    """The store's clerks."""

    def clerks(self) -> list[ClerkRecord]:
        """All of them, those who have left included, by number."""
        with self._db.read() as connection:
            rows = connection.execute(sa.select(clerks).order_by(clerks.c.number)).mappings()
            return [_record(row) for row in rows]

    def save_clerk(self, record: ClerkRecord, event: AuditEvent, *, new: bool = False) -> None:
        """Keep what is known of a clerk, with what happened, in one commit.

        Refused when new and the number or the name is taken: cases and papers tell clerks apart by their names.
        """
        values = {
            "number": record.clerk.number,
            "name": record.clerk.name,
            "manager": int(record.clerk.manager),
            "pin_hash": record.pin_hash,
            "failures": record.failures,
            "tried_at": isoformat(record.tried_at) if record.tried_at else None,
            "must_change": int(record.must_change),
            "active": int(record.active),
        }
        with self._db.write() as connection:
            try:
                if new:
                    connection.execute(sa.insert(clerks).values(values))
                else:
                    connection.execute(sa.update(clerks).where(clerks.c.number == record.clerk.number).values(values))
            except REFUSED_ROW as error:
                if not is_duplicate(error):
                    raise
                raise Refused(
                    "人员已经登记", "已有同一工号或同一姓名的窗口人员。", "同名的请在姓名后加以区分，如“李敏（二）”。"
                ) from None
            audit.append(connection, self._keys.audit, event)


def _record(row: sa.RowMapping) -> ClerkRecord:
    return ClerkRecord(
        Clerk(row["number"], row["name"], bool(row["manager"])),
        row["pin_hash"],
        row["failures"],
        parse_iso(row["tried_at"]) if row["tried_at"] else None,
        bool(row["must_change"]),
        bool(row["active"]),
    )
