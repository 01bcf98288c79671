"""The encrypted store: how fast a case is on the disk, and how fast it is found among a million.

The peer of the accepts is bare sqlcipher3: the same statements with the same values on a database of the same schema
with the same key and pragmas, a transaction each as the store's, without SQLAlchemy and without our rules.
STORE_CASES sets how many cases the search looks through. Run with -s to see the figures.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher

from app.domain.case import Case, OperationKind
from app.domain.clock import FixedClock
from app.domain.numbering import provisional_number, uuid7
from offline_db import prepared, schema
from offline_db.case_list import CaseFilter
from offline_db.keys import DemoKeys, keyset
from offline_db.profile import Profile
from offline_db.search import name_tokens
from offline_db.store import Store
from tests.offline_db.made_up_cases import AT, WINDOW, made_case, made_event, made_operation
from widgets.dialogs.cases import PAGE

ACCEPTS = 400
ROUND = 50
"""Accepts of one side before the other's turn, so that whatever else the machine does burdens both."""
CASES = int(os.environ.get("STORE_CASES", "1000000"))
SEARCHES = 200
LIMIT = 0.005
"""Seconds."""
Statements = list[tuple[str, Any]]


def opened(folder: Path) -> tuple[Profile, Store]:
    profile = Profile(folder, "demo")
    return profile, Store.open(profile, DemoKeys(folder), FixedClock(AT))


def raw(profile: Profile) -> sqlcipher.Connection:
    """The store's database without the store: the same key and pragmas (offline_db.engine)."""
    connection = sqlcipher.connect(str(profile.database), isolation_level=None)
    key = keyset(profile, DemoKeys(profile.folder)).database
    for pragma in (f"key=\"x'{key.hex()}'\"", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON",
                   "temp_store=MEMORY", "secure_delete=ON", "journal_size_limit=67108864"):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")
    return connection


def accept(store: Store, case: Case) -> None:
    store.accept([case], [made_operation(case), made_operation(case, OperationKind.FILE)], [made_event()])


def statements_of(folder: Path, cases: list[Case]) -> list[Statements]:
    """What the store says to the database for each of these cases, from BEGIN to COMMIT."""
    profile, store = opened(folder)
    said: list[Statements] = []

    class Noting:
        """Stands before the driver's connection."""

        def __init__(self, driver: Any) -> None:
            self._driver = driver

        def execute(self, statement: str, values: Any = ()) -> Any:
            said[-1].append((statement, [values]))
            return self._driver.execute(statement, values)

        def executemany(self, statement: str, values: Any) -> Any:
            said[-1].append((statement, values))
            return self._driver.executemany(statement, values)

    @sa.event.listens_for(store._db.engine, "before_cursor_execute")
    def note(connection: Any, cursor: Any, statement: str, values: Any, context: Any, many: bool) -> None:
        said[-1].append((statement, values if many else [values]))

    with pytest.MonkeyPatch.context() as patch:
        driver = prepared._driver
        patch.setattr(prepared, "_driver", lambda connection: Noting(driver(connection)))
        for case in cases:
            said.append([])
            accept(store, case)
    store.close()
    profile.close()
    return said


def test_an_accept_takes_less_than_twice_the_bare_databases_time(tmp_path: Path) -> None:
    cases = [made_case() for _ in range(ACCEPTS)]
    assert all(len(case.materials) == 3 for case in cases)
    said = statements_of(tmp_path / "said", cases)
    assert sum("INSERT" in statement for statement, _ in said[0]) >= 7
    profile, store = opened(tmp_path / "ours")
    peer_profile, peer_store = opened(tmp_path / "peer")
    peer_store.close()
    peer = raw(peer_profile)
    ours, peers = 0.0, 0.0
    for start in range(0, ACCEPTS, ROUND):
        begun = time.perf_counter()
        for case in cases[start : start + ROUND]:
            accept(store, case)
        between = time.perf_counter()
        for statements in said[start : start + ROUND]:
            # The store's own BEGIN is among them.
            for statement, values in statements:
                for row in values:
                    peer.execute(statement, row).fetchall()
            peer.execute("COMMIT")
        ours += between - begun
        peers += time.perf_counter() - between
    assert len(store.cases(limit=ACCEPTS * 2)) == ACCEPTS
    assert peer.execute("SELECT count(*) FROM cases").fetchone()[0] == ACCEPTS
    peer.close()
    store.close()
    profile.close()
    peer_profile.close()
    print(
        f"\naccepts: {ACCEPTS / ours:.0f}/s, bare database {ACCEPTS / peers:.0f}/s, ratio {peers / ours:.2f}"
        f" ({ours / ACCEPTS * 1000:.2f} ms each)"
    )
    assert peers / ours >= 0.5


