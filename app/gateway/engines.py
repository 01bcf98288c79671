"""Connections to the two kinds of database: pools, time-outs, and what to think of a connection after a fail-over."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from psycopg.pq import TransactionStatus
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.dialects.postgresql import psycopg as psycopg_dialect
from sqlalchemy.exc import InvalidatePoolError
from sqlcipher3 import dbapi2 as sqlcipher

from offline_db.engine import check_sqlite

CONNECTIONS = 16
"""How many a process holds at most, and so how many requests it works on at once. PostgreSQL's own limit is 100."""
UNREPLICATED = "yichuang_unreplicated"
"""Set in a connection's info when a commit was told to wait for the standby no longer."""

_REST = 5.0
"""Seconds of rest after which a pooled connection is asked whether it is still there."""
_POSTGRES_ARGUMENTS = {
    "connect_timeout": "5",
    "application_name": "yichuang-gateway",
    # A primary that lost its power sends no farewell: give it up after some 15 seconds, not after two hours.
    "keepalives_idle": "5",
    "keepalives_interval": "5",
    "keepalives_count": "2",
    "tcp_user_timeout": "15000",
    # With several hosts in the address the one that can write is taken; a lone standby is refused.
    "target_session_attrs": "read-write",
    # Nothing here needs long. A request that waits longer is told to come again, and its locks are free for others.
    "options": "-c statement_timeout=15s -c lock_timeout=8s -c idle_in_transaction_session_timeout=30s",
}
READ_ONLY = "25006"
"""SQLSTATE of a write on a standby: the primary that this connection leads to has been demoted."""


def postgres_engine(url: URL, connections: int = CONNECTIONS) -> Engine:
    """An engine on PostgreSQL. What the address itself says (…?connect_timeout=9) has the last word."""
    arguments = _arguments(url)
    # hide_parameters: an exception's text must not repeat what a case says.
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"), connect_args=arguments, pool_size=connections, max_overflow=0,
        pool_timeout=10, pool_reset_on_return=None, hide_parameters=True,
    )  # fmt: skip
    event.listen(engine, "connect", _begin_ourselves)
    event.listen(engine, "reset", _end_what_was_begun)
    event.listen(engine, "connect", _hear_warnings)
    event.listen(engine, "begin", _begin_to_write)
    event.listen(engine, "checkin", _note_rest)
    event.listen(engine, "handle_error", _mind_demotion)

    @event.listens_for(engine, "checkout")
    def _still_there(connection: Any, record: Any, proxy: object) -> None:
        # Asking each time would cost a round trip a request; asking never, a failed request a connection.
        since = record.info.get("rests_since")
        if since is None or time.monotonic() - since < _REST:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    return engine


def postgres_arguments(url: URL) -> dict[str, Any]:
    """What the driver itself is told for a connection like those of the engine."""
    _, said = _Dialect().create_connect_args(url.set(drivername="postgresql+psycopg"))
    return {**_arguments(url), **said}


def was_unreplicated(diagnostic: Any) -> bool:
    """Does a notice say that a commit was told to wait for the standby no longer?

    A commit that an administrator cancels while it waits for the standby counts here, and may be lost there. PostgreSQL
    tells it by a warning only (src/backend/replication/syncrep.c).
    """
    return bool(diagnostic.source_function == "SyncRepWaitForLSN")


def sqlite_engine(url: URL, connections: int = CONNECTIONS) -> Engine:
    """An engine on SQLite, on the one that sqlcipher3 embeds. EnvironmentProblem when that one is too old."""
    check_sqlite()
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, module=sqlcipher, hide_parameters=True, pool_size=connections, max_overflow=0, pool_timeout=10
    )

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


def close_engine(engine: Engine) -> None:
    """Close what rests in the pool now, and what is out when it comes back: SQLAlchemy would leave that one open."""
    event.listen(engine, "checkin", lambda connection, record: record.invalidate())
    engine.dispose()


_Dialect: Any = psycopg_dialect.dialect  # SQLAlchemy gives it no type


def _arguments(url: URL) -> dict[str, str]:
    return {name: value for name, value in _POSTGRES_ARGUMENTS.items() if name not in url.query}


def _begin_ourselves(connection: Any, record: object) -> None:
    connection.autocommit = True


def _begin_to_write(connection: Connection) -> None:
    """A read is single statements, each of which sees what is committed when it begins, in a transaction or not:
    without one it is one round trip instead of three."""
    if connection.get_execution_options().get("yichuang_write"):
        connection.exec_driver_sql("BEGIN")


def _end_what_was_begun(connection: Any, record: object, state: object) -> None:
    if connection.info.transaction_status != TransactionStatus.IDLE:
        connection.rollback()


def _hear_warnings(connection: Any, record: Any) -> None:
    def hear(diagnostic: Any) -> None:
        if was_unreplicated(diagnostic):
            record.info[UNREPLICATED] = True

    connection.add_notice_handler(hear)


def _note_rest(connection: Any, record: Any) -> None:
    record.info["rests_since"] = time.monotonic()


def _mind_demotion(context: Any) -> None:
    if getattr(context.original_exception, "sqlstate", None) == READ_ONLY:
        context.is_disconnect = True
