"""Brings what waits to the gateway: records many at a time, files over a few lines at once.

The rules who goes first and what a failure means are in app.sync.policy; how one entry is delivered, in
app.sync.engine.
"""

from __future__ import annotations

import collections
import datetime as dt
import logging
import random
import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

from app.domain.case import Operation, OperationKind
from app.domain.clock import Clock
from app.domain.errors import YichuangError
from app.domain.sending import Acked, Again, Arrived, Backlog, Drain, Noted, Outcome, Refusal, Unsent
from app.domain.wipe import WipeOrder
from app.server.checking import BadDocument
from app.server.client import BatchEntry, CaseReply, Sealed
from app.server.errors import Rejected, TryLater, Unreachable
from app.server.field_names import label_of
from app.server.wire import FileBody, read_file
from app.sync import policy
from app.sync.switch import UploadSwitch

log = logging.getLogger(__name__)

Progress = Callable[[Drain], None]
"""Called a few times a second at most, from the thread that runs the engine or one of its lines."""

NETWORK = (Unreachable, TryLater, Rejected)
_DUE = 200
_TELL_EVERY = 0.2
"""Seconds between two reports of progress."""
BROKEN = "待传条目内容不完整"


class DrainStore(Protocol):
    """What draining needs of offline_db.store.Store; the meanings are given there."""

    def due(
        self, now: dt.datetime, limit: int = 50, kinds: Collection[OperationKind] | None = None
    ) -> list[Operation]: ...
    def newest_seq(self) -> int: ...
    def backlog(self) -> Backlog: ...
    def mark_inflight(self, op_id: str) -> None: ...
    def mark_inflight_many(self, op_ids: Sequence[str]) -> None: ...
    def record(self, outcomes: Iterable[Outcome], *, late: bool = False) -> frozenset[str]: ...


class Line(Protocol):
    """A connection to the gateway, for one thread at a time: app.server.client.GatewayClient."""

    def submit_batch(self, entries: Sequence[BatchEntry]) -> dict[str, CaseReply | Rejected | TryLater]: ...
    def upload(
        self,
        op_id: str,
        body: FileBody,
        data: bytes,
        progress: Callable[[int, int], None] | None = None,
        *,
        fresh: bool = False,
    ) -> Sealed: ...


