"""The first tables, as they stood before there were migrations (the databases that call themselves version 1).

Revision: g0001. Frozen: later changes of app.gateway.tables come with migrations of their own.
"""

from alembic import op

revision = "g0001"
down_revision = None

# The same on both kinds of database, but for the name of the type that holds bytes.
STATEMENTS = (
    """
    CREATE TABLE audit (
        device_id TEXT NOT NULL,
        chain TEXT NOT NULL,
        seq BIGINT NOT NULL,
        hash TEXT NOT NULL,
        entry TEXT NOT NULL,
        received_at TEXT NOT NULL,
        PRIMARY KEY (device_id, chain, seq)
    )
    """,
    """
    CREATE TABLE bookings (
        code TEXT NOT NULL,
        number TEXT NOT NULL,
        day TEXT NOT NULL,
        document TEXT NOT NULL,
        PRIMARY KEY (code)
    )
    """,
    "CREATE INDEX bookings_person ON bookings (number, day)",
    """
    CREATE TABLE case_numbers (
        prefix TEXT NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (prefix)
    )
    """,
    """
    CREATE TABLE cases (
        case_id TEXT NOT NULL,
        case_no TEXT NOT NULL,
        device_id TEXT NOT NULL,
        local_seq BIGINT NOT NULL,
        item_code TEXT NOT NULL,
        provisional_no TEXT NOT NULL,
        catalog_version TEXT NOT NULL,
        document TEXT NOT NULL,
        document_hash TEXT NOT NULL,
        stage INTEGER NOT NULL,
        rev BIGINT NOT NULL,
        received_at TEXT NOT NULL,
        client_time TEXT,
        time_suspect BOOLEAN NOT NULL,
        PRIMARY KEY (case_id),
        UNIQUE (case_no)
    )
    """,
    "CREATE INDEX ix_cases_provisional_no ON cases (provisional_no)",
    """
    CREATE TABLE counters (
        name TEXT NOT NULL,
        value BIGINT NOT NULL,
        PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE devices (
        device_id TEXT NOT NULL,
        token_key TEXT NOT NULL,
        enrolled_at TEXT NOT NULL,
        enabled BOOLEAN NOT NULL,
        PRIMARY KEY (device_id),
        UNIQUE (token_key)
    )
    """,
    """
    CREATE TABLE feed_rows (
        feed TEXT NOT NULL,
        entity_id TEXT NOT NULL,
        xid BIGINT NOT NULL,
        seq BIGINT NOT NULL,
        audience TEXT,
        document TEXT NOT NULL,
        deleted BOOLEAN NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (feed, entity_id)
    )
    """,
    "CREATE INDEX feed_order ON feed_rows (feed, xid, seq)",
    """
    CREATE TABLE files (
        sha256 TEXT NOT NULL,
        size BIGINT NOT NULL,
        media_type TEXT NOT NULL,
        stored_at TEXT NOT NULL,
        PRIMARY KEY (sha256)
    )
    """,
    """
    CREATE TABLE licence_codes (
        key TEXT NOT NULL,
        licence_type TEXT NOT NULL,
        licence TEXT NOT NULL,
        expires_at TEXT NOT NULL,
        revoked BOOLEAN NOT NULL,
        used_by TEXT,
        used_at TEXT,
        PRIMARY KEY (key)
    )
    """,
    "CREATE INDEX ix_licence_codes_expires_at ON licence_codes (expires_at)",
    """
    CREATE TABLE meta (
        key TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (key)
    )
    """,
    """
    CREATE TABLE operations (
        op_id TEXT NOT NULL,
        device_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        request_hash TEXT NOT NULL,
        status INTEGER NOT NULL,
        response TEXT NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (op_id)
    )
    """,
    "CREATE INDEX operations_created ON operations (created_at)",
    """
    CREATE TABLE query_log (
        reference TEXT NOT NULL,
        asked_at TEXT NOT NULL,
        device_id TEXT NOT NULL,
        clerk TEXT NOT NULL,
        source TEXT NOT NULL,
        scenario TEXT NOT NULL,
        purpose TEXT NOT NULL,
        items TEXT NOT NULL,
        subject TEXT NOT NULL,
        outcome TEXT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (reference)
    )
    """,
    "CREATE INDEX query_log_asked ON query_log (asked_at)",
    """
    CREATE TABLE redeem_log (
        reference TEXT NOT NULL,
        asked_at TEXT NOT NULL,
        op_id TEXT NOT NULL,
        device_id TEXT NOT NULL,
        clerk TEXT NOT NULL,
        scenario TEXT NOT NULL,
        purpose TEXT NOT NULL,
        items TEXT NOT NULL,
        code_key TEXT NOT NULL,
        licence_type TEXT NOT NULL,
        holder TEXT NOT NULL,
        outcome TEXT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (reference)
    )
    """,
    "CREATE INDEX redeem_log_asked ON redeem_log (asked_at)",
    """
    CREATE TABLE shared_records (
        source TEXT NOT NULL,
        kind TEXT NOT NULL,
        number TEXT NOT NULL,
        name TEXT NOT NULL,
        facts TEXT NOT NULL,
        proves BOOLEAN NOT NULL,
        note TEXT NOT NULL,
        valid_until TEXT,
        loaded_at TEXT NOT NULL,
        PRIMARY KEY (source, kind, number)
    )
    """,
    """
    CREATE TABLE snapshots (
        feed TEXT NOT NULL,
        version BIGINT NOT NULL,
        data {bytes} NOT NULL,
        sha256 TEXT NOT NULL,
        published_at TEXT NOT NULL,
        PRIMARY KEY (feed, version)
    )
    """,
    """
    CREATE TABLE uploads (
        upload_id TEXT NOT NULL,
        device_id TEXT NOT NULL,
        request_hash TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        length BIGINT NOT NULL,
        received BIGINT NOT NULL,
        sealed BOOLEAN NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (upload_id)
    )
    """,
    "CREATE INDEX uploads_created ON uploads (created_at)",
    """
    CREATE TABLE pages (
        case_id TEXT NOT NULL,
        material_id TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        sealed_at TEXT,
        PRIMARY KEY (case_id, material_id, sha256),
        FOREIGN KEY(case_id) REFERENCES cases (case_id)
    )
    """,
    "CREATE INDEX pages_sha256 ON pages (sha256)",
    """
    CREATE TABLE ratings (
        case_id TEXT NOT NULL,
        device_id TEXT NOT NULL,
        satisfaction INTEGER NOT NULL,
        document TEXT NOT NULL,
        document_hash TEXT NOT NULL,
        received_at TEXT NOT NULL,
        PRIMARY KEY (case_id),
        FOREIGN KEY(case_id) REFERENCES cases (case_id)
    )
    """,
    "CREATE INDEX ix_ratings_satisfaction ON ratings (satisfaction)",
    """
    CREATE TABLE work_orders (
        order_id TEXT NOT NULL,
        case_id TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        due TEXT NOT NULL,
        closed_at TEXT,
        outcome TEXT NOT NULL,
        PRIMARY KEY (order_id),
        UNIQUE (case_id),
        FOREIGN KEY(case_id) REFERENCES ratings (case_id)
    )
    """,
    "CREATE INDEX work_orders_open ON work_orders (closed_at, due)",
)


def upgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in STATEMENTS:
        op.execute(statement.format(bytes="BYTEA" if postgres else "BLOB"))
    if postgres:
        op.execute("CREATE SEQUENCE feed_seq")


def downgrade() -> None:
    raise NotImplementedError("there is nothing before the first tables")
