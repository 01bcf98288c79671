"""Corrections of cases, and the keys by which devices sign their packets.

Revision: g0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "g0003"
down_revision = "g0002"


def upgrade() -> None:
    op.create_table(
        "amendments",
        sa.Column("case_id", sa.Text, sa.ForeignKey("cases.case_id"), primary_key=True),
        sa.Column("rev", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("op_id", sa.Text),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_table(
        "device_keys",
        sa.Column("device_id", sa.Text, sa.ForeignKey("devices.device_id"), primary_key=True),
        sa.Column("packet_key", sa.Text, nullable=False),
    )


def downgrade() -> None:
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM amendments")):
        # What a case says now is the case as received with all corrections after it.
        raise RuntimeError("there are corrections, which the earlier version does not know")
    op.drop_table("device_keys")
    op.drop_table("amendments")
