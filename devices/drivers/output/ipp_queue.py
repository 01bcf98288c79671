"""A printer or a CUPS queue over IPP/2.0 (RFC 8011): a document is sent and its job followed to its end.

What is refused on the way is taken back from the printer (Cancel-Job) before the call returns, so that the same paper
can be sent again, or elsewhere, and nothing comes out twice. Where that cannot be made sure of, the outcome is UNKNOWN,
or known and `partly`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from devices.drivers.links.tcp import Lost
from devices.drivers.output.ipp_link import IppLink, Op, Place, Status
from devices.drivers.output.ipp_state import JobReport, JobState, PrinterState, Troubles, job_report, printer_state
from devices.drivers.output.ipp_wire import JOB, PRINTER, Attributes, Message, Tag, Typed, number, texts
from devices.failure import Failure
from devices.outcome import Outcome, Reply

_LOOK = "可能已经打印，请到打印机处查看"
_USER = "requesting-user-name"
_WHO = "yichuang"
_PRINTER_ASKED = (
    "printer-name",
    "printer-make-and-model",
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "document-format-supported",
    "operations-supported",
)
_JOB_ASKED = (
    "job-state",
    "job-state-reasons",
    "job-impressions-completed",
    "job-media-sheets-completed",
    "time-at-processing",
)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. every: between two looks at a job; whole: until one that only stands in line, or prints and prints, is
    given up; held: until one that is held is; back: to take one back."""

    every: float = 0.3
    whole: float = 120.0
    held: float = 3.0
    back: float = 3.0


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed. job_id is part of the job's name at the printer, by which it is known again."""

    data: bytes
    mime: str
    job_id: str
    title: str

    @property
    def name(self) -> str:
        """At most 255 octets, the id whole."""
        tail = f" [{self.job_id}]"
        return self.title.encode()[: 255 - len(tail.encode())].decode("utf-8", "ignore") + tail


