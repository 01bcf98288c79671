"""The sync engine: drains the outbox, sends the audit trail, reads the feeds. The rules are in app.sync.policy."""

from __future__ import annotations

import datetime as dt
import logging
import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.case import Operation, OperationKind
from app.domain.clock import Clock
from app.domain.errors import BadInput, EnvironmentProblem
from app.domain.sending import Arrived, Noted, Outcome, Refusal
from app.domain.wipe import WipeOrder
from app.forms.merge import MergeRules
from app.server.checking import BadDocument, JsonObject
from app.server.errors import CursorExpired, Rejected, TryLater, Unreachable
from app.server.wire import FileBody, read_file
from app.sync import policy
from app.sync.amend import Amendments, Settled
from app.sync.drain import BROKEN, NETWORK, Line, Progress, Pusher, Run, UnreadablePage, of_reply
from app.sync.durable import heard, make_good
from app.sync.needs import Orders, SyncClient, SyncStore, SyncVault, Upkeep
from app.sync.photos import to_send
from app.sync.switch import EVERYTHING, UploadSwitch

log = logging.getLogger(__name__)

EPOCH = "sync.epoch"
"""Setting: the gateway's epoch at the last complete reconciliation."""
CLOCK_OFFSET = "sync.clock_offset_ms"
"""Setting: gateway minus this machine, milliseconds, at the last contact."""
AUDIT_THROUGH = "sync.audit_through"
"""Setting: the last audit entry that the gateway holds."""
_PAGE = 200
_NO_SUCH_FEED = 404


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a run did and how things stand after it.

    pushed: entries the gateway took in this run. pulled: feed rows taken over. waiting: entries that will go by
    themselves. refused: entries that need a person, from this run and before. online: did the gateway answer at the
    end. message: Chinese, for the status bar; empty when there is nothing to say. held: of those waiting, how many
    the clerk holds back. portal: somebody else answered in the gateway's place. order: what the platform orders of
    this device; settled: nothing that this machine holds is still to be sent.
    """

    pushed: int
    pulled: int
    waiting: int
    refused: int
    online: bool
    message: str = ""
    held: int = 0
    portal: bool = False
    order: WipeOrder | None = field(default=None, compare=False)
    settled: bool = field(default=False, compare=False)


class SyncEngine:
    """Brings the outbox to the gateway and the gateway's news back. One engine a store; runs never overlap.

    audit_chain: the profile's id, under which the gateway keeps the audit trail; None sends no trail. feeds: which
    feeds to read. upkeep: what follows from them. rules: how amendments merge. more_lines: further connections for
    files. switch: what the clerk lets out; None: everything. orders: hears what the platform orders of this device.
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
        rules: MergeRules = MergeRules(),
        more_lines: Sequence[Line] = (),
        switch: UploadSwitch | None = None,
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
        self._amendments = Amendments(store, client, rules)
        self._upkeep = (self._amendments, *upkeep)
        self.switch = switch or UploadSwitch(store)
        self._pusher = Pusher(
            store, (client, *more_lines), self.switch, clock, rng, deliver=self._deliver, page=self._page
        )
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
            run = Run(progress)
            self._store.recover_inflight()
            if self._hello(run) and not (patient and self._must_wait()):
                if not patient:
                    # Whom a person has let through need not be held up once more for what comes next.
                    self._not_before = None
                self._push(run)
                self._send_audit(run)
                self._pull(run)
            if self._wiped:
                return _wiped_report(run.order)
            self._failed_runs = self._failed_runs + 1 if run.ended else 0
            self._gateway_asks = run.gateway_asks
            counts = self._store.counts()
            held = self._held(counts.waiting)
            settled = run.audited and not run.ended and not counts.waiting and not counts.parked
            told = (run.pushed, run.pulled, counts.waiting, counts.parked, run.online, run.message, held, run.portal)
            return SyncReport(*told, run.order, settled)

    def close(self) -> None:
        """The program ends: a run under way stops soon, at the next chunk of a file."""
        self.switch.close()

    def next_wait(self) -> float:
        """Seconds until the next run is worth while (app.sync.policy, Between runs)."""
        if self._wiped:
            return policy.POLL
        if self._failed_runs:
            return max(policy.SHORTEST, policy.back_off(self._failed_runs, self._rng), self._gateway_asks)
        now = self._clock.now()
        if self._must_wait():
            return self._spread_left()
        kinds = self.switch.lets_out()
        if not kinds:
            return policy.POLL
        if self._store.due(now, 1, kinds):
            return policy.SHORTEST
        # One whose time is over and that is still not due waits behind another of its case, not for the clock.
        soonest = self._store.soonest_retry(now)
        return min(max((soonest - now).total_seconds(), policy.SHORTEST), policy.POLL) if soonest else policy.POLL

    def _held(self, waiting: int) -> int:
        """How many of those that wait the clerk holds back."""
        kinds = self.switch.lets_out()
        if set(kinds) == set(EVERYTHING) or not waiting:
            return 0
        return self._store.backlog().files if kinds else waiting

    @property
    def _wiped(self) -> bool:
        """Were this machine's keys destroyed? The store must then not be asked for anything."""
        return self._orders is not None and self._orders.begun

    # -------------------------------------------------------------------------------------------------- hello

    def _hello(self, run: Run) -> bool:
        """Is our gateway there, and the same one as last time? The one place where a run may end before it begins."""
        was_offline = self._failed_runs > 0
        try:
            time = self._client.time()
            run.order = time.order
            if time.order is not None and self._orders is not None and self._orders.hear(time.order):
                return False
            if time.epoch != self._store.setting(EPOCH):
                self._reconcile(run, time.epoch)
            heard(self._store, time)
        except NETWORK as error:
            run.end(error)
            return False
        offset, kept = round(time.offset.total_seconds() * 1000), self._store.setting(CLOCK_OFFSET)
        if kept is None or abs(offset - int(kept)) >= policy.OFFSET_STEP:
            self._store.set_setting(CLOCK_OFFSET, str(offset))
        if was_offline:
            spread = dt.timedelta(seconds=self._rng.uniform(0.0, policy.RECONNECT_SPREAD))
            self._not_before = self._clock.now() + spread
        return True

    def _must_wait(self) -> bool:
        return self._spread_left() > 0

    def _spread_left(self) -> float:
        """Seconds of the wait after a reconnect that are left. A clock put back does not make it longer."""
        if self._not_before is None:
            return 0.0
        left = (self._not_before - self._clock.now()).total_seconds()
        return left if 0 < left <= policy.RECONNECT_SPREAD else 0.0

    def _reconcile(self, run: Run, epoch: str) -> None:
        """The epoch is saved last, so that an interrupted reconciliation is done again."""
        self._store.forget_revisions()
        run.message = make_good(self._store, self._client, self._clock, self._refusal)
        if self._chain is not None:
            self._store.set_setting(AUDIT_THROUGH, str(self._client.audit_through(self._chain)))
        self._store.set_setting(EPOCH, epoch)

    def _refusal(self, operation: Operation) -> str | None:
        """Deliver a finished entry once more; why it was refused for good, None when it was not."""
        try:
            outcome = self._deliver(operation)
        except Rejected as error:
            if error.about_the_device:
                raise
            return error.title
        if isinstance(outcome, Refusal):
            return outcome.reason
        self._store.record([outcome])
        return None

    # --------------------------------------------------------------------------------------------------- push

    def _push(self, run: Run) -> None:
        self._pusher.push(run)

    def _deliver(self, operation: Operation) -> Outcome:
        """Send one entry; what became of it. Network errors and permanent refusals by status are raised."""
        try:
            if operation.kind is OperationKind.CASE:
                reply = self._client.submit_case(operation.op_id, operation.body, operation.local_seq)
                return of_reply(operation, reply)
            if operation.kind is OperationKind.FILE:
                body = read_file(operation.body)
                self._client.upload(operation.op_id, body, self._page(body))
            elif operation.kind is OperationKind.AMEND:
                return self._amend(operation)
            elif operation.kind is OperationKind.RATING:
                self._client.submit_rating(operation.op_id, operation.body)
            elif operation.kind is OperationKind.MATTER:
                self._client.submit_matter(operation.op_id, operation.body)
            elif operation.kind is OperationKind.ROSTER:
                self._client.submit_absence(operation.op_id, operation.body)
            elif operation.kind is OperationKind.PHOTO:
                self._send_photo(operation)
            else:
                entries = operation.body["entries"]
                self._client.send_audit(str(operation.body["chain"]), entries)
        except (BadDocument, KeyError, TypeError, ValueError) as error:
            # Written wrongly into the outbox: it would fail the same way for ever.
            log.error("an outbox entry cannot be sent: %s %s", operation.kind.value, type(error).__name__)
            return Refusal(operation.op_id, error.what if isinstance(error, BadDocument) else BROKEN)
        except UnreadablePage as error:
            return Refusal(operation.op_id, error.reason)
        return Arrived(operation.op_id)

    def _send_photo(self, operation: Operation) -> None:
        try:
            document = to_send(operation.body, self._store, self._vault)
        except EnvironmentProblem as error:
            raise UnreadablePage(f"{error.title}：{error.what}") from error
        if document is not None:
            self._client.submit_photo(operation.op_id, document)

    def _amend(self, operation: Operation) -> Outcome:
        try:
            refused = self._amendments.deliver(operation)
        except Settled:  # queued again in another form, or parked for a person
            return Noted(operation.op_id, taken=False)
        return of_reply(operation, refused) if refused is not None else Noted(operation.op_id, taken=True)

    def _page(self, body: FileBody) -> bytes:
        try:
            data = self._vault.open(body.sha256)
        except EnvironmentProblem as error:
            raise UnreadablePage(f"{error.title}：{error.what}") from error
        if len(data) != body.size:
            raise UnreadablePage("材料文件与登记的大小不符")
        return data

    # ------------------------------------------------------------------------------------------- audit, feeds

    def _send_audit(self, run: Run) -> None:
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
            run.end(error)

    def _pull(self, run: Run) -> None:
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
        except NETWORK as error:
            run.end(error)
        except BadInput as error:
            run.message = f"{error.title}：{error.what}"

    def _look_after(self, run: Run) -> None:
        for upkeep in self._upkeep:
            try:
                upkeep.run()
            except NETWORK:
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
                self._store.begin_feed_anew(feed)
                cursor = None
                continue
            self._store.apply_feed(feed, page.items, page.tombstones, page.next, last=not page.more)
            pulled += len(page.items) + len(page.tombstones)
            cursor = page.next
            if not page.more:
                return pulled


def _wiped_report(order: WipeOrder | None) -> SyncReport:
    return SyncReport(0, 0, 0, 0, online=True, order=order)


def _audit_document(entry: Any) -> JsonObject:
    names = ("seq", "at", "clerk", "action", "subject", "details", "previous", "hash")
    return {name: getattr(entry, name) for name in names}
