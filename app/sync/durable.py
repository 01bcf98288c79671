"""What follows from the gateway's word on how far its second place reaches; and a new epoch, which takes it back."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol

from app.domain.case import AuditEvent, Operation, OperationKind
from app.domain.clock import Clock, due_anew, isoformat, parse_iso
from app.domain.retention import GATEWAY_NOW, PROGRAM
from app.server.client import Reconciliation
from app.server.probe import ServerTime
from app.sync import policy

log = logging.getLogger(__name__)

DURABLE_THROUGH = "sync.durable_through"
"""Setting: what the gateway last said; empty when it says nothing."""
_PART = 500
_NAMED = 5


class Entry(Protocol):
    """A finished entry without its body."""

    @property
    def op_id(self) -> str: ...
    @property
    def kind(self) -> OperationKind: ...
    @property
    def local_seq(self) -> int: ...


class DurableStore(Protocol):
    """What is needed of offline_db.store.Store; the meanings are given there."""

    def setting(self, key: str) -> str | None: ...
    def set_setting(self, key: str, value: str) -> None: ...
    def undated(self, limit: int = 500) -> list[str]: ...
    def note_arrivals(self, received: Mapping[str, dt.datetime]) -> None: ...
    def awaits_durable(self) -> bool: ...
    def mark_durable(self, through: dt.datetime, now: dt.datetime) -> int: ...
    def done_entries(self) -> Sequence[Entry]: ...
    def entry(self, op_id: str) -> Operation | None: ...
    def doubt_durable(self) -> int: ...
    def forget_arrivals(self, op_ids: Collection[str]) -> None: ...
    def note_lost(self, case_ids: Collection[str], event: AuditEvent) -> list[str]: ...


class Reconciler(Protocol):
    """What is needed of app.server.client.GatewayClient."""

    def reconcile(self, op_ids: Sequence[str]) -> Reconciliation: ...


def heard(store: DurableStore, time: ServerTime) -> None:
    """Keep what the authenticated probe said: at once while a case waits for it, else every NOTED_ANEW.

    Both run on with the gateway's clock, and each writing is a sync of the disk; what retention reads (days by the
    gateway's clock) is then a little behind, which is its safe side.
    """
    through = isoformat(time.durable_through) if time.durable_through is not None else ""
    kept = store.setting(DURABLE_THROUGH) or ""
    waited_for = through != kept and (not through or not kept or store.awaits_durable())
    if not waited_for and not due_anew(store.setting(GATEWAY_NOW), time.now):
        return
    store.set_setting(GATEWAY_NOW, isoformat(time.now))
    if through != kept:
        store.set_setting(DURABLE_THROUGH, through)


class DurableUpkeep:
    """Moves cases from acked to durable. An app.sync.engine.Upkeep: runs once the outbox was sent."""

    def __init__(self, store: DurableStore, client: Reconciler) -> None:
        self._store = store
        self._client = client

    def run(self) -> bool:
        """Did a case become durable? Network errors as GatewayClient.reconcile."""
        through, now = self._store.setting(DURABLE_THROUGH), self._store.setting(GATEWAY_NOW)
        if not through or not now:
            return False
        asked: set[str] = set()
        while undated := [op_id for op_id in self._store.undated(_PART + len(asked)) if op_id not in asked][:_PART]:
            asked.update(undated)
            # One of which the gateway cannot say when it came stays here for ever: that is the safe side.
            self._store.note_arrivals(self._client.reconcile(undated).received)
            if len(undated) < _PART:
                break
        return self._store.mark_durable(parse_iso(through), parse_iso(now)) > 0


def make_good(store: DurableStore, client: Reconciler, clock: Clock, deliver: Callable[[Operation], str | None]) -> str:
    """The gateway was restored from a backup, or is new to us: what it no longer knows is sent again under its old key.

    Cases that were durable are doubted like all others. deliver: sends one entry and writes its success down; gives the
    reason when it cannot be. What lacks there and cannot be sent from here any more is noted for a person; gives that
    in words, with the numbers, empty when there is nothing. Safe to be done again after an interruption.
    """
    store.set_setting(DURABLE_THROUGH, "")
    store.doubt_durable()
    done = store.done_entries()
    unknown = set(client.reconcile([entry.op_id for entry in done]).unknown) if done else set()
    store.forget_arrivals(unknown)
    lost: dict[str, None] = {}
    for entry in policy.in_order(entry for entry in done if entry.op_id in unknown):
        operation = store.entry(entry.op_id)
        if operation is None or (operation.kind is OperationKind.RATING and "case_id" not in operation.body):
            continue  # of a rating whose case was cleared only the grade is left: its case is what must be told of
        if operation.kind in (OperationKind.MATTER, OperationKind.PHOTO, OperationKind.ROSTER):
            # No case: what a step was about stands in the firm's own matter, which its window still shows. A photograph
            # can be taken again; what a restored platform must hear again is that one was taken back.
            if operation.body and deliver(operation) is not None:
                log.warning("the gateway takes a %s no more: %s", operation.kind.value, operation.op_id)
            continue
        if not operation.body or deliver(operation) is not None:
            # A finished entry cannot be parked, but a person must hear that the gateway has lost this case.
            lost[operation.case_id] = None
    if not lost:
        return ""
    event = AuditEvent(clock.now(), PROGRAM, "retention.lost", "", {"cases": len(lost)})
    numbers = store.note_lost(lost, event)
    log.warning("the gateway lacks %d cases that cannot be sent again", len(numbers))
    named = "、".join(numbers[:_NAMED]) + (f" 等 {len(numbers)} 件" if len(numbers) > _NAMED else "")
    return f"平台恢复后缺少办件，本机已不能补传：{named}。请在“我的办件”中查看并联系平台运维人员。"
