"""The gateway's tables through the versions: made, migrated both ways with data in them, once, or refused."""

from __future__ import annotations

import dataclasses
import json
import threading
import uuid
from pathlib import Path

import pytest
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from gateway_kit import DEVICE, NOW, OTHER_DEVICE, SQLITE_ONLY, TOKEN, make_case, new_key
from postgres_kit import cluster
from sqlalchemy import Connection, Engine, inspect, make_url, text

from app.cli import main
from app.domain.clock import FixedClock
from app.domain.errors import BadInput, EnvironmentProblem
from app.domain.numbering import provisional_number
from app.gateway import migrate
from app.gateway.cases import Sender
from app.gateway.core import open_gateway
from app.gateway.database import Database, move_database
from app.gateway.engines import postgres_engine, sqlite_engine
from app.gateway.tables import REVISION, metadata
from app.server.wire import case_document


def engine_of(db_url: str) -> Engine:
    url = make_url(db_url)
    return postgres_engine(url, 2) if url.get_backend_name() == "postgresql" else sqlite_engine(url, 2)


def as_it_was(db_url: str) -> None:
    """A database of before there were migrations, with one of everything that a migration may touch."""
    script = next((migrate.MIGRATIONS / "versions").glob("g0001*.py"))
    names: dict[str, tuple[str, ...]] = {}
    exec(compile(script.read_text("utf-8").replace("from alembic import op", ""), script, "exec"), names)  # noqa: S102
    engine = engine_of(db_url)
    postgres = engine.dialect.name == "postgresql"
    with engine.connect().execution_options(yichuang_write=True) as connection, connection.begin():
        for statement in names["STATEMENTS"]:
            connection.execute(text(statement.format(bytes="BYTEA" if postgres else "BLOB")))
        if postgres:
            connection.execute(text("CREATE SEQUENCE feed_seq"))
        connection.execute(text("INSERT INTO meta VALUES ('epoch', 'the-old-epoch'), ('schema', '1')"))
        for n in range(30):
            row = {
                "id": f"e{n}",
                "n": n + 1,
                "to": DEVICE if n % 3 else None,
                "document": json.dumps({"id": f"e{n}", "名": "㛃𠮷"}),
            }
            connection.execute(
                text("INSERT INTO feed_rows VALUES ('cases', :id, 0, :n, :to, :document, false, '2026-11-20')"), row
            )
    engine.dispose()


def shape(engine: Engine) -> dict[str, object]:
    """Columns, keys and indexes of every table, without the names that a database gives by itself."""
    found = inspect(engine)
    return {
        table: (
            sorted((c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)),
            found.get_pk_constraint(table)["constrained_columns"],
            sorted((i["name"] or "", tuple(i["column_names"])) for i in found.get_indexes(table)),
            sorted(tuple(u["column_names"]) for u in found.get_unique_constraints(table)),
            sorted((tuple(f["constrained_columns"]), f["referred_table"]) for f in found.get_foreign_keys(table)),
        )
        for table in sorted(found.get_table_names())
        if table != "alembic_version"
    }


def feed(db_url: str, folder: Path) -> list[str]:
    gateway = open_gateway(db_url, folder, FixedClock(NOW))
    try:
        page = gateway.feeds.page("cases", DEVICE, None, 100)
        assert page["more"] is False
        assert all(row["名"] == "㛃𠮷" for row in page["items"])
        return [row["id"] for row in page["items"]]
    finally:
        gateway.close()


def test_a_new_database_and_a_migrated_one_are_the_same(db_url: str, kind: str, tmp_path: Path) -> None:
    as_it_was(db_url)
    Database(db_url).close()
    fresh_url = f"sqlite:///{tmp_path}/fresh.db" if kind == "sqlite" else cluster().new_database()
    Database(fresh_url).close()
    migrated, fresh = engine_of(db_url), engine_of(fresh_url)
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection)
        lacking = produce_migrations(context, metadata).upgrade_ops
        lacking.ops = [op for op in lacking.ops if "alembic_version" not in str(op.to_diff_tuple())]
        # Whoever changed app.gateway.tables finds here what the migration must do.
        assert not lacking.ops, f"write a migration:\n{render_python_code(lacking)}"
    assert shape(migrated) == shape(fresh)
    for engine in (migrated, fresh):
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT version_num FROM alembic_version")) == REVISION
        engine.dispose()
    assert migrate._known()[-1] == REVISION


