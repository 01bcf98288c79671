"""The platform's list of lost and revoked documents: signed with its own key, handed out whole or as what changed."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, delete, func, select

from app.domain.clock import Clock, isoformat
from app.domain.errors import BadInput
from app.domain.person import LONG_TERM
from app.gateway.database import Database
from app.gateway.feeds import Feeds
from app.gateway.paper_keys import PaperKeyDesk
from app.gateway.snapshots import KEPT
from app.gateway.tables import snapshots
from app.identity.lists import (
    CHANGE,
    FEED,
    MAX_LIST,
    WHOLE,
    BadList,
    DocumentList,
    ListedDocument,
    Why,
    difference,
    make_list,
    pack,
    read_list,
)
from app.licences.snapshot import pin_of

SILENCE = dt.timedelta(days=7)
"""For how long what a list does not name counts as not reported, unless whoever publishes says otherwise."""
_LEAST, _PART = 4096, 4
"""A change larger than a quarter of the whole list, and than this many bytes, is sent as a whole list."""
_STATES = {"挂失": Why.LOST, "作废": Why.REVOKED, **{why.value: why for why in Why}}
COLUMNS = ("state", "number", "valid_to", "status")


class DocumentListDesk:
    """keys: the platform's own key signs, the one that certifies windows' papers."""

    def __init__(self, database: Database, feeds: Feeds, clock: Clock, keys: PaperKeyDesk) -> None:
        self._database = database
        self._feeds = feeds
        self._clock = clock
        self._keys = keys

    def publish(self, documents: Sequence[tuple[ListedDocument, Why]], silence: dt.timedelta = SILENCE) -> int:
        """Put a list in force; its version. documents: all that are lost or revoked now, not only the new ones. To be
        done daily, also when nothing changed: a list's silence counts for `silence` only. BadInput: it is too large."""
        key, now = self._keys.signing_key(), self._clock.now()
        with self._database.write(f"snapshot:{WHOLE}") as connection:
            newest = connection.scalar(select(func.max(snapshots.c.version)).where(_MINE)) or 0
            # After a return from a backup the number rises all the same.
            version = max(newest + 1, int(now.timestamp()))
            whole = self._whole(connection)
            if whole is not None:
                other, out = difference(whole, pack(documents, whole.salt))
                if len(other) + len(out) <= max(_LEAST, len(whole.entries) // _PART):
                    change = DocumentList(version, whole.version, now, now + silence, whole.salt, other, out)
                    self._put(connection, CHANGE, change, make_list(change, key))
                    return version
            salt = secrets.token_bytes(16)
            made = DocumentList(version, 0, now, now + silence, salt, pack(documents, salt))
            self._put(connection, WHOLE, made, make_list(made, key))
            self._feeds.put(connection, FEED, CHANGE, None)
        return version

    def _whole(self, connection: Connection) -> DocumentList | None:
        """The newest whole list that this platform's key signed."""
        query = select(snapshots.c.data).where(snapshots.c.feed == WHOLE).order_by(snapshots.c.version.desc()).limit(1)
        data = connection.scalar(query)
        try:
            return read_list(bytes(data), [pin_of(self._keys.signing_key())]) if data is not None else None
        except BadList:
            return None

    def _put(self, connection: Connection, name: str, listed: DocumentList, data: bytes) -> None:
        if len(data) > MAX_LIST:
            raise BadInput("名单没有发布", f"名单不得超过 {MAX_LIST >> 20} MB", "请减少名单内容。")
        sha256 = hashlib.sha256(data).hexdigest()
        at = isoformat(listed.made_at)
        connection.execute(
            snapshots.insert().values(feed=name, version=listed.version, data=data, sha256=sha256, published_at=at)
        )
        kept = select(snapshots.c.version).where(snapshots.c.feed == name).order_by(snapshots.c.version.desc())
        lowest = min(connection.scalars(kept.limit(KEPT)))
        connection.execute(delete(snapshots).where(snapshots.c.feed == name, snapshots.c.version < lowest))
        document = {
            "id": name,
            "version": listed.version,
            "base": listed.base,
            "date": at,
            "sha256": sha256,
            "size": len(data),
        }
        self._feeds.put(connection, FEED, name, document)


_MINE = snapshots.c.feed.in_((WHOLE, CHANGE))


def read_documents(path: Path) -> list[tuple[ListedDocument, Why]]:
    """A CSV file (UTF-8; state, number, valid_to, status) of all documents that are lost or revoked. BadInput names the
    first line that is wrong; then nothing is read."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise BadInput("名单文件有误", f"第 1 行应为 {','.join(COLUMNS)}", "请按这个格式导出。")
            return [_entry(row, number) for number, row in enumerate(rows, 2)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadInput("读不了文件", str(path), "检查文件名、权限和编码（UTF-8）。") from error


def _entry(row: dict[str | None, str | None], line: int) -> tuple[ListedDocument, Why]:
    state, number, valid_to, status = ((row.get(name) or "").strip() for name in COLUMNS)
    try:
        if valid_to not in ("", LONG_TERM):
            dt.date.fromisoformat(valid_to)
        if len(state) != 3 or not (state.isascii() and state.isalpha()) or len(number) < 5 or None in row:
            raise ValueError("row")
        return ListedDocument(state.upper(), number, valid_to), _STATES[status]
    except (ValueError, KeyError) as error:
        raise BadInput(
            "名单文件有误",
            f"第 {line} 行应为签发国（三个字母）、号码、有效期至（可空）、挂失或作废",
            "请改正后重新发布；本次没有发布任何内容。",
        ) from error
