"""Each revision, up and down again, with data in every table there is: nothing is lost that the older form can hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from offline_db import migrate
from offline_db.engine import Database

KEY = bytes(range(32))
OWN = ("alembic_version", "case_names")
"""Alembic's own, and the full-text index, which is no table of rows."""
Rows = dict[str, list[dict[str, Any]]]


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(migrate.MIGRATIONS))
    return made


def steps() -> list[tuple[str, str]]:
    """(revision before, revision), the oldest first; the first tables have none before them."""
    found = [
        (str(script.down_revision), script.revision)
        for script in ScriptDirectory.from_config(config()).walk_revisions()
        if script.down_revision is not None
    ]
    return found[::-1]


def go(database: Database, revision: str, *, down: bool = False) -> None:
    made = config()
    with database.exclusive() as connection:
        made.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(made, revision)


def tables(connection: sa.Connection) -> list[sa.Table]:
    metadata = sa.MetaData()
    names = [name for name in sa.inspect(connection).get_table_names() if not name.startswith(OWN)]
    metadata.reflect(connection, only=names)
    return list(metadata.sorted_tables)


def value(column: sa.Column[Any]) -> Any:
    """Something that any reader of such a column can read; the same for all, so that references hold."""
    if isinstance(column.type, sa.Integer):
        return 1
    if column.name in ("body", "form", "text", "details", "summary"):
        return '{"name": "㛃𠮷䶮𬭚"}'
    if column.name.endswith("at") or column.name in ("day", "due"):
        return "2026-11-22T01:02:03.456Z"
    return "㛃𠮷-1"


def fill(database: Database) -> None:
    """One row in every table."""
    with database.write() as connection:
        for table in tables(connection):
            row = {column.name: value(column) for column in table.columns}
            connection.execute(sa.insert(table).values(row))


def content(database: Database) -> Rows:
    with database.read() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in tables(connection)
        }


def shape(database: Database) -> dict[str, str]:
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").all()
    return {name: "".join(sql.replace('"', "").split()) for name, sql in rows if name != "alembic_version"}


def common(before: Rows, after: Rows) -> list[str]:
    """What of before is not in after, as far as after has room for it."""
    lost = []
    for name in before.keys() & after.keys():
        if len(before[name]) != len(after[name]):
            lost.append(f"{name}: {len(before[name])} rows, then {len(after[name])}")
        for old, new in zip(before[name], after[name], strict=False):
            lost += [f"{name}.{column}" for column in old.keys() & new.keys() if old[column] != new[column]]
    return lost


@pytest.mark.parametrize(("older", "newer"), steps())
def test_up_and_down_again_with_data(tmp_path: Path, older: str, newer: str) -> None:
    database = Database(tmp_path / "store.db", KEY)
    go(database, older)
    fill(database)
    first, first_shape = content(database), shape(database)
    go(database, newer)
    upgraded = content(database)
    assert first.keys() <= upgraded.keys(), "a table went"
    assert common(first, upgraded) == []
    go(database, older, down=True)
    assert shape(database) == first_shape
    assert common(first, content(database)) == []
    assert content(database).keys() == first.keys()
    database.close()


@pytest.mark.parametrize(("older", "newer"), steps())
def test_down_and_up_again_with_data(tmp_path: Path, older: str, newer: str) -> None:
    database = Database(tmp_path / "store.db", KEY)
    go(database, newer)
    newest_shape = shape(database)
    fill(database)
    first = content(database)
    go(database, older, down=True)
    assert common(first, content(database)) == []
    go(database, newer)
    assert shape(database) == newest_shape
    database.close()


def test_the_comparison_sees_a_loss() -> None:
    rows: Rows = {"cases": [{"a": 1, "b": 2}]}
    assert common(rows, {"cases": []}) == ["cases: 1 rows, then 0"]
    assert common(rows, {"cases": [{"a": 1, "b": 3}]}) == ["cases.b"]
