"""What became of the outbox's entries that were sent, by whatever way: the line, or a packet on a stick.

The sync engine says it, the store writes it down; many at once, because each commit costs a write to the disk.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Acked:
    """The gateway took the case under this number."""

    op_id: str
    case_id: str
    case_no: str
    rev: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """The gateway has it: a file, a rating, a part of the trail."""

    op_id: str


@dataclass(frozen=True, slots=True)
class Again:
    """It failed for a passing reason and goes again, under the same key, at next_at. reason: Chinese."""

    op_id: str
    next_at: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """The gateway refuses it for good; a person has to settle it. reason: Chinese."""

    op_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """Its turn did not come (the upload was paused, or the line broke before it): as if it had not been picked."""

    op_id: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Whoever sent it has written down what became of it: an amendment, which may have become another entry. taken: the
    gateway has it."""

    op_id: str
    taken: bool


Outcome = Acked | Arrived | Again | Refusal | Unsent | Noted


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that may leave this machine, without its body. bytes: of its file, or of its body."""

    op_id: str
    case_id: str
    is_file: bool
    bytes: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits to go out by itself. bytes: of the files, plain."""

    records: int = 0
    files: int = 0
    bytes: int = 0

    @property
    def entries(self) -> int:
        return self.records + self.files


@dataclass(frozen=True, slots=True)
class Drain:
    """How far a run of the upload has come: done in this run, and left."""

    done: Backlog
    left: Backlog
