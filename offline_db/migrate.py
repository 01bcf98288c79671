"""Bringing a database up to date.

A new database is made from offline_db.schema; an older one is backed up and then migrated by Alembic in ONE exclusive
transaction, so that a crash on the way leaves the old one; one newer than the program is refused untouched.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from pathlib import Path

import sqlalchemy as sa

from app.domain.clock import Clock
from app.domain.errors import Defect, EnvironmentProblem
from offline_db import audit, schema
from offline_db.ddl import make_tables
from offline_db.engine import Database
from offline_db.files import disk_problem, fsync_folder, make_folder, write_whole
from offline_db.keys import KeySet
from offline_db.profile import Profile

MIGRATIONS = Path(__file__).parent / "migrations"
BACKUPS_KEPT = 3
_UNDO = "undo.json"


class MigrationFailed(Defect):
    """The database could not be brought to this program's version; it is as it was before."""

    def __init__(self) -> None:
        super().__init__(
            "数据库升级失败", "本机数据没有改动，仍是升级之前的样子。", "请不要删除任何文件，联系运维人员处理。"
        )


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


def check_migrations() -> int:
    """How many migrations lead to this program's schema; each is loaded. Defect: they do not lead there in one line."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    if scripts.get_heads() != [schema.REVISION]:
        raise Defect("数据库升级步骤不全", f"{scripts.get_heads()} {schema.REVISION}", "请重新安装本程序。")
    return len(list(scripts.walk_revisions()))


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


def create_tables(connection: sa.Connection) -> None:
    """Make the tables of a new database inside the caller's transaction."""
    make_tables(connection, schema.metadata)
    connection.exec_driver_sql(schema.NAMES_DDL)


def _create(database: Database, profile: Profile, keys: KeySet) -> None:
    with database.write() as connection:
        create_tables(connection)
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
    backup = profile.backups / f"store-{revision}-{stamp}.db"
    copy_database(database, backup)
    _drop_old_backups(profile.backups)
    _note_undo(profile, revision, backup)
    try:
        with database.exclusive() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if connection.scalar(sa.text("SELECT version_num FROM alembic_version")) != schema.REVISION:
                raise MigrationFailed
    except Exception as error:
        # One transaction: it never happened. Unless the file itself suffered, and then the backup takes its place.
        if not _as_before(database, revision):
            database.close()
            put_back(backup, profile)
        forget_undo(profile.backups)
        if isinstance(error, EnvironmentProblem):
            raise  # a full disk or a locked file is no fault of the migration's
        raise MigrationFailed from error
    # Tables made anew leave their old rows in free pages, and older versions did not overwrite what they deleted.
    with contextlib.suppress(EnvironmentProblem):
        database.vacuum()


def _drop_old_backups(folder: Path) -> None:
    for old in sorted(folder.glob("store-*.db"), key=lambda path: path.stat().st_mtime)[:-BACKUPS_KEPT]:
        old.unlink(missing_ok=True)


def _note_undo(profile: Profile, revision: str, backup: Path) -> None:
    document = {"from": revision, "to": schema.REVISION, "backup": backup.name}
    try:
        write_whole(profile.backups / _UNDO, json.dumps(document).encode())
    except OSError as error:
        raise disk_problem(error) from error


def _as_before(database: Database, revision: str) -> bool:
    try:
        return _revision(database) == revision and not database.integrity()
    except Exception:  # whatever it is, the file is not as it was
        return False


def forget_undo(backups: Path) -> None:
    """The last migration stays: its backup is an ordinary one from now on. backups: the profile's folder of them."""
    with contextlib.suppress(OSError):
        (backups / _UNDO).unlink(missing_ok=True)


def undo_migration(profile: Profile) -> bool:
    """Put back what was there before the last migration, unless that was kept; true when the store is the older
    program's again, also when nothing was migrated. The store must be closed. EnvironmentProblem: the disk."""
    note = profile.backups / _UNDO
    try:
        name = Path(str(json.loads(note.read_text("utf-8"))["backup"])).name
    except FileNotFoundError:
        return True
    except (OSError, ValueError, KeyError, TypeError):
        return False
    backup = profile.backups / name
    if not backup.is_file():
        return False
    put_back(backup, profile)
    forget_undo(profile.backups)
    return True


def put_back(backup: Path, profile: Profile) -> None:
    """Let a backup take the database's place. The backup stays. EnvironmentProblem: the disk."""
    temp = profile.database.with_name(profile.database.name + ".back")
    try:
        shutil.copyfile(backup, temp)
        os.chmod(temp, 0o600)
        with temp.open("rb+") as handle:
            os.fsync(handle.fileno())
        # The log first: the older database must not find the newer one's.
        for end in ("-wal", "-shm"):
            profile.database.with_name(profile.database.name + end).unlink(missing_ok=True)
        os.replace(temp, profile.database)
        fsync_folder(profile.folder)
    except OSError as error:
        temp.unlink(missing_ok=True)
        raise disk_problem(error) from error
