"""Print a paper at most once, whatever fails in between.

A paper becomes jobs in the store first; a job is sent by whoever first marks it as being sent; how that ended is
written down before anything else. What ended without a word asks the clerk, and nobody else.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, TypeVar

from app.domain.case import AuditEvent, CaseState
from app.domain.clock import Clock
from app.domain.document import Paper, PaperKind, RenderedPaper
from app.domain.errors import Defect, EnvironmentProblem, YichuangError
from app.domain.numbering import uuid7
from app.domain.printing import AGAIN, PrintCounts, PrintJob, PrintState, PrintTarget, is_reshaped, is_strip
from app.services.duty import Duty
from devices.base import Picture
from devices.kinds.output import PageSetup
from devices.outcome import Outcome, Reply
from offline_db.store import Store
from offline_db.vault import Vault

log = logging.getLogger(__name__)
T = TypeVar("T")

_KEPT = 6
"""Papers kept as they were just made, so that a strip need not be made from the store again."""
_AHEAD = 3

Strip = Callable[[Paper, int], Picture]
"""Makes a paper's strip for a head of so many dots a line (PaperRenderer.receipt)."""
Reshape = Callable[[Paper, str], bytes]
"""Makes a paper's PDF on another sheet (of app.domain.printing.SHAPES)."""
Remake = Callable[[PrintJob], RenderedPaper]
"""Makes the paper of a job anew from its case."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What goes to a printer: a PDF, or the picture of a strip."""

    pdf: bytes = b""
    strip: Picture | None = None


