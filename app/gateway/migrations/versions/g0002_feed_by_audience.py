"""A feed is read by audience: at a reconnect 2,300 windows each ask for their own few rows among 92,000.

Revision: g0002.
"""

from alembic import op

revision = "g0002"
down_revision = "g0001"


def upgrade() -> None:
    op.create_index("feed_audience", "feed_rows", ["feed", "audience", "xid", "seq"])
    op.drop_index("feed_order", "feed_rows")


def downgrade() -> None:
    op.create_index("feed_order", "feed_rows", ["feed", "xid", "seq"])
    op.drop_index("feed_audience", "feed_rows")
