"""Alembic's environment. The connection, with its one transaction, comes from app.gateway.migrate."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
