"""Statements of the hot path, compiled once.

SQLAlchemy looks each one up anew, which for the ten small statements of an accept takes longer than the database does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

_DIALECT = SQLiteDialect_pysqlite()


class Prepared:
    """An INSERT or UPDATE whose values come with each execution, by these names. Columns of text and whole numbers
    only: values reach the driver as they are."""

    def __init__(self, statement: sa.Insert | sa.Update, names: Sequence[str] | None = None) -> None:
        compiled = statement.compile(dialect=_DIALECT, column_keys=list(names) if names else None)
        self._sql = str(compiled)
        self._names: tuple[str, ...] = tuple(compiled.positiontup or ())

    def run(self, connection: sa.Connection, row: Mapping[str, Any]) -> int:
        """Execute once inside the caller's transaction; the row's number. KeyError for a value that lacks."""
        return int(connection.exec_driver_sql(self._sql, tuple(row[name] for name in self._names)).lastrowid or 0)

    def run_all(self, connection: sa.Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Execute for each row, if there is any."""
        values = [tuple(row[name] for name in self._names) for row in rows]
        if values:
            connection.exec_driver_sql(self._sql, values)


def insert_into(table: sa.Table, *, without: str = "") -> Prepared:
    """An INSERT of whole rows. without: the column whose value the database gives."""
    return Prepared(sa.insert(table), [column.name for column in table.c if column.name != without])
