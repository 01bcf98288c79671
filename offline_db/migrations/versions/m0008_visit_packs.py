"""Visit packs taken along by mobile specialists, and the visits that began from them.

Revision: 0008. Going back drops them: an older program could neither use nor return a pack.
"""

from alembic import op

revision = "0008"
down_revision = "0007"

VISIT_PACKS = """
    CREATE TABLE visit_packs (
        pack_id TEXT NOT NULL,
        visit_id TEXT NOT NULL,
        state TEXT NOT NULL,
        body TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        return_op TEXT DEFAULT '' NOT NULL,
        done INTEGER DEFAULT '1' NOT NULL,
        note TEXT DEFAULT '' NOT NULL,
        CONSTRAINT pk_visit_packs PRIMARY KEY (pack_id)
    )
"""

PACK_VISITS = """
    CREATE TABLE pack_visits (
        visit_id TEXT NOT NULL,
        pack_id TEXT NOT NULL,
        CONSTRAINT pk_pack_visits PRIMARY KEY (visit_id)
    )
"""


def upgrade() -> None:
    op.execute(VISIT_PACKS)
    op.execute(PACK_VISITS)
    op.execute("CREATE INDEX ix_pack_visits_pack_id ON pack_visits (pack_id)")


def downgrade() -> None:
    op.execute("DROP TABLE pack_visits")
    op.execute("DROP TABLE visit_packs")
