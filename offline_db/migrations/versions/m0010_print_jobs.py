"""A print job is a row before it is sent, with all that its printing needs after a restart; batches of them.

Revision: 0010. Jobs of before were written when they were sent: they are printed, refused or of unknown fate. Going
back, a job that never went to a printer becomes one that was called off: an older program must not ask after its fate.
"""

from alembic import op

revision = "0010"
down_revision = "0009"

PRINTS = """
    CREATE TABLE prints_new (
        seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        job_id TEXT NOT NULL,
        paper_number TEXT NOT NULL,
        kind TEXT DEFAULT '' NOT NULL,
        slot TEXT DEFAULT '' NOT NULL,
        size TEXT DEFAULT '' NOT NULL,
        reprint INTEGER DEFAULT '0' NOT NULL,
        case_id TEXT DEFAULT '' NOT NULL,
        sealed TEXT DEFAULT '' NOT NULL,
        batch_id TEXT DEFAULT '' NOT NULL,
        position INTEGER DEFAULT '0' NOT NULL,
        reason TEXT DEFAULT '' NOT NULL,
        clerk TEXT DEFAULT '' NOT NULL,
        state TEXT NOT NULL,
        tries INTEGER DEFAULT '0' NOT NULL,
        detail TEXT DEFAULT '' NOT NULL,
        queued_at TEXT NOT NULL,
        started_at TEXT,
        outcome TEXT,
        ended_at TEXT,
        CONSTRAINT uq_prints_job_id UNIQUE (job_id)
    )
"""

OLD_PRINTS = """
    CREATE TABLE prints_old (
        job_id TEXT NOT NULL,
        paper_number TEXT NOT NULL,
        started_at TEXT NOT NULL,
        outcome TEXT,
        ended_at TEXT,
        CONSTRAINT pk_prints PRIMARY KEY (job_id)
    )
"""

BATCHES = """
    CREATE TABLE print_batches (
        batch_id TEXT NOT NULL,
        title TEXT NOT NULL,
        slot TEXT NOT NULL,
        state TEXT NOT NULL,
        clerk TEXT NOT NULL,
        made_at TEXT NOT NULL,
        ended_at TEXT,
        CONSTRAINT pk_print_batches PRIMARY KEY (batch_id)
    )
"""

TAKE_OVER = """
    INSERT INTO prints_new (job_id, paper_number, state, queued_at, started_at, outcome, ended_at)
    SELECT job_id, paper_number, CASE
        WHEN outcome = 'OK' THEN 'printed'
        WHEN outcome IN ('NOT_PRESENT', 'BUSY', 'TIMEOUT', 'DENIED_BY_USER', 'UNREADABLE', 'OUT_OF_PAPER',
            'DISCONNECTED', 'FAULT', 'CANCELLED') THEN 'cancelled'
        ELSE 'unknown' END,
        started_at, started_at, outcome, ended_at
    FROM prints ORDER BY started_at, job_id
"""

GIVE_BACK = """
    INSERT INTO prints_old (job_id, paper_number, started_at, outcome, ended_at)
    SELECT job_id, paper_number, coalesce(started_at, queued_at),
        CASE WHEN state IN ('held', 'waiting') THEN 'CANCELLED' ELSE outcome END, ended_at
    FROM prints
"""


def upgrade() -> None:
    op.execute(PRINTS)
    op.execute(TAKE_OVER)
    op.execute("DROP TABLE prints")
    op.execute("ALTER TABLE prints_new RENAME TO prints")
    op.execute("CREATE INDEX ix_prints_paper_number ON prints (paper_number)")
    op.execute("CREATE INDEX ix_prints_queued_at ON prints (queued_at)")
    op.execute(
        "CREATE INDEX ix_prints_open ON prints (slot, batch_id, seq) WHERE state NOT IN ('printed', 'cancelled')"
    )
    op.execute("CREATE INDEX ix_prints_batch ON prints (batch_id, position) WHERE batch_id <> ''")
    op.execute(BATCHES)


def downgrade() -> None:
    op.execute("DROP TABLE print_batches")
    op.execute(OLD_PRINTS)
    op.execute(GIVE_BACK)
    op.execute("DROP TABLE prints")
    op.execute("ALTER TABLE prints_old RENAME TO prints")
    op.execute("CREATE INDEX ix_prints_paper_number ON prints (paper_number)")
