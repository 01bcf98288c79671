"""The first tables.

Revision: 0001. Frozen as it was then: later changes of offline_db.schema come with migrations of their own.
"""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """
    CREATE TABLE audit (
        seq INTEGER NOT NULL,
        at TEXT NOT NULL,
        clerk TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        details TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL,
        CONSTRAINT pk_audit PRIMARY KEY (seq)
    )
    """,
    """
    CREATE TABLE audit_head (
        id INTEGER NOT NULL CONSTRAINT ck_audit_head_single CHECK (id = 1),
        seq INTEGER NOT NULL,
        hash TEXT NOT NULL,
        mac TEXT NOT NULL,
        CONSTRAINT pk_audit_head PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE cases (
        seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        case_id TEXT NOT NULL,
        visit_id TEXT NOT NULL,
        item_code TEXT NOT NULL,
        item_name TEXT NOT NULL,
        department TEXT NOT NULL,
        provisional_no TEXT NOT NULL,
        accepted_at TEXT NOT NULL,
        window_id TEXT NOT NULL,
        window_name TEXT NOT NULL,
        hall TEXT NOT NULL,
        district TEXT NOT NULL,
        clerk TEXT NOT NULL,
        catalog_version TEXT NOT NULL,
        applicant_name TEXT NOT NULL,
        applicant_number TEXT NOT NULL,
        number_reversed TEXT NOT NULL,
        form TEXT NOT NULL,
        bundle_code TEXT NOT NULL,
        due TEXT,
        state TEXT NOT NULL,
        case_no TEXT,
        rev INTEGER NOT NULL,
        stage TEXT DEFAULT '' NOT NULL,
        CONSTRAINT uq_cases_case_id UNIQUE (case_id),
        CONSTRAINT uq_cases_provisional_no UNIQUE (provisional_no)
    )
    """,
    """
    CREATE INDEX ix_cases_case_no ON cases (case_no)
    """,
    """
    CREATE INDEX ix_cases_number_reversed ON cases (number_reversed)
    """,
    """
    CREATE INDEX ix_cases_state ON cases (state)
    """,
    """
    CREATE INDEX ix_cases_visit_id ON cases (visit_id)
    """,
    """
    CREATE TABLE counters (
        window_id TEXT NOT NULL,
        day TEXT NOT NULL,
        last INTEGER NOT NULL,
        CONSTRAINT pk_counters PRIMARY KEY (window_id, day)
    )
    """,
    """
    CREATE TABLE cursors (
        feed TEXT NOT NULL,
        cursor TEXT NOT NULL,
        CONSTRAINT pk_cursors PRIMARY KEY (feed)
    )
    """,
    """
    CREATE TABLE drafts (
        draft_id TEXT NOT NULL,
        text TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        CONSTRAINT pk_drafts PRIMARY KEY (draft_id)
    )
    """,
    """
    CREATE TABLE feed_rows (
        feed TEXT NOT NULL,
        row_id TEXT NOT NULL,
        body TEXT NOT NULL,
        waiting INTEGER DEFAULT '0' NOT NULL,
        CONSTRAINT pk_feed_rows PRIMARY KEY (feed, row_id)
    )
    """,
    """
    CREATE TABLE outbox (
        local_seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        op_id TEXT NOT NULL,
        case_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        next_at TEXT,
        reason TEXT NOT NULL,
        created_at TEXT NOT NULL,
        CONSTRAINT uq_outbox_op_id UNIQUE (op_id)
    )
    """,
    """
    CREATE INDEX ix_outbox_case ON outbox (case_id, local_seq)
    """,
    """
    CREATE INDEX ix_outbox_open ON outbox (state, local_seq) WHERE state NOT IN ('done', 'withdrawn')
    """,
    """
    CREATE TABLE prints (
        job_id TEXT NOT NULL,
        paper_number TEXT NOT NULL,
        started_at TEXT NOT NULL,
        outcome TEXT,
        ended_at TEXT,
        CONSTRAINT pk_prints PRIMARY KEY (job_id)
    )
    """,
    """
    CREATE INDEX ix_prints_paper_number ON prints (paper_number)
    """,
    """
    CREATE TABLE profile_marker (
        id INTEGER NOT NULL CONSTRAINT ck_profile_marker_single CHECK (id = 1),
        profile_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        CONSTRAINT pk_profile_marker PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE settings (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        CONSTRAINT pk_settings PRIMARY KEY ("key")
    )
    """,
    """
    CREATE TABLE facts (
        case_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        role TEXT NOT NULL,
        element TEXT NOT NULL,
        value TEXT NOT NULL,
        source_kind TEXT NOT NULL,
        source_label TEXT NOT NULL,
        source_ref TEXT NOT NULL,
        verdict TEXT NOT NULL,
        at TEXT NOT NULL,
        CONSTRAINT pk_facts PRIMARY KEY (case_id, position),
        CONSTRAINT fk_facts_case_id FOREIGN KEY(case_id) REFERENCES cases (case_id)
    )
    """,
    """
    CREATE TABLE materials (
        case_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        material_id TEXT NOT NULL,
        use TEXT NOT NULL,
        asked_by TEXT NOT NULL,
        status TEXT NOT NULL,
        reason TEXT NOT NULL,
        due TEXT,
        CONSTRAINT pk_materials PRIMARY KEY (case_id, position),
        CONSTRAINT fk_materials_case_id FOREIGN KEY(case_id) REFERENCES cases (case_id)
    )
    """,
    """
    CREATE TABLE pages (
        case_id TEXT NOT NULL,
        material INTEGER NOT NULL,
        position INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        CONSTRAINT pk_pages PRIMARY KEY (case_id, material, position),
        CONSTRAINT fk_pages_case_id FOREIGN KEY(case_id) REFERENCES cases (case_id)
    )
    """,
    """
    CREATE INDEX ix_pages_sha256 ON pages (sha256)
    """,
    """
    CREATE VIRTUAL TABLE case_names USING fts5(chars, content='', contentless_delete=1, tokenize='ascii')
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
