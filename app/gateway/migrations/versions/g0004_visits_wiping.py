"""Visits at people's own places with the packs taken along and their numbers, and orders to wipe a device.

Revision: g0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "g0004"
down_revision = "g0003"


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("visit_id", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
    )
    op.create_table(
        "visit_packs",
        sa.Column("pack_id", sa.Text, primary_key=True),
        sa.Column("visit_id", sa.Text, sa.ForeignKey("visits.visit_id"), nullable=False, index=True),
        sa.Column("device_id", sa.Text, nullable=False, index=True),
        sa.Column("window_id", sa.Text, nullable=False),
        sa.Column("clerk", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("catalog_version", sa.Text, nullable=False),
        sa.Column("checked_out_at", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        sa.Column("ended_at", sa.Text),
    )
    op.create_table(
        "number_blocks",
        sa.Column("window_id", sa.Text, primary_key=True),
        sa.Column("first", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("from_day", sa.Text, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("to_day", sa.Text, nullable=False),
        sa.Column("pack_id", sa.Text, sa.ForeignKey("visit_packs.pack_id"), nullable=False, index=True),
    )
    op.create_table(
        "wipe_orders",
        sa.Column("order_id", sa.Text, primary_key=True),
        sa.Column("device_id", sa.Text, nullable=False, index=True),
        sa.Column("token_key", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("issued_at", sa.Text, nullable=False),
        sa.Column("told_at", sa.Text),
        sa.Column("confirmed_at", sa.Text),
        sa.Column("outcome", sa.Text, nullable=False),
    )


def downgrade() -> None:
    count = op.get_bind().scalar
    if count(sa.text("SELECT count(*) FROM visit_packs WHERE state = 'out'")):
        raise RuntimeError("there are visit packs out, whose return the earlier version would not take")
    if count(sa.text("SELECT count(*) FROM wipe_orders WHERE confirmed_at IS NULL")):
        raise RuntimeError("there are devices to be wiped, which the earlier version would not do")
    for table in ("wipe_orders", "number_blocks", "visit_packs", "visits"):
        op.drop_table(table)
