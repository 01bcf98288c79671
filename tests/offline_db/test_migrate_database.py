"""Migrations: fresh equals migrated, data survives, a backup is made, a crash on the way leaves the old database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.domain.clock import FixedClock
from app.domain.errors import EnvironmentProblem
from offline_db import migrate, schema
from offline_db.engine import Database
from offline_db.keys import DemoKeys
from offline_db.migrate import create_tables
from offline_db.profile import Profile
from offline_db.store import Store
from tests.offline_db.made_up_cases import made_case, made_event, made_operation

KEY = bytes(range(32))


def alembic(folder: Path = migrate.MIGRATIONS) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder))
    return config


def migrate_to(database: Database, where: str) -> None:
    """Bring a database to a revision, "head" for the newest, with Alembic alone: no backup, no program around it."""
    config = alembic()
    with database.exclusive() as connection:
        config.attributes["connection"] = connection
        (command.upgrade if where == "head" else command.downgrade)(config, where)


def shape(database: Database) -> dict[str, str]:
    """Name -> SQL of everything in the database, with spacing and quoting taken out."""
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").all()
    return {name: "".join(sql.replace('"', "").split()) for name, sql in rows if name != "alembic_version"}


@pytest.fixture
def fresh(tmp_path: Path) -> Database:
    database = Database(tmp_path / "fresh.db", KEY)
    with database.write() as connection:
        create_tables(connection)
    return database


@pytest.fixture
def migrated(tmp_path: Path) -> Database:
    database = Database(tmp_path / "migrated.db", KEY)
    config = alembic()
    with database.exclusive() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return database


def test_fresh_and_migrated_are_the_same(fresh: Database, migrated: Database) -> None:
    assert shape(fresh) == shape(migrated)
    with migrated.read() as connection:
        found = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    of_fts = [item for item in found if item[0] == "remove_table" and item[1].name.startswith("case_names")]
    assert [item for item in found if item not in of_fts] == []
    fresh.close()
    migrated.close()


def test_the_comparison_sees_a_difference(fresh: Database, migrated: Database) -> None:
    with migrated.write() as connection:
        connection.exec_driver_sql("DROP INDEX ix_outbox_open")
    assert shape(fresh) != shape(migrated)
    fresh.close()
    migrated.close()


def test_the_schema_names_the_newest_migration_and_there_is_one_line(tmp_path: Path) -> None:
    script = ScriptDirectory.from_config(alembic())
    assert script.get_heads() == [schema.REVISION]
    for revision in script.walk_revisions():
        assert Path(revision.path).name.startswith(f"m{revision.revision}_")


NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = {down!r}


def upgrade() -> None:
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(sa.Column("priority", sa.Integer, nullable=False, server_default="7"))
    op.execute("UPDATE settings SET value = value || '!'")
    {extra}
"""


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Turns the program into its next version, with one more migration that rebuilds a table with data in it."""

    def become(extra: str = "pass") -> None:
        # A percent sign in the path: Alembic's configuration would take it for a variable.
        folder = tmp_path / "100%s"
        shutil.copytree(migrate.MIGRATIONS, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        text = NEXT.format(down=schema.REVISION, extra=extra)
        (folder / "versions" / "m9001_next.py").write_text(text, "utf-8")
        monkeypatch.setattr(migrate, "MIGRATIONS", folder)
        monkeypatch.setattr(schema, "REVISION", "9001")

    return become


def test_data_survives_a_migration_and_a_backup_is_there(
    open_store: Callable[[], Store],
    next_version: Callable[..., None],
    profile: Profile,
    clock: FixedClock,
    tmp_path: Path,
) -> None:
    case = made_case()
    entry = made_operation(case)
    old = open_store()
    old.accept([case], [entry], [made_event()])
    old.set_setting("a", "b")
    old.close()
    next_version()
    new = open_store()
    assert new.cases() == [case]
    assert new.find("张伟") == [case]
    assert [e.op_id for e in new.outbox()] == [entry.op_id]
    assert new.setting("a") == "b!"
    assert [check.ok for check in new.verify_audit()] == [True]
    with new._db.read() as connection:
        assert connection.exec_driver_sql("SELECT priority FROM outbox").scalar() == 7
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    (backup,) = profile.backups.glob("store-*.db")
    assert backup.stat().st_mode & 0o077 == 0
    new.close()
    # The backup is the database of before, under the same key.
    shutil.copy(backup, profile.database)
    restored = open_store()
    assert restored.setting("a") == "b!", "and is migrated again when it is put back"
    restored.close()


def test_a_migration_that_fails_leaves_the_old_database(
    open_store: Callable[[], Store],
    next_version: Callable[..., None],
    profile: Profile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = open_store()
    old.accept([made_case()], [], [])
    old.set_setting("a", "b")
    before = shape(old._db)
    old.close()
    next_version("raise RuntimeError('power cut')")
    with pytest.raises(migrate.MigrationFailed) as caught:
        open_store()
    assert "power cut" in str(caught.value.__cause__)
    assert not (profile.backups / "undo.json").exists(), "nothing happened, so nothing is to be taken back"
    monkeypatch.undo()
    again = open_store()
    assert shape(again._db) == before
    assert again.setting("a") == "b"
    assert len(again.cases()) == 1


def test_a_migration_that_breaks_a_reference_is_undone(
    open_store: Callable[[], Store], next_version: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = open_store()
    old.accept([made_case()], [], [])
    old.close()
    next_version("op.execute('DELETE FROM cases')")
    with pytest.raises(migrate.MigrationFailed) as caught:
        open_store()
    assert "引用失效" in str(caught.value.__cause__)
    monkeypatch.undo()
    assert len(open_store().cases()) == 1


def test_a_migration_that_spoils_the_file_gives_the_backup_back(
    open_store: Callable[[], Store],
    next_version: Callable[..., None],
    profile: Profile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = open_store()
    old.accept([made_case()], [], [])
    old.close()
    next_version("raise RuntimeError('torn')")
    # What no transaction can undo: pages of the file itself.
    monkeypatch.setattr(Database, "integrity", lambda self: ["page 3"])
    with pytest.raises(migrate.MigrationFailed):
        open_store()
    (backup,) = profile.backups.glob("store-*.db")
    assert profile.database.read_bytes() == backup.read_bytes()
    monkeypatch.undo()
    assert len(open_store().cases()) == 1


def test_a_migration_is_taken_back_until_it_is_kept(
    open_store: Callable[[], Store],
    next_version: Callable[..., None],
    profile: Profile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the older program finds when the newer one is given up after it had migrated."""
    old = open_store()
    old.accept([made_case()], [], [])
    old.set_setting("a", "b")
    old.close()
    assert migrate.undo_migration(profile), "nothing was migrated: the store is the older program's as it is"
    next_version()
    new = open_store()
    assert new.setting("a") == "b!"
    new.close()
    assert migrate.undo_migration(profile)
    monkeypatch.undo()
    again = open_store()
    assert again.setting("a") == "b"
    assert len(again.cases()) == 1
    again.close()
    next_version()
    open_store().close()
    migrate.forget_undo(profile.backups)
    assert migrate.undo_migration(profile)
    assert open_store().setting("a") == "b!", "what was kept stays"