class IppQueue:
    """One printer. Used by one thread; `interrupt` may come from another, after its event was set."""

    def __init__(self, place: Place, troubles: Troubles, stop: threading.Event, pace: Pace) -> None:
        self.place = place
        self._troubles = troubles
        self._stop = stop
        self._pace = pace
        self._link = IppLink(place, stop)
        self._spooler = False
        self._created: int | None = None

    def interrupt(self) -> None:
        self._link.interrupt()

    def close(self) -> None:
        self._link.close()

    def state(self, timeout: float = 10.0, connect: float = 3.0) -> PrinterState:
        """What the printer says of itself. Failure: DISCONNECTED, FAULT, BUSY, CANCELLED."""
        link = self._link if timeout == 10.0 else IppLink(self.place, self._stop, timeout, connect)
        try:
            answer = link.ask(Op.GET_PRINTER, about=_wanted(_PRINTER_ASKED))
        except Lost as lost:
            raise Failure(Outcome.DISCONNECTED, lost.detail) from lost
        finally:
            if link is not self._link:
                link.close()
        if answer.code >= 0x0100:
            raise _failure(answer.code)
        state = printer_state(answer.group(PRINTER), self._troubles)
        self._spooler = self._spooler or state.spooler
        return state

    def print(self, document: Document, wishes: Attributes) -> Reply[str]:
        """Send a document and follow it. The value is the printer's number of the job. Never raises Failure or Lost."""
        sending = False
        self._created = None
        try:
            state = self.state()
            if refusal := self._refusal(state, document.mime):
                return refusal
            known = self._known(document.name)
            if known is not None:
                return known if isinstance(known, Reply) else self._follow(known, "")
            # From here on something may be at the printer.
            sending = True
            job, remark = self._send(document, wishes, Op.CREATE_JOB in state.operations)
            return self._follow(job, remark or state.remark)
        except (Lost, Failure) as trouble:
            if not sending:
                outcome = trouble.outcome if isinstance(trouble, Failure) else Outcome.DISCONNECTED
                return Reply(outcome, detail=trouble.detail)
            if isinstance(trouble, _Rejected):
                return trouble.reply
            return self._lost(document.name, trouble)
        finally:
            self._link.close()

    # ------------------------------------------------------------------------------------------------ before

    def _refusal(self, state: PrinterState, mime: str) -> Reply[str] | None:
        if state.trouble is not None:
            return state.trouble
        if not state.accepting:
            return Reply(Outcome.FAULT, detail="打印队列不接收新任务，请在打印机或系统的打印设置中恢复")
        if state.formats and mime not in state.formats:
            return Reply(Outcome.FAULT, detail=f"打印机不支持这种文件（{mime}），请更换打印方式")
        return None

    def _known(self, name: str) -> Reply[str] | int | None:
        """A job of this name from before: the reply when it is printed, its number when it is under way."""
        for which in ("not-completed", "completed"):
            answer = self._link.ask(
                Op.GET_JOBS,
                about={
                    **_wanted(("job-id", "job-name", "job-state")),
                    "which-jobs": Typed(Tag.KEYWORD, which),
                    "limit": Typed(Tag.INTEGER, 50),
                },
            )
            for delimiter, attributes in answer.groups:
                if delimiter == JOB and texts(attributes, "job-name")[:1] == [name]:
                    job, state = number(attributes, "job-id"), number(attributes, "job-state") or 0
                    if job is None or state in (JobState.CANCELED, JobState.ABORTED):
                        continue
                    done = Reply(Outcome.OK, str(job), "此前已打印，未重复发送")
                    return done if state == JobState.COMPLETED else job
        return None

    # ----------------------------------------------------------------------------------------------- sending

    def _send(self, document: Document, wishes: Attributes, in_two_steps: bool) -> tuple[int, str]:
        """The job's number and a remark. _Rejected: the printer did not take it."""
        named: dict[str, Typed] = {
            "job-name": Typed(Tag.NAME, document.name),
            "ipp-attribute-fidelity": Typed(Tag.BOOLEAN, False),
        }
        form: dict[str, Typed] = {"document-format": Typed(Tag.MIME, document.mime)}
        if not in_two_steps:
            answer = self._taken(Op.PRINT_JOB, {**_asker(), **named, **form}, wishes, document.data)
            return _job_of(answer), _remark(answer)
        # The number first, so that a connection that breaks under the document leaves something to ask about.
        answer = self._taken(Op.CREATE_JOB, {**_asker(), **named}, wishes)
        job = self._created = _job_of(answer)
        whole = {**_about(job), **form, "last-document": Typed(Tag.BOOLEAN, True)}
        try:
            self._taken(Op.SEND_DOCUMENT, whole, None, document.data)
        except _Rejected:
            self._take_back(job)
            raise
        return job, _remark(answer)

    def _taken(self, operation: Op, about: Attributes, wishes: Attributes | None, data: bytes = b"") -> Message:
        answer = self._link.ask(operation, about=about, job=wishes, data=data)
        if answer.code >= 0x0100:
            raise _Rejected(_failure(answer.code))
        return answer

    # --------------------------------------------------------------------------------------------- following

    def _follow(self, job: int, remark: str) -> Reply[str]:
        begun = time.monotonic()
        held_since: float | None = None
        troubled = False
        while True:
            try:
                report = self._report(job)
                state = self.state()
            except Lost as lost:
                return Reply(Outcome.UNKNOWN, detail=f"{lost.detail}，{_LOOK}")
            except Failure as failure:
                if failure.outcome is Outcome.CANCELLED:
                    return self._give_up(job, Reply(Outcome.CANCELLED, detail="已取消打印"))
                return Reply(Outcome.UNKNOWN, detail=f"{failure.detail}，{_LOOK}")
            if report is None:
                return Reply(Outcome.UNKNOWN, detail=f"打印机不再认得这个任务，{_LOOK}")
            if report.ended:
                return _end(job, report, remark or state.remark)
            now = time.monotonic()
            held_since = (held_since or now) if report.state == JobState.HELD else None
            if held_since is not None and now - held_since > self._pace.held:
                return self._give_up(job, Reply(Outcome.FAULT, detail="打印任务被扣留，请检查打印队列的设置"))
            # Twice, for a reason may stand for a moment while the printer changes trays.
            if state.trouble is not None and troubled:
                return self._give_up(job, state.trouble)
            troubled = state.trouble is not None
            if now - begun > self._pace.whole:
                if report.state == JobState.PENDING:
                    return self._give_up(job, Reply(Outcome.BUSY, detail="打印机正忙于其他任务，请稍候"))
                return Reply(Outcome.UNKNOWN, detail=f"打印机一直没有报告打完，{_LOOK}")
            if self._stop.wait(self._pace.every):
                return self._give_up(job, Reply(Outcome.CANCELLED, detail="已取消打印"))

    def _report(self, job: int) -> JobReport | None:
        answer = self._link.ask(Op.GET_JOB, about={**_about(job), **_wanted(_JOB_ASKED)})
        if answer.code == Status.NOT_FOUND:
            return None
        if answer.code >= 0x0100:
            raise _failure(answer.code)
        return job_report(answer.group(JOB))

    def _give_up(self, job: int, why: Reply[str]) -> Reply[str]:
        """Take the job back. What is returned holds also when it could not be taken back."""
        report = self._take_back(job)
        if report is not None and report.state == JobState.COMPLETED:
            return _end(job, report, "")
        nothing = report is not None and (report.begun is False or (report.pages == 0 and not self._spooler))
        if report is not None and report.ended and not report.stopping and nothing:
            return why
        if why.outcome is Outcome.CANCELLED or report is None or not report.ended:
            return Reply(Outcome.UNKNOWN, detail=f"{why.detail}。{_LOOK}")
        out = f"已打出 {report.pages} 面" if report.pages else "可能已打出一部分"
        return Reply(why.outcome, detail=f"{why.detail}。{out}，请核对后重打", partly=True)

    def _take_back(self, job: int) -> JobReport | None:
        """Cancel a job and see it end. None: the printer does not say."""
        # The call may be ending because it was cancelled; this must still be asked.
        link = IppLink(self.place, threading.Event(), timeout=1.0, connect=1.0)
        until = time.monotonic() + (1.0 if self._stop.is_set() else self._pace.back)
        report = None
        try:
            link.ask(Op.CANCEL_JOB, about=_about(job))
            while time.monotonic() < until:
                answer = link.ask(Op.GET_JOB, about={**_about(job), **_wanted(_JOB_ASKED)})
                report = job_report(answer.group(JOB))
                if report is None or (report.ended and not report.stopping):
                    break
                time.sleep(min(0.1, self._pace.every))
        except (Lost, Failure):
            return None
        finally:
            link.close()
        return report

    def _lost(self, name: str, why: Lost | Failure) -> Reply[str]:
        """The call ended, or the connection broke, while the document was on its way: what became of the job?"""
        self._link.close()
        if isinstance(why, Failure) and why.outcome is Outcome.CANCELLED:
            lost: Reply[str] = Reply(Outcome.CANCELLED, detail="已取消打印")
        else:
            lost = Reply(Outcome.DISCONNECTED, detail=why.detail)
        job = self._created
        if job is None and not self._stop.is_set():
            try:
                found = self._known(name)
            except (Lost, Failure):
                found = None
            if isinstance(found, Reply):
                return found
            job = found
        if job is None:
            return Reply(Outcome.UNKNOWN, detail=f"{lost.detail}，{_LOOK}")
        try:
            report = self._report(job)
        except (Lost, Failure):
            report = None
        # One that still waits for its document, or for nobody any more, never becomes a paper.
        if report is None or "job-incoming" in report.reasons:
            return self._give_up(job, lost)
        return self._follow(job, "")


