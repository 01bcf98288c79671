"""Unfinished visits: one row each, and the sealed files that they hold."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from app.domain.case import AuditEvent
from app.domain.clock import parse_iso
from offline_db import audit
from offline_db.part import StorePart
from offline_db.rows import to_json
from offline_db.schema import cases, draft_files, drafts, pages


class DraftState(StrEnum):
    """open: in hand when it was last saved; at the start of the program therefore left over from a crash."""

    OPEN = "open"
    PARKED = "parked"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Draft:
    """One unfinished visit without its text. summary: what a list shows of it, as its owner wrote it.

    clerk: who saved it last. parked_at: since when it waits.
    """

    draft_id: str
    saved_at: dt.datetime
    state: DraftState = DraftState.OPEN
    parked_at: dt.datetime | None = None
    clerk: str = ""
    summary: Mapping[str, object] | None = None


class DraftPart(StorePart):
    """The store's drafts."""

    def save_draft(
        self,
        draft_id: str,
        text: str,
        *,
        state: DraftState = DraftState.OPEN,
        clerk: str = "",
        summary: Mapping[str, object] | None = None,
        files: Iterable[str] = (),
        event: AuditEvent | None = None,
    ) -> bool:
        """Keep an unfinished visit in the place of what was known of it. files: SHA-256 of sealed files that it holds.

        False, and nothing stored, when the visit was accepted meanwhile: a late save must not bring it back.
        """
        now = self._now()
        row = {
            "draft_id": draft_id,
            "text": text,
            "saved_at": now,
            "state": state.value,
            "parked_at": now if state is DraftState.PARKED else None,
            "clerk": clerk,
            "summary": to_json(dict(summary or {})),
        }
        with self._db.write() as connection:
            if connection.scalar(sa.select(cases.c.seq).where(cases.c.visit_id == draft_id).limit(1)) is not None:
                return False
            connection.execute(sa.delete(drafts).where(drafts.c.draft_id == draft_id))
            connection.execute(sa.insert(drafts).values(row))
            known = set(connection.scalars(sa.select(draft_files.c.sha256).where(draft_files.c.draft_id == draft_id)))
            new = [{"draft_id": draft_id, "sha256": sha256} for sha256 in sorted(set(files) - known)]
            if new:
                connection.execute(sa.insert(draft_files), new)
            if event is not None:
                audit.append(connection, self._keys.audit, event)
        return True

    def drafts(self) -> list[Draft]:
        """All drafts, the longest parked first, then those not parked, the last saved first."""
        columns = [column for column in drafts.c if column.name != "text"]
        with self._db.read() as connection:
            found = [_draft(row) for row in connection.execute(sa.select(*columns)).mappings()]
        parked = sorted((d for d in found if d.parked_at), key=lambda d: (d.parked_at, d.draft_id))
        return parked + sorted((d for d in found if not d.parked_at), key=lambda d: d.saved_at, reverse=True)

    def draft_text(self, draft_id: str) -> str | None:
        """What was saved; None when there is no such draft."""
        with self._db.read() as connection:
            return connection.scalar(sa.select(drafts.c.text).where(drafts.c.draft_id == draft_id))

    def set_draft_state(self, draft_id: str, state: DraftState, event: AuditEvent | None = None) -> None:
        """Say what became of a draft. Saying it of an unknown one is harmless."""
        parked = self._now() if state is DraftState.PARKED else None
        with self._db.write() as connection:
            statement = sa.update(drafts).where(drafts.c.draft_id == draft_id)
            connection.execute(statement.values(state=state.value, parked_at=parked))
            if event is not None:
                audit.append(connection, self._keys.audit, event)

    def drop_draft(self, draft_id: str, events: Sequence[AuditEvent] = ()) -> None:
        """Forget a draft; what happened in it goes into the audit trail in the same commit. Unknown ones are harmless.

        Its files stay until `orphans` is asked.
        """
        with self._db.write() as connection:
            connection.execute(sa.delete(drafts).where(drafts.c.draft_id == draft_id))
            for event in events:
                audit.append(connection, self._keys.audit, event)

    def orphans(self) -> list[str]:
        """Sealed files that belonged to drafts which are gone, and belong to no case and no other draft."""
        gone = sa.select(draft_files.c.sha256).where(draft_files.c.draft_id.not_in(sa.select(drafts.c.draft_id)))
        held = sa.select(draft_files.c.sha256).where(draft_files.c.draft_id.in_(sa.select(drafts.c.draft_id)))
        with self._db.write() as connection:
            needed = set(connection.scalars(held))
            found = set(connection.scalars(gone)) - needed
            kept = set(connection.scalars(sa.select(pages.c.sha256).where(pages.c.sha256.in_(found))))
            # A file of a case is the case's now.
            connection.execute(sa.delete(draft_files).where(draft_files.c.sha256.in_(kept - needed)))
        return sorted(found - kept)

    def forget_files(self, files: Iterable[str]) -> None:
        """The files are removed from the vault: nothing more to remember."""
        with self._db.write() as connection:
            connection.execute(sa.delete(draft_files).where(draft_files.c.sha256.in_(list(files))))


def _draft(row: sa.RowMapping) -> Draft:
    try:
        summary = json.loads(row["summary"])
    except ValueError:
        summary = None
    parked = row["parked_at"]
    return Draft(
        row["draft_id"],
        parse_iso(row["saved_at"]),
        DraftState(row["state"]),
        parse_iso(parked) if parked else None,
        row["clerk"],
        summary if isinstance(summary, dict) else None,
    )
