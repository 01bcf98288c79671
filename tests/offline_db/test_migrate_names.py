"""The index of names, written anew by its migration, with names in it, both ways."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from offline_db.engine import Database
from offline_db.search import numbers_of
from tests.offline_db.test_migrate_database import migrate_to

NAMES = ("张㛃𠮷", "李　𬭚", "Zoë O’Neil", "")


def test_names_are_found_after_both_ways(tmp_path: Path) -> None:
    database = Database(tmp_path / "both.db", bytes(range(32)))
    migrate_to(database, "head")
    with database.write() as connection:
        columns = connection.execute(text("SELECT name, type, \"notnull\" FROM pragma_table_info('cases')")).all()
        for seq, name in enumerate(NAMES, 1):
            row = {column: 0 if kind == "INTEGER" else f"{column}-{seq}" for column, kind, needed in columns if needed}
            row |= {"seq": seq, "applicant_name": name}
            sql = f"INSERT INTO cases ({', '.join(row)}) VALUES ({', '.join(':' + key for key in row)})"  # noqa: S608
            connection.execute(text(sql), row)
    migrate_to(database, "0008")
    with database.read() as connection:
        of_characters = "SELECT rowid FROM case_names WHERE case_names MATCH :words"
        assert connection.scalars(text(of_characters), {"words": f'"{ord("㛃"):x} {ord("𠮷"):x}"'}).all() == [1]
        assert numbers_of(connection, "㛃𠮷", 10) == []  # today's words are not in the old index
    migrate_to(database, "head")
    with database.read() as connection:
        found = {words: numbers_of(connection, words, 10) for words in ("㛃𠮷", "张㛃𠮷", "李𬭚", "o neil", "张𠮷")}
    assert found == {"㛃𠮷": [1], "张㛃𠮷": [1], "李𬭚": [2], "o neil": [3], "张𠮷": []}
    database.close()
