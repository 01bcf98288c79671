"""Alembic's environment. The connection, with its one exclusive transaction, comes from offline_db.migrate."""

from alembic import context

from offline_db.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
