"""The gateway's tables, the same on SQLite and PostgreSQL.

Times are RFC 3339 text in UTC (app.domain.clock.isoformat), which sorts as time does. Documents are canonical JSON in
text columns: jsonb would refuse U+0000 and reorder what a hash covers.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

REVISION = "g0013"
"""The version of these tables. A change of them comes with a migration of its own: docs/gateway-hall.md, Versions."""

metadata = MetaData()

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

devices = Table(
    "devices",
    metadata,
    Column("device_id", Text, primary_key=True),
    Column("token_key", Text, nullable=False, unique=True),
    Column("enrolled_at", Text, nullable=False),
    Column("enabled", Boolean, nullable=False),
)

# The public halves of the devices' signing keys, which follow from their tokens (app.server.packet).
device_keys = Table(
    "device_keys",
    metadata,
    Column("device_id", Text, ForeignKey("devices.device_id"), primary_key=True),
    Column("packet_key", Text, nullable=False),
)

# The idempotency keys. A row exists exactly when the operation took effect: it is written in the same transaction.
operations = Table(
    "operations",
    metadata,
    Column("op_id", Text, primary_key=True),
    Column("device_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("request_hash", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("response", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Index("operations_created", "created_at"),
)

cases = Table(
    "cases",
    metadata,
    # Outlives the idempotency keys: a case arrives once, whatever key it comes under and however late.
    Column("case_id", Text, primary_key=True),
    Column("case_no", Text, nullable=False, unique=True),
    Column("device_id", Text, nullable=False),
    Column("local_seq", BigInteger, nullable=False),
    Column("item_code", Text, nullable=False),
    Column("provisional_no", Text, nullable=False, index=True),
    Column("catalog_version", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("document_hash", Text, nullable=False),
    Column("stage", Integer, nullable=False),
    Column("rev", BigInteger, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("client_time", Text),
    Column("time_suspect", Boolean, nullable=False),
    # A hash of applicant and item (app.gateway.doubles); NULL without a number to go by.
    Column("double_key", Text),
    # The region that decides it 异地收件; NULL: this one.
    Column("territory", Text),
    # When a limit of half days ends, UTC (app.gateway.limits), and since when its time stands still; NULL: neither.
    Column("due_at", Text),
    Column("paused_at", Text),
    Index("cases_due_at", "due_at"),
    Index("cases_double_key", "double_key"),
    Index("cases_territory", "territory"),
)

# 疑似重复: the same item for the same applicant at two windows. keep: the case that goes on, "" for both.
case_doubles = Table(
    "case_doubles",
    metadata,
    Column("double_id", Text, primary_key=True),
    Column("earlier", Text, ForeignKey("cases.case_id"), nullable=False),
    Column("later", Text, ForeignKey("cases.case_id"), nullable=False),
    Column("found_at", Text, nullable=False),
    Column("settled_at", Text),
    Column("device_id", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("keep", Text, nullable=False),
)

# Last number given for an implementation code and day.
case_numbers = Table(
    "case_numbers",
    metadata,
    Column("prefix", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("case_id", Text, ForeignKey("cases.case_id"), primary_key=True),
    Column("material_id", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("sealed_at", Text),
    Index("pages_sha256", "sha256"),
)

files = Table(
    "files",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("stored_at", Text, nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("upload_id", Text, primary_key=True),
    Column("device_id", Text, nullable=False),
    Column("request_hash", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("created_at", Text, nullable=False),
    Index("uploads_created", "created_at"),
)

# One row an entity, moved to the end of its feed at each change; deleted rows stay as tombstones for a while.
feed_rows = Table(
    "feed_rows",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("entity_id", Text, primary_key=True),
    Column("xid", BigInteger, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("audience", Text),
    Column("document", Text, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("at", Text, nullable=False),
    # By audience: a device asks for its own few rows among all that a hall's devices have.
    Index("feed_audience", "feed", "audience", "xid", "seq"),
)

# What was corrected in a case after it was received, by its window or by the department: one row a revision that
# changed the content. body holds personal data, as cases.document does.
amendments = Table(
    "amendments",
    metadata,
    Column("case_id", Text, ForeignKey("cases.case_id"), primary_key=True),
    Column("rev", BigInteger, primary_key=True, autoincrement=False),
    Column("op_id", Text),
    Column("who", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# 好差评: one a case. document holds personal data, as cases.document does.
ratings = Table(
    "ratings",
    metadata,
    Column("case_id", Text, ForeignKey("cases.case_id"), primary_key=True),
    Column("device_id", Text, nullable=False),
    Column("satisfaction", Integer, nullable=False, index=True),
    Column("document", Text, nullable=False),
    Column("document_hash", Text, nullable=False),
    Column("received_at", Text, nullable=False),
)

# 整改工单: a bad grade is looked into and answered. closed_at: when the visitor was called back.
work_orders = Table(
    "work_orders",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("case_id", Text, ForeignKey("ratings.case_id"), nullable=False, unique=True),
    Column("opened_at", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("closed_at", Text),
    Column("outcome", Text, nullable=False),
    Index("work_orders_open", "closed_at", "due"),
)

counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

# The devices' own hash chains, as they sent them. chain: one a profile, so that a new profile begins a new one.
audit = Table(
    "audit",
    metadata,
    Column("device_id", Text, primary_key=True),
    Column("chain", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", Text, nullable=False),
    Column("entry", Text, nullable=False),
    Column("received_at", Text, nullable=False),
)

# What other departments share: one record a source and subject. facts: element -> value, JSON.
shared_records = Table(
    "shared_records",
    metadata,
    Column("source", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("number", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("proves", Boolean, nullable=False),
    Column("note", Text, nullable=False),
    Column("valid_until", Text),
    Column("loaded_at", Text, nullable=False),
)

# Every call for shared data, the refused ones too. The number is masked: who was asked about in full is told by the
# device's own case; this log must not become a second copy of the register.
query_log = Table(
    "query_log",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("asked_at", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("scenario", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("items", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index("query_log_asked", "asked_at"),
)

bookings = Table(
    "bookings",
    metadata,
    Column("code", Text, primary_key=True),
    Column("number", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("document", Text, nullable=False),
    Index("bookings_person", "number", "day"),
)

# Lists as their publishers signed them, whole: the trust list. data: a COSE_Sign1 message.
snapshots = Table(
    "snapshots",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("published_at", Text, nullable=False),
)

# Dynamic codes of e-licences. key: SHA-256 of the code, so that who reads the database cannot redeem any.
licence_codes = Table(
    "licence_codes",
    metadata,
    Column("key", Text, primary_key=True),
    Column("licence_type", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("expires_at", Text, nullable=False, index=True),
    Column("revoked", Boolean, nullable=False),
    Column("used_by", Text),
    Column("used_at", Text),
)

# Every attempt to redeem one, the refused ones too. code_key names the code without telling it.
redeem_log = Table(
    "redeem_log",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("asked_at", Text, nullable=False),
    Column("op_id", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("scenario", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("items", Text, nullable=False),
    Column("code_key", Text, nullable=False),
    Column("licence_type", Text, nullable=False),
    Column("holder", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index("redeem_log_asked", "asked_at"),
)

# 上门服务: visits at people's own places. document: all that is known of it (app.server.visit_schemas.VISIT).
visits = Table(
    "visits",
    metadata,
    Column("visit_id", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("outcome", Text, nullable=False),
)

# 外出任务包: one a check-out, never reused. state: out, returned, or revoked (the device was lost, or came again).
visit_packs = Table(
    "visit_packs",
    metadata,
    Column("pack_id", Text, primary_key=True),
    Column("visit_id", Text, ForeignKey("visits.visit_id"), nullable=False, index=True),
    Column("device_id", Text, nullable=False, index=True),
    Column("window_id", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("catalog_version", Text, nullable=False),
    Column("checked_out_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("ended_at", Text),
)

# Counters that a pack alone may give, on each of these days. Rows are never removed nor given to another pack.
number_blocks = Table(
    "number_blocks",
    metadata,
    Column("window_id", Text, primary_key=True),
    Column("first", Integer, primary_key=True),
    Column("from_day", Text, primary_key=True),
    Column("last", Integer, nullable=False),
    Column("to_day", Text, nullable=False),
    Column("pack_id", Text, ForeignKey("visit_packs.pack_id"), nullable=False, index=True),
)

# 远程清除: orders to wipe a device. token_key: of the enrolment that it is for; a later one is another device to us.
wipe_orders = Table(
    "wipe_orders",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("device_id", Text, nullable=False, index=True),
    Column("token_key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("issued_at", Text, nullable=False),
    Column("told_at", Text),
    Column("confirmed_at", Text),
    Column("outcome", Text, nullable=False),
)

# 企业事项: one a matter. document: all that is known of it (app.server.matter_schemas.MATTER); it holds personal data.
matters = Table(
    "matters",
    metadata,
    Column("matter_id", Text, primary_key=True),
    Column("number", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("firm_number", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Index("matters_stage", "stage", "due"),
    Index("matters_firm", "firm_number"),
)

# 来访人服务码: foreign residents registered once. person_key: a keyed hash of nationality and document number. state: a
# word of app.domain.resident.Standing. person: app.server.resident_client.person_document; "{}" once the code ended.
residents = Table(
    "residents",
    metadata,
    Column("code_id", Text, primary_key=True),
    Column("person_key", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("consent", Text, nullable=False),
    Column("check_record", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("registered_at", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("ended_at", Text),
    Column("reason", Text, nullable=False),
    Index("residents_person", "person_key"),
    Index("residents_until", "until"),
)

# Every use of the register, the refused ones too. who: masked.
resident_log = Table(
    "resident_log",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("scenario", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("code_id", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index("resident_log_at", "at"),
)
