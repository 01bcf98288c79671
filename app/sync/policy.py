"""The queue policy: everything about who goes first, who waits how long and who is set aside stands here.

Order. Cases go before files, so that every case has its number before the line is filled with pictures; within a kind,
the clerks' order (local_seq) is kept. Within one case the order is strict: its files wait for it, and the store hands
out only a case's first unfinished entry. Cases are independent: one that is parked or waiting holds back no other.
Files go in waves, as many as the line carries in about two seconds (on a slow one: one a connection), at most 2
connections at once, none of them twice; then the queue is looked at again, so that a case accepted meanwhile overtakes
the pictures.

Together. From 10 cases on they go in batches of at most 50 and 900 KB, each with its own result; fewer go one by one. A
batch cut on the line is sent again under the same keys, each of its cases alone, because one of them may be what kills
the line. A batch that is refused as a whole (an older gateway) is taken apart at once.

Held back. While the clerk has paused the upload nothing is sent; on a phone's line (files wait) only records are. The
feeds are read all the same. A file under way stops at its next chunk and goes on there later.

Amendments go with the cases. Of one case they keep their order among themselves and wait for nothing else but the case;
nothing waits for them (app.sync.amend: what becomes of one that the platform's changes meet).

Photographs of people for all windows go after the records, over any line: they are small, and one that is taken back
must be taken back soon. What was taken back before it left is not sent (app.sync.photos).

Sending. An entry is `inflight` on disk before a byte leaves. Its op_id is its Idempotency-Key and never changes, so
that the gateway answers a repetition with its first answer. Entries inflight when the program died are sent anew.

Failures, by what they speak of:
  - the line (`Unreachable`): the entry waits. Never given up, however often. Three in a row end the run, because the
    fourth would only make the clerk's machine wait as well.
  - the gateway as a whole (429, 503): the entry waits and the run ends.
  - the gateway on this entry (408, 409, 425, other 5xx): the entry waits, the others go on.
  - this device (401, 403): the run ends; nothing is parked, for the entries may be perfectly good.
  - the entry (every other 4xx, and the business refusal `needs_correction`): parked with the reason until a person
    settles it. The same goes for a page that this machine itself can no longer read.

Waiting. Full jitter: uniform in 0 … min(300 s, 2 s · 2^n), n being the attempts made before; a Retry-After is the least
that is waited, with 0–25 % on top so that a hall's windows do not return as one. Transport errors are never given up.

Between runs. Online with nothing due: 60 s (the feed is read). Otherwise until the next entry is due, at least 1 s.
After runs that ended early: full jitter over their number, and never less than a Retry-After. After a reconnect a
patient run (the background worker's) only says hello and then waits a uniform 0–120 s before it sends; a run that a
person asked for sends at once and ends that wait.

Writing. A round in which nothing happens writes nothing: each commit is a sync of the disk, and a window makes 1,440
rounds a day. What moves on with the clock is written down at its distance: the gateway's time and the roster's every
10 minutes (app.domain.clock.NOTED_ANEW), the clock's offset when it has changed by OFFSET_STEP, the clock's anchor
every 4 minutes (app.services.clock_witness).
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from app.domain.case import Operation, OperationKind
from app.server.errors import Rejected, TryLater, Unreachable
from app.server.headers import MAX_BATCH, MAX_JSON, canonical

BASE = 2.0
CEILING = 300.0
POLL = 60.0
SHORTEST = 1.0
RECONNECT_SPREAD = 120.0
FAILURES_THAT_END_A_RUN = 3
OFFSET_STEP = 500
"""Milliseconds: a round trip's own unrest is less, and what is flagged is 600 times as much (headers.SKEW_LIMIT)."""
BATCH_FROM = 10
"""Cases that wait before they go together."""
BATCH_BYTES = MAX_JSON - (124 << 10)
"""Of a batch's documents; the rest is for what frames them."""
WAVE = 32
"""Files between two commits, at most."""
WAVE_SECONDS = 2.0
"""How long a wave should last."""
_GATEWAY_WIDE = frozenset({429, 503})
_ORDER = {
    OperationKind.CASE: 0,
    OperationKind.AMEND: 0,
    OperationKind.AUDIT: 1,
    OperationKind.FILE: 2,
    OperationKind.RATING: 3,
    OperationKind.MATTER: 1,
    OperationKind.PHOTO: 2,
    OperationKind.ROSTER: 1,
}


