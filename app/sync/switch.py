"""What the clerk lets out: everything, records only (files wait for a good line), or nothing for now.

Remembered in the store, so that a pause outlives a restart. Holding back loses nothing: what is under way stays under
its key, and the gateway keeps what it has of a file.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Collection
from typing import Protocol

from app.domain.case import OperationKind
from app.domain.clock import isoformat, parse_iso

PAUSED = "sync.paused_at"
"""Setting: since when the upload is paused, RFC 3339; empty while it is not."""
FILES_WAIT = "sync.files_wait"
"""Setting: "1" while only records go out; absent: as settings.toml says."""

RECORDS = tuple(kind for kind in OperationKind if kind is not OperationKind.FILE)
"""What is small and goes over any line."""
EVERYTHING = tuple(OperationKind)


class SettingStore(Protocol):
    """What is needed of offline_db.store.Store."""

    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...


class UploadSwitch:
    """One a profile; any thread may call. metered: files wait unless the clerk has said otherwise.

    A change holds at once, also for a file under way (at its next chunk), and is on the disk when the call returns.
    """

    def __init__(self, store: SettingStore, *, metered: bool = False) -> None:
        self._store = store
        self._lock = threading.Lock()
        since = store.setting(PAUSED)
        self._paused_since = parse_iso(since) if since else None
        waits = store.setting(FILES_WAIT)
        self._files_wait = metered if waits is None else waits == "1"
        self._closing = False

    @property
    def paused_since(self) -> dt.datetime | None:
        """Since when the clerk has paused the upload, UTC; None: it runs."""
        return self._paused_since

    @property
    def files_wait(self) -> bool:
        """Do only records go out?"""
        return self._files_wait

    def pause(self, now: dt.datetime) -> None:
        """Send nothing from now on. Pausing twice keeps the first time."""
        with self._lock:
            if self._paused_since is None:
                self._paused_since = now
                self._store.set_setting(PAUSED, isoformat(now))

    def resume(self) -> None:
        """Send again."""
        with self._lock:
            self._paused_since = None
            self._store.set_setting(PAUSED, "")

    def set_files_wait(self, wait: bool) -> None:
        """Hold files back (a phone's line), or let them go."""
        with self._lock:
            self._files_wait = wait
            self._store.set_setting(FILES_WAIT, "1" if wait else "0")

    def close(self) -> None:
        """The program ends: a long upload stops at its next chunk."""
        self._closing = True

    def lets_out(self) -> Collection[OperationKind]:
        """The kinds that may be sent now."""
        if self._closing or self._paused_since is not None:
            return ()
        return RECORDS if self._files_wait else EVERYTHING
