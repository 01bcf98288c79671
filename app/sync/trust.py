"""Keeps the trust list fresh: when the feed names a newer snapshot, fetch it in parts, check it, install it.

What has arrived of an interrupted transfer stays on the disk and the next run goes on from there.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Protocol

from app.domain.errors import BadInput
from app.server import headers as h
from app.sync.fetch import Fetcher, Named, SnapshotClient

log = logging.getLogger(__name__)

FEED = "trust"
_ENTITY = "snapshot"


class FeedRows(Protocol):
    """What is needed of offline_db.store.Store."""

    def feed_rows(self, feed: str) -> list[dict[str, Any]]: ...


class Keeper(Protocol):
    """What is needed of app.licences.trust_keeper.TrustKeeper."""

    @property
    def version(self) -> int: ...
    def install(self, data: bytes) -> bool: ...


class TrustUpkeep:
    """One a profile, called by the sync engine after the feeds were read. folder: the profile's own."""

    def __init__(self, store: FeedRows, client: SnapshotClient, keeper: Keeper, folder: Path) -> None:
        self._store = store
        self._keeper = keeper
        self._fetcher = Fetcher(client, folder, FEED, "信任名单没有保存", "信任名单未更新")
        self._refused = ""

    def run(self) -> bool:
        """Is a newer list in force now? Raises Unreachable, TryLater and Rejected as the client does.

        BadInput: what was sent is not taken in; a list that was refused is left alone until another is named.
        EnvironmentProblem: the disk.
        """
        row = next((row for row in self._store.feed_rows(FEED) if row.get("id") == _ENTITY), None)
        named = Named.of(row, h.MAX_SNAPSHOT) if row is not None else None
        if named is None or named.version <= self._keeper.version or named.sha256 == self._refused:
            return False
        data = self._fetcher.fetch(named)
        if data is None:
            return False
        try:
            done = self._keeper.install(data)
        except BadInput:
            self._refused = named.sha256
            raise
        log.info("trust list %d is in force", named.version)
        return done
