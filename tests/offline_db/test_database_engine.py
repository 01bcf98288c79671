"""The engine: settings on every connection, threads, wrong keys, old SQLite."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher

from app.domain.clock import SystemClock
from app.domain.errors import Defect, EnvironmentProblem
from app.gateway.database import Database as GatewayDatabase
from offline_db.engine import Database, check_sqlite
from offline_db.keys import DemoKeys
from offline_db.profile import Profile
from offline_db.store import Store
from tests.offline_db.made_up_cases import id_number, made_case, made_event, made_operation

KEY = bytes(range(32))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "x.db", KEY)
    yield opened
    opened.close()


def test_every_connection_is_set_up(database: Database) -> None:
    with database.read() as one, database.read() as two, database.write() as three:
        for connection in (one, two, three):
            got = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "temp_store")
            }
            assert got == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "busy_timeout": 5000,
                "temp_store": 2,
            }


@pytest.mark.parametrize("version", ["3.51.2", "3.51.1", "3.9.9", "2.99.99"])
def test_an_old_sqlite_is_refused(version: str) -> None:
    with pytest.raises(EnvironmentProblem, match=version):
        check_sqlite(version)


def test_the_sqlite_in_use_is_new_enough() -> None:
    check_sqlite()
    check_sqlite("3.51.3")


def test_nothing_is_opened_nor_made_with_an_old_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever packages the program with an older SQLCipher finds out at the first start, not from a damaged hall."""
    old, kept = tmp_path / "old.db", tmp_path / "kept.db"
    Database(kept, KEY).close()
    before = kept.read_bytes()
    monkeypatch.setattr(sqlcipher, "sqlite_version", "3.51.2")
    for path in (old, kept):
        with pytest.raises(EnvironmentProblem, match=r"3\.51\.2"):
            Database(path, KEY)
    with Profile(tmp_path / "p", "demo") as profile:
        with pytest.raises(EnvironmentProblem, match=r"3\.51\.2"):
            Store.open(profile, DemoKeys(profile.folder), SystemClock())
        assert not profile.database.exists()
    # The embedded gateway stands on the same library.
    with pytest.raises(EnvironmentProblem, match=r"3\.51\.2"):
        GatewayDatabase(f"sqlite:///{tmp_path}/gateway.db")
    assert not old.exists()
    assert not (tmp_path / "gateway.db").exists()
    assert kept.read_bytes() == before
    monkeypatch.undo()
    Database(kept, KEY).close()


def test_a_wrong_key_is_said_in_words_and_harms_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    first = Database(tmp_path / "x.db", KEY)
    with first.write() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    first.close()
    before = (tmp_path / "x.db").read_bytes()
    with pytest.raises(EnvironmentProblem, match="密钥与数据库不符"):
        Database(tmp_path / "x.db", bytes(32))
    assert (tmp_path / "x.db").read_bytes() == before
    assert before[:15] != b"SQLite format 3"
    assert capfd.readouterr().err == ""


def test_an_error_repeats_no_values(database: Database) -> None:
    number = id_number(7)
    with pytest.raises(Defect) as caught, database.write() as connection:
        connection.execute(sa.text("INSERT INTO nowhere VALUES (:n)"), {"n": number})
    assert number not in str(caught.value) + str(caught.value.__cause__)


def test_a_write_inside_a_write_is_a_defect_and_the_outer_one_is_rolled_back(database: Database) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")

    def nested() -> None:
        with database.write() as connection:
            connection.exec_driver_sql("INSERT INTO t VALUES (1)")
            with database.write():
                pass

    with pytest.raises(Defect, match="又开始了另一次保存"):
        nested()
    with database.write() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM t").scalar() == 0


def test_a_reader_sees_the_last_commit_and_does_not_wait(database: Database) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    with database.write() as writer:
        writer.exec_driver_sql("INSERT INTO t VALUES (1)")
        result: list[object] = []

        def look() -> None:
            with database.read() as reader:
                result.append(reader.exec_driver_sql("SELECT count(*) FROM t").scalar())

        thread = threading.Thread(target=look)
        thread.start()
        thread.join(5)
        assert result == [0]
    look()
    assert result == [0, 1]


def test_many_threads_accept_at_once(store: Store) -> None:
    cases = [made_case() for _ in range(40)]

    def work(number: int) -> int:
        case = cases[number]
        store.accept([case], [made_operation(case)], [made_event()])
        store.find("张伟")
        return len(store.cases(limit=1000))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(40)))
    assert {case.case_id for case in store.cases()} == {case.case_id for case in cases}
    assert [entry.local_seq for entry in store.outbox()] == list(range(1, 41))
    assert all(check.ok for check in store.verify_audit())


def test_closing_twice_is_harmless_and_leaves_one_file(store: Store) -> None:
    store.accept([made_case()], [], [])
    store.close()
    store.close()
    assert sorted(p.name for p in store.profile.folder.glob("store.db*")) == ["store.db"]
