"""Beside a case who decides it, when that is another region 异地收件.

Revision: 0011. All cases of before are decided where they were accepted.
"""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE case_territories (
            case_id TEXT NOT NULL,
            code TEXT NOT NULL,
            name TEXT NOT NULL,
            CONSTRAINT pk_case_territories PRIMARY KEY (case_id),
            CONSTRAINT fk_case_territories_case_id FOREIGN KEY(case_id) REFERENCES cases (case_id)
        )
        """
    )


def downgrade() -> None:
    op.execute("DROP TABLE case_territories")
