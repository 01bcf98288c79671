"""A feed read while eight writers write, roll back and touch each other's rows: not one change is missed.

On a real PostgreSQL. FAULTS=nightly writes for 120 seconds instead of 20.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gateway_kit import NOW
from postgres_kit import cluster
from sqlalchemy import select

from app.domain.clock import FixedClock, SystemClock
from app.gateway.database import Database
from app.gateway.feeds import Feeds
from app.gateway.tables import feed_rows

SECONDS = 120.0 if os.environ.get("FAULTS") == "nightly" else 20.0
WRITERS = 8
LEAST = 60
"""So many rows are written in any case, however slow the machine is at that moment."""
SHARED = 5
"""Rows that all writers change again and again, beside those that each makes."""


class Undone(Exception):
    """Ends a transaction without leaving anything."""


def write_for(feeds: Feeds, database: Database, seconds: float) -> dict[str, int]:
    """Let writers publish at once, their transactions ending out of order, some of them rolled back; the ids that were
    committed, each with its last version."""
    written: dict[str, int] = {}
    lock = threading.Lock()
    for number in range(SHARED):
        feeds.publish("visits", f"shared-{number}", {"id": f"shared-{number}", "version": 0})
    end = time.monotonic() + seconds

    def work(number: int) -> None:
        rng = random.Random(number)
        mine = 0
        while time.monotonic() < end or len(written) < LEAST:
            mine += 1
            own, shared = f"{number}-{mine}", f"shared-{rng.randrange(SHARED)}"
            try:
                with database.write() as connection:
                    feeds.put(connection, "visits", own, {"id": own, "version": 1})
                    time.sleep(rng.uniform(0, 0.01))
                    version = 0
                    if rng.random() < 0.1:
                        # The row's lock is held until the commit: versions rise in the order of the commits.
                        row = select(feed_rows.c.document).where(feed_rows.c.entity_id == shared).with_for_update()
                        connection.execute(row)
                        version = time.monotonic_ns()
                        feeds.put(connection, "visits", shared, {"id": shared, "version": version})
                    if rng.random() < 0.1:
                        raise Undone
            except Undone:
                continue
            with lock:
                written[own] = 1
                if version:
                    written[shared] = max(version, written.get(shared, 0))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return written


def read_while(writing: Callable[[], dict[str, int]], read_page: Callable[[], dict[str, int]]) -> list[str]:
    """What a reader missed that polls while the writers write, and after: a row, or its last version."""
    result: list[dict[str, int]] = []
    writer = threading.Thread(target=lambda: result.append(writing()))
    writer.start()
    seen: dict[str, int] = {}
    while writer.is_alive():
        seen |= read_page()
    writer.join()
    while more := read_page():
        seen |= more
    missed = [name for name, version in result[0].items() if seen.get(name, 0) < version]
    print(f"{len(result[0])} written, {len(missed)} missed")
    assert len(result[0]) >= LEAST
    return missed


def by_cursor(feeds: Feeds) -> Callable[[], dict[str, int]]:
    """Reads on as a window does: all pages that there are now."""
    cursor: list[str | None] = [None]

    def page() -> dict[str, int]:
        found: dict[str, int] = {}
        while True:
            reply = feeds.page("visits", "any", cursor[0], 100)
            cursor[0] = reply["next"]
            found |= {row["id"]: row["version"] for row in reply["items"]}
            if not reply["more"]:
                return found

    return page


@pytest.fixture
def busy_feeds() -> Iterator[tuple[Feeds, Database]]:
    database = Database(cluster().new_database())
    yield Feeds(database, SystemClock()), database
    database.close()


def test_no_row_is_missed_however_many_write(busy_feeds: tuple[Feeds, Database]) -> None:
    feeds, database = busy_feeds
    assert read_while(lambda: write_for(feeds, database, SECONDS), by_cursor(feeds)) == []


def test_the_harness_sees_what_a_plain_sequence_misses(busy_feeds: tuple[Feeds, Database]) -> None:
    """The mutant: `seq > cursor`. If it missed nothing here, the test above would prove nothing."""
    feeds, database = busy_feeds
    cursor = [0]

    def page() -> dict[str, int]:
        with database.read() as connection:
            query = select(feed_rows).where(feed_rows.c.seq > cursor[0]).order_by(feed_rows.c.seq)
            rows = connection.execute(query).all()
        cursor[0] = rows[-1].seq if rows else cursor[0]
        return {row.entity_id: json.loads(row.document)["version"] for row in rows}

    assert read_while(lambda: write_for(feeds, database, 2.0), page)


def test_the_sqlite_feed_misses_nothing_either(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/feeds.db")
    feeds = Feeds(database, FixedClock(NOW))
    assert read_while(lambda: write_for(feeds, database, 1.0), by_cursor(feeds)) == []
    database.close()
