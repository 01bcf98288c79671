"""The index of what waits follows the order in which it is drained.

Revision: 0006. No row changes: by kind and in its order, with what the status bar counts beside it.
"""

from alembic import op

revision = "0006"
down_revision = "0004"

OPEN = "WHERE state NOT IN ('done', 'withdrawn')"


def upgrade() -> None:
    op.execute("DROP INDEX ix_outbox_open")
    op.execute(f"CREATE INDEX ix_outbox_open ON outbox (kind, local_seq, state, created_at) {OPEN}")


def downgrade() -> None:
    op.execute("DROP INDEX ix_outbox_open")
    op.execute(f"CREATE INDEX ix_outbox_open ON outbox (state, local_seq) {OPEN}")
