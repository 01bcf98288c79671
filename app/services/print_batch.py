"""Many papers in one go: chosen cases' notices on one printer; to be paused, stopped, gone on with after a restart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.case import AuditEvent
from app.domain.clock import Clock
from app.domain.document import PaperKind
from app.domain.errors import Refused
from app.domain.numbering import uuid7
from app.domain.printing import (
    AGAIN,
    ON_PAPER,
    BatchPaper,
    BatchProgress,
    BatchState,
    PrintJob,
    PrintState,
    PrintTarget,
    is_strip,
)
from app.services.duty import Duty
from offline_db.store import Store

MOST = 2000
"""Papers of one batch: more is a morning's work for a printer, and nobody stands beside it so long."""


class PrintBatch:
    """Reads and writes the store: not for the event loop. One batch at a time."""

    def __init__(self, store: Store, clock: Clock, duty: Duty) -> None:
        self._store = store
        self._clock = clock
        self._duty = duty

    def papers(self, numbers: Sequence[int]) -> list[BatchPaper]:
        """The papers of these cases (`Store.list_cases`), one a visit, oldest first. Refused: too many."""
        if len(numbers) > MOST * 4:
            raise self._too_many(len(numbers))
        return self._store.batch_papers(numbers)

    def start(self, title: str, papers: Sequence[BatchPaper], target: PrintTarget, reason: str = "") -> BatchProgress:
        """Begin to print. What may be on paper already comes out as 补打.

        Refused: nothing to print, too many, or another batch is under way.
        """
        if len(papers) > MOST:
            raise self._too_many(len(papers))
        now = self._clock.now()
        jobs = [
            PrintJob(
                "",
                paper.number,
                str(PaperKind.ACCEPTANCE_NOTICE),
                target.slot,
                target.size,
                now,
                reprint=AGAIN if paper.printed else 0,
                case_id=paper.case_id,
                sealed="" if paper.printed or is_strip(target.size) else paper.sealed,
                reason=reason if paper.printed else "",
            )
            for paper in papers
        ]
        return self._begin(title, target.slot, jobs)

    def again_from(self, batch_id: str, position: int, reason: str = "") -> BatchProgress:
        """Print a batch once more from its n-th paper on, as a batch of its own; what is left of the first is called
        off. Papers that may be out come out as 补打. Refused: no such paper."""
        before = self._store.batch(batch_id)
        jobs = [job for job in self._store.batch_jobs(batch_id) if job.position >= position]
        if before is None or not jobs:
            raise Refused("没有可重打的文书", "这一批没有这么多份。", "请核对起始的份数。")
        self.stop(batch_id)
        again = [
            replace(
                job,
                reprint=AGAIN if job.state in ON_PAPER or job.reprint else 0,
                sealed="" if job.state in ON_PAPER else job.sealed,
                reason=reason if job.state in ON_PAPER else "",
            )
            for job in jobs
        ]
        return self._begin(before.title, before.slot, again)

    def progress(self, batch_id: str = "") -> BatchProgress | None:
        """How far a batch is; without a name the one under way. One without anything left is done."""
        found = self._store.batch(batch_id)
        if found is not None and found.left == 0 and found.state in (BatchState.RUNNING, BatchState.PAUSED):
            self._store.set_batch(found.batch_id, BatchState.DONE)
            return replace(found, state=BatchState.DONE)
        return found

    def pause(self, batch_id: str) -> None:
        """What is at the printer comes out; the next one waits."""
        self._store.set_batch(batch_id, BatchState.PAUSED)

    def resume(self, batch_id: str) -> None:
        """Go on with the first that was not sent."""
        self._store.set_batch(batch_id, BatchState.RUNNING)

    def stop(self, batch_id: str) -> None:
        """Call off what was not sent. Harmless when the batch has ended."""
        event = AuditEvent(self._clock.now(), self._duty.clerk, "print.batch_stopped", batch_id, {})
        self._store.set_batch(batch_id, BatchState.STOPPED, event)

    def jobs(self, batch_id: str) -> list[PrintJob]:
        """A batch's jobs in its order."""
        return self._store.batch_jobs(batch_id)

    def _begin(self, title: str, slot: str, jobs: Sequence[PrintJob]) -> BatchProgress:
        if not jobs:
            raise Refused("没有要打印的文书", "没有选中任何一份。", "请先选择办件。")
        now, clerk = self._clock.now(), self._duty.clerk
        batch_id = uuid7(now)
        named = [
            replace(
                job,
                job_id=f"{batch_id}:{place}",
                batch_id=batch_id,
                position=place,
                queued_at=now,
                clerk=clerk,
                state=PrintState.WAITING,
                tries=0,
                outcome="",
                detail="",
                started_at=None,
                ended_at=None,
            )
            for place, job in enumerate(jobs, 1)
        ]
        again = sum(job.reprint == AGAIN for job in named)
        event = AuditEvent(now, clerk, "print.batch", batch_id, {"papers": len(named), "reprints": again})
        self._store.add_batch(batch_id, title, slot, named, event)
        found = self._store.batch(batch_id)
        assert found is not None  # noqa: S101 - written a line above
        return found

    @staticmethod
    def _too_many(count: int) -> Refused:
        return Refused("一次打印太多", f"选中 {count} 件，一批最多打印 {MOST} 份。", "请按日期分几批打印。")
