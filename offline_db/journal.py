"""The window's small records: numbers given out, settings."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from app.domain.errors import Refused
from app.domain.numbering import BLOCKS_FROM
from offline_db.part import StorePart
from offline_db.schema import counters, settings

MAX_COUNTER = BLOCKS_FROM - 1
"""The day's counter has four digits; the highest belong to visit packs (app.domain.numbering)."""


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

    def setting(self, key: str) -> str | None:
        """A value kept for the program; None when never set."""
        with self._db.read() as connection:
            return connection.scalar(sa.select(settings.c.value).where(settings.c.key == key))

    def set_setting(self, key: str, value: str) -> None:
        """Keep a value; on the disk when this returns."""
        with self._db.write() as connection:
            connection.execute(sa.delete(settings).where(settings.c.key == key))
            connection.execute(sa.insert(settings).values(key=key, value=value))
