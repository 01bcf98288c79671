"""When a case's limit of half working days ends, and since when its time stands still.

Revision: g0011. The limits of all cases of before end with a day.
"""

import sqlalchemy as sa
from alembic import op

revision = "g0011"
down_revision = "g0012"


def upgrade() -> None:
    op.add_column("cases", sa.Column("due_at", sa.Text))
    op.add_column("cases", sa.Column("paused_at", sa.Text))
    op.create_index("cases_due_at", "cases", ["due_at"])


def downgrade() -> None:
    op.drop_index("cases_due_at", "cases")
    op.drop_column("cases", "paused_at")
    op.drop_column("cases", "due_at")
