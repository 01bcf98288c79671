"""The list of lost and revoked documents in force at this window: the platform's newest whose signature holds."""

from __future__ import annotations

import base64
import logging
import threading
from collections.abc import Callable
from typing import Any, Protocol

from app.identity.lists import FEED, FEED_ID, BadList, DocumentList, read_list
from app.licences.snapshot import Pin

log = logging.getLogger(__name__)


class FeedReader(Protocol):
    """The part of the store that is needed."""

    def feed_rows(self, feed: str) -> list[dict[str, Any]]: ...


class DocumentLists:
    """roots: the platform's keys that this window believes (app.documents.trust)."""

    def __init__(self, store: FeedReader, roots: Callable[[], tuple[Pin, ...]]) -> None:
        self._store = store
        self._roots = roots
        self._lock = threading.Lock()
        self._read: tuple[str, DocumentList | None] = ("", None)

    def current(self) -> DocumentList | None:
        """None while there is none that the platform signed. Reads the store; verifies a list once."""
        text = next((str(row.get("list")) for row in self._store.feed_rows(FEED) if row.get("id") == FEED_ID), "")
        if not text:
            return None
        with self._lock:
            # One that does not hold is tried again: the key that it needs may come with the next feed.
            if self._read[0] != text or self._read[1] is None:
                self._read = (text, self._verified(text))
            return self._read[1]

    def _verified(self, text: str) -> DocumentList | None:
        try:
            return read_list(base64.b64decode(text, validate=True), self._roots())
        except (BadList, ValueError) as error:
            log.warning("the list of documents does not hold: %s", error)
            return None
