"""A page or card printer that speaks IPP/2.0 over HTTP: it counts its pages and says what it lacks, in mid-job too.

Written from RFC 8010 and 8011. Pages come one in `page_seconds`; a job is written to the folder when its last one is
out.
"""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from devices.drivers.output.ipp_link import Op, Status
from devices.drivers.output.ipp_state import STOPPED, JobState
from devices.drivers.output.ipp_wire import (
    JOB,
    OPERATION,
    PRINTER,
    Attributes,
    Malformed,
    Message,
    Tag,
    Typed,
    decode,
    number,
    texts,
)
from devices.drivers.output.ipp_wire import encode as encode_message
from devices.emulators.links.tcp import TcpEmulator, hang_up_hard
from devices.emulators.output.escpos_printer import write_numbered

STOPS = {
    "media-empty": "media-empty-error",
    "paper-out": "media-empty-error",
    "media-needed": "media-needed",
    "jam": "media-jam",
    "cover-open": "cover-open",
    "toner-empty": "toner-empty-error",
    "ribbon-empty": "marker-supply-empty-error",
    "paused": "paused",
}
"""Faults that stop the printer, and what it then calls them."""
FAULTS = frozenset(
    {
        *STOPS,  # it stands from the start; a job waits
        "runs-out",  # the paper ends after the first page of a job
        "jam-inside",  # a sheet gets stuck after the first page of a job
        "toner-low",
        "held",  # holds each job
        "cancelled-there",  # somebody cancels the job at the printer
        "aborted",  # gives the job up
        "errors",  # prints it, and reports errors
        "refuses-jobs",
        "busy",  # answers that it is busy
        "no-pdf",  # takes no PDF
        "no-create-job",  # an old one, which only knows Print-Job
        "keeps-job",  # does not obey Cancel-Job
        "forgets",  # does not know its jobs any more
        "stall",  # prints and prints
        "torn",  # hangs up in the middle of an answer
        "torn-job",  # loses power while it takes the document
        "lost-answer",  # takes the document and hangs up before it answers
        "slow",  # takes half a second for each answer
        "gone",  # hangs up on every request
        "silent",  # never answers
        "garbage",  # answers something else
        "http-500",
    }
)


@dataclass
class Job:
    """A job as the printer keeps it. at: when its state last changed."""

    number: int
    name: str
    wishes: dict[str, list[object]] = field(default_factory=dict)
    state: int = JobState.PENDING
    reasons: tuple[str, ...] = ("job-incoming",)
    mime: str = ""
    data: bytes = b""
    pages: int = 0
    done: int = 0
    begun: float | None = None
    fate: str = ""


Write = Callable[[Path, bytes], None]


