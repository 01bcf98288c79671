"""Keeps the list of lost and revoked documents fresh: the whole list when a newer one is named, else what changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from app.domain.errors import BadInput
from app.identity.lists import CHANGE, FEED, MAX_LIST, WHOLE, BadList
from app.sync.fetch import Fetcher, Named, SnapshotClient


class FeedRows(Protocol):
    """What is needed of offline_db.store.Store."""

    def feed_rows(self, feed: str) -> list[dict[str, Any]]: ...


class Keeper(Protocol):
    """What is needed of app.services.document_lists.DocumentLists."""

    def versions(self) -> tuple[int, int]: ...
    def holds(self, sha256: str) -> bool: ...
    def install(self, data: bytes) -> None: ...
    def refuse(self, why: str) -> BadList: ...
    def settle(self) -> None: ...


class DocumentListUpkeep:
    """One a profile, called by the sync engine after the feeds were read. folder: the profile's own."""

    def __init__(self, store: FeedRows, client: SnapshotClient, keeper: Keeper, folder: Path) -> None:
        self._store = store
        self._keeper = keeper
        self._fetchers = {
            name: Fetcher(client, folder, name, "挂失、作废名单没有保存", "挂失、作废名单未更新")
            for name in (WHOLE, CHANGE)
        }
        self._refused: set[str] = set()

    def run(self) -> bool:
        """Is a newer list in force now? Raises as app.sync.trust.TrustUpkeep. What is refused, because it is forged,
        older or broken, is said once here, and by the keeper until a good one comes."""
        rows = {row.get("id"): row for row in self._store.feed_rows(FEED) if row.get("id") in (WHOLE, CHANGE)}
        whole, change = rows.get(WHOLE), rows.get(CHANGE)
        if whole is None:
            return False
        before = self._keeper.versions()
        good = self._bring(WHOLE, whole)
        # A change of another whole list is of the one that is yet to come.
        if good and change is not None and change.get("base") == self._keeper.versions()[0]:
            good = self._bring(CHANGE, change)
        if good:
            self._keeper.settle()
        return self._keeper.versions() != before

    def _bring(self, name: str, row: Mapping[str, Any]) -> bool:
        """Is what the row names in force now?"""
        named = Named.of(row, MAX_LIST)
        said = str(row.get("sha256"))
        if said in self._refused:
            return False
        if named is None:
            raise self._not(said, "平台给出的名单信息有误")
        if self._keeper.holds(named.sha256):
            return True
        have = self._keeper.versions()[1 if name == CHANGE else 0]
        if named.version < have:
            raise self._not(said, f"平台给出的名单是第 {named.version} 版，本机已用过第 {have} 版")
        try:
            data = self._fetchers[name].fetch(named)
        except BadInput as error:
            # Fetched again at the next run; until then nobody is cleared by what is here.
            self._keeper.refuse(error.what)
            raise
        if data is None:
            return False
        try:
            self._keeper.install(data)
        except BadInput:
            self._refused.add(said)
            raise
        return True

    def _not(self, said: str, why: str) -> BadList:
        self._refused.add(said)
        return self._keeper.refuse(why)
