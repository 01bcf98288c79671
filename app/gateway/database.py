"""The gateway's database: SQLite for one machine, PostgreSQL for a hall; what differs between them stands here.

SQLite runs on the SQLite that sqlcipher3 embeds, without a key: the system's may still have the WAL-reset bug
(docs/protocol.md, Store facts).
"""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import (
    URL,
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    Table,
    Text,
    cast,
    create_engine,
    event,
    func,
    literal,
    make_url,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from app.domain.errors import EnvironmentProblem
from app.gateway.problems import in_progress
from app.gateway.tables import SCHEMA_VERSION, counters, meta, metadata


class Rules(Protocol):
    """What a kind of database must offer beside SQL. A claim is a name held by one request at a time."""

    def writing(self, claims: Sequence[str]) -> contextlib.AbstractContextManager[None]:
        """Entered before a writing transaction begins, left after it has ended."""
        ...

    def claim(self, connection: Connection, name: str) -> None:
        """Hold a name until the transaction ends; Problem 409 when another request holds it."""
        ...

    def transaction_id(self) -> ColumnElement[int]:
        """The writing transaction's number, rising in the order in which transactions begin to write."""
        ...

    def horizon(self) -> ColumnElement[int]:
        """All transactions below this number have ended, so nothing can appear below it any more."""
        ...

    def next_seq(self, connection: Connection) -> int:
        """A number that rises within one transaction and is never given twice."""
        ...


class PostgresRules:
    """Several gateways may share the database: locks and order come from the server."""

    def writing(self, claims: Sequence[str]) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()

    def claim(self, connection: Connection, name: str) -> None:
        if not connection.scalar(select(func.pg_try_advisory_xact_lock(func.hashtextextended(name, 0)))):
            raise in_progress()

    def transaction_id(self) -> ColumnElement[int]:
        return cast(cast(func.pg_current_xact_id(), Text), BigInteger)

    def horizon(self) -> ColumnElement[int]:
        return cast(cast(func.pg_snapshot_xmin(func.pg_current_snapshot()), Text), BigInteger)

    def next_seq(self, connection: Connection) -> int:
        return int(connection.scalar(text("SELECT nextval('feed_seq')")) or 0)


class SqliteRules:
    """One writer at a time, from BEGIN IMMEDIATE to COMMIT: the order of seq is the order of commits, so every row
    that can be read is below the horizon and the transaction number may stand still at 0."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: set[str] = set()
        # Waiting here is fair and quiet; SQLite's own waiting is polling.
        self._writer = threading.Lock()

    @contextlib.contextmanager
    def writing(self, claims: Sequence[str]) -> Iterator[None]:
        with self._lock:
            if not self._held.isdisjoint(claims):
                raise in_progress()
            self._held.update(claims)
        try:
            with self._writer:
                yield
        finally:
            with self._lock:
                self._held.difference_update(claims)

    def claim(self, connection: Connection, name: str) -> None:
        """Nothing to do: there is no other writing transaction."""

    def transaction_id(self) -> ColumnElement[int]:
        return literal(0)

    def horizon(self) -> ColumnElement[int]:
        return literal(1)

    def next_seq(self, connection: Connection) -> int:
        return bump(self, connection, counters, {"name": "feed"}, "value")


class Database:
    """Transactions on one database. Safe to use from several threads."""

    def __init__(self, db_url: str) -> None:
        url = make_url(db_url)
        self.is_postgres = url.get_backend_name() == "postgresql"
        if not self.is_postgres and url.get_backend_name() != "sqlite":
            raise EnvironmentProblem(
                "平台数据库地址不对", f"不支持 {url.get_backend_name()}", "请使用 sqlite:/// 或 postgresql:// 地址。"
            )
        self.rules: Rules = PostgresRules() if self.is_postgres else SqliteRules()
        self._engine = _postgres(url) if self.is_postgres else _sqlite(url)
        try:
            self._create()
        except DBAPIError as error:
            self._engine.dispose()
            raise EnvironmentProblem(
                "平台数据库打不开", "连接被拒绝，或文件不能读写", "请核对数据库地址、权限，并确认数据库已启动。"
            ) from error
        except BaseException:
            self._engine.dispose()
            raise

    def epoch_in(self, connection: Connection) -> str:
        """Changes when the database was restored: everything clients remember of it is then void.

        Read anew each time, because another process may have begun a new one.
        """
        return str(connection.scalar(select(meta.c.value).where(meta.c.key == "epoch")))

    def begin_new_epoch(self) -> str:
        """To be called once after a restore from backup. Clients then reconcile and push again."""
        epoch = uuid.uuid4().hex
        with self.write() as connection:
            connection.execute(meta.update().where(meta.c.key == "epoch").values(value=epoch))
        return epoch

    def close(self) -> None:
        self._engine.dispose()

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def write(self, *claims: str) -> Iterator[Connection]:
        """A transaction that commits when the block ends well and leaves nothing when it raises.

        claims: names it holds meanwhile; Problem 409 when another request holds one.
        """
        with (
            self.rules.writing(claims),
            self._engine.connect().execution_options(yichuang_write=True) as connection,
            connection.begin(),
        ):
            for name in claims:
                self.rules.claim(connection, name)
            yield connection

    def insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """An INSERT that knows ON CONFLICT."""
        return postgresql.insert(table) if self.is_postgres else sqlite.insert(table)

    def _create(self) -> None:
        with self.write() as connection:
            if self.is_postgres:
                # Two gateways of one hall may start at once.
                connection.execute(text("SELECT pg_advisory_xact_lock(20260001)"))
                connection.execute(text("CREATE SEQUENCE IF NOT EXISTS feed_seq"))
            metadata.create_all(connection)
            for key, value in (("epoch", uuid.uuid4().hex), ("schema", str(SCHEMA_VERSION))):
                statement = self.insert(meta).values(key=key, value=value)
                connection.execute(statement.on_conflict_do_nothing())
            found = connection.scalar(select(meta.c.value).where(meta.c.key == "schema"))
            if found != str(SCHEMA_VERSION):
                raise EnvironmentProblem(
                    "平台数据库版本不符",
                    f"数据库为第 {found} 版，程序为第 {SCHEMA_VERSION} 版",
                    "请使用匹配版本的程序。",
                )


def bump(rules: object, connection: Connection, table: Table, key: dict[str, Any], column: str) -> int:
    """Add one to a counter row, made at 1 when absent, and give the new value; the row stays locked to the end."""
    insert = sqlite.insert if isinstance(rules, SqliteRules) else postgresql.insert
    statement: Any = insert(table).values({**key, column: 1})
    statement = statement.on_conflict_do_update(index_elements=list(key), set_={column: table.c[column] + 1}).returning(
        table.c[column]
    )
    return int(connection.execute(statement).scalar_one())


def _postgres(url: URL) -> Engine:
    # hide_parameters: an exception's text must not repeat what a case says.
    return create_engine(
        url.set(drivername="postgresql+psycopg"), pool_size=10, max_overflow=10, pool_timeout=10,
        pool_pre_ping=True, hide_parameters=True,
    )  # fmt: skip


def _sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, module=sqlcipher, hide_parameters=True, pool_timeout=10)

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's BEGIN below is the only one
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A transaction that reads first and writes later would fail with "database is locked" at the write.
        write = connection.get_execution_options().get("yichuang_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
