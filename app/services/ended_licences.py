"""Which licences the platform has ended, as this window believes it: what its key signed, and what it had before.

A row that is not signed, or not by the platform's key, changes nothing here: what was known of that licence stays, and
the clerk is told. Only a platform from before there were signatures is believed without (docs/protocol.md).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from app.domain.clock import isoformat
from app.domain.errors import BadInput
from app.domain.issuing import IssuedState
from app.licences.ended import COUNTS, SIGNS, EndStatement, read_end
from app.licences.snapshot import Pin
from app.server.issue_client import COUNTING, ENDED, read_ended

log = logging.getLogger(__name__)

KEPT = "licences.ended"
"""Setting: hash -> state and time of the newest signed statement that was ever believed; "" -> the platform signs."""
_STATES = {IssuedState.WITHDRAWN.value, IssuedState.CONVERTED.value, COUNTS}


class Memory(Protocol):
    """The part of the store that is needed."""

    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...


class EndedLicences:
    """roots: the platform's keys that this window believes (app.documents.trust). Not for the event loop."""

    def __init__(self, store: Memory, roots: Callable[[], tuple[Pin, ...]]) -> None:
        self._store = store
        self._roots = roots
        self.refused: frozenset[str] = frozenset()
        """Ids of the rows that were not believed when they were looked at last."""
        self._asked: tuple[list[dict[str, Any]], tuple[Pin, ...]] | None = None
        self._found: Mapping[str, IssuedState] = {}

    def look(self, rows: Iterable[dict[str, Any]]) -> Mapping[str, IssuedState]:
        """hash -> how it ended, of all that is believed now, the rows of the feed `policies` among it."""
        asked = [row for row in rows if _is_ours(_name(row))], self._roots()
        if asked != self._asked:  # every round of the sync looks, and verifying is dear
            self._found = self._believed(*asked)
            self._asked = asked
        return self._found

    def _believed(self, rows: list[dict[str, Any]], roots: tuple[Pin, ...]) -> Mapping[str, IssuedState]:
        kept = self._kept()
        before, unsigned = dict(kept), []
        for row in rows:
            name = _name(row)
            said = read_end(row.get("signed"), roots)
            if said is not None and _fits(name, said):
                # Of two statements the newer counts, whichever row came last: an old one may have been sent again.
                kept[said.hash] = max(kept.get(said.hash, ("", "")), (isoformat(said.at), said.state))
            else:
                unsigned.append(row)
        if kept != before:
            self._store.set_setting(KEPT, json.dumps(kept, sort_keys=True))
        found = {digest: IssuedState(state) for digest, (_, state) in kept.items() if digest and state != COUNTS}
        if "" not in kept:
            return {**read_ended(unsigned), **found}
        refused = {str(row["id"]) for row in unsigned}
        if refused - self.refused:
            log.error("%d rows on ended licences are not signed by the platform", len(refused))
        self.refused = frozenset(refused)
        return found

    def objection(self) -> BadInput | None:
        """What the clerk is to be told; None when all was believed."""
        if not self.refused:
            return None
        what = f"有 {len(self.refused)} 条证照注销通知没有平台的签名，或者已被改动；没有采用，原来知道的不变。"
        return BadInput("证照注销通知没有采用", what, "请联系平台管理员核实。")

    def _kept(self) -> dict[str, tuple[str, str]]:
        text = self._store.setting(KEPT)
        return {digest: (at, state) for digest, (at, state) in json.loads(text).items()} if text else {}


def _name(row: dict[str, Any]) -> str:
    return str(row.get("id", ""))


def _is_ours(name: str) -> bool:
    return name == SIGNS or name.startswith((ENDED, COUNTING))


def _fits(name: str, said: EndStatement) -> bool:
    """Does a verified statement say what its row is for?"""
    if name == SIGNS:
        return said.hash == ""
    if name.startswith(COUNTING):
        return (said.hash, said.state) == (name.removeprefix(COUNTING), COUNTS)
    return said.hash == name.removeprefix(ENDED) and said.state in _STATES - {COUNTS}
