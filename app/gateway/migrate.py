"""Bringing a gateway's database to the version of the program, or back.

A new one is made from app.gateway.tables; an older one is migrated by Alembic in ONE transaction, so that a crash on
the way leaves the old one; one newer than the program is refused untouched. Several processes may start at once: on
PostgreSQL an advisory lock, on SQLite its one writer, lets one of them migrate and the others find it done.
"""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from app.domain.errors import BadInput, Defect, EnvironmentProblem
from app.gateway.tables import REVISION, metadata
from offline_db.ddl import make_tables

MIGRATIONS = Path(__file__).parent / "migrations"
FIRST = "g0001"
_LOCK = 20260001
"""The advisory lock under which a database is made or migrated."""
_PATIENCE = "60s"
"""How long a change of a table waits for the requests that are using it."""


def bring_up_to_date(engine: Engine) -> None:
    """Create, leave or migrate. EnvironmentProblem: newer than the program, or of no version that it knows."""
    with engine.connect() as connection:
        if _revision(connection) == REVISION:
            return
    with _alone(engine) as connection:
        found = _revision(connection)
        if found is None:
            _create(connection)
        elif found != REVISION:
            _migrate(engine, connection, found, REVISION)


def move_to(engine: Engine, revision: str) -> str:
    """Bring an existing database to a version, forward or back ("head": the program's own); the version reached.

    What a later version added is lost on the way back; SQLite is copied first. BadInput: no such version, or there is
    no database yet.
    """
    target = REVISION if revision == "head" else revision
    if target not in _known():
        raise BadInput("没有这个数据库版本", revision, f"可用的版本：{'、'.join(_known())}。")
    with _alone(engine) as connection:
        found = _revision(connection)
        if found is None:
            raise BadInput("数据库里还没有数据", "没有可以升降的版本", "直接启动平台即可建立数据库。")
        if found != target:
            _migrate(engine, connection, found, target)
    return target


@contextlib.contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A writing transaction that no other process makes or migrates beside."""
    with engine.connect().execution_options(yichuang_write=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            # Whoever comes second waits for as long as the first one needs.
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
        yield connection


def _revision(connection: Connection) -> str | None:
    """The version found; None in an empty database. EnvironmentProblem: something else is in it."""
    tables = inspect(connection)
    if tables.has_table("alembic_version"):
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
        if found is not None:
            return str(found)
    if not tables.has_table("meta"):
        return None
    # Before there were migrations the version stood in meta, and there was but one.
    schema = connection.scalar(text("SELECT value FROM meta WHERE key = 'schema'"))
    if schema != "1":
        raise _strange(f"数据库为第 {schema} 版")
    return FIRST


def _create(connection: Connection) -> None:
    make_tables(connection, metadata)
    if connection.dialect.name == "postgresql":
        connection.execute(text("CREATE SEQUENCE feed_seq"))
    connection.execute(text("INSERT INTO meta (key, value) VALUES ('epoch', :epoch)"), {"epoch": uuid.uuid4().hex})
    # By hand: importing Alembic costs more than making the database.
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": REVISION})
    _tell_old_programs(connection, REVISION)


def _migrate(engine: Engine, connection: Connection, found: str, target: str) -> None:
    from alembic import command
    from alembic.config import Config

    known = _known()
    if found not in known:
        raise _strange(f"数据库为 {found} 版，由更新版本的程序建立")
    if engine.dialect.name == "sqlite":
        _copy_sqlite(engine, found)
    config = Config()
    # The path may hold a percent sign, which Alembic's configuration would interpolate.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if not inspect(connection).has_table("alembic_version"):
        command.stamp(config, found)
    if known.index(found) < known.index(target):
        command.upgrade(config, target)
    else:
        command.downgrade(config, target)
    if connection.scalar(text("SELECT version_num FROM alembic_version")) != target:
        raise Defect("数据库升级失败", "升级后的版本与程序不符，已恢复原状。")
    _tell_old_programs(connection, target)


def _tell_old_programs(connection: Connection, revision: str) -> None:
    """Programs from before there were migrations read the version here, and refuse every one but 1."""
    connection.execute(text("DELETE FROM meta WHERE key = 'schema'"))
    value = "1" if revision == FIRST else revision
    connection.execute(text("INSERT INTO meta (key, value) VALUES ('schema', :value)"), {"value": value})


def _known() -> list[str]:
    """All versions, the oldest first."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def _copy_sqlite(engine: Engine, revision: str) -> None:
    """A durable copy beside the database, made while the caller's transaction keeps writers out."""
    source = Path(str(engine.url.database))
    target = source.with_name(f"{source.name}.before-{revision}")
    temp = source.with_name(f"{target.name}.tmp")
    try:
        temp.unlink(missing_ok=True)
        with contextlib.closing(engine.raw_connection()) as reader:
            reader.cursor().execute("VACUUM INTO ?", (str(temp),))
        with temp.open("rb+") as handle:
            os.fsync(handle.fileno())
        os.replace(temp, target)
        descriptor = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise EnvironmentProblem(
            "升级前的备份没有写成", f"{target.name}：{error.strerror}", "数据没有改动；请清理磁盘后再启动。"
        ) from error


def _strange(what: str) -> EnvironmentProblem:
    return EnvironmentProblem("平台数据库版本不符", f"{what}，程序为 {REVISION} 版", "请使用匹配版本的程序。")
