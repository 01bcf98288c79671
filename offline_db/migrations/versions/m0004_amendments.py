"""Corrections of accepted cases: what the platform last had, what was amended, what a person has to decide.

Revision: 0004. Cases accepted before are as they were sent; a row comes with the first amendment. Going back forgets
amendments that are done, and refuses while one still waits.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = (
    """
    CREATE TABLE contents (
        case_id TEXT NOT NULL,
        rev INTEGER NOT NULL,
        wanted INTEGER NOT NULL,
        form TEXT,
        facts TEXT,
        CONSTRAINT pk_contents PRIMARY KEY (case_id),
        CONSTRAINT fk_contents_case_id FOREIGN KEY(case_id) REFERENCES cases (case_id)
    )
    """,
    """
    CREATE TABLE amendments (
        seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        case_id TEXT NOT NULL,
        op_id TEXT NOT NULL,
        made_at TEXT NOT NULL,
        clerk TEXT NOT NULL,
        reason TEXT NOT NULL,
        base TEXT NOT NULL,
        changes TEXT NOT NULL,
        facts TEXT NOT NULL,
        standing TEXT NOT NULL,
        CONSTRAINT fk_amendments_case_id FOREIGN KEY(case_id) REFERENCES cases (case_id),
        CONSTRAINT uq_amendments_op_id UNIQUE (op_id)
    )
    """,
    "CREATE INDEX ix_amendments_case_id ON amendments (case_id)",
    "CREATE INDEX ix_amendments_open ON amendments (standing) WHERE standing IN ('waiting', 'conflict')",
    """
    CREATE TABLE conflicts (
        conflict_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        amendment INTEGER NOT NULL,
        found_at TEXT NOT NULL,
        base TEXT NOT NULL,
        mine TEXT NOT NULL,
        mine_facts TEXT NOT NULL,
        rev INTEGER NOT NULL,
        theirs TEXT NOT NULL,
        theirs_facts TEXT NOT NULL,
        trail TEXT NOT NULL,
        contested TEXT NOT NULL,
        choices TEXT,
        decided_by TEXT DEFAULT '' NOT NULL,
        decided_at TEXT,
        CONSTRAINT fk_conflicts_amendment FOREIGN KEY(amendment) REFERENCES amendments (seq)
    )
    """,
    "CREATE INDEX ix_conflicts_amendment ON conflicts (amendment)",
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)


def downgrade() -> None:
    waiting = sa.text("SELECT count(*) FROM amendments WHERE standing IN ('waiting', 'conflict')")
    if op.get_bind().scalar(waiting):
        raise RuntimeError("amendments still wait: an older program would never send them")
    # An older program knows no operation of this kind.
    op.execute("DELETE FROM outbox WHERE kind = 'amend'")
    for table in ("conflicts", "amendments", "contents"):
        op.execute(f"DROP TABLE {table}")