class UnreadablePage(Exception):
    """A page that this machine itself cannot give any more."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _HeldBack(Exception):
    """The upload was paused, or the run has ended: this file stays under its key with what has arrived of it."""


@dataclass(slots=True)
class Run:
    """The state of one run of the engine."""

    progress: Progress | None
    pushed: int = 0
    pulled: int = 0
    failures_in_a_row: int = 0
    online: bool = True
    portal: bool = False
    message: str = ""
    ended: bool = False
    gateway_asks: float = 0.0
    order: WipeOrder | None = None
    audited: bool = False
    tried: set[str] = field(default_factory=set)

    def end(self, error: YichuangError) -> None:
        """Nothing else is sent or asked in this run."""
        self.ended = True
        self.online = not isinstance(error, Unreachable)
        self.portal = isinstance(error, Unreachable) and error.portal
        self.message = f"{error.title}：{error.what}" if error.what else error.title
        if isinstance(error, TryLater) and error.retry_after is not None:
            self.gateway_asks = error.retry_after


class Pusher:
    """Drains the outbox of one engine. lines: for files, used at once, each by one thread; records go over the first.

    deliver: sends one entry over the first line; its outcome, network errors raised. page: a file's plain bytes, or
    UnreadablePage.
    """

    def __init__(
        self,
        store: DrainStore,
        lines: Sequence[Line],
        switch: UploadSwitch,
        clock: Clock,
        rng: random.Random,
        *,
        deliver: Callable[[Operation], Outcome],
        page: Callable[[FileBody], bytes],
    ) -> None:
        self._store = store
        self._lines = tuple(lines)
        self._switch = switch
        self._clock = clock
        self._rng = rng
        self._deliver = deliver
        self._page = page
        self._alone: set[str] = set()
        self._begun: set[str] = set()
        self._brought: set[str] = set()
        self._speed = 0.0

    def push(self, run: Run) -> None:
        """Send what is due until nothing is, the run ends, or the clerk holds it back."""
        tally = _Tally(self._store, run, self._switch)
        tally.tell()
        while not run.ended:
            kinds = self._switch.lets_out()
            records = self._due(run, [kind for kind in kinds if kind is not OperationKind.FILE], _DUE)
            if records:
                self._send_records(run, tally, records)
                continue
            files = self._due(run, [kind for kind in kinds if kind is OperationKind.FILE], policy.WAVE)
            if not files:
                break
            self._send_files(run, tally, policy.wave(files, self._speed, len(self._lines)))
        tally.tell(final=True)

    def _due(self, run: Run, kinds: Collection[OperationKind], limit: int) -> list[Operation]:
        if not kinds:
            return []
        due = self._store.due(self._clock.now(), limit, kinds)
        return policy.in_order(operation for operation in due if operation.op_id not in run.tried)

    # ------------------------------------------------------------------------------------------------ records

    def _send_records(self, run: Run, tally: _Tally, records: Sequence[Operation]) -> None:
        together, singly = policy.batches(records, self._alone)
        for batch in together:
            if run.ended or not self._switch.lets_out():
                return
            self._send_batch(run, tally, batch)
        for operation in singly:
            if run.ended or not self._switch.lets_out():
                return
            self._send(run, tally, operation)

    def _send(self, run: Run, tally: _Tally, operation: Operation) -> None:
        run.tried.add(operation.op_id)
        self._store.mark_inflight(operation.op_id)
        self._send_marked(run, tally, operation)

    def _send_marked(self, run: Run, tally: _Tally, operation: Operation) -> None:
        try:
            outcome = self._deliver(operation)
            run.failures_in_a_row = 0
        except NETWORK as error:
            outcome = self._failed(run, operation, error)
        self._alone.discard(operation.op_id)
        self._settle(run, tally, [operation], [outcome])

    def _send_batch(self, run: Run, tally: _Tally, batch: Sequence[Operation]) -> None:
        """A result for each; a batch that fails as a whole leaves every one waiting under its key."""
        op_ids = [operation.op_id for operation in batch]
        run.tried.update(op_ids)
        self._store.mark_inflight_many(op_ids)
        try:
            entries = [BatchEntry(entry.op_id, entry.body, entry.local_seq) for entry in batch]
            results = self._lines[0].submit_batch(entries)
        except (Unreachable, TryLater) as error:
            if isinstance(error, Unreachable):
                # One of them may be what kills the line: each goes alone the next time, and the others pass.
                self._alone.update(op_ids)
            self._settle(run, tally, batch, self._all_failed(run, batch, error))
        except Rejected as error:
            if error.about_the_device:
                self._settle(run, tally, batch, self._all_failed(run, batch, error))
                return
            # An older gateway that knows no batches, or a record that spoils the whole: one by one tells which.
            for operation in batch:
                if run.ended:
                    self._settle(run, tally, [operation], [Unsent(operation.op_id)])
                else:
                    self._send_marked(run, tally, operation)
        else:
            run.failures_in_a_row = 0
            outcomes = [self._of_batch(run, operation, results[operation.op_id]) for operation in batch]
            self._settle(run, tally, batch, outcomes)

    def _of_batch(self, run: Run, operation: Operation, result: CaseReply | Rejected | TryLater) -> Outcome:
        if isinstance(result, CaseReply):
            return of_reply(operation, result)
        return self._failed(run, operation, result)

    def _all_failed(
        self, run: Run, batch: Sequence[Operation], error: Unreachable | TryLater | Rejected
    ) -> list[Outcome]:
        failures = run.failures_in_a_row
        outcomes = []
        for operation in batch:
            run.failures_in_a_row = failures  # it was one failure of the line, however many were on it
            outcomes.append(self._failed(run, operation, error))
        return outcomes

    # -------------------------------------------------------------------------------------------------- files

    def _send_files(self, run: Run, tally: _Tally, wave: Sequence[Operation]) -> None:
        """One commit before and one after; in between each line takes the next file as soon as it is free."""
        run.tried.update(operation.op_id for operation in wave)
        self._store.mark_inflight_many([operation.op_id for operation in wave])
        todo = collections.deque(wave)
        outcomes: dict[str, Outcome] = {}
        lock = threading.Lock()
        began = time.monotonic()
        before = tally.bytes

        def work(line: Line) -> None:
            while True:
                with lock:
                    if not todo:
                        return
                    operation = todo.popleft()
                    held = run.ended or OperationKind.FILE not in self._switch.lets_out()
                outcome = Unsent(operation.op_id) if held else self._upload(run, tally, line, operation, lock)
                with lock:
                    outcomes[operation.op_id] = outcome

        lines = self._lines[: max(1, min(len(self._lines), len(wave)))]
        if len(lines) == 1:
            work(lines[0])
        else:
            with ThreadPoolExecutor(len(lines), thread_name_prefix="upload") as pool:
                list(pool.map(work, lines))
        lasted = time.monotonic() - began
        if lasted > 0 and tally.bytes > before:
            self._speed = (tally.bytes - before) / lasted
        # Held back is not tried: a pause that ends within the run lets it go on.
        run.tried.difference_update(op_id for op_id, outcome in outcomes.items() if isinstance(outcome, Unsent))
        self._settle(run, tally, wave, [outcomes[operation.op_id] for operation in wave])

    def _upload(self, run: Run, tally: _Tally, line: Line, operation: Operation, lock: threading.Lock) -> Outcome:
        sent: int | None = None

        def arrived(offset: int, _: int) -> None:
            nonlocal sent
            with lock:
                # The first call tells what an earlier try has brought there: nothing of this line's speed.
                tally.add_bytes(0 if sent is None else offset - sent, passed=offset if sent is None else 0)
            sent = offset
            if OperationKind.FILE not in self._switch.lets_out():
                raise _HeldBack

        try:
            body = read_file(operation.body)
            data = self._page(body)
            with lock:
                # A page that another case of the visit has brought travels no second time.
                fresh = not operation.attempts and operation.op_id not in self._begun
                fresh = fresh and body.sha256 not in self._brought
                self._begun.add(operation.op_id)
            line.upload(operation.op_id, body, data, arrived, fresh=fresh)
        except _HeldBack:
            return Unsent(operation.op_id)
        except BadDocument as error:
            return Refusal(operation.op_id, error.what)
        except UnreadablePage as error:
            return Refusal(operation.op_id, error.reason)
        except NETWORK as error:
            with lock:
                return self._failed(run, operation, error)
        with lock:
            run.failures_in_a_row = 0
            self._begun.discard(operation.op_id)
            self._brought.add(body.sha256)
        return Arrived(operation.op_id)

    # --------------------------------------------------------------------------------------------- what follows

    def _failed(self, run: Run, operation: Operation, error: Unreachable | TryLater | Rejected) -> Outcome:
        run.failures_in_a_row = run.failures_in_a_row + 1 if isinstance(error, Unreachable) else 0
        fate = policy.after_failure(error, operation.attempts, run.failures_in_a_row, self._rng)
        if isinstance(fate, policy.Park):
            return Refusal(operation.op_id, fate.reason)
        if fate.ends_run and not run.ended:
            run.end(error)
        next_at = self._clock.now() + dt.timedelta(seconds=fate.seconds)
        return Again(operation.op_id, next_at, error.what or error.title)

    def _settle(self, run: Run, tally: _Tally, sent: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
        self._store.record(outcomes)
        run.pushed += sum(map(_taken, outcomes))
        for operation, outcome in zip(sent, outcomes, strict=True):
            tally.settle(operation, outcome)
        tally.tell()


def _taken(outcome: Outcome) -> bool:
    """Does the gateway have it now?"""
    return outcome.taken if isinstance(outcome, Noted) else isinstance(outcome, Acked | Arrived)


def of_reply(operation: Operation, reply: CaseReply) -> Outcome:
    """What the gateway's answer to a case means for its entry."""
    if not reply.accepted:
        reasons = "；".join(f"{label_of(flaw.field)} {flaw.message}".strip() for flaw in reply.reasons)
        return Refusal(operation.op_id, "需补正：" + reasons)
    return Acked(operation.op_id, operation.case_id, reply.case_no, reply.rev)


