"""Papers on their way to a printer 打印任务: one job, one sheet set, at most once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

AGAIN = -1
"""A job's `reprint` until its turn comes: a further print, whose number is given when it is made."""


DAY_REPORT = "日报"
"""The kind of a print that is no paper of a case: the window's own report of a day."""


class PrintState(StrEnum):
    """Where a job stands."""

    HELD = "held"
    """Kept back until the clerk says so."""
    WAITING = "waiting"
    SENDING = "sending"
    UNKNOWN = "unknown"
    """Sent, and its fate is open: only a person can look."""
    PRINTED = "printed"
    CANCELLED = "cancelled"


ON_PAPER = frozenset((PrintState.SENDING, PrintState.UNKNOWN, PrintState.PRINTED))
"""States in which a paper may be in somebody's hands."""


class BatchState(StrEnum):
    """Where a batch stands."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


STRIP_SIZES = ("80mm", "58mm")
"""Widths of receipt strips; every other size is a sheet."""


SHAPES = ("A4", "A4-large", "A5", "A5-large")
"""Sheets that a paper of a case can be made on: the first as it is issued, `-large` in larger type."""


def is_reshaped(size: str) -> bool:
    """Is this another sheet than that on which papers are issued?"""
    return size in SHAPES[1:]


def is_strip(size: str) -> bool:
    """Does this size come out of a receipt printer?"""
    return size in STRIP_SIZES


def strip_size(width_dots: int) -> str:
    """The strip of a print head with so many dots a line: 576 for 80 mm, 384 for 58 mm."""
    return "80mm" if width_dots >= 512 else "58mm"


@dataclass(frozen=True, slots=True)
class PrintTarget:
    """Where a paper goes: a printer's slot, the paper size there, how many, and whether the clerk looks at it first."""

    slot: str
    size: str
    copies: int = 1
    held: bool = False


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One job. job_id is stable: whoever asks for the same paper again gets the same job.

    kind: the paper's official name. slot: the printer's place at the counter. size: of SHAPES or STRIP_SIZES.
    reprint: the paper's number of reprint, or AGAIN. case_id: a case that the paper speaks of, "" for none.
    sealed: SHA-256 in the vault of what is sent, "" when it is made anew from the case. tries: how often a person said
    that nothing came out. detail: what the printer said last, Chinese. applicant: of the case, as stored; "" when unknown.
    """

    job_id: str
    paper_number: str
    kind: str
    slot: str
    size: str
    queued_at: dt.datetime
    state: PrintState = PrintState.WAITING
    reprint: int = 0
    case_id: str = ""
    sealed: str = ""
    batch_id: str = ""
    position: int = 0
    """In its batch, from 1 on."""
    reason: str = ""
    """Why it is printed again."""
    clerk: str = ""
    tries: int = 0
    outcome: str = ""
    """The printer's own last word (devices.outcome)."""
    detail: str = ""
    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    applicant: str = ""


@dataclass(frozen=True, slots=True)
class PrintCounts:
    """Jobs that want something: waiting for a printer, kept back, or with an open fate."""

    waiting: int = 0
    held: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """A batch and how far it has come. unknown, cancelled: counted apart from printed."""

    batch_id: str
    title: str
    slot: str
    state: BatchState
    made_at: dt.datetime
    total: int
    printed: int
    unknown: int
    cancelled: int

    @property
    def left(self) -> int:
        """Jobs still to be sent."""
        return self.total - self.printed - self.unknown - self.cancelled


@dataclass(frozen=True, slots=True)
class BatchPaper:
    """A paper that a batch may print. sealed: its first print in the vault. printed: it may be on paper already."""

    case_id: str
    number: str
    applicant: str
    accepted_at: dt.datetime
    cases: int
    sealed: str
    printed: bool
