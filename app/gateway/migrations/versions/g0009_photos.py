"""Photographs of people that any window may use, and the log of their use.

Revision: g0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "g0009"
down_revision = "g0008"


def upgrade() -> None:
    op.create_table(
        "photos",
        sa.Column("photo_id", sa.Text, primary_key=True),
        sa.Column("person_key", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("picture", sa.LargeBinary, nullable=False),
        sa.Column("taken_at", sa.Text, nullable=False),
        sa.Column("until", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("device_id", sa.Text, nullable=False),
        sa.Column("consent", sa.Text, nullable=False),
        sa.Column("ended_at", sa.Text),
    )
    op.create_index("photos_person", "photos", ["person_key"])
    op.create_index("photos_until", "photos", ["until"])
    op.create_table(
        "photo_log",
        sa.Column("reference", sa.Text, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("device_id", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("clerk", sa.Text, nullable=False),
        sa.Column("visit_id", sa.Text, nullable=False),
        sa.Column("deed", sa.Text, nullable=False),
        sa.Column("photo_id", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
    )
    op.create_index("photo_log_at", "photo_log", ["at"])
    op.create_index("photo_log_device", "photo_log", ["device_id", "at"])
    op.create_index("photo_log_photo", "photo_log", ["photo_id"])


def downgrade() -> None:
    # A photograph can be taken again; what was agreed to holds for this table only.
    op.drop_table("photo_log")
    op.drop_table("photos")
