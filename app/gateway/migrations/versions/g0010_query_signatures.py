"""Calls for shared data that a clerk's hardware key signed.

Revision: g0010. Calls of before are signed by nobody.
"""

import sqlalchemy as sa
from alembic import op

revision = "g0010"
down_revision = "g0009"


def upgrade() -> None:
    op.create_table(
        "query_signatures",
        sa.Column("nonce", sa.Text, primary_key=True),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("serial", sa.Text, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("statement", sa.Text, nullable=False),
        sa.Column("certificate", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("kept_at", sa.Text, nullable=False),
    )
    op.create_index("query_signatures_call", "query_signatures", ["reference"])


def downgrade() -> None:
    op.drop_index("query_signatures_call", "query_signatures")
    op.drop_table("query_signatures")
