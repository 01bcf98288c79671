"""Statements of the hot path, compiled once and given to the driver.

SQLAlchemy looks each one up anew and wraps each result, which for the ten small statements of an accept takes longer
than the database does. Errors are therefore the driver's own (`offline_db.engine.REFUSED_ROW`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

_DIALECT = SQLiteDialect_pysqlite()


class Prepared:
    """An INSERT or UPDATE whose values come with each execution, by these names, inside a `Database.write`. Columns of
    text and whole numbers only: values reach the driver as they are."""

    def __init__(self, statement: sa.Insert | sa.Update, names: Sequence[str] | None = None) -> None:
        compiled = statement.compile(dialect=_DIALECT, column_keys=list(names) if names else None)
        self._sql = str(compiled)
        self._names: tuple[str, ...] = tuple(compiled.positiontup or ())

    def run(self, connection: sa.Connection, row: Mapping[str, Any]) -> int:
        """Execute once inside the caller's transaction; the row's number. KeyError for a value that lacks."""
        return int(_driver(connection).execute(self._sql, tuple(row[name] for name in self._names)).lastrowid or 0)

    def run_all(self, connection: sa.Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Execute for each row, if there is any."""
        values = [tuple(row[name] for name in self._names) for row in rows]
        if values:
            _driver(connection).executemany(self._sql, values)


class Query:
    """A SELECT whose values come with each execution. Goes around SQLAlchemy's results: rows come as the driver gives
    them, text and whole numbers."""

    def __init__(self, statement: sa.Select[Any]) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        self._sql = str(compiled)
        self._names: tuple[str, ...] = tuple(compiled.positiontup or ())
        # What the statement itself brings, e.g. the offset beside a limit.
        self._own = {name: value for name, value in compiled.params.items() if value is not None}
        self._columns = tuple(column.name for column in statement.selected_columns)

    def rows(self, connection: sa.Connection, **values: Any) -> list[dict[str, Any]]:
        """What is found, in the caller's view of the last commit."""
        return [dict(zip(self._columns, row, strict=True)) for row in self._run(connection, values)]

    def firsts(self, connection: sa.Connection, **values: Any) -> list[Any]:
        """The first column of what is found."""
        return [row[0] for row in self._run(connection, values)]

    def _run(self, connection: sa.Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        if not connection.in_transaction():
            # All queries of one reading see one commit.
            connection.begin()
        found: list[tuple[Any, ...]] = _driver(connection).execute(self._sql, self._values(values)).fetchall()
        return found

    def _values(self, values: Mapping[str, Any]) -> list[Any]:
        known = {**self._own, **values}
        return [known[name] for name in self._names]


def _driver(connection: sa.Connection) -> Any:
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101  (a connection in use has one)
    return driver


def any_of(column: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[bool]:
    """Is the column one of the values that come under this name as a JSON list? The statement's text stays the same
    however many there are."""
    listed = sa.func.json_each(sa.bindparam(name)).table_valued("value")
    return column.in_(sa.select(listed.c.value))


def insert_into(table: sa.Table, *, without: str = "") -> Prepared:
    """An INSERT of whole rows. without: the column whose value the database gives."""
    return Prepared(sa.insert(table), [column.name for column in table.c if column.name != without])