class PrintPapers:
    """Jobs from papers, and their sending. Not for the event loop; `send` runs on the printer's own thread."""

    def __init__(
        self, store: Store, vault: Vault, clock: Clock, duty: Duty, strip: Strip, reshape: Reshape | None = None
    ) -> None:
        """reshape: None where papers come on one sheet only."""
        self._strip = strip
        self._reshape = reshape
        self._store = store
        self._vault = vault
        self._clock = clock
        self._duty = duty
        self._lock = Lock()
        self._made: OrderedDict[tuple[str, int], RenderedPaper] = OrderedDict()
        self._ahead: OrderedDict[str, Sheet] = OrderedDict()
        self._drawn: tuple[tuple[str, int], Picture] | None = None
        self.remake: Remake = _cannot
        """Set once the cases' own service stands."""

    def strip_of(self, paper: RenderedPaper, width_dots: int) -> Picture:
        """A paper's strip for a head of so many dots a line. Errors as PaperRenderer.receipt. The last one is kept: it
        is printed right after it was looked at."""
        wanted = (paper.sha256, width_dots)
        with self._lock:
            known = self._drawn
        if known is not None and known[0] == wanted:
            return known[1]
        strip = self._strip(paper.paper, width_dots)
        with self._lock:
            self._drawn = wanted, strip
        return strip

    def pdf_of(self, paper: RenderedPaper, size: str) -> bytes:
        """A paper's sheets in this size. BadInput: a character that no font draws."""
        return self._reshape(paper.paper, size) if self._reshape and is_reshaped(size) else paper.pdf

    # ------------------------------------------------------------------------------------------------- asking

    def jobs(
        self, paper: RenderedPaper, targets: Sequence[PrintTarget], *, sealed: str = "", reason: str = ""
    ) -> tuple[PrintJob, ...]:
        """The jobs of a paper, one a printer and copy. sealed: where its PDF lies in the vault already.

        Their ids follow from the paper's: asked for again, they are the same jobs.
        """
        self._remember(paper)
        case_id = _case_of(paper)
        now, clerk = self._clock.now(), self._duty.clerk
        return tuple(
            PrintJob(
                f"{paper.job_id}{_tail(target.size)}{f'-c{copy}' if copy > 1 else ''}",
                paper.paper.number,
                str(paper.paper.kind),
                target.slot,
                target.size,
                now,
                PrintState.HELD if target.held else PrintState.WAITING,
                paper.paper.reprint,
                case_id,
                "" if is_strip(target.size) or is_reshaped(target.size) else sealed,
                reason=reason,
                clerk=clerk,
            )
            for target in targets
            for copy in range(1, target.copies + 1)
        )

    def queue(
        self, paper: RenderedPaper, targets: Sequence[PrintTarget], widths: dict[str, int], reason: str = ""
    ) -> tuple[PrintJob, ...]:
        """Write the jobs of a paper that stands in the store already, or belongs to no case. widths: dots of each
        receipt printer. BadInput: a character that the strip's fonts lack."""
        sealed = self._vault.seal(paper.pdf, "application/pdf").sha256
        jobs = self.jobs(paper, targets, sealed=sealed, reason=reason)
        # A strip that cannot be made from a case after a restart lies in the vault as well.
        kept = tuple(self._keep(job, paper, widths) if not (job.sealed or _again(job)) else job for job in jobs)
        self._store.queue_prints(kept)
        return kept

    def queue_pdf(
        self, job_id: str, kind: str, number: str, pdf: bytes, target: PrintTarget, reprint: int = 0, reason: str = ""
    ) -> PrintJob:
        """Write the job of a PDF that is no paper of a case, e.g. the day's report, or that cannot be made anew."""
        sealed = self._vault.seal(pdf, "application/pdf").sha256
        now, clerk = self._clock.now(), self._duty.clerk
        job = PrintJob(
            job_id,
            number,
            kind,
            target.slot,
            target.size,
            now,
            reprint=reprint,
            sealed=sealed,
            reason=reason,
            clerk=clerk,
        )
        self._store.queue_prints([job])
        return job

    def let_go(
        self, paper: RenderedPaper, targets: Sequence[PrintTarget], widths: dict[str, int], reason: str = ""
    ) -> None:
        """After the clerk has looked: print a paper there and nowhere else. What was kept back for it goes, or is
        called off."""
        wanted = {job.job_id: job for job in self.queue(paper, targets, widths, reason)}
        for job in self._store.held_prints(paper.paper.number):
            if job.job_id in wanted:
                self._store.release_print(job.job_id, wanted[job.job_id].slot)
            elif job.reprint == paper.paper.reprint:
                self.cancel([job])

    def again(self, job: PrintJob, reason: str) -> None:
        """One more print of a job's paper, on the same printer; of a case's paper marked as such when it is made."""
        now = self._clock.now()
        self._store.queue_prints(
            [
                PrintJob(
                    f"again-{uuid7(now)}",
                    job.paper_number,
                    job.kind,
                    job.slot,
                    job.size,
                    now,
                    reprint=AGAIN if job.case_id else 0,
                    case_id=job.case_id,
                    sealed="" if job.case_id else job.sealed,
                    reason=reason,
                    clerk=self._duty.clerk,
                )
            ]
        )

    def _keep(self, job: PrintJob, paper: RenderedPaper, widths: dict[str, int]) -> PrintJob:
        if not is_strip(job.size):
            pdf = self.pdf_of(paper, job.size)
            return replace(job, sealed=self._vault.seal(pdf, "application/pdf").sha256)
        png = _to_png(self.strip_of(paper, widths.get(job.slot, 576)))
        return replace(job, sealed=self._vault.seal(png, "image/png").sha256)

    # ------------------------------------------------------------------------------------------------ sending

    def next_for(self, slot: str, width_dots: int) -> tuple[PrintJob, Sheet] | None:
        """What this printer gets next, ready to be sent; None when nothing waits for it.

        A job whose paper cannot be made is kept back with the reason, and the next one takes its turn.
        """
        while (job := self._store.next_print(slot)) is not None:
            try:
                return job, self._ahead.pop(job.job_id, None) or self.sheet(job, width_dots)
            except YichuangError as error:
                log.warning("paper of job %s cannot be made: %s", job.job_id, error.title)
                if self._store.start_print(job.job_id, slot):
                    state = PrintState.CANCELLED if job.batch_id else PrintState.HELD
                    self._store.end_print(job.job_id, state, "", f"{error.title}：{error.what}")
        return None

    def prepare(self, slot: str, width_dots: int, sending: str) -> None:
        """Make what this printer gets after the job it has now: a batch must not wait for its papers."""
        job = self._store.next_print(slot)
        if job is not None and job.job_id == sending:
            job = self._store.next_print(slot, 1)
        if job is None or job.job_id in self._ahead or job.reprint == AGAIN:  # its number is drawn when it goes
            return
        try:
            self._ahead[job.job_id] = self.sheet(job, width_dots)
        except YichuangError:
            return  # told when its turn comes
        while len(self._ahead) > _AHEAD:
            self._ahead.popitem(last=False)

    def sheet(self, job: PrintJob, width_dots: int = 576) -> Sheet:
        """What a job sends. EnvironmentProblem: its file is gone or damaged. Refused: its case is."""
        if job.sealed:
            data = self._vault.open(job.sealed)
            return Sheet(strip=_from_png(data)) if is_strip(job.size) else Sheet(data)
        with self._lock:
            paper = self._made.get((job.paper_number, job.reprint))
        if paper is None:
            paper = self.remake(job)
            self._remember(paper)
            if paper.paper.reprint != job.reprint:
                self._store.note_made(job.job_id, paper.paper.reprint)
        if is_strip(job.size):
            return Sheet(strip=self.strip_of(paper, width_dots))
        return Sheet(self.pdf_of(paper, job.size))

    def send(self, job: PrintJob, sheet: Sheet, device: Any) -> Reply[str]:
        """Send a job unless somebody has, or it was called off; CANCELLED then, and nothing was sent.

        OK: printed. UNKNOWN, or `partly`: the clerk is asked. Anything else: nothing came out, and it waits on.
        """
        if not self._store.start_print(job.job_id, job.slot):
            return Reply(Outcome.CANCELLED, detail="")
        # Said by a person not to have come out, it is another job to a driver that remembers what it has sent.
        job_id = f"{job.job_id}/{job.tries}" if job.tries else job.job_id
        try:
            reply: Reply[str] = (
                device.print_picture(sheet.strip, job_id)
                if sheet.strip is not None
                else device.print_pdf(
                    sheet.pdf, job_id, f"{job.kind} {job.paper_number}", PageSetup(job.size.removesuffix("-large"))
                )
            )
        except BaseException:
            self._store.end_print(job.job_id, PrintState.UNKNOWN, str(Outcome.FAULT), "驱动程序出错，可能已经打印")
            raise
        state = PrintState.WAITING
        if reply.ok:
            state = PrintState.PRINTED
        elif reply.outcome is Outcome.UNKNOWN or reply.partly:
            state = PrintState.UNKNOWN
        try:
            self._store.end_print(job.job_id, state, str(reply.outcome), reply.detail)
        except EnvironmentProblem as error:
            # Not written down is not known: the next start asks.
            return Reply(Outcome.UNKNOWN, detail=f"{error.title}，打印结果没有记下，请查看是否已出纸")
        return reply

    # ------------------------------------------------------------------------------------------------- people

    def settle(self, job: PrintJob, came_out: bool) -> None:
        """The clerk looked. Not there: the job waits to be sent again. Refused when somebody was faster."""
        self._store.settle_print(
            job.job_id, came_out, self._event("print.there" if came_out else "print.not_there", job)
        )

    def cancel(self, jobs: Collection[PrintJob]) -> None:
        """Call off what was not sent yet. Refused when one is on its way."""
        for job in jobs:
            self._store.cancel_prints([job.job_id], self._event("print.cancelled", job))

    def release(self, job: PrintJob, slot: str = "") -> None:
        """Let a job that was kept back go, or one that waits go to another printer. Refused when it is on its way."""
        self._ahead.pop(job.job_id, None)
        self._store.release_print(job.job_id, slot or job.slot)

    def counts(self) -> PrintCounts:
        """What wants something."""
        return self._store.print_counts()

    def _event(self, action: str, job: PrintJob) -> AuditEvent:
        details = {"job": job.job_id, "printer": job.slot}
        return AuditEvent(self._clock.now(), self._duty.clerk, action, job.paper_number, details)

    def _remember(self, paper: RenderedPaper) -> None:
        with self._lock:
            self._made[paper.paper.number, paper.paper.reprint] = paper
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)


