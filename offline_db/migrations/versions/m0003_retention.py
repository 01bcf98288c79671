"""Which cases are safe at the gateway, and what of them was cleared here.

Revision: 0003. Cases of before are as they were: when the gateway took them is asked for at the next contact.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    """
    CREATE TABLE arrivals (
        op_id TEXT NOT NULL,
        received_at TEXT NOT NULL,
        CONSTRAINT pk_arrivals PRIMARY KEY (op_id)
    )
    """,
    """
    CREATE TABLE keeping (
        case_id TEXT NOT NULL,
        durable_at TEXT,
        files_at TEXT,
        contents_at TEXT,
        lost_at TEXT,
        CONSTRAINT pk_keeping PRIMARY KEY (case_id)
    )
    """,
    "CREATE INDEX ix_keeping_durable_at ON keeping (durable_at)",
    """
    CREATE TABLE gone_files (
        sha256 TEXT NOT NULL,
        gone_at TEXT NOT NULL,
        removed INTEGER DEFAULT '0' NOT NULL,
        CONSTRAINT pk_gone_files PRIMARY KEY (sha256)
    )
    """,
    "CREATE INDEX ix_gone_files_open ON gone_files (removed) WHERE removed = 0",
    # Since when such a case is durable is not known (it went down and up again): it is found out anew.
    "UPDATE cases SET state = 'acked' WHERE state = 'durable'",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    for table in ("gone_files", "keeping", "arrivals"):
        op.execute(f"DROP TABLE {table}")
