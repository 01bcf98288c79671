"""Matters of firms: slips, inspection tasks, joint reviews, self-assessments, orders to intermediaries.

Revision: g0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "g0006"
down_revision = "g0005"


def upgrade() -> None:
    op.create_table(
        "matters",
        sa.Column("matter_id", sa.Text, primary_key=True),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("device_id", sa.Text, nullable=False),
        sa.Column("firm_number", sa.Text, nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
    )
    op.create_index("matters_stage", "matters", ["stage", "due"])
    op.create_index("matters_firm", "matters", ["firm_number"])


def downgrade() -> None:
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM matters WHERE stage <> 'closed'")):
        raise RuntimeError("there are matters of firms that are not closed")
    op.drop_table("matters")
