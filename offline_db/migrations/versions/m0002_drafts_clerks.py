"""Drafts say what they are and which files they hold; the window's clerks.

Revision: 0002. Drafts of the first tables are kept as they are; who, what and by whom they were is not known.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

DRAFTS = """
    CREATE TABLE {name} (
        draft_id TEXT NOT NULL,
        text TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        state TEXT DEFAULT 'open' NOT NULL,
        parked_at TEXT,
        clerk TEXT DEFAULT '' NOT NULL,
        summary TEXT DEFAULT '{{}}' NOT NULL,
        CONSTRAINT pk_drafts PRIMARY KEY (draft_id)
    )
"""

FIRST_DRAFTS = """
    CREATE TABLE drafts_old (
        draft_id TEXT NOT NULL,
        text TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        CONSTRAINT pk_drafts PRIMARY KEY (draft_id)
    )
"""

DRAFT_FILES = """
    CREATE TABLE draft_files (
        draft_id TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        CONSTRAINT pk_draft_files PRIMARY KEY (draft_id, sha256)
    )
"""

CLERKS = """
    CREATE TABLE clerks (
        number TEXT NOT NULL,
        name TEXT NOT NULL,
        manager INTEGER NOT NULL,
        pin_hash TEXT NOT NULL,
        failures INTEGER DEFAULT '0' NOT NULL,
        tried_at TEXT,
        must_change INTEGER DEFAULT '0' NOT NULL,
        active INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_clerks PRIMARY KEY (number),
        CONSTRAINT uq_clerks_name UNIQUE (name)
    )
"""


def upgrade() -> None:
    op.execute(DRAFTS.format(name="drafts_new"))
    op.execute("INSERT INTO drafts_new (draft_id, text, saved_at) SELECT draft_id, text, saved_at FROM drafts")
    op.execute("DROP TABLE drafts")
    op.execute("ALTER TABLE drafts_new RENAME TO drafts")
    op.execute(DRAFT_FILES)
    op.execute("CREATE INDEX ix_draft_files_sha256 ON draft_files (sha256)")
    op.execute(CLERKS)


def downgrade() -> None:
    op.execute(FIRST_DRAFTS)
    op.execute("INSERT INTO drafts_old SELECT draft_id, text, saved_at FROM drafts")
    op.execute("DROP TABLE drafts")
    op.execute("ALTER TABLE drafts_old RENAME TO drafts")
    op.execute("DROP TABLE draft_files")
    op.execute("DROP TABLE clerks")
