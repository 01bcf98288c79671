"""What a table being imported leaves behind: which column is which, and the half-mended table itself."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.batch.session import BatchTable
from app.batch.source import RawTable
from app.domain.clock import Clock, isoformat, parse_iso
from app.domain.errors import BadInput, YichuangError
from app.domain.form import FormField
from offline_db.vault import Vault

KEPT = dt.timedelta(days=7)
"""After so long nobody comes back for a table, and other people's numbers must not lie about."""

DRAFTS = "batch.draft."
"""Settings under which half-mended tables lie; what is kept there names its file as `sealed`."""
_MEDIA_TYPE = "application/gzip"


class Settings(Protocol):
    """The part of the store that is needed: small texts by name."""

    def setting(self, key: str) -> str | None: ...

    def set_setting(self, key: str, value: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Left:
    """A table left half-mended. name: the file's. rows: in all; wrong: those that could not go."""

    name: str
    rows: int
    wrong: int


@dataclass(frozen=True, slots=True)
class BatchDraft:
    """A table as it was left: what the file held, which column is which, and what the clerk changed."""

    raw: RawTable
    mapping: dict[str, int]
    edits: dict[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The small part of a draft, taken on the event loop while nobody edits. sealed: sha256 of the rows."""

    field: str
    document: dict[str, Any]


class BatchMemory:
    """Reads and writes the encrypted store and the vault: not for the event loop, but for `snapshot`."""

    def __init__(self, settings: Settings, vault: Vault, clock: Clock) -> None:
        self._settings = settings
        self._vault = vault
        self._clock = clock

    def columns(self, table: FormField, headings: Sequence[str]) -> dict[str, int] | None:
        """How the clerk matched a file with these headings before; None when never by hand."""
        written = self._settings.setting(_columns_key(table, headings))
        if not written:
            return None
        known = {element.id for element in table.columns}
        return {e: at for e, at in json.loads(written).items() if e in known and 0 <= at < len(headings)}

    def remember(self, table: FormField, headings: Sequence[str], mapping: Mapping[str, int]) -> None:
        """Match files with these headings so from now on."""
        self._settings.set_setting(_columns_key(table, headings), json.dumps(dict(mapping), sort_keys=True))

    def seal(self, raw: RawTable) -> str:
        """Put a file's rows into the vault, so that each edit has to write only itself. Gives their sha256."""
        text = json.dumps({"headings": raw.headings, "rows": raw.rows}, ensure_ascii=False, separators=(",", ":"))
        return self._vault.seal(gzip.compress(text.encode(), mtime=0), _MEDIA_TYPE).sha256

    def snapshot(self, table: BatchTable, sealed: str) -> Snapshot:
        """What is to be kept of a table now. Quick."""
        return Snapshot(
            table.table.key,
            {
                "name": table.raw.name,
                "first_row": table.raw.first_row,
                "rows": len(table),
                "wrong": len(table.wrong),
                "sealed": sealed,
                "mapping": dict(table.mapping),
                "edits": {str(row): cells for row, cells in table.edits().items()},
                "at": isoformat(self._clock.now()),
            },
        )

    def keep(self, snapshot: Snapshot) -> None:
        """Keep a table's state; an earlier draft of the same field goes."""
        before = self._document(snapshot.field)
        self._settings.set_setting(_draft_key(snapshot.field), json.dumps(snapshot.document, ensure_ascii=False))
        if before and before["sealed"] != snapshot.document["sealed"]:
            self._vault.remove(before["sealed"])

    def forget(self, field: str) -> None:
        """Drop the draft of a table field; harmless when there is none."""
        before = self._document(field)
        if before:
            self._settings.set_setting(_draft_key(field), "")
            self._vault.remove(before["sealed"])

    def left(self, table: FormField) -> Left | None:
        """The table that was left for this field; one that is too old is dropped."""
        document = self._document(table.key)
        if document is None:
            return None
        if self._clock.now() - parse_iso(document["at"]) > KEPT or not self._vault.exists(document["sealed"]):
            self.forget(table.key)
            return None
        return Left(str(document["name"]), int(document["rows"]), int(document["wrong"]))

    def resume(self, table: FormField) -> BatchDraft:
        """The draft, to go on with. BadInput when there is none, or it cannot be read any more (then it is dropped)."""
        document = self._document(table.key)
        if document is None:
            raise _unreadable()
        try:
            rows = json.loads(gzip.decompress(self._vault.open(document["sealed"])))
        except (YichuangError, OSError, ValueError) as error:
            self.forget(table.key)
            raise _unreadable() from error
        raw = RawTable(
            str(document["name"]),
            tuple(rows["headings"]),
            [tuple(row) for row in rows["rows"]],
            int(document["first_row"]),
        )
        known = {element.id for element in table.columns}
        mapping = {e: at for e, at in document["mapping"].items() if e in known}
        edits = {int(row): {e: t for e, t in cells.items() if e in known} for row, cells in document["edits"].items()}
        return BatchDraft(raw, mapping, edits)

    def _document(self, field: str) -> dict[str, Any] | None:
        written = self._settings.setting(_draft_key(field))
        if not written:
            return None
        document: dict[str, Any] = json.loads(written)
        return document


def _unreadable() -> BadInput:
    return BadInput("上次的表格读不出来", "草稿已损坏或者已清理。", "请重新选择文件。")


def _draft_key(field: str) -> str:
    return f"{DRAFTS}{field}"


def _columns_key(table: FormField, headings: Sequence[str]) -> str:
    # Not the headings themselves: a file may hold anything in its first line.
    digest = hashlib.sha256("\x1f".join(headings).encode()).hexdigest()
    return f"batch.columns.{table.element.id}.{digest[:16]}"