class Million:
    """A store with very many cases, and what can be asked of it."""

    SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
    GIVEN = "伟芳娜敏静磊洋艳勇军杰娟涛超明霞平刚桂英华玉兰建国文斌波辉丽萍红志强秀珍海燕鹏飞宇浩然子轩梓涵㛃𠮷䶮𬭚"

    def __init__(self, store: Store, count: int) -> None:
        self.count = count
        self._chance = random.Random(5)
        self._fill(store)

    def name(self, serial: int) -> str:
        chance = random.Random(serial)
        return chance.choice(self.SURNAMES) + chance.choice(self.GIVEN) + chance.choice(self.GIVEN)

    @staticmethod
    def number(serial: int) -> str:
        """Of nobody: the area does not exist, and no check digit is asked for by a search."""
        return f"990101{serial * 7919 % 1000003:06d}{serial % 10**6:06d}"

    @staticmethod
    def provisional(serial: int) -> str:
        return provisional_number(WINDOW.id, AT + dt.timedelta(days=1 + serial // 9999), serial % 9999 + 1)

    @staticmethod
    def case_no(serial: int) -> str:
        return f"1133010600000000004000131001000{serial:08d}"

    def serial(self) -> int:
        return self._chance.randrange(self.count)

    def _fill(self, store: Store) -> None:
        """Rows as the store would write them, many at once; only the way in is another."""
        template = made_case()
        folder = store.profile.folder
        accept(store, template)
        with store._db.read() as connection:
            first = {
                table: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
                for table in (schema.cases, schema.facts, schema.materials)
            }
        columns = [column.name for column in schema.cases.c if column.name != "seq"]
        assert (folder / "store.db").exists()
        with store._db.read() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA synchronous=OFF")
            for start in range(0, self.count, 20_000):
                serials = range(start, min(start + 20_000, self.count))
                ids = [uuid7(AT + dt.timedelta(seconds=serial)) for serial in serials]
                driver.execute("BEGIN IMMEDIATE")
                driver.executemany(
                    f"INSERT INTO cases ({', '.join(columns)}) VALUES ({', '.join(':' + c for c in columns)})",  # noqa: S608
                    (
                        first[schema.cases][0]
                        | {
                            "case_id": case_id,
                            "visit_id": f"visit-{serial}",
                            "provisional_no": self.provisional(serial),
                            "case_no": self.case_no(serial),
                            "applicant_name": self.name(serial),
                            "applicant_number": self.number(serial),
                            "number_reversed": self.number(serial)[::-1],
                            "state": "acked",
                        }
                        for serial, case_id in zip(serials, ids, strict=True)
                    ),
                )
                for table in (schema.facts, schema.materials):
                    names = [column.name for column in table.c]
                    driver.executemany(
                        f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join(':' + n for n in names)})",  # noqa: S608
                        (row | {"case_id": case_id} for case_id in ids for row in first[table]),
                    )
                last = driver.execute("SELECT max(seq) FROM cases").fetchone()[0]
                driver.executemany(
                    "INSERT INTO case_names(rowid, chars) VALUES (?, ?)",
                    ((last - serials[-1] + serial, name_tokens(self.name(serial))) for serial in serials),
                )
                driver.execute("COMMIT")
            driver.execute("PRAGMA synchronous=FULL")


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Any:
    profile, store = opened(tmp_path_factory.mktemp("million") / "profile")
    begun = time.perf_counter()
    made = Million(store, CASES)
    print(f"\n{CASES} cases in {time.perf_counter() - begun:.0f} s, {profile.database.stat().st_size >> 20} MB")
    yield store, made
    store.close()
    profile.close()


ASKED: dict[str, Callable[[Million, int], str]] = {
    "受理流水号": lambda made, serial: made.provisional(serial),
    "办件编码": lambda made, serial: made.case_no(serial),
    "last six of an ID": lambda made, serial: made.number(serial)[-6:],
    "two characters of a name": lambda made, serial: made.name(serial)[-2:],
    "the day's counter": lambda made, serial: str(serial % 9999 + 1),
}


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", ASKED)
def test_a_case_among_a_million_is_found_at_once(million: tuple[Store, Million], kind: str) -> None:
    store, made = million
    times, hits = [], []
    for _ in range(SEARCHES + 20):
        serial = made.serial()
        words = ASKED[kind](made, serial)
        begun = time.perf_counter()
        # What My cases does at each pause of typing: all numbers that fit, and the first page of rows.
        found = store.case_lines(store.list_cases(CaseFilter(words=words))[:PAGE])
        times.append(time.perf_counter() - begun)
        hits.append(len(found))
        assert found, words
        if kind in ("受理流水号", "办件编码"):
            assert [(case.provisional_no, case.case_no) for case in found] == [
                (made.provisional(serial), made.case_no(serial))
            ]
        elif kind == "the day's counter":
            # One a day; the newest hundred are shown.
            assert {case.provisional_no[-5:-1] for case in found} == {f"{int(words):04d}"}
            assert len(found) >= min(100, len(range(serial % 9999, made.count, 9999)))
        elif kind == "two characters of a name":
            assert all(words in case.applicant_name for case in found)
    warm = sorted(times[20:])
    p95 = warm[int(len(warm) * 0.95)]
    print(
        f"{kind}: median {statistics.median(warm) * 1000:.2f} ms, p95 {p95 * 1000:.2f} ms,"
        f" {statistics.mean(hits):.0f} hits on average among {CASES}"
    )
    assert p95 <= LIMIT