class _Rejected(Failure):
    """The printer answered that it takes no such job: nothing is left there."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.outcome, failure.detail)


def _end(job: int, report: JobReport, remark: str) -> Reply[str]:
    if report.state != JobState.COMPLETED:
        # Whoever stopped it there may have wanted it so: not repeated unasked.
        what = "在打印机上被取消" if report.state == JobState.CANCELED else "被打印机放弃"
        return Reply(Outcome.UNKNOWN, detail=f"打印任务{what}，请到打印机处查看")
    if "job-completed-with-errors" in report.reasons:
        return Reply(Outcome.UNKNOWN, detail="打印机报告打印时有错误，请查看打出的纸")
    if "queued-in-device" in report.reasons:
        remark = remark or "已交给打印设备，设备不反馈打印结果"
    return Reply(Outcome.OK, str(job), remark)


def _failure(code: int) -> Failure:
    """What a refusal means."""
    known: Mapping[int, tuple[Outcome, str]] = {
        Status.BUSY: (Outcome.BUSY, "打印机正忙，请稍候"),
        Status.NOT_ACCEPTING: (Outcome.FAULT, "打印队列不接收新任务，请在打印机或系统的打印设置中恢复"),
        Status.UNAVAILABLE: (Outcome.BUSY, "打印服务暂不可用，请稍候"),
        Status.DEVICE: (Outcome.FAULT, "打印机报告设备故障，请查看打印机"),
        Status.NOT_FOUND: (Outcome.FAULT, "打印机上没有这个打印队列，请检查设备地址"),
        Status.FORMAT: (Outcome.FAULT, "打印机不支持这种文件，请更换打印方式"),
        Status.ATTRIBUTES: (Outcome.FAULT, "打印机不支持所选的纸张或单双面，请检查设备地址中的参数"),
        Status.OPERATION: (Outcome.FAULT, "打印机不支持所需的打印功能，请更换打印方式"),
    }
    if code in (Status.FORBIDDEN, Status.NOT_AUTHENTICATED, Status.NOT_AUTHORIZED):
        return Failure(Outcome.FAULT, "打印机拒绝了本机的请求，请管理员允许本机打印")
    outcome, words = known.get(code, (Outcome.FAULT, f"打印机拒绝了请求（IPP {code:04x}）"))
    return Failure(outcome, words)


def _wanted(names: tuple[str, ...]) -> dict[str, Typed | tuple[Typed, ...]]:
    return {_USER: Typed(Tag.NAME, _WHO), "requested-attributes": tuple(Typed(Tag.KEYWORD, name) for name in names)}


def _asker() -> dict[str, Typed]:
    return {_USER: Typed(Tag.NAME, _WHO)}


def _about(job: int) -> dict[str, Typed]:
    return {"job-id": Typed(Tag.INTEGER, job), **_asker()}


def _job_of(answer: Message) -> int:
    job = number(answer.group(JOB), "job-id")
    if job is None:
        raise Lost("打印机没有告知任务编号")
    return job


def _remark(answer: Message) -> str:
    return "打印机没有采用全部打印设置，请核对纸张和单双面" if answer.code == Status.SUBSTITUTED else ""
