"""The roster: who stands at which firm, single days, what was changed, whom slips went to.

Revision: g0012. Slips of before were given to nobody by it.
"""

import sqlalchemy as sa
from alembic import op

revision = "g0012"
down_revision = "g0010"


def upgrade() -> None:
    op.create_table(
        "roster_rules",
        sa.Column("rule_id", sa.Text, primary_key=True),
        sa.Column("until", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "roster_changes",
        sa.Column("change_id", sa.Text, primary_key=True),
        sa.Column("last_day", sa.Text, nullable=False, index=True),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "roster_log",
        sa.Column("entry_id", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("deed", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("device_id", sa.Text, nullable=False),
    )
    op.create_index("roster_log_at", "roster_log", ["at"])
    op.create_table(
        "roster_assignments",
        sa.Column("matter_id", sa.Text, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("clerk", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("roster_assignments")
    op.drop_index("roster_log_at", "roster_log")
    op.drop_table("roster_log")
    op.drop_table("roster_changes")
    op.drop_table("roster_rules")
