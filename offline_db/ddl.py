"""The statements that make all tables of a schema, put into words once per process."""

from __future__ import annotations

import functools
from typing import Any

import sqlalchemy as sa


def make_tables(connection: sa.Connection, metadata: sa.MetaData) -> None:
    """Make every table and index in an empty database, inside the caller's transaction.

    The same as `metadata.create_all`, which asks for each table whether it is there and words each statement anew:
    two thirds of the time of a first start.
    """
    for statement in statements(metadata, connection.dialect.name):
        connection.exec_driver_sql(statement)


@functools.cache
def statements(metadata: sa.MetaData, dialect: str) -> tuple[str, ...]:
    """CREATE TABLE and CREATE INDEX in the order in which they depend on each other. dialect: its name."""
    worded: list[str] = []

    def word(element: sa.schema.ExecutableDDLElement, *rest: Any, **more: Any) -> None:
        worded.append(str(element.compile(dialect=engine.dialect)))

    engine = sa.create_mock_engine(f"{dialect}://", word)
    metadata.create_all(engine, checkfirst=False)
    return tuple(worded)
