"""What the parts of the store share."""

from __future__ import annotations

from app.domain.clock import Clock, isoformat
from offline_db.engine import Database
from offline_db.keys import KeySet


class StorePart:
    """One subject of the store; `offline_db.store.Store` is made of them."""

    _db: Database
    _keys: KeySet
    _clock: Clock

    def _now(self) -> str:
        return isoformat(self._clock.now())