class _Tally:
    """Counts a run for its progress. The store is asked only when something new waits."""

    def __init__(self, store: DrainStore, run: Run, switch: UploadSwitch) -> None:
        self._store = store
        self._run = run
        self._switch = switch
        self._records = self._files = 0
        self.bytes = 0
        self._newest = -1
        self._left = Backlog()
        self._bytes_left = 0
        self._told = float("-inf")

    def add_bytes(self, count: int, *, passed: int = 0) -> None:
        """Bytes of a file have arrived; passed: were there already. Called under the lines' lock."""
        self.bytes += count
        self._bytes_left -= count + passed
        self.tell(looking=False)

    def settle(self, operation: Operation, outcome: Outcome) -> None:
        is_file = operation.kind is OperationKind.FILE
        if _taken(outcome):
            self._files += is_file
            self._records += not is_file
        if _taken(outcome) or isinstance(outcome, Refusal):
            self._left = Backlog(self._left.records - (not is_file), self._left.files - is_file)

    def tell(self, *, final: bool = False, looking: bool = True) -> None:
        """Report, unless the last report is fresh. looking: the store may be asked (not from the lines' threads)."""
        if self._run.progress is None:
            return
        now = time.monotonic()
        if not final and now - self._told < _TELL_EVERY:
            return
        if looking:
            newest = self._store.newest_seq()
            if newest != self._newest or final:
                self._newest = newest
                self._left = self._store.backlog()
                self._bytes_left = self._left.bytes
        self._told = now
        left = Backlog(max(self._left.records, 0), max(self._left.files, 0), max(self._bytes_left, 0))
        if OperationKind.FILE not in self._switch.lets_out():
            left = Backlog(left.records)  # what is held back is not on its way, and has no time left
        self._run.progress(Drain(Backlog(self._records, self._files, self.bytes), left))
