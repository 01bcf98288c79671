"""E-licences that the platform issues when a case is granted, and the log of their use.

Revision: g0013. Decisions of before made none, and make none afterwards.
"""

import sqlalchemy as sa
from alembic import op

revision = "g0013"
down_revision = "g0011"


def upgrade() -> None:
    op.create_table(
        "issued_licences",
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("identifier_hash", sa.Text, nullable=False, unique=True),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("licence_type", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("code", sa.LargeBinary, nullable=False),
        sa.Column("issued_at", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        sa.Column("ended_at", sa.Text),
        sa.Column("converted", sa.Text, nullable=False),
    )
    op.create_table(
        "issue_log",
        sa.Column("reference", sa.Text, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("deed", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("device_id", sa.Text, nullable=False),
        sa.Column("clerk", sa.Text, nullable=False),
        sa.Column("scenario", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("issue_log_at", "issue_log", ["at"])
    op.create_index("issue_log_case", "issue_log", ["case_id"])


def downgrade() -> None:
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM issued_licences WHERE state = 'issued'")):
        raise RuntimeError("there are licences that were issued and count")
    op.drop_index("issue_log_case", "issue_log")
    op.drop_index("issue_log_at", "issue_log")
    op.drop_table("issue_log")
    op.drop_table("issued_licences")
