"""A retention of a made-up workstation, and a look at every page of its database in plain."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from pathlib import Path
from typing import Any, cast

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from gateway_kit import Workstation

from app.domain.case import AuditEvent
from app.domain.clerk import Clerk
from app.domain.item import Catalog
from app.domain.retention import GATEWAY_NOW, RetentionRules
from app.services.drafts import Drafts
from app.services.duty import Duty
from app.services.retention import Retention
from offline_db.keys import DemoKeys, keyset
from offline_db.profile import Profile

DAY = dt.timedelta(days=1)
RULES = RetentionRules(files=10, contents=20, prints=20, logs=30, drafts=30)
_PAGE, _RESERVED = 4096, 80
_FRAME = 24


def retention_of(station: Workstation, rules: RetentionRules = RULES) -> Retention:
    """The station's retention; its drafts are dropped, never read, so they need no catalogue."""
    duty = Duty(Clerk("0001", "演示员", True))
    drafts = Drafts(station.store, station.vault, cast(Catalog, None), station.clock, duty)
    return Retention(station.store, station.vault, drafts, station.clock, station.profile.folder, rules)


def heard(station: Workstation, at: dt.datetime) -> None:
    """As if the gateway had just said its time."""
    station.store.set_setting(GATEWAY_NOW, at.isoformat())


def let_time_pass(vault: Path) -> None:
    """Files know the machine's own time: as if all had been sealed long ago."""
    for path in vault.glob("??/*"):
        os.utime(path, (0, 0))


def event(action: str, subject: str = "", **details: Any) -> AuditEvent:
    return AuditEvent(dt.datetime(2026, 11, 21, tzinfo=dt.UTC), "0007", action, subject, details)


def plain_pages(profile: Profile) -> bytes:
    """Every page of store.db and of its WAL decrypted, free ones too, as SQLCipher 4 lays them out: AES-256-CBC, the
    vector in the last 80 bytes of each page. That is what a thief with the key would read."""
    key = keyset(profile, DemoKeys(profile.folder)).database
    found = []
    database = profile.database.read_bytes()
    # The first 16 bytes of the file are the salt.
    found += [
        _plain(key, database[start : start + _PAGE], 16 if start == 0 else 0)
        for start in range(0, len(database), _PAGE)
    ]
    wal = Path(f"{profile.database}-wal")
    log = wal.read_bytes() if wal.exists() else b""
    for start in range(32, len(log) - _PAGE, _FRAME + _PAGE):
        number = int.from_bytes(log[start : start + 4])
        page = log[start + _FRAME : start + _FRAME + _PAGE]
        found.append(_plain(key, page, 16 if number == 1 else 0))
    return b"".join(found)


def _plain(key: bytes, page: bytes, head: int) -> bytes:
    body, vector = page[head : _PAGE - _RESERVED], page[_PAGE - _RESERVED : _PAGE - _RESERVED + 16]
    opened = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return opened.update(body) + opened.finalize()


def printed(data: bytes) -> set[str]:
    """Digest of each run of digits that could be a personal number: to compare without keeping them."""
    return {hashlib.sha256(found).hexdigest() for found in re.findall(rb"\d{17}[\dX]", data)}
