"""Beside each case what speaks for or against the time that it bears.

Revision: 0007. Of cases accepted before nothing is known.
"""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE case_clocks (
            case_id TEXT NOT NULL,
            offset_ms INTEGER,
            monotonic_ms INTEGER NOT NULL,
            boot_id TEXT NOT NULL,
            suspect INTEGER NOT NULL,
            CONSTRAINT pk_case_clocks PRIMARY KEY (case_id),
            CONSTRAINT fk_case_clocks_case_id FOREIGN KEY(case_id) REFERENCES cases (case_id)
        )
        """
    )


def downgrade() -> None:
    op.execute("DROP TABLE case_clocks")
