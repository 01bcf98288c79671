"""The sync engine: drains the outbox, sends the audit trail, reads the feeds. The rules are in app.sync.policy."""

from __future__ import annotations

import datetime as dt
import logging
import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.case import CaseState, Operation, OperationKind, OutboxState
from app.domain.clock import Clock
from app.domain.errors import BadInput, EnvironmentProblem, YichuangError
from app.domain.wipe import WipeOrder
from app.server.errors import CursorExpired, Rejected, TryLater, Unreachable
from app.server.wire import BadDocument, FileBody, JsonObject, read_file
from app.sync import policy
from app.sync.needs import Orders, SyncClient, SyncStore, SyncVault, Upkeep

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with (entries finished in this run, entries known to be waiting at its start or since)."""

EPOCH = "sync.epoch"
"""Setting: the gateway's epoch at the last complete reconciliation."""
CLOCK_OFFSET = "sync.clock_offset_ms"
"""Setting: gateway minus this machine, milliseconds, at the last contact."""
AUDIT_THROUGH = "sync.audit_through"
"""Setting: the last audit entry that the gateway holds."""
_DUE = 200
_PAGE = 200
_NO_SUCH_FEED = 404
_NETWORK = (Unreachable, TryLater, Rejected)


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a run did and how things stand after it.

    pushed: entries the gateway took in this run. pulled: feed rows taken over. waiting: entries that will go by
    themselves. refused: entries that need a person, from this run and before. online: did the gateway answer at the
    end. message: Chinese, for the status bar; empty when there is nothing to say. order: what the platform orders of
    this device; settled: nothing that this machine holds is still to be sent.
    """

    pushed: int
    pulled: int
    waiting: int
    refused: int
    online: bool
    message: str = ""
    order: WipeOrder | None = field(default=None, compare=False)
    settled: bool = field(default=False, compare=False)


@dataclass(slots=True)
class _Run:
    """The state of one run."""

    progress: Progress | None
    pushed: int = 0
    pulled: int = 0
    failures_in_a_row: int = 0
    online: bool = True
    message: str = ""
    ended: bool = False
    order: WipeOrder | None = None
    audited: bool = False
    tried: set[str] = field(default_factory=set)


class SyncEngine:
    """Brings the outbox to the gateway and the gateway's news back. One engine a store; runs never overlap.

    audit_chain: the profile's id, under which the gateway keeps the audit trail; None sends no trail. feeds: which
    feeds to read. upkeep: what follows from them. orders: hears what the platform orders of this device.
    """

    def __init__(
        self,
        store: SyncStore,
        vault: SyncVault,
        client: SyncClient,
        clock: Clock,
        rng: random.Random,
        *,
        audit_chain: str | None = None,
        feeds: Sequence[str] = ("cases",),
        upkeep: Sequence[Upkeep] = (),
        orders: Orders | None = None,
    ) -> None:
        self._orders = orders
        self._store = store
        self._vault = vault
        self._client = client
        self._clock = clock
        self._rng = rng
        self._chain = audit_chain
        self._feeds = tuple(feeds)
        self._upkeep = tuple(upkeep)
        self._lock = threading.Lock()
        self._failed_runs = 0
        self._not_before: dt.datetime | None = None
        self._gateway_asks = 0.0

    def run_once(self, progress: Progress | None = None, *, patient: bool = False) -> SyncReport:
        """Send what is due and read what is new. Never raises for what the network or the gateway does;
        EnvironmentProblem when the store itself fails. patient: keep the wait after a reconnect (app.sync.policy).
        """
        with self._lock:
            if self._wiped:
                return _wiped_report(None)
            run = _Run(progress)
            self._store.recover_inflight()
            self._gateway_asks = 0.0
            if self._hello(run) and not (patient and self._must_wait()):
                self._push(run)
                self._send_audit(run)
                self._pull(run)
            if self._wiped:
                return _wiped_report(run.order)
            self._failed_runs = self._failed_runs + 1 if run.ended else 0
            counts = self._store.counts()
            settled = run.audited and not run.ended and not counts.waiting and not counts.parked
            return SyncReport(
                run.pushed, run.pulled, counts.waiting, counts.parked, run.online, run.message, run.order, settled
            )

    def next_wait(self) -> float:
        """Seconds until the next run is worth while (app.sync.policy, Between runs)."""
        if self._wiped:
            return policy.POLL
        if self._failed_runs:
            return max(policy.SHORTEST, policy.back_off(self._failed_runs, self._rng), self._gateway_asks)
        now = self._clock.now()
        if self._not_before is not None and self._not_before > now:
            return (self._not_before - now).total_seconds()
        if self._store.due(now, 1):
            return policy.SHORTEST
        times = [op.next_at for op in self._store.outbox({OutboxState.RETRY}) if op.next_at is not None]
        # One that is over and still not due waits behind another of its case, not for the clock.
        soonest = min(((at - now).total_seconds() for at in times if at > now), default=policy.POLL)
        return min(max(soonest, policy.SHORTEST), policy.POLL)

    @property
    def _wiped(self) -> bool:
        """Were this machine's keys destroyed? The store must then not be asked for anything."""
        return self._orders is not None and self._orders.begun

    # -------------------------------------------------------------------------------------------------- hello

    def _hello(self, run: _Run) -> bool:
        """Is our gateway there, and the same one as last time? The one place where a run may end before it begins."""
        was_offline = self._failed_runs > 0
        try:
            time = self._client.time()
            run.order = time.order
            if time.order is not None and self._orders is not None and self._orders.hear(time.order):
                return False
            if time.epoch != self._store.setting(EPOCH):
                self._reconcile(time.epoch)
        except _NETWORK as error:
            self._end(run, error)
            return False
        self._store.set_setting(CLOCK_OFFSET, str(round(time.offset.total_seconds() * 1000)))
        if was_offline:
            spread = dt.timedelta(seconds=self._rng.uniform(0.0, policy.RECONNECT_SPREAD))
            self._not_before = self._clock.now() + spread
        return True

    def _must_wait(self) -> bool:
        return self._not_before is not None and self._clock.now() < self._not_before

    def _reconcile(self, epoch: str) -> None:
        """The gateway is new to us or was restored from a backup: whatever it no longer knows is sent again under its
        old key. The epoch is saved last, so that an interrupted reconciliation is done again."""
        done = {operation.op_id: operation for operation in self._store.outbox({OutboxState.DONE})}
        unknown = self._client.reconcile(list(done)).unknown if done else ()
        for operation in policy.in_order(done[op_id] for op_id in unknown if op_id in done):
            if self._refusal(operation) is not None:
                # A finished entry cannot be parked, but a person must hear that the gateway has lost this case.
                self._store.set_case_state(operation.case_id, CaseState.NEEDS_ATTENTION)
        if self._chain is not None:
            self._store.set_setting(AUDIT_THROUGH, str(self._client.audit_through(self._chain)))
        self._store.set_setting(EPOCH, epoch)

    def _refusal(self, operation: Operation) -> str | None:
        """Deliver; a permanent refusal by status is given as its reason too."""
        try:
            return self._deliver(operation)
        except Rejected as error:
            if error.about_the_device:
                raise
            return error.title

    # --------------------------------------------------------------------------------------------------- push

    def _push(self, run: _Run) -> None:
        while not run.ended:
            due = [op for op in self._store.due(self._clock.now(), _DUE) if op.op_id not in run.tried]
            batch = policy.in_order(due)
            if not batch:
                return
            if batch[0].kind is OperationKind.FILE:
                batch = batch[:1]
            else:
                batch = [operation for operation in batch if operation.kind is not OperationKind.FILE]
            for operation in batch:
                self._send(run, operation)
                if run.ended:
                    return

    def _send(self, run: _Run, operation: Operation) -> None:
        run.tried.add(operation.op_id)
        self._store.mark_inflight(operation.op_id)
        try:
            reason = self._deliver(operation)
        except _NETWORK as error:
            self._failed(run, operation, error)
            return
        run.failures_in_a_row = 0
        if reason is not None:
            self._store.mark_parked(operation.op_id, reason)
            return
        run.pushed += 1
        if run.progress:
            run.progress(run.pushed, run.pushed + self._store.counts().waiting)

    def _deliver(self, operation: Operation) -> str | None:
        """Send one entry and write down its success; gives the reason when it was refused for good. Network errors
        and permanent refusals by status are raised."""
        try:
            if operation.kind is OperationKind.CASE:
                reply = self._client.submit_case(operation.op_id, operation.body, operation.local_seq)
                if not reply.accepted:
                    return "需补正：" + "；".join(f"{flaw.field} {flaw.message}".strip() for flaw in reply.reasons)
                self._store.acknowledge(operation.op_id, operation.case_id, reply.case_no, reply.rev)
            elif operation.kind is OperationKind.FILE:
                body = read_file(operation.body)
                self._client.upload(operation.op_id, body, self._page(body))
                self._store.mark_done(operation.op_id)
            elif operation.kind is OperationKind.RATING:
                self._client.submit_rating(operation.op_id, operation.body)
                self._store.mark_done(operation.op_id)
            else:
                entries = operation.body["entries"]
                self._client.send_audit(str(operation.body["chain"]), entries)
                self._store.mark_done(operation.op_id)
        except (BadDocument, KeyError, TypeError, ValueError) as error:
            # Written wrongly into the outbox: it would fail the same way for ever.
            log.error("an outbox entry cannot be sent: %s %s", operation.kind.value, type(error).__name__)
            return error.what if isinstance(error, BadDocument) else "待传条目内容不完整"
        except _UnreadablePage as error:
            return error.reason
        return None

    def _page(self, body: FileBody) -> bytes:
        try:
            data = self._vault.open(body.sha256)
        except EnvironmentProblem as error:
            raise _UnreadablePage(f"{error.title}：{error.what}") from error
        if len(data) != body.size:
            raise _UnreadablePage("材料文件与登记的大小不符")
        return data

    def _failed(self, run: _Run, operation: Operation, error: Unreachable | TryLater | Rejected) -> None:
        run.failures_in_a_row = run.failures_in_a_row + 1 if isinstance(error, Unreachable) else 0
        fate = policy.after_failure(error, operation.attempts, run.failures_in_a_row, self._rng)
        if isinstance(fate, policy.Park):
            self._store.mark_parked(operation.op_id, fate.reason)
            return
        next_at = self._clock.now() + dt.timedelta(seconds=fate.seconds)
        self._store.mark_retry(operation.op_id, next_at, error.what or error.title)
        if fate.ends_run:
            self._end(run, error)

    def _end(self, run: _Run, error: YichuangError) -> None:
        run.ended = True
        run.online = not isinstance(error, Unreachable)
        run.message = f"{error.title}：{error.what}" if error.what else error.title
        if isinstance(error, TryLater) and error.retry_after is not None:
            self._gateway_asks = error.retry_after

    # ------------------------------------------------------------------------------------------- audit, feeds

    def _send_audit(self, run: _Run) -> None:
        """The trail goes after the work it speaks of; a trail the gateway refuses holds back nothing else."""
        if self._chain is None or run.ended:
            run.audited = self._chain is None
            return
        try:
            through = int(self._store.setting(AUDIT_THROUGH) or 0)
            while entries := self._store.audit_entries(through):
                through = self._client.send_audit(self._chain, [_audit_document(entry) for entry in entries])
                self._store.set_setting(AUDIT_THROUGH, str(through))
            run.audited = True
        except Rejected as error:
            run.message = f"{error.title}：{error.detail}" if error.detail else error.title
        except (Unreachable, TryLater) as error:
            self._end(run, error)

    def _pull(self, run: _Run) -> None:
        if run.ended:
            return
        try:
            for feed in self._feeds:
                try:
                    run.pulled += self._pull_feed(feed)
                except Rejected as error:
                    # An older gateway without this feed serves the others all the same.
                    if error.status != _NO_SUCH_FEED:
                        raise
            self._look_after(run)
        except _NETWORK as error:
            self._end(run, error)
        except BadInput as error:
            run.message = f"{error.title}：{error.what}"

    def _look_after(self, run: _Run) -> None:
        for upkeep in self._upkeep:
            try:
                upkeep.run()
            except _NETWORK:
                raise
            except (BadInput, EnvironmentProblem) as error:
                # What it keeps stays as it was; work goes on, and the status bar says why.
                run.message = f"{error.title}：{error.what}"

    def _pull_feed(self, feed: str) -> int:
        pulled = 0
        cursor = self._store.cursor(feed)
        while True:
            try:
                page = self._client.feed(feed, cursor, _PAGE)
            except CursorExpired:
                if cursor is None:
                    raise
                cursor = None
                continue
            self._store.apply_feed(feed, page.items, page.tombstones, page.next)
            pulled += len(page.items) + len(page.tombstones)
            cursor = page.next
            if not page.more:
                return pulled


class _UnreadablePage(Exception):
    """A page that this machine itself cannot give any more."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _wiped_report(order: WipeOrder | None) -> SyncReport:
    return SyncReport(0, 0, 0, 0, online=True, order=order)


def _audit_document(entry: Any) -> JsonObject:
    names = ("seq", "at", "clerk", "action", "subject", "details", "previous", "hash")
    return {name: getattr(entry, name) for name in names}
