"""Beside a case that it was accepted at an assisted visit 帮办. Never why.

Revision: 0012. Cases of before were accepted at ordinary visits.
"""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE case_assisted (
            case_id TEXT NOT NULL,
            CONSTRAINT pk_case_assisted PRIMARY KEY (case_id),
            CONSTRAINT fk_case_assisted_case_id FOREIGN KEY(case_id) REFERENCES cases (case_id)
        )
        """
    )


def downgrade() -> None:
    op.execute("DROP TABLE case_assisted")
