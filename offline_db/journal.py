"""The window's small records: numbers given out, prints, settings."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from app.domain.errors import Defect, Refused
from app.domain.numbering import BLOCKS_FROM
from offline_db.part import StorePart
from offline_db.schema import counters, prints, settings

MAX_COUNTER = BLOCKS_FROM - 1
"""The day's counter has four digits; the highest belong to visit packs (app.domain.numbering)."""

NOT_PRINTED = frozenset(
    [
        "NOT_PRESENT",
        "BUSY",
        "TIMEOUT",
        "DENIED_BY_USER",
        "UNREADABLE",
        "OUT_OF_PAPER",
        "DISCONNECTED",
        "FAULT",
        "CANCELLED",
    ]
)
"""Outcomes (devices.outcome) after which no good paper can be in anybody's hands, or a person has said so (CANCELLED).
Drivers say UNKNOWN whenever something was sent and its fate is open (devices.base), so after OK, UNKNOWN, no recorded
end, or a word not listed here, the paper may exist."""

PRINT_UNKNOWN = "UNKNOWN"


class JournalPart(StorePart):
    """The store's small records."""

    def reserve_numbers(self, window_id: str, day: dt.date, count: int) -> tuple[int, ...]:
        """The next `count` counters of the window for that day in legal time, from 1 on.

        Committed by themselves before they are handed out: a number is never given twice, whatever happens to the
        case, and a number whose case was never accepted stays unused. Refused when the day's numbers run out.
        """
        if count < 1:
            raise ValueError(f"count: {count}")
        where = sa.and_(counters.c.window_id == window_id, counters.c.day == day.isoformat())
        with self._db.write() as connection:
            last = connection.scalar(sa.select(counters.c.last).where(where))
            first, new = (last or 0) + 1, (last or 0) + count
            if new > MAX_COUNTER:
                raise Refused(
                    "今日流水号已用完",
                    f"本窗口今天的受理流水号已到 {MAX_COUNTER} 号。",
                    "请换一个窗口继续受理，并联系运维人员。",
                )
            if last is None:
                connection.execute(sa.insert(counters).values(window_id=window_id, day=day.isoformat(), last=new))
            else:
                connection.execute(sa.update(counters).where(where).values(last=new))
        return tuple(range(first, new + 1))

    def print_started(self, job_id: str, paper_number: str) -> None:
        """To be called before anything is sent to a printer; on the disk when this returns.

        Refused when the job may already be on paper: it was printed, is being printed, or how it ended is not
        known. A wanted second paper is a reprint with a job_id of its own.
        """
        with self._db.write() as connection:
            row = connection.execute(sa.select(prints).where(prints.c.job_id == job_id)).first()
            if row is not None and row.outcome not in NOT_PRINTED:
                raise Refused(
                    "这份文书可能已经打出",
                    "同一份文书已送往打印机，再送一次会多出一份。",
                    "请先到打印机查看；确需再打一份时请使用“补打”。",
                )
            connection.execute(sa.delete(prints).where(prints.c.job_id == job_id))
            connection.execute(
                sa.insert(prints).values(job_id=job_id, paper_number=paper_number, started_at=self._now())
            )

    def print_ended(self, job_id: str, outcome: str) -> None:
        """How the job ended (a devices.outcome.Outcome). Defect for a job that was never started."""
        with self._db.write() as connection:
            statement = sa.update(prints).where(prints.c.job_id == job_id)
            updated = connection.execute(statement.values(outcome=str(outcome), ended_at=self._now()))
            if updated.rowcount != 1:
                raise Defect("打印记录出错", "有一份文书没有登记就送去打印了。")

    def print_outcome(self, job_id: str) -> str | None:
        """How the job ended; UNKNOWN when it was started and its end never recorded; None when never started."""
        with self._db.read() as connection:
            row = connection.execute(sa.select(prints.c.outcome).where(prints.c.job_id == job_id)).first()
        return None if row is None else row.outcome or PRINT_UNKNOWN

    def setting(self, key: str) -> str | None:
        """A value kept for the program; None when never set."""
        with self._db.read() as connection:
            return connection.scalar(sa.select(settings.c.value).where(settings.c.key == key))

    def set_setting(self, key: str, value: str) -> None:
        """Keep a value; on the disk when this returns."""
        with self._db.write() as connection:
            connection.execute(sa.delete(settings).where(settings.c.key == key))
            connection.execute(sa.insert(settings).values(key=key, value=value))
