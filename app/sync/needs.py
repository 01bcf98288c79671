"""What the sync engine needs of the parts around it; the meanings are given where these are made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from app.domain.wipe import WipeOrder
from app.server.checking import JsonObject
from app.server.client import CaseReply, FeedPage, Reconciliation
from app.server.probe import ServerTime
from app.sync.amend import AmendClient, AmendStore
from app.sync.drain import DrainStore, Line
from app.sync.durable import DurableStore


class Counts(Protocol):
    """How many entries wait, and how many need a person."""

    @property
    def waiting(self) -> int: ...
    @property
    def parked(self) -> int: ...


class SyncStore(DrainStore, AmendStore, DurableStore, Protocol):
    """What the engine needs of offline_db.store.Store; the meanings are given there."""

    def soonest_retry(self, after: dt.datetime) -> dt.datetime | None: ...
    def recover_inflight(self) -> int: ...
    def counts(self) -> Counts: ...
    def cursor(self, feed: str) -> str | None: ...
    def begin_feed_anew(self, feed: str) -> None: ...
    def forget_revisions(self) -> None: ...
    def apply_feed(
        self,
        feed: str,
        rows: Sequence[Mapping[str, Any]],
        tombstones: Sequence[str],
        next_cursor: str,
        *,
        last: bool = True,
    ) -> None: ...
    def audit_entries(self, after: int = 0, limit: int = 500) -> Sequence[Any]: ...


class SyncVault(Protocol):
    """What the engine needs of offline_db.vault.Vault."""

    def exists(self, sha256: str) -> bool: ...
    def open(self, sha256: str) -> bytes:
        """The plain bytes; EnvironmentProblem when they are gone or damaged."""
        ...


class Upkeep(Protocol):
    """What is looked after once the feeds are read, e.g. app.sync.trust.TrustUpkeep."""

    def run(self) -> bool: ...


class Orders(Protocol):
    """What hears the platform's orders, e.g. app.services.remote_wipe.RemoteWipe. begun: the store is gone."""

    @property
    def begun(self) -> bool: ...
    def hear(self, order: WipeOrder) -> bool:
        """True: nothing more is to be sent."""
        ...


class SyncClient(Line, AmendClient, Protocol):
    """What the engine needs of app.server.client.GatewayClient."""

    def time(self) -> ServerTime: ...
    def submit_case(self, op_id: str, document: JsonObject, local_seq: int = 0) -> CaseReply: ...
    def submit_rating(self, op_id: str, document: JsonObject) -> None: ...
    def submit_matter(self, op_id: str, body: JsonObject) -> None: ...
    def submit_absence(self, op_id: str, body: JsonObject) -> None: ...
    def submit_photo(self, op_id: str, body: JsonObject) -> object: ...
    def send_audit(self, chain: str, entries: Sequence[JsonObject]) -> int: ...
    def audit_through(self, chain: str) -> int: ...
    def reconcile(self, op_ids: Sequence[str]) -> Reconciliation: ...
    def feed(self, name: str, after: str | None, limit: int = 200) -> FeedPage: ...
