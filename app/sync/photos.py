"""What the outbox sends of people's photographs.

An entry holds nothing of a person: "keep" names the store's row, and the row its file. What was taken back, replaced or
forgotten before it left is therefore never sent, whoever's entry still lies there.
"""

from __future__ import annotations

import base64
import json
from typing import Protocol

from app.server.checking import JsonObject
from app.server.photo_client import KEEP


class RowStore(Protocol):
    """What is needed of offline_db.store.Store."""

    def setting(self, key: str) -> str | None: ...


class FileVault(Protocol):
    """What is needed of offline_db.vault.Vault."""

    def exists(self, sha256: str) -> bool: ...
    def open(self, sha256: str) -> bytes: ...


def to_send(body: JsonObject, store: RowStore, vault: FileVault) -> JsonObject | None:
    """The request's document under "keep" or "withdraw"; None: there is nothing to be sent any more. KeyError,
    ValueError: written wrongly. EnvironmentProblem: the file cannot be read."""
    if KEEP not in body:
        return body
    text = store.setting(str(body["row"]))
    row = json.loads(text) if text else {}
    if row.get("photo_id") != body[KEEP] or not vault.exists(str(row.get("sealed"))):
        return None
    jpeg = base64.b64encode(vault.open(row["sealed"])).decode()
    return {KEEP: {**row["share"], "photo_id": row["photo_id"], "taken": row["taken"], "jpeg": jpeg}}
