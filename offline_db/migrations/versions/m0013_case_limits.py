"""Beside a case the moment at which its limit of half working days ends.

Revision: 0013. The limits of all cases of before end with a day.
"""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE case_limits (
            case_id TEXT NOT NULL,
            halves INTEGER NOT NULL,
            due_at TEXT NOT NULL,
            CONSTRAINT pk_case_limits PRIMARY KEY (case_id),
            CONSTRAINT fk_case_limits_case_id FOREIGN KEY(case_id) REFERENCES cases (case_id)
        )
        """
    )


def downgrade() -> None:
    op.execute("DROP TABLE case_limits")