class IppPrinterEmulator(TcpEmulator):
    """Prints into a folder, made when needed: job-0001.pdf, byte for byte what came. `jobs`: all, in order."""

    model = "Yichuang 模拟打印机"

    def __init__(
        self,
        out: Path,
        mime: str = "application/pdf",
        write: Write | None = None,
        tls: ssl.SSLContext | None = None,
        page_seconds: float = 0.05,
    ) -> None:
        super().__init__(FAULTS)
        self.out = out
        self.page_seconds = page_seconds
        self.jobs: list[Job] = []
        self._mime = mime
        self._write = write or (lambda folder, data: void(write_numbered(folder, "job", "pdf", data)))
        self._tls = tls
        self._guard = threading.Lock()

    def start(self) -> None:
        super().start()
        self._spawn(self._work)

    # ------------------------------------------------------------------------------------------------ printing

    def _work(self) -> None:
        while not self._stopping.wait(self.page_seconds):
            with self._guard:
                job = next((job for job in self.jobs if job.state < JobState.CANCELED and job.data), None)
                if job is not None:
                    self._one_page(job)

    def _one_page(self, job: Job) -> None:
        if self.faults.on("held"):
            job.state, job.reasons = JobState.HELD, ("job-hold-until-specified",)
            return
        if job.done and not job.fate and job.done < job.pages:
            job.fate = next((name for name in ("runs-out", "jam-inside") if self.faults.on(name)), "")
        if self._stands(job):
            job.state, job.reasons = (JobState.STOPPED, ("printer-stopped",)) if job.begun else (job.state, job.reasons)
            return
        job.state, job.reasons = JobState.PROCESSING, ("job-printing",)
        job.begun = job.begun or time.monotonic()
        if self.faults.on("stall"):
            return
        if self.faults.on("cancelled-there"):
            job.state, job.reasons = JobState.CANCELED, ("job-canceled-at-device",)
        elif self.faults.on("aborted"):
            job.state, job.reasons = JobState.ABORTED, ("document-format-error",)
        else:
            job.done += 1
            if job.done >= job.pages:
                self._write(self.out, job.data)
                failed = self.faults.on("errors")
                job.reasons = ("job-completed-with-errors" if failed else "job-completed-successfully",)
                job.state = JobState.COMPLETED

    def refill(self) -> None:
        """Somebody saw to the paper that ended, or to the sheet that got stuck, in mid-job."""
        self.faults.clear()
        with self._guard:
            for job in self.jobs:
                job.fate = ""

    def _stands(self, job: Job | None = None) -> tuple[str, ...]:
        found = [word for fault, word in STOPS.items() if self.faults.on(fault)]
        fates = {"runs-out": "media-empty-error", "jam-inside": "media-jam-error"}
        jobs = [job] if job else [job for job in self.jobs if job.state < JobState.CANCELED]
        return tuple(dict.fromkeys([*found, *(fates[one.fate] for one in jobs if one.fate)]))

    # ------------------------------------------------------------------------------------------------ the wire

    def serve(self, connection: socket.socket) -> None:
        with contextlib.ExitStack() as stack:
            if self._tls is not None:
                connection.settimeout(5)
                connection = stack.enter_context(self._tls.wrap_socket(connection, server_side=True))
            connection.settimeout(0.05)
            while (raw := self._request(connection)) is not None:
                if not self._answer(connection, raw):
                    return

    def _request(self, connection: socket.socket) -> bytes | None:
        """The body of the next request; None when the client hung up."""
        buffer = bytearray()
        while b"\r\n\r\n" not in buffer:
            part = self._some(connection)
            if not part:
                return None
            buffer += part
        head, _, rest = bytes(buffer).partition(b"\r\n\r\n")
        if re.search(rb"(?i)expect:\s*100-continue", head):
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        chunked = re.search(rb"(?i)transfer-encoding:\s*chunked", head)
        length = re.search(rb"(?i)content-length:\s*(\d+)", head)
        body = bytearray(rest)
        whole: bytes | None = None
        while (whole := _unchunked(body) if chunked else _of_length(body, int(length[1]) if length else 0)) is None:
            if len(body) > 2000 and self.faults.on("torn-job"):
                hang_up_hard(connection)
                return None
            part = self._some(connection)
            if not part:
                return None
            body += part
        return whole

    def _some(self, connection: socket.socket) -> bytes:
        while not self.stopping:
            try:
                return connection.recv(4096)
            except (TimeoutError, ssl.SSLWantReadError):
                continue
        return b""

    def _answer(self, connection: socket.socket, raw: bytes) -> bool:
        """Answer one request; False when the connection is over."""
        if self.faults.on("gone"):
            hang_up_hard(connection)
            return False
        if self.faults.on("silent"):
            self._stopping.wait()
            return False
        if self.faults.on("http-500"):
            connection.sendall(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")
            return True
        try:
            request = decode(raw)
        except Malformed:
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            return True
        if self.faults.on("slow"):
            self._stopping.wait(0.5)
        code, groups = self._handle(request)
        if request.data and self.faults.on("lost-answer"):
            hang_up_hard(connection)
            return False
        general: dict[str, Typed] = {
            "attributes-charset": Typed(Tag.CHARSET, "utf-8"),
            "attributes-natural-language": Typed(Tag.LANGUAGE, "zh-cn"),
        }
        body = encode_message(code, request.request_id, [(OPERATION, general), *groups], request.version)
        if self.faults.on("garbage"):
            body = b"<html>\xff" * 8
        whole = b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        if self.faults.on("torn"):
            connection.sendall(whole[: len(whole) - len(body) // 2])
            return False
        connection.sendall(whole)
        return True

    # ---------------------------------------------------------------------------------------------- operations

    def _handle(self, request: Message) -> tuple[int, list[tuple[int, Attributes]]]:
        asked = request.group(OPERATION)
        with self._guard:
            match request.code:
                case Op.GET_PRINTER:
                    return Status.OK, [(PRINTER, self._printer())]
                case Op.VALIDATE_JOB:
                    return Status.OK, []
                case Op.GET_JOBS:
                    ended = texts(asked, "which-jobs") == ["completed"]
                    fits = [job for job in self.jobs if (job.state >= JobState.CANCELED) is ended]
                    return Status.OK, [(JOB, _listed(job)) for job in fits]
                case Op.PRINT_JOB | Op.CREATE_JOB:
                    return self._new(request)
            job = self._job(asked)
            if job is None:
                return Status.NOT_FOUND, []
            match request.code:
                case Op.SEND_DOCUMENT:
                    return self._document(job, request)
                case Op.GET_JOB:
                    return Status.OK, [(JOB, _reported(job))]
                case Op.CANCEL_JOB:
                    if job.state >= JobState.CANCELED or self.faults.on("keeps-job"):
                        return Status.NOT_POSSIBLE, []
                    job.state, job.reasons = JobState.CANCELED, ("job-canceled-by-user",)
                    return Status.OK, []
        return Status.OPERATION, []

    def _new(self, request: Message) -> tuple[int, list[tuple[int, Attributes]]]:
        if self.faults.on("busy"):
            return Status.BUSY, []
        if self.faults.on("refuses-jobs"):
            return Status.NOT_ACCEPTING, []
        if request.code == Op.CREATE_JOB and self.faults.on("no-create-job"):
            return Status.OPERATION, []
        name = "".join(texts(request.group(OPERATION), "job-name"))
        job = Job(len(self.jobs) + 1, name, dict(request.group(JOB)))
        self.jobs.append(job)
        if request.code == Op.PRINT_JOB:
            code, groups = self._document(job, request)
            if code >= 0x0100:
                self.jobs.remove(job)
            return code, groups
        return Status.OK, [(JOB, _reported(job))]

    def _document(self, job: Job, request: Message) -> tuple[int, list[tuple[int, Attributes]]]:
        mime = "".join(texts(request.group(OPERATION), "document-format"))
        if mime not in (self._mime, "application/octet-stream"):
            return Status.FORMAT, []
        copies = number(job.wishes, "copies") or 1
        job.data, job.mime, job.reasons = request.data, mime, ("job-queued",)
        job.pages = copies * max(1, len(re.findall(rb"/Type\s*/Page\b", request.data)))
        return Status.OK, [(JOB, _reported(job))]

    def _job(self, asked: dict[str, list[object]]) -> Job | None:
        wanted = number(asked, "job-id")
        if wanted is None:  # CUPS names a job by its address
            wanted = next((int(u.rsplit("/", 1)[1]) for u in texts(asked, "job-uri") if u[-1:].isdigit()), None)
        if self.faults.on("forgets"):
            return None
        return next((job for job in self.jobs if job.number == wanted), None)

    def _printer(self) -> Attributes:
        reasons = self._stands() + (("toner-low-warning",) if self.faults.on("toner-low") else ())
        running = any(job.state == JobState.PROCESSING for job in self.jobs)
        state = STOPPED if self._stands() else 4 if running else 3
        operations = [int(op) for op in Op if op < 0x4000]
        if self.faults.on("no-create-job"):
            operations = [op for op in operations if op not in (Op.CREATE_JOB, Op.SEND_DOCUMENT)]
        mime = "image/urf" if self.faults.on("no-pdf") else self._mime
        return {
            "printer-name": Typed(Tag.NAME, "yichuang"),
            "printer-make-and-model": Typed(Tag.TEXT, self.model),
            "printer-state": Typed(Tag.ENUM, state),
            "printer-state-reasons": [Typed(Tag.KEYWORD, reason) for reason in reasons or ("none",)],
            "printer-is-accepting-jobs": Typed(Tag.BOOLEAN, not self.faults.on("refuses-jobs")),
            "document-format-supported": Typed(Tag.MIME, mime),
            "operations-supported": [Typed(Tag.ENUM, op) for op in operations],
            "ipp-versions-supported": [Typed(Tag.KEYWORD, version) for version in ("1.1", "2.0")],
            "copies-supported": Typed(Tag.INTEGER, 9),
        }


def _listed(job: Job) -> Attributes:
    return {
        "job-id": Typed(Tag.INTEGER, job.number),
        "job-name": Typed(Tag.NAME, job.name),
        "job-state": Typed(Tag.ENUM, job.state),
    }


def _reported(job: Job) -> Attributes:
    made: dict[str, Typed | Iterable[Typed]] = {
        **_listed(job),
        "job-uri": Typed(Tag.URI, f"ipp://127.0.0.1/ipp/print/{job.number}"),
        "job-state-reasons": [Typed(Tag.KEYWORD, reason) for reason in job.reasons],
        "job-impressions-completed": Typed(Tag.INTEGER, job.done),
    }
    if job.begun:
        made["time-at-processing"] = Typed(Tag.INTEGER, max(1, int(job.begun)))
    return made


def _of_length(body: bytearray, wanted: int) -> bytes | None:
    return bytes(body) if len(body) >= wanted else None


def _unchunked(body: bytearray) -> bytes | None:
    """The body that came in chunks (RFC 9112 §7.1), as CUPS sends its own; None until its last one is there."""
    whole, at = bytearray(), 0
    while (line := body.find(b"\r\n", at)) >= 0:
        size = int(bytes(body[at:line]).split(b";")[0], 16)
        end = line + 2 + size
        if len(body) < end + 2:
            return None
        if size == 0:
            return bytes(whole)
        whole += body[line + 2 : end]
        at = end + 2
    return None


def void(_: object) -> None:
    """For a callback whose value nobody wants."""
