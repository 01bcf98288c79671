"""The list of lost and revoked documents in force at this window: the platform's newest whose signature holds.

It lies in the encrypted store and serves without a network. A list older than one that was ever taken in is refused,
and what was refused is said: silence of an older list clears nobody meanwhile.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import threading
from collections.abc import Callable
from typing import Protocol

from app.domain.errors import BadInput
from app.identity.lists import BadList, DocumentList, InForce, ListStanding, read_list
from app.licences.snapshot import Pin

WHOLE, CHANGE = "identity.document_list", "identity.document_list_change"
"""Settings: the signed bytes, Base64; "" for none."""
HIGHEST = "identity.document_list_highest"
"""Setting: version and SHA-256 of the newest list ever taken in."""

log = logging.getLogger(__name__)


class Memory(Protocol):
    """The part of the store that is needed."""

    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...


class DocumentLists:
    """roots: the platform's keys that this window believes (app.documents.trust). Not for the event loop."""

    def __init__(self, store: Memory, roots: Callable[[], tuple[Pin, ...]]) -> None:
        self._store = store
        self._roots = roots
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[str, DocumentList]] = {}
        """Setting -> SHA-256 and what was read."""
        self._loaded = False
        self._problem = self._unreadable = ""

    def standing(self) -> ListStanding:
        """What lists say here now. Verifies what lies in the store once."""
        with self._lock:
            self._load()
            return ListStanding(self._in_force(), self._problem or self._unreadable)

    def holds(self, sha256: str) -> bool:
        """Is this very file in force?"""
        with self._lock:
            self._load()
            return any(sha256 == known for known, _ in self._kept.values())

    def versions(self) -> tuple[int, int]:
        """Of the whole list and of what is in force; 0: none."""
        with self._lock:
            self._load()
            found = self._in_force()
            return (found.whole.version, found.newest.version) if found is not None else (0, 0)

    def install(self, data: bytes) -> None:
        """Take a list in, whole or not at all. BadList: why not; the list in force stays, and `standing` says so."""
        with self._lock:
            self._load()
            try:
                self._install(data)
            except BadList as error:
                self._problem = error.what
                raise

    def refuse(self, why: str) -> BadList:
        """The platform named a list that cannot be taken in."""
        with self._lock:
            self._problem = why
        return BadList(why)

    def settle(self) -> None:
        """What the platform names is what is in force."""
        with self._lock:
            self._problem = ""

    def _install(self, data: bytes) -> None:
        listed, sha256 = read_list(data, self._roots()), hashlib.sha256(data).hexdigest()
        version, known = self._highest()
        if listed.version < version or (listed.version == version and sha256 != known):
            raise BadList(f"平台给出的名单是第 {listed.version} 版，本机已用过第 {version} 版")
        whole = self._kept.get(WHOLE)
        if listed.base and (whole is None or whole[1].version != listed.base or whole[1].salt != listed.salt):
            raise BadList("名单的更新与本机的名单不相接")
        # First what must never be set back: a power cut here leaves an older list, which is fetched anew.
        self._store.set_setting(HIGHEST, f"{listed.version} {sha256}")
        place = CHANGE if listed.base else WHOLE
        self._store.set_setting(place, base64.b64encode(data).decode())
        self._kept[place] = (sha256, listed)
        if not listed.base and self._kept.pop(CHANGE, None) is not None:
            self._store.set_setting(CHANGE, "")
        log.info("list %d of lost documents is in force", listed.version)

    def _in_force(self) -> InForce | None:
        whole, change = self._kept.get(WHOLE), self._kept.get(CHANGE)
        if whole is None:
            return None
        # A change of another whole list is left from before a power cut.
        fits = change is not None and change[1].base == whole[1].version
        return InForce(whole[1], change[1] if change is not None and fits else None)

    def _highest(self) -> tuple[int, str]:
        version, _, sha256 = (self._store.setting(HIGHEST) or "0 ").partition(" ")
        return int(version), sha256

    def _load(self) -> None:
        if self._loaded:
            return
        for place in (WHOLE, CHANGE):
            text = self._store.setting(place)
            if not text:
                continue
            try:
                data = base64.b64decode(text, validate=True)
                self._kept[place] = (hashlib.sha256(data).hexdigest(), read_list(data, self._roots()))
            except (BadInput, ValueError) as error:
                # The platform's key may have been changed since. The next sync brings its list anew.
                log.warning("the list of lost documents does not hold: %s", error)
                self._unreadable = error.what if isinstance(error, BadInput) else "本机保存的名单无法读取"
                return
        self._loaded, self._unreadable = True, ""