def as_result(work: Callable[[], T]) -> Callable[[], T | YichuangError]:
    """The same work with its error as its result: a printer must not stay taken because a task failed."""

    def run() -> T | YichuangError:
        try:
            return work()
        except YichuangError as error:
            return error
        except Exception as error:
            log.exception("print desk")
            todo = "本次操作未完成，数据未丢失；请重试并告知技术支持。"
            return Defect("程序内部错误", f"{type(error).__name__}", todo)

    return run


def _cannot(job: PrintJob) -> RenderedPaper:
    raise EnvironmentProblem("找不到这份文书", "没有保存它的文件。", "请重印一份。")


def _case_of(paper: RenderedPaper) -> str:
    """A case that must be stored before the paper is printed; "" for a paper of nothing that was accepted."""
    return next((case.case_id for case in paper.paper.cases if case.state is not CaseState.DRAFT), "")


def _again(job: PrintJob) -> bool:
    """Can this job's paper be made from its case?"""
    return bool(job.case_id) and job.kind == PaperKind.ACCEPTANCE_NOTICE


def _tail(size: str) -> str:
    """Of a job's id: a paper on two sheets of different sizes is two jobs."""
    return "-strip" if is_strip(size) else f"-{size}" if is_reshaped(size) else ""


def _to_png(picture: Picture) -> bytes:
    import cv2

    return cv2.imencode(".png", picture)[1].tobytes()


def _from_png(data: bytes) -> Picture:
    import cv2
    import numpy as np

    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise EnvironmentProblem("这份文书读不出来", "保存的图像已损坏。", "请补打一份。")
    return picture.astype(np.uint8)