def test_migration_keeps_everything_there_and_back(db_url: str, tmp_path: Path) -> None:
    as_it_was(db_url)
    engine = engine_of(db_url)
    before = shape(engine)
    expected = [f"e{n}" for n in range(30)]
    assert feed(db_url, tmp_path / "files") == expected
    assert shape(engine) != before
    gateway = open_gateway(db_url, tmp_path / "files", FixedClock(NOW))
    assert gateway.epoch() == "the-old-epoch"
    gateway.devices.enrol(DEVICE, TOKEN)
    key, document = new_key(), case_document(make_case())
    number = gateway.cases.submit(key, document, Sender(DEVICE)).document["case_no"]
    gateway.close()
    assert move_database(db_url, "g0001") == "g0001"
    assert shape(engine) == before
    with engine.connect() as connection:
        # A program from before there were migrations opens it again.
        assert connection.scalar(text("SELECT value FROM meta WHERE key = 'schema'")) == "1"
        assert connection.scalar(text("SELECT case_no FROM cases")) == number
    engine.dispose()
    assert move_database(db_url, "head") == REVISION
    gateway = open_gateway(db_url, tmp_path / "files", FixedClock(NOW))
    again = gateway.cases.submit(key, document, Sender(DEVICE))
    assert (again.document["case_no"], again.replayed) == (number, True)
    # What came before the migration is compared with what comes after it.
    twice = dataclasses.replace(
        make_case(), case_id=str(uuid.uuid4()), provisional_no=provisional_number("B02", NOW, 1)
    )
    gateway.cases.submit(new_key(), case_document(twice), Sender(OTHER_DEVICE))
    assert len(gateway.doubles.open_pairs()) == 1
    gateway.close()


BELOW = {
    "corrections": (
        "g0002",
        "INSERT INTO amendments VALUES (:case, 2, 'op', 'w', '录入有误', '{}', 't')",
        "DELETE FROM amendments",
    ),
    "packs out": (
        "g0003",
        "INSERT INTO visits VALUES ('WF-1', 'out', '{}', ''); "
        "INSERT INTO visit_packs VALUES ('p', 'WF-1', 'd', 'A01', 'c', 'out', '1', 't', 't', NULL)",
        "UPDATE visit_packs SET state = 'returned'",
    ),
    "orders to wipe": (
        "g0003",
        "INSERT INTO wipe_orders VALUES ('o', 'd', 'k', 'stolen', 't', NULL, NULL, '')",
        "UPDATE wipe_orders SET confirmed_at = 't'",
    ),
    "possible duplicates": (
        "g0004",
        "INSERT INTO case_doubles VALUES ('d', :case, :case, 't', NULL, '', '', '')",
        "UPDATE case_doubles SET settled_at = 't'",
    ),
}


@pytest.mark.parametrize("what", BELOW)
def test_no_way_back_while_the_earlier_version_would_lose_something(db_url: str, tmp_path: Path, what: str) -> None:
    earlier, made, settled = BELOW[what]
    gateway = open_gateway(db_url, tmp_path / "files", FixedClock(NOW))
    gateway.devices.enrol(DEVICE, TOKEN)
    case = make_case()
    gateway.cases.submit(new_key(), case_document(case), Sender(DEVICE))
    gateway.close()
    engine = engine_of(db_url)

    def run(statements: str) -> None:
        with engine.connect().execution_options(yichuang_write=True) as connection, connection.begin():
            for statement in statements.split("; "):
                connection.execute(text(statement), {"case": case.case_id} if ":case" in statement else {})

    run(made)
    before = shape(engine)
    with pytest.raises(RuntimeError):
        move_database(db_url, earlier)
    assert shape(engine) == before
    run(settled)
    assert move_database(db_url, earlier) == earlier
    assert move_database(db_url, "head") == REVISION
    engine.dispose()


