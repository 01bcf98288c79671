"""The register of foreign residents and the log of its use.

Revision: g0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "g0007"
down_revision = "g0006"


def upgrade() -> None:
    op.create_table(
        "residents",
        sa.Column("code_id", sa.Text, primary_key=True),
        sa.Column("person_key", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("consent", sa.Text, nullable=False),
        sa.Column("check_record", sa.Text, nullable=False),
        sa.Column("device_id", sa.Text, nullable=False),
        sa.Column("clerk", sa.Text, nullable=False),
        sa.Column("registered_at", sa.Text, nullable=False),
        sa.Column("until", sa.Text, nullable=False),
        sa.Column("ended_at", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("residents_person", "residents", ["person_key"])
    op.create_index("residents_until", "residents", ["until"])
    op.create_table(
        "resident_log",
        sa.Column("reference", sa.Text, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("device_id", sa.Text, nullable=False),
        sa.Column("clerk", sa.Text, nullable=False),
        sa.Column("deed", sa.Text, nullable=False),
        sa.Column("scenario", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("code_id", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("resident_log_at", "resident_log", ["at"])


def downgrade() -> None:
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM residents WHERE state = 'found'")):
        raise RuntimeError("there are residents whose codes still serve")
    op.drop_table("resident_log")
    op.drop_table("residents")
