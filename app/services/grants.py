"""The grant table of shared data and licences that is in force at this window."""

from __future__ import annotations

from typing import Protocol

from app.domain.errors import BadInput
from app.domain.shared_data import QueryPolicy
from app.server.query_policy import FEED, POLICY_ID, load_policy, read_policy, shipped_policy_folder


class FeedReader(Protocol):
    """The part of the store that is needed."""

    def feed_rows(self, feed: str) -> list[dict[str, object]]: ...


def policy_in_force(store: FeedReader) -> QueryPolicy:
    """The platform's table, once it was received; until then the one that ships. Reads the store."""
    rows = [row for row in store.feed_rows(FEED) if row.get("id") == POLICY_ID]
    try:
        return read_policy(rows[0]) if rows else load_policy(shipped_policy_folder())
    except BadInput:
        # A newer platform's table that this version cannot read grants nothing here.
        return QueryPolicy({}, {}, ())
