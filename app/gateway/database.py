"""The gateway's database: SQLite for one machine, PostgreSQL for a hall; what differs between them stands here.

SQLite runs on the SQLite that sqlcipher3 embeds, without a key: the system's may still have the WAL-reset bug
(docs/protocol.md, Store facts).
"""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import psycopg
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    PoolProxiedConnection,
    Table,
    Text,
    cast,
    func,
    literal,
    make_url,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.domain.errors import EnvironmentProblem
from app.gateway.engines import CONNECTIONS, UNREPLICATED, close_engine, postgres_engine, sqlite_engine
from app.gateway.migrate import bring_up_to_date, move_to
from app.gateway.problems import busy, in_progress
from app.gateway.tables import counters, meta
from app.gateway.talk import Line, Rows, T, Talk


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

    def __init__(self, db_url: str, connections: int = CONNECTIONS) -> None:
        """connections: the most that this process holds. EnvironmentProblem: no such database, or a newer one."""
        self.engine = _engine(db_url, connections)
        self.is_postgres = self.engine.dialect.name == "postgresql"
        self.rules: Rules = PostgresRules() if self.is_postgres else SqliteRules()
        with _usable(self.engine):
            bring_up_to_date(self.engine)

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
        """Give all connections back; one that a thread still works with follows when it is done with it."""
        close_engine(self.engine)

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """For reading only. On SQLite all of the block sees one state, on PostgreSQL each statement the newest."""
        with self.engine.connect() as connection:
            with connection.begin():
                yield connection
            _surely_replicated(connection)

    @contextlib.contextmanager
    def write(self, *claims: str) -> Iterator[Connection]:
        """A transaction that commits when the block ends well and leaves nothing when it raises.

        claims: names it holds meanwhile; Problem 409 when another request holds one.
        """
        with (
            self.rules.writing(claims),
            self.engine.connect().execution_options(yichuang_write=True) as connection,
        ):
            with connection.begin():
                for name in claims:
                    self.rules.claim(connection, name)
                yield connection
            _surely_replicated(connection)

    def at_once(self, statement: str, values: Mapping[str, Any]) -> Rows | None:
        """PostgreSQL: one statement in the driver's own words that is its own transaction; its rows.

        For what every request does: SQLAlchemy's way around the same statement takes six times its processor time. None
        when it did not work out, for whatever reason, and on SQLite: the ordinary way then does it, or says why not.
        Problem 503 when it was committed and may not be on the standby.
        """
        if not self.is_postgres:
            return None
        try:
            lent = self.engine.raw_connection()
        except (psycopg.Error, SQLAlchemyError):  # nothing connects: the driver's own error comes through as it is
            return None
        driver: Any = lent.driver_connection
        try:
            rows: Rows = driver.execute(statement, values).fetchall()
            _surely_replicated(lent)
        except psycopg.Error as error:
            if driver.closed:
                lent.invalidate(error)
            return None
        finally:
            lent.close()
        return rows

    def carry(self, talk: Talk[T]) -> T:
        """What a talk with PostgreSQL comes to (`at_once`)."""
        answer: Rows | None = None
        while True:
            try:
                statement, values = talk.send(answer)
            except StopIteration as end:
                result: T = end.value
                return result
            answer = self.at_once(statement, values)

    def line(self) -> Line | None:
        """A connection for an event loop; None on SQLite."""
        return Line(self.engine.url) if self.is_postgres else None

    def insert(self, table: Table) -> postgresql.Insert | sqlite.Insert:
        """An INSERT that knows ON CONFLICT."""
        return postgresql.insert(table) if self.is_postgres else sqlite.insert(table)


def bump(rules: object, connection: Connection, table: Table, key: dict[str, Any], column: str) -> int:
    """Add one to a counter row, made at 1 when absent, and give the new value; the row stays locked to the end."""
    insert = sqlite.insert if isinstance(rules, SqliteRules) else postgresql.insert
    statement: Any = insert(table).values({**key, column: 1})
    statement = statement.on_conflict_do_update(index_elements=list(key), set_={column: table.c[column] + 1}).returning(
        table.c[column]
    )
    return int(connection.execute(statement).scalar_one())


def settle(connection: Connection) -> None:
    """Before an answer is repeated: what it rests on shall stand as safe as if it were written anew.

    PostgreSQL can show a commit that is not yet on the standby: its wait was cancelled, or the primary restarted in the
    midst of it. A trace in the log makes our own commit wait for everything before it. On SQLite what can be read is on
    the disk.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_logical_emit_message(True, "yichuang", "settle")))


def _surely_replicated(connection: Connection | PoolProxiedConnection) -> None:
    """Problem 503 after a commit whose wait for the standby was cancelled: it may be lost, so nobody may rely on it.
    The repetition of the request waits again (settle)."""
    if connection.info.pop(UNREPLICATED, False):
        raise busy(1)


def is_shared(db_url: str) -> bool:
    """Can several processes work on such a database?"""
    return make_url(db_url).get_backend_name() == "postgresql"


def move_database(db_url: str, revision: str) -> str:
    """Bring a database's tables to another version, forward or back, and give that; app.gateway.migrate.move_to."""
    engine = _engine(db_url, 2)
    with _usable(engine):
        reached = move_to(engine, revision)
    engine.dispose()
    return reached


def _engine(db_url: str, connections: int) -> Engine:
    url = make_url(db_url)
    match url.get_backend_name():
        case "postgresql":
            return postgres_engine(url, connections)
        case "sqlite":
            return sqlite_engine(url, connections)
        case other:
            raise EnvironmentProblem(
                "平台数据库地址不对", f"不支持 {other}", "请使用 sqlite:/// 或 postgresql:// 地址。"
            )


@contextlib.contextmanager
def _usable(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        engine.dispose()
        raise EnvironmentProblem(
            "平台数据库打不开", "连接被拒绝，或文件不能读写", "请核对数据库地址、权限，并确认数据库已启动。"
        ) from error
    except BaseException:
        engine.dispose()
        raise
