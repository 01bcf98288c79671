"""Other regions' platforms, and the cases that are handed over to them.

Revision: g0008. Cases of before are decided here.
"""

import sqlalchemy as sa
from alembic import op

revision = "g0008"
down_revision = "g0007"


def upgrade() -> None:
    op.add_column("cases", sa.Column("territory", sa.Text))
    op.create_index("cases_territory", "cases", ["territory"])
    op.create_table(
        "regions",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("cursor", sa.Text),
    )
    op.create_table(
        "handovers",
        sa.Column("case_id", sa.Text, sa.ForeignKey("cases.case_id"), primary_key=True),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("seal", sa.Text, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("handed_at", sa.Text),
        sa.Column("heard", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_handovers_region", "handovers", ["region"])
    op.create_index("handovers_state", "handovers", ["state", "next_at"])
    op.create_table(
        "handover_pages",
        sa.Column("case_id", sa.Text, sa.ForeignKey("handovers.case_id"), primary_key=True),
        sa.Column("material_id", sa.Text, primary_key=True),
        sa.Column("sha256", sa.Text, primary_key=True),
    )


def downgrade() -> None:
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM cases WHERE territory IS NOT NULL AND stage <> 4")):
        raise RuntimeError("there are cases that another region has not decided yet")
    op.drop_table("handover_pages")
    op.drop_table("handovers")
    op.drop_table("regions")
    op.drop_index("cases_territory", "cases")
    op.drop_column("cases", "territory")