def test_a_backup_that_is_gone_is_not_pretended(profile: Profile) -> None:
    profile.backups.mkdir()
    for text in ('{"backup": "store-x.db"}', "{", '{"backup": "../../etc/passwd"}'):
        (profile.backups / "undo.json").write_text(text)
        assert migrate.undo_migration(profile) is False


def test_a_newer_database_is_refused_and_not_touched(
    open_store: Callable[[], Store],
    next_version: Callable[..., None],
    profile: Profile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    open_store().close()
    next_version()
    open_store().close()
    monkeypatch.undo()
    before = profile.database.read_bytes()
    with pytest.raises(EnvironmentProblem, match="数据库比程序新"):
        open_store()
    assert profile.database.read_bytes() == before


def test_old_backups_go(profile: Profile) -> None:
    profile.backups.mkdir()
    for number in range(6):
        (profile.backups / f"store-{number}.db").touch()
    (profile.backups / "my own copy.db").touch()
    migrate._drop_old_backups(profile.backups)
    assert len(list(profile.backups.glob("store-*.db"))) == migrate.BACKUPS_KEPT
    assert (profile.backups / "my own copy.db").exists()


def test_a_backup_while_working(store: Store, tmp_path: Path, clock: FixedClock) -> None:
    case = made_case()
    store.accept([case], [], [])
    target = tmp_path / "copies" / "copy.db"
    store.backup(target)
    store.accept([made_case()], [], [])
    folder = tmp_path / "restored"
    shutil.copytree(store.profile.folder, folder, ignore=shutil.ignore_patterns("store.db*"))
    shutil.copy(target, folder / "store.db")
    with Profile(folder, "demo") as profile, Store.open(profile, DemoKeys(folder), clock) as restored:
        assert restored.cases() == [case]