def test_a_migration_that_fails_changes_nothing(db_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    as_it_was(db_url)
    engine = engine_of(db_url)
    before = shape(engine)

    def torn(connection: Connection, revision: str) -> None:
        assert "feed_audience" in str(shape_of_feed(connection)), "it fails only after it has worked"
        raise RuntimeError("the power is gone")

    def shape_of_feed(connection: Connection) -> object:
        return inspect(connection).get_indexes("feed_rows")

    monkeypatch.setattr(migrate, "_tell_old_programs", torn)
    with pytest.raises(RuntimeError):
        Database(db_url)
    assert shape(engine) == before
    monkeypatch.undo()
    Database(db_url).close()
    assert shape(engine) != before
    engine.dispose()


@SQLITE_ONLY
def test_sqlite_is_copied_before_it_is_migrated(db_url: str, tmp_path: Path) -> None:
    as_it_was(db_url)
    Database(db_url).close()
    copy = tmp_path / "gateway.db.before-g0001"
    engine = engine_of(f"sqlite:///{copy}")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM feed_rows")) == 30
        assert not inspect(connection).has_table("alembic_version")
    engine.dispose()
    Database(db_url).close()
    assert sorted(path.name for path in tmp_path.glob("gateway.db.*before*")) == [copy.name]


@SQLITE_ONLY
def test_no_copy_no_migration(db_url: str, tmp_path: Path) -> None:
    as_it_was(db_url)
    (tmp_path / "gateway.db.before-g0001").mkdir()
    with pytest.raises(EnvironmentProblem, match="备份没有写成"):
        Database(db_url)
    engine = engine_of(db_url)
    assert "feed_audience" not in str(shape(engine))
    engine.dispose()


def test_several_processes_starting_at_once_migrate_once(db_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    as_it_was(db_url)
    done: list[str] = []
    original = migrate._migrate

    def counted(engine: Engine, connection: Connection, found: str, target: str) -> None:
        original(engine, connection, found, target)
        done.append(target)

    monkeypatch.setattr(migrate, "_migrate", counted)
    failures: list[BaseException] = []

    def start() -> None:
        try:
            Database(db_url).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failures, done) == ([], [REVISION])


def test_strange_versions_are_refused_untouched(db_url: str) -> None:
    with pytest.raises(BadInput, match="还没有数据"):
        move_database(db_url, "g0001")
    Database(db_url).close()
    with pytest.raises(BadInput, match="没有这个数据库版本"):
        move_database(db_url, "g9999")
    engine = engine_of(db_url)
    with engine.connect().execution_options(yichuang_write=True) as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = 'g9999'"))
    before = shape(engine)
    for refused in (lambda: Database(db_url), lambda: move_database(db_url, "g0001")):
        with pytest.raises(EnvironmentProblem, match="版本不符"):
            refused()
    with engine.connect().execution_options(yichuang_write=True) as connection, connection.begin():
        connection.execute(text("DROP TABLE alembic_version"))
        connection.execute(text("UPDATE meta SET value = '7' WHERE key = 'schema'"))
    with pytest.raises(EnvironmentProblem, match="第 7 版"):
        Database(db_url)
    assert shape(engine) == before
    engine.dispose()


@SQLITE_ONLY
def test_the_commands_for_operators(db_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["gateway", "--db", db_url, "--files", str(tmp_path / "files")]
    epochs = []
    for _ in range(2):
        assert main([*arguments, "--new-epoch"]) == 0
        epochs.append(json.loads(capsys.readouterr().out)["epoch"])
    assert epochs[0] != epochs[1]
    assert main([*arguments, "--migrate-to", "g0001"]) == 0
    assert json.loads(capsys.readouterr().out) == {"revision": "g0001"}
    assert main([*arguments, "--migrate-to", "g7"]) == 2
    assert "g0001" in capsys.readouterr().err
    assert main([*arguments, "--cert", "x.pem"]) == 2
    assert "--key" in capsys.readouterr().err
    assert main([*arguments, "--workers", "2"]) == 2
    assert "postgresql://" in capsys.readouterr().err
