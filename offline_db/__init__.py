"""The encrypted local store: engine, tables, migrations, outbox, file vault."""