@dataclass(frozen=True, slots=True)
class Wait:
    """Try the entry again in so many seconds. ends_run: nothing else is sent now either."""

    seconds: float
    ends_run: bool = False


@dataclass(frozen=True, slots=True)
class Park:
    """Set the entry aside for a person."""

    reason: str


class Queued(Protocol):
    """What the order goes by."""

    @property
    def kind(self) -> OperationKind: ...
    @property
    def local_seq(self) -> int: ...


_Queued = TypeVar("_Queued", bound=Queued)


def in_order(due: Iterable[_Queued]) -> list[_Queued]:
    """The entries in the order in which they are to be sent."""
    return sorted(due, key=lambda operation: (_ORDER[operation.kind], operation.local_seq))


def back_off(attempts: int, rng: random.Random) -> float:
    """Seconds to wait after a failure; attempts: how many were made before the one that failed."""
    return rng.uniform(0.0, min(CEILING, BASE * 2.0 ** min(attempts, 30)))


def after_failure(
    error: Unreachable | TryLater | Rejected, attempts: int, failures_in_a_row: int, rng: random.Random
) -> Wait | Park:
    """What becomes of an entry that failed. failures_in_a_row: of the line, this one included."""
    seconds = back_off(attempts, rng)
    if isinstance(error, Unreachable):
        return Wait(seconds, ends_run=failures_in_a_row >= FAILURES_THAT_END_A_RUN)
    if isinstance(error, TryLater):
        if error.retry_after is not None:
            seconds = max(seconds, error.retry_after * (1.0 + rng.uniform(0.0, 0.25)))
        return Wait(seconds, ends_run=error.status in _GATEWAY_WIDE)
    if error.about_the_device:
        return Wait(seconds, ends_run=True)
    return Park(f"{error.title}：{error.detail}" if error.detail else error.title)


def batches(records: Sequence[Operation], alone: Collection[str]) -> tuple[list[list[Operation]], list[Operation]]:
    """Which of these go together, and which one by one; alone: those that must not go with others."""
    cases = [entry for entry in records if entry.kind is OperationKind.CASE and entry.op_id not in alone]
    if len(cases) < BATCH_FROM:
        return [], list(records)
    together: list[list[Operation]] = []
    taken: set[str] = set()
    room = 0
    for entry in cases:
        try:
            size = len(canonical(entry.body)) + 200
        except ValueError:
            continue  # no gateway could read it: alone it is set aside, and spoils no other
        if size > BATCH_BYTES:
            continue
        if not together or len(together[-1]) == MAX_BATCH or size > room:
            together.append([])
            room = BATCH_BYTES
        together[-1].append(entry)
        room -= size
        taken.add(entry.op_id)
    return together, [entry for entry in records if entry.op_id not in taken]


def wave(files: Sequence[Operation], speed: float, lines: int) -> list[Operation]:
    """The files that go next, at least one a line. speed: bytes a second of the last wave, 0 while none is known."""
    budget = speed * WAVE_SECONDS
    taken: list[Operation] = []
    hashes: set[object] = set()
    for entry in files:
        if len(taken) == WAVE:
            break
        if entry.body.get("sha256") in hashes:
            continue  # once its twin is there it need not travel
        size = entry.body.get("size")
        budget -= size if isinstance(size, int) else 0
        if len(taken) >= lines and budget < 0:
            break
        taken.append(entry)
        hashes.add(entry.body.get("sha256"))
    return taken
