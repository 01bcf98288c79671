"""Bringing a database up to date.

A new database is made from offline_db.schema; an older one is backed up and then migrated by Alembic in ONE exclusive
transaction, so that a crash on the way leaves the old one; one newer than the program is refused untouched.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

import sqlalchemy as sa

from app.domain.clock import Clock
from app.domain.errors import Defect, EnvironmentProblem
from offline_db import audit, schema
from offline_db.engine import Database
from offline_db.files import disk_problem, fsync_folder, make_folder
from offline_db.keys import KeySet
from offline_db.profile import Profile

MIGRATIONS = Path(__file__).parent / "migrations"
BACKUPS_KEPT = 3


def bring_up_to_date(database: Database, profile: Profile, keys: KeySet, clock: Clock) -> None:
    """Create, leave or migrate. EnvironmentProblem when the database is newer than the program."""
    revision = _revision(database)
    if revision is None:
        if profile.initialised:
            # An empty file where a database was (a torn disk, a mistaken copy) must not become an empty store.
            raise EnvironmentProblem(
                "数据库内容丢失", "数据库文件是空的，而本机曾经保存过数据。", "请停止受理，联系运维人员从备份恢复。"
            )
        _create(database, profile, keys)
    elif revision != schema.REVISION:
        _migrate(database, profile, clock, revision)


def copy_database(database: Database, target: Path) -> None:
    """A durable copy of the database's file. The key is the original's."""
    with database.still() as source:
        temp = target.with_name(target.name + ".tmp")
        try:
            make_folder(target.parent)
            shutil.copyfile(source, temp)
            os.chmod(temp, 0o600)
            with temp.open("rb+") as handle:
                os.fsync(handle.fileno())
            os.replace(temp, target)
            fsync_folder(target.parent)
        except OSError as error:
            temp.unlink(missing_ok=True)
            raise disk_problem(error) from error


def _revision(database: Database) -> str | None:
    with database.read() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def _create(database: Database, profile: Profile, keys: KeySet) -> None:
    with database.write() as connection:
        schema.create_all(connection)
        marker = {"id": 1, "profile_id": profile.id, "kind": profile.kind.value}
        connection.execute(sa.insert(schema.profile_marker).values(marker))
        audit.begin(connection, keys.audit)
        # Alembic's own table, written by hand: importing Alembic costs more than creating the database.
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
        connection.execute(sa.text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": schema.REVISION})


def _migrate(database: Database, profile: Profile, clock: Clock, revision: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    # The path may hold a percent sign, which Alembic's configuration would interpolate.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision not in known:
        raise EnvironmentProblem(
            "数据库比程序新",
            f"本机数据由更新版本的“一窗”保存（{revision}），当前版本不能打开，数据没有改动。",
            "请安装最新版本的“一窗”后再打开。",
        )
    stamp = clock.now().strftime("%Y%m%dT%H%M%S%f")
    copy_database(database, profile.backups / f"store-{revision}-{stamp}.db")
    _drop_old_backups(profile.backups)
    with database.exclusive() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if connection.scalar(sa.text("SELECT version_num FROM alembic_version")) != schema.REVISION:
            raise Defect("数据库升级失败", "升级后的版本与程序不符，已恢复原状。")
    # Tables made anew leave their old rows in free pages, and older versions did not overwrite what they deleted.
    with contextlib.suppress(EnvironmentProblem):
        database.vacuum()


def _drop_old_backups(folder: Path) -> None:
    for old in sorted(folder.glob("store-*.db"), key=lambda path: path.stat().st_mtime)[:-BACKUPS_KEPT]:
        old.unlink(missing_ok=True)
