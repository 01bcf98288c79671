"""What makes the tables of a new database is what SQLAlchemy itself would do."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from postgres_kit import cluster

from app.gateway.tables import metadata as gateway_tables
from offline_db.ddl import make_tables, statements
from offline_db.schema import metadata as window_tables


@pytest.mark.parametrize("metadata", [window_tables, gateway_tables], ids=["window", "gateway"])
def test_sqlite_holds_the_same(metadata: sa.MetaData) -> None:
    made = []
    for make in (metadata.create_all, lambda connection: make_tables(connection, metadata)):
        engine = sa.create_engine("sqlite://")
        with engine.begin() as connection:
            make(connection)
            made.append(connection.execute(sa.text("SELECT type, name, tbl_name, sql FROM sqlite_master")).all())
        engine.dispose()
    assert made[0] == made[1] != []


def test_postgresql_holds_the_same() -> None:
    columns = sa.text(
        "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns "
        "WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
    )
    indexes = sa.text("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexdef")
    made = []
    for make in (gateway_tables.create_all, lambda connection: make_tables(connection, gateway_tables)):
        engine = sa.create_engine(cluster().new_database().replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            make(connection)
            made.append((connection.execute(columns).all(), connection.execute(indexes).all()))
        engine.dispose()
    assert made[0] == made[1]
    assert made[0][0]
    assert made[0][1]


def test_they_are_worded_once() -> None:
    assert statements(window_tables, "sqlite") is statements(window_tables, "sqlite")
